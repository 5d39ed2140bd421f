"""Pages that are pictures: only they are read by OCR, straightened, with what is sure kept sure."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from page_support import drawn, read, replace, texts, written
from PIL import Image
from reading_support import unit_of
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus_search.sources import image
from corpus_search.sources.lines import pages_from_json
from corpus_search.sources.pages.need import garbage
from corpus_search.sources.pages.picture import black_boxes, is_blank, skew_of
from corpus_search.sources.pages.plates import look_twice
from corpus_search.sources.pages.words import Box, Word
from corpus_search.sources.reading import ReadOptions

AUTO = ReadOptions("auto")
MAIL = [
    "From: Kessler, Brian T <Brian.T.Kessler@ice.dhs.gov>",
    "Sent: Tuesday, June 19, 2018 1:44 PM",
    "Subject: one more",
    "Ray, can you run plate 7ABC123 when you have a second?",
    "It was at the swap meet on Sunday.",
]
Change = Callable[[Image.Image], Image.Image]


def picture(*lines: str, size: float = 12) -> Image.Image:
    """Lines of print as a picture of a page at 200 dots an inch."""
    document = pypdfium2.PdfDocument(drawn(written(*lines, size=size)))
    return document[0].render(scale=200 / 72, grayscale=True).to_pil()


def scan(shown: Image.Image, *more: Callable[[Canvas], None]) -> bytes:
    """A PDF whose page is a picture, with more drawn on it."""

    def draw(sheet: Canvas) -> None:
        data = io.BytesIO()
        shown.save(data, "PNG")
        data.seek(0)
        sheet.drawImage(ImageReader(data), 0, 0, 612, 792)
        for one in more:
            one(sheet)

    return drawn(draw)


@pytest.fixture(scope="module")
def mail() -> Image.Image:
    return picture(*MAIL)


def test_a_page_with_text_is_not_read_by_ocr(tmp_path: Path) -> None:
    pages, _ = read(tmp_path, drawn(written(*MAIL)), AUTO)
    assert (pages[0].read_by, pages[0].confidence) == ("text", None)


@pytest.mark.parametrize(
    "change",
    [lambda one: one, lambda one: one.rotate(2.2, fillcolor=255), lambda one: one.rotate(90, expand=True)],
    ids=["straight", "askew", "on its side"],
)
def test_a_scan_is_read(tmp_path: Path, mail: Image.Image, change: Change) -> None:
    pages, problems = read(tmp_path, scan(change(mail)), AUTO)
    assert texts(pages[0]) == MAIL
    assert pages[0].read_by == "ocr"
    assert pages[0].confidence is not None
    assert pages[0].confidence > 0.8
    assert problems == []


def test_a_line_of_dashes_and_words_is_not_passed_over(tmp_path: Path) -> None:
    lines = ["Thanks,", "Alana", "-----Original Message-----", *MAIL]
    pages, _ = read(tmp_path, scan(picture(*lines)), AUTO)
    assert texts(pages[0]) == lines


def test_a_rule_is_no_line(tmp_path: Path, mail: Image.Image) -> None:
    def rule(sheet: Canvas) -> None:
        sheet.line(72, 500, 500, 500)
        sheet.rect(72, 300, 100, 100)

    pages, _ = read(tmp_path, scan(mail, rule), AUTO)
    assert texts(pages[0]) == MAIL


def test_without_ocr_it_is_told_how_to_read_it(tmp_path: Path, mail: Image.Image) -> None:
    pages, problems = read(tmp_path, scan(mail))
    assert [page.read_by for page in pages] == ["unread"]
    assert [problem.kind for problem in problems] == ["unread"]
    assert "--ocr auto" in problems[0].reason


def test_a_blank_page_counts_as_text(tmp_path: Path) -> None:
    blank = Image.new("L", (1700, 2200), 250)
    for data in (scan(blank), drawn(lambda sheet: None)):
        for options in (AUTO, ReadOptions("never")):
            pages, problems = read(tmp_path, data, options)
            assert ([page.read_by for page in pages], problems) == (["text"], [])


def test_a_stamp_over_a_scan_is_kept_and_read_once(tmp_path: Path, mail: Image.Image) -> None:
    def stamp(sheet: Canvas) -> None:
        sheet.drawString(450, 30, "OGSD-000123")

    pages, _ = read(tmp_path, scan(mail, stamp), AUTO)
    assert texts(pages[0]) == [*MAIL, "OGSD-000123"]


def test_a_layer_of_hidden_text_is_not_doubled(tmp_path: Path, mail: Image.Image) -> None:
    def layer(sheet: Canvas) -> None:
        text = sheet.beginText(72, 792 - 72)
        text.setTextRenderMode(3)
        text.setFont("Helvetica", 12)
        text.setLeading(12 * 1.3)
        for line in MAIL:
            text.textLine(line)
        sheet.drawText(text)

    for options, by in ((AUTO, "text"), (ReadOptions("force"), "ocr")):
        pages, problems = read(tmp_path, scan(mail, layer), options)
        assert (texts(pages[0]), pages[0].read_by, problems) == (MAIL, by, [])


def test_a_black_box_on_a_scan_with_its_code(tmp_path: Path, mail: Image.Image) -> None:
    def blacked(sheet: Canvas) -> None:
        sheet.rect(0, 0, 612, 792, fill=1)
        sheet.setFillColorRGB(1, 1, 1)
        sheet.drawString(20, 700, "(b)(6)")

    shown = mail.convert("L")
    document = pypdfium2.PdfDocument(drawn(blacked))
    black = document[0].render(scale=200 / 72, grayscale=True).to_pil().crop((40, 220, 260, 262))
    shown.paste(black, (200, 420))
    pages, _ = read(tmp_path, scan(shown), AUTO)
    assert texts(pages[0]) == [*MAIL, "█"]
    assert pages[0].lines[-1].redactions == ((0, "(b)(6)"),)


def test_a_picture_as_a_file_each_frame_a_page(tmp_path: Path, mail: Image.Image) -> None:
    file = tmp_path / "fax.tif"
    mail.save(file, save_all=True, append_images=[Image.new("L", mail.size, 255)], dpi=(200, 200))
    assert image.recognise(file.read_bytes()[:100], file)
    unit = unit_of(file)
    assert unit.options.ocr == "never"
    assert image.read_pages(unit).count.unread == 2
    pages = pages_from_json(image.read_pages(replace(unit, options=AUTO)).pages)
    assert [texts(page) for page in pages] == [MAIL, []]
    assert [page.size for page in pages] == [(612, 792)] * 2


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Can you run this plate for me before lunch and tell me who it is", 0, 0.05),
        ("7ABC123 8XKD204 NCIC CLETS OCSD DMV LASD ICE ERO HSI 18-03311 (b)(7)(C)", 0, 0.05),
        ("Wkh txlfn eurzq ira mxpsv ryhu wkh odcb grj dqg uxqv", 0.2, 1),
        (" ".join(["\ue001\ue002\ue003\ue004"] * 9), 0.9, 1),
        ("short", 0, 0),
    ],
)
def test_how_much_of_a_layer_is_garbage(text: str, low: float, high: float) -> None:
    assert low <= garbage([Word(one, Box(0, 0, 1, 1)) for one in text.split()]) <= high


def test_a_layer_of_garbage_is_read_by_ocr_and_letters_that_are_no_words_are_not(tmp_path: Path) -> None:
    keys = ["qzXtRkLmPw9 hGfDsZxCvBn kLmNbVcXzQw", "tRgHyJuKiLo pQwErTyUiOp zXcVbNmAsDf"]
    pages, _ = read(tmp_path, drawn(written(*keys)), AUTO)
    assert (texts(pages[0]), pages[0].read_by) == (keys, "text")


def test_skew_is_measured(mail: Image.Image) -> None:
    assert skew_of(mail) == 0
    assert abs(skew_of(mail.rotate(-3, fillcolor=255)) - 3) < 0.3


def test_boxes_and_blank_paper(mail: Image.Image) -> None:
    assert is_blank(Image.new("L", (1700, 2200), 240))
    assert not is_blank(mail)
    assert black_boxes(mail, 200 / 72) == []
    assert len(black_boxes(Image.new("L", (400, 100), 0), 200 / 72)) == 1


def test_plates_are_looked_at_twice(mail: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_search.sources.pages.ocr.line_in", lambda image, letters="": "7A8C123")
    words = [Word("7ABC123?", Box(100, 100, 160, 112)), Word("second", Box(0, 0, 9, 9)), Word("OCSD", Box(0, 0, 9, 9))]
    assert [(one.word.text, one.other) for one in look_twice(words, mail, 200 / 72)] == [("7ABC123?", "7A8C123")]
