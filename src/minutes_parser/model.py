"""The pydantic document that leaves us: schema 1.0, one class an object."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from minutes_parser.kinds import (
    Access,
    Attendance,
    Code,
    DocumentKind,
    Label,
    MentionKind,
    Outcome,
    SectionKind,
    Severity,
    Stance,
)

SCHEMA_VERSION = "1.0"


class Model(BaseModel):
    """Closed and frozen: an unknown key is an error, a document does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Where(Model):
    """A place in the source text, and what put the thing there."""

    start: int
    """Offset of the first character (code points of the source text)."""
    stop: int
    """Offset after the last character."""
    pages: tuple[int, int] | None = None
    """First and last page, from 1; null where the format has none."""
    rule: str | None = None
    """What recognised it, for example `heading.name`."""
    score: float | None = Field(default=None, ge=0, le=1)
    """How sure, 0 to 1."""


class SourceInfo(Model):
    """The file that was read."""

    name: str
    """File name as given."""
    media_type: str
    """Told by the bytes."""
    size: int
    """Bytes."""
    sha256: str
    """Hexadecimal SHA-256 of the bytes."""
    pages: int | None = None
    """Number of pages; null where the format has none."""
    characters: int
    """Characters of the source text, line feeds included."""
    ocr: bool = False
    """Whether the text was recognised from page images by us."""


class ParserInfo(Model):
    """What read it."""

    version: str
    """Version of minutes-parser."""
    vocabulary: str
    """Version of the vocabulary."""
    layout: str
    """Layout that was detected; `generic` when none."""


class Authority(Model):
    """Municipality or region."""

    name: str
    """Name as it calls itself."""
    code: str | None = None
    """Official code (kommunekode, regionskode) on the day of the meeting; null for a name that is in no official list."""


class Participant(Model):
    """A person in the attendance lists, or whom a remark or an item tells to be absent or to stand in; once each."""

    name: str
    """Name as printed, without party and role."""
    party: str | None = None
    """Party letter or list as printed."""
    role: str | None = None
    """Role as printed."""
    attendance: Attendance
    """How the person took part: `absent` who missed the whole meeting, `partial` who missed some of it."""
    note: str | None = None
    """What else is printed with the name; for who was there in part, the numbers of the items and the sentence."""
    where: Where


class Party(Model):
    """A party letter that the document prints, and the national party that stood under it on the day of the meeting."""

    letter: str
    """As printed."""
    name: str
    """The party's name; local lists are not given, their letters mean another list in each municipality."""


class Meeting(Model):
    """The meeting's own facts; null where the document does not say."""

    authority: Authority | None = None
    """Municipality or region."""
    body: str | None = None
    """Council, committee or board that met."""
    date: str | None = None
    """Day of the meeting, ISO 8601."""
    start: str | None = None
    """HH:MM."""
    end: str | None = None
    """HH:MM."""
    place: str | None = None
    """Place as printed."""
    published: str | None = None
    """Day of publication, ISO 8601."""
    participants: list[Participant] = []
    """Attendance as printed."""
    parties: list[Party] = []
    """What the party letters stand for, in alphabetical order."""
    where: Where | None = None


class Table(Model):
    """A table in a section."""

    rows: list[list[str]]
    """Cells as printed, row by row."""
    where: Where


class Section(Model):
    """A section of an item: a heading and everything under it."""

    kind: SectionKind
    """What it is."""
    heading: str
    """As printed; empty where nothing was."""
    text: str
    """Everything under the heading, sub-sections and their headings included."""
    sections: list[Section] = []
    """Sub-sections, in order."""
    tables: list[Table] = []
    """Tables in the section."""
    where: Where


class Point(Model):
    """One recommended or decided point."""

    number: str | None = None
    """As printed."""
    text: str
    """As printed."""
    outcome: Outcome | None = None
    """Of a decided point."""
    where: Where


class Recommendation(Model):
    """Who recommends what to whom."""

    by: str | None = None
    """Who recommends."""
    to: str | None = None
    """The body that finally decides."""
    chain: list[str] = []
    """The bodies on the way to it, itself last, as printed; one where it is asked directly."""
    points: list[Point] = []
    """What is recommended."""
    alternative: bool = False
    """Whether it is offered instead of the one before."""
    where: Where


