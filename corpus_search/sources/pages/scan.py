"""A page as a picture, read by OCR: the slow part of reading, bounded in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PIL import Image

from corpus_search.model import REDACTED_MARK
from corpus_search.sources.pages.pdfium import Size
from corpus_search.sources.pages.picture import MAX_PIXELS, grey, turned
from corpus_search.sources.pages.plates import Twice, look_twice
from corpus_search.sources.pages.words import Word

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


def read_scan(image: Image.Image, dots_a_point: float) -> Scanned:
    """The words of a picture that is not blank."""
    from corpus_search.sources.pages.ocr import look  # loads Tesseract, which other readers do without

    seen = look(image, dots_a_point)
    upright = turned(image.rotate(seen.quarter, expand=True), seen.angle)
    marks = [Word(REDACTED_MARK, box, code=code or None) for box, code in seen.boxes]
    twice = look_twice(seen.words, upright, dots_a_point)
    width, height = upright.width / dots_a_point, upright.height / dots_a_point
    return Scanned([*seen.words, *marks], twice, seen.confidence, width, height)
