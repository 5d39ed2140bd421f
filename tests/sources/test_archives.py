from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import py7zr
import pytest
from reading_support import Read, check_laws, read_file, unit_of

from corpus_search import sources
from corpus_search.model import Reading
from corpus_search.sources import mbox, nested, streams
from corpus_search.sources import zipped as zipped_module
from corpus_search.sources.archives import members, packed, sevens, tars
from corpus_search.sources.reading import LimitReached

MAIL = b"From: a@b.c\nSubject: %s\nMessage-ID: <1@x>\n\nbody\n"
MBOX = b"From a@b.c Tue Mar  6 08:12:44 2018\nFrom: a@b.c\nSubject: in mbox\n\nbody\n\n"
TABLE = b"Plate,Reason\n7ABC123,warrant\n8XYZ999,bolo\n"
FILES = {"a.eml": MAIL % b"one", "box/x.mbox": MBOX * 3, "box/list.csv": TABLE}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("box")
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        folder = tarfile.TarInfo("box")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def sevened(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return out.getvalue()


PACKERS = [
    zipped,
    tarred,
    sevened,
    lambda files: gzip.compress(tarred(files)),
    lambda files: lzma.compress(tarred(files)),
    lambda files: bz2.compress(tarred(files)),
]


def facts(found: Reading) -> list[tuple[str, str | None, str | None, int]]:
    return [
        (m.source.format, m.source.member, m.subject, m.places[0].number) for m in found.messages if m.kind == "message"
    ]


@pytest.mark.parametrize("pack", PACKERS)
def test_members_are_read_as_what_they_are(read: Read, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    found = read(pack(FILES), "release")
    check_laws(found.messages)
    assert facts(found) == [
        ("eml", "a.eml", "one", 1),
        *(("mbox", "box/x.mbox", "in mbox", number) for number in (1, 2, 3)),
    ]
    assert [m.source.member for m in found.messages if m.kind == "document"] == ["box/list.csv"]
    assert found.problems == ()


@pytest.mark.parametrize("pack", PACKERS)
def test_units_change_nothing(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x"
    file.write_bytes(pack({**FILES, "z.mbox": MBOX * 50, "zz.eml": MAIL % b"last"}))
    whole = read_file(file)
    assert len(whole.messages) == 56
    for module, name in (
        (members, "LARGE_MBOX"),
        (members, "UNIT_MEMBERS"),
        (mbox, "UNIT_BYTES"),
        (sevens, "UNIT_BYTES"),
        (sevens, "RUN_BYTES"),
    ):
        monkeypatch.setattr(module, name, 1 if name == "UNIT_MEMBERS" else 300)
    monkeypatch.setattr(tars, "SMALL", 300)
    assert len(sources.cut(unit_of(file)).units) > 2
    assert read_file(file) == whole


def test_archives_in_archives(read: Read) -> None:
    inner = zipped({"mail.eml": MAIL % b"deep"})
    found = read(zipped({"outer.tar.gz": gzip.compress(tarred({"inner.zip": inner}))}), "x.zip")
    assert facts(found) == [("eml", "outer.tar.gz/inner.zip/mail.eml", "deep", 1)]
    found = read(sevened({"inner.7z": sevened({"mail.eml": MAIL % b"deep"})}), "x.7z")
    assert facts(found) == [("eml", "inner.7z/mail.eml", "deep", 1)]


def test_too_deep_is_a_problem(read: Read) -> None:
    data = MAIL % b"deep"
    for _ in range(nested.MAX_DEPTH + 2):
        data = zipped({"x": data})
    found = read(data, "x.zip")
    assert found.messages == ()
    assert [problem.kind for problem in found.problems] == ["limit"]


def test_a_packed_file_keeps_its_name(read: Read) -> None:
    found = read(gzip.compress(MAIL % b"one"), "mail.eml.gz")
    assert facts(found) == [("eml", None, "one", 1)]


def test_bombs_are_stopped(read: Read) -> None:
    zeros = b"\x00" * (40 << 20)
    assert [problem.kind for problem in read(zipped({"x": zeros}), "x.zip").problems] == ["limit"]
    inner = zipped({"inner.zip": zipped({"x": zeros}), "a.eml": MAIL % b"one"})
    found = read(inner, "y.zip")
    assert [(problem.kind, problem.source.member) for problem in found.problems] == [("limit", "inner.zip")]
    assert len(found.messages) == 1


def test_a_member_too_large_and_a_budget_spent(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MAX_MEMBER", 100)
    found = read(zipped({"a": b"x" * 101, "b.eml": MAIL % b"one"}), "x.zip")
    assert [problem.kind for problem in found.problems] == ["limit"]
    monkeypatch.setattr(sources, "UNPACKED", 90)
    found = read(zipped({"a.eml": MAIL % b"one", "b.eml": MAIL % b"two"}), "y.zip")
    assert (len(found.messages), len(found.problems)) == (1, 1)


@pytest.mark.parametrize("name", ["../../etc/x.eml", "/etc/x.eml", "C:\\x.eml", "a\\..\\x.eml"])
def test_names_that_climb_are_problems(read: Read, name: str) -> None:
    found = read(zipped({name: MAIL % b"one"}), "x.zip")
    assert [problem.kind for problem in found.problems] == ["unsafe name"]
    assert len(found.messages) == 1


def test_links_and_devices_are_not_opened(read: Read) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("fifo", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "link"
            archive.addfile(info)
    assert [problem.source.member for problem in read(out.getvalue(), "x.tar").problems] == ["link", "hard", "fifo"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    (problem,) = read(out.getvalue(), "x.zip").problems
    assert "link" in problem.reason


def test_encrypted_members(read: Read) -> None:
    data = bytearray(zipped({"a.eml": MAIL % b"one"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rfind(mark) + offset] |= 1
    assert [problem.kind for problem in read(bytes(data), "x.zip").problems] == ["encrypted"]
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password="secret") as archive:
        archive.writestr(MAIL % b"one", "a.eml")
    assert [problem.kind for problem in read(out.getvalue(), "x.7z").problems] == ["encrypted"]


def test_files_of_the_system_are_one_line(read: Read) -> None:
    found = read(zipped({"__MACOSX/._a": b"x", "box/.DS_Store": b"x", "a.eml": MAIL % b"one"}), "x.zip")
    assert (len(found.messages), len(found.problems)) == (1, 1)


def test_names_in_other_alphabets(read: Read) -> None:
    found = read(zipped({"correo señor.eml": MAIL % b"one"}), "x.zip")
    assert found.messages[0].source.member == "correo señor.eml"


@pytest.mark.parametrize("pack", PACKERS)
def test_a_broken_archive_never_raises(read: Read, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    whole = pack({**FILES, "more.eml": MAIL % b"x" * 50})
    for part in range(1, 8):
        found = read(whole[: len(whole) * part // 8], f"x{part}")
        assert found.messages or found.problems
        middle = len(whole) * part // 8
        found = read(whole[:middle] + b"\xff" * 20 + whole[middle + 20 :], f"y{part}")
        assert found.messages or found.problems


def test_a_packed_file_that_is_too_large(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_PLAIN", 1000)
    assert [problem.kind for problem in read(gzip.compress(b"x y\n" * 1000), "x.gz").problems] == ["limit"]


def test_streams_that_are_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SMALL", 1000)
    with pytest.raises(LimitReached):
        list(streams.chunks(io.BytesIO(b"x" * 5000), 2))
    assert b"".join(streams.chunks(io.BytesIO(b"x" * 5000), None)) == b"x" * 5000


def test_archives_of_too_many_members(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (tars, sevens, zipped_module):
        monkeypatch.setattr(module, "MAX_MEMBERS", 1)
    for pack in (zipped, tarred, sevened):
        assert "limit" in [problem.kind for problem in read(pack(FILES), "x").problems]


def test_an_empty_packed_mailbox_and_an_archive_of_nothing(read: Read) -> None:
    assert read(zipped({}), "x.zip").problems == ()
    assert read(tarred({}), "x.tar").problems == ()
    assert read(gzip.compress(b""), "x.gz").problems[0].kind == "empty"


def test_a_name_of_the_old_code_page(read: Read) -> None:
    data = zipped({"abc.eml": MAIL % b"one"}).replace(b"abc.eml", b"a\x82c.eml")
    assert read(data, "x.zip").messages[0].source.member == "aéc.eml"


def test_a_7z_that_is_damaged_says_so_in_plain_words(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sevened(FILES)
    for at in range(40, len(whole), 7):
        found = read(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :], f"x{at}")
        assert all("the reader failed on it" not in problem.reason for problem in found.problems)
    errors = py7zr.exceptions
    for error, kind in (
        (errors.UnsupportedCompressionMethodError(b"", "x"), "unsupported"),
        (errors.DecompressionBombError("x"), "limit"),
        (errors.CrcError(1, 2, "x"), "damaged"),
    ):
        monkeypatch.setattr(py7zr.SevenZipFile, "list", lambda _, error=error: (_ for _ in ()).throw(error))
        assert [problem.kind for problem in read(whole, f"{kind}.7z").problems] == [kind]


def test_a_zip_packed_in_an_unknown_way(read: Read) -> None:
    data = bytearray(zipped({"a.eml": MAIL % b"one"}))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.rfind(mark) + offset] = 97
    (problem,) = read(bytes(data), "x.zip").problems
    assert (problem.kind, "unpack it by hand" in problem.reason) == ("unsupported", True)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress], ids=["plain", "gz", "xz"])
def test_a_tar_that_breaks_off_gives_what_came_before(read: Read, pack: Callable[[bytes], bytes]) -> None:
    whole = tarred({"a.eml": MAIL % b"one", "b.eml": MAIL % b"two" + b"word " * 5000})
    found = read(pack(whole[:4000]), "release.tar")
    check_laws(found.messages)
    assert [message.subject for message in found.messages] == ["one", "two"]
    assert [problem.kind for problem in found.problems] == ["damaged"]
    assert "what came before was read" in found.problems[0].reason


@pytest.mark.parametrize("inner", [False, True], ids=["file", "member"])
def test_a_packed_file_that_breaks_off_gives_what_came_before(read: Read, inner: bool) -> None:
    body = b"".join(b"%d " % (n * n) for n in range(20_000))
    cut_off = gzip.compress(MAIL % b"one" + body)[:30_000]
    found = read(zipped({"a.eml.gz": cut_off}) if inner else cut_off, "packed")
    assert [message.subject for message in found.messages] == ["one"]
    assert found.messages[0].text.count("\n") < 9
    assert [problem.kind for problem in found.problems] == ["damaged"]
