"""A list of persons as it is printed: names, parties, offices, who came and who did not, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from minutes_parser.kinds import Attendance
from minutes_parser.recognise.fullnames import Name, find_name, is_initial, is_role
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.lines import folded
from minutes_parser.vocabulary.words import words

Place = Callable[[int], int]
"""From a place in the text that is read to the offset in the source text."""


@dataclass(slots=True)
class Person:
    """A participant as printed, with the place in the source text."""

    name: str
    start: int
    stop: int
    attendance: Attendance = Attendance.PRESENT
    party: str | None = None
    role: str | None = None
    note: str | None = None
    label: str = ""
    """The folded label of the list; `""` where a sentence names the person."""
    guest: bool = False
    """Whether the list holds clerks, officials, guests, not the body's members."""
    whole: bool = False
    """Whether a sentence tells of the whole meeting: `X havde meldt afbud`."""


def read_list(
    text: str, place: Place, state: Attendance, *, label: str = "", first_names: bool = False
) -> list[Person]:
    """The persons of a list, in order; each with what is printed with it.

    `first_names`: whether single words are names, as in `Tilstede: Marlene, Rune og Keld`.
    """
    reader = _List(text, place, state, label, first_names=first_names and _all_single(text))
    reader.read(text, 0)
    return reader.people


def _all_single(text: str) -> bool:
    """Whether a list names by first names only: two or more single words."""
    pieces = [p.strip(" .") for p in _AND.split(_BRACKETS.sub("", text)) if p.strip(" .")]
    return len(pieces) > 1 and all(
        p.isalpha() and p[:1].isupper() and fold(p) not in folded("people", "no_names") for p in pieces
    )


_BRACKETS = re.compile(r"\([^()]*\)")
_AND = re.compile(r"[,;]|\bog\b|\bsamt\b")


class _Atom(NamedTuple):
    text: str
    start: int
    paren: bool
    before: str = ""
    """What parts it from the piece before it: a comma, a dash, a line feed; `""` at the list's beginning."""


def _atoms(text: str) -> Iterator[_Atom]:
    """The pieces of a list between commas, dashes, wide gaps and the word og; brackets are pieces of their own."""
    at = depth = 0
    mark = ""
    found = _BREAK.search(text)
    while found:
        n, shown = found.start(), found.group()
        if shown == ")":
            depth -= 1
            if depth == 0:
                yield _Atom(text[at:n], at, paren=True, before=mark)
                at, mark = n + 1, ")"
        elif shown == "(":
            if depth == 0:
                yield _Atom(text[at:n], at, paren=False, before=mark)
                at, mark = n + 1, "("
            depth += 1
        else:
            yield _Atom(text[at:n], at, paren=False, before=mark)
            mark = shown.strip() or "\n"
            at = found.end()
        found = (_BRACKET if depth else _BREAK).search(text, found.end())
    yield _Atom(text[at:], at, paren=depth > 0, before=mark)


_BREAK = re.compile(r"[,;\n\t•(]| (?:og|samt|&) | [-–—/|] |:(?= )|:$|\s{2,}|(?<=\S)- (?=[A-ZÆØÅ])")
_BRACKET = re.compile(r"[()]")


