"""Reads the words, folds them, looks lines up. RapidFuzz is used here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from minutes_parser.kinds import SectionKind
from minutes_parser.vocabulary.dates import date_pattern
from minutes_parser.vocabulary.words import heading_entries, words

LONGEST_HEADING = 160
"""Characters; longer lines are never looked up as headings."""

_PREFIX = re.compile(r"(?:#{1,6}|\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zA-Z][.)]|[•·*◦▪–-])\s+")
_COUNT = re.compile(r" ?\(\d{1,3}\)$")
"""How many there are of what the heading names: `Bilag (3)`."""
_WORDS = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"[^\W_]+")
_DIGIT_INSIDE = re.compile(r"[^\W\d][01]+[^\W\d]")
_MISREAD = str.maketrans("10", "lo")
"""What OCR reads as digits."""
_DIGIT = re.compile("[0-9]")
_ACCENTED = re.compile("[éèêáàëóú]")
_ACCENTS = str.maketrans("éèêáàëóú", "eeeaaeou")


class Hit(NamedTuple):
    """The vocabulary's answer: which kind, by which rule, how sure; `stop` is where the heading's own words end
    in the line (its length when the whole line is the heading)."""

    kind: SectionKind
    rule: str
    score: float
    stop: int


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Letters and digits only, case folded, accents off e, a, o, u: what tells two printed headings apart.

    >>> fold("R E S U M É :") == fold("Resume")
    True
    """
    plain = text.casefold()
    if not plain.isalnum():
        plain = "".join(_LETTERS.findall(plain))
    return plain if plain.isascii() or not _ACCENTED.search(plain) else plain.translate(_ACCENTS)


def small(text: str) -> str:
    """The text in small letters, accents off: what the keys of patterns are looked for in.

    >>> small("Kort Resumé")
    'kort resume'
    """
    low = text.lower()
    return low if low.isascii() or not _ACCENTED.search(low) else low.translate(_ACCENTS)


_HEAD = 4


def beginnings(words: Iterable[str], longest: int = _HEAD) -> frozenset[str]:
    """What `fold(line[:longest])` can be where `fold(line)` is one of the folded words: that spares folding the line.

    >>> sorted(beginnings(["bilag"]))
    ['', 'b', 'bi', 'bil', 'bila']
    """
    return frozenset(word[:n] for word in words for n in range(longest + 1))


class Words(frozenset[str]):
    """Folded words, with a quick answer to the most frequent question: is this line one of them?"""

    def __init__(self, _: Iterable[str] = ()) -> None:
        self.heads = beginnings(self)

    def hold(self, line: str) -> bool:
        """Whether the line folds to one of the words."""
        return fold(line[:_HEAD]) in self.heads and fold(line) in self


class Pattern:
    """One of the patterns for whole lines; a name of a body or a date that it cannot do without is looked for first.

    A body's name may begin with any word, so that trying one costs fifty times as much as looking for the words beside it.
    """

    def __init__(self, pattern: str, parts: Mapping[str, str]) -> None:
        from minutes_parser.vocabulary.patterns import clues

        self.body = _needs(pattern, "{body}") or _needs(pattern, "{bodies}")
        self.date = _needs(pattern, "{date}")
        self.clues = tuple(map(small, clues(pattern))) if self.body else ()
        for name, part in parts.items():
            pattern = pattern.replace(name, part)
        self.expression = re.compile(pattern, re.IGNORECASE)

    def may(self, low: str) -> bool:
        """Whether a line (as `small` has it) holds the words beside the body's name that the pattern cannot do without."""
        return not self.clues or any(map(low.__contains__, self.clues))


def _matched(patterns: Iterable[Pattern], line: str) -> bool:
    """Whether the whole line matches one of them."""
    return any(pattern.expression.fullmatch(line) for pattern in patterns)


def _needs(pattern: str, part: str) -> bool:
    """Whether no line matches without the part: it stands outside all groups and choices.

    >>> _needs("beslutning i {body}(?: {date})?", "{body}"), _needs("beslutning i {body}(?: {date})?", "{date}")
    (True, False)
    """
    before, found, after = re.sub(r"\\.|\[[^\]]*\]", "", pattern).partition(part)
    flat = re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", before + after))
    return bool(found) and before.count("(") == before.count(")") and "|" not in flat and after[:1] not in ("?", "*")


