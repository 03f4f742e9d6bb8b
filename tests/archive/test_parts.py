"""The pieces of the archive, each by itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_parser.archive import bounds
from minutes_parser.archive.frames import BadFrame, Frames, pack
from minutes_parser.archive.journal import Journal
from minutes_parser.archive.lock import Lock
from minutes_parser.archive.names import NAME_BYTES, Shard, output_name, tidy
from minutes_parser.archive.outputs import Unwritable
from minutes_parser.cli.limits import size

NAMES = st.binary(min_size=1, max_size=255).filter(lambda b: b"\0" not in b and b"/" not in b).map(os.fsdecode)


def row(path: str, status: str = "ok", **more: object) -> dict[str, object]:
    return {"path": path, "status": status, **more}


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_every_name_has_an_output_that_a_disk_can_hold(names: list[str]) -> None:
    made = [output_name(f"2024/{name}") for name in names]
    assert len(set(made)) == len(set(names))
    for name, output in zip(names, made, strict=True):
        last = os.fsencode(output.rpartition("/")[2])
        assert output.startswith("2024/")
        assert last.endswith(b".json")
        assert len(last) <= NAME_BYTES
        if len(os.fsencode(name)) <= NAME_BYTES - 5:
            assert last == os.fsencode(name) + b".json"


@given(st.text(min_size=1).filter(lambda t: "\0" not in t))
def test_no_name_leads_out_of_the_output(path: str) -> None:
    parts = tidy(path).split("/")
    assert not {"..", "."} & set(parts)
    assert not tidy(path).startswith("/")


@given(st.sets(NAMES, max_size=30), st.integers(1, 7))
def test_every_document_is_in_exactly_one_shard(names: set[str], count: int) -> None:
    for name in names:
        assert sum(Shard(number, count).holds(name) for number in range(1, count + 1)) == 1


def test_shards_are_the_same_everywhere_and_about_alike() -> None:
    assert [Shard(n, 5).holds("2024/møde.pdf") for n in range(1, 6)].index(True) == 3
    sizes = [sum(Shard(n, 8).holds(f"{i}.pdf") for i in range(4000)) for n in range(1, 9)]
    assert min(sizes) > 400


@given(
    st.lists(st.tuples(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3), st.binary(max_size=50))),
    st.integers(1, 9),
)
def test_frames_come_out_as_they_went_in_however_they_are_cut(
    frames: list[tuple[dict[str, str], bytes]], cut: int
) -> None:
    stream = b"".join(pack(head, payload) for head, payload in frames)
    reader, found = Frames(), []
    for at in range(0, len(stream), cut):
        found += reader.feed(stream[at : at + cut])
    assert found == frames


@given(st.binary(min_size=1, max_size=200))
def test_noise_is_no_frame(noise: bytes) -> None:
    try:
        for head, _ in Frames().feed(noise):
            assert isinstance(head, dict)
    except BadFrame:
        pass


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", 'b","status":"', "æ\udcff", "d\ne", "\\", "\u2028"]), st.integers()),
        max_size=20,
    )
)
def test_the_newest_line_of_a_document_counts(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, int]]
) -> None:
    path = str(tmp_path_factory.mktemp("journal") / "_run.jsonl")
    journal = Journal(path)
    for name, number in lines:
        journal.add(row(name, number=number))
    newest = dict(lines)
    assert {name: journal.get(name)["number"] for name in newest} == newest  # type: ignore[index]
    assert journal.get("nobody") is None
    journal.compact()
    journal.close()
    again = Journal(path)
    assert len(again) == len(newest)
    assert again.dead == 0
    assert {
        os.fsdecode(bytes.fromhex(r["bytes"])) if "bytes" in r else r["path"]: r["number"] for r in again.rows()
    } == newest
    again.close()


def test_a_torn_line_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "_run.jsonl"
    path.write_bytes(b'{"path":"a","status":"ok"}\nrubbish\n{"path":"b","sta')
    journal = Journal(str(path))
    assert len(journal) == 1
    journal.add(row("c"))
    journal.compact()
    journal.close()
    assert [json.loads(line)["path"] for line in path.read_text().splitlines()] == ["a", "c"]


def test_the_failures_are_listed_and_the_list_goes_when_there_are_none(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path / "_run.jsonl"))
    failures = tmp_path / "_failures.jsonl"
    journal.add(row("a", "error"))
    journal.add(row('x,"status":"error",'))
    journal.list_failures(str(failures))
    assert [json.loads(line)["path"] for line in failures.read_text().splitlines()] == ["a"]
    journal.add(row("a"))
    journal.list_failures(str(failures))
    assert not failures.exists()
    journal.close()


def test_locks(tmp_path: Path) -> None:
    path = str(tmp_path / ".lock")
    whole = Lock(path)
    with pytest.raises(Unwritable, match="locked"):
        Lock(path, "1-of-2")
    whole.release(note="seen")
    one, two = Lock(path, "1-of-2"), Lock(path, "2-of-2")
    with pytest.raises(Unwritable, match="locked"):
        Lock(path, "1-of-2")
    with pytest.raises(Unwritable, match="locked"):
        Lock(path)
    one.release()
    two.release(finished=False)
    again = Lock(path)
    assert (again.clean, again.note) == (True, "seen")
    again.release()
    assert not Lock(path, "2-of-2").clean


@pytest.mark.parametrize("text", ["", "G", "-1", "1e9", "9" * 16, "2 GB x"])
def test_no_size(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        size(text)


def test_the_peak_is_measured_anew_for_each_document() -> None:
    bounds.reset_peak()
    block = bytearray(64 << 20)
    block[:: 1 << 12] = b"x" * len(block[:: 1 << 12])
    high, _ = bounds.peak_and_resident()
    del block
    bounds.reset_peak()
    low, resident = bounds.peak_and_resident()
    assert high - low > 50
    assert resident <= low
