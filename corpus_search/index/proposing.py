"""What the index proposes for a query: rows that may meet it, and, where it can tell, that they do and how often."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np

from corpus_search.index.shard import Shard
from corpus_search.index.stretches import frequencies, holding_runs, only_words
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
from corpus_search.query.facts import asks_texts
from corpus_search.query.literals import needed_words
from corpus_search.query.rank import MOST, Found, Integers, Mask

Clause: TypeAlias = tuple[str, str | None]  # a clause of the query, and the kind of zone that it is asked of


class Facts(Protocol):
    """What the store knows of messages; each gives row numbers."""

    def on_days(self, first: str | None, last: str | None) -> Collection[int]:
        """Rows dated from one ISO day to another, both included; None: open."""

    def with_tag(self, expr: TagIs, zone: str | None) -> Mapping[int, int]:
        """Row → how many tags meet kind:value (in zones of one kind): exact."""

    def with_party(self, expr: PartyIs) -> Collection[int]:
        """Rows with a party of whom the query holds: exact."""

    def with_field(self, expr: Field) -> Collection[int] | None:
        """Rows whose field meets the value: exact; None: not known, all may."""

    def attached(self) -> Collection[int]:
        """Rows of what came attached to a message: exact."""

    def with_number(self, expr: Compare) -> Collection[int]:
        """Rows with a page, or a confidence, in the relation asked for: exact."""

    def with_pattern(self, expr: Regex, among: Sequence[int]) -> Mapping[int, int]:
        """Row → how often the regular expression is met in its text, of these rows: exact."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rows that may meet a query. `exact`: they do, and then how often each clause is met is known."""

    found: Found
    exact: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """The same of a part of a query, over all messages of the index; a clause may be asked of zones of one kind."""

    holds: Mask
    exact: bool
    counts: Mapping[Clause, Integers] = field(default_factory=dict)  # 0 where it does not hold


