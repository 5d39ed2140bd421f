"""PDFs that are locked, broken, empty, huge, or hold other things than print: a problem line, and nothing else lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest
from page_support import drawn, read, texts, written
from PIL import Image
from reading_support import Read
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus_search.sources.reading import ReadOptions

TEXT = written("From: Lopez, Andrew", "Subject: plate", "Can you run 7ABC123?")


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(out)
    return out.getvalue()


def kinds(read: Read, data: bytes) -> list[str]:
    return [problem.kind for problem in read(data, "file.pdf").problems]


def test_a_locked_file_is_told_and_one_with_an_empty_password_is_read(read: Read) -> None:
    locked = drawn(TEXT, encrypt=StandardEncryption("grove", ownerPassword="x", strength=128))
    reading = read(locked, "locked.pdf")
    assert [problem.kind for problem in reading.problems] == ["encrypted"]
    assert "password" in reading.problems[0].reason
    opened = drawn(TEXT, encrypt=StandardEncryption("", ownerPassword="x", canPrint=0, strength=128))
    reading = read(opened, "open.pdf")
    assert reading.problems == ()
    assert "7ABC123" in reading.messages[0].text


def test_a_file_that_breaks_off(read: Read) -> None:
    whole = drawn(*[TEXT] * 3)
    assert kinds(read, whole[:300]) == ["damaged"]
    assert kinds(read, b"%PDF-1.7 and then nothing of the kind") == ["damaged"]


def test_a_file_without_its_end_is_read_as_far_as_it_can_be(read: Read) -> None:
    reading = read(drawn(TEXT).replace(b"%%EOF", b""), "file.pdf")
    assert [problem.kind for problem in reading.problems] == ["damaged"]
    assert "cut short" in reading.problems[0].reason
    assert "7ABC123" in reading.messages[0].text


def test_a_file_of_no_pages(read: Read) -> None:
    def empty(document: pikepdf.Pdf) -> None:
        del document.pages[:]

    assert kinds(read, changed(drawn(TEXT), empty)) in (["empty"], ["damaged"])


def test_a_damaged_page_keeps_none_of_the_others_from_being_read(tmp_path: Path) -> None:
    def damage(document: pikepdf.Pdf) -> None:
        document.Root.Pages.Kids[1] = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name("/Nothing")))

    pages, problems = read(tmp_path, changed(drawn(TEXT, TEXT, TEXT), damage))
    assert [texts(page)[-1:] for page in (pages[0], pages[-1])] == [["Can you run 7ABC123?"]] * 2
    assert len(pages) == 3
    assert all(problem.kind == "damaged" for problem in problems)


def test_a_page_as_large_as_a_wall_and_one_of_no_size(tmp_path: Path) -> None:
    def resize(document: pikepdf.Pdf) -> None:
        document.pages[0].MediaBox = pikepdf.Array([0, 0, 14400, 14400])
        document.pages[1].MediaBox = pikepdf.Array([0, 0, 1, 1])

    data = changed(drawn(TEXT, TEXT), resize)
    pages, _ = read(tmp_path, data, ReadOptions("force"))
    assert texts(pages[0]) == ["From: Lopez, Andrew", "Subject: plate", "Can you run 7ABC123?"]
    assert len(pages) == 2


def test_a_picture_of_too_many_pixels_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_search.sources.pages.extract.MAX_SOURCE", 1_000_000)

    def draw(sheet: Canvas) -> None:
        data = io.BytesIO()
        Image.new("1", (1_200, 1_200)).save(data, "PNG")
        data.seek(0)
        sheet.drawImage(ImageReader(data), 0, 0, 612, 792)

    for ocr in ("auto", "never"):
        pages, problems = read(tmp_path, drawn(draw), ReadOptions(ocr))  # type: ignore[arg-type]
        assert [page.read_by for page in pages] == ["unread"]
        assert [problem.kind for problem in problems] == ["limit" if ocr == "auto" else "unread"]


def test_values_typed_into_a_form_are_read_in_their_places(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        sheet.drawString(72, 700, "Plate")
        sheet.acroForm.textfield(name="plate", value="7ABC123", x=120, y=694, width=120, height=18)
        sheet.drawString(72, 670, "Urgent")
        sheet.acroForm.checkbox(name="urgent", checked=True, x=120, y=666, size=14)

    pages, _ = read(tmp_path, drawn(draw))
    assert [text.split() for text in texts(pages[0])] == [["Plate", "7ABC123"], ["Urgent", "[x]"]]


def test_text_of_annotations_is_read(tmp_path: Path) -> None:
    def note(document: pikepdf.Pdf) -> None:
        shown = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[72, 500, 300, 520], Contents="see Brian", F=4
        )
        document.pages[0].Annots = document.make_indirect(pikepdf.Array([shown]))

    pages, _ = read(tmp_path, changed(drawn(TEXT), note))
    assert texts(pages[0])[-1] == "see Brian"


def test_mails_within_a_portfolio_are_members(read: Read) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "within"
    mail["Date"] = "Tue, 6 Mar 2018 08:12:00 -0800"
    mail.set_content("Comes back to nobody.")

    def attach(document: pikepdf.Pdf) -> None:
        document.attachments["RE_ plate.eml"] = bytes(mail)
        document.attachments["list.pdf"] = drawn(TEXT)

    reading = read(changed(drawn(written("For the best experience, open this PDF portfolio in Acrobat X")), attach))
    members = {message.source.member: message for message in reading.messages}
    assert members["RE_ plate.eml"].subject == "within"
    assert "7ABC123" in members["list.pdf"].text
    assert len({message.id for message in reading.messages}) == len(reading.messages)
    assert reading.pages.seen == 2


def test_bookmarks_lead_to_pages(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        TEXT(sheet)
        sheet.bookmarkPage("here")
        sheet.addOutlineEntry("RE: plate", "here")

    pages, _ = read(tmp_path, drawn(TEXT, draw))
    assert [page.bookmark for page in pages] == [None, "RE: plate"]


def test_many_pages_are_cut_into_runs(tmp_path: Path) -> None:
    pages, problems = read(tmp_path, drawn(*[written(f"page {number}") for number in range(1, 121)]))
    assert [page.number for page in pages] == list(range(1, 121))
    assert [texts(page) for page in pages[-1:]] == [["page 120"]]
    assert problems == []


@pytest.mark.parametrize("data", [b"Subject: x\nFrom: a@b.org\n\n%PDF-1.4 is a mark", b"see %PDF- in this text"])
def test_what_only_speaks_of_a_pdf_is_none(read: Read, data: bytes) -> None:
    assert all(message.source.format != "pdf" for message in read(data).messages)


def test_a_file_that_can_not_be_taken_out_of_a_portfolio(read: Read) -> None:
    def attach(document: pikepdf.Pdf) -> None:
        document.attachments["a.txt"] = b"Comes back to nobody at all."
        document.Root.Names.EmbeddedFiles.Names[1].EF = pikepdf.Dictionary()

    reading = read(changed(drawn(TEXT), attach))
    assert [(problem.kind, problem.source.member) for problem in reading.problems] == [("damaged", "a.txt")]
    assert "7ABC123" in reading.messages[0].text
