"""Bytes to text: the encoding is told by the content, with a ladder of our own.

charset-normalizer gets short Danish texts wrong (measured: 9 of 20 right on 40 characters of Windows-1252).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from minutes_parser.errors import Unreadable
from minutes_parser.extract._letters import plain, unseen
from minutes_parser.findings import Finding
from minutes_parser.kinds import Code, Severity
from minutes_parser.vocabulary.words import words

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE = ("cp1252", "cp865", "cp850", "mac_roman")
_DECLARABLE = {
    "utf-8": "utf-8", "utf8": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252", "cp1252": "cp1252", "us-ascii": "utf-8", "ascii": "utf-8", "ibm850": "cp850", "cp850": "cp850", "ibm865": "cp865",
    "cp865": "cp865", "macintosh": "mac_roman",
}  # fmt: skip
_MOJIBAKE = re.compile(r"Ã[¦¸¥†˜…©¨]|â€[“”™œ–]|Â[ §»«]|├[ªÑ©╕åÿà]|√[¶∏•ÜòÖ]|\ufffd")
"""UTF-8 read as Windows-1252, as CP850 or CP865, as Mac Roman; letters that were lost."""
_SEVEN = str.maketrans("{|}[\\]", "æøåÆØÅ")
_SEVEN_WORD = re.compile(r"(?<![\w{|}\[\\\]])[a-zA-Z{|}\[\\\]]{1,40}(?![\w{|}\[\\\]])")


def decode(name: str, data: bytes, declared: str | None = None, forced: str | None = None) -> tuple[str, list[Finding]]:
    """Text in NFC with line feeds only, and what was doubtful. A byte is never dropped, control characters are.

    `declared` is the page's own word and only a hint; `forced` is the user's and obeyed. Linear in the input.
    """
    findings: list[Finding] = []
    if forced:
        text, stray = _forced(name, data, forced), False
    else:
        text, encoding, stray = _ladder(data, declared)
        hint = _DECLARABLE.get((declared or "").strip().lower())
        if encoding != "utf-8" and encoding != hint:
            findings.append(Finding(Code.ENCODING_GUESSED, f"read as {encoding}", Severity.INFO))
        if hint and hint != encoding and not data.isascii() and {hint, encoding} != {"cp1252", "iso-8859-15"}:
            findings.append(
                Finding(Code.ENCODING_DECLARED_WRONG, f"the page says {declared}, its bytes are {encoding}")
            )
    if stray:
        findings.append(Finding(Code.INVALID_BYTES, f"some bytes are no {encoding}; they were read as Windows-1252"))
    if _MOJIBAKE.search(text):
        findings.append(
            Finding(Code.MOJIBAKE, "letters that were lost or decoded wrongly before the document came here")
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unseen(text):
        findings.append(
            Finding(Code.CONTROL_CHARACTERS, "control and invisible characters were left out", Severity.INFO)
        )
    return plain(text), findings


def _forced(name: str, data: bytes, encoding: str) -> str:
    """The text as the user says; bytes that are not of the encoding become U+FFFD and thereby a finding."""
    try:
        return data.decode(encoding, "replace")
    except (LookupError, UnicodeError, ValueError):
        raise Unreadable(
            name, "encoding", f"the encoding '{encoding}' is not known", "try utf-8, cp1252, cp865 or utf-16"
        ) from None


def _ladder(data: bytes, declared: str | None) -> tuple[str, str, bool]:
    """Text, encoding, and whether bytes of another encoding stood between.

    Byte-order mark, UTF-16 by its NULs, strict UTF-8, mostly UTF-8, then the best of the single-byte encodings.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), "utf-8" if encoding == "utf-8-sig" else encoding, False
    head = data[:4000].rstrip(b"\x00")
    if head.count(0) > 0.2 * len(head):
        return _wide(data, head)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        seven = _seven_bit(text) if data.isascii() else None
        return (seven, "ISO 646-DK", False) if seven else (text, "utf-8", False)
    nearly = data.decode("utf-8", "surrogateescape")
    known = len(_KNOWN.findall(nearly))
    if known and (known >= len(_STRAY.findall(nearly)) or _rubbish(nearly)):
        return _STRAY.sub(_single, nearly), "utf-8", True
    pairs = Counter(data[max(0, m.start() - 1) : m.end()] for m in _HIGH.finditer(data, 0, 200_000))
    best = max(_SINGLE, key=lambda e: (_score(pairs, e), e == _DECLARABLE.get((declared or "").lower())))
    if best == "cp1252" and (declared or "").lower() == "iso-8859-15":
        best = "iso-8859-15"
    try:
        return data.decode(best), best, False
    except UnicodeDecodeError:  # five bytes are undefined in Windows-1252: only they are lost
        return data.decode(best, "replace"), best, False


def _wide(data: bytes, head: bytes) -> tuple[str, str, bool]:
    """UTF-32 or UTF-16 without a mark, by where the NULs stand."""
    if head.count(0) > 0.6 * len(head):
        return data.decode("utf-32-le" if head[:1] != b"\x00" else "utf-32-be", "replace"), "utf-32", False
    little = head[1::2].count(0) >= head[::2].count(0)
    return data.decode("utf-16-le" if little else "utf-16-be", "replace"), "utf-16", False


def _seven_bit(text: str) -> str | None:
    """The text with `{|}[\\]` as æøåÆØÅ where common words show that they are meant: Danish before there were 8 bits."""
    signs = sum(map(text.count, "{|}[\\]"))
    if signs < 2:
        return None
    common = frozenset(words()["text"]["common"])
    sample = text[:200_000]
    hits = letters = 0
    for found in _SEVEN_WORD.finditer(sample):
        word = found.group()
        if not word.isalpha():
            letters += 1
            hits += word.translate(_SEVEN).lower() in common
    return text.translate(_SEVEN) if hits >= 2 and 30 * hits >= letters and 2 * letters >= signs else None


_GOOD = "æøåÆØÅ"
_FAIR = "éüöäÉÜÖÄ–—”“’‘«»§²³½•…€°·´©®èàáó"
_KNOWN = re.compile(f"[{_GOOD}{_FAIR}]")
_STRAY = re.compile("[\udc80-\udcff]")
_HIGH = re.compile(rb"[\x80-\xff]")


def _single(found: re.Match[str]) -> str:
    return bytes([ord(found.group()) - 0xDC00]).decode("cp1252", "replace")


def _rubbish(nearly: str) -> bool:
    """Whether the bytes that are no UTF-8 are no letters in any other encoding either."""
    sample = _STRAY.finditer(nearly, 0, 200_000)
    pairs = Counter(nearly[max(0, m.start() - 1) : m.end()].encode("utf-8", "surrogateescape")[-2:] for m in sample)
    return bool(pairs) and max(_score(pairs, encoding) for encoding in _SINGLE) < 0


def _score(pairs: Counter[bytes], encoding: str) -> int:
    """How Danish the bytes above 127, each with the one before it, look in an encoding of single bytes: capitals inside
    words speak against it, signs in them more than letters."""
    score = 0
    for pair, times in pairs.items():
        shown = pair.decode(encoding, "replace")
        letter = shown[-1]
        inside = shown[:-1].islower()
        if letter in _GOOD:
            score += times * (3 if letter.islower() or not inside else -2)
        elif letter in _FAIR:
            score += times * (1 if letter.islower() or not letter.isalpha() or not inside else -2)
        elif letter != "\u00a0":
            score -= times * (2 if letter.isalpha() else 3)
    return score