class _List:
    """Reads the pieces one after another; what is no name belongs to the person before it."""

    def __init__(self, text: str, place: Place, state: Attendance, label: str, *, first_names: bool) -> None:
        self.text = text
        self.place = place
        self.state = state
        self.label = label
        self.first_names = first_names
        self.people: list[Person] = []
        self.pending: dict[str, str] = {}
        self.party: str | None = None
        """The party of those who follow on the line: `V: Erik Sander, Mie Lund`."""
        self.group: str | None = None
        """The party whose name stands on a line of its own above its members."""

    def read(self, text: str, shift: int) -> None:
        """Read the pieces of `text`, which begins `shift` characters into the list."""
        atoms = list(_atoms(text))
        for n, atom in enumerate(atoms):
            lead = len(atom.text) - len(atom.text.lstrip(" .•·*–—|"))
            piece = _COUNTED.sub("", atom.text[lead:], count=1).strip(" .*|")
            lead += atom.text[lead:].find(piece) if piece else 0
            piece = _TAG.sub("", piece).strip()
            if _LETTER.search(piece) is None:
                continue
            if atom.before == "\n":
                self.party = self.group
                if fold(piece) in folded("people", "parties") and (n + 1 == len(atoms) or atoms[n + 1].before == "\n"):
                    self.party = self.group = piece
                    continue
            if self._person(piece, shift + atom.start + lead, paren=atom.paren):
                continue
            following = atoms[n + 1].before if n + 1 < len(atoms) else ""
            if self.people and following == ":" and fold(piece) in folded("people", "substitutes"):
                self.pending["substitute"] = piece
                continue
            new_line = atom.before in ("\n", "") and shift + atom.start > 0
            self._belongs(
                piece, new_line=new_line or following in ("-", "–", "—", ":"), group=following == ":", paren=atom.paren
            )

    def _person(self, piece: str, at: int, *, paren: bool) -> bool:
        """A piece that names a person; False when it belongs to the person before it."""
        if paren and self.people and (_for_word().search(piece) or not _substitute(piece)):
            return False
        if self.people and either("for_whom").match(piece):
            return False
        found = find_name(piece, single=self.first_names)
        if found is None or (is_initial(found.name.split(" ")[0]) and found.name.count(" ") == 1 and found.after):
            return False
        offset = at + piece.find(found.name, max(0, found.start - 1))
        start = self.place(offset)
        person = Person(found.name, start, start + len(found.name), self.state, self.party, label=self.label)
        self.people.append(person)
        behind = self._instead(found, offset)
        came = either("came").search(piece) is not None
        alone = _substitute(found.after) and not _for_word().search(found.after)
        if self.pending.pop("substitute", None):
            person.attendance = Attendance.SUBSTITUTE
        if behind is not None:
            self.people.append(behind)
        elif _substitute(found.before) or came or alone:
            person.attendance = Attendance.SUBSTITUTE
            letter = _LETTERS.search(found.after)
            person.party = person.party or (letter[1] if letter else None)
            person.note = piece if found.after and not letter else None
        elif found.before and (office := _office(found.before)):
            person.role = office
        person.role = person.role or self.pending.pop("role", None)
        person.party = person.party or self.pending.pop("party", None)
        person.note = person.note or self.pending.pop("note", None)
        if found.after and behind is None and person.attendance is not Attendance.SUBSTITUTE:
            self._apply(person, found.after, paren=False)
        return True

    def _instead(self, found: Name, offset: int) -> Person | None:
        """`X stedfortræder Y`: Y, who came instead."""
        for token in re.finditer(r"\S+", found.after):
            if fold(token.group()) not in folded("people", "substitutes"):
                continue
            other = find_name(found.after[token.end() :])
            if other is None or _for_word().match(found.after[token.end() :].lstrip()):
                return None
            start = self.place(self.text.find(other.name, offset))
            return Person(other.name, start, start + len(other.name), Attendance.SUBSTITUTE, label=self.label)
        return None

    def _belongs(self, piece: str, *, new_line: bool, group: bool, paren: bool) -> None:
        """A piece that names nobody: it goes with the person before it, or with the one behind it where a dash says so."""
        party = self._group(piece) or (piece if group and _is_party(piece) else None)
        if party:
            self.party = party
        elif not paren and (not self.people or (new_line and (is_role(piece) or _is_party(piece)))):
            self._wait(piece)
        elif self.people:
            for part in piece.split(", ") if paren else (piece,):
                self._apply(self.people[-1], part, paren=paren)

    def _wait(self, piece: str) -> None:
        """What stands before the first name goes with it: `Borgmester - Ebbe Lund`, `Sverige   Gustav Hall`."""
        if is_role(piece):
            self.pending["role"] = piece
        elif _is_party(piece):
            self.pending["party"] = piece
        elif (
            len(piece) < 30
            and piece[:1].isupper()
            and " " not in piece
            and fold(piece) not in folded("people", "no_names")
        ):
            self.pending["note"] = piece

    def _group(self, piece: str) -> str | None:
        """`Gruppe O`, `Liste A`: the party of those who follow on the line."""
        found = re.fullmatch(r"(?:(\w+) )?([A-ZÆØÅ]{1,2})", piece)
        if found and found[1] and fold(found[1]) in folded("people", "party_words"):
            return found[2]
        return None

    def _apply(self, person: Person, piece: str, *, paren: bool) -> None:
        """Give a person what is printed with the name."""
        key = fold(piece)
        if not key or (paren and _initials(person.name) == key):
            return
        if (either("for_whom").search(piece) and find_name(_for_word().split(piece, maxsplit=1)[-1])) or either(
            "came"
        ).search(piece):
            person.attendance, person.note = Attendance.SUBSTITUTE, piece
        elif either("partial").search(piece):
            person.attendance, person.note = Attendance.PARTIAL, piece
        elif key in folded("people", "absent_words") or _absent().match(piece):
            person.attendance = Attendance.ABSENT
            person.note = person.note or (piece if len(key) > 10 and " " in piece else None)
        elif key in folded("people", "present_words"):
            person.attendance = Attendance.PRESENT
        elif _is_party(piece) or (paren and _party_like(piece)):
            person.party = person.party or piece
        elif key in folded("people", "substitutes") and not key.startswith("suppleant"):
            person.attendance, person.note = Attendance.SUBSTITUTE, piece
        elif _office(piece):
            person.role = f"{person.role}, {piece}" if person.role and fold(person.role) != key else piece
        elif len(piece) < 80:
            person.note = f"{person.note}, {piece}" if person.note else piece


