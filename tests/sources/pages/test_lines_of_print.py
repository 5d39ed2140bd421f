"""A page's words become lines in the order in which a person reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_support import HEIGHT, WIDTH, drawn, read, texts, with_rotation, written
from reportlab.pdfgen.canvas import Canvas

MAIL = ("From: Kessler, Brian T", "Sent: Tuesday, March 06, 2018 8:12 AM", "Can you run 6WTR418?")


def test_lines_from_top_to_bottom(tmp_path: Path) -> None:
    pages, problems = read(tmp_path, drawn(written(*MAIL), written("Second page")))
    assert [texts(page) for page in pages] == [list(MAIL), ["Second page"]]
    assert problems == []
    assert [page.read_by for page in pages] == ["text", "text"]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(tmp_path: Path, turns: int) -> None:
    def draw(sheet: Canvas) -> None:
        # Drawn so that it stands upright once the viewer has turned the page.
        origin = {1: (WIDTH, 0), 2: (WIDTH, HEIGHT), 3: (0, HEIGHT)}[turns]
        sheet.translate(*origin)
        sheet.rotate(90 * turns)
        for number, line in enumerate(MAIL):
            sheet.drawString(72, 500 - 15 * number, line)

    pages, _ = read(tmp_path, with_rotation(drawn(draw), turns))
    assert texts(pages[0]) == list(MAIL)
    assert pages[0].size[0] == (WIDTH if turns == 2 else HEIGHT)


@pytest.mark.parametrize("angle", [90, -90])
def test_a_page_of_sideways_print_is_turned(tmp_path: Path, angle: int) -> None:
    def draw(sheet: Canvas) -> None:
        sheet.translate(300, 400)
        sheet.rotate(angle)
        for number, line in enumerate(MAIL):
            sheet.drawString(-100, -15 * number, line)

    pages, _ = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == list(MAIL)


def test_a_stamp_up_the_margin_stands_in_no_line(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        written(*MAIL)(sheet)
        sheet.translate(30, HEIGHT - 110)
        sheet.rotate(90)
        sheet.drawString(0, 0, "CONFIDENTIAL")

    pages, _ = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == [*MAIL, "CONFIDENTIAL"]


def test_words_that_are_higher_than_wide_stay_in_their_line(tmp_path: Path) -> None:
    line = "time to do all that. I'll sit till it is ill."
    for font in ("Helvetica", "Times-Roman", "Courier"):
        pages, _ = read(tmp_path, drawn(written(line, font=font, size=12)))
        assert texts(pages[0]) == [line]


def test_labels_set_flush_right_stay_with_their_values(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        for number, (label, value) in enumerate([("From:", "Roe, Jan"), ("Subject:", "plate"), ("To:", "Lopez, A")]):
            y = HEIGHT - 72 - 12 * number
            sheet.setFont("Helvetica-Bold", 8)
            sheet.drawRightString(110, y, label)
            sheet.setFont("Helvetica", 9)
            sheet.drawString(114, y, value)

    pages, _ = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == ["From: Roe, Jan", "Subject: plate", "To: Lopez, A"]


def test_cells_of_a_row_stand_two_blanks_apart(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        for number in range(12):
            y = HEIGHT - 72 - 14 * number
            sheet.drawString(72, y, f"Agency {number} PD")
            sheet.drawString(320, y, "Shared")

    pages, _ = read(tmp_path, drawn(draw))
    assert texts(pages[0])[:2] == ["Agency 0 PD  Shared", "Agency 1 PD  Shared"]


def test_columns_of_prose_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"left {number:02d} words that run on in this column" for number in range(12)]
    right = [f"right {number:02d} words that run on in the other" for number in range(12)]

    def draw(sheet: Canvas) -> None:
        written("A heading across both of the columns of the page, from side to side of it")(sheet)
        for number in range(12):
            sheet.drawString(72, HEIGHT - 100 - 14 * number, left[number])
            sheet.drawString(330, HEIGHT - 100 - 14 * number, right[number])

    pages, _ = read(tmp_path, drawn(draw))
    assert texts(pages[0])[1:] == [*left, *right]


def test_bold_print_drawn_twice_is_read_once(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        sheet.drawString(72, 700, "From: Lopez")
        sheet.drawString(72.3, 700, "From: Lopez")

    pages, _ = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == ["From: Lopez"]


def test_letters_that_are_spaced_out_are_words(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        for number, letter in enumerate("WARNING"):
            sheet.drawString(72 + 13 * number, 700, letter)

    pages, _ = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == ["WARNING"]


def test_what_lies_beyond_the_edge_of_the_page_is_not_read(tmp_path: Path) -> None:
    def draw(sheet: Canvas) -> None:
        sheet.drawString(72, 700, "shown")
        sheet.drawString(WIDTH + 40, 700, "beyond")

    pages, _ = read(tmp_path, drawn(draw))
    assert texts(pages[0]) == ["shown"]


def test_signs_beyond_the_basic_plane_keep_words_in_their_places(tmp_path: Path) -> None:
    import io

    import pikepdf

    # The file says of its letter "z" that it is a smiling face, which takes two units of UTF-16.
    codes = b"1 begincodespacerange <00> <ff> endcodespacerange\n1 beginbfchar <7a> <d83dde00> endbfchar\n"
    codes += b"1 beginbfrange <20> <79> <0020> endbfrange"
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(written("From: z Roe", "Subject: plate 7ABC123")))) as document:
        fonts = document.pages[0].Resources.Font
        for name in list(fonts):
            frame = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n" + codes + b"\nendcmap end end"
            fonts[name].ToUnicode = document.make_stream(frame)
        document.save(out)
    pages, _ = read(tmp_path, out.getvalue())
    lines = texts(pages[0])
    assert lines == ["From: \U0001f600 Roe", "Subject: plate 7ABC123"]
