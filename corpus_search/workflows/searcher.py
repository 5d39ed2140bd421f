"""One search over one corpus: candidates from the index where it is fresh, else all; then match, rank, load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus_search.model import Conversation, Hit, Reason, Record
from corpus_search.query import Expr, has_then, match, match_conversation
from corpus_search.query.expr import Then
from corpus_search.query.rank import Counted, counts_of, scored
from corpus_search.query.view import view_of
from corpus_search.store import Store
from corpus_search.store.loading import BATCH, batched
from corpus_search.workflows.indexing import open_index

Ranked = tuple[float, int]
LOADED = 100  # conversations whose messages are held at a time


class Searcher:
    """Searches one corpus."""

    def __init__(self, store: Store, corpus: Path, *, use_index: bool = True) -> None:
        self._store = store
        self._index = open_index(store) if use_index else None
        self._reasons: dict[int, tuple[Reason, ...]] = {}

    def ranked(self, expr: Expr, *, release: str | None = None, by_date: bool = False) -> list[Ranked]:
        """(score, row number) of every hit, best first (or oldest first, undated last)."""
        find = self._in_conversations if has_then(expr) else self._in_records
        found = scored(find(expr, release))
        order = self._store.order()
        if by_date:
            days = self._store.dates()
            return sorted(found, key=lambda one: (*days.get(one[1], (True, "")), order[one[1]]))
        return sorted(found, key=lambda one: (-one[0], order[one[1]]))

    def hits(self, expr: Expr, wanted: Sequence[Ranked]) -> Iterator[Hit]:
        """The records of ranked hits, with the reasons."""
        for run in batched(wanted, BATCH):
            records = self._store.records_at([number for _, number in run])
            for (score, number), record in zip(run, records, strict=True):
                reasons = self._reasons.get(number)
                if reasons is None:
                    reasons = match(expr, record) or ()
                yield Hit(record, score, reasons)

    def _in_records(self, expr: Expr, release: str | None) -> list[Counted]:
        allowed = self._store.visible_numbers(release)
        if self._index is None:
            return list(self._ask(expr, allowed))
        proposal = self._index.proposer.propose(expr)
        proposed = [number for number in allowed if number in proposal.numbers and number in self._index.rows]
        rest = [number for number in allowed if number not in self._index.rows]
        if not proposal.exact:
            return list(self._ask(expr, sorted([*proposed, *rest])))
        length = self._index.proposer.length
        counted = [Counted(number, proposal.counts.get(number, {}), length(number)) for number in proposed]
        return [*counted, *self._ask(expr, rest)]

    def _ask(self, expr: Expr, numbers: Sequence[int]) -> Iterator[Counted]:
        """The hits among these records, asked one by one."""
        for run in batched(numbers, BATCH):
            for number, record in zip(run, self._store.records_at(run), strict=True):
                reasons = match(expr, record)
                if reasons is not None:
                    yield Counted(number, counts_of(reasons), _length(record))

    def _in_conversations(self, expr: Expr, release: str | None) -> list[Counted]:
        found: list[Counted] = []
        for thread, members in self._members(expr, release):
            numbers = {record.message.id: number for number, record in members}
            met = match_conversation(expr, Conversation(thread, tuple(record for _, record in members)))
            for record, reasons in met or ():
                number = numbers[record.message.id]
                self._reasons[number] = reasons
                found.append(Counted(number, counts_of(reasons), _length(record)))
        return found

    def _members(self, expr: Expr, release: str | None) -> Iterator[tuple[str, list[tuple[int, Record]]]]:
        """Conversations that may meet the query, each with those of its messages that may meet a step, oldest first."""
        wanted = self._wanted(expr, self._store.visible_numbers(release))
        for run in batched(wanted, LOADED):
            numbers = [number for _, group in run for number in group]
            records = dict(zip(numbers, self._store.records_at(numbers), strict=True))
            for thread, group in run:
                yield thread, [(number, records[number]) for number in group]

    def _wanted(self, expr: Expr, allowed: Sequence[int]) -> list[tuple[str, list[int]]]:
        """(conversation, rows that may meet a step) where every step has such a row."""
        steps = [self._may_meet(step, allowed) for step in _steps(expr)]
        union = set().union(*steps)
        groups = self._store.by_thread(union)
        return [
            (thread, group) for thread, group in groups.items() if all(not step.isdisjoint(group) for step in steps)
        ]

    def _may_meet(self, step: Expr, allowed: Sequence[int]) -> set[int]:
        if self._index is None:
            return set(allowed)
        rest = set(allowed) - self._index.rows
        return (self._index.proposer.propose(step).numbers & set(allowed)) | rest


def _steps(expr: Expr) -> list[Expr]:
    return [*_steps(expr.left), expr.right] if isinstance(expr, Then) else [expr]


def _length(record: Record) -> int:
    return len(view_of(record).tokens)
