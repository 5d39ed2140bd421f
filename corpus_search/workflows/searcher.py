"""One search over one corpus: candidates from the index where it is fresh, else all; then match, rank, load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from pathlib import Path

from corpus_search.model import Hit, Record
from corpus_search.query import Expr, has_then, match, reasons_in_steps, steps_of
from corpus_search.query.chain import Moment, Step, linked, moment_of
from corpus_search.query.rank import Counted, counts_of, scored, together
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
        self._in_steps: dict[int, list[int]] = {}  # of the THEN asked last: the steps that each hit was found in

    def ranked(
        self, expr: Expr, *, release: str | None = None, by_date: bool = False, limit: int = 0
    ) -> tuple[list[Ranked], int]:
        """(score, row number) of the hits, best first (or oldest first, undated last), and how many there are in all.

        `limit` 0 is all.
        """
        self._in_steps.clear()
        allowed = self._visible if release is None else frozenset(self._store.visible_numbers(release))
        find = self._in_conversations if has_then(expr) else self._in_records
        found = scored(find(expr, allowed))
        place = self._place
        if by_date:
            dates = self._dates
            ordered = sorted(found, key=lambda one: (*dates.get(one[1], (True, "")), place[one[1]]))
            return ordered[: limit or None], len(ordered)
        if limit and limit < len(found):
            return nsmallest(limit, found, key=lambda one: (-one[0], place[one[1]])), len(found)
        return sorted(found, key=lambda one: (-one[0], place[one[1]])), len(found)

    @cached_property
    def _place(self) -> dict[int, int]:
        """Row number → place in the stable order, of all that may be found."""
        return self._store.order()

    @cached_property
    def _visible(self) -> frozenset[int]:
        return frozenset(self._place)

    def hits(self, expr: Expr, wanted: Sequence[Ranked]) -> Iterator[Hit]:
        """The records of ranked hits, with the reasons."""
        steps = [step for step, _ in steps_of(expr)]
        for run in batched(wanted, BATCH):
            records = self._store.records_at([number for _, number in run])
            for (score, number), record in zip(run, records, strict=True):
                met = self._in_steps.get(number)
                asked = steps if met is None else [steps[at] for at in met]
                yield Hit(record, score, reasons_in_steps([match(step, record) or () for step in asked]))

    def _in_records(self, expr: Expr, allowed: frozenset[int]) -> list[Counted]:
        if self._index is None:
            return list(self._ask(expr, sorted(allowed)))
        proposal = self._index.proposer.propose(expr)
        proposed = proposal.numbers & allowed & self._index.rows
        rest = allowed - self._index.rows
        if not proposal.exact:
            return list(self._ask(expr, sorted(proposed | rest)))
        length, counts = self._index.proposer.length, proposal.counts
        counted = [Counted(number, counts.get(number, {}), length(number)) for number in proposed]
        return [*counted, *self._ask(expr, sorted(rest))]

    def _ask(self, expr: Expr, numbers: Sequence[int]) -> Iterator[Counted]:
        """The hits among these records, asked one by one."""
        for run in batched(numbers, BATCH):
            for number, record in zip(run, self._store.records_at(run), strict=True):
                reasons = match(expr, record)
                if reasons is not None:
                    yield Counted(number, counts_of(reasons), self._length(number, record))

    def _in_conversations(self, expr: Expr, allowed: frozenset[int]) -> list[Counted]:
        """The messages that stand in some way through all steps, each counted by the steps that it is in."""
        steps = steps_of(expr)
        met = [{one.number: one for one in self._in_records(step, allowed)} for step, _ in steps]
        found: dict[int, Counted] = {}
        for lines in self._by_conversation(met):
            ways = linked([Step(line, days) for line, (_, days) in zip(lines, steps, strict=True)])
            for at, way in enumerate(ways or ()):
                for number in way:
                    self._in_steps.setdefault(number, []).append(at)
                    so_far, one = found.get(number), met[at][number]
                    found[number] = one if so_far is None else together(so_far, one)
        return list(found.values())

    def _by_conversation(self, met: Sequence[Mapping[int, Counted]]) -> Iterator[list[list[tuple[int, Moment | None]]]]:
        """For each conversation in which every step is met: the messages that meet each step, with their moments."""
        thread_of, dates = self._thread_of, self._dates
        groups: dict[str, list[list[tuple[int, Moment | None]]]] = {}
        for at, numbers in enumerate(met):
            for number in sorted(numbers):
                thread = thread_of.get(number)
                if thread is None or (at and thread not in groups):
                    continue
                lines = groups.setdefault(thread, [[] for _ in met])
                lines[at].append((number, moment_of(dates[number][1] or None)))
        for lines in groups.values():
            if all(lines):
                yield lines

    @cached_property
    def _thread_of(self) -> dict[int, str]:
        return self._store.thread_of_each()

    @cached_property
    def _dates(self) -> dict[int, tuple[bool, str]]:
        return self._store.dates()

    def _length(self, number: int, record: Record) -> int:
        if self._index is not None and number in self._index.rows:
            return self._index.proposer.length(number)
        return len(view_of(record).tokens)
