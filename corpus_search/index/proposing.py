"""What the index proposes for a query: rows that may meet it, and, where it can tell, that they do and how often."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from corpus_search.index.shard import Shard
from corpus_search.index.stretches import frequencies, only_words
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

MOST = 200  # places of one clause that count: as in ranking
Clause = tuple[str, str | None]  # a clause of the query, and the kind of zone that it is asked of


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
            counts |= frequencies(expr, shard, zone)
        return self._counted(expr, counts, zone)

    def _counted(self, expr: Expr, counts: Mapping[int, int], zone: str | None) -> _Part:
        """An exact proposal of the visible ones among these rows."""
        clause = (unparse(expr), zone)
        visible = self._facts.visible()
        held = {number: {clause: min(MOST, count)} for number, count in counts.items() if number in visible}
        return _Part(set(held), True, held)

    def _near_proposal(self, expr: Near, zone: str | None) -> _Part:
        if only_words(expr):
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


def _holds_only_words(expr: Expr) -> bool:
    if isinstance(expr, And | Or):
        return all(map(_holds_only_words, expr.items))
    return only_words(expr) or isinstance(expr, TagIs)


__all__ = ["Facts", "Proposal", "Proposer"]
