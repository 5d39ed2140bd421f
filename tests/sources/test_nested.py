from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pst_support import Folder, mail, mailbox
from reading_support import Read, check_laws

from corpus_search import sources
from corpus_search.model import Message, PageCount, Place, Problem, Reading, Zone
from corpus_search.sources import formats
from corpus_search.sources.reading import Origin, PageRun, Reader, Unit, together

MARK = b"%SHEETS"


def cut(unit: Unit) -> tuple[Unit, ...]:
    """Two runs of one page each."""
    return (replace(unit, start=0, stop=1), replace(unit, start=1, stop=2))


def read_pages(unit: Unit) -> PageRun:
    text = Path(unit.file).read_text()
    problem = Problem(unit.source, unit.release, "damaged", "x", Place("page", unit.start + 1))
    return PageRun(({"text": text},), (problem,), PageCount(text=1))


def join(unit: Unit, pages: Sequence[dict[str, Any]]) -> Reading:
    text = " ".join(page["text"] for page in pages)
    identifier = f"{unit.salt}{unit.source.member}"
    zones = (Zone("own", 0, len(text)),)
    return Reading((Message(identifier, "document", unit.release, unit.source, (), text, zones),))


SHEETS = Reader("sheets", lambda head, path: head.startswith(MARK), cut, read_pages=read_pages, join=join)
LINES = Reader(
    "lines", lambda head, path: head.startswith(b"%LINES"), read=lambda unit: Reading(pages=PageCount(ocr=1))
)


@pytest.fixture(autouse=True)
def _formats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "READERS", (SHEETS, LINES, *formats.READERS))
    monkeypatch.setattr(formats, "_BY_NAME", {reader.format: reader for reader in formats.READERS})


def mail_with(data: bytes) -> str:
    part = f"Content-Type: application/x; name=a.sheets\n\n{data.decode()}"
    head = "From: a@b.c\nMessage-ID: <1@x>\nContent-Type: multipart/mixed; boundary=B\n\n"
    return f"{head}--B\n{part}\n--B\n{part}\n--B--\n"


def test_attached_pages_are_joined_and_tied_to_their_host(read: Read) -> None:
    found = read(mail_with(MARK + b" one"), "x.eml")
    check_laws(found.messages)
    host, first, second = found.messages
    assert first.within == second.within == host.id
    assert first.id != second.id
    assert first.places == host.places
    assert {problem.source for problem in found.problems} == {first.source}
    assert (first.text, first.source.member, first.source.format) == ("%SHEETS one %SHEETS one", "a.sheets", "sheets")
    assert found.pages == PageCount(text=4)
    assert len(found.problems) == 4


def test_a_format_that_reads_files(read: Read) -> None:
    assert read(mail_with(b"%LINES"), "x.eml").pages == PageCount(ocr=2)
    assert read(b"%LINES", "x").pages == PageCount(ocr=1)


def test_pages_through_the_door(read: Read, tmp_path: Path) -> None:
    found = read(MARK, "x")
    assert found.messages[0].text == "%SHEETS %SHEETS"
    unit = Unit(str(tmp_path / "x"), found.messages[0].source, "R")
    assert len(sources.read_pages(unit).pages) == 1


def test_a_mailbox_in_a_zip(read: Read) -> None:
    """Each of the same mails in two mailboxes of a zip has an id of its own; an empty mailbox has no problem."""
    pytest.importorskip("pypff")
    whole = mailbox(Folder("Inbox", [mail("s", "b")]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (("a.pst", whole), ("b.pst", whole), ("none.pst", mailbox()), ("empty.txt", b"")):
            archive.writestr(name, data)
    found = read(out.getvalue(), "x.zip")
    check_laws(found.messages)
    assert [message.source.member for message in found.messages] == [
        f"{name}.pst/Top of Personal Folders/Inbox" for name in "ab"
    ]
    assert [(problem.kind, problem.source.member) for problem in found.problems] == [("empty", "empty.txt")]


def test_a_file_too_large_for_one_piece(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_WHOLE", 10)
    assert [problem.kind for problem in read("From: a@b.c\nSubject: s\n\nx").problems] == ["limit"]


def test_origins_of_what_lies_within(origin: Origin) -> None:
    inner = origin.inner("a", 1).inner("b", 2, within="host")
    assert (inner.source.member, inner.spot, inner.within, inner.depth) == ("a/b", "0/1/2", "host", 2)
    assert inner.at(Place("message", 3)).problem("x", "y").place == Place("message", 3)
    assert inner.problem("x", "y").place is None
    assert together([]) == Reading()
