"""Archives in an object store: a real S3 server on this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import helpers
import pytest
from helpers import corpus, minutes

pytestmark = pytest.mark.slow
pytest.importorskip("moto")
fs_module = pytest.importorskip("s3fs")


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    process.terminate()
    process.wait()


@pytest.fixture
def bucket(server: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    fs = fs_module.S3FileSystem(endpoint_url=server["AWS_ENDPOINT_URL"], skip_instance_cache=True)
    fs.mkdir("arkiv", create_parents=True)
    corpus(tmp_path / "in", 5)
    (tmp_path / "in" / "sub").mkdir()
    (tmp_path / "in" / "sub" / "æ ø.txt").write_text(minutes(6), "utf-8")
    (tmp_path / "in" / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "in" / "~$m1.docx").write_text("lock")
    fs.put(f"{tmp_path}/in/", "arkiv/in/", recursive=True)
    yield fs
    fs.rm("arkiv", recursive=True)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return helpers.run(*arguments)


def objects(fs: Any, path: str) -> dict[str, bytes]:
    fs.invalidate_cache()
    return {key.removeprefix(f"{path}/"): fs.cat_file(key) for key in fs.find(path) if key.endswith(".json")}


def test_from_bucket_to_bucket_the_same_documents_as_from_folder_to_folder(bucket: Any, tmp_path: Path) -> None:
    done = run("convert", "s3://arkiv/in/", "-o", "s3://arkiv/ud")
    assert done.returncode == 1, done.stderr
    assert "s3://arkiv/in/bad.pdf: " in done.stderr
    assert "[corrupt]" in done.stderr
    assert "1 lock file" in done.stderr
    run("convert", tmp_path / "in", "-o", tmp_path / "ud")
    assert objects(bucket, "arkiv/ud") == helpers.archive(tmp_path / "ud")
    log = [json.loads(line) for line in bucket.cat_file("arkiv/ud/_run.jsonl").splitlines()]
    assert len(log) == 7
    assert b"bad.pdf" in bucket.cat_file("arkiv/ud/_failures.jsonl")


def test_what_is_up_to_date_is_not_written_again(bucket: Any) -> None:
    run("convert", "s3://arkiv/in/", "-o", "s3://arkiv/ud")
    before = {row["name"]: row["LastModified"] for row in bucket.find("arkiv/ud", detail=True).values()}
    again = run("convert", "s3://arkiv/in/", "-o", "s3://arkiv/ud")
    assert "6 up to date, 1 failed before" in again.stderr
    bucket.invalidate_cache()
    assert {row["name"]: row["LastModified"] for row in bucket.find("arkiv/ud", detail=True).values()} == before
    bucket.pipe_file("arkiv/in/m2.txt", minutes(22).encode())
    bucket.rm_file("arkiv/ud/m3.txt.json")
    bucket.pipe_file("arkiv/ud/m4.txt.json", b'{"half":')
    foreseen = run("convert", "s3://arkiv/in/", "-o", "s3://arkiv/ud", "-n").stdout
    assert sorted(line.split("\t")[0] for line in foreseen.splitlines()) == [
        "changed", "changed", "failed before", "new", "skip", "up to date", "up to date", "up to date",
    ]  # fmt: skip
    assert "3 converted, 3 up to date" in run("convert", "s3://arkiv/in/", "-o", "s3://arkiv/ud").stderr
    assert b"24/00022" in objects(bucket, "arkiv/ud")["m2.txt.json"]


def test_a_lost_run_log_and_lists_of_addresses(bucket: Any, tmp_path: Path) -> None:
    listed = tmp_path / "list"
    listed.write_text("s3://arkiv/in/m1.txt\ns3://arkiv/in/m2.txt\ns3://arkiv/in/nowhere.txt\n")
    call = ("convert", "--manifest", listed, "--relative-to", "s3://arkiv/in", "-o", "s3://arkiv/ud2")
    done = run(*call)
    assert done.returncode == 1
    assert "nowhere.txt: no such object [not-found]" in done.stderr
    assert sorted(objects(bucket, "arkiv/ud2")) == ["m1.txt.json", "m2.txt.json"]
    bucket.rm_file("arkiv/ud2/_run.jsonl")
    assert "2 up to date" in run(*call).stderr


def test_one_object_with_a_document_a_line(bucket: Any, tmp_path: Path) -> None:
    call = ("convert", "s3://arkiv/in/", "-o", "s3://arkiv/dele/1.jsonl")
    assert run(*call).returncode == 1
    lines = bucket.cat_file("arkiv/dele/1.jsonl").splitlines()
    assert [json.loads(line)["source"]["name"] for line in lines] == [
        *(f"m{n}.txt" for n in range(1, 6)),
        "sub/æ ø.txt",
    ]
    before = bucket.info("arkiv/dele/1.jsonl")["LastModified"]
    assert "6 up to date" in run(*call).stderr
    bucket.invalidate_cache()
    assert bucket.info("arkiv/dele/1.jsonl")["LastModified"] == before


def test_a_local_archive_from_a_bucket(bucket: Any, tmp_path: Path) -> None:
    done = run("convert", "s3://arkiv/in", "-o", tmp_path / "local")
    assert done.returncode == 1
    assert len(helpers.archive(tmp_path / "local")) == 6
    assert "6 up to date" in run("convert", "s3://arkiv/in", "-o", tmp_path / "local").stderr


def test_a_store_that_does_not_answer_or_refuses(bucket: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    done = run("convert", tmp_path / "in", "-o", "s3://nowhere-at-all/ud")
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    done = run("convert", "nonsense://x/y", "-o", tmp_path / "ud")
    assert done.returncode == 3, done.stderr
    assert done.stderr.count("\n") == 1


def test_without_the_extra_it_says_what_to_type(tmp_path: Path) -> None:
    (tmp_path / "fsspec.py").write_text("raise ImportError('not installed')")
    done = subprocess.run(
        helpers.command("convert", "s3://arkiv/in", "-o", tmp_path / "ud"),
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "pip install 'minutes-parser[s3]'" in done.stderr
