"""Dates as programs print them, in many languages and with OCR's slips, into ISO 8601; nothing is converted.

A date is found, not only read: `find_date` says where in a line it ends, since in damaged print the words of the
message follow it on the same line.
"""

from __future__ import annotations

import difflib
import re
from datetime import date
from typing import Final, NamedTuple

from corpus_search.packs.printed_pack import fold, load_printed
from corpus_search.sources.printed.clock import CLOCK, number_in, read_offset, read_time
from corpus_search.sources.printed.weekdays import weekday_before, weekday_of

_OLDEST, _NEWEST = 1970, 2100  # years between which a mail can have been sent
_LIKELY: Final = (1995, 2035)  # years of mail that a damaged one is taken for
_LONGEST: Final = 120  # characters of a line that are looked at
_ENGLISH: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_FULL: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    "december",
)
_DIGIT: Final = "[0-9OolIS]"
_WORD: Final = r"(?:[Tt]háng [^\W\d_]{2,5}(?: [^\W\d_]{2,3}\b)?|[^\W\d_]{3,14})"
# The hour may be glued to the year: "201111:35 AM".
_YEAR: Final = r"(?:(?:[1Il]9|2[0Oo])[0-9OolIS] ?[0-9OolISZ]|2 [0Oo][0-9OolIS][0-9OolISZ])(?![0-9](?![0-9]? ?[:;]))"
_SEP: Final = r"[ \t\xa0.,;'’\-]{0,4}"
_DAY: Final = r"(?:(?=\d|[0-3OolI]\d)[0-3OolI]?[0-9OolIS])"  # one figure of it is right, at least
_FORMS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # March 06, 2018 · Mar 6 2018 · Sept. 6th, 2018 · 2018 missing its comma or blank
        rf"(?<![^\W\d_])(?P<month>{_WORD})[ .]{{0,3}}(?P<day>{_DAY})(?:st|nd|rd|th)?{_SEP}(?P<year>{_YEAR})",
        # 6 March 2018 · 6. März 2018 · 6 de marzo de 2018 · 06-Mar-18
        rf"(?<![\d/])(?P<day>{_DAY})(?:st|nd|rd|th|º|er)?{_SEP}(?:de |of |d')?(?P<month>{_WORD}){_SEP}(?:de |del )?"
        rf"(?P<year>{_YEAR}|\d\d(?!\d))",
        # Tue Mar 06 08:12:44 2018
        rf"(?<![^\W\d_])(?P<month>{_WORD})[ .]{{1,3}}(?P<day>{_DAY})[ ,]{{1,3}}(?=[0-9OolI ]{{1,3}}[:;.])"
        rf"(?P<clock>[0-9OolIS]{{1,2}} ?[:;.] ?[0-9OolIS]{{2}}(?: ?[:;.] ?[0-9OolIS]{{2}})?)"
        rf"(?: [A-Z]{{3,4}}| [+-]\d{{4}})?"
        rf" (?P<year>{_YEAR})",
        # 3/6/2018 · 03/06/18 · 6.3.2018
        rf"(?<![\d/])(?P<number>[01OolI]?{_DIGIT}|[0-3OolI]{_DIGIT}) ?(?P<by>[/.\-]) ?(?P<day>{_DAY}) ?(?P=by) ?"
        rf"(?P<year>{_YEAR}|\d\d(?!\d))",
        # 2018-03-06 · 2018/3/6 · 2018年3月6日 · 2018년 3월 6일
        rf"(?<!\d)(?P<year>{_YEAR}) ?[/.\-年년] ?(?P<number>[01]?\d) ?[/.\-月월] ?(?P<day>[0-3]?\d)[日일]?",
        # 20180306 08:12
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<number>[01]\d)(?P<day>[0-3]\d)(?=[ T]\d\d?:?\d\d)",
    )
)
# "Thursda , Au ust 2, 2012", "March 9, 2. 11": letters and digits lost, where nothing better is found.
_LOOSE_YEAR: Final = r"(?:2[ .,'OodD0]{1,3}[01IlOo][ .,']{0,2}[0-9OolIS]|[0-9OolISn]{4})(?!\d)"
_DAMAGED: Final = re.compile(
    rf"(?P<month>[^\W\d_][^\W\d_ '\-.]{{0,9}}(?:[ '\-.][^\W\d_]{{1,6}}){{0,2}})[ ,.']{{1,3}}"
    rf"(?P<day>{_DAY})[ ,.':]{{1,3}}(?P<year>{_LOOSE_YEAR})"
)
_SLASHED: Final = re.compile(
    r"(?<![\d/.\-])(?P<one>\d{1,2})(?P<by>[/\-])(?P<other>\d{1,2})(?P=by)(?P<year>\d{4}|\d\d)(?!\d)"
)
# "06MAR18 0812 hrs", "3/6/2018 0812"
_HOURS: Final = re.compile(r"[ ,T]{1,3}(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) ?(?:(?:h|hrs?|hours)\b\.?|$)")
_FIGURE: Final = re.compile(r"[0-9]")
_WEEKDAY: Final = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}", re.IGNORECASE)


