"""A person's name in a piece of text: which words are it, which are a title, a party, something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.recognise.bodies import ends_like_body
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.lines import folded
from minutes_parser.vocabulary.words import words

_TOKEN = re.compile(r"[A-ZÆØÅÁÉÍÓÚÖÜÄÐÞŠŽÇ][\w'’.-]*$")
_INITIAL = re.compile(r"[A-ZÆØÅ](?:\.[A-ZÆØÅ])*\.?$")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a piece of text: where it begins, and what stands before and behind it."""

    name: str
    start: int
    before: str
    after: str


def find_name(text: str, *, single: bool = False) -> Name | None:
    """The first words of `text` that are a person's name, a title in front of it aside; None when there is none.

    >>> find_name("sognepræst Helle Kjærsgaard").name, find_name("Anders Bøgh forlod mødet").after
    ('Helle Kjærsgaard', 'forlod mødet')
    """
    spans = [(m.start(), m.group()) for m in re.finditer(r"\S+", text)]
    for n, (_, token) in enumerate(spans[:6]):
        bare = token.strip(',.:;"»«')
        if not _name_token(token) or is_role(bare) or _stops(token):
            continue
        stop = _name_end(spans, n)
        tokens = [t for _, t in spans[n:stop]]
        party = len(tokens) > 2 and re.fullmatch(r"[A-ZÆØÅ]{1,2}", tokens[-1]) is not None and not text.isupper()
        if party:
            stop -= 1
            tokens.pop()
        name = " ".join(tokens).strip(",.:;")
        if not _is_name(tokens, single=single) or len(name) > _LONGEST_NAME:
            return None
        end = spans[stop - 1][0] + len(spans[stop - 1][1])
        return Name(name, spans[n][0], text[: spans[n][0]].strip(), text[end:].strip(" ,"))
    return None


def _name_end(spans: list[tuple[int, str]], n: int) -> int:
    stop = n + 1
    if spans[n][1].endswith((",", ";", ":")):
        return stop
    while stop < len(spans) and stop - n < 7:
        token = spans[stop][1]
        ahead = [t for _, t in spans[stop + 1 : stop + 3] if t not in _particles()]
        small = token in _particles() and bool(ahead) and _name_token(ahead[0])
        office = stop - n > 1 and is_role(token.strip(",.:;"))  # but Ole Præst
        if not small and (not _name_token(token) or office or _stops(token)):
            break
        stop += 1
        if token.endswith((",", ";", ":")) or (token.endswith(".") and len(token) > 3 and not _abbreviated(token)):
            break
    return stop


def _abbreviated(token: str) -> bool:
    return fold(token) in folded("people", "abbreviations")


def _name_token(token: str) -> bool:
    return _TOKEN.match(token.rstrip(",;:")) is not None


def _is_name(tokens: list[str], *, single: bool) -> bool:
    bare = [t.strip(",.:;") for t in tokens]
    if any(
        not t or ends_like_body(t) or (fold(t) in folded("people", "no_names") and t not in _particles()) for t in bare
    ):
        return False
    full = [t for t in bare if not _INITIAL.match(t)]
    if len(bare) < 2:
        return single and bool(full) and 2 < len(full[0]) < 16 and not full[0].isupper() and full[0].isalpha()
    shouted = [t for t in full if t.isupper() and len(t) > 1]
    return bool(full) and len(full[0]) > 1 and (not shouted or len(shouted) == len(full))


@lru_cache(maxsize=1)
def _particles() -> frozenset[str]:
    return frozenset(words()["people"]["particles"])


def _stops(token: str) -> bool:
    """A capitalised word that goes with the name but is none: `Stedfortræder`, `Afbud`."""
    key = fold(token)
    return any(key in folded("people", group) for group in ("substitutes", "absent_words", "present_words"))


def is_initial(token: str) -> bool:
    """Whether a word is one letter or several with full stops: `H.C.`, `M.`."""
    return _INITIAL.match(token) is not None


@lru_cache(maxsize=4096)
def is_role(word: str) -> bool:
    """Whether a word is an office or a title: `formand`, `Kontorchef`, `sognepræst`."""
    key = fold(word)
    if key in folded("people", "roles") or key in folded("meeting", "staff"):
        return True
    ends = tuple(fold(e) for e in words()["people"]["role_endings"])
    return len(key) > 4 and key.endswith(ends) and "." not in word.strip(".")
