"""Small PDFs drawn for a test, and what reading them gives."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from corpus_search.model import Problem, Source
from corpus_search.sources import pdf
from corpus_search.sources.lines import Page, pages_from_json
from corpus_search.sources.reading import ReadOptions, Unit

WIDTH, HEIGHT = letter
Draw = Callable[[Canvas], None]


def drawn(*pages: Draw, **canvas: Any) -> bytes:
    """A PDF with a page for each function that draws one."""
    data = io.BytesIO()
    sheet = Canvas(data, **{"pagesize": letter, "invariant": 1, **canvas})
    for draw in pages:
        sheet.setFont("Helvetica", 11)
        draw(sheet)
        sheet.showPage()
    sheet.save()
    return data.getvalue()


def written(*lines: str, top: float = 72, left: float = 72, font: str = "Helvetica", size: float = 11) -> Draw:
    """Lines of text, the first so far from the top."""

    def draw(sheet: Canvas) -> None:
        sheet.setFont(font, size)
        for number, line in enumerate(lines):
            sheet.drawString(left, HEIGHT - top - number * size * 1.3, line)

    return draw


def read(folder: Path, data: bytes, options: ReadOptions | None = None) -> tuple[list[Page], list[Problem]]:
    """The pages of a PDF, run by run, and what was wrong with them."""
    file = folder / "file.pdf"
    file.write_bytes(data)
    unit = Unit(str(file), Source("file.pdf", None, "00" * 32, "pdf"), "R", options=options or ReadOptions("never"))
    runs = [pdf.read_pages(one) for one in pdf.cut(unit)]
    pages = [page for run in runs for page in pages_from_json(run.pages)]
    assert sum(run.count.seen for run in runs) == len(pages)
    joined = pdf.join(unit, [page for run in runs for page in run.pages])
    return pages, [*(problem for run in runs for problem in run.problems), *joined.problems]


def texts(page: Page) -> list[str]:
    """The lines of a page."""
    return [line.text for line in page.lines]


def with_rotation(data: bytes, turns: int) -> bytes:
    """The same PDF, its pages marked to be shown turned."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.Rotate = 90 * turns
        document.save(out)
    return out.getvalue()


__all__ = ["HEIGHT", "WIDTH", "drawn", "read", "replace", "texts", "with_rotation", "written"]
