"""Whether a page's text layer can be used, or has to be read by OCR, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from corpus_search.sources.pages.boxes import Drawing
from corpus_search.sources.pages.pdfium import Size
from corpus_search.sources.pages.words import Word

STAMPED: Final = ("its text is a stamp only", "its text stands in the margins only")
GARBAGE: Final = "its text is garbage"
_SCAN: Final = 0.55  # of the page's area: a picture of this size may be a page
_STAMP: Final = 40  # letters: a text layer of a scan with fewer is a stamp, a page number or a fax line
_MARGIN: Final = 0.11  # of the page's height: where stamps, running heads and page numbers stand
_GARBAGE: Final = 0.2  # of a layer's letters in words that are none: it can't be used
_LEAST: Final = 30  # letters: fewer can't be measured
_WORD: Final = re.compile(r"[A-Za-z]+")
_VOWEL: Final = re.compile(r"[aeiouyAEIOUY]")
_USUAL: Final = re.compile(r"[A-Z]?[a-z]*[aeiouy][a-z]*|[A-Z]+")  # of bounded length: it is tried from both ends
_LONGEST: Final = 30  # letters of a word
_UNKNOWN: Final = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08\x0e-\x1f]")


def why_ocr(words: Sequence[Word], drawing: Drawing, size: Size) -> str | None:
    """Why the page has to be read by OCR; None if its text layer can be used."""
    scan = any(one.kind == "picture" and one.box.area >= _SCAN * size.width * size.height for one in drawing.drawn)
    scan = scan or _strips(drawing, size)
    letters = sum(len(word.text) for word in words)
    if not letters:
        return "no text"
    if garbage(words) > _GARBAGE:
        return GARBAGE
    if scan and letters < _STAMP:
        return STAMPED[0]
    edge = _MARGIN * size.height
    inner = [word for word in words if edge < (word.box.top + word.box.bottom) / 2 < size.height - edge]
    if scan and not inner:
        return STAMPED[1]
    return None


def garbage(words: Sequence[Word]) -> float:
    """Which part of the letters stands in what can be no word of any language that we read, 0 to 1.

    Signs without a meaning, words without a vowel (or of vowels only), capitals within words, single letters in rows.
    """
    letters = bad = 0
    for word in words:
        letters += len(word.text)
        if _UNKNOWN.search(word.text):
            bad += len(word.text)
            continue
        bad += sum(len(part) for part in _WORD.findall(word.text) if _is_none(part))
        if len(word.text) > 1 and not any(map(str.isalnum, word.text)) and len(set(word.text)) > 1:
            bad += len(word.text)
    if letters < _LEAST:
        return 0.0
    return bad / letters


def _is_none(part: str) -> bool:
    if len(part) > _LONGEST:
        return True
    if len(part) < 4 or _USUAL.fullmatch(part):
        return False
    if not part.isupper() and not _VOWEL.search(part):
        return True
    changes = sum(a.isupper() != b.isupper() for a, b in pairwise(part[1:]))
    return changes > max(2, len(part) // 5)


def _strips(drawing: Drawing, size: Size) -> bool:
    """Whether the page is a scan that was cut into strips."""
    strips = [one.box for one in drawing.drawn if one.kind == "picture" and one.box.width > 0.8 * size.width]
    return len(strips) > 2 and sum(box.area for box in strips) > 0.8 * size.width * size.height
