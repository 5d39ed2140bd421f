"""How the value of an identifier is written, so that the same number is the same value however it stands in a text."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_TRANSLATED: Final = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)
)
_VALUES: Final = {**{str(digit): digit for digit in range(10)}, **_TRANSLATED}
_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_MONTH_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS: Final = {name: at for at, name in enumerate(_MONTH_NAMES, 1)}
_PIVOT: Final = 27  # two-digit years of birth from here on are of the last century
_DATES: Final = (
    re.compile(r"(?P<y>(?:19|20)\d{2})[-/.]?(?P<m>\d{2})[-/.]?(?P<d>\d{2})"),
    re.compile(r"(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[-/.](?P<y>\d{4}|\d{2})"),
    re.compile(r"(?P<d>\d{1,2})[ -]?(?P<m>[A-Za-z]{3})[ -]?(?P<y>\d{4}|\d{2})"),
    re.compile(r"(?P<m>[A-Za-z]{3})[a-z]{0,6}\.? (?P<d>\d{1,2}),? (?P<y>\d{4})"),
    re.compile(r"(?P<m>\d{2})(?P<d>\d{2})(?P<y>\d{2})"),
)


def vin_is_valid(vin: str) -> bool:
    """Whether the ninth character is the check digit of the others (49 CFR 565; North American vehicles)."""
    if len(vin) != len(_WEIGHTS) or any(char not in _VALUES for char in vin):
        return False
    total = sum(_VALUES[char] * weight for char, weight in zip(vin, _WEIGHTS, strict=True))
    return vin[8] == "0123456789X"[total % 11]


def value_of(how: str, written: str) -> str:
    """The value: compact, a_number, date, digits; any other word stands for itself (a secret is not repeated)."""
    if how == "compact":
        return re.sub(r"[\s-]", "", written).upper() if re.search(r"[A-Za-z]", written) else re.sub(r"\s", "", written)
    if how == "digits":
        return re.sub(r"\D", "", written)
    if how == "a_number":
        digits = re.sub(r"[^0-9Xx]", "", written).upper().replace("X", "?")
        return f"A{digits.rjust(9, '0')}"
    if how == "date":
        return _date(written)
    return how


def _date(written: str) -> str:
    """The date as year-month-day (month first, as written in the United States); as it stands where it is none."""
    for shape in _DATES:
        found = shape.fullmatch(written.strip())
        if found is None:
            continue
        month = _MONTHS.get(found["m"].lower()) if found["m"].isalpha() else int(found["m"])
        year = int(found["y"])
        if len(found["y"]) == 2:
            year += 1900 if year >= _PIVOT else 2000
        try:
            return dt.date(year, month or 0, int(found["d"])).isoformat()
        except ValueError:
            continue
    return written
