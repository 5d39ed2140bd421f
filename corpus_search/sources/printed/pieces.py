"""Lines as the pieces that hold one field each: fields may be glued together on one line, or stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from corpus_search.sources.printed.labels import inner_labels


class Piece(NamedTuple):
    """A line, or the part of one that is a field: its text, the line's number, where in the line it begins."""

    text: str
    line: int
    column: int


def pieces_of(line: str, number: int) -> Iterator[Piece]:
    """The pieces of a line."""
    starts = inner_labels(line)
    if not starts:
        yield Piece(line, number, 0)
        return
    if line[: starts[0]].strip():
        yield Piece(line[: starts[0]], number, 0)
    else:
        starts[0] = 0
    for start, stop in pairwise([*starts, len(line)]):
        yield Piece(line[start:stop], number, start)
