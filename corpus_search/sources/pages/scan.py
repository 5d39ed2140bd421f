"""A page as a picture, read by OCR: the slow part of reading, bounded in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from PIL import Image

from corpus_search.model import REDACTED_MARK
from corpus_search.sources.pages.pdfium import Size
from corpus_search.sources.pages.picture import MAX_PIXELS, grey, turned
from corpus_search.sources.pages.plates import Twice, look_twice
from corpus_search.sources.pages.words import Box, Word

DOTS: Final = 200  # per inch: what a page is drawn at; fine print is read no better at 300, and half as fast
MAX_SOURCE: Final = 120_000_000  # pixels of a picture in a page that is unpacked at all


@dataclass(frozen=True, slots=True)
class Scanned:
    """What OCR made of a page."""

    words: list[Word]
    twice: list[Twice]
    confidence: float
    width: float  # points, as the page was turned to be read
    height: float


def picture_of(page: Any, size: Size) -> tuple[Image.Image, float]:
    """The page in levels of grey, and how many of its pixels make a point."""
    scale = DOTS / 72
    pixels = size.width * size.height * scale * scale
    if pixels > MAX_PIXELS:
        scale *= (MAX_PIXELS / pixels) ** 0.5
    return grey(page.render(scale=scale, grayscale=True).to_pil()), scale


def read_scan(image: Image.Image, dots_a_point: float, stamps: Sequence[Word] = ()) -> Scanned:
    """The words of a picture that is not blank; stamps are words of a text layer, which stand in it too.

    What the text layer says is surer than what OCR sees in its place, and is not said twice.
    """
    from corpus_search.sources.pages.ocr import look  # loads Tesseract, which other readers do without

    seen = look(image, dots_a_point)
    upright = turned(image.rotate(seen.quarter, expand=True), seen.angle)
    marks = [Word(REDACTED_MARK, box, code=code or None) for box, code in seen.boxes]
    twice = look_twice(seen.words, upright, dots_a_point)
    width, height = upright.width / dots_a_point, upright.height / dots_a_point
    stamps = [replace(word, box=turned_box(word.box, seen.quarter, image, dots_a_point)) for word in stamps]
    words = [word for word in seen.words if not any(_same_place(stamp, word) for stamp in stamps)]
    return Scanned([*words, *marks, *stamps], twice, seen.confidence, width, height)


def turned_box(box: Box, quarter: int, image: Image.Image, dots_a_point: float) -> Box:
    """Where a box lies once the picture is turned counter-clockwise by quarters (0, 90, 180, 270 degrees)."""
    width, height = image.width / dots_a_point, image.height / dots_a_point
    if quarter == 90:
        return Box(box.top, width - box.right, box.bottom, width - box.left)
    if quarter == 180:
        return Box(width - box.right, height - box.bottom, width - box.left, height - box.top)
    if quarter == 270:
        return Box(height - box.bottom, box.left, height - box.top, box.right)
    return box


def _same_place(stamp: Word, word: Word) -> bool:
    return stamp.box.covers(word.box) > 0.4 or word.box.covers(stamp.box) > 0.4
