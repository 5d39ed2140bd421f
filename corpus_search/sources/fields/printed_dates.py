"""Dates as printed, in many languages and damaged by OCR, into ISO 8601; nothing is made up, nothing converted."""

from __future__ import annotations

import re
from datetime import date, time
from functools import lru_cache
from typing import Final, NamedTuple

from corpus_search.sources.dates import read_date

LONGEST: Final = 120  # characters in which a date stands
_OLDEST, _NEWEST = 1970, 2100
_MONTHS: Final = (
    ("jan", "ene", "gen", "januar", "sty", "led", "янв", "tammi", "styczen", "stycznia"),
    ("feb", "fév", "fev", "lut", "úno", "фев", "helmi"),
    ("mar", "mär", "maa", "mrz", "maart", "březen", "мар", "maalis"),
    ("apr", "abr", "avr", "kwi", "dub", "апр", "huhti"),
    ("may", "mai", "maj", "mei", "mag", "мая", "май", "touko", "kvě"),
    ("jun", "giu", "juin", "cze", "čvn", "июн", "kesä"),
    ("jul", "lug", "juil", "lip", "июл", "heinä"),
    ("aug", "ago", "aoû", "aou", "sie", "srp", "авг", "elo"),
    ("sep", "set", "wrz", "zář", "сен", "syys"),
    ("oct", "okt", "ott", "out", "paź", "říj", "окт", "loka"),
    ("nov", "lis", "ноя", "marras"),
    ("dec", "dez", "dic", "déc", "gru", "pro", "дек", "joulu"),
)
_ENGLISH: Final = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                   "november", "december")  # fmt: skip
_CLOCK: Final = re.compile(
    r"(?<![\d/])([0-2]?\d) ?[:;.h] ?([0-5]\d)(?: ?[:.] ?([0-5]\d)(?:[.,]\d{1,7})?)?(?!\d|[./]\d)"
    r"[ .,]{0,3}(?:([AaPp])[. ]{0,2}[MmNn](?:\.(?=\s|$))?)?"
)
_NUMBERS: Final = re.compile(r"(?<![\d/:.])(\d{1,4}) ?([/.\-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?!\d{2})")
_WORDED: Final = re.compile(
    r"(?:(?P<day1>\d{1,2})(?:st|nd|rd|th|\.|º)?[ \-]{0,2}(?:de |of )?(?P<month1>[^\W\d_]{3,12})[.,]?[ \-/]{0,2}(?:de |del |,)?[ ]?'?(?P<year1>\d{4}|\d{2})"
    r"|(?P<month2>[^\W\d_]{3,12})[ .,\-]{1,3}(?P<day2>\d{1,2})(?:st|nd|rd|th)?[ .,]{1,4}(?P<clock>\d{1,2}:\d\d(?::\d\d)? (?:[A-Z]{3,4} )?)?(?P<year2>\d ?\d ?\d ?\d)"
    r"|(?P<year3>\d{4}) ?年 ?(?P<month3>\d{1,2}) ?月 ?(?P<day3>\d{1,2}) ?日)"
)
_DIGITS: Final = re.compile(r"(?<![A-Za-z])[0-9OolISBＯ|!]{1,4}(?![A-Za-z])")
_AS_DIGITS: Final = str.maketrans("OolISB|!", "00115811")
_GLUED: Final = re.compile(r"((?:19|20)\d\d)(?=\d{1,2}:\d\d)")
_ZONE: Final = re.compile(r"\s?(?:\(?(?:UTC|GMT)?\s?[+-]\d{1,2}:?(?:\d{2})?\)?|\(?[A-Z]{2,4}T\b\)?|\(?(?:UTC|GMT)\b\)?|Z\b)")


class Printed(NamedTuple):
    """A date as ISO 8601, and where it begins and ends in the text that was given."""

    iso: str
    start: int
    end: int

    @property
    def timed(self) -> bool:
        """Whether a time of day stands with it."""
        return "T" in self.iso


def find_date(text: str, *, day_first: bool = False) -> Printed | None:
    """The first date in the text, with the time that stands by it; None where there is none.

    A year, a month and a day must all be written. `day_first` is for labels of languages that write 6/3/2018 for
    the sixth of March; elsewhere the month is taken to come first, unless only the other way is a date.
    """
    return _find(text[:LONGEST], day_first)


