"""Finds of all kinds in one passage made one account: which of two that overlap stands, near misses that remain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus_search.tagging.found import Found, Missed

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


def apart(found: Iterable[Found]) -> list[Found]:
    """The finds without those that another one claims with more right, in the order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (_ORDER.get(one.kind, 9), one.start, -one.end)):
        if not any(_yields(one, other) for other in kept if other.start < one.end and one.start < other.end):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.start, one.end, one.kind))


def _yields(one: Found, other: Found) -> bool:
    return one.kind == other.kind or (one.kind, other.kind) in _YIELDS


def unmet(missed: Iterable[Missed], found: Sequence[Found]) -> Iterator[Missed]:
    """Near misses that no find of their kind covers, each stretch once."""
    seen: set[tuple[str, int, int]] = set()
    for miss in sorted(missed, key=lambda one: (one.start, one.kind, one.end)):
        key = (miss.kind, miss.start, miss.end)
        covered = any(one.kind == miss.kind and one.start < miss.end and miss.start < one.end for one in found)
        if key not in seen and not covered:
            seen.add(key)
            yield miss
