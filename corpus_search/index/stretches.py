"""Where in the messages of a shard the words of a query stand, and how often."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from corpus_search.index.shard import Shard
from corpus_search.query import Expr
from corpus_search.query.expr import Fuzzy, Near, Or, Phrase, Wild, Word
from corpus_search.query.slips import may_be, near_spelling
from corpus_search.query.words import squeeze_wild

Stretch = tuple[int, int]  # first and last position
Stretches = dict[int, list[Stretch]]  # by row number


def only_words(expr: Expr) -> bool:
    """Whether the index alone decides it: words, phrases and patterns, alone or near each other."""
    if isinstance(expr, Near):
        return only_words(expr.left) and only_words(expr.right)
    if isinstance(expr, Or):
        return all(map(only_words, expr.items))
    return isinstance(expr, Word | Phrase | Wild | Fuzzy)


def _words_met(expr: Wild | Fuzzy, shard: Shard) -> list[str]:
    """The words of a shard that a pattern with `*`, or a word with slips, meets."""
    if isinstance(expr, Wild):
        return shard.words_like(squeeze_wild(expr.pattern))
    return [word for word in shard.words_shaped(may_be(expr.text)) if near_spelling(expr.text, word)]


def _frequencies_of(shard: Shard, words: Sequence[str]) -> dict[int, int]:
    """Row → at how many places one of the words stands."""
    if len(words) == 1:
        return shard.frequencies(words[0])
    places: dict[int, set[int]] = {}
    for word in words:
        for number, found in shard.places(word).items():
            places.setdefault(number, set()).update(found)
    return {number: len(found) for number, found in places.items()}


def frequencies(expr: Expr, shard: Shard, zone: str | None) -> dict[int, int]:
    """Row → at how many places (of zones of one kind) words are met: those that `only_words` allows."""
    if zone is None and isinstance(expr, Word | Phrase) and len(expr.parts) == 1:
        return shard.frequencies(expr.parts[0])
    if zone is None and isinstance(expr, Wild | Fuzzy):
        return _frequencies_of(shard, _words_met(expr, shard))
    counts = {}
    for number, found in stretches(expr, shard).items():
        kept = found if zone is None else _in_zone(found, shard.zones(number), zone)
        if kept:
            counts[number] = len(set(kept))
    return counts


def stretches(expr: Expr, shard: Shard) -> Stretches:
    """Where words, phrases, patterns, or pairs of them near each other, stand in each message of a shard."""
    if isinstance(expr, Word):
        found = _single(shard, "".join(expr.parts))
        return _whole_or_parts(found, _sequence(shard, expr.parts)) if len(expr.parts) > 1 else found
    if isinstance(expr, Phrase):
        return _sequence(shard, expr.parts) if len(expr.parts) > 1 else _single(shard, expr.parts[0])
    if isinstance(expr, Wild | Fuzzy):
        return _merged(_single(shard, word) for word in _words_met(expr, shard))
    if isinstance(expr, Or):
        return _merged(stretches(item, shard) for item in expr.items)
    assert isinstance(expr, Near)
    return _near(stretches(expr.left, shard), stretches(expr.right, shard), expr)


def _single(shard: Shard, word: str) -> Stretches:
    return {number: [(at, at) for at in places] for number, places in shard.places(word).items()}


def _sequence(shard: Shard, parts: Sequence[str]) -> Stretches:
    """Where words stand one after the other; the rarest words are looked at first."""
    if not all(shard.has(part) for part in parts):
        return {}
    holding = sorted((shard.numbers_with(part) for part in set(parts)), key=len)
    numbers = set.intersection(*holding)
    if not numbers:
        return {}
    places = [shard.places(part, numbers) for part in parts]
    found: Stretches = {}
    for number in numbers:
        later = [set(group[number]) for group in places[1:]]
        starts = [at for at in places[0][number] if all(at + step in group for step, group in enumerate(later, 1))]
        if starts:
            found[number] = [(at, at + len(parts) - 1) for at in starts]
    return found


def _whole_or_parts(whole: Stretches, parts: Stretches) -> Stretches:
    """Where a joined word stands whole or by its parts; where both begin at one position, that is one place."""
    out: Stretches = {}
    for number in whole.keys() | parts.keys():
        last_of = dict(whole.get(number, ())) | dict(parts.get(number, ()))
        out[number] = sorted(last_of.items())
    return out


def _merged(groups: Iterable[Stretches]) -> Stretches:
    out: Stretches = {}
    for group in groups:
        for number, found in group.items():
            out.setdefault(number, []).extend(found)
    return {number: sorted(set(found)) for number, found in out.items()}


def _near(left: Stretches, right: Stretches, expr: Near) -> Stretches:
    found: Stretches = {}
    for number in left.keys() & right.keys():
        others = sorted(right[number])
        firsts = [one[0] for one in others]
        met = set()
        for a in left[number]:
            low = a[1] + 1 if expr.ordered else a[0] - expr.distance - 8
            for b in others[bisect_right(firsts, low - 1) : bisect_right(firsts, a[1] + expr.distance)]:
                if a != b and _apart(a, b, ordered=expr.ordered) <= expr.distance:
                    met.add((min(a[0], b[0]), max(a[1], b[1])))
        if met:
            found[number] = sorted(met)
    return found


def _apart(a: Stretch, b: Stretch, *, ordered: bool) -> float:
    if b[0] > a[1]:
        return b[0] - a[1]
    if a[0] > b[1] and not ordered:
        return a[0] - b[1]
    return float("inf")


def _in_zone(found: Iterable[Stretch], zones: Sequence[tuple[str, int]], kind: str) -> list[Stretch]:
    firsts = [first for _, first in zones]
    kept = []
    for one in found:
        at = bisect_right(firsts, one[0]) - 1
        if at >= 0 and zones[at][0] == kind:
            kept.append(one)
    return kept