class Found(NamedTuple):
    """A date in a line: in ISO 8601 (a day alone where no time stands), and where it begins and ends."""

    iso: str
    start: int
    end: int
    timed: bool


def read_printed_date(written: str | None, *, day_first: bool = False) -> str | None:
    """The date in ISO 8601, as written: an offset only where one stands there, a time only where one does."""
    found = find_date(written or "", day_first=day_first)
    return found.iso if found else None


def day_order(written: str) -> bool | None:
    """Whether a numeric date shows that its day comes first (True) or second (False); None where it shows neither."""
    match = _SLASHED.search(written[:_LONGEST])
    if match is None:
        return None
    one, other = int(match["one"]), int(match["other"])
    _, weekday = weekday_before(written, match.start())
    orders = []
    for first, (month, day) in ((True, (other, one)), (False, (one, other))):
        made = _day_of(_year(match["year"]), month, str(day)) if month <= 12 else None
        if made is not None and weekday in (None, made.weekday()):
            orders.append(first)
    return orders[0] if len(orders) == 1 else None


def find_date(line: str, *, day_first: bool = False) -> Found | None:
    """The first date in the line. `day_first` says that 6/3/2018 is the sixth of March."""
    text = line[:_LONGEST].replace("\u202f", " ").replace("\xa0", " ").replace("\t", " ")
    if not _has_digit(text):
        return None
    best: tuple[int, re.Match[str], str] | None = None
    for form in _FORMS:
        for match in form.finditer(text):
            day = _day(match, day_first)
            if day is not None:
                if best is None or match.start() < best[0]:
                    best = (match.start(), match, day)
                break
        if best is not None and form is _FORMS[0]:
            break
    if best is None:
        return _damaged(text)
    return _with_clock(text, best[1], best[2])


def _has_digit(text: str) -> bool:
    return _FIGURE.search(text) is not None if text.isascii() else any(map(str.isdigit, text))


def _damaged(text: str) -> Found | None:
    """A date whose month or year is not written right: what is nearest, where the weekday by it bears it out.

    Without a weekday only a month with little wrong and a whole year are believed: nothing is made up.
    """
    found = _WEEKDAY.search(text)
    told = weekday_of(found.group()[:3]) if found else None
    for match in _DAMAGED.finditer(text, found.end() if found else 0):
        word = re.sub(r"[ '\-.]", "", match["month"].lower())
        years = _years(match["year"], told is not None)
        right = {
            day
            for name in difflib.get_close_matches(word, _ENGLISH_FULL, 4, 0.4 if told is not None else 0.75)
            for year in years
            if (day := _day_of(year, _ENGLISH_FULL.index(name) + 1, match["day"])) is not None
            and (told is None or day.weekday() == told)
        }
        if len(right) == 1 or (right and len(years) == 1):
            best = difflib.get_close_matches(word, _ENGLISH_FULL, 4, 0.4 if told is not None else 0.75)
            day = min(right, key=lambda one: best.index(_ENGLISH_FULL[one.month - 1]))
            return _with_clock(text, match, day.isoformat())
    return None


