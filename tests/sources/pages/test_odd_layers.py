"""Text layers, forms and bookmarks that are not as they should be."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from page_support import HEIGHT, drawn, read, texts, written
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from corpus_search.sources.pages import bookmarks
from corpus_search.sources.pages.bookmarks import bookmarks_of
from corpus_search.sources.pages.pdfium import opened


def _mapped(data: bytes, code: int, meaning: str) -> bytes:
    """The PDF with one character code of its first font said to mean something else, by a table as real files have."""
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"1 beginbfchar <{code:02X}> <{meaning.encode('utf-16-be').hex()}> endbfchar\nendcmap end end"
    )
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for font in document.pages[0].Resources.Font.values():
            font.ToUnicode = document.make_stream(table.encode())
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("meaning", "line"),
    [("ﬁ", "the ofice"), ("🙂", "the o🙂ce"), ("\u200b", "the oce"), ("x", "the oxce")],
    ids=["ligature", "beyond the basic plane", "of no width", "another letter"],
)
def test_what_a_character_means_is_what_the_file_says(tmp_path: Path, meaning: str, line: str) -> None:
    (page,), _ = read(tmp_path, _mapped(drawn(written("the o~ce and more words")), ord("~"), meaning))
    assert texts(page)[0].startswith(line)


@pytest.mark.parametrize(("checked", "shown"), [(True, "Agree [x]"), (False, "Agree")])
def test_a_box_that_is_ticked(tmp_path: Path, checked: bool, shown: str) -> None:
    def draw(sheet: Canvas) -> None:
        sheet.drawString(72, HEIGHT - 72, "Agree")
        sheet.acroForm.checkbox(checked=checked, x=120, y=HEIGHT - 76, size=12, name="agree")

    (page,), _ = read(tmp_path, drawn(draw))
    assert [" ".join(line.split()) for line in texts(page)] == [shown]


@pytest.mark.parametrize(("flags", "seen"), [(4, True), (2, False)])
def test_a_note_that_is_hidden_is_not_read(tmp_path: Path, flags: int, seen: bool) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(written("A line of text")))) as document:
        note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([72, 500, 300, 520]), F=flags)
        note.Contents, note.DA = String("typed on it"), String("/Helv 10 Tf 0 g")
        document.pages[0].Annots = Array([document.make_indirect(note)])
        document.save(out)
    (page,), _ = read(tmp_path, out.getvalue())
    assert ("typed on it" in texts(page)) is seen


def test_bookmarks_that_lead_nowhere_or_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def marked(sheet: Canvas) -> None:
        for number in range(3):
            sheet.bookmarkPage(f"mail {number}")
            sheet.addOutlineEntry(f"RE:   plate {number}", f"mail {number}")

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(marked))) as document:
        first = document.Root.Outlines.First
        del first.Dest
        document.save(out)
    file = tmp_path / "a.pdf"
    file.write_bytes(out.getvalue())
    with opened(str(file)) as document:
        assert bookmarks_of(document) == {0: "RE: plate 1"}
        monkeypatch.setattr(bookmarks, "MOST", 1)
        assert bookmarks_of(document) == {}
