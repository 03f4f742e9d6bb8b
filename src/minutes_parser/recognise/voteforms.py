"""In what forms does a sentence tell of a vote? The vocabulary's words, made into patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.vocabulary.words import choice, decision_words, expression


@lru_cache(maxsize=1)
def numbers() -> dict[str, int]:
    """Number words, and what they count."""
    found: dict[str, int] = decision_words()["vote"]["numbers"]
    return found


@dataclass(frozen=True, slots=True)
class Forms:
    """The printed forms of a vote, made of the vocabulary's words; each is tried on one sentence."""

    key: re.Pattern[str]
    """What every sentence about a vote holds, in small letters: tried on every sentence, letters of one kind are found three
    times as fast."""
    labels: re.Pattern[str]
    """What every label holds, in small letters."""
    label: re.Pattern[str]
    """A side before its number and names in small letters: `For stemte`, `Imod:`; the groups name the forms."""
    counted: re.Pattern[str]
    """A number before its side: `12 stemmer (A) for`."""
    pair: re.Pattern[str]
    """Two numbers: `33 stemmer imod 12`."""
    single: re.Pattern[str]
    """`med fire stemmer`."""
    told: re.Pattern[str]
    """A verb after who voted so: `stemte imod`."""
    faction: re.Pattern[str]
    """A majority or a minority and where it stands: `Et flertal på 4 (A, V) anbefaler`."""
    share: re.Pattern[str]
    """How many and who a majority or a minority is: `på 4 medlemmer (A, V)`."""
    inverted: re.Pattern[str]
    """`stemte A og B for, og V imod`."""
    got: re.Pattern[str]
    """`Forslaget opnåede 5 stemmer`."""
    shares: re.Pattern[str]
    """`stemmerne fra A og V mod stemmerne fra Ø`."""
    owned: re.Pattern[str]
    """`med A og F's stemmer mod V's`."""
    split: re.Pattern[str]
    """`stemte 4-3 for forslaget`."""
    total: re.Pattern[str]
    """`, i alt 9`."""
    leads: re.Pattern[str]
    """`medlemmerne af`."""
    ends: re.Pattern[str]
    """Where a list of names ends."""
    number: re.Pattern[str]
    """The number after a label."""
    printed: re.Pattern[str]
    """How many, after the verb: `Venstre undlod (2)`."""
    marker: re.Pattern[str]
    """`Ad b)`: what stands after it begins anew."""
    object: re.Pattern[str]
    """What was voted on, after the side: `3 for forslaget`."""
    ended: re.Pattern[str]
    """What follows a side that is one: `5 for, 3 imod`, but not `5 for mange`."""


PARENS = r"\([^()]*(?:\([^()]*\)[^()]*)*\)"


def abstaining() -> str:
    """A regular expression for who voted neither way: `undlod at stemme`."""
    none, verbs, that = choice("vote", "abstain"), choice("vote", "verbs"), decision_words()["vote"]["that"]
    return rf"(?:{none})(?: (?:{choice('vote', 'from')}))?(?: {that} (?:{verbs}))?".lower()


