"""Labels printed in one column and values in another, which a text layer gives one after the other: paired by order.

What kind of thing a value is (a date, a list of people, words) decides where there are more or fewer than labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus_search.sources.printed.dates import find_date
from corpus_search.sources.printed.people import looks_like_people

_ROWS: Final = 300  # lines in which the values stand
_PEOPLE: Final = ("from", "to", "cc", "bcc", "other")


def pair_values(names: Sequence[str], rows: Sequence[str]) -> tuple[list[str], int] | None:
    """A value for each of the fields, and how many rows the values take; None where no date closes them.

    The date is the one value that can't be mistaken: those of the fields before it stand before it.
    """
    if "date" not in names:
        return None
    begin = next((at for at, row in enumerate(rows[:4]) if row.strip()), None)
    if begin is None:
        return None
    end = _date_row(rows, begin)
    if end is None:
        return None
    at_date = list(names).index("date")
    before, after = list(names[:at_date]), list(names[at_date + 1 :])
    values = _assigned(before, _grouped([row.strip() for row in rows[begin:end]]))
    used = end + 1
    later: list[str] = []
    if after:
        rest: list[str] = []
        while used < len(rows) and rows[used].strip() and len(rest) < 40:
            rest.append(rows[used].strip())
            used += 1
        later = _assigned(after, _grouped(rest)) if rest else [""] * len(after)
    return [*values, rows[end].strip(), *later], used


def _date_row(rows: Sequence[str], begin: int) -> int | None:
    """The row that is a date and nothing else."""
    for at in range(begin, min(len(rows), begin + _ROWS)):
        row = rows[at].strip()
        if not row:
            # Values may stand apart by an empty line, but not by more.
            if at + 1 < len(rows) and not rows[at + 1].strip():
                return None
            continue
        if row.endswith(":") and len(row) < 14:
            return None  # the labels of another header
        found = find_date(row) if len(row) < 60 else None
        if found is not None and found.timed and found.start < 3 and len(row) - found.end < 12:
            return at
    return None


def _grouped(rows: Sequence[str]) -> list[str]:
    """Rows put together where one goes on in the next: a list after its separator."""
    groups: list[str] = []
    for row in rows:
        if not row:
            continue
        if groups and groups[-1].endswith((";", ",")):
            groups[-1] = f"{groups[-1]} {row}"
        else:
            groups.append(row)
    return groups


def _assigned(names: list[str], groups: list[str]) -> list[str]:
    """Values by name: the first for the first, the last for the subject, people for people between."""
    if len(groups) == len(names):
        return groups
    if len(groups) > len(names):
        return _narrowed(names, groups)
    if "subject" in names and groups and looks_like_people(groups[-1]) and len(groups) < len(names):
        people = [name for name in names if name != "subject"]
        given = dict(zip(people, groups, strict=False))
        return [given.get(name, "") for name in names]
    people = [name for name in names if name in _PEOPLE]
    given = dict(zip(people, groups[:-1], strict=False)) if "subject" in names and groups else {}
    if "subject" in names and groups:
        given["subject"] = groups[-1]
    elif not given:
        given = dict(zip(names, groups, strict=False))
    return [given.get(name, "") for name in names]


def _narrowed(names: list[str], groups: list[str]) -> list[str]:
    """More values than fields: a subject that wraps takes the last of them, a list of people those between."""
    extra = len(groups) - len(names)
    values = list(groups)
    while extra and len(values) > 1:
        at = len(values) - 2
        if names[-1] == "subject" and looks_like_people(values[at]) and len(values) > 2:
            at = next((i for i in range(1, len(values) - 1) if looks_like_people(values[i + 1])), at)
        values[at : at + 2] = [f"{values[at]} {values[at + 1]}"]
        extra -= 1
    return values
