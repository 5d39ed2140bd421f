from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from page_support import HEIGHT, drawn, read, texts
from reportlab.lib.colors import white
from reportlab.pdfgen.canvas import Canvas

BASE = HEIGHT - 100


def _line(sheet: Canvas) -> None:
    sheet.drawString(72, BASE + 20, "The line above it")
    sheet.drawString(72, BASE, "7TRK119 RO is")
    sheet.drawString(220, BASE, "at 220 Pepper Tree Ln.")
    sheet.drawString(72, BASE - 20, "The line below it")


def _box(left: float = 153, width: float = 63, frame: int = 0, height: float = 13) -> Callable[[Canvas], None]:
    def draw(sheet: Canvas) -> None:
        sheet.saveState()
        sheet.setFillColor(white)
        sheet.rect(left, BASE - 3, width, height, stroke=frame, fill=1)
        sheet.restoreState()

    return draw


def _page(*draws: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    return lambda sheet: [draw(sheet) for draw in draws] and None


@pytest.mark.parametrize(
    ("draws", "line"),
    [
        pytest.param((_line, _box()), "7TRK119 RO is █ at 220 Pepper Tree Ln.", id="words whitened"),
        pytest.param((_line, _box(340, 60)), "7TRK119 RO is  at 220 Pepper Tree Ln. █", id="at the line's end"),
        pytest.param((_box(), _line), "7TRK119 RO is  at 220 Pepper Tree Ln.", id="paper"),
        pytest.param((_line, _box(frame=1)), "7TRK119 RO is  at 220 Pepper Tree Ln.", id="a field to fill in"),
        pytest.param((_line, _box(width=5)), "7TRK119 RO is  at 220 Pepper Tree Ln.", id="too narrow for a word"),
        pytest.param((_line, _box(height=5)), "7TRK119 RO is  at 220 Pepper Tree Ln.", id="too low for a word"),
        pytest.param((_line, _box(450)), "7TRK119 RO is  at 220 Pepper Tree Ln.", id="away from all words"),
    ],
)
def test_a_gap_that_was_whitened_is_a_redaction(
    tmp_path: Path, draws: tuple[Callable[[Canvas], None], ...], line: str
) -> None:
    (page,), problems = read(tmp_path, drawn(_page(*draws)))
    assert [text.replace("  ", " ") for text in texts(page)][1] == line.replace("  ", " ")
    assert problems == []


def test_a_page_of_white_boxes_only(tmp_path: Path) -> None:
    (page,), problems = read(tmp_path, drawn(_box()))
    assert (texts(page), problems) == ([], [])
