"""What the index proposes for a query: rows that may meet it, and, where it can tell, that they do and how often."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from corpus_search.index.shard import Shard
from corpus_search.query import Expr, unparse
from corpus_search.query.expr import (
    And,
    Compare,
    DateIn,
    Field,
    Fuzzy,
    InZone,
    Near,
    Not,
    Or,
    PartyIs,
    Phrase,
    Regex,
    TagIs,
    Then,
    Wild,
    Word,
)
from corpus_search.query.literals import needed_words
from corpus_search.query.slips import may_be, near_spelling
from corpus_search.query.words import squeeze_wild

MOST = 200  # places of one clause that count: as in ranking
Clause = tuple[str, str | None]  # a clause of the query, and the kind of zone that it is asked of
Stretch = tuple[int, int]  # first and last position
Stretches = dict[int, list[Stretch]]


class Facts(Protocol):
    """What the store knows of messages; each gives row numbers."""

    def visible(self) -> frozenset[int]:
        """All rows that a search may give."""

    def on_days(self, first: str | None, last: str | None) -> set[int]:
        """Rows dated from one ISO day to another, both included; None: open."""

    def with_tag(self, expr: TagIs, zone: str | None) -> dict[int, int]:
        """Row → how many tags meet kind:value (in zones of one kind): exact."""

    def with_party(self, expr: PartyIs) -> set[int]:
        """Rows with a party of whom the query holds: exact."""

    def with_field(self, expr: Field) -> set[int] | None:
        """Rows whose field meets the value: exact; None: not known, all may."""

    def with_number(self, expr: Compare) -> set[int]:
        """Rows with a page, or a confidence, in the relation asked for: exact."""

    def with_pattern(self, expr: Regex, among: Collection[int]) -> dict[int, int]:
        """Row → how often the regular expression is met in its text, of these rows: exact."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rows that may meet a query. `exact`: they do; then `counts` says how often each clause is met in each."""

    numbers: set[int]
    exact: bool
    counts: Mapping[int, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Part:
    """The same of a part of a query; a clause may be asked of zones of one kind."""

    numbers: set[int]
    exact: bool
    counts: Mapping[int, Mapping[Clause, int]] = field(default_factory=dict)


class Proposer:
    """Evaluates queries on shards."""

    def __init__(self, shards: Sequence[Shard], facts: Facts) -> None:
        self._shards = shards
        self._facts = facts

    def propose(self, expr: Expr) -> Proposal:
        """What the index proposes for a query."""
        found = self._propose(expr, None)
        return Proposal(found.numbers, found.exact, {number: _of_clauses(met) for number, met in found.counts.items()})

    def _propose(self, expr: Expr, zone: str | None) -> _Part:
        """The same, inside zones of one kind where `zone` is given; counts are of clause and zone."""
        return self._makers[type(expr)](self, expr, zone)

    def length(self, number: int) -> int:
        """How many words a message has."""
        for shard in self._shards:
            if number in shard.place_of:
                return shard.length(number)
        return 0

    def _all(self) -> _Part:
        return _Part(set(self._facts.visible()), exact=False)

    def _placed(self, expr: Expr, zone: str | None) -> _Part:
        counts: dict[int, int] = {}
        for shard in self._shards:
            if zone is None and isinstance(expr, Word | Phrase) and len(expr.parts) == 1:
                counts |= shard.frequencies(expr.parts[0])
            elif zone is None and isinstance(expr, Wild | Fuzzy):
                counts |= _frequencies(shard, _words_met(expr, shard))
            else:
                for number, found in self._stretches(expr, shard).items():
                    kept = found if zone is None else _in_zone(found, shard.zones(number), zone)
                    if kept:
                        counts[number] = len(set(kept))
        return self._counted(expr, counts, zone)

    def _counted(self, expr: Expr, counts: Mapping[int, int], zone: str | None) -> _Part:
        """An exact proposal of the visible ones among these rows."""
        clause = (unparse(expr), zone)
        visible = self._facts.visible()
        held = {number: {clause: min(MOST, count)} for number, count in counts.items() if number in visible}
        return _Part(set(held), True, held)

    def _stretches(self, expr: Expr, shard: Shard) -> Stretches:
        if isinstance(expr, Word):
            found = _single(shard, "".join(expr.parts))
            return _merged([found, _sequence(shard, expr.parts)]) if len(expr.parts) > 1 else found
        if isinstance(expr, Phrase):
            return _sequence(shard, expr.parts) if len(expr.parts) > 1 else _single(shard, expr.parts[0])
        if isinstance(expr, Wild | Fuzzy):
            return _merged(_single(shard, word) for word in _words_met(expr, shard))
        if isinstance(expr, Or):
            return _merged(self._stretches(item, shard) for item in expr.items)
        assert isinstance(expr, Near)
        return _near(self._stretches(expr.left, shard), self._stretches(expr.right, shard), expr)

    def _near_proposal(self, expr: Near, zone: str | None) -> _Part:
        if _only_words(expr):
            return self._placed(expr, zone)
        left, right = self._propose(expr.left, None), self._propose(expr.right, None)
        return _Part(left.numbers & right.numbers, exact=False)

    def _and(self, expr: And, zone: str | None) -> _Part:
        parts = [self._propose(item, zone) for item in expr.items if not isinstance(item, Not)]
        barred = [self._propose(item.item, zone) for item in expr.items if isinstance(item, Not)]
        numbers = set.intersection(*(part.numbers for part in parts)) if parts else set(self._facts.visible())
        for bar in barred:
            if bar.exact:
                numbers = numbers - bar.numbers
        exact = all(part.exact for part in (*parts, *barred))
        return _Part(numbers, exact, _joined(numbers, parts) if exact else {})

    def _or(self, expr: Or, zone: str | None) -> _Part:
        parts = [self._propose(item, zone) for item in expr.items]
        numbers = set().union(*(part.numbers for part in parts))
        exact = all(part.exact for part in parts)
        return _Part(numbers, exact, _joined(numbers, parts) if exact else {})

    def _not(self, expr: Not, zone: str | None) -> _Part:
        inner = self._propose(expr.item, zone)
        visible = set(self._facts.visible())
        return _Part(visible - inner.numbers, True) if inner.exact else _Part(visible, exact=False)

    def _in_zone(self, expr: InZone, zone: str | None) -> _Part:
        if zone is not None and zone != expr.zone:
            return _Part(set(), exact=True)
        inner = self._propose(expr.query, expr.zone)
        if _holds_only_words(expr.query):
            return inner
        return _Part(inner.numbers, exact=False)

    def _regex(self, expr: Regex, zone: str | None) -> _Part:
        found = self._facts.with_pattern(expr, self._may_match(expr))
        return self._counted(expr, found, zone) if zone is None else _Part(set(found), exact=False)

    def _may_match(self, expr: Regex) -> Collection[int]:
        """Rows with the words that every match of the expression holds."""
        options = needed_words(expr.pattern)
        if options is None:
            return self._facts.visible()
        numbers: set[int] = set()
        for pieces in options:
            found: set[int] | None = None
            for piece in pieces:
                having: set[int] = set()
                for shard in self._shards:
                    for word in shard.words_like(f"*{piece}*"):
                        having |= shard.numbers_with(word)
                found = having if found is None else found & having
            numbers |= found or set()
        return numbers & self._facts.visible()

    def _days(self, expr: DateIn, _zone: str | None) -> _Part:
        return _fact(expr, self._facts.on_days(expr.first, expr.last) & self._facts.visible())

    def _tag(self, expr: TagIs, zone: str | None) -> _Part:
        return self._counted(expr, self._facts.with_tag(expr, zone), zone)

    def _party(self, expr: PartyIs, _zone: str | None) -> _Part:
        return _fact(expr, self._facts.with_party(expr) & self._facts.visible())

    def _field(self, expr: Field, _zone: str | None) -> _Part:
        found = self._facts.with_field(expr)
        return self._all() if found is None else _fact(expr, found & self._facts.visible())

    def _compare(self, expr: Compare, _zone: str | None) -> _Part:
        return _fact(expr, self._facts.with_number(expr) & self._facts.visible())

    def _then(self, expr: Then, zone: str | None) -> _Part:
        return self._or(Or((expr.left, expr.right)), zone)

    _makers: Mapping[type, Callable[..., _Part]] = {
        Word: _placed,
        Phrase: _placed,
        Wild: _placed,
        Fuzzy: _placed,
        Near: _near_proposal,
        And: _and,
        Or: _or,
        Not: _not,
        InZone: _in_zone,
        Regex: _regex,
        DateIn: _days,
        TagIs: _tag,
        PartyIs: _party,
        Field: _field,
        Compare: _compare,
        Then: _then,
    }


def _of_clauses(met: Mapping[Clause, int]) -> dict[str, int]:
    """How often each clause is met: what zones of one kind hold is part of what all hold."""
    if len(met) == 1:
        return {clause: count for (clause, _), count in met.items()}
    whole = {clause: count for (clause, zone), count in met.items() if zone is None}
    for (clause, zone), count in met.items():
        if zone is not None and (clause, None) not in met:
            whole[clause] = min(MOST, whole.get(clause, 0) + count)
    return whole


def _fact(expr: Expr, numbers: set[int]) -> _Part:
    clause = (unparse(expr), None)
    return _Part(numbers, True, {number: {clause: 1} for number in numbers})


def _joined(numbers: set[int], parts: Iterable[_Part]) -> dict[int, dict[Clause, int]]:
    listed = list(parts)
    return {
        number: {clause: count for part in listed for clause, count in part.counts.get(number, {}).items()}
        for number in numbers
    }


def _only_words(expr: Expr) -> bool:
    if isinstance(expr, Near):
        return _only_words(expr.left) and _only_words(expr.right)
    if isinstance(expr, Or):
        return all(map(_only_words, expr.items))
    return isinstance(expr, Word | Phrase | Wild | Fuzzy)


def _words_met(expr: Wild | Fuzzy, shard: Shard) -> list[str]:
    """The words of a shard that a pattern with `*`, or a word with slips, meets."""
    if isinstance(expr, Wild):
        return shard.words_like(squeeze_wild(expr.pattern))
    return [word for word in shard.words_shaped(may_be(expr.text)) if near_spelling(expr.text, word)]


def _frequencies(shard: Shard, words: Sequence[str]) -> dict[int, int]:
    """Row → at how many places one of the words stands."""
    if len(words) == 1:
        return shard.frequencies(words[0])
    places: dict[int, set[int]] = {}
    for word in words:
        for number, found in shard.places(word).items():
            places.setdefault(number, set()).update(found)
    return {number: len(found) for number, found in places.items()}


def _holds_only_words(expr: Expr) -> bool:
    if isinstance(expr, And | Or):
        return all(map(_holds_only_words, expr.items))
    return _only_words(expr) or isinstance(expr, TagIs)


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


__all__ = ["Facts", "_Part", "Proposer"]
