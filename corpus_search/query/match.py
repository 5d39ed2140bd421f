"""Does a record meet a query, and where: what decides, whatever the index proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from corpus_search.model import Conversation, Reason, Record, Span
from corpus_search.query.expr import (
    And,
    Compare,
    DateIn,
    Expr,
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
from corpus_search.query.facts import compare_met, date_met, field_met, party_met
from corpus_search.query.places import Placed, in_zones, places_of
from corpus_search.query.unparse import unparse
from corpus_search.query.view import View, view_of

MOST_REASONS = 200  # of one clause: a common word in a long text


def match(expr: Expr, record: Record) -> tuple[Reason, ...] | None:
    """Why the record meets the query, in the order of the text; None where it does not.

    A THEN is met by a message that meets one of its sides; conversations are for `match_conversation`.
    """
    return _met(expr, view_of(record), None)


def _met(expr: Expr, view: View, zone: str | None) -> tuple[Reason, ...] | None:
    decide = _DECIDERS[type(expr)]
    return decide(expr, view, zone)


def _and(expr: And, view: View, zone: str | None) -> tuple[Reason, ...] | None:
    reasons: list[Reason] = []
    for item in expr.items:
        found = _met(item, view, zone)
        if found is None:
            return None
        reasons += found
    return _ordered(reasons)


def _or(expr: Or, view: View, zone: str | None) -> tuple[Reason, ...] | None:
    found = [reasons for item in expr.items if (reasons := _met(item, view, zone)) is not None]
    return _ordered(reason for reasons in found for reason in reasons) if found else None


def _not(expr: Not, view: View, zone: str | None) -> tuple[Reason, ...] | None:
    return () if _met(expr.item, view, zone) is None else None


def _then(expr: Then, view: View, zone: str | None) -> tuple[Reason, ...] | None:
    return _or(Or((expr.left, expr.right)), view, zone)


def _zone(expr: InZone, view: View, zone: str | None) -> tuple[Reason, ...] | None:
    if zone is not None and zone != expr.zone:
        return None
    return _met(expr.query, view, expr.zone) if view.zones(expr.zone) else None


def _placed(expr: Expr, view: View, zone: str | None) -> tuple[Reason, ...] | None:
    found = places_of(expr, view)
    if zone is not None:
        found = in_zones(found, view.zones(zone))
    if not found:
        return None
    return tuple(Reason(_clause(expr), Span(one.met.start, one.met.end), one.tag) for one in found[:MOST_REASONS])


def _fact(decide: Callable[..., bool]) -> Callable[[Expr, View, str | None], tuple[Reason, ...] | None]:
    def met(expr: Expr, view: View, _zone: str | None) -> tuple[Reason, ...] | None:
        return (Reason(_clause(expr)),) if decide(expr, view.record) else None

    return met


@lru_cache(maxsize=4096)
def _clause(expr: Expr) -> str:

    return unparse(expr)


def _ordered(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: (reason.span is not None, reason.span or (0, 0), reason.clause)))


_DECIDERS: dict[type, Callable[..., tuple[Reason, ...] | None]] = {
    And: _and,
    Or: _or,
    Not: _not,
    Then: _then,
    InZone: _zone,
    Word: _placed,
    Wild: _placed,
    Fuzzy: _placed,
    Phrase: _placed,
    Near: _placed,
    Regex: _placed,
    TagIs: _placed,
    Field: _fact(field_met),
    PartyIs: _fact(party_met),
    DateIn: _fact(date_met),
    Compare: _fact(compare_met),
}


def has_then(expr: Expr) -> bool:
    """Whether the query is about conversations (a THEN stands at its top)."""
    return isinstance(expr, Then)


def match_conversation(expr: Expr, conversation: Conversation) -> list[tuple[Record, tuple[Reason, ...]]] | None:
    """The records that together meet the query, oldest first, with the reasons; None where they do not."""
    found = _chain(expr, conversation.records)
    if found is None:
        return None
    by_id: dict[str, tuple[Record, list[Reason]]] = {}
    for record, reasons in found:
        by_id.setdefault(record.message.id, (record, []))[1].extend(reasons)
    order = {record.message.id: position for position, record in enumerate(conversation.records)}
    return [
        (record, _ordered(reasons)) for _, (record, reasons) in sorted(by_id.items(), key=lambda one: order[one[0]])
    ]


def _chain(expr: Expr, records: Sequence[Record]) -> list[tuple[Record, tuple[Reason, ...]]] | None:
    """Pairs of a record and its reasons that meet the query; of a THEN all that any way through gives."""
    if not isinstance(expr, Then):
        found = [(record, reasons) for record in records if (reasons := match(expr, record)) is not None]
        return found or None
    left = _chain(expr.left, records)
    right = [(record, reasons) for record in records if (reasons := match(expr.right, record)) is not None]
    if left is None:
        return None
    pairs = [(a, b) for a in left for b in right if follows(a[0], b[0], expr.days)]
    return [one for pair in pairs for one in pair] or None


def follows(earlier: Record, later: Record, days: float | None = None) -> bool:
    """Whether one message is later than another, and at most so many days; undated messages follow nothing."""
    a, b = earlier.message.date, later.message.date
    if a is None or b is None or earlier.message.id == later.message.id:
        return False
    try:
        first, second = datetime.fromisoformat(a), datetime.fromisoformat(b)
    except ValueError:
        return False
    if (first.tzinfo is None) != (second.tzinfo is None) or len(a) == 10 or len(b) == 10:
        apart = (second.replace(tzinfo=None) - first.replace(tzinfo=None)).total_seconds()
        apart = max(apart, 0.0) if second.date() >= first.date() else apart  # clocks that can't be compared: by day
        return apart >= 0 and (days is None or apart <= days * 86400)
    apart = (second - first).total_seconds()
    return apart > 0 and (days is None or apart <= days * 86400)


__all__ = ["Placed", "follows", "has_then", "match", "match_conversation"]
