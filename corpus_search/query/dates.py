"""Dates in queries: a day, a month, a year, a range, or a comparison, as first and last day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from corpus_search.errors import QueryError
from corpus_search.query.expr import DateIn
from corpus_search.query.lexer import Token

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
HOW = "give YYYY, YYYY-MM or YYYY-MM-DD, a range such as 2018-01..2018-06, or >2019"


def parse_dates(text: str, query: str, token: Token) -> DateIn:
    """The days that a value of `date:` means.

    Raises:
        QueryError: it is no date.
    """
    try:
        return _parse(text)
    except ValueError:
        message = f"{text!r} is no date; {HOW}"
        raise QueryError(message, query, token.start, token.end + len(text)) from None


def _parse(text: str) -> DateIn:
    if ".." in text:
        low, high = text.split("..", 1)
        if not (low or high):
            raise ValueError
        found = DateIn(_span(low)[0] if low else None, _span(high)[1] if high else None, text)
        if found.first and found.last and found.first > found.last:
            raise ValueError
        return found
    for sign in (">=", "<=", ">", "<"):
        if text.startswith(sign):
            return _compared(sign, *_span(text[len(sign) :]), text)
    first, last = _span(text)
    return DateIn(first, last, text)


def _compared(sign: str, first: str, last: str, text: str) -> DateIn:
    """The days that stand in a relation to those from `first` to `last`."""
    if sign == ">=":
        return DateIn(first, None, text)
    if sign == "<=":
        return DateIn(None, last, text)
    return DateIn(_shifted(last, 1), None, text) if sign == ">" else DateIn(None, _shifted(first, -1), text)


def _span(text: str) -> tuple[str, str]:
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError
    year, month, day = int(found.group(1)), found.group(2), found.group(3)
    if not month:
        return f"{year:04}-01-01", f"{year:04}-12-31"
    last = monthrange(year, int(month))[1] if 1 <= int(month) <= 12 else 0
    if not last or (day and not 1 <= int(day) <= last):
        raise ValueError
    if not day:
        return f"{year:04}-{int(month):02}-01", f"{year:04}-{int(month):02}-{last}"
    one = f"{year:04}-{int(month):02}-{int(day):02}"
    return one, one


def _shifted(day: str, by: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
    except OverflowError:
        raise ValueError from None
