from __future__ import annotations

import lzma
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_support import Read, check_laws, read_file, unit_of

from corpus_search import sources
from corpus_search.errors import PartMissing
from corpus_search.model import Problem, Source
from corpus_search.sources.formats import READERS
from corpus_search.sources.guard import explain
from corpus_search.sources.reading import Budget, LimitReached, NotReadable


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t", b"\x00" * 100])
def test_an_empty_file(read: Read, data: bytes) -> None:
    (problem,) = read(data).problems
    assert problem.kind == "empty"


@pytest.mark.parametrize("data", [b"\x01\x02\x03" * 50, b"\x7fELF" + bytes(60), b"Rar!\x1a\x07\x00" + bytes(40)])
def test_an_unknown_format_is_accounted_for(read: Read, data: bytes) -> None:
    (problem,) = read(data).problems
    assert problem.kind == "unsupported"
    assert problem.source.path == "file"


def test_a_known_format_without_a_reader_is_named(read: Read) -> None:
    assert "RAR archive is not read; unpack it" in read(b"Rar!\x1a\x07\x00" + bytes(40)).problems[0].reason
    assert "begins with bytes 01 02" in read(b"\x01\x02\x03").problems[0].reason


def test_a_file_that_went(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"From: a@b.c\nSubject: s\n\nx")
    unit = unit_of(file)
    file.unlink()
    assert sources.cut(unit).problems[0].kind == "unreadable"
    gone = replace(unit, source=replace(unit.source, format="eml"))
    assert sources.read(gone).problems[0].kind == "unreadable"
    paged = next((reader.format for reader in READERS if reader.read_pages), None)
    if paged:
        gone = replace(unit, source=replace(unit.source, format=paged))
        assert sources.read_pages(gone).problems


def test_formats_have_names_of_their_own() -> None:
    names = [reader.format for reader in READERS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (NotReadable("encrypted", "x"), "encrypted"),
        (LimitReached("x"), "limit"),
        (PartMissing("pip install x"), "unsupported"),
        (MemoryError(), "limit"),
        (RecursionError(), "limit"),
        (PermissionError(13, "no"), "unreadable"),
        (OSError(22, "Invalid argument"), "damaged"),
        (ValueError(), "damaged"),
        (ValueError("x\ny" * 500), "damaged"),
        (RuntimeError("x"), "damaged"),
        (NotImplementedError("That compression method is not supported"), "unsupported"),
        (NotImplementedError(), "damaged"),
        (lzma.LZMAError("Corrupt input data"), "damaged"),
        (tarfile.ReadError("unexpected end of data"), "damaged"),
    ],
)
def test_every_failure_says_what_to_do(error: Exception, kind: str) -> None:
    found, reason = explain(error)
    assert found == kind
    assert reason
    assert len(reason) < 500
    assert "\n" not in reason


def test_a_budget_runs_out() -> None:
    budget = Budget(10)
    budget.spend(10)
    with pytest.raises(LimitReached):
        budget.spend(1)


def test_two_files_of_the_same_bytes_have_ids_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"From: a@b.c\nSubject: s\nMessage-ID: <1@x>\n\nx")
    unit = replace(unit_of(file), source=Source("x", None, "ab", "eml"))
    first, other = sources.read(unit), sources.read(replace(unit, salt="other"))
    assert first.messages[0].id != other.messages[0].id
    assert first == sources.read(unit)


MAGIC = [
    *(b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c"),
    *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"!BDN", b"\x78\x9f\x3e\x22", b"BEGIN:VCARD\n", b"<html>", b'[{"'),
    *(b"From a@b.c Tue Mar  6 08:12:44 2018\nFrom: x\n", b"From: a@b.c\nSubject: s\n", b"a,b,c,d\n1,2,3,4\n"),
    *(b"{\\rtf1", b"%PDF-1.4\n", b"\xff\xfe", b""),
]


@given(st.sampled_from(MAGIC), st.binary(max_size=200), st.binary(max_size=60))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_accounted_for(tmp_path: Path, magic: bytes, body: bytes, more: bytes) -> None:
    file = tmp_path / "x"
    file.write_bytes(magic + body + magic + more)
    found = read_file(file)
    check_laws(found.messages)
    assert all(isinstance(problem, Problem) and problem.reason for problem in found.problems)
    if not found.messages and not found.problems:
        assert sources.cut(unit_of(file)).format


@pytest.mark.real
@pytest.mark.parametrize(
    ("folder", "messages", "attached"),
    [
        ("mbox-big/BackupTheBerlios+openocd-development-maillist", 21_624, 0),
        ("mbox-small/datactive+bigbang/tests", 109, 0),
    ],
)
def test_real_mailboxes(real_data: Path, folder: str, messages: int, attached: int) -> None:
    found = [read_file(file) for file in sorted((real_data / folder).rglob("*")) if file.is_file()]
    mails = [
        message for one in found for message in one.messages if message.source.format == "mbox" and not message.quoted
    ]
    assert len([message for message in mails if message.within is None]) == messages
    assert attached == 0


@pytest.mark.real
@pytest.mark.parametrize("folder", ["mime-nasty", "containers", "foia-email"])
def test_real_files_are_read_or_accounted_for(real_data: Path, folder: str) -> None:
    for file in sorted((real_data / folder).rglob("*")):
        if file.is_file() and file.stat().st_size < 1 << 20 and file.suffix.lower() != ".pdf":
            found = read_file(file)
            check_laws(found.messages)
            assert found.messages or found.problems or sources.cut(unit_of(file)).format, file
