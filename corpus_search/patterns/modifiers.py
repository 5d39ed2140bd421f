"""Circumstances that raise or lower a finding, and the score that orders the list, point by point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus_search.model import PolicyState
from corpus_search.packs.pattern_pack import Clause, Modifier
from corpus_search.patterns.grading import Graded
from corpus_search.patterns.hearing import Heard, hear
from corpus_search.patterns.sides import Turn

GRADE_POINTS = {"A": 10.0, "B": 6.0, "C": 4.0, "D": 1.0}
BY_CONTEXT = frozenset({"fulfilled", "unsolicited", "regular", "after_policy"})  # not told by words alone


def circumstances(known: Iterable[Modifier], turns: Sequence[Turn]) -> dict[str, tuple[Heard, ...]]:
    """The modifiers that are told by words, by name, with every message that says them: what scores is cited."""
    found = {}
    for modifier in known:
        if modifier.query is None or modifier.name in BY_CONTEXT:
            continue
        clause = Clause(modifier.name, "cue", "any>any", "", modifier.query, modifier.line)
        said = [heard for turn in turns if not turn.message.quoted and (heard := hear(clause, turn)) is not None]
        if said:
            found[modifier.name] = tuple(said)
    return found


def modifiers_of(
    told: Iterable[str], graded: Graded, turns: Sequence[Turn], policies: Sequence[PolicyState]
) -> tuple[str, ...]:
    """The names of the modifiers that hold, but for `regular`, which takes a pair's other conversations.

    `told`: those told by words (`circumstances`).
    """
    found = set(told)
    roles = {one.clause.role for one in graded.heard}
    if graded.grade == "A" or "fulfilment" in roles:
        found.add("fulfilled")
    if roles & {"tip", "feed"} and _begins_it(graded, turns):
        found.add("unsolicited")
    if any(policy.in_force and policy.binds is not False for policy in policies):
        found.add("after_policy")
    return tuple(sorted(found))


def _begins_it(graded: Graded, turns: Sequence[Turn]) -> bool:
    """Whether nobody on the immigration side wrote before."""
    first = graded.heard[0].turn
    before = turns[: turns.index(first)]
    return not first.message.in_reply_to and not any(turn.sender == "immigration" for turn in before)


def points_of(grade: str, modifiers: Iterable[str], known: Iterable[Modifier]) -> tuple[tuple[str, float], ...]:
    """The parts of the score: the grade's points and each modifier's."""
    worth = {modifier.name: modifier.points for modifier in known}
    return (
        (f"grade {grade}", GRADE_POINTS[grade]),
        *((name, worth[name]) for name in modifiers if name in worth),
    )
