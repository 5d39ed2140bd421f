"""Boxes over text: what is covered is taken out, one █ stands in its place, and text left under a box is told.

Whether a word is covered is decided by the picture: what is drawn in its place shows no trace of it. The order of
drawing alone is not enough (highlights, patterns, text in the colour of its box), nor is the place alone (headings of
tables, shaded rows).
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pypdfium2.raw as raw
from PIL import Image, ImageChops

from corpus_search.model import REDACTED_MARK
from corpus_search.sources.pages.boxes import Drawing, Drawn
from corpus_search.sources.pages.codes import code_in, says_nothing
from corpus_search.sources.pages.parts import parts_of
from corpus_search.sources.pages.pdfium import Size
from corpus_search.sources.pages.rows import around, rows_of
from corpus_search.sources.pages.whiteouts import white_outs
from corpus_search.sources.pages.words import Box, Word

UNDER: Final = 0.6  # of a word's area must lie in the box
_PAGE: Final = 0.5  # of the page's area: larger ones are paper, or a scan, and no box over words
_SCALE: Final = 2.0  # pixels a point of the picture that is looked at
_PLAIN: Final = 24  # levels of colour: what differs less than this shows nothing
_HIGH, _WIDE = 6.0, 8.0  # points: a dark box with nothing under it is a redaction from this size on
_FILLED: Final = 0.08  # of the box: what the text under it takes of one that is not dark
_LABELS: Final = 3  # boxes with the same words printed on them: a label of the tool that drew them
_BY: Final = 1.2  # of its height: how near to a box a code stands that is by it


@dataclass(frozen=True, slots=True)
class Left:
    """Words that were left under a box: a redaction that failed. `printed_on`: drawn after the box, in its colour."""

    text: str
    box: Box
    printed_on: bool = False


@dataclass(frozen=True, slots=True)
class Covered:
    """The words that can be seen, blacked-out stretches among them, and what was left under boxes."""

    words: list[Word]
    left: list[Left]


def uncover(page: Any, layer: Any, size: Size, words: list[Word], drawing: Drawing, keep: bool = False) -> Covered:
    """The words without those under boxes (with them, if asked to keep them)."""
    boxes = [one for one in drawing.drawn if one.box.area < _PAGE * size.width * size.height]
    if not boxes:
        return Covered(words, [])
    whole = words
    parts = parts_of(words, boxes, layer, size)
    words = [part.word for part in parts]
    under = _under(words, boxes)
    view = _View(page, layer, drawing)
    hidden = {at for at, drawn in under.items() if view.hides(drawn, words[at])} if under else set()
    redactions = [one for one in boxes if _is_redaction(one, words, under, hidden)]
    free = [one for one in boxes if one not in redactions]
    whitened = [one for one in white_outs(drawing, free, words) if not view.is_framed(one.box)]
    redactions = _outermost([*redactions, *whitened])
    taken: set[int] = set()
    marks: list[Word] = []
    left: list[Left] = []
    for one in redactions:
        inside = [at for at, word in enumerate(words) if at not in taken and one.box.covers(word.box) >= UNDER]
        taken |= set(inside)
        beneath = [words[at] for at in inside if at in hidden]
        on = " ".join(words[at].text for at in inside if at not in hidden)
        failed = " ".join(row.text for row in rows_of(beneath))
        instead = one.says or (on if one.is_white else "")  # other words in their place: a correction
        if not says_nothing(failed) and (not instead or code_in(instead)):
            left.append(Left(failed, one.box, all(view.order_of(word) > one.order for word in beneath)))
        marks += _marks(one.box, beneath, code_in(on) or code_in(failed))
    left = _without_labels(left)
    taken -= taken & hidden if keep else set()
    # A word that is seen whole stays one, whatever edge it lies on.
    cut = {parts[at].of for at in taken}
    seen = [word for at, word in enumerate(whole) if at not in cut]
    seen += [part.word for at, part in enumerate(parts) if part.of in cut and at not in taken]
    if keep:
        marks = [mark for mark in marks if not any(one.box.covers(mark.box) > UNDER for one in left)]
    return Covered(seen + [_coded(mark, seen) for mark in marks], left)


def _under(words: Sequence[Word], boxes: Sequence[Drawn]) -> dict[int, list[Drawn]]:
    """For each word that lies in boxes, those boxes."""
    found: dict[int, list[Drawn]] = {}
    for one in boxes:
        left, right, top, bottom = one.box.left, one.box.right, one.box.top, one.box.bottom
        for at, word in enumerate(words):
            box = word.box
            near = box.left < right and box.right > left and box.top < bottom and box.bottom > top
            if near and one.box.covers(box) >= UNDER:
                found.setdefault(at, []).append(one)
    return found


class _View:
    """The page as a picture, drawn when first needed; and drawn again without the words in question."""

    def __init__(self, page: Any, layer: Any, drawing: Drawing) -> None:
        self._page, self._layer, self._drawing = page, layer, drawing
        self._picture: Image.Image | None = None

    def hides(self, boxes: Sequence[Drawn], word: Word) -> bool:
        """Whether nothing of the word can be seen in its place."""
        order = self.order_of(word)
        if all(one.order < order and self._differs(word, one) for one in boxes):
            return False  # written on the box, in another colour
        here = self._cut(self.picture(), word.box)
        if _is_plain(here):
            return True
        if all(one.order < order for one in boxes):
            return False
        return self._no_trace(word, here)

    def order_of(self, word: Word) -> int:
        """When the word is drawn, as a place in the order of the page's objects; -1: not known."""
        handle = raw.FPDFText_GetTextObject(self._layer, word.first)
        return self._drawing.orders.get(ctypes.cast(handle, ctypes.c_void_p).value or 0, -1) if handle else -1

    def picture(self) -> Image.Image:
        """The page as it is shown."""
        if self._picture is None:
            self._picture = self._draw()
        return self._picture

    def is_framed(self, box: Box) -> bool:
        """Whether a line runs along the box's upper or lower edge, as around a field to be filled in."""
        inner = replace(box, left=box.left + box.width * 0.1, right=box.right - box.width * 0.1)
        edges = (replace(inner, top=edge - 1.5, bottom=edge + 1.5) for edge in (box.top, box.bottom))
        return any(not _is_plain(self._at(edge)) for edge in edges)

    def _at(self, box: Box) -> Image.Image:
        left, top, right, bottom = (
            max(0, round(value * _SCALE)) for value in (box.left, box.top, box.right, box.bottom)
        )
        return self.picture().crop((left, top, max(left + 1, right), max(top + 1, bottom)))

    def _draw(self) -> Image.Image:
        picture: Image.Image = self._page.render(scale=_SCALE).to_pil().convert("RGB")
        return picture

    def _differs(self, word: Word, one: Drawn) -> bool:
        """Whether the word's own colour is another than the box's."""
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if one.colour is None or not raw.FPDFText_GetFillColor(self._layer, word.first, red, green, blue, alpha):
            return False
        ink = (red.value, green.value, blue.value)
        return max(abs(a - b) for a, b in zip(ink, one.colour, strict=True)) > 3 * _PLAIN

    def _no_trace(self, word: Word, here: Image.Image) -> bool:
        """Whether the picture is the same without the word: it lies under something that is not of one colour."""
        handle = raw.FPDFText_GetTextObject(self._layer, word.first)
        if not handle or not raw.FPDFPageObj_SetIsActive(handle, False):
            return False
        try:
            without = self._cut(self._draw(), word.box)
        finally:
            raw.FPDFPageObj_SetIsActive(handle, True)
        return _is_plain(ImageChops.difference(here, without))

    def _cut(self, picture: Image.Image, box: Box) -> Image.Image:
        """What is drawn in the middle of a word's place: its edges may show what stands around it."""
        inset_x, inset_y = min(1.0, box.width * 0.1), box.height * 0.22
        left, top = int((box.left + inset_x) * _SCALE), int((box.top + inset_y) * _SCALE)
        right, bottom = int((box.right - inset_x) * _SCALE), int((box.bottom - inset_y) * _SCALE)
        return picture.crop((left, top, max(left + 1, right), max(top + 1, bottom)))


