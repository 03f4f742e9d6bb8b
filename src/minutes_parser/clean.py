"""Labels running headers, page numbers and web chrome; deletes nothing, touches no character."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache

from minutes_parser.kinds import Label, SectionKind
from minutes_parser.layouts import GENERIC, Layout, noisy
from minutes_parser.marks import Mark
from minutes_parser.text import Line, SourceText
from minutes_parser.vocabulary import fold, vocabulary
from minutes_parser.vocabulary.files import links_file
from minutes_parser.vocabulary.lines import case_line, dated, folded, noise, opening

_CHROME = frozenset(("nav", "header", "footer", "aside", "button", "form"))
_SECTIONED = frozenset(("header", "footer"))
"""What an article has of its own: an item's number and title, the links to its files."""
_CHROME_WORDS = (
    "breadcrumb",
    "cookie",
    "navbar",
    "navigation",
    "sidebar",
    "skip-link",
    "share",
    "site-header",
    "site-footer",
    "menu",
)
_CHROME_NAMES = frozenset(("bund", "bundlinje", "sidefod", "topmenu", "broedkrumme", "brødkrumme"))
"""What Danish pages call such parts, as class or as identity, near the root of the page."""
_STORIES = ("header>", "footer>", "footnote>")
"""What a DOCX keeps apart from its body."""
_REASONS = {"clean.header": Label.FURNITURE, "clean.hidden": Label.FURNITURE, "clean.note": Label.BACK}
_DIGITS = re.compile(r"[0-9][0-9]*")
"""Masked as `0`, which then stands for nothing else. Written so that the search leaps from digit to digit: `\\d+` takes twice as long."""


def clean(text: SourceText, layout: Layout = GENERIC) -> list[Mark]:
    """Yield a FURNITURE, CHROME or (notes) BACK mark for each line outside the minutes' text, with the evidence as its rule.

    A line is never furniture because it repeats alone: in minutes the headings repeat most. It has to repeat at the
    same place of the page, beside a page number, or with a counter that rises.
    """
    found: dict[int, tuple[Label, str]] = {}
    printed = frozenset(noisy(layout, text.lines))
    around = _form_around(text.lines)
    buttons = Counter(line.text for line in text.lines if "button" in line.role)
    for index, line in enumerate(text.lines):
        if line.role:
            reason = _by_role(line, around)
            if reason == "clean.chrome" and (
                ("button" in line.role and _unfolds(line.text) and not _tab(text.lines, index, buttons))
                or ("article" in line.role and links_file(line))
            ):
                reason = ""
            if reason:
                found[index] = (_REASONS.get(reason, Label.CHROME), reason)
                continue
        if index in printed:
            found[index] = (Label.FURNITURE if text.pages else Label.CHROME, "clean.layout")
            continue
        kind = noise(line.text)
        if kind and not _labelled_above(text, index) and not _of_files(text.lines, index):
            found[index] = (Label(kind), "clean.noise")
    if text.pages and any(line.box for line in text.lines[:1]):
        _by_place(text, found)
        _by_side(text, found)
    else:
        _by_counter(text, found)
    return [Mark(label, text.lines[i].span, rule=rule) for i, (label, rule) in sorted(found.items())]


def _labelled_above(text: SourceText, index: int) -> bool:
    """Whether the label of a case number stands on the line above: `Sagsnr.` / `22/8841`."""
    return index > 0 and folded("items", "case").hold(text.lines[index - 1].text)


def _of_files(lines: Sequence[Line], index: int) -> bool:
    """Whether a line such as `Hent bilag` stands above links to files, as their heading, or is the first of some under their
    heading, all called so: no button."""
    if links_file(lines[index]):
        above = next((n for n in range(index - 1, -1, -1) if lines[n].text != lines[index].text), None)
        hit = vocabulary().heading(lines[above].text, fuzzy=False) if above is not None else None
        return hit is not None and hit.kind is SectionKind.BILAG
    below = lines[index + 1] if index + 1 < len(lines) else None
    hit = vocabulary().heading(lines[index].text, fuzzy=False) if below and not lines[index].href else None
    return hit is not None and below is not None and links_file(below)


