"""Print that runs up or down the page: a page of it is turned, a stamp in the margin is read by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from corpus_search.sources.pages.pdfium import Size
from corpus_search.sources.pages.words import Box, Turned, Word, place_of

_MOST: Final = 0.6  # of the words of several letters: the page is turned


def turned_level(words: Sequence[Word], layer: Any, size: Size) -> tuple[list[Word], Size]:
    """The words with places as if the page were turned so that most of its print is level, and its size then."""
    sideways = [word for word in words if word.sideways]
    if not sideways or len(sideways) < _MOST * sum(word.last > word.first for word in words):
        return list(words), size
    runs_down = _runs_down(sideways, layer, size)
    shown = Size(size.height, size.width)
    return [
        replace(word, box=_turned(word.box, size, runs_down), sideways=word.last > word.first and not word.sideways)
        for word in words
    ], shown


def _turned(box: Box, size: Size, runs_down: bool) -> Box:
    if runs_down:
        return Box(box.top, size.width - box.right, box.bottom, size.width - box.left)
    return Box(size.height - box.bottom, box.left, size.height - box.top, box.right)


def _runs_down(words: Sequence[Word], layer: Any, size: Size) -> bool:
    """Whether most words begin above where they end, as the page is shown."""
    turn = Turned(size)
    votes = 0
    for word in words[:50]:
        first, last = place_of(layer, word.first, turn), place_of(layer, word.last, turn)
        if first is not None and last is not None:
            votes += 1 if first.top < last.top else -1
    return votes > 0
