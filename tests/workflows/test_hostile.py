"""A release that means harm: bombs, names that climb, links in circles, pipes, locked files, names that are no text.

Each gives a problem line or is read for what it is; the honest file beside it is read; the account holds every file.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import sys
import tarfile
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import py7zr
import pytest
from PIL import Image
from typer.testing import CliRunner

from corpus_search.cli.app import app
from corpus_search.errors import PathNotFound
from corpus_search.workflows import plan as plan_module
from corpus_search.workflows.ingest import Outcome, Request, ingest, plan
from corpus_search.workflows.keeping import verify
from corpus_search.workflows.reporting import problems, records, status

MAIL = b"From: a@b.example\nSubject: honest\nDate: Tue, 06 Mar 2018 08:12:44 -0800\n\nrun 7ABC123 please\n"
ZEROS = b"\x00" * (48 << 20)


def read(folder: Path, corpus: Path) -> Outcome:
    return ingest(Request(corpus, (folder,), release="r", make_executor=lambda: ThreadPoolExecutor(1)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "release"
    made.mkdir()
    (made / "honest.eml").write_bytes(MAIL)
    return made


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def sevened(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(data, name)
    return out.getvalue()


def lying_zip() -> bytes:
    """A member that says that it is small."""
    data = bytearray(zipped("x", ZEROS))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.rfind(mark) + offset
        data[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(data)


def nested(times: int) -> bytes:
    data = MAIL
    for _ in range(times):
        data = zipped("inner.zip", data)
    return data


def huge_picture() -> bytes:
    """A PNG of a few bytes that says that it has 4 billion pixels."""
    out = io.BytesIO()
    Image.new("1", (8, 8)).save(out, "PNG")
    data = bytearray(out.getvalue())
    data[16:24] = (65_000).to_bytes(4, "big") * 2
    return bytes(data)


BOMBS: dict[str, Callable[[], bytes]] = {
    "zip": lambda: zipped("x", ZEROS),
    "zip that lies": lying_zip,
    "zip in zip": lambda: zipped("x.zip", zipped("x", ZEROS)),
    "tar.gz": lambda: gzip.compress(tarred("x", ZEROS)),
    "tar.xz": lambda: lzma.compress(tarred("x", ZEROS)),
    "gz": lambda: gzip.compress(ZEROS),
    "gz of gz": lambda: gzip.compress(gzip.compress(ZEROS)),
    "xz": lambda: lzma.compress(ZEROS),
    "bz2": lambda: bz2.compress(ZEROS),
    "7z": lambda: sevened("x", ZEROS),
    "deeper than bounded": lambda: nested(30),
    "picture": huge_picture,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_problem_lines(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / "bomb").write_bytes(BOMBS[name]())
    assert (folder / "bomb").stat().st_size < 200_000
    read(folder, tmp_path / "c")
    told = list(problems(tmp_path / "c"))
    assert [problem.source.path for problem in told] == ["bomb"]
    assert told[0].kind in ("limit", "damaged", "empty", "unsupported")
    assert [record.message.subject for record in records(tmp_path / "c", "message")] == ["honest"]
    assert sum(status(tmp_path / "c")["sources"].values()) == 4  # 2 seen; 1 read, 1 failed


@pytest.mark.parametrize("pack", [zipped, tarred, sevened, lambda n, d: gzip.compress(tarred(n, d))])
@pytest.mark.parametrize("name", ["../../../climbed.eml", "/tmp/climbed.eml", "a/../../climbed.eml"])
def test_members_that_climb_write_nothing(
    folder: Path, tmp_path: Path, pack: Callable[[str, bytes], bytes], name: str
) -> None:
    try:
        (folder / "x").write_bytes(pack(name, MAIL.replace(b"honest", b"climbs")))
    except ValueError:
        pytest.skip("the library that packs refuses the name")
    before = {file for file in tmp_path.rglob("*") if "corpus" not in file.parts}
    read(folder, tmp_path / "corpus")
    assert {file for file in tmp_path.rglob("*") if "corpus" not in file.parts} - {tmp_path / "corpus"} == before
    assert not Path("/tmp/climbed.eml").exists()
    assert {record.message.subject for record in records(tmp_path / "corpus", "message")} >= {"honest"}
    assert all(problem.source.path == "x" for problem in problems(tmp_path / "corpus"))


def test_links_pipes_and_sockets(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.eml").write_bytes(MAIL.replace(b"honest", b"secret"))
    (folder / "circle").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    (folder / "out.eml").symlink_to(tmp_path / "secret.eml")
    (folder / "inside.eml").symlink_to(folder / "honest.eml")
    (folder / "dangling").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    read(folder, tmp_path / "c")
    told = {problem.source.path: problem.kind for problem in problems(tmp_path / "c")}
    assert told == {
        "circle": "unsupported",
        "self": "unreadable",
        "out.eml": "unsupported",
        "inside.eml": "unsupported",
        "dangling": "unreadable",
        "pipe": "unsupported",
    }
    assert [record.message.subject for record in records(tmp_path / "c")] == ["honest"]
    assert status(tmp_path / "c")["sources"]["seen"] == 7
    assert list(verify(tmp_path / "c")) == []  # what was never read is no fault of the originals


def test_files_and_folders_without_permission(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "locked.eml").write_bytes(MAIL)
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "locked.eml" and access(path, mode))
    walk = os.walk

    def walked(top: Path, onerror: Callable[[OSError], object]) -> object:
        onerror(PermissionError(13, "Permission denied", str(folder / "closed")))
        return walk(top, onerror=onerror)

    monkeypatch.setattr(os, "walk", walked)
    read(folder, tmp_path / "c")
    told = {problem.source.path: problem.reason for problem in problems(tmp_path / "c")}
    assert set(told) == {"locked.eml", "closed"}
    assert all("change its permissions and ingest again" in reason for reason in told.values())
    monkeypatch.undo()
    outcome = read(folder, tmp_path / "c")
    assert (outcome.new, outcome.already) == (1, 1)
    assert {problem.source.path for problem in problems(tmp_path / "c")} == {"closed"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_the_system_keeps_locked(folder: Path, tmp_path: Path) -> None:
    (folder / "locked.eml").write_bytes(MAIL)
    (folder / "locked.eml").chmod(0)
    read(folder, tmp_path / "c")
    assert [problem.source.path for problem in problems(tmp_path / "c")] == ["locked.eml"]


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems take only UTF-8")
def test_names_that_are_no_utf8(folder: Path, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9")).mkdir()
    file = Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9/\xff\xfe.eml"))
    file.write_bytes(MAIL.replace(b"honest", b"odd name"))
    corpus = tmp_path / "c"
    read(folder, corpus)
    assert list(problems(corpus)) == []
    assert {record.message.source.path for record in records(corpus)} == {"honest.eml", "caf\\xe9/\\xff\\xfe.eml"}
    assert read(folder, corpus).already == 2
    assert list(verify(corpus)) == []
    file.write_bytes(b"changed")
    (check,) = verify(corpus)
    assert "\\xff" in check.where
    for command in (["messages", "--json"], ["verify"], ["problems"], ["ingest", str(folder), "--dry-run"]):
        told = CliRunner().invoke(app, ["--corpus", str(corpus), *command])
        assert told.exit_code in (0, 3), told.output
        told.output.encode()
    file.unlink()
    assert [check.what for check in verify(corpus)] == ["a released file is gone"]


def test_a_release_whose_own_name_is_no_utf8(tmp_path: Path) -> None:
    if sys.platform == "darwin":
        pytest.skip("its file systems take only UTF-8")
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/r\xe9"))
    folder.mkdir()
    (folder / "a.eml").write_bytes(MAIL)
    ingest(Request(tmp_path / "c", (folder,), make_executor=lambda: ThreadPoolExecutor(1)))
    assert {record.message.release for record in records(tmp_path / "c")} == {"r\\xe9"}
    ingest(Request(tmp_path / "c", (folder,), release=folder.name, make_executor=lambda: ThreadPoolExecutor(1)))
    assert status(tmp_path / "c")["sources"] == {"seen": 2, "read": 1, "already": 1, "failed": 0, "not_mail": 0}


def test_a_file_that_goes_between_being_found_and_hashed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "gone.eml").write_bytes(MAIL)
    look = plan_module._look

    def looked(file: Path, path: str, release: str) -> object:
        found = look(file, path, release)
        if file.name == "gone.eml":
            file.unlink()
        return found

    monkeypatch.setattr(plan_module, "_look", looked)
    read(folder, tmp_path / "c")
    assert [(one.source.path, one.kind) for one in problems(tmp_path / "c")] == [("gone.eml", "changed")]


def test_a_plan_of_what_can_not_be_read(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(folder / "pipe")
    lines = {line["path"]: line for line in plan(Request(tmp_path / "c", (folder,)))}
    assert lines["honest.eml"]["format"] == "eml"
    assert lines["pipe"]["format"] == ""
    json.dumps(list(lines.values()))
    with pytest.raises(PathNotFound, match="does not exist"):
        plan(Request(tmp_path / "c", (folder / "nowhere",)))
