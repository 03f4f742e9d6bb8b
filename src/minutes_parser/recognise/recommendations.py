"""Who recommends what to whom?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from minutes_parser.recognise.names import body_word
from minutes_parser.recognise.outcomes import acts_table
from minutes_parser.recognise.passage import Passage, Place, marker, sentence_end
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import date_pattern
from minutes_parser.vocabulary.phrases import tokens
from minutes_parser.vocabulary.words import decision_words

NOWHERE = Place(0, 0, "", 0.0)
"""Where something stands until all of it is read."""


@dataclass(slots=True)
class Point:
    """One recommended point; `start` and `stop` are places in the passage."""

    number: str | None
    text: str
    start: int
    stop: int
    that: bool = False
    """Whether it is printed with `at` before it."""
    place: Place = NOWHERE


@dataclass(slots=True)
class Recommendation:
    """What one recommender recommends; `chain` holds the bodies on the way when there are several."""

    by: str | None
    to: str | None
    start: int
    stop: int
    chain: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    alternative: bool = False
    leads: bool = False
    """Whether a list of points is announced and has not begun."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class _Forms:
    named: re.Pattern[str]
    passive: re.Pattern[str]
    turned: re.Pattern[str]
    """The subject after the verb: `… indstiller forvaltningen, at`."""
    to: re.Pattern[str]
    chain: re.Pattern[str]
    deciding: re.Pattern[str]
    go_on: re.Pattern[str]
    alternative: re.Pattern[str]
    that: re.Pattern[str]
    """`at` at the beginning of a point."""
    at: re.Pattern[str]
    """`at` in a sentence, comma and blanks before it included."""
    numbered: re.Pattern[str]
    """`At 1)`"""
    later: re.Pattern[str]
    """`at` after a few words: `indstiller på den baggrund, at`."""
    opens: re.Pattern[str]
    """The end of a sentence that announces a list."""
    day: re.Pattern[str]
    direct: re.Pattern[str]
    """What stands right after the verb, up to `at`."""
    infinitive: re.Pattern[str]
    join: re.Pattern[str]


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    words = decision_words()["recommend"]
    that = words["that"]
    adverbs = rf"(?: (?:{_any(words['adverbs'])}))*"
    flags = re.IGNORECASE
    return _Forms(
        named=re.compile(
            rf"(?P<by>[^.:;?!]{{2,140}}?){adverbs} (?P<verb>{_any(words['verbs'])})(?!\w){adverbs}", flags
        ),
        passive=re.compile(
            rf"(?:{_any(words['passive'])})(?!\w){adverbs}(?: af (?P<by>[^.:;?!]{{2,100}}?))?(?=[ ,:;.]|$)", flags
        ),
        to=re.compile(
            rf"(?:,? ?(?:{_any(words['to'])}) )(?P<to>[^:;]{{3,200}}?)(?=,? at\b|[:;]|,? ?$|,(?= ?\n))", flags
        ),
        turned=re.compile(rf" (?P<by>[^,.:;]{{2,90}}?)(?=,? {that}\b|[,:]| (?:{_any(words['to'])}) )", flags),
        chain=re.compile(rf"(?P<to>[^.:;]{{3,140}}?),? (?P<verb>{_any(words['chain'])})(?!\w)", flags),
        deciding=re.compile(rf"(?P<to>[^.:;]{{2,120}}?) (?:{_any(words['decides'])})(?!\w)", flags),
        go_on=re.compile(rf"(?:{_any(words['go_on'])})(?!\w)"),
        alternative=re.compile(rf"(?:{_any(words['alternative'])})(?!\w)", flags),
        that=re.compile(rf"{that}[ \t]+", flags),
        at=re.compile(rf"[ ,;:]*\b{that}\b", flags),
        numbered=re.compile(rf"(?i:{words['that_number']}) ?(\d{{1,2}}|[A-Z])[.):] *"),
        later=re.compile(rf"[^.:;,]{{3,90}}, {that}\b", flags),
        opens=re.compile(r"[ ,;:.]*$|[ ,]*:"),
        day=re.compile(rf",? ?(?:den|d\.)?(?: ?{date_pattern()})?(?= ?,| )", flags),
        direct=re.compile(rf" ([^,.:;]{{3,140}}?)(?:,? {that}\b|, ?$|:)", flags),
        infinitive=re.compile(rf"(?P<verb>{_any(words['chain_infinitive'])})(?!\w)", flags),
        join=re.compile(rf"(?:[,;]? (?P<og>{_any(words['and'])})|(?P<semi>;)|,) ?{that} ", flags),
    )


