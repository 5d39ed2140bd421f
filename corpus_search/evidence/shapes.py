"""The JSON shapes that scripts rely on, field by field. A field that is not known is null, never left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus_search.conversations.showing import Shown
from corpus_search.evidence.citation import cite
from corpus_search.evidence.snippet import snippet
from corpus_search.model import (
    Finding,
    Hit,
    Message,
    NearMiss,
    Pair,
    Party,
    Place,
    Problem,
    Reason,
    Record,
    Source,
    Span,
    Tag,
)

Shape = dict[str, Any]


def source_shape(source: Source) -> Shape:
    """A source."""
    return {"path": source.path, "member": source.member, "sha256": source.sha256, "format": source.format}


def place_shape(place: Place) -> Shape:
    """A place."""
    return {
        "unit": place.unit,
        "number": place.number,
        "bates": place.bates,
        "read_by": place.read_by,
        "confidence": place.confidence,
        "start": place.start,
    }


def party_shape(party: Party | None) -> Shape | None:
    """A party; null for none."""
    if party is None:
        return None
    return {
        "name": party.name,
        "address": party.address,
        "agency": party.agency,
        "groups": list(party.groups),
        "redacted": party.redacted,
        "why": party.why,
    }


def tag_shape(tag: Tag) -> Shape:
    """A tag."""
    return {
        "kind": tag.kind,
        "value": tag.value,
        "groups": list(tag.groups),
        "text": tag.text,
        "start": tag.start,
        "end": tag.end,
        "zone": tag.zone,
        "by": tag.by,
        "why": tag.why,
    }


def miss_shape(miss: NearMiss) -> Shape:
    """A near miss."""
    return {"kind": miss.kind, "text": miss.text, "start": miss.start, "end": miss.end, "reason": miss.reason}


def heading_shape(message: Message) -> Shape:
    """A message without its text, zones and tags: what `search` gives, with more of its own."""
    return {
        "id": message.id,
        "kind": message.kind,
        "release": message.release,
        "source": source_shape(message.source),
        "places": [place_shape(place) for place in message.places],
        "citation": cite(message),
        "within": message.within,
        "date": message.date,
        "date_as_written": message.date_as_written,
        "from": party_shape(message.sender),
        "to": [party_shape(party) for party in message.to],
        "cc": [party_shape(party) for party in message.cc],
        "bcc": [party_shape(party) for party in message.bcc],
        "subject": message.subject,
        "message_id": message.message_id,
        "in_reply_to": message.in_reply_to,
        "thread": message.thread,
        "copies": list(message.copies),
        "attachments": [
            {"name": a.name, "type": a.type, "size": a.size, "sha256": a.sha256, "text": a.text}
            for a in message.attachments
        ],
        "confidence": message.confidence,
        "doubts": list(message.doubts),
    }


def record_shape(record: Record) -> Shape:
    """A message whole, with its tags."""
    message = record.message
    return heading_shape(message) | {
        "text": message.text,
        "zones": [{"kind": z.kind, "start": z.start, "end": z.end, "of": z.of} for z in message.zones],
        "tags": [tag_shape(tag) for tag in record.tags],
    }


def copy_shape(shown: Shown, *, fullest: bool) -> Shape:
    """A copy beside the others: `lacks` is what the fullest copy shows and this one does not."""
    return heading_shape(shown.message) | {
        "relation": "copy",
        "fullest": fullest,
        "words": shown.words,
        "redactions": shown.redactions,
        "lacks": list(shown.lacks),
        "likeness": None,
    }


def alike_shape(message: Message, likeness: float) -> Shape:
    """A message or document whose text is nearly the same, and that is not known to be a copy."""
    facts: Shape = {"fullest": False, "words": None, "redactions": len(message.redactions), "lacks": []}
    return heading_shape(message) | {"relation": "alike", **facts, "likeness": round(likeness, 3)}


def finding_shape(finding: Finding) -> Shape:
    """A finding."""
    return {
        "pattern": finding.pattern,
        "grade": finding.grade,
        "thread": finding.thread,
        "messages": list(finding.messages),
        "evidence": [
            {
                "message": e.message,
                "role": e.role,
                "start": e.start,
                "end": e.end,
                "text": e.text,
                "citation": e.citation,
            }
            for e in finding.evidence
        ],
        "requester": party_shape(finding.requester),
        "provider": party_shape(finding.provider),
        "subjects": list(finding.subjects),
        "modifiers": list(finding.modifiers),
        "policies": [{"id": p.id, "in_force": p.in_force, "binds": p.binds} for p in finding.policies],
        "citations": list(finding.citations),
        "why": finding.why,
        "score": finding.score,
        "points": [{"what": what, "points": points} for what, points in finding.points],
    }


def problem_shape(problem: Problem) -> Shape:
    """A problem."""
    place = problem.place
    return {
        "source": {"path": problem.source.path, "member": problem.source.member, "sha256": problem.source.sha256},
        "release": problem.release,
        "place": None if place is None else {"unit": place.unit, "number": place.number},
        "kind": problem.kind,
        "reason": problem.reason,
    }


def tag_row_shape(record: Record, tag: Tag) -> Shape:
    """A tag with its citation: a line of `tags`."""
    message = record.message
    return tag_shape(tag) | {
        "message": message.id,
        "release": message.release,
        "source": source_shape(message.source),
        "places": [place_shape(place) for place in message.places],
        "citation": cite(message, Span(tag.start, tag.end)),
        "date": message.date,
        "subject": message.subject,
        "from": party_shape(message.sender),
    }


def explanation_shape(text: str, tags: Sequence[Tag], misses: Sequence[NearMiss]) -> Shape:
    """What `try` gives."""
    return {
        "text": text,
        "tags": [tag_shape(tag) for tag in tags],
        "near_misses": [miss_shape(miss) for miss in misses],
    }


def hit_shape(hit: Hit) -> Shape:
    """A hit of a search: the message's heading, score, snippet and reasons, each with the page its words stand on."""
    text, marks = snippet(hit.record.message, hit.reasons)
    return heading_shape(hit.record.message) | {
        "score": round(hit.score, 4),
        "snippet": text,
        "snippet_marks": [list(mark) for mark in marks],
        "reasons": [reason_shape(reason, hit.record.message) for reason in hit.reasons],
    }


def reason_shape(reason: Reason, message: Message) -> Shape:
    """Why a record is a hit: the part of the query, and where it is met (null: met by a fact)."""
    start, end = reason.span if reason.span is not None else (None, None)
    return {
        "clause": reason.clause,
        "start": start,
        "end": end,
        "text": message.text[start:end] if start is not None else None,
        "zone": message.zone_at(start) if start is not None else None,
        "citation": cite(message, reason.span) if reason.span is not None else None,
    }


def pair_shape(pair: Pair) -> Shape:
    """Two people and what passed between them."""
    return {
        "requester": party_shape(pair.requester),
        "provider": party_shape(pair.provider),
        "patterns": dict(pair.patterns),
        "conversations": pair.conversations,
        "subjects": list(pair.subjects),
        "first": pair.first,
        "last": pair.last,
        "regular": pair.regular,
        "months": dict(pair.months),
        "threads": list(pair.threads),
    }
