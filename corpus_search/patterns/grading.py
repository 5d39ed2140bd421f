"""The best grade that a pattern reaches in a conversation, and the messages by which it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_search.packs.pattern_pack import GRADES, Grade, GradeRule
from corpus_search.patterns.hearing import Heard, Hearing, may_follow

MOST_WAYS = 400  # ways through one conversation that are tried for one rule: a bound on hostile threads


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade with what was heard, oldest first, and every further message that meets one of its clauses."""

    grade: Grade
    heard: tuple[Heard, ...]
    more: tuple[Heard, ...]


def grade(hearing: Hearing) -> Graded | None:
    """The best grade of the pattern in the conversation; None where it is not there.

    A rule met in words but with a side not known gives D: content alone never decides the side.
    """
    best: tuple[int, tuple[Heard, ...]] | None = None
    for rule in hearing.pattern.grades:
        level = GRADES.index(rule.grade)
        if best is not None and level >= best[0]:
            continue
        for way in _ways(hearing, rule):
            reached = level if all(heard.sure for heard in way) else GRADES.index("D")
            if best is None or reached < best[0]:
                best = (reached, way)
            if reached == level:
                break
    if best is None or hearing.ruled_out():
        return None
    level, heard = best
    return Graded(GRADES[level], heard, tuple(_more(hearing, heard)))


def _ways(hearing: Hearing, rule: GradeRule) -> Iterator[tuple[Heard, ...]]:
    """Ways to meet the rule's steps by later and later messages, the earliest first; at most `MOST_WAYS`."""
    partial: list[tuple[int, tuple[Heard, ...]]] = [(-1, ())]
    for number, step in enumerate(rule.steps):
        further: list[tuple[int, tuple[Heard, ...]]] = []
        for last, heard in partial:
            for position in range(len(hearing.turns)):
                if position == last or len(further) >= MOST_WAYS:
                    continue
                if last >= 0 and not may_follow(hearing.turns[last], hearing.turns[position], step.within):
                    continue
                answers = [hearing.ask(name, position) for name in step.clauses]
                if all(answer is not None for answer in answers):
                    met = tuple(answer for answer in answers if answer is not None)
                    if number and hearing.turns[position].message.id in {h.turn.message.id for h in heard}:
                        continue
                    further.append((position, heard + met))
        partial = further
    for _, heard in partial:
        yield heard


def _more(hearing: Hearing, heard: tuple[Heard, ...]) -> Iterator[Heard]:
    """What else of the same clauses the conversation holds (a second plate asked, a further answer)."""
    taken = {(one.clause.name, one.turn.message.id) for one in heard}
    for name in sorted({one.clause.name for one in heard}):
        for position in range(len(hearing.turns)):
            other = hearing.ask(name, position)
            if other is not None and other.sure and (name, other.turn.message.id) not in taken:
                yield other
