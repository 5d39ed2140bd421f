"""Dates that programs print without a year ("Tue, Mar 6, 8:12 AM"), and the year that they are of.

The year is not made up: it is the last in which the day falls not after a date that is known (that of the message
which quotes this one, or the latest of the file), and in which the weekday, where one is printed, is right.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from corpus_search.packs.printed_pack import fold, load_printed
from corpus_search.sources.printed.clock import CLOCK, read_offset, read_time
from corpus_search.sources.printed.weekdays import weekday_of

DOUBT: Final = "its date has no year; the year was taken from the dates beside it"
UNSURE: Final = 0.12  # by which a message is less sure for it
_BACK: Final = 11  # years in which every day falls on every weekday, leap days apart
_WORD: Final = r"[^\W\d_]{3,14}"
_FORM: Final = re.compile(
    rf"(?:(?P<week>[^\W\d_]{{2,12}})\.?,? {{1,2}})?"
    rf"(?:(?P<month>{_WORD})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?|(?P<before>\d{{1,2}})\.? (?:de )?(?P<after>{_WORD})|"
    r"(?P<number>\d{1,2})/(?P<of>\d{1,2}))(?![\d/])(?P<comma>,?)"
)
_LONGEST: Final = 120


class Yearless(NamedTuple):
    """A date without its year: month, day, weekday (0: Monday), time and offset; where in the line it stands."""

    month: int
    day: int
    weekday: int | None
    clock: str
    start: int
    end: int


def find_yearless(line: str) -> Yearless | None:
    """The first date without a year that has a time behind it."""
    text = line[:_LONGEST].replace("\xa0", " ").replace("\u202f", " ")
    for match in _FORM.finditer(text):
        clock = CLOCK.match(text, match.end())
        told = read_time(clock) if clock else None
        day = _month_and_day(match)
        if clock is None or told is None or day is None:
            continue
        weekday = weekday_of(match["week"]) if match["week"] else None
        offset, end = read_offset(text, clock.end())
        start = match.start() if weekday is not None or not match["week"] else match.start("week") + len(match["week"])
        return Yearless(*day, weekday, f"{told}{offset}", start, end)
    return None


def read_near(written: str, near: str | None) -> str | None:
    """The date in ISO 8601 with the year that another date (in ISO 8601) tells; None where none fits."""
    found = find_yearless(written)
    if found is None or near is None:
        return None
    known = date.fromisoformat(near[:10])
    for year in range(known.year, known.year - _BACK, -1):
        try:
            day = date(year, found.month, found.day)
        except ValueError:
            continue
        if day <= known and found.weekday in (None, day.weekday()):
            return f"{day.isoformat()}T{found.clock}"
    return None


def _month_and_day(match: re.Match[str]) -> tuple[int, int] | None:
    if match["number"]:
        month, day = int(match["number"]), int(match["of"])
    else:
        named = load_printed().months.get(fold(match["month"] or match["after"]))
        month, day = named or 0, int(match["day"] or match["before"])
    try:
        date(2000, month, day)
    except ValueError:
        return None
    return month, day
