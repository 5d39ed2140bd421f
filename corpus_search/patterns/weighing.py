"""How much of a pattern a conversation says: cues met, their points, and what speaks against."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus_search.model import Span
from corpus_search.packs.pattern_pack import TELLING, Pattern
from corpus_search.patterns.anchors import counting_against, stands_in_words
from corpus_search.patterns.dense import densest, is_long, narrowed
from corpus_search.patterns.evidence_lines import gist
from corpus_search.patterns.exchange import NOBODY, Exchange, Form
from corpus_search.patterns.grading import Graded
from corpus_search.patterns.hearing import Heard, Hearing, as_part, hear, worth
from corpus_search.patterns.sides import Turn
from corpus_search.patterns.wording import best_sentence, is_sure
from corpus_search.query.places import compiled

FURTHER_NEEDS = {
    "unknown": 4.0,
    "inside": 0.0,
    "among themselves": 4.0,
}  # points more where a side is not known, or nobody of immigration writes
NAMES_SOMEBODY = 0.5  # points for a pattern about persons, where the two sides write of a person by name
WORDING = "wording"  # the name of the cue that is met by what the whole reads like
ROLES = {"out": "request", "back": "fulfilment", "inside": "cue"}

Points = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pattern's cues as met in a conversation: by name, where each is met."""

    cues: dict[str, tuple[Heard, ...]]
    stretches: dict[str, Span] = field(default_factory=dict)  # by id of a long message: where it speaks of the pattern

    def bearing(self, turns: Sequence[Turn]) -> frozenset[int]:
        """Positions of the messages in which a telling cue is met; of any met cue where none is telling."""
        said = [one for heard in self.cues.values() for one in heard if one.spans] or [
            one for heard in self.cues.values() for one in heard
        ]
        telling = [one for one in said if one.clause.points >= TELLING] or said
        return frozenset(at for at, turn in enumerate(turns) if any(one.turn is turn for one in telling))


def weigh(hearing: Hearing, exchange: Exchange) -> Weighed:
    """The pattern's cues, each with every message that meets it."""
    cues = hearing.pattern.cues
    met: dict[str, tuple[Heard, ...]] = {}
    for name in sorted(cues, key=lambda each: -cues[each].points):
        if cues[name].points < TELLING and not met:
            break  # nothing to point at: what the small cues would add does not matter
        heard = [one for at in exchange.places if (one := hearing.hear(cues[name], at)) is not None]
        if heard:
            met[name] = tuple(heard)
    found = {name: met[name] for name in cues if name in met}
    told = any(cues[name].points >= TELLING and cues[name].words for name in found)
    unsaid = not (told and _meets_must(hearing.pattern, found))
    if unsaid and reads_like(hearing.pattern, exchange) and (read := tuple(_read(hearing, exchange))):
        found[WORDING] = read
    long = [exchange.turns[at] for at in exchange.places if is_long(exchange.turns[at])] if found else []
    stretches = {turn.message.id: stretch for turn in long if (stretch := densest(turn, found)) is not None}
    return Weighed(_near(found, stretches) if stretches else found, stretches)


def _meets_must(pattern: Pattern, cues: Collection[str]) -> bool:
    """Whether one of the cues is met without which the pattern can't be; what the whole reads like may stand for it."""
    return not pattern.must_say or WORDING in cues or not pattern.must_say.isdisjoint(cues)


def reads_like(pattern: Pattern, exchange: Exchange) -> bool:
    """Whether the two sides write to each other what reads like the pattern, whatever phrases they use."""
    return exchange.between_sides and is_sure(exchange.wording.get(pattern.name))


def _read(hearing: Hearing, exchange: Exchange) -> Iterator[Heard]:
    """A cue without points of its own: the sentences that most read like the pattern."""
    pattern = hearing.pattern
    cue = replace(next(iter(pattern.cues.values())), name=WORDING, points=0.0, most=1, words="")
    for at in (*exchange.out, *exchange.back):
        turn = exchange.turns[at]
        if turn.message.within or hearing.is_barred(at):
            continue
        if (sentence := best_sentence(turn, pattern.name, exchange.pack.wording)) is not None:
            yield Heard(cue, turn, (sentence,), True)


def _near(found: dict[str, tuple[Heard, ...]], stretches: dict[str, Span]) -> dict[str, tuple[Heard, ...]]:
    """What is left of the cues where long messages are heard only in one stretch."""
    left = {}
    for name, heard in found.items():
        kept = [
            narrowed(one, stretches[one.turn.message.id]) if one.turn.message.id in stretches else one for one in heard
        ]
        if any(kept):
            left[name] = tuple(one for one in kept if one is not None)
    return left


