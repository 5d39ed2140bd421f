from __future__ import annotations

import io
import zlib
from pathlib import Path

import pikepdf
import pytest
from page_support import drawn, written
from pikepdf import Array, Dictionary, Name, Stream, String

from corpus_search.model import Source
from corpus_search.sources import pdf
from corpus_search.sources.nested import open_within
from corpus_search.sources.pages import portfolio, swollen
from corpus_search.sources.pages.swollen import has_swollen
from corpus_search.sources.reading import Budget, Origin, Unit

MOST = 3 << 20


def stream(content: bytes, head: bytes = b"/Type/EmbeddedFile") -> bytes:
    return b"7 0 obj\n<<%s/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj\n" % (head, content)


ZEROS = zlib.compress(b"\0" * (4 << 20), 9)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (stream(ZEROS), True),
        (stream(zlib.compress(b"\0" * (2 << 20), 9)), False),
        (stream(ZEROS, b"/Subtype/Image"), False),
        (stream(ZEROS[:40]), False),
        (stream(ZEROS).replace(b"endstream", b""), True),
        (stream(b"x" * len(ZEROS)), False),
        (b"%PDF-1.4 no stream", False),
    ],
    ids=["zeros", "smaller", "a picture", "cut off", "without an end", "no deflate", "none"],
)
def test_what_unpacks_to_more_than_a_reader_holds(data: bytes, found: bool) -> None:
    assert has_swollen(data, MOST) is found


def test_a_file_within_that_is_a_bomb_is_not_taken_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio, "LARGEST", MOST)
    monkeypatch.setattr(portfolio, "has_swollen", lambda data: has_swollen(data, MOST))
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(written("A page of its own")))) as document:
        packed = Stream(document, b"")
        packed.write(ZEROS, filter=Name.FlateDecode)
        held = document.make_indirect(packed)
        entry = Dictionary(Type=Name.Filespec, UF="zeros.txt", EF=Dictionary(F=held))
        names = Array([String("zeros.txt"), document.make_indirect(entry)])
        document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
        document.save(out)
    file = tmp_path / "bomb.pdf"
    file.write_bytes(out.getvalue())
    source = Source("bomb.pdf", None, "00" * 32, "pdf")
    origin = Origin(source, "R", open_within, Budget(1 << 30))
    reading = portfolio.embedded(Unit(str(file), source, "R"), origin)
    assert [problem.kind for problem in reading.problems] == ["limit"]
    run = pdf.read_pages(Unit(str(file), source, "R"))
    assert [line["text"] for line in run.pages[0]["lines"]] == ["A page of its own"]


def test_the_limit_is_what_the_docstring_says() -> None:
    assert swollen.MOST == portfolio.LARGEST == 256 << 20
