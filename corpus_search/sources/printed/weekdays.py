"""The weekday that is printed before a date: where it begins, and which it is. It tells day and month apart."""

from __future__ import annotations

import difflib
import re
from typing import Final

from corpus_search.packs.printed_pack import fold, load_printed

_ENGLISH: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ALIKE: Final = 0.7  # of a damaged English name to the right one
_WORD: Final = re.compile(r"[^\W\d_][^\s,;:<>()\[\]\d\"|/]{1,15}$|[月火水木金土日一二三四五六]$")
_NEAR: Final = 4  # blanks, commas and points between the weekday and the date


def weekday_of(word: str) -> int | None:
    """The number of a weekday (0: Monday) in any language, OCR's slips in an English one mended."""
    folded = fold(word.strip(" .,-"))
    found = load_printed().weekdays.get(folded)
    if len(folded) < 3 and word[:1].islower():
        return None  # "so 6/3/2018" is no Saturday
    if found is not None or len(folded) < 5:
        return found
    near = difflib.get_close_matches(folded, _ENGLISH, 1, _ALIKE)
    return _ENGLISH.index(near[0]) if near else None


def weekday_before(text: str, start: int) -> tuple[int, int | None]:
    """Where a date begins with the weekday before it, and which that is (None: none stands there)."""
    before = text[:start].rstrip(" ,.(")
    if start - len(before) > _NEAR:
        return start, None
    match = _WORD.search(before, max(0, len(before) - 16))
    told = weekday_of(match.group()) if match else None
    return (match.start(), told) if match and told is not None else (start, None)