class Vote(Model):
    """One vote; null counts were not printed."""

    motion: str | None = None
    """What was voted on, as printed."""
    for_: int | None = Field(default=None, alias="for")
    """Votes for."""
    against: int | None = None
    """Votes against."""
    abstain: int | None = None
    """Abstentions."""
    for_parties: list[str] = []
    """Parties that voted for."""
    against_parties: list[str] = []
    """Parties that voted against."""
    abstain_parties: list[str] = []
    """Parties that abstained."""
    for_names: list[str] = []
    """Persons who voted for."""
    against_names: list[str] = []
    """Persons who voted against."""
    abstain_names: list[str] = []
    """Persons who abstained."""
    unanimous: bool = False
    """Whether the text says so."""
    where: Where

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)


class Dissent(Model):
    """A reservation, minority opinion or protocol remark."""

    who: list[str] = []
    """Persons."""
    parties: list[str] = []
    """Parties."""
    stance: Stance
    """Where they stand."""
    text: str
    """As printed."""
    where: Where


class Decision(Model):
    """What one body decided."""

    body: str | None = None
    """Who decided."""
    date: str | None = None
    """When, ISO 8601."""
    outcome: Outcome
    """What came out."""
    referred_to: str | None = None
    """Whom the case was sent to."""
    text: str
    """The decision as printed."""
    points: list[Point] = []
    """Outcomes point by point."""
    votes: list[Vote] = []
    """Votes, in order."""
    dissents: list[Dissent] = []
    """Who stands apart."""
    where: Where


class Attachment(Model):
    """An attachment as listed."""

    title: str
    """As printed, without the numbers given beside."""
    number: str | None = None
    """Number of the attachment as printed."""
    document_number: str | None = None
    """Number of the document in the records system."""
    access: Access | None = None
    """Whether it is public."""
    href: str | None = None
    """Target of the link."""
    where: Where


class Mention(Model):
    """Something an item's text names that can be looked up or counted."""

    kind: MentionKind
    """What it is."""
    value: str | None = None
    """Normalised: an amount in kroner as a decimal number, a day (of earlier treatment too) as ISO 8601, a law's name
    and paragraph, a KLE code; null where the printed form is ambiguous."""
    text: str
    """As printed."""
    body: str | None = None
    """Of earlier treatment: the body that had the case."""
    item: str | None = None
    """Of earlier treatment: the number it had on that agenda."""
    where: Where


class Item(Model):
    """A case on the agenda."""

    number: str | None = None
    """As printed, without the word before it."""
    title: str
    """On one line, without the number."""
    access: Access | None = None
    """Open or closed; null where the page does not say."""
    case_number: str | None = None
    """As printed."""
    document_number: str | None = None
    """As printed."""
    kle: str | None = None
    """KLE subject code in the case number."""
    sections: list[Section] = []
    """In order."""
    recommendations: list[Recommendation] = []
    """In order."""
    decisions: list[Decision] = []
    """In order."""
    attachments: list[Attachment] = []
    """In order."""
    mentions: list[Mention] = []
    """Amounts, days, laws, subject codes and earlier treatment that the item's text names, in order."""
    where: Where


class Region(Model):
    """A stretch of the source text and what it serves as."""

    label: Label
    """What it serves as."""
    start: int
    """Offset."""
    stop: int
    """Offset after the last character."""
    page: int | None = None
    """Page of its first character."""


class Coverage(Model):
    """The account of the text: nothing is left out."""

    characters: int
    """Non-blank characters of the source text."""
    assigned: int
    """Those in a region; always the same."""
    by_label: dict[Label, int]
    """How they are spread."""


class FindingInfo(Model):
    """Something doubtful."""

    code: Code
    """Stable; explained in docs/findings.md."""
    severity: Severity
    """How much it should worry."""
    message: str
    """In one line, without the document's text."""
    start: int | None = None
    """Offset, or null."""
    stop: int | None = None
    """Offset, or null."""


class Minutes(Model):
    """The minutes, agenda or single item that a document holds."""

    schema_version: str = SCHEMA_VERSION
    """Version of this schema."""
    kind: DocumentKind
    """What the document is."""
    source: SourceInfo
    parser: ParserInfo
    meeting: Meeting
    items: list[Item] = []
    """In document order."""
    regions: list[Region] = []
    """A partition of the source text's non-blank characters."""
    coverage: Coverage
    findings: list[FindingInfo] = []
    """What is doubtful."""