class Stems:
    """Words and ends and beginnings of words that tell the kind of a heading nobody knows as a whole."""

    def __init__(self, entries: Iterable[tuple[str, SectionKind]]) -> None:
        self.words: dict[str, SectionKind] = {}
        self.ends: list[tuple[str, SectionKind]] = []
        self.begins: list[tuple[str, SectionKind]] = []
        for stem, kind in entries:
            if stem.startswith("*"):
                self.ends.append((stem[1:], kind))
            elif stem.endswith("*"):
                self.begins.append((stem[:-1], kind))
            else:
                self.words.setdefault(stem, kind)
        for many in (self.ends, self.begins):
            many.sort(key=lambda entry: -len(entry[0]))

    def kind(self, line: str) -> SectionKind | None:
        """The kind that the first telling word gives; None when no word tells."""
        for word in _WORDS.findall(line.casefold()):
            if kind := self.words.get(word):
                return kind
            if word.rstrip("s").endswith(_body_ends()):
                continue  # `Økonomiudvalgets anbefaling`: whose it is, not what
            for end, kind in self.ends:
                if word.endswith(end):
                    return kind
            for begin, kind in self.begins:
                if word.startswith(begin):
                    return kind
        return None


class Vocabulary:
    """The headings that are known, ready for look-up. Building it costs some milliseconds; it is kept."""

    def __init__(self) -> None:
        self.names: dict[str, SectionKind] = {}
        self.never: set[str] = set()
        self.patterns: list[tuple[tuple[str, ...], SectionKind, tuple[Pattern, ...]]] = []
        """For each kind the letters of which one must be there, and the patterns."""
        parts = {"{body}": body_pattern(), "{bodies}": genitive_pattern(), "{date}": f"(?:{date_pattern()})"}
        for entry in heading_entries():
            kind = SectionKind(entry["kind"])
            for name in entry.get("names", ()):
                if entry.get("override"):
                    self.names[fold(name)] = kind
                else:
                    self.names.setdefault(fold(name), kind)
            for line in map(fold, entry.get("never", ())):
                self.never.add(line)
                if entry.get("file") and self.names.get(line) is kind:
                    del self.names[line]  # a user's file takes a name of ours away
            patterns = [Pattern(pattern, parts) for pattern in entry.get("patterns", ())]
            if patterns:
                self.patterns.append((shortest(entry["keys"]), kind, tuple(patterns)))
        self.weak = {fold(n): SectionKind(e["kind"]) for e in heading_entries() for n in e.get("weak", ())}
        self.names.update({n: k for n, k in self.weak.items() if n not in self.names})
        self.stems = Stems((stem, SectionKind(e["kind"])) for e in heading_entries() for stem in e.get("stems", ()))
        self.keys = shortest(key for keys, _, _ in self.patterns for key in keys)
        self.behind = {
            short: [n for n, (keys, _, _) in enumerate(self.patterns) if any(short in key for key in keys)]
            for short in self.keys
        }
        """Which of `patterns` a key asks for."""
        self.other = {fold(w) for w in _other_words()}
        self.heads = beginnings(self.names, 20)
        self.lengths: dict[int, list[str]] = {}
        """The names as long as a line, but for the slips that are allowed, by the line's length; collected when asked for."""

    def heading(self, line: str, *, fuzzy: bool = True) -> Hit | None:
        """Look a line up as a heading: its whole, or its beginning up to a printed colon or tab.

        Numbering and bullets in front do not count. None when it is no known heading, or a tie.
        """
        first, second = line[:1], line[1:2]
        if first.islower() and first != "l" and second not in ".)":
            return None  # a small letter begins no heading, but `a)` before it, or an l that is an I
        if first == second == "*":  # Markdown's bold
            return self._starred(line, fuzzy)
        if len(line) < 3 or (not first.isalnum() and first not in "•·*◦▪–-#"):
            return None
        if line[-1] == ")" and (counted := _COUNT.search(line)):
            hit = self.heading(line[: counted.start()], fuzzy=fuzzy)
            return hit._replace(stop=len(line)) if hit and hit.stop == counted.start() else hit
        skip = 0
        if not first.isalpha() or second in ".)":
            prefix = _PREFIX.match(line)
            if prefix and prefix.end() < len(line):
                skip = prefix.end()
        if first == "O" and fuzzy and (hit := self._slashed(line)):
            return hit
        head = fold(line[skip : skip + _HEAD]) in self.heads
        named = self._named(line, skip) if head else line[skip] == "l"
        short = len(line) <= LONGEST_HEADING
        if named and short and (whole := self._name(line[skip:].strip())):
            return Hit(*whole, len(line))
        if not short and not _marks(line, skip):
            return None
        keys = tuple(filter(small(line[: skip + LONGEST_HEADING]).__contains__, self.keys))
        if keys and short and (whole := self._patterned(line[skip:].strip(), keys)):
            return Hit(*whole, len(line))
        if named or keys:
            for mark, at in _marks(line, skip):
                part = self._known(line[skip : at + (mark == ":")], named, keys)
                if part and _told(mark, line[at:]):
                    return Hit(part[0], part[1] + "-inline", part[2] * 0.9, at + 1)
        if head and len(line) <= 80 and (kind := self._joined(line[skip:])):
            return Hit(kind, "heading.joined", 0.93, len(line))
        at = line.find(":", skip + 3, skip + 30) if fuzzy else -1
        if at > 0 and (kind := self._misread(line[skip:at])):
            return Hit(kind, "heading.fuzzy", 0.8, len(line) if at + 1 == len(line) else at + 1)
        if fuzzy and len(line) <= 60 and (near := self._slip(line[skip:])):
            return Hit(*near, len(line))
        return None

    def _slashed(self, line: str) -> Hit | None:
        """`Okonomiske konsekvenser`: an Ø whose stroke was lost, at the beginning of a name."""
        kind = self.names.get(_folded("Ø" + line[1:].strip())) if len(line) <= LONGEST_HEADING else None
        return Hit(kind, "heading.fuzzy", 0.8, len(line)) if kind else None

    def _starred(self, line: str, fuzzy: bool) -> Hit | None:
        inner = line.strip("* ")
        if line[:3] == "***" and inner[:1].islower() and inner.isalpha():
            hit = self.heading(inner.capitalize(), fuzzy=fuzzy)  # *** beslutning ***
            return hit._replace(stop=len(line)) if hit and hit.stop == len(inner) else None
        hit = self.heading(inner, fuzzy=fuzzy) if inner and not inner.startswith("*") else None
        if hit is None:
            return None
        at = line.find(inner)
        stop = len(line) if hit.stop == len(inner) else _after_stars(line, at + hit.stop)
        return Hit(hit.kind, hit.rule, hit.score, stop)

    def _named(self, line: str, skip: int) -> bool:
        """Whether a line that begins like a name goes on like one: the first letters are looked up, they repeat from line to line."""
        return fold(line[skip : skip + 20].partition(":")[0].partition("\t")[0].partition("   ")[0]) in self.heads

    def _known(self, text: str, named: bool, keys: Sequence[str]) -> tuple[SectionKind, str, float] | None:
        """A name, or a pattern that the whole text matches; `named` and the keys that are there say which of them it can be."""
        text = text.strip()
        return (self._name(text) if named else None) or (self._patterned(text, keys) if keys else None)

    def _name(self, text: str) -> tuple[SectionKind, str, float] | None:
        if not _may_begin(text):
            return None
        folded = _folded(text)
        kind = self.names.get(folded)
        if kind is None:
            return None
        if folded in self.weak:
            return kind, "heading.weak", 0.8
        spaced = text.count(" ") > 3 and len(folded) < 2 * text.count(" ") + 3
        return kind, "heading.spaced" if spaced else "heading.name", 0.95 if spaced else 1.0

    def _patterned(self, text: str, keys: Sequence[str]) -> tuple[SectionKind, str, float] | None:
        """The kind of the first entry that the keys ask for with a pattern that the whole text matches."""
        if len(text) < 5 or not _may_begin(text):
            return None
        low = small(text)
        bare, colon, date = text.rstrip(" :."), text.endswith(":"), _DIGIT.search(low) is not None
        for n in self._behind(keys):
            own, kind, patterns = self.patterns[n]
            if not any(map(low.__contains__, own)):
                continue
            able = [p for p in patterns if (date or not p.date) and p.may(low)]
            if any(p.body for p in able) and not names_body(low):
                able = [p for p in able if not p.body]
            if _matched(able, bare) or (colon and _matched(able, f"{bare}:")):
                goes_on = bare.endswith((",", f" {words()['text']['that']}"))
                rule = "heading.says" if goes_on else "heading.pattern"
                return None if self._excluded(_folded(text)) else (kind, rule, 0.97)
        return None

    def _behind(self, keys: Sequence[str]) -> Sequence[int]:
        """The entries whose patterns the keys ask for, in their order."""
        if len(keys) == 1:
            return self.behind[keys[0]]
        return sorted({n for key in keys for n in self.behind[key]})

    def _excluded(self, folded: str) -> bool:
        return folded in self.never or folded in self.other

    def _slip(self, text: str) -> tuple[SectionKind, str, float] | None:
        """A name in spite of slips, of the printer or of OCR."""
        text = text.strip()
        if len(text) < 5 or not _may_begin(text):
            return None
        folded = _folded(text)
        if self._excluded(folded):
            return None
        if "rn" in folded and (kind := self.names.get(folded.replace("rn", "m"))):
            return kind, "heading.fuzzy", 0.8
        if folded.isalpha():
            return self._near(folded) if len(folded) <= 40 and text.count(" ") <= 6 else None
        if _DIGIT_INSIDE.search(folded) and (kind := self.names.get(folded.translate(_MISREAD))):
            return kind, "heading.fuzzy", 0.8
        return None

    def _misread(self, head: str) -> SectionKind | None:
        """The kind of a name whose letters OCR took for digits, or its m for rn: `Bi1ag`, `Økonorni`."""
        if " " in head or not (_DIGIT.search(head) or "rn" in head):
            return None
        return self.names.get(fold(head).translate(_MISREAD).replace("rn", "m"))

    def _joined(self, text: str) -> SectionKind | None:
        """`Kommunikation og inddragelse`, `Høring/udtalelse`: the kind of the first of known headings printed as one."""
        if not any(map(text.__contains__, _joint_marks())):
            return None
        parts = _joints().split(text.rstrip(" :."))
        if len(parts) < 2 or not text[:1].isupper():
            return None
        kind = self.names.get(fold(parts[0]))
        if kind is None or fold(parts[0]) in self.weak or any(len(p) < 3 for p in parts):
            return None
        known = all(fold(p) in self.names or (" " not in p and self.stems.kind(p)) for p in parts[1:])
        return kind if known else None

    def nearest(self, line: str) -> tuple[str, int] | None:
        """The known name with the fewest slips and their number, for a reader who wonders; None when nothing is near."""
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        folded = fold(line)
        if not 3 <= len(folded) <= 60:
            return None
        found = process.extractOne(
            folded, self.shown.keys(), scorer=Levenshtein.distance, score_cutoff=len(folded) // 3
        )
        return (self.shown[str(found[0])], int(found[1])) if found else None

    @cached_property
    def shown(self) -> dict[str, str]:
        """Each folded name as the vocabulary prints it."""
        return {fold(name): name for entry in heading_entries() for name in entry.get("names", ())}

    def _near(self, folded: str) -> tuple[SectionKind, str, float] | None:
        """By counted slips: none below 5 letters, one to 11, two from 12; a tie between kinds is no hit."""
        allowed = 0 if len(folded) < 6 else 1 if len(folded) < 12 else 2
        if not allowed:
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        names = self.lengths.get(len(folded))
        if names is None:
            names = [name for name in self.names if abs(len(name) - len(folded)) <= allowed]
            self.lengths[len(folded)] = names
        near = process.extract(folded, names, scorer=Levenshtein.distance, score_cutoff=allowed, limit=4)
        if not near:
            return None
        best = near[0][1]
        kinds = {self.names[str(name)] for name, slips, _ in near if slips == best}
        if len(kinds) != 1:
            return None
        return kinds.pop(), "heading.fuzzy", 0.9 - 0.1 * best


