"""White boxes with nothing under them that stand for words taken out: they leave a gap in a line and no other sign."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from statistics import median
from typing import Final

from corpus_search.sources.pages.boxes import Drawing, Drawn
from corpus_search.sources.pages.words import Word

_LATE: Final = 0.9  # of the page's text is drawn before it: whoever redacts comes last, paper and shading come first
_HEIGHT: Final = (0.6, 2.2)  # of the usual height of words: it covers one line
_WIDTH: Final = 1.0  # of that height: a narrower one has covered no word
_BESIDE: Final = 1.2  # of that height: how near to a word of its line it begins or ends
_MOST: Final = 200  # white boxes of a page that are looked at: pages of a browser have thousands


def white_outs(drawing: Drawing, boxes: Sequence[Drawn], words: Sequence[Word]) -> list[Drawn]:
    """The boxes that whiten a part of a line, drawn after the text, in whose place no word is seen."""
    orders = sorted(drawing.orders.values())
    late = [one for one in boxes if one.is_white and bisect(orders, one.order) >= _LATE * len(orders)]
    if not late or not words:
        return []
    usual = median(word.box.height for word in words)
    low, high = _HEIGHT[0] * usual, _HEIGHT[1] * usual
    fitting = [one for one in late if low <= one.box.height <= high and one.box.width >= _WIDTH * usual]
    return [one for one in fitting[:_MOST] if _in_a_line(one, words, _BESIDE * usual)]


def _in_a_line(one: Drawn, words: Sequence[Word], reach: float) -> bool:
    """Whether it stands beside a word of the same height on the page, and on none."""
    beside = False
    for word in words:
        box = word.box
        if not one.box.top < (box.top + box.bottom) / 2 < one.box.bottom:
            continue
        gap = max(box.left - one.box.right, one.box.left - box.right)
        if gap < -0.5 * reach:
            return False
        beside = beside or gap <= reach
    return beside
