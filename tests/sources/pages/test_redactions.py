"""Boxes over text: what is covered is never read, one █ stands for it, and text left under a box is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_support import HEIGHT, drawn, read, texts, written
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus_search.sources.pages.codes import code_in, says_nothing
from corpus_search.sources.reading import ReadOptions

BEFORE, SECRET, AFTER = "Comes back to ", "Jose Ibarra", " on W 17th"
BASE = HEIGHT - 100


def line(sheet: Canvas, secret: str = SECRET) -> tuple[float, float]:
    """A line of text; where the secret begins and ends."""
    sheet.setFillColorRGB(0, 0, 0)
    sheet.setFont("Helvetica", 11)
    sheet.drawString(72, BASE, BEFORE + secret + AFTER)
    start = 72 + stringWidth(BEFORE, "Helvetica", 11)
    return start, start + stringWidth(secret, "Helvetica", 11)


def box(sheet: Canvas, left: float, right: float, colour: tuple[float, float, float] = (0, 0, 0)) -> None:
    sheet.setFillColorRGB(*colour)
    sheet.rect(left, BASE - 3, right - left, 13, stroke=0, fill=1)


@pytest.mark.parametrize(
    "colour",
    [(0, 0, 0), (1, 1, 1), (0.6, 0.6, 0.6), (0.9, 0.1, 0.1), (0.1, 0.2, 0.8)],
    ids=["black", "white-out", "grey", "red", "blue"],
)
def test_text_left_under_a_box_is_a_failed_redaction(tmp_path: Path, colour: tuple[float, float, float]) -> None:
    def draw(sheet: Canvas) -> None:
        box(sheet, *line(sheet), colour)

    pages, problems = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == ["Comes back to █ on W 17th"]
    assert [problem.kind for problem in problems] == ["failed redaction"]
    assert problems[0].reason.startswith("failed redaction: text under a box at ")
    assert SECRET not in problems[0].reason
    assert problems[0].place is not None
    assert problems[0].place.number == 1


def test_it_is_kept_if_asked_for_and_told_all_the_same(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        box(sheet, *line(sheet))

    pages, problems = read(tmp_path, drawn(draw), ReadOptions("never", keep_failed_redactions=True))
    assert texts(pages[0]) == [BEFORE + SECRET + AFTER]
    assert [problem.kind for problem in problems] == ["failed redaction"]


def test_a_part_of_a_word_under_a_box(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        line(sheet, "7ABC123")
        start = 72 + stringWidth(BEFORE + "7AB", "Helvetica", 11)
        box(sheet, start, start + stringWidth("C123", "Helvetica", 11))

    pages, problems = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == ["Comes back to 7AB█ on W 17th"]
    assert len(problems) == 1


def test_a_pattern_of_lines_over_text(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        left, right = line(sheet)
        box(sheet, left, right, (0.5, 0.5, 0.5))
        sheet.setStrokeColorRGB(0, 0, 0)
        for number in range(int(right - left) // 4):
            sheet.line(left + 4 * number, BASE - 3, left + 4 * number + 4, BASE + 10)

    pages, problems = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == ["Comes back to █ on W 17th"]
    assert len(problems) == 1


def test_text_in_the_colour_of_the_box_it_is_written_on(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        start = 72 + stringWidth(BEFORE, "Helvetica", 11)
        box(sheet, start, start + stringWidth(SECRET, "Helvetica", 11))
        line(sheet)

    pages, problems = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == ["Comes back to █ on W 17th"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("code", "colour", "ink"),
    [("(b)(6)", 0, 1), ("(b)(6); (b)(7)(C)", 0, 1), ("B6", 1, 0), ("GC 6254(f)", 0.8, 0), ("REDACTED", 0, 1)],
)
def test_a_code_on_a_box_with_nothing_under_it(tmp_path: Path, code: str, colour: float, ink: float) -> None:
    def draw(sheet: Canvas) -> None:
        sheet.drawString(72, BASE, "Comes back to")
        box(sheet, 150, 260, (colour, colour, colour))
        sheet.setFillColorRGB(ink, ink, ink)
        sheet.drawString(156, BASE, code)
        sheet.setFillColorRGB(0, 0, 0)
        sheet.drawString(266, BASE, "on W 17th")

    pages, problems = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == ["Comes back to █ on W 17th"]
    assert pages[0].lines[0].redactions == ((14, code),)
    assert problems == []


def test_a_code_beside_a_box_is_read_and_recorded(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        sheet.drawString(72, BASE, "Comes back to")
        box(sheet, 150, 200)
        sheet.setFillColorRGB(0, 0, 0)
        sheet.drawString(204, BASE, "(b)(6) on W 17th")

    pages, _ = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == ["Comes back to █ (b)(6) on W 17th"]
    assert pages[0].lines[0].redactions == ((14, "(b)(6)"),)


def _paper(sheet: Canvas) -> None:
    sheet.setFillColorRGB(1, 1, 1)
    sheet.rect(0, 0, 612, 792, stroke=0, fill=1)
    line(sheet)


def _shaded(sheet: Canvas) -> None:
    box(sheet, 60, 400, (0.85, 0.85, 0.85))
    line(sheet)


def _heading(sheet: Canvas) -> None:
    box(sheet, 60, 400, (0, 0, 0.3))
    sheet.setFillColorRGB(1, 1, 1)
    sheet.drawString(72, BASE, BEFORE + SECRET + AFTER)


def _underlined(sheet: Canvas) -> None:
    left, right = line(sheet)
    sheet.rect(left, BASE - 2, right - left, 1, stroke=0, fill=1)


def _marked(sheet: Canvas) -> None:
    left, right = line(sheet)
    sheet.setFillColorRGB(1, 1, 0, alpha=0.4)
    sheet.rect(left, BASE - 3, right - left, 13, stroke=0, fill=1)


def _framed(sheet: Canvas) -> None:
    left, right = line(sheet)
    sheet.rect(left, BASE - 3, right - left, 13, stroke=1, fill=0)


@pytest.mark.parametrize("draw", [_paper, _shaded, _heading, _underlined, _marked, _framed])
def test_what_is_no_redaction(tmp_path: Path, draw: object) -> None:
    pages, problems = read(tmp_path, drawn(draw))  # type: ignore[arg-type]
    assert texts(pages[0]) == [BEFORE + SECRET + AFTER]
    assert problems == []


def test_a_correction_is_no_redaction(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        left, right = line(sheet)
        box(sheet, left, right, (1, 1, 1))
        sheet.setFillColorRGB(0, 0, 0)
        sheet.drawString(left, BASE, "Jose M Ibara")

    _, problems = read(tmp_path, drawn(draw))
    assert problems == []


def test_a_box_over_several_lines_stands_for_each(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        written("First line of it all", "second line of it all", "third line of it all", "Thanks")(sheet)
        sheet.rect(70, HEIGHT - 105, 200, 45, stroke=0, fill=1)

    pages, problems = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == ["█", "█", "█", "Thanks"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(b)(6)", "(b)(6)"),
        ("(b)(6), (b)(7)(C)", "(b)(6), (b)(7)(C)"),
        ("(b) (7)(E)", "(b) (7)(E)"),
        ("b6 b7C", "b6 b7C"),
        ("B6", "B6"),
        ("(k)(2)", "(k)(2)"),
        ("Gov. Code 7923.600", "Gov. Code 7923.600"),
        ("RCW 42.56.240(1)", "RCW 42.56.240(1)"),
        ("[REDACTED]", "[REDACTED]"),
        ("Non-Responsive", "Non-Responsive"),
        ("Jose Ibarra", None),
        ("7ABC123", None),
        ("", None),
        ("B6 is the seat that he was found in by the officer who stopped the bus", None),
    ],
)
def test_codes(text: str, code: str | None) -> None:
    assert code_in(text) == code


@pytest.mark.parametrize(
    ("text", "nothing"), [("XXXX", True), ("---", True), ("a", True), ("(b)(6)", True), ("No", False)]
)
def test_text_that_says_nothing(text: str, nothing: bool) -> None:
    assert says_nothing(text) is nothing
