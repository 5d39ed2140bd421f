"""Whether 6/3/2018 is the sixth of March in a file: what its other dates bear witness to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from corpus_search.sources.printed.dates import day_order

_AMBIGUOUS: Final = re.compile(r"(?<![\d/])(?:0?[1-9]|1[0-2])/(?:0?[1-9]|1[0-2])/(?:\d{4}|\d\d)(?![\d/])")
_NOON: Final = re.compile(r"\b[ap]\.? ?m\b", re.IGNORECASE)


def day_comes_first(written: Iterable[str | None]) -> bool:
    """Whether the dates of one file are written day before month: one shows it, and none shows the contrary."""
    votes = [order for one in written if one and (order := day_order(one)) is not None]
    return bool(votes) and all(votes)


def is_open(written: str | None, votes: Iterable[str | None]) -> bool:
    """Whether nothing tells day and month of a date apart: neither it, nor its clock, nor the file's other dates."""
    if not written or _AMBIGUOUS.search(written) is None or _NOON.search(written):
        return False
    return all(day_order(one) is None for one in votes if one)
