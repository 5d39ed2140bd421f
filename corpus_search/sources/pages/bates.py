"""Bates numbers: stamps at the edge of a page that count on from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from corpus_search.sources.lines import Page

# A prefix of the production and a padded number; a date or a case before it; a bare number padded with noughts.
_STAMP: Final = re.compile(
    r"(?<![\w./@-])(?P<prefix>[A-Z][a-z]{2}-\d\d-\d{4} {1,3}|(?:19|20)\d\d-[A-Z]{4}-\d{5} {1,3}|"
    r"[A-Z]{2,5}\(\d\dcv\d{2,5}\)-|"
    r"[A-Z][A-Za-z0-9&.]{0,15}(?:[-_ ][A-Z0-9][A-Za-z0-9&.]{0,15}){0,3}?[-_ ]{0,3}|)"
    r"(?P<number>\d{3,10})(?![\w/@]|[-.]\d)"
)
_STRONG: Final = re.compile(r"[A-Z][A-Za-z0-9&]{1,15}(?:[-_ ]{0,3}[A-Z]{1,8}){0,2}[-_ ]{0,3}0\d{3,9}")
_NO_PREFIX: Final = re.compile(
    r"(?:page|of|case|no|case no|box|suite|ste|room|rm|p\.?o|ca|co|fax|tel|phone|ext|call|cell|dc|ny|file|st|rev|form)"
    r"[\s.:#]*",
    re.IGNORECASE,
)
_MONTH: Final = re.compile(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|"
    r"november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_DATED: Final = re.compile(r"[A-Z][a-z]{2}-\d\d-\d{4} {1,3}")  # a day of stamping, before the number
MOST_A_LINE: Final = 6


class Stamp(NamedTuple):
    """A number that may be a Bates number: on which page and line, and where in the line."""

    page: int
    line: int
    start: int
    end: int
    prefix: str
    number: int
    written: str


def find_bates(pages: Sequence[Page], edges: Sequence[Sequence[int]]) -> list[Stamp]:
    """The Bates numbers of the pages, from the lines at their edges: those that count on as the pages do.

    A single page, or one alone of its series, is believed where its stamp can hardly be anything else.
    """
    stamps = [stamp for at, page in enumerate(pages) for stamp in _stamps(at, page, edges[at])]
    series = Counter(_series(stamp) for stamp in stamps)
    pages_of: dict[tuple[str, int], set[int]] = {}
    for stamp in stamps:
        pages_of.setdefault(_series(stamp), set()).add(stamp.page)
    prefixes = Counter(stamp.prefix for stamp in stamps)
    found = []
    for stamp in stamps:
        many = len(pages_of[_series(stamp)])
        strong = _STRONG.fullmatch(stamp.written) is not None and prefixes[stamp.prefix] == series[_series(stamp)]
        padded = stamp.written.endswith(f"0{stamp.number}") or bool(stamp.prefix)
        if (many >= 2 and padded) or many >= 4 or (strong and len(pages) < 3):
            found.append(stamp)
    return _told_apart(found)


def _series(stamp: Stamp) -> tuple[str, int]:
    return stamp.prefix, stamp.number - stamp.page


def _stamps(at: int, page: Page, edges: Sequence[int]) -> Iterator[Stamp]:
    for index in edges:
        text = page.lines[index].text
        for count, match in enumerate(_STAMP.finditer(text)):
            prefix = match["prefix"]
            if count >= MOST_A_LINE:
                break
            if _NO_PREFIX.fullmatch(prefix) or (_MONTH.match(prefix) and not _DATED.fullmatch(prefix)):
                continue
            written = match.group().strip()
            yield Stamp(at, index, match.start(), match.end(), prefix, int(match["number"]), written)


def _told_apart(stamps: Sequence[Stamp]) -> list[Stamp]:
    """At most two of a page (a production stamped twice), and none within another."""
    kept: dict[int, list[Stamp]] = {}
    for stamp in stamps:
        mine = kept.setdefault(stamp.page, [])
        if len(mine) < 2 and not any(one.line == stamp.line and one.start < stamp.end for one in mine):
            mine.append(stamp)
    return [stamp for mine in kept.values() for stamp in mine]
