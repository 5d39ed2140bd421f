"""Lines of a body or of pages as they are read for headers: without quote marks, knowing where they came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

_MARKS: Final = re.compile(r"[ \t]{0,3}(?:>[ \t]?){1,60}")
_SPLIT: Final = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A line without its quote marks: `start` is the offset of `text`, `depth` how many marks stood before it.

    Of a page: `page` is its index, `top` says that only furniture stands above it there, `left` where it begins in
    points, `furniture` that it belongs to no message, `codes` the exemption code of each `█` by offset.
    """

    text: str
    start: int
    depth: int = 0
    page: int = 0
    top: bool = False
    left: float | None = None
    furniture: str | None = None
    codes: tuple[tuple[int, str | None], ...] = ()
    gap: bool = False  # a blank line's space stands above it
    bookmark: bool = False  # a bookmark leads to the page of which it is the first line

    @property
    def blank(self) -> bool:
        """Whether nothing but blanks stands on it."""
        return not self.text or self.text.isspace()


class Piece(NamedTuple):
    """A stretch of one row."""

    row: int
    start: int
    end: int

    def of(self, rows: Sequence[Row]) -> str:
        """Its words."""
        return rows[self.row].text[self.start : self.end]


def rows_of(body: str) -> list[Row]:
    """The lines of a body."""
    return list(_rows(body))


def _rows(body: str) -> Iterator[Row]:
    for match in _SPLIT.finditer(body):
        line = match.group().rstrip("\n")
        marks = _MARKS.match(line)
        if marks is None or _is_groupwise(line):
            yield Row(line, match.start())
        else:
            yield Row(line[marks.end() :], match.start() + marks.end(), marks.group().count(">"))


def _is_groupwise(line: str) -> bool:
    """GroupWise's line over a quote (">>> name date >>>") is no quote itself."""
    return line.startswith(">>> ") and ">" not in line[4:8] and (":" in line or "/" in line) and line.rstrip().endswith(">>>")


def piece(rows: Sequence[Row], row: int, start: int = 0, end: int | None = None) -> Piece:
    """A stretch of a row without the blanks around it."""
    text = rows[row].text
    end = len(text) if end is None else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Piece(row, start, end)