def _marks(line: str, skip: int) -> list[tuple[str, int]]:
    """What may part a heading from the text on its line, and where it stands; the surest first."""
    return [(mark, at) for mark in (":", "\t", "   ", "  ") if (at := line.find(mark, skip + 3, skip + 100)) > 0]


def _may_begin(text: str) -> bool:
    """A heading begins with a capital, or with the l that OCR makes of an I."""
    return not text[:1].islower() or (text[:1] == "l" and text[1:2] in "nN")


def _folded(text: str) -> str:
    return "i" + fold(text)[1:] if text[:1] == "l" else fold(text)


def _told(mark: str, rest: str) -> bool:
    """Whether words follow a heading in the margin; behind a wide gap figures are a table's."""
    words = rest.strip()
    return mark.strip(" ") != "" or (
        words[:1].isalpha() and "   " not in words and not any(map(str.isdigit, words[:3]))
    )


@lru_cache(maxsize=1)
def _joint_marks() -> tuple[str, ...]:
    """What one of must stand in a text that `_joints` parts."""
    return (",", "/", *(f"{word} " for word in words()["text"]["joints"]))


@lru_cache(maxsize=1)
def _joints() -> re.Pattern[str]:
    return re.compile("|".join([", ?", " ?/ ?", *(f",? {re.escape(w)} " for w in words()["text"]["joints"])]))