@lru_cache(maxsize=1)
def _none() -> frozenset[str]:
    return frozenset(fold(w) for w in decision_words()["recommend"]["none"])


def recommendations(passage: Passage, bodies: Sequence[str] = ()) -> list[Recommendation]:
    """The recommendations of a section, one for each recommender and recipient, in order.

    `by` and `to` are as printed and None where nobody is named; `bodies` are names (and acronyms) of the body that
    meets, for points that begin with one.
    """
    reader = _Reader(passage, bodies)
    for start, stop, paragraph in passage.lines:
        reader.line(start, stop, paragraph)
    return reader.finished()


class _Reader:
    """Goes through a section line by line; what it knows so far is in `found`, the last one is being added to."""

    def __init__(self, passage: Passage, bodies: Sequence[str]) -> None:
        self.passage = passage
        self.text = passage.text
        self.bodies = frozenset(fold(b) for b in bodies)
        self.found: list[Recommendation] = []
        self.inline = 0
        """How many points of the last recommendation stand in its own sentence: they only announce a list that follows."""
        self.line_end = 0
        self.goes_on = False
        """Whether the recommender's own sentence ends in `og`: the next line is a further point."""
        self.style = ""
        """How the list's points are marked: `number`, `letter`, `bullet`, `that`."""

    def line(self, start: int, stop: int, paragraph: bool) -> None:
        self.line_end = stop
        at, mark, style = self._marked(start, stop)
        rest = self.text[at:stop]
        if style:
            self._point(at, stop, mark, style)
        elif self._introduced(at, stop) or self._addressed(at, stop) or self._apart(rest):
            return
        elif self._goes_on(rest, paragraph):
            self._append(stop)
        elif self.found and self.found[-1].leads and not self.found[-1].points:
            self._add(at, stop, "", "")
        elif not self.found:
            self._bare(at, stop)

    def _marked(self, start: int, stop: int) -> tuple[int, str, str]:
        """Where a line's words begin, its number or letter, and how it is marked."""
        found = _forms().numbered.match(self.text, start, stop)
        if found:
            return found.end(), found[1], "number" if found[1].isdigit() else "letter"
        at, mark = marker(self.text, start, stop)
        if mark:
            return at, mark, "number" if mark.isdigit() else "letter"
        if at > start:
            return at, "", "bullet"
        return at, "", "that" if _forms().that.match(self.text, at, stop) else ""

    # -- who recommends, to whom ---------------------------------------------------------------------------------

    def _introduced(self, start: int, stop: int) -> bool:
        """A line with a sentence such as `Forvaltningen indstiller til Byrådet, at …`."""
        forms = _forms()
        at, hit = start, False
        while at < stop:
            end = sentence_end(self.text, at, stop)
            found = forms.passive.match(self.text, at, end) or forms.named.match(self.text, at, end)
            by, after = found["by"] if found else None, found.end() if found else at
            if found and found.re is forms.named and (by := self._recommender(by or "")) is None:
                turned = forms.turned.match(self.text, found.end("verb"), end)
                by = turned["by"].strip() if turned and self._adverbial(found["by"]) else None
                after = turned.end("by") if turned else after
            if found and (by or found.re is forms.passive):
                self._open(by, at, after, end)
                hit = True
            elif at == start and end >= stop:
                return False
            at = end
            while at < stop and self.text[at] == " ":
                at += 1
        return hit

    def _recommender(self, by: str) -> str | None:
        """The words before the verb, where they can be somebody's name."""
        bare = by.strip(" ,•·*–-")
        cut = re.search(rf" (?:{_any(decision_words()['deciders']['auxiliaries'])}|er|var|blev)(?!\w)", bare)
        if cut and ("," in bare[cut.end() :] or len(bare[cut.end() :].split()) > 5):
            return None  # a sentence of its own before the verb
        bare = bare[: cut.start()] if cut else bare
        first = fold(bare.split(" ")[0]) if bare else ""
        words = decision_words()["recommend"]
        count = len(bare.split())
        if not bare or count > 18 or not bare[0].isupper():
            return None
        if first in words["turns"] or first in words["alternative"]:
            return None
        if first in words["no_recommender"] and not (first in words["articles"] and count > 1 and "," not in bare):
            return None
        return bare

    def _adverbial(self, lead: str) -> bool:
        """Whether the words before the verb are no subject: `På baggrund af høringen indstiller forvaltningen`."""
        own = decision_words()["recommend"]
        first = lead.strip(" ,").split(" ")[0].casefold()
        return first in own["turns"] or first in own["alternative"] or lead.strip().casefold() in own["adverbs"]

    def _open(self, by: str | None, start: int, after: int, stop: int) -> None:
        """A new recommendation: its recipient, the chain, and the points in its own sentence."""
        one = Recommendation(by, None, start, stop)
        head = self.text[max(self.passage.lines[0][0], start) : after]
        one.alternative = _forms().alternative.search(head) is not None
        self.found.append(one)
        self.inline, self.style = 0, ""
        skipped = _forms().day.match(self.text, after, stop)
        after = skipped.end() if skipped else after
        after = self._recipients(one, after, stop)
        that = _forms().at.match(self.text, after, stop) or _forms().later.match(self.text, after, stop)
        colon = _forms().opens.match(self.text, after, stop)
        if that:
            self._content(one, that.end(), stop)
        elif colon:
            one.leads = True
        else:
            self._object(one, after, stop)

    def _recipients(self, one: Recommendation, at: int, stop: int) -> int:
        """Read `til Økonomiudvalget og Byrådet`, or a body right after the verb; where the text goes on."""
        found = _forms().to.match(self.text, at, stop)
        if found:
            to = self._body(found["to"])
            if to:
                one.to = to
                one.chain += self._members(to)
                return found.end("to")
            return at
        direct = _forms().direct.match(self.text, at, stop)
        if direct and (to := self._body(direct[1])):
            one.to = to
            one.chain.append(to)
            return direct.end(1)
        return at

    def _members(self, bodies: str) -> list[str]:
        """The bodies of a list, each by itself: `Økonomiudvalget og Byrådet`; `Børne- og Skoleudvalget` is one."""
        parts = re.split(rf",? (?:{_any(decision_words()['recommend']['and'])}) |, ", bodies)
        out: list[str] = []
        for part in parts:
            if out and not self.is_body(out[-1]):
                return [bodies]
            out.append(part)
        return out if len(out) > 1 and self.is_body(out[-1]) else [bodies]

    def _body(self, raw: str) -> str | None:
        """A recipient's name: `Kommunalbestyrelsens godkendelse` is the board's, `godkendelse i Byrådet` the council's."""
        bare = raw.strip(" ,;:")
        words = bare.split(" ")
        approval = decision_words()["recommend"]["approval"]
        if len(words) > 1 and words[-1].casefold() in approval:
            bare = " ".join(words[:-1])
            bare = bare[:-1].rstrip("'’") if bare.endswith("s") else bare
        elif words[0].casefold() in approval:
            inner = re.search(rf"\b(?:{_any(decision_words()['recommend']['inside'])}) (.+)$", bare)
            bare = inner[1] if inner else ""
        return bare if bare and self.is_body(bare) else None

    def is_body(self, text: str) -> bool:
        """Whether the words are the name of a body that decides, or of several."""
        words = text.split()
        if not words or len(words) > 24:
            return False
        own = decision_words()
        deciders = own["deciders"]["words"]
        for word in words:
            bare = word.rstrip(",")
            if not (bare[:1].isupper() or bare in own["recommend"]["in_names"] or body_word(bare) or bare in deciders):
                return False
        if fold(text) in self.bodies:
            return True
        last = words[-1].casefold()
        if len(words) == 1 and text.isupper() and 2 <= len(text) <= 5:
            return True  # KB, ØK, TMU
        return body_word(last) or last in deciders or (len(words) > 2 and body_word(words[0]) and words[1].islower())

    def _content(self, one: Recommendation, at: int, stop: int) -> None:
        """What follows `at`: a link of the chain, the body that is to decide, points, or nothing before a list."""
        while at < stop and self.text[at] in " :;,":
            at += 1
        if linked := self._linked(one, at, stop):
            self._content(one, linked, stop)
            return
        rest = self.text[at:stop].strip(" ,;:")
        if not rest:
            one.leads = True
        elif self.is_body(rest) or (stop >= self.line_end and self._named(rest)):
            one.to = one.to or rest
            one.leads = True
        else:
            self._inline(one, at, stop)

    def _named(self, text: str) -> bool:
        """Whether words at a line's end are somebody's name: `at KKR Nordkysten` before the list of what it is to do."""
        words = text.split()
        if len(words) == 1:
            return True
        small = decision_words()["recommend"]["in_names"]
        return len(words) < 8 and words[0][0].isupper() and all(w[0].isupper() or w in small for w in words)

    def _linked(self, one: Recommendation, at: int, stop: int) -> int:
        """Where the text goes on after `Økonomiudvalget anbefaler Byrådet, at`; 0 when there is no such link."""
        forms = _forms()
        infinitive = _forms().infinitive.match(self.text, at, stop)
        link = infinitive or forms.chain.match(self.text, at, stop)
        owners = [] if infinitive or not link else self._owners(link["to"])
        if not link or (not infinitive and not owners):
            return 0
        if len(owners) > 1 or (owners and not one.chain):
            one.chain += [b for owner in owners for b in self._members(owner) if b not in one.chain]
            one.to = owners[-1]
        before = len(one.chain)
        after = self._recipients(one, link.end(), stop)
        that = _forms().at.match(self.text, after, stop)
        opens = _forms().opens.match(self.text, after, stop)
        if that:
            return that.end()
        if opens:
            one.leads = True
            return stop
        if len(one.chain) > before:
            del one.chain[before:]
            one.to = one.chain[-1] if one.chain else None
        return 0

    def _owners(self, text: str) -> list[str]:
        """The bodies before a link's verb: `Økonomiudvalget`, or two in `Økonomiudvalget over for Byrådet`."""
        to = _any(decision_words()["recommend"]["to"])
        parts = [p.strip(" ,") for p in re.split(rf" (?:{to}) ", text, maxsplit=1)]
        return parts if all(self.is_body(p) for p in parts) else [text.strip(" ,")] if self.is_body(text) else []

    def _object(self, one: Recommendation, at: int, stop: int) -> None:
        """`indstiller forslaget til godkendelse`: a point; `anbefaler indstillingen`: somebody else's points."""
        text = self.text[at:stop].strip(" .,")
        approval, to = decision_words()["recommend"]["approval"], decision_words()["recommend"]["to"]
        if any(re.search(rf"\b(?:{_any(to)}) {word}\b", text) for word in approval):
            start = at + len(self.text[at:stop]) - len(self.text[at:stop].lstrip(" ,"))
            one.points.append(self._made(start, stop, ""))
        elif not text or text.endswith(":"):
            one.leads = True

    def _addressed(self, start: int, stop: int) -> bool:
        """A line of its own that names the recipients: `Til Økonomiudvalget og Kommunalbestyrelsen:`."""
        found = _forms().to.match(self.text, start, stop)
        to = self._body(found["to"]) if found and stop - start < 200 else None
        if not found or not to or self.text[found.end("to") : stop].strip(" :;,."):
            return False
        if not self.found or self.found[-1].points:
            by = self.found[-1].by if self.found else None
            self.found.append(Recommendation(by, None, start, stop))
            self.style, self.inline = "", 0
        one = self.found[-1]
        one.to, one.chain, one.leads, one.stop = to, self._members(to), True, stop
        return True

    def _apart(self, rest: str) -> bool:
        """`eller` between two lists; `(Teknik- og Miljøudvalget)` under a recommendation that names nobody."""
        if self.found and fold(rest) in decision_words()["recommend"]["alternative"]:
            last = self.found[-1]
            self.found.append(Recommendation(last.by, last.to, last.start, last.stop, list(last.chain), [], True, True))
            self.style, self.inline = "", 0
            return True
        inner = re.fullmatch(r"\(([^()]{3,120})\)\.?", rest.strip())
        if inner and self.found and self.found[-1].by is None and self.found[-1].points and inner[1][0].isupper():
            made = re.match(rf"(?:{_any(decision_words()['recommend']['made_by'])}) ", inner[1], re.IGNORECASE)
            self.found[-1].by = inner[1][made.end() :] if made else inner[1]
            return True
        return False

    # -- the points -----------------------------------------------------------------------------------------------

    def _inline(self, one: Recommendation, start: int, stop: int) -> None:
        """Points in the recommender's own sentence, numbered or joined by `, og at`."""
        deciding = _forms().deciding.match(self.text, start, stop)
        if deciding and one.to is None and self.is_body(deciding["to"].strip(" ,")):
            one.to = deciding["to"].strip(" ,")
        spans = _numbered(self.text, start, stop) or _joined(self.text, start, stop)
        one.points += [self._made(a, b, number) for number, a, b in spans]
        self.inline = len(one.points)
        text = self.text[start:stop].rstrip(" ,")
        one.leads = not text.endswith(".")
        self.goes_on = text.rsplit(" ", 1)[-1] in decision_words()["recommend"]["and"]

    def _point(self, at: int, stop: int, mark: str, style: str) -> None:
        """A line of a list: a point, or a line of the list inside the last point."""
        if not self.found:
            self.found.append(Recommendation(None, None, at, stop))
        one = self.found[-1]
        if self.inline == 1 and one.leads and not self.style and not self.goes_on:
            if style != "that" or not _complete(one.points[0].text):
                one.points = []  # `at nedenstående regnskaber godkendes:` before the list
            self.inline = 0
        if not self.style:
            self.style = style
        elif one.points and self._within(one.points[-1], at, stop, mark, style):
            self._append(stop)
            return
        if style == "that":
            for _, a, b in _joined(self.text, at, stop):
                self._add(a, b, "", style)
        else:
            self._add(at, stop, mark, style)

    def _within(self, last: Point, at: int, stop: int, mark: str, style: str) -> bool:
        """Whether a list's line belongs to a list inside the last point."""
        if style != self.style:
            return {style, self.style} != {"that", "bullet"} or not _forms().that.match(self.text, at, stop)
        opens = last.text.rstrip().endswith(":") or "\n" in last.text
        if style == "number":
            points = self.found[-1].points
            before = next((p.number for p in reversed(points) if p.number), None)
            expected = int(before) + 1 if before else 1
            if int(mark) != expected and (opens or int(mark) <= expected - 1):
                return True
            return opens and points[0].that and not _forms().that.match(self.text, at, stop)
        text = self.text[at:stop]
        return style == "bullet" and _forms().go_on.match(text) is not None and text[0].islower()

    def _add(self, at: int, stop: int, mark: str, style: str) -> None:
        one = self.found[-1]
        one.points.append(self._made(at, stop, mark))
        one.leads = False
        one.stop = stop
        if not self.style:
            self.style = style

    def _made(self, start: int, stop: int, number: str) -> Point:
        """A point without the `at` before it and the comma after it."""
        that = _forms().that.match(self.text, start, stop)
        start = that.end() if that else start
        text = self.text[start:stop]
        bare = _tail().sub("", text)
        lead = len(bare) - len(bare.lstrip())
        return Point(number or None, bare.strip(), start + lead, start + len(bare), that is not None)

    def _goes_on(self, rest: str, paragraph: bool) -> bool:
        """Whether a line without a marker is the rest of the last point."""
        if not self.found or not self.found[-1].points:
            return False
        last = self.found[-1].points[-1].text
        raw = self.text[: self.found[-1].stop].rstrip()
        if paragraph:
            return raw.endswith(",") and rest[:1].islower()
        return not raw.endswith(".") or rest[:1].islower() or last.endswith(":")

    def _append(self, stop: int) -> None:
        last = self.found[-1].points[-1]
        text = self.text[last.start : stop]
        last.text, last.stop = text.strip(), stop
        self.found[-1].stop = stop

    def _bare(self, start: int, stop: int) -> None:
        """A recommendation that names nobody and uses no verb of recommending: `Til drøftelse.`"""
        text = self.text[start:stop].strip(" .")
        if not text or fold(text) in _none() or not any(c.isalpha() for c in text):
            return
        words = decision_words()["recommend"]
        asks = re.search(rf"\b(?:{_any(words['to'])}) (?:{_any(words['approval'])})\b", text, re.IGNORECASE)
        if not (asks or _acts(self.text, start, stop)):
            return
        one = Recommendation(None, None, start, stop)
        one.points.append(self._made(start, stop, ""))
        self.found.append(one)

    def finished(self) -> list[Recommendation]:
        """What was found: recipients read off the points, recommenders off the heading, every place set."""
        out = []
        for one in self.found:
            if one.to is None and one.points:
                self._deciding(one)
            if one.to and not one.chain:
                one.chain = [one.to]
            if not one.points and (one.leads or not one.by):
                continue
            if one.by is None:
                one.by = self._from_heading()
            for point in one.points:
                point.place = self.passage.where(
                    point.start, max(point.stop, point.start + 1), "recommendation.point", 0.9
                )
            stop = max([one.stop, *(p.stop for p in one.points)])
            one.place = self.passage.where(one.start, max(stop, one.start + 1), "recommendation.phrase", 0.85)
            out.append(one)
        return out

    def _deciding(self, one: Recommendation) -> None:
        """`at Byrådet godkender …`: the body that a point begins with is to decide."""
        for point in one.points:
            found = _forms().deciding.match(point.text)
            if found and self.is_body(found["to"].strip(" ,")):
                one.to = found["to"].strip(" ,")
                return

    def _from_heading(self) -> str | None:
        """`Indstilling fra Økonomiudvalget`, `Administrationens indstilling`, `Direktionen indstiller`."""
        words = decision_words()["recommend"]
        heading = self.passage.heading.strip(" :.,")
        nouns = _any(words["nouns"])
        after = re.search(rf"(?:{nouns}) (?:{_any(words['from'])}) (.+)$", heading, re.IGNORECASE)
        if after:
            return after[1]
        owner = re.match(rf"(.{{3,80}}?)(?:'s|’s|s['’]?) (?:{nouns})$", heading, re.IGNORECASE)
        if owner:
            return owner[1]
        verb = re.match(rf"(.{{3,80}}?) (?:{_any(words['verbs'])})\b", heading, re.IGNORECASE)
        return self._recommender(verb[1]) if verb else None


