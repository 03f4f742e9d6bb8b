"""Who recommends what to whom?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from minutes_parser.recognise.acts import acts_table
from minutes_parser.recognise.addressees import Addressees, adverbial, recommender
from minutes_parser.recognise.passage import Passage, Place, marker, sentence_end
from minutes_parser.recognise.points import NOWHERE, Point, complete, joined, numbered, point
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.phrases import tokens
from minutes_parser.vocabulary.recommending import forms, heading_forms, says_nothing
from minutes_parser.vocabulary.words import decision_words, words


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


def recommendations(passage: Passage, bodies: Sequence[str] = ()) -> list[Recommendation]:
    """The recommendations of a section, one for each recommender and recipient, in order.

    `by` and `to` are as printed and None where nobody is named; `bodies` are names (and acronyms) of the body that
    meets, for points that begin with one.
    """
    reader = _Reader(passage, bodies)
    for start, stop, paragraph in passage.lines:
        reader.line(start, stop, paragraph)
    return reader.finished()


_CLAUSE = re.compile(r",.*\bat\b|\b(?:at|som|der|hvis)\b")
"""What no recommender's name holds: `Naboerne skriver, at Teknisk Udvalg indstiller` is about others."""
_THAT = re.compile(r"\bat\b|[,:]$")


def introduced(passage: Passage) -> Passage | None:
    """The part of a text from the line on that begins `Forvaltningen indstiller, at …`; None where none does."""
    word = decision_words()["recommend"]["formal"]
    for start, stop, _ in passage.lines:
        found = forms().named.match(passage.text, start, stop)
        if (
            found
            and word in found["verb"].casefold()
            and _THAT.search(passage.text, found.end(), min(stop, found.end() + 150))
        ):
            by = recommender(found["by"] or "")
            if by is not None and by == found["by"].strip() and not _CLAUSE.search(by):
                return passage.part(start, passage.lines[-1][1], passage.kind, passage.heading)
    return None


