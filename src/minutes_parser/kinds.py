"""The closed lists that the JSON is written in (design: schema 1.0)."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is."""

    MINUTES = "minutes"
    AGENDA = "agenda"
    ITEM = "item"
    OTHER = "other"


class SectionKind(StrEnum):
    """What a section of an item is; the Danish terms in ASCII, for they have no exact English twin."""

    RESUME = "resume"
    INDSTILLING = "indstilling"
    SAGSFREMSTILLING = "sagsfremstilling"
    BESLUTNING = "beslutning"
    BAGGRUND = "baggrund"
    OEKONOMI = "oekonomi"
    LOVGRUNDLAG = "lovgrundlag"
    HOERING = "hoering"
    KOMMUNIKATION = "kommunikation"
    KONSEKVENSER = "konsekvenser"
    VURDERING = "vurdering"
    BEMAERKNINGER = "bemaerkninger"
    SAGSFORLOEB = "sagsforloeb"
    PROCES = "proces"
    FORMAAL = "formaal"
    BILAG = "bilag"
    DELTAGERE = "deltagere"
    KOMPETENCE = "kompetence"
    AFSTEMNING = "afstemning"
    ANDET = "andet"


class Label(StrEnum):
    """What a stretch of the source text serves as; every non-blank character has exactly one."""

    MEETING = "meeting"
    ATTENDANCE = "attendance"
    TOC = "toc"
    ITEM_TITLE = "item-title"
    ITEM_META = "item-meta"
    HEADING = "heading"
    BODY = "body"
    ATTACHMENT = "attachment"
    FURNITURE = "furniture"
    CHROME = "chrome"
    FRONT = "front"
    BACK = "back"
    OTHER = "other"


class Access(StrEnum):
    """Whether the public may read an item's case."""

    OPEN = "open"
    CLOSED = "closed"


class Attendance(StrEnum):
    """How a participant took part."""

    PRESENT = "present"
    ABSENT = "absent"
    PARTIAL = "partial"
    SUBSTITUTE = "substitute"


class Outcome(StrEnum):
    """What a body decided."""

    ADOPTED = "adopted"
    ADOPTED_BY_VOTE = "adopted_by_vote"
    ADOPTED_AMENDED = "adopted_amended"
    RECOMMENDED = "recommended"
    REJECTED = "rejected"
    NOTED = "noted"
    DISCUSSED = "discussed"
    POSTPONED = "postponed"
    RETURNED = "returned"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    ELECTED = "elected"
    NONE = "none"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """Where a person or party stands apart from the decision."""

    AGAINST = "against"
    RESERVATION = "reservation"
    ABSTAINED = "abstained"
    NOT_PRESENT = "not_present"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    REMARK = "remark"


class MentionKind(StrEnum):
    """What an item's text mentions."""

    MONEY = "money"
    DATE = "date"
    DEADLINE = "deadline"
    LAW = "law"
    KLE = "kle"
    EARLIER = "earlier"


class Severity(StrEnum):
    """How much a finding should worry its reader."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Code(StrEnum):
    """Every finding there is; `docs/findings.md` explains them, codes are never reused."""

    # reading the bytes
    ENCODING_GUESSED = "encoding-guessed"
    ENCODING_DECLARED_WRONG = "encoding-declared-wrong"
    INVALID_BYTES = "invalid-bytes"
    MOJIBAKE = "mojibake"
    NAME_DISAGREES = "name-disagrees"
    CONTROL_CHARACTERS = "control-characters"
    NO_TEXT_LAYER = "no-text-layer"
    PAGE_UNREADABLE = "page-unreadable"
    UNREADABLE_TEXT = "unreadable-text"
    HIDDEN_TEXT = "hidden-text"
    REPAIRED = "repaired"
    TRACKED_CHANGES = "tracked-changes"
    MISSING_PART = "missing-part"
    TABLE_SKIPPED = "table-skipped"
    LONG_LINE = "long-line"
    # recognising the structure
    NOT_MINUTES = "not-minutes"
    FUZZY_HEADING = "fuzzy-heading"
    AMBIGUOUS_HEADING = "ambiguous-heading"
    UNKNOWN_HEADING = "unknown-heading"
    GLUED_HEADING = "glued-heading"
    UNREAD_HEADING = "unread-heading"
    ITEM_GAP = "item-gap"
    TOC_DISAGREES = "toc-disagrees"
    NO_DECISION = "no-decision"
    NO_ITEMS = "no-items"
    NO_DATE = "no-date"
    NO_BODY = "no-body"
    SEVERAL_MEETINGS = "several-meetings"
    ROSTER_DISAGREES = "roster-disagrees"
    DATE_DISAGREES = "date-disagrees"
    TEXT_OUTSIDE_ITEMS = "text-outside-items"
    LAYOUT_AMBIGUOUS = "layout-ambiguous"
    # reading decisions
    VOTE_DISAGREES = "vote-disagrees"
    UNKNOWN_OUTCOME = "unknown-outcome"
    MORE_FINDINGS = "more-findings"
