"""Words that a box covers in part, cut where it begins and ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from corpus_search.sources.pages.boxes import Drawn
from corpus_search.sources.pages.pdfium import Size
from corpus_search.sources.pages.rows import around
from corpus_search.sources.pages.words import Box, Turned, Word, place_of

_LEVEL: Final = 0.5  # of a word's height must lie within a box's


@dataclass(frozen=True, slots=True)
class Part:
    """A word or a part of one; `of` is the word's index."""

    word: Word
    of: int


def parts_of(words: Sequence[Word], boxes: Sequence[Drawn], layer: Any, size: Size) -> list[Part]:
    """The words, those on the edge of a box in parts of which each lies in a box or out of it."""
    turn = Turned(size)
    parts: list[Part] = []
    for at, word in enumerate(words):
        edges = [one.box for one in boxes if _cuts(one.box, word.box)] if word.first >= 0 else []
        if edges and len(word.text) == word.last - word.first + 1:
            parts += (Part(part, at) for part in _cut(word, edges, layer, turn))
        else:
            parts.append(Part(word, at))
    return parts


def _cuts(box: Box, word: Box) -> bool:
    """Whether the word lies on the left or right edge of the box."""
    if box.top >= word.bottom or box.bottom <= word.top or box.left >= word.right or box.right <= word.left:
        return False
    if min(box.bottom, word.bottom) - max(box.top, word.top) < _LEVEL * word.height:
        return False
    return box.left > word.left or box.right < word.right


def _cut(word: Word, boxes: Sequence[Box], layer: Any, turn: Turned) -> Iterator[Word]:
    characters = [(number, place_of(layer, number, turn) or word.box) for number in range(word.first, word.last + 1)]

    def inside(character: tuple[int, Box]) -> bool:
        middle = (character[1].left + character[1].right) / 2
        return any(box.left <= middle <= box.right for box in boxes)

    for _, run in groupby(characters, inside):
        held = list(run)
        first, last = held[0][0], held[-1][0]
        text = word.text[first - word.first : last - word.first + 1]
        yield replace(word, text=text, box=around(box for _, box in held), first=first, last=last)
