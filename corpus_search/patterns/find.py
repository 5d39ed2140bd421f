"""Findings in a conversation: each pattern at its best grade, a second one only with evidence of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus_search.model import Conversation, Evidence, Finding, Party
from corpus_search.packs.pattern_pack import Pattern, PatternPack
from corpus_search.packs.policy_pack import PolicyRow
from corpus_search.patterns.evidence_lines import evidence_of
from corpus_search.patterns.grading import Graded, completed, grade
from corpus_search.patterns.hearing import Hearing
from corpus_search.patterns.modifiers import modifiers_of, points_of
from corpus_search.patterns.policies import latest_day, states_of
from corpus_search.patterns.sides import Turn, side_of, turns
from corpus_search.patterns.subjects import subjects_of

ROLES = {
    "request": "asks",
    "fulfilment": "answers with what was asked",
    "tip": "tells of its own accord",
    "grant": "gives access",
    "feed": "sends a list",
    "reference": "refers to the other side's part",
}


@dataclass(frozen=True, slots=True)
class _Claim:
    pattern: Pattern
    graded: Graded
    evidence: tuple[Evidence, ...]


def find(conversation: Conversation, pack: PatternPack, policies: Sequence[PolicyRow]) -> list[Finding]:
    """The findings of one conversation, best grade first."""
    heard_turns = turns(conversation.records)
    claims = []
    for pattern in pack.patterns:
        hearing = Hearing(pattern, heard_turns)
        graded = grade(hearing)
        graded = None if graded is None else completed(graded, hearing, pack)
        if graded is not None:
            evidence = evidence_of((*graded.heard, *graded.more))
            claims.append(_Claim(pattern, graded, evidence))
    return [_finding(claim, conversation, heard_turns, pack, policies) for claim in _apart(claims)]


def _apart(claims: Sequence[_Claim]) -> list[_Claim]:
    """The best claim, and further ones that stand on evidence of their own.

    A claim about the channel (kept open, moved off the record, a rule got round) needs a sentence of its own beside
    the deed; a second deed needs messages of its own, for one exchange is one deed.
    """
    kept: list[_Claim] = []
    for claim in sorted(claims, key=_strength):
        mine = _leading(claim)
        if not kept:
            kept.append(claim)
        elif claim.pattern.channel:
            taken = {span for other in kept for span in _leading(other)}
            if not mine & taken and claim.graded.grade != "D" and _is_plain(claim):
                kept.append(claim)
        elif not claim.pattern.channel and claim.graded.grade in ("A", "B"):
            messages = {line[0] for other in kept if not other.pattern.channel for line in _leading(other)}
            if messages and not {line[0] for line in mine} & messages:
                kept.append(claim)
    return kept


def _strength(claim: _Claim) -> tuple[bool, bool, float, int, str]:
    """Deeds before the channel, known sides before unknown; then how much is said and how well it is answered."""
    said = len({(one.turn.message.id, span) for one in claim.graded.heard for span in one.spans})
    grades = {"A": 2.0, "B": 1.5, "C": 0.0, "D": 0.0}
    weight = min(said, 8) + grades[claim.graded.grade] - claim.pattern.rank / 25
    return claim.pattern.channel, claim.graded.grade == "D", -weight, claim.pattern.rank, claim.pattern.name


def _is_plain(claim: _Claim) -> bool:
    """Whether the channel is spoken of more than once, or in more than one way."""
    return len({span for one in claim.graded.heard for span in one.spans}) > 1


def _leading(claim: _Claim) -> set[tuple[str, int, int]]:
    """The sentences in which the grade itself was met (not those that only add to it)."""
    return {(line.message, line.start, line.end) for line in evidence_of(claim.graded.heard)}


def _finding(
    claim: _Claim,
    conversation: Conversation,
    heard_turns: Sequence[Turn],
    pack: PatternPack,
    policies: Sequence[PolicyRow],
) -> Finding:
    graded = claim.graded
    involved = [turn for turn in heard_turns if turn.message.id in {line.message for line in claim.evidence}]
    requester, provider = _parties(graded, heard_turns)
    states = states_of(policies, claim.pattern.name, provider, latest_day([turn.message.date for turn in involved]))
    modifiers = modifiers_of(pack.modifiers, graded, heard_turns, states)
    points = points_of(graded.grade, modifiers, pack.modifiers)
    return Finding(
        pattern=claim.pattern.name,
        grade=graded.grade,
        thread=conversation.thread,
        messages=tuple(turn.message.id for turn in involved),
        evidence=claim.evidence,
        requester=requester,
        provider=provider,
        subjects=subjects_of(claim.pattern, (*graded.heard, *graded.more), claim.evidence),
        modifiers=modifiers,
        policies=states,
        citations=(),
        why=_why(claim, requester, provider),
        score=sum(value for _, value in points),
        points=points,
    )


def _parties(graded: Graded, heard_turns: Sequence[Turn]) -> tuple[Party | None, Party | None]:
    """(who on the immigration side it was for, who on the local side did it), from the messages heard first."""
    requester = provider = None
    ordered = [one.turn for one in graded.heard] + list(heard_turns)
    for turn in ordered:
        for _, party in turn.message.parties():
            side = side_of(party)
            if side == "immigration" and requester is None:
                requester = party
            if side == "local" and provider is None and (party is turn.message.sender or requester is not None):
                provider = party
    if provider is None:
        named = (party for turn in ordered for _, party in turn.message.parties())
        provider = next((party for party in named if side_of(party) == "local"), None)
    return requester, provider


def _why(claim: _Claim, requester: Party | None, provider: Party | None) -> str:
    deeds = list(dict.fromkeys(ROLES.get(one.clause.role, one.clause.role) for one in claim.graded.heard))
    who = [party.name or party.address or "someone" for party in (requester, provider) if party is not None]
    among = f" between {' and '.join(who)}" if who else ""
    return f"Grade {claim.graded.grade}: {claim.pattern.title}{among}: one side {', the other '.join(deeds)}."