@lru_cache(maxsize=2048)
def _find(text: str, day_first: bool) -> Printed | None:
    text = text.replace("\u202f", " ").replace("\xa0", " ").replace("\t", " ")
    mended = _DIGITS.sub(_mend, text)
    for given in (mended, _parted(mended)) if not _GLUED.search(mended) else (_parted(mended),):
        if (found := _worded(given) or _numbered(given, day_first)) is not None:
            return _whole(text, given, *found)
    return None


def _mend(match: re.Match[str]) -> str:
    """Letters that OCR put for digits, where a digit stands beside them."""
    word = match.group()
    return word.translate(_AS_DIGITS) if any(char.isdigit() for char in word) else word


def _parted(text: str) -> str:
    """With blanks between what ran together: a month and a day, a year and a time; no offset is kept."""
    text = re.sub(r"(?<=[a-z])[,.]?(?=\d{1,2}, ?\d{4})", " ", text)
    text = _GLUED.sub(r"\1 ", text)
    return re.sub(r"(?<=\d)\. ?(?=\d{4}\b)", ", ", text)


def _whole(text: str, given: str, day: date, start: int, end: int, inner: str | None) -> Printed:
    clock, stop = _time(inner, 0) if inner else _time(given, end)
    if inner:
        stop = end
    elif clock is None and start and (before := _time(given, 0))[0] is not None and before[1] <= start:
        clock, stop, start = before[0], end, 0  # "12:16 on Friday, 2 March 2018"
    elif clock is None:
        stop = end
    iso = day.isoformat() if clock is None else f"{day.isoformat()}T{clock.isoformat()}"
    offset = ""
    if clock is not None and (zone := _ZONE.match(given, stop)):
        stop = zone.end()
        read = read_date(f"{day.isoformat()} {clock.isoformat()} {zone.group().strip(' ()')}")
        offset = (read or "")[19:] if (read or "").startswith(iso) else ""
    if len(given) != len(text):  # blanks were put in: the place is known only nearly
        stop = min(len(text), stop - (len(given) - len(text)))
    return Printed(iso + offset, start, stop)


def _time(text: str, at: int) -> tuple[time | None, int]:
    """The time that stands within a few characters."""
    match = _CLOCK.search(text, at, min(len(text), at + 28))
    if match is None or any(char.isdigit() for char in text[at : match.start()]):
        return None, at
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4] and hour <= 12:
        hour = hour % 12 + (12 if match[4] in "pP" else 0)
    if hour > 23:
        return None, at
    return time(hour, minute, second), match.end()


def _worded(text: str) -> tuple[date, int, int, str | None] | None:
    for match in _WORDED.finditer(text):
        group = next(n for n in "123" if match[f"year{n}"])
        month = int(match["month3"]) if group == "3" else _month(match[f"month{group}"])
        made = _date(match[f"year{group}"], month, match[f"day{group}"])
        if made is not None:
            return made, match.start(), match.end(), match["clock"]
    return None


def _numbered(text: str, day_first: bool) -> tuple[date, int, int, str | None] | None:
    for match in _NUMBERS.finditer(text):
        one, two, three = match[1], match[3], match[4]
        if len(one) == 4:
            made = _date(one, int(two), three) if len(three) == 2 else None
        elif len(one) < 3:
            month, day = (two, one) if day_first else (one, two)
            made = _date(three, int(month), day) or _date(three, int(day), month)
        else:
            made = None
        if made is not None:
            return made, match.start(), match.end(), None
    return None


def _date(year: str, month: int | None, day: str) -> date | None:
    number = int(year.replace(" ", ""))
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    try:
        return date(number, month or 0, int(day)) if _OLDEST <= number <= _NEWEST else None
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _month(word: str) -> int | None:
    word = word.casefold()
    for number, starts in enumerate(_MONTHS, start=1):
        if word.startswith(starts) and (len(word) <= 4 or len(word) >= len(_ENGLISH[number - 1]) - 5):
            return number
    mended = word.replace("rn", "m").replace("ii", "u").replace("lı", "h")
    near = [number for number, name in enumerate(_ENGLISH, start=1) if _alike(mended, name)]
    return near[0] if len(near) == 1 else None


def _alike(word: str, name: str) -> bool:
    """Whether at most two letters in a long month's name are wrong, none lost at its beginning and end at once."""
    if abs(len(word) - len(name)) > 1 or len(name) < 5:
        return False
    return sum(a != b for a, b in zip(word, name, strict=False)) <= 2 or word[1:] == name[1:] or word[2:] == name[1:]
