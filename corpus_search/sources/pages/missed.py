"""Lines of print that page layout analysis passed over: dashes make "-----Original Message-----" look like a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PIL import Image, ImageDraw

from corpus_search.sources.pages.words import Box, Word

MOST: Final = 12  # lines of a page that are looked for
_CELL: Final = 4  # pixels of the picture for one of the copy in which ink is counted
_INK: Final = 190  # grey level: a cell that is darker holds ink
_HIGH: Final = (5.5, 22.0)  # points: lower bands are rules, higher ones are pictures
_WIDE: Final = 30.0  # points of ink that a line has at least
_AROUND: Final = 1.5  # points of paper left around a word that is taken out


def bands(image: Image.Image, words: Sequence[Word], dots_a_point: float) -> list[Box]:
    """Where, in the picture's pixels, a line of ink stands that no word was read in."""
    rest = image.copy()
    draw = ImageDraw.Draw(rest)
    edge = _AROUND * dots_a_point
    for word in words:
        box = word.box
        draw.rectangle((box.left - edge, box.top - edge, box.right + edge, box.bottom + edge), fill=255)
    small = rest.resize((max(1, rest.width // _CELL), max(1, rest.height // _CELL)), Image.Resampling.BOX)
    found = []
    for top, bottom in _runs(small):
        if not _HIGH[0] <= (bottom - top) * _CELL / dots_a_point <= _HIGH[1]:
            continue
        columns = _columns(small, top, bottom)
        if len(columns) * _CELL / dots_a_point >= _WIDE:
            left, right = min(columns) * _CELL, (max(columns) + 1) * _CELL
            found.append(Box(left - 2 * edge, top * _CELL - 2 * edge, right + 2 * edge, bottom * _CELL + 2 * edge))
    return found[:MOST]


def _runs(image: Image.Image) -> Iterator[tuple[int, int]]:
    """Runs of rows with ink, as first row and the row after the last."""
    data, width = image.tobytes(), image.width
    start: int | None = None
    for row in range(image.height + 1):
        ink = row < image.height and any(level < _INK for level in data[row * width : (row + 1) * width])
        if ink and start is None:
            start = row
        elif not ink and start is not None:
            yield start, row
            start = None


def _columns(image: Image.Image, top: int, bottom: int) -> list[int]:
    data, width = image.tobytes(), image.width
    rows = [data[row * width : (row + 1) * width] for row in range(top, bottom)]
    return [at for at in range(width) if any(row[at] < _INK for row in rows)]
