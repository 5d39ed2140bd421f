"""The stretch of a message that shows a hit best: as many of the reasons as fit, whole words, marks for the spans."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_search.model import Message, Reason, Span

WIDTH = 240  # characters


def snippet(message: Message, reasons: Sequence[Reason]) -> tuple[str, tuple[Span, ...]]:
    """A stretch of the text, and where in it the reasons stand. Without spans: the beginning of the own words."""
    text = message.text
    spans = sorted({reason.span for reason in reasons if reason.span is not None})
    body = [span for span in spans if message.zone_at(span.start) not in ("header", "furniture")]
    spans = body or spans
    if not spans:
        start = next((zone.start for zone in message.zones if zone.kind == "own"), 0)
        return _trim(text, start, min(len(text), start + WIDTH), ())
    best = max(range(len(spans)), key=lambda at: (_held(spans, at), -at))
    first = spans[best]
    held = [span for span in spans[best:] if span.end <= first.start + WIDTH]
    last = held[-1].end if held else min(first.end, first.start + WIDTH)
    room = max(0, WIDTH - (last - first.start))
    low = max(0, first.start - room // 2)
    high = min(len(text), last + room // 2)
    return _trim(text, low, high, held or [Span(first.start, last)])


def _held(spans: Sequence[Span], at: int) -> int:
    return sum(1 for span in spans[at : at + 20] if span.end <= spans[at].start + WIDTH)


def _trim(text: str, low: int, high: int, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """Cut at blanks, with … where text is left out; spans count into what is returned."""
    keep_from = min((span.start for span in spans), default=high)
    keep_to = max((span.end for span in spans), default=low)
    while low > 0 and low < keep_from and not text[low - 1].isspace():
        low += 1
    while high < len(text) and high > keep_to and not text[high].isspace():
        high -= 1
    before, after = ("…" if low else ""), ("…" if high < len(text) else "")
    shift = len(before) - low
    return before + text[low:high] + after, tuple(Span(span.start + shift, span.end + shift) for span in spans)
