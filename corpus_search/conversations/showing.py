"""Which of several copies shows more: words that one has and another lacks, stretches that are blacked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from corpus_search.conversations.likeness import placed_words, words
from corpus_search.model import Message, Record

LONGEST: Final = 300  # characters of a stretch that are kept
NEARLY: Final = 0.95  # share of the most words that any copy has
MOST: Final = 25  # stretches that are kept
_APART: Final = frozenset({"header", "furniture", "disclaimer"})


@dataclass(frozen=True, slots=True)
class Shown:
    """What one copy shows: its words, its blacked-out stretches, and what the fullest copy shows beyond it."""

    message: Message
    words: int
    redactions: int
    lacks: tuple[str, ...] = ()

    def as_much_as(self, other: Shown) -> bool:
        """Whether it shows as much as the fullest copy."""
        return not self.lacks and (self.words, self.redactions) == (other.words, other.redactions)


def compare(copies: Sequence[Record]) -> list[Shown]:
    """The copies, the fullest first; each with the stretches of the fullest that it does not have."""
    bodies = {one.message.id: body(one) for one in copies}
    counted = [Shown(one.message, len(words(bodies[one.message.id])), len(blacked_out(one))) for one in copies]
    ordered = sorted(counted, key=lambda one: one.message.id)
    if not ordered:
        return []
    first = min(ordered, key=_rank(ordered))
    rest = sorted((one for one in ordered if one is not first), key=lambda one: (-one.words, one.redactions))
    most = bodies[first.message.id]
    return [replace(one, lacks=beyond(most, bodies[one.message.id])) for one in (first, *rest)]


def fullest(copies: Sequence[Record]) -> Record:
    """The copy that shows most, the first of those that show as much."""
    if len({one.message.text for one in copies}) == 1:
        return copies[0]
    counted = [Shown(one.message, len(words(body(one))), len(blacked_out(one))) for one in copies]
    best = min(counted, key=_rank(counted))
    return copies[counted.index(best)]


def _rank(copies: Sequence[Shown]) -> Callable[[Shown], tuple[bool, int, bool, int]]:
    """What makes a copy the fullest: nearly all words that any has (OCR makes some); of those, the fewest marks."""
    enough = NEARLY * max(one.words for one in copies)
    return lambda one: (one.words < enough, one.redactions, _by_ocr(one.message), -one.words)


def body(record: Record) -> str:
    """The message's text without header, page furniture, disclaimers, and the marks that stand for what is gone."""
    shown = list(record.message.text)
    for start, end in blacked_out(record):
        shown[start:end] = " " * (end - start)
    text = "".join(shown)
    return "\n".join(text[zone.start : zone.end] for zone in record.message.zones if zone.kind not in _APART)


def blacked_out(record: Record) -> list[tuple[int, int]]:
    """The stretches that are redacted, as the reader saw or as words say ("[REDACTED]"); those that touch made one."""
    spans = {(one.start, one.end) for one in record.message.redactions}
    spans |= {(tag.start, tag.end) for tag in record.tags if tag.kind == "redaction"}
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def own_words(message: Message) -> str:
    """The message's own words."""
    return "\n".join(message.text[zone.start : zone.end] for zone in message.zones if zone.kind == "own")


def beyond(fuller: str, other: str) -> tuple[str, ...]:
    """Stretches of the fuller text that the other lacks, in linear time.

    A word is there if it stands beside one of its neighbours, or if the other has it once more than was found so.
    """
    held = [word for word, _, _ in placed_words(other)]
    there = set(pairwise(held))
    placed = list(placed_words(fuller))
    beside = [(one[0], two[0]) in there for one, two in pairwise(placed)]
    found = [before or after for before, after in zip([False, *beside], [*beside, False], strict=True)][: len(placed)]
    left = Counter(held) - Counter(word for (word, _, _), is_there in zip(placed, found, strict=True) if is_there)
    lacking = []
    for (word, _, _), is_there in zip(placed, found, strict=True):
        alone = not is_there and left[word] > 0
        left[word] -= alone
        lacking.append(not is_there and not alone)
    stretches: list[tuple[int, int]] = []
    for (_, start, end), lacks, followed in zip(placed, lacking, [False, *lacking], strict=False):
        if lacks and followed:
            stretches[-1] = (stretches[-1][0], end)
        elif lacks:
            stretches.append((start, end))
    return tuple(" ".join(fuller[start : min(end, start + LONGEST)].split()) for start, end in stretches[:MOST])


def _by_ocr(message: Message) -> bool:
    return any(place.read_by == "ocr" for place in message.places)