def _is_plain(image: Image.Image) -> bool:
    extremes = image.getextrema()
    return all(high - low <= _PLAIN for low, high in extremes)  # type: ignore[misc]


def _is_redaction(one: Drawn, words: Sequence[Word], under: dict[int, list[Drawn]], hidden: set[int]) -> bool:
    inside = [at for at, boxes in under.items() if one in boxes]
    if any(at in hidden for at in inside):
        # A banner or a picture that hides a line of a template is no redaction: that is about as large as its text.
        beneath = sum(words[at].box.area for at in inside if at in hidden)
        return one.is_dark or one.kind == "annotation" or beneath >= _FILLED * one.box.area
    on = " ".join(words[at].text for at in inside)
    if code_in(on):
        return one.box.height < 200 or one.is_dark
    if inside or not one.is_dark or one.kind == "picture":
        return False
    return one.box.height >= _HIGH and one.box.width >= _WIDE


def _outermost(boxes: list[Drawn]) -> list[Drawn]:
    """Without those that lie in another, as the fill of a frame does."""
    kept: list[Drawn] = []
    for one in sorted(boxes, key=lambda drawn: -drawn.box.area):
        if not any(other.box.covers(one.box) > 0.8 for other in kept):
            kept.append(one)
    return kept


def _without_labels(left: list[Left]) -> list[Left]:
    """Without what was printed on the boxes: the same words on several of them, in the boxes' own colour."""
    counts = Counter(one.text for one in left if one.printed_on)
    return [one for one in left if not one.printed_on or counts[one.text] < _LABELS]


def _marks(box: Box, beneath: Sequence[Word], code: str | None) -> list[Word]:
    """One blacked-out stretch for each row that was covered; one for a box with nothing under it."""
    if not beneath:
        return [Word(REDACTED_MARK, box if box.height < 30 else replace(box, bottom=box.top + 12), code=code)]
    return [Word(REDACTED_MARK, around((row.box,)), code=code) for row in rows_of(beneath)]


def _coded(mark: Word, seen: Sequence[Word]) -> Word:
    """With the code that stands close by the box, to its left or right."""
    if mark.code is not None:
        return mark
    reach = _BY * max(8.0, min(20.0, mark.box.height))
    for word in seen:
        level = word.box.top < mark.box.bottom and word.box.bottom > mark.box.top
        gap = max(word.box.left - mark.box.right, mark.box.left - word.box.right)
        if level and -2 <= gap <= reach and (code := code_in(word.text)) and any(map(str.isdigit, code)):
            return replace(mark, code=code)
    return mark
