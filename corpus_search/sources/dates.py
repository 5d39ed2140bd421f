"""Dates as written into ISO 8601, the clock reading and its zone kept as they stand; None where it is no date."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from dateutil import parser as dateutil_parser

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# RFC 5322's zone names, those of Alaska and Hawaii, and Europe's that stand for one offset; minutes from UTC.
_ZONES: Final = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300,
    "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
    "CET": 60, "CEST": 120, "MET": 60, "MEST": 120, "EET": 120, "EEST": 180, "BST": 60, "JST": 540,
}  # fmt: skip
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_CLOCK = (
    r"(?P<hour>\d{1,2}) ?: ?(?P<minute>\d{2})(?: ?: ?(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\b\.?)?"
)
_ZONE = r"(?: ?(?P<zone>(?:utc|gmt)? ?[+-]\d{1,2}(?::?\d{2})?\b|[a-z]{1,5}\b))?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? ?,? )?"
_TAIL = r"(?:[, ]*(?:at |@ ?|- )?" + _CLOCK + _ZONE + r")?"
_FORMS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _WEEKDAY + r"(?P<day>\d{1,2})[ -]" + _MONTH + r"[ -],? ?(?P<year>\d{4}|\d{2})\b" + _TAIL,  # RFC 5322
        # "Tue Apr  1 19:47:56 PDT 2008", the zone on either side of the year
        _WEEKDAY
        + _MONTH
        + r" (?P<day>\d{1,2}),? "
        + _CLOCK
        + r"(?: (?P<zone1>[a-z]{2,5}|[+-]\d{4}))? (?P<year>\d{4})\b"
        + _ZONE,
        _WEEKDAY + _MONTH + r" (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})\b" + _TAIL,  # March 6, 2018 8:12 AM
        _WEEKDAY + r"(?P<number>\d{1,2})[/.](?P<day>\d{1,2})[/.](?P<year>\d{4}|\d{2})\b" + _TAIL,  # 3/6/2018 8:12 AM
        _WEEKDAY + r"(?P<year>\d{4})[-/](?P<number>\d{1,2})[-/](?P<day>\d{1,2})(?:T(?=\d))?" + _TAIL,  # ISO 8601
    )
)  # fmt: skip
_COMMENT: Final = re.compile(r"\([^()]{0,60}\)")
_OLDEST, _NEWEST = 1970, 2100  # years between which a mail can have been sent


def read_date(written: str | None) -> str | None:
    """The date in ISO 8601: with seconds and, where one was written, the offset; without a time only the day.

    Nothing is converted; a part that is not written is not made up. A time or offset that can't be is left out.
    """
    if not written:
        return None
    text = " ".join(_COMMENT.sub(" ", written[:200]).replace("\u202f", " ").replace("\xa0", " ").split())
    for form in _FORMS:
        if match := form.match(text):
            return _iso(match.groupdict())
    return _by_dateutil(text)


def _iso(parts: dict[str, str | None]) -> str | None:
    month = _month(parts)
    day, year = int(parts["day"] or 0), _year(parts["year"] or "")
    if month > 12 and day <= 12 and parts.get("number"):
        month, day = day, month  # 16/02/2018: only one reading is a date
    try:
        shown = date(year, month, day).isoformat()
    except ValueError:
        return None
    if not _OLDEST <= year <= _NEWEST:
        return None
    clock = _clock(parts)
    return shown if clock is None else f"{shown}T{clock}{_offset(parts.get('zone') or parts.get('zone1'))}"


def _month(parts: dict[str, str | None]) -> int:
    if parts.get("number"):
        return int(parts["number"] or 0)
    return _MONTHS.index((parts["month"] or "")[:3].lower()) + 1


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _clock(parts: dict[str, str | None]) -> str | None:
    if parts.get("hour") is None:
        return None
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = parts.get("half")
    if half and hour <= 12:  # "13:05 PM" is what it says without the half
        hour = hour % 12 + (12 if half in "pP" else 0)
    try:
        return time(hour, minute, min(second, 59)).isoformat()
    except ValueError:
        return None


def _offset(zone: str | None) -> str:
    """The offset as ISO writes it; "" for none, for a name that stands for several, and for one that can't be."""
    if not zone:
        return ""
    name = zone.upper().replace(" ", "").replace(":", "")
    digits = re.search(r"[+-]\d{1,4}$", name)
    if digits:
        sign, number = digits.group()[0], digits.group()[1:]
        number = number.zfill(4) if len(number) > 2 else f"{number:0>2}00"
        hours, minutes = int(number[:2]), int(number[2:])
        if hours > 14 or minutes > 59:
            return ""
        return f"{'+' if not hours and not minutes else sign}{hours:02}:{minutes:02}"
    if name not in _ZONES:
        return ""
    minutes = abs(_ZONES[name])
    return f"{'-' if _ZONES[name] < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"


def _by_dateutil(text: str) -> str | None:
    """The last resort, taken only if day, month and year stand in the text: two defaults must give the same."""
    if sum(char.isdigit() for char in text) < 4:
        return None
    found: list[datetime] = []
    for default in (datetime(1971, 1, 2), datetime(1985, 7, 29, 11, 37, 13)):  # noqa: DTZ001 - clock readings as written
        try:
            value = dateutil_parser.parse(text, default=default, ignoretz=True)
        except (ValueError, OverflowError, TypeError, AttributeError):
            return None
        found.append(value)
    one, other = found
    if one.date() != other.date() or not _OLDEST <= one.year <= _NEWEST:
        return None
    return one.isoformat() if one.time() == other.time() else one.date().isoformat()
