"""From what was heard to lines of evidence: whole sentences, each with its place in a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus_search.model import Evidence, Span
from corpus_search.patterns.hearing import Heard

_END = re.compile(r"[.!?]+(?=\s)|\s(?=\(?\d\)\s)|\n[ \t]*\n|\n(?=[ \t]*(?:From|Sent|To|Cc|Subject|Date):)")
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
    """One line for each sentence in which a clause was met; a sentence met by two clauses stands once."""
    lines: dict[tuple[str, int, int], Evidence] = {}
    for one in heard:
        for line in _lines(one):
            lines.setdefault((line.message, line.start, line.end), line)
    return tuple(lines.values())


def _lines(one: Heard) -> Iterator[Evidence]:
    message = one.turn.message
    spans = [span for span in one.spans if message.zone_at(span.start) != "header"] or list(one.spans)
    for span in spans:
        zone = next((zone for zone in message.zones if zone.start <= span.start < zone.end), None)
        low, high = (zone.start, zone.end) if zone else (0, len(message.text))
        sentence = sentence_around(message.text, span, low, high)
        yield Evidence(
            message.id, one.clause.role, sentence.start, sentence.end, message.text[sentence.start : sentence.end]
        )
