"""Relevance: what is rarer among the hits weighs more, what is said oftener in fewer words weighs more.

Computed from the hits alone (how often each clause is met, how long the text is), so that a search with the index and
one without it come to the same numbers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus_search.model import Reason

USUAL_LENGTH: Final = 200.0  # words of an ordinary mail
MOST: Final = 200  # places of one clause that count

Integers: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


class Counted(NamedTuple):
    """A hit: its row number, how often each clause is met, and the number of its words."""

    number: int
    counts: Mapping[str, int]
    length: int


@dataclass(frozen=True, slots=True)
class Found:
    """Hits as columns: their row numbers, the numbers of their words, and how often each clause is met in each."""

    numbers: Integers
    lengths: Integers
    counts: Mapping[str, Integers]

    def only(self, kept: Mask) -> Found:
        """Some of the hits."""
        counts = {clause: met[kept] for clause, met in self.counts.items()}
        return Found(self.numbers[kept], self.lengths[kept], counts)


def found_of(hits: Sequence[Counted]) -> Found:
    """Hits that were found one by one."""
    clauses = {clause for hit in hits for clause in hit.counts}
    return Found(
        np.array([hit.number for hit in hits], np.int64),
        np.array([hit.length for hit in hits], np.int64),
        {clause: np.array([hit.counts.get(clause, 0) for hit in hits], np.int64) for clause in sorted(clauses)},
    )


def counts_of(reasons: Iterable[Reason]) -> dict[str, int]:
    """How often each clause is met, from the reasons."""
    return {clause: min(count, MOST) for clause, count in Counter(reason.clause for reason in reasons).items()}


def together(ways: Sequence[Found]) -> Found:
    """The hits of several ways of finding; of one that was found in several, what each found is counted."""
    every = np.concatenate([way.numbers for way in ways])
    numbers, first = np.unique(every, return_index=True)
    lengths = np.concatenate([way.lengths for way in ways])[first]
    counts: dict[str, Integers] = {}
    for way in ways:
        at = np.searchsorted(numbers, way.numbers)
        for clause, met in way.counts.items():
            counts.setdefault(clause, np.zeros(len(numbers), np.int64))[at] += met
    return Found(numbers, lengths, {clause: np.minimum(met, MOST) for clause, met in counts.items()})


def scored(hits: Found) -> NDArray[np.float64]:
    """The score of each hit."""
    norm = 1.2 * (0.25 + 0.75 * hits.lengths / USUAL_LENGTH)
    score = np.zeros(len(hits.numbers))
    for _, count in sorted(hits.counts.items()):
        held = int(np.count_nonzero(count))
        if held:
            weight = 1.0 + math.log1p((len(count) - held + 0.5) / (held + 0.5))
            score += weight * count * 2.2 / (count + norm)
    return np.round(score, 6)
