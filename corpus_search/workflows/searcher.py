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


class Searcher:
    """Searches one corpus."""

    def __init__(self, store: Store, corpus: Path, *, use_index: bool = True) -> None:
        self._store = store
        self._index = open_index(store) if use_index else None
        self._reasons: dict[int, tuple[Reason, ...]] = {}

    def ranked(self, expr: Expr, *, release: str | None = None, by_date: bool = False) -> list[Ranked]:
        """(score, row number) of every hit, best first (or oldest first, undated last)."""
        if has_then(expr):
            counted = self._in_conversations(expr, release)
        else:
            counted = self._in_records(expr, release)
        found = scored(counted)
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
        for thread in self._threads(expr, release):
            numbers = self._store.thread_numbers(thread)
            records = self._store.records_at(numbers)
            by_id = {record.message.id: number for record, number in zip(records, numbers, strict=True)}
            chosen = [record for record in records if release is None or record.message.release == release]
            met = match_conversation(expr, Conversation(thread, tuple(chosen)))
            for record, reasons in met or ():
                number = by_id[record.message.id]
                self._reasons[number] = reasons
                found.append(Counted(number, counts_of(reasons), _length(record)))
        return found

    def _threads(self, expr: Expr, release: str | None) -> list[str]:
        """Conversations that may meet the query."""
        if self._index is None or not self._index.rows >= set(self._store.visible_numbers()):
            return self._store.all_threads(release)
        return sorted(set.intersection(*(self._threads_of(step) for step in _steps(expr))))

    def _threads_of(self, step: Expr) -> set[str]:
        assert self._index is not None
        return self._store.threads_of(self._index.proposer.propose(step).numbers)


def _steps(expr: Expr) -> list[Expr]:
    return [*_steps(expr.left), expr.right] if isinstance(expr, Then) else [expr]


def _length(record: Record) -> int:
    return len(view_of(record).tokens)
