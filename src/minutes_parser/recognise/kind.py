"""Is it minutes, an agenda, a single item, or nothing of the kind?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from minutes_parser.kinds import DocumentKind, SectionKind
from minutes_parser.recognise.bodies import body_in
from minutes_parser.recognise.context import Context, Unit
from minutes_parser.recognise.meeting import Facts
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.lines import folded
from minutes_parser.vocabulary.words import words


class PartLike(Protocol):
    """What is asked of a section."""

    kind: SectionKind
    heading: str
    start: int
    rule: str

    def everything(self) -> Sequence[object]: ...


class CaseLike(Protocol):
    """What is asked of an item."""

    closed: bool
    rule: str
    title: str
    case_number: str | None
    number: str | None

    @property
    def parts(self) -> Sequence[PartLike]: ...


_UNKNOWN = frozenset(("heading.style", "heading.shape", "heading.inline"))
"""Rules by which a heading is told by its looks alone: no evidence for what the document is."""
_CASE_KINDS = frozenset((SectionKind.INDSTILLING, SectionKind.BESLUTNING))


def document_kind(
    context: Context, cases: Sequence[CaseLike], meeting: Facts, front: Sequence[Unit], single: bool
) -> tuple[DocumentKind, list[str]]:
    """What the document is, and the reasons when it is `other`.

    An agenda when no decision has text, whatever its headline says; `other` when nothing shows cases before a body.
    """
    if single and (named := _announces(list(context.live())[:_CLOSING])):
        return DocumentKind.OTHER, [f"it calls itself '{named}'"]
    if named := _neither(front, single=single):
        return DocumentKind.OTHER, [f"it calls itself '{named}'"]
    headed = [p for c in cases for p in c.parts if p.heading and p.rule not in _UNKNOWN]
    if single and _letter(list(context.live()), min((p.start for p in headed), default=0)):
        return DocumentKind.OTHER, ["it is a letter: addressed to somebody, closed with a greeting"]
    if not cases:
        return DocumentKind.OTHER, ["no items and no case with a recommendation or a decision"]
    deciding = [p for p in headed if p.kind is SectionKind.BESLUTNING]
    proposing = [p for p in headed if p.kind is SectionKind.INDSTILLING]
    decided = [p for p in deciding if p.everything()]
    empty = len(deciding) - len(decided)
    if single and not decided and (named := _neither_word(cases[0].title, whole=False)):
        return DocumentKind.OTHER, [f"it calls itself '{named}', and nothing is decided"]
    if single:
        kinds = {p.kind for p in headed}
        enough = len(kinds) >= 2 or (bool(decided) and bool(cases[0].number))
        if len(kinds & _CASE_KINDS) and enough and (len(proposing) or len(decided)):
            return DocumentKind.ITEM, []
        return DocumentKind.OTHER, ["headings of a case, but no recommendation to a body and no decision"]
    head = [fold(u.text[:60]) for u in front[:40]]
    says = any(h.startswith(tuple(folded("meeting", "minutes"))) or h.endswith(("referat",)) for h in head)
    announces = any(h.startswith(tuple(folded("meeting", "agenda"))) for h in head)
    met = meeting.date is not None and (meeting.body is not None or says or announces)
    if not deciding and not proposing:
        told = sum(1 for c in cases if any(p.everything() for p in c.parts))
        heard = meeting.body is not None or (says and told >= max(3, len(cases) / 2))
        if not (met and heard and (says or announces)):
            return DocumentKind.OTHER, ["numbered lines, but no recommendation, no decision and no meeting"]
        if says and not announces and told < len(cases) / 2:
            return DocumentKind.OTHER, ["numbered lines without text"]
        listed = {d for u in context.live() if len(u.text) < 100 and body_in(u.text) for _, _, d in dates(u.text)}
        if len(listed) > 3 or len({d for u in front[:80] for _, _, d in dates(u.text[:120])}) > 3:
            return DocumentKind.OTHER, ["a list of meetings"]
    if not met and len(deciding) + len(proposing) < 2:
        return DocumentKind.OTHER, ["no meeting is named, and hardly any recommendation or decision"]
    if announces and empty > 2 * len(decided):
        return DocumentKind.AGENDA, []
    if decided:
        return DocumentKind.MINUTES, []
    if deciding or (announces and not says) or not says:
        return DocumentKind.AGENDA, []
    return DocumentKind.MINUTES, []


def _letter(live: Sequence[Unit], first: int) -> bool:
    """Whether a short line above the first heading, at the offset `first`, says who it is sent to, and one near the end is a
    greeting; none where the document calls itself minutes or an agenda."""
    if not any(fold(u.text) in folded("meeting", "greeting") for u in live[-_CLOSING:]):
        return False
    above = [u.text for u in live[:_CLOSING] if u.start < first]
    if any(fold(text) in folded("meeting", group) for text in above for group in ("minutes", "agenda")):
        return False
    return any(fold(text.split(" ")[0]) in folded("meeting", "addressee") and text.count(" ") < 4 for text in above)


_CLOSING = 15
"""Lines of a letter before its text, and from its greeting to its end."""


def _neither(front: Sequence[Unit], *, single: bool) -> str | None:
    """The word by which a headline says that the document is something else than minutes, an agenda or a case."""
    heads = [u.text for u in front[:12] if len(u.text) < 120 and not u.element.startswith("li")]
    if any(fold(h) in folded("meeting", group) for h in heads for group in ("minutes", "agenda")):
        return None
    found = (_neither_word(head, whole=True) for head in heads[: 12 if single else 6])
    return next((word for word in found if word), None)


def _announces(units: Sequence[Unit]) -> str | None:
    """The word by which a line says that the document is for the press, alone or with who sends it and when."""
    for unit in units:
        head, _, rest = unit.text.partition(" ")
        sent = not rest or head.endswith(":") or rest.split(" ")[0] in words()["text"]["sent"] or rest[:1].isdigit()
        if sent and fold(head) in folded("meeting", "neither_whatever"):
            return head.strip(":.")
    return None


def _neither_word(head: str, *, whole: bool) -> str | None:
    """The word for such a document that a headline begins with; with `whole` one word has to be all of it."""
    tokens = head.split()
    for length in (1, 2):
        shown = " ".join(tokens[:length]).strip(":")
        alone = length == len(tokens)
        if shown and (alone or " " in shown or not whole) and fold(shown) in folded("meeting", "neither"):
            return shown
    return None
