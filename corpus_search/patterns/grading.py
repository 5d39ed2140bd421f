"""The best grade that a pattern reaches in a conversation, and the messages by which it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace as changed

from corpus_search.packs.pattern_pack import GRADES, Grade, GradeRule, PatternPack
from corpus_search.patterns.hearing import Heard, Hearing, may_follow
from corpus_search.query import match

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


ANSWER_WITHIN = 14.0  # days


def completed(graded: Graded, hearing: Hearing, pack: PatternPack) -> Graded | None:
    """The grade with what the other side did: A where a tip was taken up, or a request answered with something.

    None where all there is is a request that was refused.
    """
    last = graded.heard[-1]
    asked_only = all(one.clause.role == "request" for one in graded.heard)
    if asked_only and pack.refusal is not None:
        others = [turn for turn in hearing.turns if turn.sender != "immigration" and turn is not last.turn]
        if any(match(pack.refusal.query, turn.record) is not None for turn in others):
            return None
    if graded.grade in ("A", "D") or hearing.pattern.channel or not all(one.sure for one in graded.heard):
        return graded
    name = "answered_with_data" if asked_only else "taken_up"
    clause = pack.answers.get(name)
    if clause is None or (not asked_only and last.turn.sender == "immigration"):
        return graded
    for position, turn in enumerate(hearing.turns):
        if turn is last.turn or not may_follow(last.turn, turn, ANSWER_WITHIN):
            continue
        answer = hearing.hear(clause, position)
        deferral = pack.answers.get("deferred")
        put_off = asked_only and deferral is not None and hearing.hear(deferral, position) is not None
        if answer is not None and answer.sure and not put_off:
            return changed(graded, grade="A", heard=(*graded.heard, answer))
    return graded
