"""Who is named in a list or before a verb: persons and parties, told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.parties import party_letter
from minutes_parser.vocabulary.words import choice, decision_words, words


@dataclass(slots=True)
class Listed:
    """What a list names. `members` says which party each person stands for, where the list prints it."""

    persons: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    members: dict[str, str] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)
    """Numbers printed with the parties, in order."""
    total: int | None = None
    """The number of votes that the list gives as a whole."""
    strangers: list[str] = field(default_factory=list)
    """Those of `parties` that are told by nothing but a capital: `Sverige`, a local list."""
    rest: list[str] = field(default_factory=list)
    """Pieces that are neither."""

    def __bool__(self) -> bool:
        return bool(self.persons or self.parties)

    def known(self, people: frozenset[str]) -> None:
        """Take those told by nothing but a capital for persons where somebody who met is called so."""
        own = [s for s in self.strangers if s in people]
        self.persons += own
        self.parties = [p for p in self.parties if p not in own]
        self.strangers = [s for s in self.strangers if s not in own]

    def join(self, other: Listed) -> None:
        """Add what another list names."""
        self.persons += other.persons
        self.parties += other.parties
        self.members |= other.members
        self.counts += other.counts


_LETTERS = re.compile(r"[A-ZÆØÅ]{1,3}")
_WORD = re.compile(r"[A-ZÆØÅ][\w-]{2,}")
_PARENS = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
_NUMBER = re.compile(r":?\s+(\d{1,2})$")


@lru_cache(maxsize=1)
def _data() -> dict[str, frozenset[str]]:
    names = decision_words()["names"]
    return {key: frozenset(fold(w) for w in names[key]) for key in names}


@lru_cache(maxsize=1)
def _person() -> re.Pattern[str]:
    name = r"[A-ZÆØÅÖÄ](?:[\w’'-]*\w)?\.?"
    return re.compile(rf"(?:{name})(?: (?:{name}|{choice('names', 'particles')})){{1,5}}")


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    return re.compile(rf"(?:{choice('names', 'titles')})\.?:?,? +", re.IGNORECASE)


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{choice('names', 'leads')})\.? +|\d{{1,2}} +(?=\())(?=\S)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _groups() -> re.Pattern[str]:
    groups, plural = "|".join(decision_words()["names"]["groups"]), choice("names", "plural_groups")
    return re.compile(rf"(?:(?:{groups})[ :]+)?([A-ZÆØÅ]{{1,3}})(?:-(?:{groups})\w*)?|(?i:{plural}) ")


@lru_cache(maxsize=1)
def _parting() -> re.Pattern[str]:
    """What may part the members of a list, and the parentheses inside which nothing does."""
    return re.compile(rf"[(),;+\n\t•]|(?<=\w)/(?=\w)| (?:{choice('names', 'joins')})(?= \S)")


def listed(text: str) -> Listed:
    """Read `Bo Holt (A), Venstre og Liste Ø` and the like; what is neither a person nor a party is in `rest`.

    A party whose members are named in parentheses is split: its persons are listed, the party is not.

    >>> found = listed("A (4), B (2) og Anna Holm (V), i alt 7")
    >>> found.parties, found.counts, found.persons, found.total
    (['A', 'B'], [4, 2], ['Anna Holm'], 7)
    """
    found = Listed()
    for piece in pieces(text):
        _piece(piece, found)
    return found


def pieces(text: str) -> list[str]:
    """The members of a list: parted by commas, plus signs, line feeds, `og` and `samt`, outside parentheses."""
    parts: list[str] = []
    depth = start = 0
    for found in _parting().finditer(text):
        mark, at = found[0], found.start()
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth = max(0, depth - 1)
        elif depth == 0 and (mark != "/" or (text[at - 1].isupper() and text[at + 1].isupper())):
            parts.append(text[start:at])
            start = found.end()
    parts.append(text[start:])
    return [p for p in [part.strip(" .:•·*-–") for part in parts] if p]


def _piece(piece: str, found: Listed) -> None:
    total = _total().fullmatch(piece)
    if total:
        found.total = int(total[1])
        return
    head, inner = piece, ""
    while parens := _PARENS.search(head):
        inner = parens[1].strip()
        head = head[: parens.start()].strip()
    head = _titles().sub("", head, count=1) if _titles().match(head) else head
    number = _NUMBER.search(head)
    if number and is_party(head[: number.start()]):
        inner, head = number[1], head[: number.start()]
    if not head:
        _bare(inner, found)
    elif is_party(head):
        if votes := _votes().fullmatch(inner):
            found.counts.append(int(votes[1]))
        elif inner and (split := listed(inner)).persons:
            found.persons += split.persons
            found.members |= dict.fromkeys(split.persons, party_label(head))
            return
        if _LETTERS.fullmatch(head) and found.persons and not found.parties and found.persons[-1] not in found.members:
            found.members[found.persons[-1]] = head  # `Anna Holm, A`
            return
        found.parties.append(head.strip(" .:"))
    elif is_person(head):
        found.persons.append(head)
        if votes := _votes().fullmatch(inner):
            found.total = int(votes[1])
        elif inner:
            found.members[head] = inner.strip(" .")
    elif (_WORD.fullmatch(head) and fold(head) not in _data()["never"]) or fold(head) in _data()["short"]:
        found.parties.append(head)
        found.strangers.append(head)
        if votes := _votes().fullmatch(inner):
            found.counts.append(int(votes[1]))
    else:
        found.rest.append(piece)


def _bare(inner: str, found: Listed) -> None:
    """Parentheses that stand alone: `(C)`; after a person they give the party, `Anna Holm, (A)`."""
    if found.persons and found.persons[-1] not in found.members and not found.parties:
        found.members[found.persons[-1]] = inner
        return
    within = listed(inner) if inner else Listed()
    found.parties += within.parties
    found.persons += within.persons
    found.members |= within.members
    found.counts += within.counts
    found.strangers += within.strangers


@lru_cache(maxsize=1)
def _votes() -> re.Pattern[str]:
    return re.compile(rf"(\d{{1,3}})(?: ?(?:{choice('vote', 'units')}))?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _total() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{choice('names', 'totals')}):? )?(\d{{1,3}})", re.IGNORECASE)


def is_party(text: str) -> bool:
    """Whether the words are a party, a list or a group: by letter, by name, or by how such names end."""
    bare = text.strip(" .:")
    if _groups().fullmatch(bare) or party_letter(bare):
        return True
    folded = fold(bare)
    if not folded or not bare[0].isupper() or len(bare) > 60:
        return False
    if folded in _data()["outside"] or folded in _data()["sides"]:
        return True
    words = bare.split()
    last = fold(words[-1])
    own = _data()
    if last in own["group_words"] and len(words) > 1:
        owner = bare.rsplit(" ", 1)[0]
        return is_party(owner) or (owner.endswith("s") and is_party(owner[:-1].rstrip("'’")))
    if last in own["organisations"] and len(words) > 1:
        return True
    if not last.endswith(_party_endings()) or last in own["never"]:
        return False
    return len(words) > 1 or any(last.endswith(end) and last != end for end in own["party_endings"])


@lru_cache(maxsize=1)
def _party_endings() -> tuple[str, ...]:
    return tuple(_data()["party_endings"])


def party_label(text: str) -> str:
    """A party as the list prints it, without the word `Gruppe` or `Liste` before a letter."""
    bare = text.strip(" .:")
    group = _groups().fullmatch(bare)
    return group[1] if group and group[1] else bare


def is_person(text: str) -> bool:
    """Whether the words look like a person's name: two to six, capitals and name particles."""
    bare = text.strip()
    if len(bare) > 60 or not _person().fullmatch(bare):
        return False
    words = bare.split()
    if len(words[-1].rstrip(".")) < 2:
        return False
    return not any(fold(w) in _data()["never"] for w in (words[0], words[-1])) and not body_word(words[-1])


