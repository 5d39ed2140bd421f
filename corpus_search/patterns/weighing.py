"""How much of a pattern a conversation says: cues met, their points, and what speaks against."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from corpus_search.packs.pattern_pack import Pattern
from corpus_search.patterns.exchange import Exchange, Form, as_part, gist
from corpus_search.patterns.grading import Graded
from corpus_search.patterns.hearing import Heard, Hearing

TELLING = 2.0  # points from which a cue is one that a reader would point at
UNSURE_NEEDS = 2.0  # further points where a side is not known, or nobody of immigration takes part
ROLES = {"out": "request", "back": "fulfilment", "inside": "cue"}

Points = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pattern's cues as met in a conversation: by name, where each is met."""

    cues: dict[str, tuple[Heard, ...]]

    @property
    def bearing(self) -> frozenset[str]:
        """Ids of the messages in which a telling cue is met; of any met cue where none is telling."""
        telling = {one.turn.message.id for heard in self.cues.values() for one in heard if one.clause.points >= TELLING}
        return frozenset(telling or {one.turn.message.id for heard in self.cues.values() for one in heard})


def weigh(hearing: Hearing, exchange: Exchange) -> Weighed:
    """The pattern's cues, each with every message that meets it."""
    found: dict[str, tuple[Heard, ...]] = {}
    for name, cue in hearing.pattern.cues.items():
        heard = [one for at in exchange.places if (one := hearing.hear(cue, at)) is not None]
        if heard:
            found[name] = tuple(heard)
    return Weighed(found)


def graded_by_cues(hearing: Hearing, exchange: Exchange) -> tuple[Graded, Points, Weighed] | None:
    """The grade of a pattern by its cues, with every point for and against; None where it is not there."""
    pattern = hearing.pattern
    weighed = weigh(hearing, exchange)
    if sum(heard[0].clause.points for heard in weighed.cues.values()) < pattern.needs or hearing.ruled_out():
        return None
    bearing = {at for at, turn in enumerate(exchange.turns) if turn.message.id in weighed.bearing}
    form = exchange.form(bearing, refusable="refuses" not in pattern.despite)
    if form is None:
        return None
    points = points_of_cues(pattern, weighed, exchange, form)
    if sum(value for _, value in points) < pattern.needs + _further(form):
        return None
    heard = tuple(_heard(form, weighed, exchange))
    return Graded(form.grade, heard, tuple(_more(form, weighed, exchange, bearing))), points, weighed


def points_of_cues(pattern: Pattern, weighed: Weighed, exchange: Exchange, form: Form) -> Points:
    """Each cue once, who began, and what speaks against."""
    points = [(f"says {name.replace('_', ' ')}", heard[0].clause.points) for name, heard in weighed.cues.items()]
    if form.began == "asked" and pattern.asked:
        points.append(("was asked for", pattern.asked))
    if form.began == "unasked" and pattern.unasked:
        points.append(("was not asked for", pattern.unasked))
    for name, (value, _) in exchange.against.items():
        if name not in pattern.despite:
            points.append((f"against: {name.replace('_', ' ')}", value))
    return tuple(points)


def _further(form: Form) -> float:
    return UNSURE_NEEDS if form.began == "unknown" else 0.0


def _heard(form: Form, weighed: Weighed, exchange: Exchange) -> Iterator[Heard]:
    """The parts of the form with the cues that each message says; where it says none, what makes it that part."""
    for role, at in form.parts:
        turn = exchange.turns[at]
        said = [one for heard in weighed.cues.values() for one in heard if one.turn is turn and one.spans]
        if said:
            yield from (as_part(one, role) for one in said)
        else:
            act = _act(exchange, at)
            spans = act.spans if act is not None and act.spans else gist(turn)
            clause = act.clause if act is not None else next(iter(weighed.cues.values()))[0].clause
            yield as_part(Heard(clause, turn, spans[:1], True), role)


def _act(exchange: Exchange, at: int) -> Heard | None:
    names = ("asks", "takes_up", "refers", "does", "carried_out")
    return next((heard for name in names if (heard := exchange.act(name, at)) is not None), None)


def _more(form: Form, weighed: Weighed, exchange: Exchange, bearing: Collection[int]) -> Iterator[Heard]:
    """What else of the pattern the conversation says, in the messages that play no part of the grade."""
    taken = {at for _, at in form.parts}
    for at in sorted(set(bearing) - taken):
        turn = exchange.turns[at]
        side = "out" if at in exchange.out else "back" if at in exchange.back else "inside"
        for heard in weighed.cues.values():
            yield from (as_part(one, ROLES[side]) for one in heard if one.turn is turn and one.spans)
