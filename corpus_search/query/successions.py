"""What follows what in all conversations at once: the same as `chain.linked` says of each, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus_search.query.chain import DAY, KINDS, moment_of, written_at
from corpus_search.query.rank import Integers, Mask

_BY_DAY = KINDS.index("day")
UNDATED = -1


@dataclass(frozen=True, slots=True)
class Moments:
    """When messages were written; see `chain.Moment`."""

    kinds: Integers  # places in KINDS, or UNDATED
    seconds: NDArray[np.float64]  # on its own clock
    written: NDArray[np.float64]  # as the clock shows it, from the beginning of the calendar
    days: NDArray[np.float64]  # the same, to the beginning of the day

    def at(self, places: Integers | Mask) -> Moments:
        """Those of some."""
        return Moments(self.kinds[places], self.seconds[places], self.written[places], self.days[places])

    def put(self, places: Integers, found: Moments) -> None:
        """Set those of some."""
        self.kinds[places], self.seconds[places] = found.kinds, found.seconds
        self.written[places], self.days[places] = found.written, found.days


def moments_of(dates: Iterable[str | None]) -> Moments:
    """The moments of messages by their dates."""
    found = [moment_of(date) for date in dates]
    return Moments(
        np.array([UNDATED if one is None else KINDS.index(one.kind) for one in found], np.int64),
        np.array([0.0 if one is None else one.seconds for one in found], np.float64),
        np.array([0.0 if one is None else written_at(one) for one in found], np.float64),
        np.array([0.0 if one is None else one.local.toordinal() * DAY for one in found], np.float64),
    )


@dataclass(frozen=True, slots=True)
class Stage:
    """The messages that meet a step: their row numbers, the numbers of their conversations, and when they were written.

    `days`: at most so long after the step before.
    """

    numbers: Integers
    threads: Integers
    moments: Moments
    days: float | None = None

    def only(self, kept: Mask) -> Stage:
        """Some of the messages."""
        return Stage(self.numbers[kept], self.threads[kept], self.moments.at(kept), self.days)


def followed(stages: Sequence[Stage]) -> list[Integers]:
    """Of each step the rows that stand, in their conversation, in some way through all of them."""
    reached = [stages[0].only(stages[0].moments.kinds != UNDATED)]
    for stage in stages[1:]:
        dated = stage.only(stage.moments.kinds != UNDATED)
        reached.append(dated.only(_Lines(reached[-1]).have_before(dated, stage.days)))
    useful = [reached[-1]]
    for stage, before in zip(stages[:0:-1], reached[-2::-1], strict=True):
        useful.append(before.only(_Lines(useful[-1]).have_after(before, stage.days)))
    return [stage.numbers for stage in reversed(useful)]


class _Lines:
    """Messages in order of time, those of each conversation and kind of clock apart; asked as `chain` asks its lines.

    A key is the number of a conversation and kind, and below it the place of a time among all times.
    """

    def __init__(self, stage: Stage) -> None:
        moments = stage.moments
        self._numbers = np.sort(stage.numbers)
        self._seconds, self._written = np.unique(moments.seconds), np.unique(moments.written)
        self._wide = len(moments.seconds) + 1
        groups = _groups(stage.threads, moments.kinds)
        self._by_seconds = np.sort(groups * self._wide + np.searchsorted(self._seconds, moments.seconds))
        self._by_written = np.sort(groups * self._wide + np.searchsorted(self._written, moments.written))

    def have_before(self, stage: Stage, days: float | None) -> Mask:
        """Of which messages one of these comes before, in their conversation, and at most so many days."""
        moments = stage.moments
        groups = _groups(stage.threads, moments.kinds)
        key = groups * self._wide + np.searchsorted(self._seconds, moments.seconds)
        there, seconds = self._standing(np.searchsorted(self._by_seconds, key) - 1, groups)
        met = there & (moments.kinds != _BY_DAY) & ((days is None) | (moments.seconds - seconds <= (days or 0) * DAY))
        low = np.full(len(key), -np.inf) if days is None else moments.written - days * DAY
        return np.asarray(met | self._by_day(stage, low, moments.days + DAY, "left"))

    def have_after(self, stage: Stage, days: float | None) -> Mask:
        """Of which messages one of these comes after, in their conversation, and at most so many days."""
        moments = stage.moments
        groups = _groups(stage.threads, moments.kinds)
        key = groups * self._wide + np.searchsorted(self._seconds, moments.seconds, "right")
        there, seconds = self._standing(np.searchsorted(self._by_seconds, key), groups)
        met = there & (moments.kinds != _BY_DAY) & ((days is None) | (seconds - moments.seconds <= (days or 0) * DAY))
        high = np.full(len(key), np.inf) if days is None else moments.written + days * DAY
        return np.asarray(met | self._by_day(stage, moments.days, high, "right"))

    def _standing(self, places: Integers, groups: Integers) -> tuple[Mask, NDArray[np.float64]]:
        """Whether there is one of the group at these places in the order of seconds, and its seconds."""
        if not len(self._by_seconds):
            return np.zeros(len(places), np.bool_), np.zeros(len(places))
        within = (places >= 0) & (places < len(self._by_seconds))
        keys = self._by_seconds[np.where(within, places, 0)]
        return within & (keys // self._wide == groups), self._seconds[keys % self._wide]

    def _by_day(
        self, stage: Stage, low: NDArray[np.float64], high: NDArray[np.float64], side: Literal["left", "right"]
    ) -> Mask:
        """Whether there is one among those whose clocks can be compared by day only, but the message itself."""
        kinds = stage.moments.kinds
        first, stop = np.searchsorted(self._written, low), np.searchsorted(self._written, high, side)
        count = np.zeros(len(kinds), np.int64)
        for kind in range(len(KINDS)):
            groups = _groups(stage.threads, np.full(len(kinds), kind)) * self._wide
            found = np.searchsorted(self._by_written, groups + stop) - np.searchsorted(self._by_written, groups + first)
            count += np.where((kinds == _BY_DAY) | (kinds != kind), found, 0)
        itself = (kinds == _BY_DAY) & np.isin(stage.numbers, self._numbers)
        return np.asarray(count > itself)


def _groups(threads: Integers, kinds: Integers) -> Integers:
    return threads * len(KINDS) + kinds
