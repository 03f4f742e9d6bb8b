"""Which bodies are asked to decide: recipients of a recommendation, as printed."""

from __future__ import annotations

from collections.abc import Sequence

from minutes_parser.recognise.names import body_word
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.recommending import forms
from minutes_parser.vocabulary.words import decision_words


class Addressees:
    """Tells names of bodies from other words. `own` are the names that the body that meets goes by."""

    def __init__(self, own: Sequence[str] = ()) -> None:
        self.own = frozenset(fold(name) for name in own)

    def is_body(self, text: str) -> bool:
        """Whether the words are the name of a body that decides, or of several: capitals, the small words of such
        names, and an ending that bodies have."""
        words = text.split()
        if not words or len(words) > 24:
            return False
        deciders = decision_words()["deciders"]["words"]
        if body_word(words[0]) and len(words) < 9 and words[1:2] == decision_words()["recommend"]["about"]:
            return not any(word in decision_words()["recommend"]["decides"] for word in words)  # `udvalget for teknik`
        if not all(map(self.may_hold, words)):
            return False
        last = words[-1].casefold()
        if fold(text) in self.own or body_word(last) or last in deciders:
            return True
        if len(words) == 1:
            return text.isupper() and 2 <= len(text) <= 5  # KB, ØK, TMU
        return len(words) > 2 and body_word(words[0]) and words[1].islower()

    def may_hold(self, word: str) -> bool:
        """Whether a word can stand in the name of a body, or of several."""
        bare = word.rstrip(",")
        return (
            bare[:1].isupper()
            or bare in decision_words()["recommend"]["in_names"]
            or bare in decision_words()["deciders"]["words"]
            or bare[-1:] == "-"
            or body_word(bare)
        )

    def is_named(self, text: str) -> bool:
        """Whether words at a line's end are somebody's name: `at KKR Nordkysten` before the list of what it is to do."""
        words = text.split()
        small = decision_words()["recommend"]["in_names"]
        if len(words) == 1:
            return True
        return len(words) < 8 and words[0][0].isupper() and all(w[0].isupper() or w in small for w in words)

    def route(self, raw: str) -> list[str]:
        """The bodies that the words after `til` name, the recipient last: of `Byrådet via Økonomiudvalget` the council,
        of `Økonomiudvalget og Byrådet` both in one; empty where they name none."""
        last, _, way = raw.partition(via[0]) if (via := forms().via.search(raw)) else (raw, "", "")
        to, over = self.recipient(last), self.recipient(way) if way else None
        return [] if to is None or (way and over is None) else [*(self.members(over) if over else ()), to]

    def recipient(self, raw: str) -> str | None:
        """A recipient's name: `Kommunalbestyrelsens godkendelse` is the board's, `godkendelse i Byrådet` the council's."""
        bare = raw.strip(" ,;:")
        words = bare.split(" ")
        approval = decision_words()["recommend"]["approval"]
        if len(words) > 1 and words[-1].casefold() in approval:
            bare = " ".join(words[:-1])
            bare = bare[:-1].rstrip("'’") if bare.endswith("s") else bare
        elif words[0].casefold() in approval:
            inner = forms().inside.search(bare)
            bare = inner[1] if inner else ""
        return bare if bare and self.is_body(bare) else None

    def members(self, bodies: str) -> list[str]:
        """The bodies of a list, each by itself: `Økonomiudvalget og Byrådet`; `Børne- og Skoleudvalget` is one."""
        parts = forms().members.split(bodies)
        return parts if len(parts) > 1 and all(self.is_body(part) for part in parts) else [bodies]

    def owners(self, text: str) -> list[str]:
        """The bodies before a link's verb: `Økonomiudvalget`, or two in `Økonomiudvalget over for Byrådet`."""
        parts = [part.strip(" ,") for part in forms().over.split(text, maxsplit=1)]
        if all(self.is_body(part) for part in parts):
            return parts
        return [text.strip(" ,")] if self.is_body(text) else []


def recommender(by: str) -> str | None:
    """The words before a verb of recommending, where they can be somebody's name."""
    bare = by.strip(" ,•·*–-")
    cut = forms().verb.search(bare)
    if cut and ("," in bare[cut.end() :] or len(bare[cut.end() :].split()) > 5):
        return None  # a sentence of its own before the verb
    bare = bare[: cut.start()] if cut else bare
    count = len(bare.split())
    if not bare or count > 18 or not bare[0].isupper():
        return None
    first, words = fold(bare.split(" ")[0]), decision_words()["recommend"]
    if first in words["turns"] or first in words["alternative"]:
        return None
    article = first in words["articles"] and count > 1 and "," not in bare
    return bare if article or first not in words["no_recommender"] else None


def adverbial(lead: str) -> bool:
    """Whether the words before the verb are no subject: `På baggrund af høringen indstiller forvaltningen`."""
    own = decision_words()["recommend"]
    first = lead.strip(" ,").split(" ")[0].casefold()
    return first in own["turns"] or first in own["alternative"] or lead.strip().casefold() in own["adverbs"]
