"""Headers whose values stand a row above their labels: print that is not level, or labels set lower than values.

Roe, Kay <kroe@ogso.gov>
From:
Tuesday, March 06, 2018 8:12 AM
Sent:
"""

from __future__ import annotations

from typing import Final

from corpus_search.sources.printed.blocks import Block, Field, Pieces
from corpus_search.sources.printed.dates import find_date
from corpus_search.sources.printed.labels import CORE
from corpus_search.sources.printed.people import looks_like_people

_LEAST: Final = 3  # labels
_MOST: Final = 24  # pieces


def values_above(pieces: Pieces, line: int, free: int) -> Block | None:
    """The header whose first label stands in this line and has its value above; nothing above line `free` is its."""
    start = pieces.at_line[line]
    if not _is_bare(pieces, start) or line + 1 >= len(pieces.lines):
        return None
    said = [
        at for at in range(start, min(len(pieces.pieces), start + _MOST)) if pieces.pieces[at].text.strip(" \t\xa0>")
    ]
    before = next(
        (at for at in range(start - 1, max(-1, start - 3), -1) if pieces.pieces[at].text.strip(" \t\xa0>")), None
    )
    if before is None or pieces.pieces[before].line < free or pieces.labels[before] is not None:
        return None
    fields: list[Field] = []
    value, stop = before, line
    for label, following in zip(said[::2], [*said[1::2], None], strict=False):
        told = pieces.labels[label]
        if told is None or not _is_bare(pieces, label) or any(one.name == told.field for one in fields):
            break
        fields.append(Field(told.field, told.word, pieces.pieces[value].text.lstrip(" \t\xa0>").rstrip()))
        stop = pieces.pieces[label].line + 1
        if following is None or pieces.labels[following] is not None:
            break
        value = following
    if not _bear_out(fields):
        return None
    doubts = ("values stand above their labels",)
    return Block(pieces.pieces[before].line, stop, tuple(fields), doubts=doubts)


def _is_bare(pieces: Pieces, at: int) -> bool:
    """Whether a piece is a label of a header and nothing else."""
    label = pieces.labels[at]
    if label is None or not any(name in CORE for name in label.fields):
        return False
    return not pieces.pieces[at].text[label.value :].strip(" \t\xa0")


def _bear_out(fields: list[Field]) -> bool:
    """Whether the values above are what the labels ask for: what stands below them is not."""
    by_name = {one.name: one.value for one in fields}
    date = find_date(by_name.get("date", ""))
    sender = by_name.get("from", "")
    return len(fields) >= _LEAST and date is not None and ("@" in sender or looks_like_people(sender))
