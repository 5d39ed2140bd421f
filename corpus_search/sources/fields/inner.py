"""Labels that stand within a row: cells of a table on one line, or labels run together with the value before them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from corpus_search.sources.fields.printed_dates import find_date

LONGEST: Final = 4000  # characters of a row that are looked at
_WORDS: Final = {"From": "from", "Sent": "sent", "Date": "sent", "To": "to", "Cc": "cc", "CC": "cc", "Bcc": "bcc",
                 "Subject": "subject", "Attachments": "attachments", "Importance": "other"}  # fmt: skip
_LABEL: Final = re.compile(r"(From|Sent|Date|To|Cc|CC|Bcc|Subject|Attachments|Importance) ?:(?!/)")


class Inner(NamedTuple):
    """A label within a row: where it begins, and where its value does."""

    field: str
    start: int
    value: int


def inner_labels(text: str, at: int, current: str, seen: Collection[str]) -> Iterator[Inner]:
    """The labels in the row from `at`, of fields that the block does not have yet."""
    taken = {*seen, current}
    for match in _LABEL.finditer(text, at, LONGEST):
        field = _WORDS[match[1]]
        if field in taken and field != "other":
            continue
        if _stands(text, match, field, current, at):
            taken.add(field)
            yield Inner(field, match.start(), match.end())
            current = field


def _stands(text: str, match: re.Match[str], field: str, current: str, begin: int) -> bool:
    """Whether it is a label and not a word of the value: run together, after a wide gap, or with a date after it."""
    start = match.start()
    before = text[begin:start]
    if field == "sent":
        found = find_date(text[match.end() : match.end() + 60])
        return found is not None and found.timed and found.start < 14
    if current == "subject" and before.endswith(" ") and not before.endswith("  "):
        return False
    if not before.strip():
        return field != "from"
    if not before[-1].isspace():
        return before[-1].isalnum() or before[-1] in ".)>];,'\"?!-"
    wide = before.endswith("  ")
    return wide or (current == "sent" and find_date(before) is not None) or before.rstrip().endswith(("]", ">", ";"))
