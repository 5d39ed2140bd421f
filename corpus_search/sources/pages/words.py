"""The words of a page's text layer with their places, as they are shown: top left is (0, 0), in points."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2.raw as raw

from corpus_search.sources.pages.pdfium import Size

MAX_CHARACTERS: Final = 400_000  # of one page that are read; a page of print has about 3,000
_WORD: Final = re.compile(r"[^\s\x00\x02\ufffe\uffff]+\x02?")  # \x02: a hyphen at a line's end, as pdfium has it
_LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE: Final = re.compile("[ﬀ-ﬆ]")
_UNSEEN: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u202a-\u202e]")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as it is shown."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """Its area in square points."""
        return max(0.0, self.width) * max(0.0, self.height)

    def covers(self, other: Box) -> float:
        """Which part of the other's area lies in this, 0 to 1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        if width <= 0 or height <= 0 or other.area <= 0:
            return 0.0
        return width * height / other.area


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place. `first` and `last` are its characters in the text layer (-1: there is none)."""

    text: str
    box: Box
    first: int = -1
    last: int = -1
    confidence: float | None = None  # of OCR, 0 to 1
    sideways: bool = False  # runs up or down the page
    code: str | None = None  # of a blacked-out stretch (█): the exemption code that stands on or by it


def read_words(layer: Any, size: Size) -> list[Word]:
    """The words of a raw text layer, in the order in which the file draws them."""
    turned = Turned(size)
    words = []
    rectangle = raw.FS_RECTF()
    reference = ctypes.byref(rectangle)
    box_of = raw.FPDFText_GetLooseCharBox
    text, index_of = _characters(layer)
    for match in _WORD.finditer(text):
        written = _whole(_UNSEEN.sub("", match.group().replace("\x02", "-")))
        if not written:
            continue
        first, last = index_of[match.start()], index_of[match.end() - 1]
        if not box_of(layer, first, reference):
            continue
        left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        box_of(layer, last, reference)
        # Where the last letter stands tells the direction; the shape does not: "all" is higher than wide.
        climbs = abs(rectangle.bottom - bottom) > abs(rectangle.left - left)
        sideways = last > first and climbs != (size.turns % 2 == 1)
        box = turned.box(
            min(left, rectangle.left),
            min(bottom, rectangle.bottom),
            max(right, rectangle.right),
            max(top, rectangle.top),
        )
        words.append(
            Word(_LIGATURE.sub(lambda one: _LIGATURES[one.group()], written), box, first, last, sideways=sideways)
        )
    return words


class Turned:
    """From a page's own coordinates to those in which it is shown."""

    def __init__(self, size: Size) -> None:
        self._size = size

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The box of a rectangle in the page's own coordinates."""
        left, right = left - self._size.left, right - self._size.left
        bottom, top = bottom - self._size.bottom, top - self._size.bottom
        width, height = self._size.width, self._size.height
        if self._size.turns == 1:
            return Box(bottom, left, top, right)
        if self._size.turns == 2:
            return Box(width - right, bottom, width - left, top)
        if self._size.turns == 3:
            return Box(width - top, height - right, width - bottom, height - left)
        return Box(left, height - top, right, height - bottom)


def place_of(layer: Any, number: int, turn: Turned) -> Box | None:
    """The place of one character of a raw text layer."""
    rectangle = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(layer, number, ctypes.byref(rectangle)):
        return None
    return turn.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def _characters(layer: Any) -> tuple[str, Sequence[int]]:
    """The layer's text, and for each character of it the index that pdfium knows it by."""
    count = min(raw.FPDFText_CountChars(layer), MAX_CHARACTERS)
    if count <= 0:
        return "", ()
    buffer = (ctypes.c_ushort * (count + 1))()
    got = raw.FPDFText_GetText(layer, 0, count, buffer)
    if got == count + 1:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
        # A character of two units has two numbers: the units stay apart here, and become one in the word.
        return (text if len(text) == count else "".join(map(chr, buffer[:count]))), range(count)
    # Characters without a meaning in Unicode, which the text leaves out: one by one.
    return "".join(_one_by_one(layer, count)), range(count)


def _whole(text: str) -> str:
    """The text with pairs of surrogates made characters, and lone ones marked as unknown."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _one_by_one(layer: Any, count: int) -> Iterator[str]:
    for index in range(count):
        code = raw.FPDFText_GetUnicode(layer, index)
        yield chr(code) if 0 < code < 0x110000 else "\ufffe"
