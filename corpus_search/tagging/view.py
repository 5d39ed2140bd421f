"""A passage as one line: every run of blanks, and a line break with its quote marks, is one blank. Offsets map back.

A name that a mail program wrapped ("Customs and\\n> Border Protection") is then one name for every finder.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

# A line break with the blanks and quote marks around it; a run of blanks; one blank that is no plain space.
_RUN = re.compile(r"[ \t\r\xa0]*\n[>|\s]*|[ \t\r\xa0]{2,}|[\t\r\xa0]")


@dataclass(frozen=True, slots=True)
class View:
    """The passage on one line. `breaks`: offsets into `text` of blanks that stand for line breaks."""

    text: str
    breaks: frozenset[int]
    _begins: tuple[int, ...]  # offsets into `text` from which on …
    _shifts: tuple[int, ...]  # … the passage is this much further

    @classmethod
    def of(cls, passage: str) -> View:
        """The view of a passage."""
        parts: list[str] = []
        breaks: set[int] = set()
        begins, shifts = [0], [0]
        at = length = 0
        for run in _RUN.finditer(passage):
            parts += (passage[at : run.start()], " ")
            length += run.start() - at + 1
            at = run.end()
            if "\n" in run.group():
                breaks.add(length - 1)
            begins.append(length)
            shifts.append(at - length)
        if not parts:
            return cls(passage, frozenset(), (0,), (0,))
        return cls("".join(parts) + passage[at:], frozenset(breaks), tuple(begins), tuple(shifts))

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the view as a stretch of the passage; it must begin and end on something that is no blank."""
        last = end - 1
        return start + self._shift(start), last + self._shift(last) + 1

    def crosses_break(self, start: int, end: int) -> bool:
        """Whether a stretch of the view runs over a line break."""
        return bool(self.breaks) and any(start <= at < end for at in self.breaks)

    def _shift(self, offset: int) -> int:
        return self._shifts[bisect_right(self._begins, offset) - 1]
