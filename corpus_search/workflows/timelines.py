"""Which conversation each message of a corpus is in, and when it was written, in columns by row number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus_search.query.rank import Integers
from corpus_search.query.successions import Moments, Stage, followed, moments_of
from corpus_search.store import Store


class Timelines:
    """The conversations of one corpus; what is asked of a message's date is kept."""

    def __init__(self, store: Store, rows: int) -> None:
        """`rows`: more than the greatest row number."""
        self._store = store
        self._threads = np.full(rows, -1, np.int64)
        self._known = np.zeros(rows, np.bool_)
        self._moments = Moments(np.zeros(rows, np.int64), np.zeros(rows), np.zeros(rows), np.zeros(rows))
        names: dict[str, int] = {}
        for number, thread in store.thread_of_each().items():
            if number < rows:
                self._threads[number] = names.setdefault(thread, len(names))
        self._count = len(names)

    def through(self, met: Sequence[Integers], days: Sequence[float | None]) -> list[Integers]:
        """Of the rows that meet each step, those that stand in some way through all.

        `days`: see `successions.Stage`.
        """
        asked = np.ones(self._count, np.bool_)
        for numbers in met:
            here = np.zeros(self._count, np.bool_)
            here[self._threads[numbers[self._threads[numbers] >= 0]]] = True
            asked &= here
        return followed([self._stage(numbers, asked, most) for numbers, most in zip(met, days, strict=True)])

    def _stage(self, numbers: Integers, asked: NDArray[np.bool_], days: float | None) -> Stage:
        """A step, in the conversations that are asked."""
        threads = self._threads[numbers]
        kept = threads >= 0
        kept[kept] = asked[threads[kept]]
        numbers = numbers[kept]
        self._learn(numbers[~self._known[numbers]])
        return Stage(numbers, threads[kept], self._moments.at(numbers), days)

    def _learn(self, numbers: Integers) -> None:
        """Read the dates of these rows."""
        found = moments_of(self._dates.get(number) for number in numbers.tolist())
        self._moments.put(numbers, found)
        self._known[numbers] = True

    @cached_property
    def _dates(self) -> dict[int, str | None]:
        return {number: None if undated else date for number, (undated, date) in self._store.dates().items()}
