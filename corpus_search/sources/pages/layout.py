"""Rows of words as lines of a page: one text each, with places, codes of blacked-out stretches and second readings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus_search.model import REDACTED_MARK
from corpus_search.sources import lines
from corpus_search.sources.lines import Line
from corpus_search.sources.pages.plates import Twice
from corpus_search.sources.pages.rows import Row
from corpus_search.sources.pages.words import Word

_GLUED: Final = 0.12  # of a row's height: nearer than this, a word and a blacked-out stretch are one


def line_of(row: Row, twice: Sequence[Twice] = ()) -> Line:
    """A row as a line, two blanks where a wide gap stands."""
    text = ""
    codes: list[tuple[int, str | None]] = []
    others: list[tuple[int, int, str]] = []
    wide = {id(cell[0]) for cell in row.cells[1:]}
    before: Word | None = None
    for word in row.words:
        if before is not None:
            text += "  " if id(word) in wide else "" if _touch(before, word, row) else " "
        start = len(text)
        text += word.text
        if word.text == REDACTED_MARK:
            codes.append((start, word.code))
        others += [(start, len(text), one.other) for one in twice if one.word is word]
        before = word
    place = lines.Box(*(round(at, 1) for at in (row.box.left, row.box.top, row.box.right, row.box.bottom)))
    return Line(text, place, None, tuple(codes), tuple(others))


def _touch(before: Word, word: Word, row: Row) -> bool:
    mark = before.text == REDACTED_MARK or word.text == REDACTED_MARK
    return mark and before.text != word.text and word.box.left - before.box.right < _GLUED * row.box.height