def _after_stars(line: str, at: int) -> int:
    while line[at : at + 1] == "*":
        at += 1
    return at


def shortest(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys without those that hold another one: a line that has none of these has none of all.

    >>> shortest(["lukkede", "lukket", "lukket punkt"])
    ('lukket', 'lukkede')
    """
    known = sorted(set(keys), key=len)
    return tuple(k for n, k in enumerate(known) if not any(other in k for other in known[:n]))


def _other_words() -> Iterable[str]:
    expressions = words()["expressions"]
    for section in ("meeting", "items"):
        for name, group in words()[section].items():
            if f"{section}.{name}" not in expressions and not name.endswith("examples"):
                yield from group
    yield from words()["noise"]["lines"]


# words of a name: capitalised, or the small ones between
_NAME_WORDS = r"(?:(?:(?-i:[A-ZÆØÅ0-9])[\w&/.,–-]*|og|for|i|af|samt|&|det|den|vedr\.?|om) ){0,8}?"


@lru_cache(maxsize=1)
def _body_ends() -> tuple[str, ...]:
    return tuple(e for e in words()["bodies"]["endings"] if len(e) > 3)


def _endings() -> str:
    return "|".join(re.escape(e) for e in sorted(words()["bodies"]["endings"], key=len, reverse=True))


@lru_cache(maxsize=1)
def _body_keys() -> tuple[str, ...]:
    return shortest(small(w) for group in ("endings", "for_bodies") for w in words()["bodies"][group])


def names_body(low: str) -> bool:
    """Whether a line (as `small` has it) holds what the name of a deciding body ends or begins with: without that, no
    expression with `body_pattern` or `genitive_pattern` matches. Those cost a hundred times as much."""
    return any(map(low.__contains__, _body_keys()))


@lru_cache(maxsize=1)
def body_pattern() -> str:
    """A regular expression (no capturing groups) for a deciding body's name."""
    ends = _endings()
    for_ = "|".join(map(re.escape, words()["bodies"]["for_bodies"]))
    return rf"(?:{_NAME_WORDS}(?:{for_}) [\w ,&/-]{{3,60}}?|{_NAME_WORDS}[\w&/-]{{0,40}}?(?:{ends}))"


@lru_cache(maxsize=1)
def genitive_pattern() -> str:
    """The same in the genitive: `Økonomiudvalgets`, `Sundhedsrådets`, `Forums'`."""
    ends = _endings()
    return rf"(?:{_NAME_WORDS}[\w&/-]{{0,40}}?(?:{ends})(?:'?s'?|’s?|'))"


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The package's own vocabulary."""
    return Vocabulary()