def _tab(lines: Sequence[Line], index: int, buttons: Mapping[str, int]) -> bool:
    """Whether a button without a number, of which the page has only one, has another right beside it: a tab of the page's."""
    line = lines[index]
    beside = [lines[n].role for n in (index - 1, index + 1) if 0 <= n < len(lines)]
    return buttons[line.text] < 2 and opening(line.text) is None and line.role in beside


def _unfolds(line: str) -> bool:
    """Whether a button shows what it unfolds: an item, or a section under its heading."""
    found = opening(line)
    hit = vocabulary().heading(line, fuzzy=False)
    return (found is not None and bool(line[found.title :].strip())) or (hit is not None and hit.stop == len(line))


def _form_around(lines: Sequence[Line]) -> str:
    """The way to the form that holds the whole page, as pages of ASP.NET have one; "" for others."""
    held = Counter[str]()
    for line in lines:
        if "form" in line.role and (found := _FORM.match(line.role)):
            held[found.group()] += len(line.text)
    if not held:
        return ""
    form, most = held.most_common(1)[0]
    return form if 3 * most > sum(len(line.text) for line in lines) else ""


_FORM = re.compile(r"(?:[^>]*>)*?form(?=[#.>]|$)[^>]*(?:>|$)")


def _by_role(line: Line, around: str) -> str:
    """The source's own word: page header and footer of a DOCX, navigation of a web page, hidden text of a PDF."""
    role = line.role
    if around and f"{role}>".startswith(around if around[-1] == ">" else f"{around}>"):
        role = role[len(around) :]
    if role == "hidden":
        return "clean.hidden"
    if line.size is not None and role.startswith(_STORIES):  # web pages have no sizes
        return "clean.note" if role.startswith("footnote>") else "clean.header"
    return _chrome(role, line.level)


@lru_cache(maxsize=1024)
def _chrome(role: str, level: int) -> str:
    """Whether an element of the web page around the minutes holds the line; many lines have the same ones around them."""
    inside = False
    for depth, part in enumerate(role.split(">")):
        tag, _, name = part.partition(".")
        tag, _, identity = tag.partition("#")
        outer = depth < 2 and not inside and "section" not in role
        if outer and not _CHROME_NAMES.isdisjoint((identity, *name.split("."))):
            return "clean.chrome"
        if tag in _CHROME and (not level or (tag == "footer" and outer)) and not (inside and tag in _SECTIONED):
            return "clean.chrome"
        inside = inside or tag == "article"
        if (
            name
            and tag in ("div", "ul", "ol", "p", "a", "span", "section")
            and any(w in name.casefold() for w in _CHROME_WORDS)
        ):
            return "clean.chrome"
    return ""


def _by_place(text: SourceText, found: dict[int, tuple[Label, str]]) -> None:
    """The same words at the same height of several pages, digits aside, in the top or bottom seventh of the text."""
    tops = [line.box[1] if line.box else 0.0 for line in text.lines]
    by_page: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(text.lines):
        if line.page is not None:
            by_page[line.page].append(index)
    pages = len(by_page)
    if pages < 2:
        return
    for indices in by_page.values():
        indices.sort(key=tops.__getitem__)
    shapes: dict[str, list[int]] = defaultdict(list)
    for ordered in by_page.values():
        for i in ordered[:8] + ordered[max(8, len(ordered) - 6) :]:
            shapes[_DIGITS.sub("0", text.lines[i].text)].append(i)
    body = _body_size(text)
    _beside_edges(text, found, {i for alike in shapes.values() for i in alike}, body)
    usual, structural = max(2, 0.4 * pages), max(4, 0.8 * pages)
    running: dict[int, int] = {}
    apart = _heads_apart(text, by_page, tops)
    for alike in shapes.values():
        if len(alike) < usual:
            continue
        for i, seen in _seen(text, alike, tops):
            if seen < usual or i in found:
                continue
            small = 0 < (text.lines[i].size or 0.0) < body - 1.5
            if len(text.lines[i].text) > _RUNNING and not small and seen < structural:
                continue  # a paragraph that two cases share
            if seen >= structural or small or not _structural(text.lines[i].text) or i in apart:
                running[i] = seen
    for ordered in by_page.values():
        found.update((i, (Label.FURNITURE, "clean.running")) for i in _from_edges(text, ordered, running, found, body))


