"""What follows what: the steps of a THEN in one conversation, in time that hardly grows with its length."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Generic, Literal, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)
DAY: Final = 86400.0
KINDS: Final = ("offset", "clock", "day")


class Moment(NamedTuple):
    """When a message was written, as far as it says: seconds on its own clock, and what kind of clock that is.

    Only moments of one kind can be compared to the second: `offset` knows its distance from UTC, `clock` does not,
    `day` has no time.
    """

    kind: Literal["offset", "clock", "day"]
    seconds: float
    local: datetime


def moment_of(date: str | None) -> Moment | None:
    """A message's date as a moment; None where there is none."""
    if date is None:
        return None
    try:
        found = datetime.fromisoformat(date)
    except ValueError:
        return None
    local = found.replace(tzinfo=None)
    if len(date) == len("2018-03-06"):
        return Moment("day", 0.0, local)
    if found.tzinfo is None:
        return Moment("clock", found.replace(tzinfo=UTC).timestamp(), local)
    return Moment("offset", found.timestamp(), local)


def comes_after(earlier: Moment, later: Moment, days: float | None) -> bool:
    """Whether one moment is later than another, at most so many days.

    Clocks that can't be compared to the second are compared by day, as each was written.
    """
    if earlier.kind == later.kind != "day":
        apart = later.seconds - earlier.seconds
        return apart > 0 and (days is None or apart <= days * DAY)
    apart = (later.local - earlier.local).total_seconds()
    if later.local.date() >= earlier.local.date():
        apart = max(apart, 0.0)
    return apart >= 0 and (days is None or apart <= days * DAY)


@dataclass(frozen=True, slots=True)
class Step(Generic[K]):
    """The messages that meet one step, with their moments; `days`: at most so long after the step before."""

    met: Sequence[tuple[K, Moment | None]]
    days: float | None = None


def linked(steps: Sequence[Step[K]]) -> list[list[K]] | None:
    """Of each step the messages that stand in some way through all of them; None where there is no way."""
    if len(steps) == 1:
        return [[key for key, _ in steps[0].met]] if steps[0].met else None
    reached: list[_Line[K]] = []
    for number, step in enumerate(steps):
        dated = [(key, moment) for key, moment in step.met if moment is not None]
        if number:
            dated = [one for one in dated if reached[-1].has_before(*one, step.days)]
        if not dated:
            return None
        reached.append(_Line(dated))
    useful = [reached[-1]]
    for number in range(len(steps) - 1, 0, -1):
        kept = [one for one in reached[number - 1].dated if useful[-1].has_after(*one, steps[number].days)]
        useful.append(_Line(kept))
    return [[key for key, _ in line.dated] for line in reversed(useful)]


class _Line(Generic[K]):
    """Messages in order of time, to be asked whether one of them comes before or after a moment (see `comes_after`)."""

    def __init__(self, dated: Sequence[tuple[K, Moment]]) -> None:
        self.dated = dated
        self._keys = {key for key, _ in dated}
        moments = [moment for _, moment in dated]
        self._seconds = {kind: sorted(one.seconds for one in moments if one.kind == kind) for kind in KINDS}
        self._written = {kind: sorted(written_at(one) for one in moments if one.kind == kind) for kind in KINDS}

    def has_before(self, key: K, moment: Moment, days: float | None) -> bool:
        """Whether one of them comes before, and at most so many days."""
        if moment.kind != "day":
            known = self._seconds[moment.kind]
            at = bisect_left(known, moment.seconds) - 1
            if at >= 0 and (days is None or moment.seconds - known[at] <= days * DAY):
                return True
        low = -math.inf if days is None else written_at(moment) - days * DAY
        next_day = (moment.local.toordinal() + 1) * DAY
        return self._by_day(key, moment, lambda line: bisect_left(line, next_day) - bisect_left(line, low))

    def has_after(self, key: K, moment: Moment, days: float | None) -> bool:
        """Whether one of them comes after, and at most so many days."""
        if moment.kind != "day":
            known = self._seconds[moment.kind]
            at = bisect_right(known, moment.seconds)
            if at < len(known) and (days is None or known[at] - moment.seconds <= days * DAY):
                return True
        high = math.inf if days is None else written_at(moment) + days * DAY
        same_day = moment.local.toordinal() * DAY
        return self._by_day(key, moment, lambda line: bisect_right(line, high) - bisect_left(line, same_day))

    def _by_day(self, key: K, moment: Moment, count: Callable[[list[float]], int]) -> bool:
        """Whether there is one among those whose clocks can be compared with this one's by day only, but itself."""
        found = sum(count(line) for kind, line in self._written.items() if moment.kind == "day" or kind != moment.kind)
        return found > (moment.kind == "day" and key in self._keys)


def written_at(moment: Moment) -> float:
    """Seconds to the moment as its own clock shows it, from the beginning of the calendar."""
    clock = moment.local
    return clock.toordinal() * DAY + clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6
