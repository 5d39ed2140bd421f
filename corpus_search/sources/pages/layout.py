"""A page as it is kept between reading and the making of messages: plain values that go into JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from corpus_search.model import REDACTED_MARK
from corpus_search.sources.pages.plates import Twice
from corpus_search.sources.pages.rows import Row
from corpus_search.sources.pages.words import Word

_GLUED: Final = 0.12  # of a row's height: nearer than this, a word and a blacked-out stretch are one


def line(row: Row, twice: Sequence[Twice] = ()) -> dict[str, Any]:
    """A row as a line: its text and place; codes of blacked-out stretches and second readings by offset."""
    text = ""
    codes: list[list[Any]] = []
    others: list[list[Any]] = []
    wide = {id(cell[0]) for cell in row.cells[1:]}
    before: Word | None = None
    for word in row.words:
        if before is not None:
            text += "  " if id(word) in wide else "" if _touch(before, word, row) else " "
        start = len(text)
        text += word.text
        if word.text == REDACTED_MARK:
            codes.append([start, word.code])
        others += [[start, len(text), one.other] for one in twice if one.word is word]
        before = word
    box = row.box
    made: dict[str, Any] = {"text": text, "box": [round(at, 1) for at in (box.left, box.top, box.right, box.bottom)]}
    if codes:
        made["redactions"] = codes
    if others:
        made["twins"] = others
    return made


def _touch(before: Word, word: Word, row: Row) -> bool:
    mark = before.text == REDACTED_MARK or word.text == REDACTED_MARK
    return mark and before.text != word.text and word.box.left - before.box.right < _GLUED * row.box.height


def page(
    number: int, size: tuple[float, float], lines: Sequence[dict[str, Any]], read_by: str, confidence: float | None
) -> dict[str, Any]:
    """A page: number from 1, size in points, how it was read (text, ocr, or unread), its lines."""
    return {
        "number": number,
        "size": [round(size[0], 1), round(size[1], 1)],
        "read_by": read_by,
        "confidence": confidence,
        "lines": list(lines),
    }


def text_of(lines: Sequence[dict[str, Any]]) -> str:
    """The lines as text, with a blank line where more than a line's space stands between two."""
    parts = [lines[0]["text"]] if lines else []
    for above, below in pairwise(lines):
        gap = below["box"][1] - above["box"][3]
        parts.append("\n\n" if gap > 0.45 * (above["box"][3] - above["box"][1]) else "\n")
        parts.append(below["text"])
    return "".join(parts)