@lru_cache(maxsize=4096)
def body_word(word: str) -> bool:
    """Whether a word ends as the names of deciding bodies do."""
    folded = fold(word)
    return any(folded == fold(e) or folded.endswith(fold(e)) for e in words()["bodies"]["endings"] if " " not in e)


def subject(text: str, *, strangers: bool = False) -> Listed | None:
    """The persons or parties that `text` as a whole names, as the subject of a sentence; None when it names others too.

    `strangers`: whether a capitalised word that nothing else tells may be one (`Sverige tog forbehold`).
    """
    bare = text.replace("\n", " ").strip(" .,:;•-–")
    if bare[:1] == "(" and ")" not in bare:
        bare = bare[1:]
    if not bare or len(bare) > _LIST:
        return None
    while lead := _lead().match(bare):
        bare = bare[lead.end() :]
    found = listed(bare)
    if found.rest:
        if len(found.rest) == 1 and fold(found.rest[0]) in _data()["roles"] and not found:
            return Listed(persons=[found.rest[0]])
        return None
    if not found or (found.strangers and not strangers):
        return None
    return found


@lru_cache(maxsize=1)
def _clause() -> re.Pattern[str]:
    """What a clause may begin after."""
    return re.compile(rf"\(|[,;:–]\s+|\s-\s|(?<=\s)(?:{choice('standing', 'clauses')})\s+")


_OWNER = re.compile(r"(?<=\w)(?:['’]s|s|['’])(?=$| ?\()")


def owners(text: str) -> Listed | None:
    """Whom a list of owners names, each one known for a party or a person: `A og F's`, `Venstres og Anna Holms`; None
    where there are others.

    Only the last has to end as an owner does: `A og F's`.

    >>> owners("A, F og Venstres").parties, owners("hallens")
    (['A', 'F', 'Venstre'], None)
    """
    named = pieces(text)
    if not named or not _OWNER.search(named[-1]):
        return None
    found = Listed()
    for name in named:
        bare = _OWNER.sub("", name)
        one = listed(name if name != named[-1] and is_party(name) else bare)
        if one.rest or one.strangers or not one:
            return None
        found.join(one)
    return found


_LIST = 400
"""Characters that a list of names may have."""


def reaching(text: str, start: int, stop: int) -> Iterator[tuple[int, Listed]]:
    """The lists that reach up to `stop` as the subject of what follows, with their beginnings, the longest first."""
    for at in (start, *(m.end() for m in _clause().finditer(text, max(start, stop - _LIST), stop))):
        if 0 < stop - at < _LIST and (found := subject(text[at:stop], strangers=True)):
            yield at, found


def plausible(found: Listed) -> bool:
    """Whether those told by a capital alone may be persons or parties: a noun with its article is none, `Bygherren`."""
    return not any(s.endswith(tuple(decision_words()["standing"]["articles"])) for s in found.strangers)
