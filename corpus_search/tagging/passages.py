"""A message's text cut into passages: the paragraphs of one zone, in order; no passage runs over a zone's end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus_search.model import Zone, ZoneKind

LONGEST = 6000  # characters: a longer paragraph is cut at a line end (spaCy's matchers are linear, their setup is not)
_BREAK = re.compile(r"\n[ \t>|]*\n+")


class Passage(NamedTuple):
    """A paragraph: where it begins in the text, its text, its zone, and where the text before it in the zone begins."""

    start: int
    text: str
    zone: ZoneKind
    zone_start: int


def passages(text: str, zones: Sequence[Zone]) -> Iterator[Passage]:
    """The passages of a text; without zones all of it is one zone of own words."""
    for zone in zones or (Zone("own", 0, len(text)),):
        at = zone.start
        for gap in _BREAK.finditer(text, zone.start, zone.end):
            yield from _cut(text, at, gap.start(), zone)
            at = gap.end()
        yield from _cut(text, at, zone.end, zone)


def _cut(text: str, start: int, end: int, zone: Zone) -> Iterator[Passage]:
    while end - start > LONGEST:
        cut = text.rfind("\n", start + LONGEST // 2, start + LONGEST)
        if cut < 0:
            cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = start + LONGEST if cut < 0 else cut + 1
        yield Passage(start, text[start:cut], zone.kind, zone.start)
        start = cut
    if end > start and not text[start:end].isspace():
        yield Passage(start, text[start:end], zone.kind, zone.start)