_COUNTED = re.compile(r"^\d{1,2}[.)] ?(?=[A-ZÆØÅ])")
_TAG = re.compile(r"#\d+ ?")
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS = re.compile(r"\(([A-ZÆØÅ]{1,2})\)")


@lru_cache(maxsize=16)
def either(group: str) -> re.Pattern[str]:
    """Any expression of one list of `[people]`."""
    return re.compile("|".join(words()["people"][group]), re.IGNORECASE)


@lru_cache(maxsize=1)
def _absent() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words()['people']['absent_words'][:4])})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _for_word() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words()["people"]["for_word"]) + r")\b")


@lru_cache(maxsize=1)
def _party() -> re.Pattern[str]:
    kinds = "|".join(words()["people"]["party_words"])
    return re.compile(rf"(?:(?i:{kinds}) )?[A-ZÆØÅ]{{1,2}}")


def _substitute(text: str) -> bool:
    if not text:
        return False
    return (
        any(fold(t) in folded("people", "substitutes") for t in text.split())
        or either("instead").search(text) is not None
    )


def _office(text: str) -> str | None:
    """The office or title in a few words, or None: `1. viceborgmester`, `dekan`, `VIP`."""
    tokens = [t.strip(",.:;") for t in text.split()]
    if not tokens or len(tokens) > 6:
        return None
    if any(is_role(t) for t in tokens) or (len(tokens) == 1 and re.fullmatch(r"[A-ZÆØÅ]{3,5}", tokens[0])):
        return text.strip(" ,.:;")
    return None


def _initials(name: str) -> str:
    letters = "".join(t[0] for t in re.split(r"[\s-]+", name) if t)
    return letters.casefold() if len(letters) > 1 else ""


def _is_party(text: str) -> bool:
    return _party().fullmatch(text) is not None or fold(text) in folded("people", "parties")


def _party_like(text: str) -> bool:
    """In brackets: a local list's own name. An office is none, and neither is a sentence."""
    tokens = text.split()
    return (
        len(tokens) <= 3
        and text[:1].isupper()
        and not _office(text)
        and all(t[:1].isupper() for t in tokens)
        and text.replace(" ", "").isalpha()
    )