def _years(written: str, sure: bool) -> list[int]:
    """The years that a damaged one may be: one figure of it is wrong, or its blanks and points are too many.

    `sure`: a weekday stands by it, which decides among them.
    """
    year = re.sub(r"[ .,']", "", written.replace("d", "0").replace("D", "0").replace("n", "0"))
    year = year if len(year) == 4 else f"20{year[-2:]}"
    if not sure:
        return [int(year)] if year == written and year.isdigit() and _OLDEST <= int(year) <= _NEWEST else []
    read = _year(year)
    if _LIKELY[0] <= read <= _LIKELY[1]:
        return [read]
    figures = f"{read:04}"
    return [
        one
        for one in range(_LIKELY[0], _LIKELY[1] + 1)
        if sum(a != b for a, b in zip(str(one), figures, strict=True)) == 1
    ]


def _day_of(year: int, month: int, day: str) -> date | None:
    try:
        return date(year, month, number_in(day))
    except ValueError:
        return None


def _with_clock(text: str, match: re.Match[str], day: str) -> Found:
    end = match.end()
    start, told_day = weekday_before(text, match.start())
    day = _borne_out(day, match, told_day)
    inner = match.groupdict().get("clock")
    clock = CLOCK.match(inner) if inner else CLOCK.match(text, end)
    if clock is None and not inner and (hours := _HOURS.match(text, end)):
        return Found(f"{day}T{hours['hour']}:{hours['minute']}:00", start, hours.end(), True)
    if clock is None and not inner:
        before = _clock_before(text, start)
        return Found(f"{day}T{before}", 0, end, True) if before else Found(day, start, end, False)
    told = read_time(clock) if clock else None
    if clock is None or told is None:
        return Found(day, start, end, False)
    end = end if inner else clock.end()
    offset, end = read_offset(text, end)
    return Found(f"{day}T{told}{offset}", start, end, True)


def _borne_out(day: str, match: re.Match[str], weekday: int | None) -> str:
    """The day, or the one with day and month changed over where only that falls on the weekday that is written."""
    if not match.groupdict().get("by") or weekday is None:
        return day
    read = date.fromisoformat(day)
    if read.weekday() == weekday or read.day > 12:
        return day
    other = date(read.year, read.day, read.month)
    return other.isoformat() if other.weekday() == weekday else day


def _clock_before(text: str, start: int) -> str | None:
    """A time that stands before the day: "8:12 AM, March 6, 2018"."""
    head = re.sub(r" (?:on|am|le|el|em|,)$", "", text[:start].strip(" ,"))
    match = CLOCK.fullmatch(head) if 3 < len(head) < 14 and (":" in head or "h" in head) else None
    return read_time(match) if match else None


def _day(match: re.Match[str], day_first: bool) -> str | None:
    parts = match.groupdict()
    day, year = number_in(parts["day"]), _year(parts["year"])
    number = number_in(parts["number"]) if parts.get("number") else _month(parts["month"] or "")
    if number is None:
        return None
    # 16/02/2018: only one reading is a date; 6.3.2018 is written where the day comes first.
    if parts.get("by") and day <= 12 and (number > 12 or day_first or parts["by"] == "."):
        number, day = day, number
    try:
        return date(year, number, day).isoformat() if _OLDEST <= year <= _NEWEST else None
    except ValueError:
        return None


def _year(text: str) -> int:
    year = number_in(text)
    return year if len(text.replace(" ", "")) == 4 else year + (2000 if year < 70 else 1900)


def _month(word: str) -> int | None:
    folded = fold(word)
    found = load_printed().months.get(folded)
    if found is not None or len(folded) < 5:
        return found
    # OCR's slips in a long name: "Novernber", "Decembor", "Jariuary".
    head, tail = folded[:3], folded[-3:]
    if head in _ENGLISH and tail in ("ber", "ary", "ust", "uly", "une", "rch", "ril", "bor", "her", "ery"):
        return _ENGLISH.index(head) + 1
    return None
