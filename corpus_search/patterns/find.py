"""Findings in a conversation: each pattern at its best grade, a second one only with evidence of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus_search.model import Conversation, Evidence, Finding, Party
from corpus_search.packs.pattern_pack import Pattern, PatternPack
from corpus_search.packs.policy_pack import PolicyRow
from corpus_search.patterns.contest import Claim, standing
from corpus_search.patterns.evidence_lines import evidence_of
from corpus_search.patterns.exchange import Exchange
from corpus_search.patterns.grading import Graded, completed, grade
from corpus_search.patterns.hearing import Hearing
from corpus_search.patterns.modifiers import circumstances, modifiers_of, points_of
from corpus_search.patterns.policies import latest_day, states_of
from corpus_search.patterns.sides import Turn, side_of, turns
from corpus_search.patterns.subjects import subjects_of
from corpus_search.patterns.weighing import graded_by_cues

ROLES = {
    "request": "asks",
    "fulfilment": "answers with what was asked",
    "tip": "tells of its own accord",
    "grant": "gives access",
    "feed": "sends a list",
    "reference": "refers to the other side's part",
}


def find(conversation: Conversation, pack: PatternPack, policies: Sequence[PolicyRow]) -> list[Finding]:
    """The findings of one conversation, the strongest first."""
    heard_turns = turns(conversation.records)
    exchange = Exchange(heard_turns, pack)
    if not exchange.may_show:
        return []
    claims = [claim for pattern in pack.patterns if (claim := claim_of(pattern, exchange, pack)) is not None]
    return [_finding(claim, conversation, heard_turns, pack, policies) for claim in standing(claims)]


def claim_of(pattern: Pattern, exchange: Exchange, pack: PatternPack) -> Claim | None:
    """What a pattern claims of a conversation, by its cues, or where it has none by its clauses; None: nothing."""
    hearing = Hearing(pattern, exchange.turns)
    if not pattern.cues:
        graded = grade(hearing)
        graded = None if graded is None else completed(graded, hearing, pack)
        if graded is None:
            return None
        return Claim(pattern, graded, (), None, evidence_of((*graded.heard, *graded.more)))
    found = graded_by_cues(hearing, exchange)
    if found is None:
        return None
    by_cues, points, weighed = found
    evidence = evidence_of((*by_cues.heard, *by_cues.more))
    return Claim(pattern, by_cues, points, weighed, evidence) if evidence else None  # nothing to cite: no finding


def _finding(
    claim: Claim,
    conversation: Conversation,
    heard_turns: Sequence[Turn],
    pack: PatternPack,
    policies: Sequence[PolicyRow],
) -> Finding:
    graded = claim.graded
    told = circumstances(pack.modifiers, heard_turns)
    evidence = _with(claim.evidence, evidence_of(heard for each in told.values() for heard in each if heard.spans))
    involved = [turn for turn in heard_turns if turn.message.id in {line.message for line in evidence}]
    requester, provider = _parties(graded, heard_turns)
    states = states_of(policies, claim.pattern.name, provider, latest_day([turn.message.date for turn in involved]))
    modifiers = modifiers_of(told, graded, heard_turns, states)
    points = (*points_of(graded.grade, modifiers, pack.modifiers), *claim.points)
    return Finding(
        pattern=claim.pattern.name,
        grade=graded.grade,
        thread=conversation.thread,
        messages=tuple(dict.fromkeys(turn.message.id for turn in involved)),
        evidence=evidence,
        requester=requester,
        provider=provider,
        subjects=subjects_of(claim.pattern, (*graded.heard, *graded.more), heard_turns, pack.no_names),
        modifiers=modifiers,
        policies=states,
        citations=(),
        why=_why(claim, requester, provider),
        score=sum(value for _, value in points),
        points=points,
    )


def _with(evidence: Sequence[Evidence], more: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence and what lies outside its sentences."""
    taken = [(line.message, line.start, line.end) for line in evidence]

    def stands(line: Evidence) -> bool:
        return any(line.message == where and line.start < end and start < line.end for where, start, end in taken)

    return (*evidence, *(line for line in more if not stands(line)))


def _parties(graded: Graded, heard_turns: Sequence[Turn]) -> tuple[Party | None, Party | None]:
    """(who on the immigration side it was for, who on the local side did it).

    The doer is who answers, tells or gives; among local staff who orders it, or admits it when asked.
    """
    heard = [one.turn for one in graded.heard]
    ordered = heard + list(heard_turns)
    requester = next(_of_side("immigration", ordered), None)
    asked_inside = requester is None and {one.clause.role for one in graded.heard} == {"cue"}
    doers = [turn.message.sender for turn in (reversed(heard) if asked_inside else heard) if turn.sender == "local"]
    return requester, next(iter(doers), None) or next(_of_side("local", ordered), None)


def _of_side(side: str, turns_in_order: Iterable[Turn]) -> Iterator[Party]:
    """Parties of a side: senders before readers, as the messages come."""
    for turn in turns_in_order:
        for _, party in turn.message.parties():
            if side_of(party) == side:
                yield party


def _why(claim: Claim, requester: Party | None, provider: Party | None) -> str:
    deeds = list(dict.fromkeys(ROLES.get(one.clause.role, one.clause.role) for one in claim.graded.heard))
    who = [party.name or party.address or "someone" for party in (requester, provider) if party is not None]
    among = f" between {' and '.join(who)}" if who else ""
    return f"Grade {claim.graded.grade}: {claim.pattern.title}{among}: one side {', the other '.join(deeds)}."
