"""From what was heard to lines of evidence: whole sentences, each with its place in a message."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from corpus_search.model import Evidence, Message, Span, Zone
from corpus_search.patterns.hearing import Heard
from corpus_search.patterns.sides import Turn

_END = re.compile(r"[.!?]+(?=\s)|\s(?=\(?\d\)\s)|\n[ \t]*\n|\n(?=[ \t]*(?:From|Sent|To|Cc|Subject|Date):)")
_ATTACHED: Final = re.compile(r"^Attachments: [^\n]+", re.MULTILINE)
LONGEST = 400  # characters of one line of evidence


def sentence_around(text: str, span: Span, low: int = 0, high: int | None = None) -> Span:
    """The sentence that holds the span, within bounds, without blanks around it."""
    high = len(text) if high is None else high
    start, end = max(low, span.start - LONGEST), min(high, span.end + LONGEST)
    for stop in _END.finditer(text, start, span.start):
        start = stop.end()
    if following := _END.search(text, span.end, end):
        end = following.end()
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    return Span(start, max(start, end - (len(stretch) - len(stretch.rstrip()))))


def evidence_of(heard: Iterable[Heard]) -> tuple[Evidence, ...]:
    """One line for each sentence in which a clause was met; a sentence met by two clauses stands once.

    Words that a message only quotes of another are evidence there, not here: where a message says its part in such
    words alone, its own first line stands for it.
    """
    listed = list(heard)
    pointing = {one.turn.message.id for one in listed if _said(one)}
    lines: dict[tuple[str, int, int], Evidence] = {}
    for one in listed:
        message = one.turn.message
        spans = _said(one) or (() if message.id in pointing or not one.spans else gist(one.turn))
        for span in spans:
            line = _line(one, span)
            lines.setdefault((line.message, line.start, line.end), line)
    return tuple(lines.values())


def _said(one: Heard) -> list[Span]:
    """Where the message says it itself: in its body if there, else in its header."""
    zones = {span: _zone(one.turn.message, span) for span in one.spans}
    own = [span for span, zone in zones.items() if zone is None or not (zone.kind == "quoted" and zone.of)]
    return [span for span in own if (zone := zones[span]) is None or zone.kind != "header"] or own


def _zone(message: Message, span: Span) -> Zone | None:
    return next((zone for zone in message.zones if zone.start <= span.start < zone.end), None)


def _line(one: Heard, span: Span) -> Evidence:
    message = one.turn.message
    zone = _zone(message, span)
    low, high = (zone.start, zone.end) if zone else (0, len(message.text))
    sentence = sentence_around(message.text, span, low, high)
    return Evidence(
        message.id, one.clause.role, sentence.start, sentence.end, message.text[sentence.start : sentence.end]
    )


def gist(turn: Turn) -> tuple[Span, ...]:
    """Where to point when a message says its part without words of note ("Yes", an attachment): its first own line.

    Without own words, that is what it hands over: the names of its attachments; else the first line of what it quotes
    or is signed with. Never who wrote it to whom; nowhere where it says nothing.
    """
    message = turn.message
    filled = [zone for zone in message.zones if message.text[zone.start : zone.end].strip()]
    own = next((zone for zone in filled if zone.kind == "own"), None)
    header = next((zone for zone in filled if zone.kind == "header"), None)
    named = _ATTACHED.search(message.text, header.start, header.end) if own is None and header is not None else None
    if named is not None:
        return (Span(named.start(), named.end()),)
    said = own or next((zone for zone in filled if zone.kind in ("signature", "quoted")), None)
    if said is None:
        return ()
    stretch = message.text[said.start : said.end]
    start = said.start + len(stretch) - len(stretch.lstrip())
    return (Span(start, start + 1),)
