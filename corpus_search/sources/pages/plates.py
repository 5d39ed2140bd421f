"""A second look, on scans, at words that may be licence plates: both readings are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from corpus_search.sources.pages.words import Box, Word

MOST: Final = 12  # words of a page that are looked at twice
_TWINS: Final = "0OQD1I7L5S8B2Z6G4A"  # letters and digits that are taken for one another
_PLATE_LIKE: Final = re.compile(r"(?=[A-Z0-9]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{5,8}")
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_LARGE: Final = 64  # pixels: the height to which the word is drawn for the second look


@dataclass(frozen=True, slots=True)
class Twice:
    """A word that was read twice: as it stands in the text, and as it was read by itself."""

    word: Word
    other: str


def look_twice(words: Iterable[Word], image: Image.Image, dots_a_point: float) -> list[Twice]:
    """The plate-like words that a second look reads otherwise, in letters that are easily confused."""
    from corpus_search.sources.pages.ocr import line_in  # loads Tesseract, which other readers do without

    found = []
    doubtful = [
        word for word in words if _PLATE_LIKE.fullmatch(_bare(word.text)) and set(_bare(word.text)) & set(_TWINS)
    ]
    for word in doubtful[:MOST]:
        other = line_in(_enlarged(image, word.box, dots_a_point), _LETTERS).replace(" ", "")
        bare = _bare(word.text)
        if other != bare and len(other) == len(bare) and _differ_in_twins(bare, other):
            found.append(Twice(word, other))
    return found


def _bare(text: str) -> str:
    return text.strip(".,;:!?()[]\"'“”‘’#")


def _differ_in_twins(one: str, other: str) -> bool:
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) <= 2 and all(a in _TWINS and b in _TWINS for a, b in pairs)


def _enlarged(image: Image.Image, box: Box, dots_a_point: float) -> Image.Image:
    edge = 2 * dots_a_point
    left, top = int(box.left * dots_a_point - edge), int(box.top * dots_a_point - edge)
    right, bottom = int(box.right * dots_a_point + edge) + 1, int(box.bottom * dots_a_point + edge) + 1
    piece = image.crop((max(0, left), max(0, top), min(image.width, right), min(image.height, bottom)))
    by = max(1.0, _LARGE / max(1, piece.height))
    piece = piece.resize((max(1, int(piece.width * by)), max(1, int(piece.height * by))), Image.Resampling.BICUBIC)
    return ImageOps.expand(piece, 16, 255)