def _heads_apart(text: SourceText, by_page: Mapping[int, list[int]], tops: Sequence[float]) -> set[int]:
    """The first lines of pages that end with the same day, on all pages but one of three or more, far above the text: what the
    page says of the meeting, though a decision may be headed so."""
    firsts: dict[str, list[int]] = defaultdict(list)
    for first, *below in by_page.values():
        box = text.lines[first].box
        dated_ = text.lines[first].text[-1:].isdigit() and not _opens(text.lines[first].text)
        if box and below and dated_ and tops[below[0]] - box[3] >= 2 * (box[3] - box[1]):
            firsts[text.lines[first].text].append(first)
    enough = max(2, len(by_page) - 1) if len(by_page) > 2 else len(by_page) + 1
    return {i for same in firsts.values() if len(same) >= enough for i in same}


_RUNNING = 80
"""Characters; what runs over the pages is shorter, but in small print."""


def _from_edges(
    text: SourceText,
    ordered: Sequence[int],
    running: Mapping[int, int],
    found: Container[int],
    body: float,
) -> Iterator[int]:
    """Those of a page's lines that repeat on others and have nothing but such lines between them and the page's edge: what
    stands inside the text repeats because texts begin alike. None in the text's size that touches the text: at the foot
    never, at the head where no third page has it."""
    first = next((n for n, i in enumerate(ordered) if i not in running and i not in found), len(ordered))
    top = first
    if 0 < first < len(ordered) and running.get(ordered[first - 1]) == 2 and _touches(text, ordered[first], body):
        top -= 1  # two pages that begin alike
    yield from (i for i in ordered[:top] if i in running)
    last = len(ordered)
    while last > first and (ordered[last - 1] in running or ordered[last - 1] in found):
        last -= 1
    while last < len(ordered) and ordered[last] not in found and _touches(text, ordered[last], body):
        last += 1
    yield from (i for i in ordered[last:] if i in running)


def _touches(text: SourceText, i: int, body: float) -> bool:
    """Whether a line in the size of the text stands close below another."""
    return (text.lines[i].gap or 0.0) < _CLOSE and (text.lines[i].size or 0.0) >= body - 0.4


_CLOSE = 0.7
"""Blank lines; a page's foot stands further from the text than paragraphs from each other."""


def _body_size(text: SourceText) -> float:
    """The size that most of the text is printed in, points; 0 where the format does not say."""
    sizes = Counter[float]()
    for line in text.lines:
        sizes[line.size or 0.0] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _beside_edges(text: SourceText, found: dict[int, tuple[Label, str]], edges: Container[int], body: float) -> None:
    """Small print at a page's edge beside its counter, far from the text: what the page says of the document."""
    for i, (label, _) in list(found.items()):
        for j in (i - 1, i + 1):
            if label is not Label.FURNITURE or not 0 <= j < len(text.lines) or j in found or j not in edges:
                continue
            line, other = text.lines[j], text.lines[i]
            if line.page == other.page and line.size == other.size and 0 < (line.size or 0) < body - 1:
                following = text.lines[j + 1] if j + 1 < len(text.lines) else None
                if following is None or following.page != line.page or (following.gap or 0) > 2 or j + 1 in found:
                    found[j] = (Label.FURNITURE, "clean.beside-counter")


_COUNTED = re.compile(
    r"(?:(?:side|page|s\.|blad(?: nr\.)?) ?)?(\d{1,3})(?=\s)|(\d{1,3})(?: ?(?:af|/) ?\d{1,3})?$", re.IGNORECASE
)


_NUMBER_FIRST = re.compile(r"\D{0,10}\d")
"""Without a number at its end or behind a word or two, a line has no counter at one of its ends."""


def _at_ends(text: str) -> Iterator[re.Match[str]]:
    """The counters that a line begins and ends with; what stands between them is not looked at."""
    first = _COUNTED.match(text)
    if first:
        yield first
    if text[-1].isdigit():
        after = first.end() if first else 0
        yield from (m for m in _COUNTED.finditer(text, max(after, len(text) - 12)) if m.end() == len(text))


