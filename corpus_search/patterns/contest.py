"""Which claims on a conversation stand: the strongest, and a further one only by what it alone has to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus_search.model import Evidence
from corpus_search.packs.pattern_pack import TELLING, Pattern
from corpus_search.patterns.evidence_lines import evidence_of
from corpus_search.patterns.grading import Graded
from corpus_search.patterns.hearing import worth
from corpus_search.patterns.weighing import Points, Weighed

Line = tuple[str, int, int]  # message, start, end

MOST = 2  # findings in one conversation: what it is about, and one thing more
TAKES = 3.0  # points from which a cue takes its sentence for the claim that it speaks for
FURTHER_NEEDS = 5.0  # points that a further claim must have at least, by telling cues in sentences of its own
DEED_NEEDS = 2.0  # the same for a deed beside talk of the channel: the talk is mostly about that deed
BY_CLAUSE = 1.5  # what a pattern without cues weighs, and what each place where it is met adds
EACH_PLACE = 0.6
MOST_PLACES = 8
BY_GRADE = {"A": 2.0, "B": 1.5}


@dataclass(frozen=True, slots=True)
class Claim:
    """A pattern's hold on a conversation: its grade, its points and its evidence."""

    pattern: Pattern
    graded: Graded
    points: Points
    weighed: Weighed | None
    evidence: tuple[Evidence, ...]

    @property
    def weight(self) -> float:
        """All its points together."""
        if self.weighed is not None:
            return sum(value for _, value in self.points)
        places = {(one.turn.message.id, span) for one in self.graded.heard for span in one.spans}
        said = min(len(places), MOST_PLACES) + BY_GRADE.get(self.graded.grade, 0.0) - self.pattern.rank / 25
        return BY_CLAUSE + EACH_PLACE * said

    @property
    def beyond(self) -> float:
        """Its weight beyond what the pattern needs."""
        return self.weight - (self.pattern.needs if self.weighed is not None else 0.0)


def standing(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that become findings, the strongest first."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=_order):
        if not kept or _stands_alone(claim, kept):
            kept.append(claim)
    return kept[:MOST]


def _order(claim: Claim) -> tuple[bool, float, bool, int, str]:
    """Known sides before unknown, then weight beyond need; a deed before the channel, the lower rank first."""
    pattern = claim.pattern
    return claim.graded.grade == "D", -claim.beyond, pattern.channel, pattern.rank, pattern.name


def _stands_alone(claim: Claim, kept: Sequence[Claim]) -> bool:
    """Whether a further claim has enough evidence in sentences that no claim before it speaks by."""
    if claim.graded.grade == "D" or not any(_may_stand_beside(claim.pattern, other.pattern) for other in kept):
        return False
    taken = {line for other in kept for line in _lines(other)}
    if claim.weighed is None:
        messages = {line[0] for line in taken}
        return claim.graded.grade in ("A", "B") and not {line[0] for line in _lines(claim)} & messages
    deed = not claim.pattern.channel and all(other.pattern.channel for other in kept)
    return _points_beside(claim, taken) >= (DEED_NEEDS if deed else max(claim.pattern.needs, FURTHER_NEEDS))


def _may_stand_beside(one: Pattern, other: Pattern) -> bool:
    """Whether two patterns are different matters: a deed and the channel, or plates read and their owners.

    Two deeds in one conversation are mostly one deed told in words of both.
    """
    return one.channel != other.channel or (one.subjects == other.subjects == "plate")


def _points_beside(claim: Claim, taken: set[Line]) -> float:
    """The points of the claim's telling cues that are met in sentences of its own, less what speaks against it.

    What the whole reads like counts only against it: what speaks for the claim before it does not speak for this one.
    """
    assert claim.weighed is not None
    total = sum(min(0.0, worth(heard)) for heard in claim.weighed.cues.values())
    for heard in claim.weighed.cues.values():
        free = [one for one in heard if one.spans and {_line(line) for line in evidence_of((one,))} - taken]
        if free and free[0].clause.points >= TELLING:
            total += worth(free)
    reads_like = sum(min(0.0, value) for name, value in claim.points if name.startswith("reads"))
    return total + reads_like + sum(value for name, value in claim.points if name.startswith("against"))


def _lines(claim: Claim) -> set[Line]:
    """The sentences by which a claim stands: those of its telling cues, or of its clauses."""
    if claim.weighed is None:
        return {_line(line) for line in evidence_of(claim.graded.heard)}
    telling = [one for heard in claim.weighed.cues.values() for one in heard if one.clause.points >= TAKES]
    return {_line(line) for line in evidence_of(telling)}


def _line(line: Evidence) -> Line:
    return line.message, line.start, line.end
