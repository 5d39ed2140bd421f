"""Finds of all kinds in one passage made one account: which of two that overlap stands, near misses that remain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from corpus_search.tagging.found import Found, Missed

PART = 64  # characters of a part of the passage, by which finds are looked up
# Whose find is taken first where two overlap.
_ORDER = {"redaction": 0, "plate": 1, "identifier": 2, "agency": 3, "lookup": 4}
# A kind that gives way to another where they overlap. A blacked-out plate stays plate and redaction, "ran" of a look-up
# may stand beside anything but an agency.
_YIELDS = frozenset(
    {
        ("identifier", "plate"),
        ("lookup", "agency"),
        ("agency", "plate"),
        ("agency", "identifier"),
        ("lookup", "identifier"),
    }
)


class Claimed:
    """The stretches claimed so far; asks only those close by, so that thousands of finds cost no more than each."""

    def __init__(self) -> None:
        self._near: dict[int, list[Found]] = defaultdict(list)
        self.finds: list[Found] = []

    def add(self, one: Found) -> None:
        """Claim a stretch."""
        self.finds.append(one)
        for part in _parts(one):
            self._near[part].append(one)

    def overlapping(self, one: Found) -> Iterator[Found]:
        """The finds that claim some of a stretch."""
        for part in _parts(one):
            for other in self._near.get(part, ()):
                if other.start < one.end and one.start < other.end:
                    yield other


def _parts(one: Found) -> range:
    return range(one.start // PART, (one.end - 1) // PART + 1)


def apart(found: Iterable[Found]) -> list[Found]:
    """The finds without those that another one claims with more right, in the order of the text."""
    claimed = Claimed()
    for one in sorted(found, key=lambda one: (_ORDER.get(one.kind, 9), one.start, -one.end)):
        if not any(_yields(one, other) for other in claimed.overlapping(one)):
            claimed.add(one)
    return sorted(claimed.finds, key=lambda one: (one.start, one.end, one.kind))


def _yields(one: Found, other: Found) -> bool:
    return one.kind == other.kind or (one.kind, other.kind) in _YIELDS


def unmet(missed: Iterable[Missed], found: Sequence[Found]) -> Iterator[Missed]:
    """Near misses that no find of their kind covers, each stretch once."""
    claimed = Claimed()
    for one in found:
        claimed.add(one)
    seen: set[tuple[str, int, int]] = set()
    for miss in sorted(missed, key=lambda one: (one.start, one.kind, one.end)):
        key = (miss.kind, miss.start, miss.end)
        stretch = Found(miss.kind, None, (), miss.start, miss.end, "", "")
        if key not in seen and not any(other.kind == miss.kind for other in claimed.overlapping(stretch)):
            seen.add(key)
            yield miss
