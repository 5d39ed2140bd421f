"""Does a record meet a query, and where: what decides, whatever the index proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

from corpus_search.model import Conversation, Reason, Record, Span
from corpus_search.query.chain import Step, linked, moment_of
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
from corpus_search.query.facts import asks_texts, came_attached, compare_met, date_met, field_met, party_met
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
    groups = []
    for item in expr.items:
        found = _met(item, view, zone)
        if found is None:
            return None
        groups.append(found)
    return _together(groups)


def _or(expr: Or, view: View, zone: str | None) -> tuple[Reason, ...] | None:
    found = [reasons for item in expr.items if (reasons := _met(item, view, zone)) is not None]
    return _together(found) if found else None


def _not(expr: Not, view: View, zone: str | None) -> tuple[Reason, ...] | None:
    return () if _met(expr.item, view, zone) is None else None


def _then(expr: Then, view: View, zone: str | None) -> tuple[Reason, ...] | None:
    return _or(Or((expr.left, expr.right)), view, zone)


def _field(expr: Field, view: View, zone: str | None) -> tuple[Reason, ...] | None:
    """A fact of the message; of what came attached to one, `attachment:` asks the text too."""
    named = _of_fields(expr, view, zone)
    if not asks_texts(expr) or not came_attached(view.record):
        return named
    held = _met(expr.value, view, None)
    return named if held is None else _together([named or (), held])


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


_of_fields = _fact(field_met)


@lru_cache(maxsize=4096)
def _clause(expr: Expr) -> str:
    return unparse(expr)


def _together(groups: Iterable[Iterable[Reason]]) -> tuple[Reason, ...]:
    """The reasons of several parts in the order of the text; one that two parts give (`you can you`) stands once."""
    found: Counter[Reason] = Counter()
    for group in groups:
        found |= Counter(group)
    return tuple(
        sorted(found.elements(), key=lambda reason: (reason.span is not None, reason.span or (0, 0), reason.clause))
    )


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
    Field: _field,
    PartyIs: _fact(party_met),
    DateIn: _fact(date_met),
    Compare: _fact(compare_met),
}


def has_then(expr: Expr) -> bool:
    """Whether the query is about conversations (a THEN stands at its top)."""
    return isinstance(expr, Then)


def steps_of(expr: Expr) -> list[tuple[Expr, float | None]]:
    """The steps of a THEN in order, each with the days in which it must follow the one before."""
    return [*steps_of(expr.left), (expr.right, expr.days)] if isinstance(expr, Then) else [(expr, None)]


def match_conversation(expr: Expr, conversation: Conversation) -> list[tuple[Record, tuple[Reason, ...]]] | None:
    """The records that together meet the query, oldest first, with the reasons; None where they do not."""
    records = conversation.records
    reasons_at: list[dict[str, tuple[Reason, ...]]] = []
    steps = []
    for step, days in steps_of(expr):
        met = {one.message.id: reasons for one in records if (reasons := match(step, one)) is not None}
        reasons_at.append(met)
        steps.append(
            Step([(one.message.id, moment_of(one.message.date)) for one in records if one.message.id in met], days)
        )
    found = linked(steps)
    if found is None:
        return None
    ways = [set(keys) for keys in found]
    return [
        (record, reasons_in_steps([met[one] for way, met in zip(ways, reasons_at, strict=True) if one in way]))
        for record in records
        if any((one := record.message.id) in way for way in ways)
    ]


def reasons_in_steps(met: Iterable[Iterable[Reason]]) -> tuple[Reason, ...]:
    """The reasons of all the steps that a record meets, in the order of the text."""
    return _together(met)


__all__ = ["Placed", "has_then", "match", "match_conversation", "reasons_in_steps", "steps_of"]
