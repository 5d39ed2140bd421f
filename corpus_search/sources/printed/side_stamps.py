"""Stamps that are set beside a text, in a narrow column of their own, over several of its rows.

Sent:      Thursday, July 12, 2012 10:13 AM        Classified by DAS, A/GIS, DoS on
To:        H                                       11-30-2015 - Class: CONFIDENTIAL
Subject:   Re: Siem Reap                           Reason: 1.4(D) - Declassify on: 07-12-2022
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

_CELL: Final = re.compile(r"(?:(?<=[^ ]) {3,}|^ {12,})(?P<words>[^ \n]+(?: {1,2}[^ \n]+){0,30}) *$")
_BEGINS: Final = re.compile(
    r"(?:(?:un)?classified|declassify|released?|approved|cleared|best|poor|pages?\b|document)", re.IGNORECASE
)
_ROWS: Final = 6  # that a stamp runs over, at most
_LEVEL: Final = 2  # characters by which the beginnings of its rows may differ
_BETWEEN: Final = 2  # rows of the text, or empty ones, that may stand between two of its own
_WIDEST: Final = 200  # characters of a line that are looked at


class Cell(NamedTuple):
    """The last words of a line, with a wide gap before them: the line, where they begin, and what they are."""

    line: int
    start: int
    words: str
    is_value: bool  # a label stands right before it


def side_stamps(lines: Sequence[str], is_stamp: Callable[[str], bool]) -> dict[int, int]:
    """The lines that end in a piece of such a stamp, and where it begins in them."""
    cells = [cell for at, line in enumerate(lines) if (cell := _cell(at, line)) is not None]
    found: dict[int, int] = {}
    for nth, cell in enumerate(cells):
        if cell.line in found or not _BEGINS.match(cell.words):
            continue
        for run in _runs(cells, nth):
            if is_stamp(" ".join(one.words for one in run)):
                found |= {one.line: one.start for one in run}
                break
    return found


def _cell(at: int, line: str) -> Cell | None:
    match = _CELL.search(line.rstrip()) if "   " in line and len(line) < _WIDEST + 200 else None
    if match is None:
        return None
    return Cell(at, match.start("words"), match["words"], line[: match.start("words")].rstrip().endswith(":"))


def _runs(cells: Sequence[Cell], first: int) -> Iterator[list[Cell]]:
    """The rows of one column from this one on, the most first; one row alone is last, if it is no field's value."""
    run = [cells[first]]
    for cell in cells[first + 1 : first + 1 + 3 * _ROWS]:
        if cell.line - run[-1].line > _BETWEEN + 1 or len(run) == _ROWS:
            break
        if abs(cell.start - run[0].start) <= _LEVEL:
            run.append(cell)
    for size in range(len(run), int(run[0].is_value), -1):
        yield run[:size]
