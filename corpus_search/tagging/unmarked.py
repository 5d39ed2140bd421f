"""A quoted passage without the marks at the beginnings of its lines, and where its words stand with them.

"can you\\n> run 7ABC123" is one request. Without marks a passage is also the same as in the message that it was quoted
from, so that it is analysed once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

_MARKS: Final = re.compile(r"^[ \t]{0,3}(?:[>|] ?){1,40}", re.MULTILINE)


class Unmarked(NamedTuple):
    """Text without marks: after each place of `places` (in order, the first 0) the shift to the text with them."""

    text: str
    places: tuple[int, ...]
    shifts: tuple[int, ...]

    def start(self, at: int) -> int:
        """Where a character stands in the text with marks."""
        return at + self.shifts[bisect_right(self.places, at) - 1]

    def end(self, at: int) -> int:
        """Where a stretch that ends before `at` ends in the text with marks."""
        return self.start(at - 1) + 1 if at else 0


def unmarked(text: str) -> Unmarked:
    """The text without quotation marks such as "> " and ">> | " before its lines. Linear in its length."""
    parts: list[str] = []
    places, shifts = [0], [0]
    at = size = 0
    for mark in _MARKS.finditer(text):
        parts.append(text[at : mark.start()])
        size += mark.start() - at
        at = mark.end()
        places.append(size)
        shifts.append(at - size)
    parts.append(text[at:])
    return Unmarked("".join(parts), tuple(places), tuple(shifts))