def graded_by_cues(hearing: Hearing, exchange: Exchange) -> tuple[Graded, Points, Weighed] | None:
    """The grade of a pattern by its cues, with every point for and against; None where it is not there."""
    pattern = hearing.pattern
    if not _may_say(pattern, exchange):
        return None
    weighed = weigh(hearing, exchange)
    if not _meets_must(pattern, weighed.cues):
        return None
    if not stands_in_words(pattern, weighed.cues, exchange):
        return None
    said = sum(worth(heard) for heard in weighed.cues.values())
    most = said + max(pattern.asked, pattern.unasked, 0.0) + (NAMES_SOMEBODY if pattern.subjects == "person" else 0.0)
    most += max(0.0, exchange.wording.get(pattern.name, 0.0))
    if most < pattern.needs or hearing.ruled_out():
        return None
    bearing = weighed.bearing(exchange.turns)
    form = _form(pattern, bearing, exchange)
    if form is None:
        return None
    points = points_of_cues(pattern, weighed, exchange, form)
    if sum(value for _, value in points) < pattern.needs + FURTHER_NEEDS.get(form.began, 0.0):
        return None
    heard = tuple(_heard(form, weighed, exchange))
    return Graded(form.grade, heard, tuple(_more(form, weighed, exchange, bearing))), points, weighed


def _form(pattern: Pattern, bearing: Collection[int], exchange: Exchange) -> Form | None:
    """The form of the messages that speak of the pattern; of all of them where the whole does not read otherwise."""
    refusable = "refuses" not in pattern.despite
    form = exchange.form(bearing, refusable=refusable, either=pattern.channel)
    if form is None and bearing and exchange.between_sides and exchange.wording.get(pattern.name, -1.0) >= 0:
        return exchange.form(exchange.places, refusable=refusable, either=pattern.channel)
    return form


def _may_say(pattern: Pattern, exchange: Exchange) -> bool:
    """Whether a telling cue can be met at all: without one there is nothing to point at. A quick look."""
    if reads_like(pattern, exchange):
        return True
    alone = not (exchange.out or exchange.back or exchange.unsure)
    if telling := pattern.telling_inside if alone else pattern.telling:
        words = compiled(telling)
        for at in exchange.places:
            text, subject = exchange.turns[at].message.text, exchange.turns[at].message.subject or ""
            if words.search(text) or (subject not in text and words.search(subject)):
                return True
    facts = [cue for cue in pattern.cues.values() if cue.points >= TELLING and not cue.words]
    return any(hear(cue, exchange.turns[at]) is not None for cue in facts for at in exchange.places)


def points_of_cues(pattern: Pattern, weighed: Weighed, exchange: Exchange, form: Form) -> Points:
    """Each cue once, who began, and what speaks against."""
    said = [(name, heard) for name, heard in weighed.cues.items() if name != WORDING]
    points = [(f"says {name.replace('_', ' ')}", worth(heard)) for name, heard in said]
    if form.began == "asked" and pattern.asked:
        points.append(("was asked for", pattern.asked))
    if form.began == "unasked" and pattern.unasked:
        points.append(("was not asked for", pattern.unasked))
    telling = any(one.spans and one.clause.points >= TELLING for heard in weighed.cues.values() for one in heard)
    if pattern.subjects == "person" and telling and exchange.about_somebody:
        points.append(("names somebody", NAMES_SOMEBODY))
    counting = counting_against(pattern, exchange)
    read = exchange.wording.get(pattern.name)
    if read is not None and form.grade != "D":  # who says it is part of what the wording tells
        # words of deeds that are done to nobody are of something else
        points.append(("reads like it", min(read, 0.0) if NOBODY in counting else read))
    parts = [at for _, at in form.parts]
    for name, value in exchange.against_near(parts, weighed.stretches).items():
        if name in counting:
            points.append((f"against: {name.replace('_', ' ')}", value))
    return tuple(points)


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
        role = _role(exchange, at)
        for heard in weighed.cues.values():
            yield from (as_part(one, role) for one in heard if one.turn is turn and one.spans)


def _role(exchange: Exchange, at: int) -> str:
    """What a message is beside the exchange itself; thanks from the immigration side ask for nothing."""
    if at in exchange.out and exchange.act("asks", at) is None:
        return "taken up" if exchange.act("takes_up", at) is not None else "cue"
    return ROLES["out" if at in exchange.out else "back" if at in exchange.back else "inside"]
