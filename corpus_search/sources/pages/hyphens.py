"""Words that were parted at a line's end put together again: "immigra-" and "tion" are one word on the first line.

A hyphen is taken away only where the file itself shows the word whole, or where neither half is a word of it; one that
belongs to the word ("law-enforcement") stays. What can't be told is left as printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from corpus_search.sources.lines import Line, Page

_ENDS: Final = re.compile(r"(?:^|[\s(\"“])([A-Za-z]{2,30})[-\u00ad\u2010]$")
_BEGINS: Final = re.compile(r"([a-z]{2,30})([^\s\w]{0,3})(?=\s|$)")
_WORDS: Final = re.compile(r"[A-Za-z]{2,40}(?:-[A-Za-z]{2,40})*")


def rejoined(pages: Sequence[Page]) -> list[Page]:
    """The pages with parted words put together on the line on which they begin."""
    if not any(_ENDS.search(line.text) for page in pages for line in page.lines):
        return list(pages)
    known = Counter(word.casefold() for page in pages for line in page.lines for word in _WORDS.findall(line.text))
    return [replace(page, lines=tuple(_joined(page.lines, known))) for page in pages]


def _joined(lines: Sequence[Line], known: Counter[str]) -> Iterator[Line]:
    before: Line | None = None
    for line in lines:
        ends = _ENDS.search(before.text) if before is not None else None
        begins = _BEGINS.match(line.text) if ends and line.furniture is None else None
        if before is not None and ends and begins and (mark := _mark(ends, begins, known)) is not None:
            before = replace(before, text=before.text[:-1] + mark + begins.group())
            rest = line.text[begins.end() :].lstrip()
            if not rest:
                continue
            line = _shifted(line, rest)
        if before is not None:
            yield before
        before = line
    if before is not None:
        yield before


def _mark(ends: re.Match[str], begins: re.Match[str], known: Counter[str]) -> str | None:
    """What stands between the halves: nothing, a hyphen, or None where they are left apart."""
    first, second = ends[1].casefold(), begins[1].casefold()
    whole, linked = known[first + second], known[f"{first}-{second}"]
    if ends.group().endswith("\u00ad") or whole > linked:
        return ""
    if linked:
        return "-"
    # Each half is counted once where it stands; a half that is a word is seen elsewhere too.
    return "" if known[second] <= 1 and known[first] <= 1 else None


def _shifted(line: Line, rest: str) -> Line:
    by = len(line.text) - len(rest)
    redactions = tuple((at - by, code) for at, code in line.redactions if at >= by)
    twins = tuple((start - by, end - by, other) for start, end, other in line.twins if start >= by)
    return replace(line, text=rest, redactions=redactions, twins=twins)
