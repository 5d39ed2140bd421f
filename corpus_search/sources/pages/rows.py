"""Words into rows of print, in the order in which a person reads them: columns of prose one after the other."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from corpus_search.model import REDACTED_MARK
from corpus_search.sources.pages.words import Box, Word

SAME_ROW: Final = 0.5  # of the smaller height: how far apart the middles of two words of one row may be
WIDE_GAP: Final = 1.6  # of the row's height: a gap from which on two words stand in different cells
_LETTER_GAP: Final = 1.2  # of the row's height: what may stand between letters that are spaced out
_LEAST_SPACED: Final = 4  # single letters in a row that may be a word that is spaced out
_SMALL: Final = 0.5  # of the usual height of words: what is lower is a mark, if it is no letter or digit
_BESIDE: Final = 1.0  # points by which a mark may stand out of its row
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
    held = list(words)
    small = _small_marks(held)
    if not small:
        return [row_of(group) for group in _level(held)]
    apart = {id(mark) for mark in small}
    groups = _level([word for word in held if id(word) not in apart])
    alone = _joined_to(groups, small)
    return sorted((row_of(group) for group in groups + _level(alone)), key=lambda row: row.box.top + row.box.bottom)


def _small_marks(words: Sequence[Word]) -> list[Word]:
    """Hyphens, commas and quotes whose box is their ink alone: their middle is not that of their row."""
    marks = [word for word in words if len(word.text) <= 2 and not any(map(str.isalnum, word.text))]
    marks = [mark for mark in marks if mark.text != REDACTED_MARK]
    if not marks:
        return []
    usual = median(word.box.height for word in words)
    return [mark for mark in marks if mark.box.height < _SMALL * usual]


def _joined_to(groups: Sequence[list[Word]], marks: Sequence[Word]) -> list[Word]:
    """Put each mark into the row in whose height it stands; those that stand in none are left over."""
    boxes = [around(word.box for word in group) for group in groups]
    middles = [(box.top + box.bottom) / 2 for box in boxes]
    alone = []
    for mark in marks:
        here = (mark.box.top + mark.box.bottom) / 2
        after = bisect(middles, here)
        near = min(
            range(max(0, after - 1), min(len(groups), after + 1)), key=lambda at: abs(middles[at] - here), default=0
        )
        if groups and boxes[near].top - _BESIDE <= here <= boxes[near].bottom + _BESIDE:
            groups[near].append(mark)
        else:
            alone.append(mark)
    return alone


def _level(words: Iterable[Word]) -> list[list[Word]]:
    """The words in groups that stand at one height."""
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
    return groups


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
    even = sum(abs(gap - usual_gap) <= 0.1 * usual_gap for gap in gaps) > 0.6 * len(gaps)  # blanks of a text layer
    words = [run[0]]
    for gap, step, letter in zip(gaps, steps, run[1:], strict=True):
        # Both, since a narrow letter stands far from its neighbours, and a wide one takes a long step.
        if gap > 1.3 * usual_gap + 0.5 and (even or step > 1.5 * usual_step):
            words.append(letter)
            continue
        before = words[-1]
        words[-1] = replace(
            before, text=before.text + letter.text, box=around((before.box, letter.box)), last=letter.last
        )
    return words
