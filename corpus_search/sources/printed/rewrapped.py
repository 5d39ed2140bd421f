"""Introductions of quoted words ("On … wrote:") that a program broke over lines with other quote marks, put together.

> > On Tue, Mar 6, 2018 at 8:12 AM, Kay Roe <
> kroe@x.gov
> > >
> > wrote:
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus_search.sources.printed.dates import find_date
from corpus_search.sources.printed.introductions import begins_introduction, ends_introduction

_LINES: Final = 5  # that may follow the first
_REST: Final = re.compile(r"[<\s]{0,3}(?:[\w.+'=\-]{1,64}@[\w.\-]{1,80})?[>\s,]{0,4}")


def mend_introductions(lines: Sequence[str], contents: list[str], depths: list[int]) -> None:
    """Set the pieces of a broken introduction one under the other, in the depth of its first line."""
    for at in range(len(lines) - 1):
        first = contents[at].rstrip()
        if first.endswith(":") or (not first.endswith(("<", ",")) and not _open_end(first)):
            continue
        if not begins_introduction(first) or find_date(first) is None:
            continue
        end = _end(lines, contents, at)
        if end is not None and any(depths[row] != depths[at] or not contents[row].strip() for row in range(at, end)):
            _put_together(lines, contents, depths, at, end)


def _open_end(text: str) -> bool:
    """Whether the line ends within a name or an address: "Kay Roe <kroe@x.gov", "Kay Roe"."""
    return text.rfind("<") > text.rfind(">") or text[-1:].isalpha()


def _end(lines: Sequence[str], contents: Sequence[str], at: int) -> int | None:
    """The line after the one in which the introduction ends; None where other words come between."""
    for row in range(at + 1, min(len(lines), at + 1 + _LINES)):
        text = _bare(lines[row])
        if ends_introduction(text) and len(text) < 100:
            return row + 1
        if not _REST.fullmatch(text):
            return None
    return None


def _put_together(lines: Sequence[str], contents: list[str], depths: list[int], at: int, end: int) -> None:
    pieces = [piece for row in range(at + 1, end) if (piece := _bare(lines[row]))]
    for row in range(at + 1, end):
        depths[row] = depths[at]
        contents[row] = pieces[row - at - 1] if row - at - 1 < len(pieces) else ""


def _bare(line: str) -> str:
    return line.strip("> \t\xa0")