@lru_cache(maxsize=1)
def forms() -> Forms:
    """The forms, made once for each vocabulary."""

    def any_(group: str, section: str = "vote") -> str:
        return choice(section, group).lower()

    yes, no, none, verb, unit = (any_(g) for g in ("for", "against", "abstain", "verbs", "units"))
    objects, votes, that = any_("objects"), any_("votes"), decision_words()["vote"]["that"]
    number = rf"\d{{1,3}}|(?:{'|'.join(sorted(numbers(), key=len, reverse=True))})(?!\w)"
    abstain = abstaining()
    joins, negated = choice("grammar", "and"), choice("negation", "words")
    lists = rf"(?:{PARENS} ?(?:(?:{joins}|,) ?(?=\())?)*"
    groups = f"{any_('majority')}|{any_('minority')}"
    members, results = any_("members"), any_("results")
    return Forms(
        key=re.compile(
            rf"\b(?:{verb}|(?:{none})|(?:{yes}|{no})(?: \w+)? ?[:.,;(]|\d (?:{yes}|{no})|{groups}|{any_('unanimous')}"
            rf"|(?:{yes}|{no})(?:-(?:{votes})|\t)|(?:{any_('gets')})(?!\w)|(?:{results}) ?\(?\d)"
        ),
        labels=re.compile(rf"[\d:\t]|{verb}|{none}"),
        label=re.compile(
            rf"(?P<lead>(?:{any_('before')}) )?(?:"
            rf"(?:{verb}) (?:(?:{any_('after')}) )?(?P<voted>{yes}|{no}|{none})(?: (?:{objects}))? ?(?::|(?=\d|$))"
            rf"|(?P<side>{yes}|{no}) (?P<about>(?:\w[\w-]*\.? ){{0,8}}?)(?:{verb})(?: (?:{any_('after')}))? ?:?(?!\w)"
            rf"|(?P<lone>(?:{no}|{any_('lone')})(?= \d{{1,3}}(?!\w))|(?:{yes})(?= \d{{1,3}}(?: ?\(|[,.;]? (?:{no}) \d)))"
            rf"|(?P<spaced>{yes}|{no}|{none})(?:[- ](?:{votes}))?(?=\s{{2,}}\d|\t *\d)"
            rf"|(?P<cell>{yes}|{no}|{none})(?=\t *[a-zæøå(])"
            rf"|(?P<neither>{none}) (?:{verb}) ?:?(?!\w)"
            rf"|(?P<colon>{yes}|{no}|{none})(?:[ -](?:{unit}|{objects}))? ?(?:\((?P<n>\d{{1,3}})\) ?)?:"
            rf"|(?P<abstain>{abstain}) ?(?::|(?= ?\d)|(?=\s*$)))"
        ),
        counted=expression(
            rf"(?<![\w.,/§-])(?P<n>{number}) ?(?:(?P<unit>{unit})(?!\w) ?)?(?P<before>{lists}) ?"
            rf"(?:,? ?(?:{any_('who')}) )?(?:(?P<verb>{verb}) )?(?P<side>{yes}|{no}|{abstain})(?P<votes>[- ](?:{votes}))?(?!\w)"
            rf"(?! \d| (?:{number})| (?:{any_('measures')})(?!\w))"
            rf"(?:(?: (?:{objects}))? ?(?P<after>{PARENS})|(?: (?:{any_('from')})|:) (?P<from>[^.;:\n]+?)"
            rf"(?=,? (?:{joins}) (?:{number}) (?:{unit}|{yes}|{no})(?!\w)|[.;:\n]|$))?"
        ),
        pair=expression(
            rf"(?<![\w.,/-])(?P<n>{number}) ?(?:(?:{unit})(?!\w) ?)?(?:(?:{yes}) )?(?P<before>{lists}) ?(?P<x>{any_('pairs')}|–|-)"
            rf" ?(?P<m>{number})(?: ?[–-] ?(?P<k>\d{{1,3}}))?(?![\w/-])(?: (?:{unit})(?!\w))?(?! ?(?:{yes}|{no})\b)(?: ?(?P<after>{PARENS}))?"
        ),
        single=expression(rf"(?:{any_('with')})(?P<n>{number}) (?:{votes})(?!\w)(?! ?(?:{yes}|{no}|\())"),
        told=expression(
            rf"(?<= )(?:(?:{verb}) (?P<side>{yes}|{no}|{any_('abstaining')})|(?P<abstain>{abstain}))(?!\w)"
        ),
        faction=expression(
            rf"(?<!\w)(?P<group>{groups})(?!\w)(?: (?:{any_('inside')})(?: \w+\b){{1,4}}?)?(?P<who>[^;\n]{{0,300}}?) (?:(?:{verb}) )?"
            rf"(?:(?P<abstain>{abstain})|(?P<side>{yes}|{no})(?! (?:{number}))|(?P<stands>{any_('stands')})(?P<not>(?: \w+)? (?:{negated}))?"
            rf"|(?P<wishes>{any_('wishes')})(?=(?: (?:{any_('putting_off')})(?!\w)|,? {that} (?!(?:{verb}|{none})(?!\w)))(?![^.;\n]{{0,200}}(?:{any_('to_minutes')}))))(?!\w)"
        ),
        share=expression(
            rf"[ ,:–-]*(?:\((?={members}|\d|{number}))?(?:(?:{members})(?!\w) ?)?"
            rf"(?:(?P<n>{number})(?!\w)(?: (?:{unit})(?!\w))?(?: (?:{any_('outof')}) [^,()]{{1,60}})?\)?[ ,:]*)?(?:(?:{members})(?!\w) ?)?(?P<who>.*)"
        ),
        got=expression(
            rf"(?:{any_('proposals')}) (?:\w+ ){{0,2}}?(?:{any_('gets')}) (?:(?:{any_('adverbs')}) )?(?P<n>{number}) (?:{votes})(?!\w)(?: ?(?P<after>{PARENS}))?(?! ?(?:{yes}|{no}|\())"
        ),
        shares=expression(
            rf"(?:{any_('shares')}) (?P<n>[^.;\n]{{1,300}}?) (?:{no}) (?:(?:{any_('shares')}) )?(?P<m>[^.;\n]+)"
        ),
        owned=expression(
            rf"(?<!\w)(?:(?P<with>{any_('bears')})|{no}) (?P<who>[^.;:()\n]{{1,120}}?['’]?s['’]?) (?:{votes})(?!\w)"
            rf"(?: (?:{no}) (?P<others>[^.;:()\n]{{1,120}}?['’]?s['’]?)(?: (?:{votes})(?!\w)|(?=[.;,]|$)))?"
        ),
        split=expression(rf"(?<!\w)(?:{verb}) (?P<n>\d{{1,3}}) ?[–-] ?(?P<m>\d{{1,3}}) (?P<side>{yes}|{no})(?![\w-])"),
        inverted=expression(
            rf"(?:(?<!\w)(?:{verb})|,? (?:{any_('further')})) (?P<who>[^.;:\n]{{1,200}}?) (?P<side>{yes}|{no})(?=[,.;)]| (?:{any_('further')}) |$)"
        ),
        total=expression(rf"[ ,–-]*\b(?:{any_('totals', 'names')}):? (\d{{1,3}})\b"),
        leads=expression(rf"(?:{any_('leads')}) "),
        ends=expression(rf",? (?:{any_('ends')})\b|(?<=[^\s(]) – "),
        number=expression(rf"\s*[:(]? ?(\d{{1,3}})(?![\w.]*\d)(?: (?:{unit}))?\s*(?=[:(,.;–-]|$|\s)"),
        printed=expression(r" ?\((\d{1,3})\)"),
        marker=expression(rf"(?<!\w)(?:{choice('scope', 'words')}) \w{{1,2}}\)$"),
        object=expression(rf" (?:{objects})(?!\w)"),
        ended=expression(rf"(?: {that} \w+)? ?(?:[,.;:()]|[–-] |(?:{joins})\b|$)|\s*$"),
    )


def side_of(word: str) -> str:
    """`for`, `against` or `abstain`: which side a printed word stands for."""
    vote = decision_words()["vote"]
    folded = word.casefold()
    if folded in vote["for"]:
        return "for"
    return "against" if folded in vote["against"] else "abstain"


def number_of(word: str) -> int:
    """What a number says, in figures or as a word of `numbers`."""
    return int(word) if word.isdigit() else numbers()[word.casefold()]
