"""Bytes without end: whatever they are, a document comes of them or one clear line; `make fuzz` looks for new ones."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutes_parser.errors import MinutesError
from minutes_parser.pipeline import explain
from minutes_parser.source import Source
from minutes_parser.write import from_json, to_json
from test_conservation import check

SAMPLES = Path(__file__).parent.parent / "samples"
FILES: dict[str, list[bytes]] = {".pdf": [], ".docx": [], ".html": [], ".txt": []}
for path in sorted(SAMPLES.glob("*/*.*")):
    if path.suffix in FILES:
        FILES[path.suffix].append(path.read_bytes())
FUZZ = settings(
    max_examples=25 if settings.default.max_examples <= 100 else settings.default.max_examples,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
WORDS = st.sampled_from(
    [
        b"", b"\0", b"\xff", b"<", b">", b"</w:p>", b"<w:p>", b"<w:tbl>", b"<table>", b"<td>", b"<b>", b"&#0;", b"&x;", b"'", b'"', b"]]>", b"<!--", b"-9", b"99999999999", b"\xc2\xb2",
        b"/Kids", b" 0 R", b"<<", b">>", b"(", b")", b"[", b"]", b"endobj", b"stream", b"endstream", b"Tj", b"Td", b"/Type", b"/Page", b"Punkt 1", b"Beslutning", b"\r", b"\n\n", b"\x0c", b"PK\x01\x02",
    ]
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "put", "copy", "swap"]), st.integers(0, 1 << 20), st.integers(0, 1 << 12), WORDS
    ),
    min_size=1,
    max_size=12,
)


def changed(data: bytes, changes: list[tuple[str, int, int, bytes]]) -> bytes:
    """The bytes with bits turned, stretches cut out, copied, exchanged, and words put in."""
    for kind, place, size, word in changes:
        at = place % (len(data) + 1)
        if kind == "flip" and at < len(data):
            data = data[:at] + bytes([data[at] ^ (1 << size % 8)]) + data[at + 1 :]
        elif kind == "cut":
            data = data[:at] + data[at + size :]
        elif kind == "put":
            data = data[:at] + word + data[at:]
        elif kind == "copy":
            data = data[:at] + data[at : at + size] + data[at:]
        elif kind == "swap":
            data = data[:at] + data[at + size : at + 2 * size] + data[at : at + size] + data[at + 2 * size :]
    return data


def survives(data: bytes, name: str) -> None:
    try:
        reading = explain(Source(name, data))
    except MinutesError as error:
        assert error.exit_code == 1  # the document's fault, never ours  # noqa: PT017
        assert "\n" not in str(error)  # noqa: PT017
        return
    check(reading.minutes, reading.text.text)
    assert from_json(to_json(reading.minutes)) == reading.minutes
    for line in reading.text.lines:
        assert line.text == line.text.strip()
        assert line.text
        assert "\n" not in line.text


def apart(run: Callable[[], None]) -> None:
    """Run in a child: PDFium may crash, and a crash should name its example."""
    child = os.fork()
    if not child:
        try:
            run()
        except BaseException as error:
            print(f"{type(error).__name__}: {error}")
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert not status, f"status {status}"


@FUZZ
@given(
    st.binary(max_size=3000),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf"]),
)
def test_any_bytes(data: bytes, head: bytes) -> None:
    survives(head + data, "noise")


@FUZZ
@given(st.sampled_from(FILES[".txt"]), CHANGES)
def test_changed_text(data: bytes, changes: list[tuple[str, int, int, bytes]]) -> None:
    survives(changed(data, changes), "a.txt")


@FUZZ
@given(st.sampled_from(FILES[".html"]), CHANGES)
def test_changed_html(data: bytes, changes: list[tuple[str, int, int, bytes]]) -> None:
    survives(changed(data, changes), "a.html")


@FUZZ
@given(st.sampled_from(FILES[".docx"]), CHANGES)
def test_changed_docx(data: bytes, changes: list[tuple[str, int, int, bytes]]) -> None:
    survives(changed(data, changes), "a.docx")


@FUZZ
@given(
    st.sampled_from(FILES[".docx"]),
    st.sampled_from(["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/header1.xml"]),
    CHANGES,
)  # fmt: skip
def test_changed_parts_of_docx(data: bytes, part: str, changes: list[tuple[str, int, int, bytes]]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, changed(content, changes) if name == part else content)
    survives(out.getvalue(), "a.docx")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@FUZZ
@given(st.sampled_from(FILES[".pdf"]), CHANGES)
def test_changed_pdf(data: bytes, changes: list[tuple[str, int, int, bytes]]) -> None:
    apart(lambda: survives(changed(data, changes), "a.pdf"))