def _by_leading_counter(text: SourceText, found: dict[int, tuple[Label, str]]) -> None:
    """`3 Økonomiudvalget 15-05-2012`: a number that counts the pages, and the same words each time, far apart."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(text.lines):
        if len(line.text) <= 120 and index not in found and (line.text[-1].isdigit() or _NUMBER_FIRST.match(line.text)):
            for m in _at_ends(line.text):
                rest = line.text[: m.start()] + line.text[m.end() :]
                places[rest].append((index, int(m[1] or m[2])))
    for rest, hits in places.items():
        if len(hits) < 3 or sum(map(str.isalpha, rest)) < 6 or not any(map(str.isdigit, rest)):
            continue
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(hits)]
        if case_line(text.lines[hits[0][0]].text) is not None:
            continue  # cases that were opened one after the other
        if all(apart >= 8 and 0 < up <= 2 for apart, up in steps):
            found.update((i, (Label.FURNITURE, "clean.counter")) for i, _ in hits)


_SIDED = re.compile(r"\S(?:\t| {4,})[ \t]*(?:side|page) ?\d{1,4}(?: ?(?:af|of|/) ?\d{1,4})?$", re.IGNORECASE)


def _at_edge(lines: Sequence[Line], i: int) -> bool:
    """Whether the line is its page's first or last, where the format has pages."""
    page = lines[i].page
    return page is None or i in (0, len(lines) - 1) or lines[i - 1].page != page or lines[i + 1].page != page


def _by_side(text: SourceText, found: dict[int, tuple[Label, str]]) -> None:
    """`Byrådet 28-04-2003        Side 87`: a page's foot even where it stands once; in a table of contents, one such line
    stands by the other."""
    lines = text.lines
    sided = [
        i
        for i, line in enumerate(lines)
        if line.text[-1:].isdigit()
        and not (line.cells and line.role)  # a table's row
        and _at_edge(lines, i)
        and _SIDED.search(line.text)
    ]
    for before, index, after in zip([-9, *sided], sided, [*sided[1:], len(text.lines) + 9], strict=False):
        if min(index - before, after - index) > 2 and index not in found and opening(lines[index].text) is None:
            found[index] = (Label.FURNITURE, "clean.counter")


_WIDE = re.compile(r"\S {4,}\S")


def _by_width(text: SourceText, found: dict[int, tuple[Label, str]]) -> None:
    """A line with a wide gap in it, three times the same and far apart, among lines without: a page's running header."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(text.lines):
        if len(line.text) <= 120 and "    " in line.text and _WIDE.search(line.text):
            places[line.text].append(index)
    for indices in places.values():
        apart = all(b - a >= 12 for a, b in itertools.pairwise(indices))
        alone = not any(
            "    " in text.lines[j].text
            for i in indices
            for j in (i - 1, i + 1)
            if 0 <= j < len(text.lines) and j not in found
        )
        if len(indices) > 2 and apart and alone and case_line(text.lines[indices[0]].text) is None:
            found.update((i, (Label.FURNITURE, "clean.running")) for i in indices if i not in found)


def _by_silence(text: SourceText, found: dict[int, tuple[Label, str]]) -> None:
    """A body and a day, three times the same, right under other text and never with text of its own: a page's foot."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(text.lines):
        if len(line.text) <= 80 and line.text[-1:].isdigit() and line.gap == 0:
            places[line.text].append(index)
    for shown, indices in places.items():
        if len(indices) < 3 or any(i + 1 < len(text.lines) and (text.lines[i + 1].gap or 0) < 1 for i in indices):
            continue
        if dated(shown):
            found.update((i, (Label.FURNITURE, "clean.running")) for i in indices if i not in found)


def _titled(text: SourceText, indices: list[int]) -> bool:
    """Whether numbers alone on their lines stand before titles, as items' numbers do: a case number comes next."""
    return sum(any(case_line(line.text) for line in text.lines[i + 1 : i + 4]) for i in indices) > len(indices) / 2


def _opens(line: str) -> bool:
    """Whether the line is a heading, or opens an item by a word: no page's edge says so."""
    found = opening(line)
    return fold(line) in vocabulary().names or (found is not None and found.form == "word")


