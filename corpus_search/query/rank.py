"""Relevance: what is rarer among the hits weighs more, what is said oftener in fewer words weighs more.

Computed from the hits alone (how often each clause is met, how long the text is), so that a search with the index and
one without it come to the same numbers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus_search.model import Reason

USUAL_LENGTH = 200.0  # words of an ordinary mail
MOST = 200  # places of one clause that count


class Counted(NamedTuple):
    """A hit: its row number, how often each clause is met, and the number of its words."""

    number: int
    counts: Mapping[str, int]
    length: int


def counts_of(reasons: Iterable[Reason]) -> dict[str, int]:
    """How often each clause is met, from the reasons."""
    return {clause: min(count, MOST) for clause, count in Counter(reason.clause for reason in reasons).items()}


def together(one: Counted, other: Counted) -> Counted:
    """A hit that was found in two ways: what each found is counted."""
    counts = {
        clause: min(MOST, one.counts.get(clause, 0) + other.counts.get(clause, 0))
        for clause in (*one.counts, *other.counts)
    }
    return Counted(one.number, counts, one.length)


def scored(hits: Sequence[Counted]) -> list[tuple[float, int]]:
    """(score, row number) of each hit, in the order given."""
    met = Counter(clause for hit in hits for clause in hit.counts)
    weight = {
        clause: 1.0 + math.log1p((len(hits) - count + 0.5) / (count + 0.5)) for clause, count in sorted(met.items())
    }
    found = []
    for hit in hits:
        norm = 1.2 * (0.25 + 0.75 * hit.length / USUAL_LENGTH)
        score = math.fsum(weight[clause] * count * 2.2 / (count + norm) for clause, count in sorted(hit.counts.items()))
        found.append((round(score, 6), hit.number))
    return found
