"""The stretch of a long message in which a pattern's words stand densest.

In a short note everything belongs together. In a report of two pages words of many matters stand side by side: only
those count together that stand near each other, and only there can other words speak against them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus_search.model import Span
from corpus_search.patterns.hearing import Heard
from corpus_search.patterns.sides import Turn

LONG = 700  # characters of a message's own words from which it is not read as one
STRETCH = 500  # characters that are taken to speak of one matter
MOST_PLACES = 200  # places of one message that are looked at: a bound on hostile texts


def is_long(turn: Turn) -> bool:
    """Whether the message's own words are too many to speak of one matter."""
    return sum(zone.end - zone.start for zone in turn.message.zones if zone.kind == "own") > LONG


def densest(turn: Turn, cues: Mapping[str, Sequence[Heard]]) -> Span | None:
    """The stretch of the message in which the most points for the pattern stand; None where it says none."""
    said = [
        (span, one.clause.points) for heard in cues.values() for one in heard if one.turn is turn for span in one.spans
    ]
    best: tuple[float, Span] | None = None
    for span, _ in sorted(said, key=lambda each: each[0].start)[:MOST_PLACES]:
        stretch = Span(span.start, span.start + STRETCH)
        points = sum(
            max((one.clause.points for one in heard if one.turn is turn and _within(one, stretch)), default=0.0)
            for heard in cues.values()
        )
        if best is None or points > best[0]:
            best = points, stretch
    return None if best is None else best[1]


def narrowed(heard: Heard, stretch: Span) -> Heard | None:
    """What is heard within the stretch, or in the subject before it; None where it is heard elsewhere alone."""
    own = min((zone.start for zone in heard.turn.message.zones if zone.kind == "own"), default=0)
    kept = tuple(span for span in heard.spans if span.start < own or _holds(stretch, span))
    return replace(heard, spans=kept) if kept or not heard.spans else None


def _within(heard: Heard, stretch: Span) -> bool:
    return any(_holds(stretch, span) for span in heard.spans)


def _holds(stretch: Span, span: Span) -> bool:
    return stretch.start <= span.start < stretch.end
