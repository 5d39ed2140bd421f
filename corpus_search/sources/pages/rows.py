"""Words into rows of print, in the order in which a person reads them: columns of prose one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from corpus_search.sources.pages.words import Box, Word

SAME_ROW: Final = 0.5  # of the smaller height: how far apart the middles of two words of one row may be
WIDE_GAP: Final = 1.6  # of the row's height: a gap from which on two words stand in different cells
_LETTER_GAP: Final = 1.2  # of the row's height: what may stand between letters that are spaced out
_LEAST_SPACED: Final = 4  # single letters in a row that may be a word that is spaced out
_TWICE: Final = 0.7  # of its area: the same word drawn there again, to look bold


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one line of print, left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def cells(self) -> list[list[Word]]:
        """The words, cut where a wide gap stands between them."""
        cells: list[list[Word]] = [[self.words[0]]]
        for before, word in pairwise(self.words):
            if word.box.left - before.box.right > WIDE_GAP * max(4.0, self.box.height):
                cells.append([])
            cells[-1].append(word)
        return cells

    @property
    def text(self) -> str:
        """The words with blanks between them, two at a wide gap."""
        return "  ".join(" ".join(word.text for word in cell) for cell in self.cells)


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Rows of the words, from top to bottom, each from left to right."""
    ordered = sorted(words, key=lambda word: (word.box.top + word.box.bottom, word.box.left))
    groups: list[list[Word]] = []
    middle, height = 0.0, 0.0
    for word in ordered:
        here = (word.box.top + word.box.bottom) / 2
        if groups and here - middle <= SAME_ROW * min(height, max(1.0, word.box.height)):
            groups[-1].append(word)
            continue
        groups.append([word])
        middle, height = here, max(1.0, word.box.height)
    return [row_of(group) for group in groups]


def row_of(words: Sequence[Word]) -> Row:
    """One row of these words: from left to right, none twice, spaced letters put together."""
    ordered = sorted(words, key=lambda word: (word.box.left, word.box.right))
    kept: list[Word] = []
    for word in ordered:
        if not any(word.text == one.text and one.box.covers(word.box) > _TWICE for one in kept[-3:]):
            kept.append(word)
    kept = _unspaced(kept)
    return Row(tuple(kept), around(word.box for word in kept))


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of these."""
    held = list(boxes)
    return Box(
        min(box.left for box in held),
        min(box.top for box in held),
        max(box.right for box in held),
        max(box.bottom for box in held),
    )


def _unspaced(words: list[Word]) -> list[Word]:
    """With words that are spaced out ("W A R N I N G") put together; the larger gaps in them part words."""
    if sum(len(word.text) == 1 for word in words) < _LEAST_SPACED:
        return words
    result: list[Word] = []
    run: list[Word] = []
    for word in [*words, None]:
        if word is not None and len(word.text) == 1 and word.text.isalpha() and _near(run, word):
            run.append(word)
            continue
        result += _joined(run) if len(run) >= _LEAST_SPACED else run
        run = [word] if word is not None and len(word.text) == 1 and word.text.isalpha() else []
        if word is not None and not run:
            result.append(word)
    return result


def _near(run: Sequence[Word], word: Word) -> bool:
    return not run or word.box.left - run[-1].box.right < _LETTER_GAP * max(4.0, word.box.height)


def _joined(run: Sequence[Word]) -> list[Word]:
    gaps = [after.box.left - before.box.right for before, after in pairwise(run)]
    steps = [
        (after.box.left + after.box.right - before.box.left - before.box.right) / 2 for before, after in pairwise(run)
    ]
    usual_gap, usual_step = median(gaps), median(steps)
    words = [run[0]]
    for gap, step, letter in zip(gaps, steps, run[1:], strict=True):
        # Both, since a narrow letter stands far from its neighbours, and a wide one takes a long step.
        if gap > 1.3 * usual_gap + 0.5 and step > 1.5 * usual_step:
            words.append(letter)
            continue
        before = words[-1]
        words[-1] = replace(
            before, text=before.text + letter.text, box=around((before.box, letter.box)), last=letter.last
        )
    return words
