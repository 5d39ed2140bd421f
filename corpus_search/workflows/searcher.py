"""One search over one corpus: candidates from the index where it is fresh, else all; then match, rank, load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus_search.model import Hit, Record
from corpus_search.query import Expr, has_then, match, reasons_in_steps, steps_of
from corpus_search.query.rank import Counted, Found, Integers, Mask, counts_of, found_of, scored, together
from corpus_search.query.view import view_of
from corpus_search.store import Store
from corpus_search.store.loading import BATCH, batched
from corpus_search.workflows.indexing import open_index
from corpus_search.workflows.timelines import Timelines

Ranked = tuple[float, int]


class Searcher:
    """Searches one corpus."""

    def __init__(self, store: Store, corpus: Path, *, use_index: bool = True) -> None:
        self._store = store
        visible = np.array(store.visible_numbers(), np.int64)  # in the stable order
        self._place = np.full(int(visible.max(initial=0)) + 1, -1, np.int64)  # of each row in that order
        self._place[visible] = np.arange(len(visible))
        self._index = open_index(store) if use_index else None
        self._in_steps: Sequence[Integers] = ()  # of the THEN asked last: the hits found in each step

    def ranked(
        self, expr: Expr, *, release: str | None = None, by_date: bool = False, limit: int = 0
    ) -> tuple[list[Ranked], int]:
        """(score, row number) of the hits, best first (or oldest first, undated last), and how many there are in all.

        `limit` 0 is all.
        """
        allowed = self._place >= 0 if release is None else self._rows(self._store.visible_numbers(release))
        self._in_steps = ()
        found = self._in_conversations(expr, allowed) if has_then(expr) else self._in_records(expr, allowed)
        scores, total = scored(found), len(found.numbers)
        if by_date:
            order = self._by_date(found.numbers)
        else:
            best = self._best(scores, limit)
            order = best[np.lexsort((self._place[found.numbers[best]], -scores[best]))]
        shown = order[: limit or None]
        return list(zip(scores[shown].tolist(), found.numbers[shown].tolist(), strict=True)), total

    def hits(self, expr: Expr, wanted: Sequence[Ranked]) -> Iterator[Hit]:
        """The records of ranked hits, with the reasons."""
        steps = [step for step, _ in steps_of(expr)]
        for run in batched(wanted, BATCH):
            numbers = [number for _, number in run]
            found_in = [np.isin(numbers, met) for met in self._in_steps] or [np.ones(len(run), np.bool_) for _ in steps]
            records = self._store.records_at(numbers)
            for at, ((score, _), record) in enumerate(zip(run, records, strict=True)):
                asked = [step for step, found in zip(steps, found_in, strict=True) if found[at]]
                yield Hit(record, score, reasons_in_steps([match(step, record) or () for step in asked]))

    def _best(self, scores: NDArray[np.float64], limit: int) -> Integers:
        """The places of the best hits, so many, and of those that score as the last of them."""
        if not 0 < limit < len(scores):
            return np.arange(len(scores))
        least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        return np.flatnonzero(scores >= least)

    def _by_date(self, numbers: Integers) -> Integers:
        """The places of the hits, oldest first, undated last."""
        dates, places = self._store.dates(), self._place[numbers].tolist()
        keys = [(*dates.get(number, (True, "")), place) for number, place in zip(numbers.tolist(), places, strict=True)]
        return np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)

    def _rows(self, numbers: Sequence[int] | Integers) -> Mask:
        """These rows, among all by number."""
        found = np.zeros(len(self._place), np.bool_)
        found[np.asarray(numbers, np.int64)] = True
        return found

    def _in_records(self, expr: Expr, allowed: Mask) -> Found:
        if self._index is None:
            return self._asked(expr, np.flatnonzero(allowed))
        proposal = self._index.propose(expr, np.flatnonzero(allowed))
        found = proposal.found
        rest = np.flatnonzero(allowed & ~self._indexed)
        if not proposal.exact:
            return self._asked(expr, np.sort(np.concatenate([found.numbers, rest])))
        return together([found, self._asked(expr, rest)]) if len(rest) else found

    @cached_property
    def _indexed(self) -> Mask:
        """Which rows stand in the index."""
        assert self._index is not None
        rows = self._index.rows
        return self._rows(rows[rows < len(self._place)])

    def _asked(self, expr: Expr, numbers: Integers) -> Found:
        """The hits among these records, asked one by one."""
        return found_of(list(self._ask(expr, numbers.tolist())))

    def _ask(self, expr: Expr, numbers: Sequence[int]) -> Iterator[Counted]:
        for run in batched(numbers, BATCH):
            for number, record in zip(run, self._store.records_at(run), strict=True):
                reasons = match(expr, record)
                if reasons is not None:
                    yield Counted(number, counts_of(reasons), self._length(number, record))

    def _length(self, number: int, record: Record) -> int:
        if self._index is not None and self._indexed[number]:
            return self._index.length(number)
        return len(view_of(record).tokens)

    def _in_conversations(self, expr: Expr, allowed: Mask) -> Found:
        """The messages that stand in some way through all steps, each counted by the steps that it is in."""
        steps = steps_of(expr)
        found = [self._in_records(step, allowed) for step, _ in steps]
        self._in_steps = self._timelines.through([one.numbers for one in found], [days for _, days in steps])
        kept = zip(found, self._in_steps, strict=True)
        return together([one.only(np.isin(one.numbers, numbers)) for one, numbers in kept])

    @cached_property
    def _timelines(self) -> Timelines:
        return Timelines(self._store, len(self._place))
