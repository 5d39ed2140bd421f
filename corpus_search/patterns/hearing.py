"""Which clauses of a pattern a conversation's messages meet, in which direction, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus_search.conversations.keys import moment
from corpus_search.model import Span
from corpus_search.packs.pattern_pack import Clause, Pattern
from corpus_search.patterns.sides import Turn, goes
from corpus_search.query import match


@dataclass(frozen=True, slots=True)
class Heard:
    """A clause met by a message: where, and whether the direction is sure (False: a side is not known)."""

    clause: Clause
    turn: Turn
    spans: tuple[Span, ...]
    sure: bool


class Hearing:
    """Asks each clause of one pattern of each message of one conversation, at most once."""

    def __init__(self, pattern: Pattern, turns: Sequence[Turn]) -> None:
        self.pattern = pattern
        self.turns = turns
        self._heard: dict[tuple[str, int], Heard | None] = {}
        self._barred: dict[int, bool] = {}

    def ruled_out(self) -> bool:
        """Whether any message meets a bar that rules the whole conversation out."""
        bars = [bar for bar in self.pattern.bars if bar.scope == "conversation"]
        return any(match(bar.query, turn.record) is not None for bar in bars for turn in self.turns)

    def ask(self, name: str, position: int) -> Heard | None:
        """The clause as met by the message at that position of the conversation."""
        key = (name, position)
        if key not in self._heard:
            self._heard[key] = self._ask(self.pattern.clauses[name], position)
        return self._heard[key]

    def hear(self, clause: Clause, position: int) -> Heard | None:
        """A clause that is none of the pattern's own, as met by the message at that position."""
        return self._ask(clause, position)

    def _ask(self, clause: Clause, position: int) -> Heard | None:
        heard = hear(clause, self.turns[position])
        return None if heard is None or self.is_barred(position) else heard

    def is_barred(self, position: int) -> bool:
        """Whether the message at that position meets a bar, so that it can say nothing for the pattern."""
        if position not in self._barred:
            record = self.turns[position].record
            bars = [bar for bar in self.pattern.bars if bar.scope == "message"]
            self._barred[position] = any(match(bar.query, record) is not None for bar in bars)
        return self._barred[position]


def hear(clause: Clause, turn: Turn) -> Heard | None:
    """The clause as met by the message; None where it is not, or goes another way."""
    direction = goes(turn, clause.direction)
    if direction is False or turn.message.kind != "message":
        return None
    reasons = match(clause.query, turn.record)
    if reasons is None:
        return None
    spans = sorted({reason.span for reason in reasons if reason.span is not None})
    return Heard(clause, turn, tuple(spans), direction is True)


def may_follow(earlier: Turn, later: Turn, within: float | None) -> bool:
    """Whether a message can come after another, and within so many days.

    Dates are as written: where only one of them names its offset, clocks of one day can't be put in order.
    """
    if later.message.within == earlier.message.id:
        return False
    if earlier.message.within == later.message.id:
        return True  # quoted in it
    a, b = moment(earlier.message.date), moment(later.message.date)
    if a is None or b is None:
        return True
    days = (b[0] - a[0]).total_seconds() / 86400
    slack = 0.0 if a[2] == b[2] and a[1] and b[1] else 1.0
    return -slack <= days <= (within if within is not None else 1e9) + slack


def as_part(heard: Heard, role: str) -> Heard:
    """What was heard, in the role that it plays in the exchange."""
    return replace(heard, clause=replace(heard.clause, role=role))


def worth(heard: Sequence[Heard]) -> float:
    """The points of one cue: once for each different way in which it is said, up to its most."""
    clause = heard[0].clause
    if clause.most == 1:
        return clause.points
    ways = {" ".join(one.turn.message.text[s.start : s.end].split()).casefold() for one in heard for s in one.spans}
    return clause.points * min(clause.most, max(1, len(ways)))
