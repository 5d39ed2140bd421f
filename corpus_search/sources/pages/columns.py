"""Whether a page is set in columns of prose, and its words in the order of reading.

Most pages of a release are not: labels and values, tables, quoted mail are read row by row. A page is set in two
columns where a gutter runs down through many rows on end, with full lines of prose on both sides of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from corpus_search.sources.pages.rows import Row, row_of, rows_of
from corpus_search.sources.pages.words import Word

LEAST_ROWS: Final = 8  # rows with the gutter, one after the other
_WORDS_A_SIDE: Final = 3.5  # on the average, in a column of prose
_FULL: Final = 0.75  # of the rows must fill their column: tables and lists of names do not
_MIDDLE: Final = (0.3, 0.7)  # of the page's width: where a gutter may run


def in_reading_order(words: Sequence[Word], width: float) -> list[Row]:
    """The rows of a page of this width, left column first where it is set in columns."""
    rows = rows_of(words)
    ordered: list[Row] = []
    at = 0
    for start, stop, gutter in _blocks(rows, width):
        ordered += rows[at:start]
        within = [word for row in rows[start:stop] for word in row.words]
        ordered += rows_of([word for word in within if word.box.left < gutter])
        ordered += rows_of([word for word in within if word.box.left >= gutter])
        at = stop
    return ordered + rows[at:]


def _blocks(rows: Sequence[Row], width: float) -> Iterator[tuple[int, int, float]]:
    """Runs of rows that are two columns of prose: first row, row after the last, and where the gutter is."""
    start = 0
    while start < len(rows):
        gutter = _gutter(rows[start], width)
        if gutter is None:
            start += 1
            continue
        stop, low, high = start + 1, *gutter
        while stop < len(rows):
            free = _free(rows[stop], low, high)
            if free is None:
                break
            low, high = free
            stop += 1
        middle = (low + high) / 2
        if stop - start >= LEAST_ROWS and _is_prose(rows[start:stop], middle):
            yield start, stop, middle
        start = stop


def _gutter(row: Row, width: float) -> tuple[float, float] | None:
    """The wide gap near the middle of the page in this row."""
    for before, after in pairwise(row.cells):
        left, right = before[-1].box.right, after[0].box.left
        if _MIDDLE[0] * width < (left + right) / 2 < _MIDDLE[1] * width:
            return left, right
    return None


def _free(row: Row, low: float, high: float) -> tuple[float, float] | None:
    """What of the gutter is still free after this row; None where a word stands in all of it."""
    for word in row.words:
        if word.box.right <= low or word.box.left >= high:
            continue
        if word.box.left <= low < word.box.right:
            low = word.box.right
        else:
            high = min(high, word.box.left)
    return (low, high) if high - low > 4 else None


def _is_prose(rows: Sequence[Row], gutter: float) -> bool:
    """Whether both sides hold lines of several words, most of which fill their column."""
    for side in (
        [[word for word in row.words if word.box.left < gutter] for row in rows],
        [[word for word in row.words if word.box.left >= gutter] for row in rows],
    ):
        lines = [row_of(words).box for words in side if words]
        if len(lines) < LEAST_ROWS or sum(map(len, side)) < _WORDS_A_SIDE * len(lines):
            return False
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        full = sum(line.right > right - 0.2 * (right - left) for line in lines)
        if full < _FULL * len(lines) - 2:
            return False
    return True