@lru_cache(maxsize=1)
def _tail() -> re.Pattern[str]:
    return re.compile(rf"[ ,;]*(?: (?:{_any(decision_words()['recommend']['and'])}))?[ ,;]*$")


def _acts(text: str, start: int, stop: int) -> bool:
    """Whether a line asks for a decision: `Orienteringen tages til efterretning.`"""
    found = acts_table().find(tokens(text, start, stop))
    return any(m.value.strength >= 2 for m in found)


@lru_cache(maxsize=1)
def _numbering() -> re.Pattern[str]:
    return re.compile(r"(?:^|(?<=[\s,;:]))(\d{1,2}|[a-h])[.)]\s+(?=\S)")


def _numbered(text: str, start: int, stop: int) -> list[tuple[str, int, int]]:
    """The points of `at forslaget 1. vedtages, 2. sendes i høring`; empty where the numbers do not count up from one."""
    marks = list(_numbering().finditer(text, start, stop))
    first = next((n for n, m in enumerate(marks) if m[1] in ("1", "a")), None)
    if first is None:
        return []
    kept = [marks[first]]
    for mark in marks[first + 1 :]:
        before = kept[-1][1]
        follows = str(int(before) + 1) if before.isdigit() else chr(ord(before) + 1)
        if mark[1] == follows:
            kept.append(mark)
    if len(kept) < 2:
        return []
    ends = [*(m.start() for m in kept[1:]), stop]
    return [(m[1], m.end(), end) for m, end in zip(kept, ends, strict=True)]


def _joined(text: str, start: int, stop: int) -> list[tuple[str, int, int]]:
    """The points of `at A godkendes, og at B drøftes`; a further `at` inside one is its content."""
    spans: list[tuple[str, int, int]] = []
    begin = start
    for mark in _forms().join.finditer(text, start, stop):
        if mark["og"] or mark["semi"] or _complete(text[begin : mark.start()]):
            spans.append(("", begin, mark.start()))
            begin = mark.end()
    spans.append(("", begin, stop))
    return [span for span in spans if text[span[1] : span[2]].strip(" ,.;")]


def _complete(clause: str) -> bool:
    """Whether a clause before `, at` has said what it recommends: it has a verb of its own, and not one that is still
    to say what (`det godkendes, at`, `udvalget beslutter, at`)."""
    own = decision_words()["recommend"]
    words = [w.casefold() for w in clause.strip(" ,").split()]
    if len(words) < 2 or words[0] in own["empty_subject"] or words[-1] in own["says_what"]:
        return False
    if words[-1] in own["approval"] and any(w in own["decides"] for w in words):
        return False
    return any(w.endswith(("es", "er", "s")) and len(w) > 3 for w in words[1:])