class _Reader:
    """Goes through a section line by line; what it knows so far is in `found`, the last one is being added to."""

    def __init__(self, passage: Passage, bodies: Sequence[str]) -> None:
        self.passage = passage
        self.text = passage.text
        self.addressees = Addressees(bodies)
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
        found = forms().numbered.match(self.text, start, stop)
        if found:
            return found.end(), found[1], "number" if found[1].isdigit() else "letter"
        at, mark = marker(self.text, start, stop)
        if mark:
            return at, mark, "number" if mark.isdigit() else "letter"
        if at > start:
            return at, "", "bullet"
        return at, "", "that" if forms().that.match(self.text, at, stop) else ""

    # -- who recommends, to whom ---------------------------------------------------------------------------------

    def _introduced(self, start: int, stop: int) -> bool:
        """A line with a sentence such as `Forvaltningen indstiller til Byrådet, at …`."""
        at, hit = start, False
        while at < stop:
            end = sentence_end(self.text, at, stop)
            found = forms().passive.match(self.text, at, end) or forms().named.match(self.text, at, end)
            by, after = found["by"] if found else None, found.end() if found else at
            if found and found.re is forms().named and (by := recommender(by or "")) is None:
                turned = forms().turned.match(self.text, found.end("verb"), end)
                by = turned["by"].strip() if turned and adverbial(found["by"]) else None
                after = turned.end("by") if turned else after
            if found and (by or found.re is forms().passive):
                self._open(by, at, after, end)
                hit = True
            elif at == start and end >= stop:
                return False
            at = end
            while at < stop and self.text[at] == " ":
                at += 1
        return hit

    def _open(self, by: str | None, start: int, after: int, stop: int) -> None:
        """A new recommendation: its recipient, the chain, and the points in its own sentence."""
        one = Recommendation(by, None, start, stop)
        head = self.text[max(self.passage.lines[0][0], start) : after]
        one.alternative = forms().alternative.search(head.lower()) is not None
        self.found.append(one)
        self.inline, self.style = 0, ""
        skipped = forms().day.match(self.text, after, stop)
        after = skipped.end() if skipped else after
        after = self._recipients(one, after, stop)
        that = forms().at.match(self.text, after, stop) or forms().later.match(self.text, after, stop)
        colon = forms().opens.match(self.text, after, stop)
        if that:
            self._content(one, that.end(), stop)
        elif colon:
            one.leads = True
        elif numbered(self.text, after, stop):
            self._inline(one, after, stop)  # `Rektor indstiller, a) at …, og b) at …`
        else:
            self._object(one, after, stop)

    def _recipients(self, one: Recommendation, at: int, stop: int) -> int:
        """Read `til Økonomiudvalget og Byrådet`, or a body right after the verb; where the text goes on."""
        found = forms().to.match(self.text, at, stop)
        if found:
            if route := self.addressees.route(found["to"]):
                one.to = route[-1]
                one.chain += self._links(route)
                return found.end("to")
            return at
        direct = forms().direct.match(self.text, at, stop)
        if direct and (to := self.addressees.recipient(direct[1])):
            one.to = to
            one.chain.append(to)
            return direct.end(1)
        return at

    def _links(self, route: list[str]) -> list[str]:
        """The bodies of a route, each by itself where several receive a recommendation together."""
        return route if len(route) > 1 else self.addressees.members(route[0])

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
        elif self.addressees.is_body(rest) or (stop >= self.line_end and self.addressees.is_named(rest)):
            one.to = one.to or rest
            one.leads = True
        else:
            self._inline(one, at, stop)

    def _linked(self, one: Recommendation, at: int, stop: int) -> int:
        """Where the text goes on after `Økonomiudvalget anbefaler Byrådet, at`; 0 when there is no such link."""
        infinitive = forms().infinitive.match(self.text, at, stop)
        link = infinitive or forms().chain.match(self.text, at, stop)
        owners = [] if infinitive or not link else self.addressees.owners(link["to"])
        if not link or (not infinitive and not owners):
            return 0
        if len(owners) > 1 or (owners and not one.chain):
            one.chain += [b for owner in owners for b in self.addressees.members(owner) if b not in one.chain]
            one.to = owners[-1]
        before = len(one.chain)
        after = self._recipients(one, link.end(), stop)
        that = forms().at.match(self.text, after, stop)
        opens = forms().opens.match(self.text, after, stop)
        if that:
            return that.end()
        if opens:
            one.leads = True
            return stop
        if len(one.chain) > before:
            del one.chain[before:]
            one.to = one.chain[-1] if one.chain else None
        return 0

    def _object(self, one: Recommendation, at: int, stop: int) -> None:
        """`indstiller forslaget til godkendelse`: a point; `anbefaler indstillingen`: somebody else's points."""
        text = self.text[at:stop].strip(" .,")
        if forms().asks.search(text):
            start = at + len(self.text[at:stop]) - len(self.text[at:stop].lstrip(" ,"))
            one.points.append(point(self.text, start, stop, ""))
        elif not text or text.endswith(":"):
            one.leads = True

    def _addressed(self, start: int, stop: int) -> bool:
        """A line of its own that names the recipients, `Til Økonomiudvalget og Kommunalbestyrelsen:`, or begins with them
        where the heading has the verb: `Administrationen indstiller` / `til Økonomiudvalget, at planen godkendes`."""
        found = forms().to.match(self.text, start, stop)
        route = self.addressees.route(found["to"]) if found else []
        that = forms().at.match(self.text, found.end("to"), stop) if found else None
        alone = found is not None and stop - start < 200 and not self.text[found.end("to") : stop].strip(" :;,.")
        if not found or not route or not (alone or that):
            return False
        if not self.found or self.found[-1].points:
            by = self.found[-1].by if self.found else None
            self.found.append(Recommendation(by, None, start, stop))
            self.style, self.inline = "", 0
        one = self.found[-1]
        one.to, one.chain, one.leads, one.stop = route[-1], self._links(route), True, stop
        if that:
            self._content(one, that.end(), stop)
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
            made = forms().made_by.match(inner[1])
            self.found[-1].by = inner[1][made.end() :] if made else inner[1]
            return True
        return False

    # -- the points -----------------------------------------------------------------------------------------------

    def _inline(self, one: Recommendation, start: int, stop: int) -> None:
        """Points in the recommender's own sentence, numbered or joined by `, og at`."""
        if one.to is None:
            one.to = self._body(self.text[start:stop])
        spans = numbered(self.text, start, stop) or joined(self.text, start, stop)
        one.points += [point(self.text, a, b, number) for number, a, b in spans]
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
            if style != "that" or not complete(one.points[0].text):
                one.points = []  # `at nedenstående regnskaber godkendes:` before the list
            self.inline = 0
        if style == "that" and not one.points and self._leads_on(one, at, stop):
            return
        if not self.style:
            self.style = style
        elif one.points and self._within(one.points[-1], at, stop, mark, style):
            self._append(stop)
            return
        if style == "that":
            for _, a, b in joined(self.text, at, stop):
                self._add(a, b, "", style)
        else:
            self._add(at, stop, mark, style)

    def _leads_on(self, one: Recommendation, at: int, stop: int) -> bool:
        """A line that is a link of the chain, not a point: `at Økonomiudvalget over for Byrådet anbefaler`."""
        that = forms().that.match(self.text, at, stop)
        linked = self._linked(one, that.end(), stop) if that else 0
        if linked and linked < stop:
            self._content(one, linked, stop)
        decides = forms().deciding.match(self.text, that.end(), stop) if that and not linked else None
        if decides and self.text[decides.end() : stop].strip(" ,:") == words()["text"]["that"]:
            one.to = decides["to"].strip(" ,")
            one.leads = True
            return True
        return linked > 0

    def _within(self, last: Point, at: int, stop: int, mark: str, style: str) -> bool:
        """Whether a list's line belongs to a list inside the last point."""
        if style != self.style:
            return {style, self.style} != {"that", "bullet"} or not forms().that.match(self.text, at, stop)
        opens = last.text.rstrip().endswith(":") or "\n" in last.text
        if style == "number":
            points = self.found[-1].points
            before = next((p.number for p in reversed(points) if p.number and p.number.isdigit()), None)
            expected = int(before) + 1 if before else 1
            if int(mark) != expected and (opens or int(mark) <= expected - 1):
                return True
            return opens and points[0].that and not forms().that.match(self.text, at, stop)
        text = self.text[at:stop]
        return style == "bullet" and forms().go_on.match(text) is not None and text[0].islower()

    def _add(self, at: int, stop: int, mark: str, style: str) -> None:
        one = self.found[-1]
        one.points.append(point(self.text, at, stop, mark))
        one.leads = False
        one.stop = stop
        if not self.style:
            self.style = style

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
        if not text or fold(text) in says_nothing() or not any(c.isalpha() for c in text):
            return
        if not (forms().asks.search(text) or _acts(self.text, start, stop)):
            return
        one = Recommendation(None, None, start, stop)
        one.points.append(point(self.text, start, stop, ""))
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
                one.by = _from_heading(self.passage.heading)
            for own in one.points:
                own.place = self.passage.where(own.start, max(own.stop, own.start + 1), "recommendation.point", 0.9)
            stop = max([one.stop, *(p.stop for p in one.points)])
            one.place = self.passage.where(one.start, max(stop, one.start + 1), "recommendation.phrase", 0.85)
            out.append(one)
        return out

    def _deciding(self, one: Recommendation) -> None:
        """`at Byrådet godkender …`: the body that a point begins with is to decide."""
        one.to = next(filter(None, (self._body(own.text) for own in one.points)), None)

    def _body(self, point: str) -> str | None:
        """The body that is to decide, where a point begins with one."""
        first = point.lstrip(" ,").split(None, 1)[:1]
        found = forms().deciding.match(point) if all(map(self.addressees.may_hold, first)) else None
        to = found["to"].strip(" ,") if found else ""
        return to if to and self.addressees.is_body(to) else None


def _from_heading(heading: str) -> str | None:
    """`Indstilling fra Økonomiudvalget`, `Administrationens indstilling`, `Direktionen indstiller`."""
    noun, owner, verb = (form.search(heading.strip(" :.,")) for form in heading_forms())
    if noun or owner:
        return str((noun or owner)["by"])  # type: ignore[index]
    return recommender(verb["by"]) if verb and verb.start() == 0 else None


def _acts(text: str, start: int, stop: int) -> bool:
    """Whether a line asks for a decision: `Orienteringen tages til efterretning.`"""
    return any(m.value.strength >= 2 for m in acts_table().find(tokens(text, start, stop)))