class Proposer:
    """Evaluates queries on shards: a part of a query is a column over their messages, one shard after the other."""

    def __init__(self, shards: Sequence[Shard], facts: Facts) -> None:
        self._shards = shards
        self._facts = facts
        self.rows: Integers = np.concatenate([np.zeros(0, np.int64), *(shard.numbers for shard in shards)])
        self._lengths: Integers = np.concatenate([np.zeros(0, np.int64), *(shard.lengths for shard in shards)])
        self._place_of = np.full(int(self.rows.max(initial=0)) + 1, -1, np.int64)  # by row number
        self._place_of[self.rows] = np.arange(len(self.rows))

    def propose(self, expr: Expr, allowed: Integers) -> Proposal:
        """What the index proposes for a query among the rows allowed."""
        part = self._propose(expr, None, self._among(allowed))
        counts = _of_clauses({clause: met[part.holds] for clause, met in part.counts.items()})
        return Proposal(Found(self.rows[part.holds], self._lengths[part.holds], counts), part.exact)

    def length(self, number: int) -> int:
        """How many words a message has."""
        return int(self._lengths[self._place_of[number]])

    def _propose(self, expr: Expr, zone: str | None, among: Mask) -> _Part:
        """A part of the query, asked of some messages, and of zones of one kind where `zone` is given."""
        return self._makers[type(expr)](self, expr, zone, among)

    def _among(self, numbers: Collection[int] | Integers) -> Mask:
        """Which messages of the index are one of these rows."""
        listed = (
            np.fromiter(numbers, np.int64, len(numbers)) if isinstance(numbers, Set) else np.asarray(numbers, np.int64)
        )
        places = self._place_of[listed[listed < len(self._place_of)]]
        found = np.zeros(len(self.rows), np.bool_)
        found[places[places >= 0]] = True
        return found

    def _counts_at(self, found: Mapping[int, int]) -> Integers:
        """Row → count as a column."""
        by_row = np.zeros(len(self._place_of), np.int64)
        numbers = np.fromiter(found.keys(), np.int64, len(found))
        known = numbers < len(by_row)
        by_row[numbers[known]] = np.fromiter(found.values(), np.int64, len(found))[known]
        return by_row[self.rows]

    def _placed(self, expr: Expr, zone: str | None, among: Mask) -> _Part:
        found = (frequencies(expr, shard, zone) for shard in self._shards)  # none, where nothing is in the corpus
        return _counted(expr, np.concatenate([np.zeros(0, np.int64), *found]), zone, among)

    def _fact(self, expr: Expr, numbers: Collection[int], among: Mask) -> _Part:
        holds = self._among(numbers) & among
        return _Part(holds, True, {(unparse(expr), None): holds.astype(np.int64)})

    def _near(self, expr: Near, zone: str | None, among: Mask) -> _Part:
        if only_words(expr):
            return self._placed(expr, zone, among)
        left = self._propose(expr.left, None, among)
        right = self._propose(expr.right, None, left.holds)
        return _Part(right.holds, exact=False)

    def _and(self, expr: And, zone: str | None, among: Mask) -> _Part:
        """Each part is asked only of what the parts before it left; what costs most comes last."""
        parts, holds, exact = [], among, True
        for item in sorted(expr.items, key=lambda item: (isinstance(item, Not), _reads_texts(item))):
            barred = isinstance(item, Not)
            part = self._propose(item.item if isinstance(item, Not) else item, zone, holds)
            exact &= part.exact
            if not barred:
                parts.append(part)
                holds = part.holds
            elif part.exact:
                holds = holds & ~part.holds
        return _joined(holds, parts, exact)

    def _or(self, expr: Or, zone: str | None, among: Mask) -> _Part:
        parts = [self._propose(item, zone, among) for item in expr.items]
        holds = np.logical_or.reduce([part.holds for part in parts])
        return _joined(holds, parts, all(part.exact for part in parts))

    def _not(self, expr: Not, zone: str | None, among: Mask) -> _Part:
        inner = self._propose(expr.item, zone, among)
        return _Part(among & ~inner.holds if inner.exact else among, inner.exact)

    def _in_zone(self, expr: InZone, zone: str | None, among: Mask) -> _Part:
        if zone is not None and zone != expr.zone:
            return _Part(np.zeros(len(self.rows), np.bool_), exact=True)
        inner = self._propose(expr.query, expr.zone, among)
        if _holds_only_words(expr.query):
            return inner
        return _Part(inner.holds, exact=False)

    def _regex(self, expr: Regex, zone: str | None, among: Mask) -> _Part:
        asked = np.sort(self.rows[self._may_match(expr) & among])
        found = self._counts_at(self._facts.with_pattern(expr, asked.tolist()))
        return _counted(expr, found, zone, among) if zone is None else _Part(found > 0, exact=False)

    def _may_match(self, expr: Regex) -> Mask:
        """Messages with the words that every match of the expression holds."""
        options = needed_words(expr.pattern)
        if options is None:
            return np.ones(len(self.rows), np.bool_)
        return np.concatenate([np.zeros(0, np.bool_), *(holding_runs(options, shard) for shard in self._shards)])

    def _days(self, expr: DateIn, _zone: str | None, among: Mask) -> _Part:
        return self._fact(expr, self._facts.on_days(expr.first, expr.last), among)

    def _tag(self, expr: TagIs, zone: str | None, among: Mask) -> _Part:
        return _counted(expr, self._counts_at(self._facts.with_tag(expr, zone)), zone, among)

    def _party(self, expr: PartyIs, _zone: str | None, among: Mask) -> _Part:
        return self._fact(expr, self._facts.with_party(expr), among)

    def _field(self, expr: Field, _zone: str | None, among: Mask) -> _Part:
        found = self._facts.with_field(expr)
        if found is None:
            return _Part(among, exact=False)
        named = self._fact(expr, found, among)
        if not asks_texts(expr):
            return named
        held = self._propose(expr.value, None, among & self._among(self._facts.attached()))
        return _joined(named.holds | held.holds, [named, held], held.exact)

    def _compare(self, expr: Compare, _zone: str | None, among: Mask) -> _Part:
        return self._fact(expr, self._facts.with_number(expr), among)

    def _then(self, expr: Then, zone: str | None, among: Mask) -> _Part:
        return self._or(Or((expr.left, expr.right)), zone, among)

    _makers: Mapping[type, Callable[..., _Part]] = {
        Word: _placed,
        Phrase: _placed,
        Wild: _placed,
        Fuzzy: _placed,
        Near: _near,
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


def _counted(expr: Expr, counts: Integers, zone: str | None, among: Mask) -> _Part:
    """An exact part: those with a count."""
    held = np.where(among, np.minimum(counts, MOST), 0)
    return _Part(held > 0, True, {(unparse(expr), zone): held})


def _joined(holds: Mask, parts: Iterable[_Part], exact: bool) -> _Part:
    """A part made of parts; what each counted counts, where the whole holds."""
    counts: dict[Clause, Integers] = {}
    if exact:
        for part in parts:
            for clause, met in part.counts.items():
                held = np.where(holds, met, 0)
                counts[clause] = np.maximum(counts[clause], held) if clause in counts else held
    return _Part(holds, exact, counts)


def _of_clauses(counts: Mapping[Clause, Integers]) -> dict[str, Integers]:
    """How often each clause is met: what zones of one kind hold is part of what all hold."""
    in_zones: dict[str, Integers] = {}
    for (clause, zone), met in counts.items():
        if zone is not None:
            in_zones[clause] = in_zones[clause] + met if clause in in_zones else met
    found = {clause: np.minimum(met, MOST) for clause, met in in_zones.items()}
    for (clause, zone), met in counts.items():
        if zone is None:
            found[clause] = np.where(met > 0, met, found[clause]) if clause in found else met
    return found


def _reads_texts(expr: Expr) -> bool:
    """Whether a part of the query is asked of the texts themselves."""
    if isinstance(expr, And | Or):
        return any(map(_reads_texts, expr.items))
    if isinstance(expr, Not):
        return _reads_texts(expr.item)
    if isinstance(expr, InZone):
        return _reads_texts(expr.query)
    if isinstance(expr, Field):
        return asks_texts(expr) and _reads_texts(expr.value)
    return isinstance(expr, Regex)


def _holds_only_words(expr: Expr) -> bool:
    if isinstance(expr, And | Or):
        return all(map(_holds_only_words, expr.items))
    return only_words(expr) or isinstance(expr, TagIs)


__all__ = ["Facts", "Proposal", "Proposer"]