def _structural(line: str) -> bool:
    """Headings and case numbers stand at the same height of many pages, where each item begins on a new one."""
    return (
        case_line(line) is not None or vocabulary().heading(line, fuzzy=False) is not None or opening(line) is not None
    )


def _seen(text: SourceText, alike: Sequence[int], tops: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Each of some lines of one shape, and on how many pages one stands at its height; heights are told in two ways, so
    that no border parts two near each other."""
    pages: dict[int, set[int | None]] = defaultdict(set)
    heights = [(int(tops[i] / 8), -1 - int((tops[i] + 4) / 8)) for i in alike]
    for i, (one, two) in zip(alike, heights, strict=True):
        pages[one].add(text.lines[i].page)
        pages[two].add(text.lines[i].page)
    return ((i, max(len(pages[one]), len(pages[two]))) for i, (one, two) in zip(alike, heights, strict=True))


_NUMERAL = re.compile(r"^[-–+]0|0,0")
"""A number below nothing or with decimals counts no pages: a column of a table, one cell a line."""


def _by_counter(text: SourceText, found: dict[int, tuple[Label, str]]) -> None:
    """Pages without places: lines whose last number counts the pages, and the lines that repeat beside them."""
    shapes: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(text.lines):
        if len(line.text) <= 120:
            shapes[_DIGITS.sub("0", line.text)].append(index)
    counters = {
        i for i, (label, _) in found.items() if label is Label.FURNITURE and _DIGITS.search(text.lines[i].text)
    }  # no rulers
    for shape, indices in shapes.items():
        if len(indices) < 2 or not shape.rstrip(" .").endswith("0"):
            continue
        last = [int(_DIGITS.findall(text.lines[i].text)[-1][:9]) for i in indices]
        rising = all(0 < b - a <= 3 for a, b in itertools.pairwise(last))
        if not rising or any(i in found for i in indices):
            continue
        words = len(re.findall(r"[^\W\d_]", shape))
        alone = words == 0 and last[0] >= 2 and not _NUMERAL.search(shape) and not _titled(text, indices)
        alone = alone and not any(_labelled_above(text, i) for i in indices)
        paged = (
            words >= 3 and "   " in text.lines[indices[0]].text and text.lines[indices[0]].text.endswith(str(last[0]))
        )
        masked = {_DIGITS.sub("0", text.lines[i].text.rsplit(str(n), 1)[0]) for i, n in zip(indices, last, strict=True)}
        sided = (
            re.search(r"(?:side|page|s\.) ?0(?: ?(?:af|av|of|/) ?0)?$", shape, re.IGNORECASE) is not None
            and len(masked) == 1
        )
        running = (
            len(indices) > 2
            and words >= 6
            and len(masked) == 1
            and all(b - a == 1 for a, b in itertools.pairwise(last))
            and all(b - a >= 8 for a, b in itertools.pairwise(indices))
            and not any(_structural(text.lines[i].text) for i in indices[:2])
        )
        if alone or paged or sided or running:
            for i in indices:
                counters.add(i)
                found[i] = (Label.FURNITURE, "clean.counter")
    _by_side(text, found)
    _by_width(text, found)
    _by_leading_counter(text, found)
    _by_silence(text, found)
    # counters "Side 1 af 3" whose shape has the total too
    for shape, indices in shapes.items():
        if shape.lower().endswith("side 0 af 0"):
            for i in indices:
                counters.add(i)
                found[i] = (Label.FURNITURE, "clean.counter")
    for shape, indices in shapes.items() if counters else ():
        if len(indices) < 2 or not re.search(r"[^\W\d_]", shape):
            continue
        beside = [i for i in indices if any(j in counters for j in (i - 2, i - 1, i + 1, i + 2))]
        same = len({fold(text.lines[i].text) for i in beside}) == 1
        heading = beside and _opens(text.lines[beside[0]].text)
        if len(beside) >= max(2, 0.5 * len(counters)) and same and len(beside) >= len(indices) - 1 and not heading:
            for i in beside:
                if i not in found:
                    found[i] = (Label.FURNITURE, "clean.beside-counter")
