"""Pictures of pages (TIFF faxes, JPEG and PNG scans, screenshots), read by OCR; each frame is a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageSequence, UnidentifiedImageError

from corpus_search.model import Place, Problem, Reading
from corpus_search.sources.lines import Page, pages_from_json
from corpus_search.sources.pages.extract import scanned_page
from corpus_search.sources.pages.making import make
from corpus_search.sources.pages.picture import grey, is_blank
from corpus_search.sources.pages.scan import MAX_SOURCE, read_scan
from corpus_search.sources.pdf import counted
from corpus_search.sources.reading import NotReadable, PageRun, Reader, Unit

MAX_FRAMES: Final = 2000  # of one file
_MARKS: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a", b"BM")
_READ: Final = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")
# What Pillow raises for files that are not what they begin as, or break off.
_BROKEN: Final = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    EOFError,
    TypeError,
    ValueError,
    SyntaxError,
)
_LEAST: Final = 60  # pixels: a picture less wide or high holds no line of print
_PRINT: Final = 0.5  # OCR of a picture that is less sure than this saw no print
_LETTER: Final = 8.5  # inches: how wide a picture is taken to be that does not say how fine it is
_FINENESS: Final = range(72, 601)  # dots an inch that a picture may say of itself and be believed


def recognise(head: bytes, path: Path) -> bool:
    """The marks of the usual kinds of pictures."""
    del path
    if head.startswith(b"BM"):
        return head[6:10] == b"\0\0\0\0" and len(head) > 26
    return head.startswith(_MARKS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def survey(unit: Unit) -> tuple[int, int]:
    """How many frames there are; all of them are read by OCR."""
    with Image.open(unit.file, formats=_READ) as image:
        frames = min(MAX_FRAMES, int(getattr(image, "n_frames", 1)))
    return frames, frames


def read_pages(unit: Unit) -> PageRun:
    """Every frame of the picture as a page."""
    pages: list[Page] = []
    problems: list[Problem] = []
    try:
        with Image.open(unit.file, formats=_READ) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                if number > MAX_FRAMES:
                    reason = f"the frames after {MAX_FRAMES} were not read; split the file"
                    problems.append(Problem(unit.source, unit.release, "limit", reason))
                    break
                page, problem = _page(frame, number, unit)
                pages.append(page)
                problems += [problem] if problem else []
    except _BROKEN as error:
        if not pages:
            raise NotReadable("damaged", f"the picture can't be opened ({error}); open it by hand") from error
        reason = f"the picture breaks off after {len(pages)} frames; ask for the file again"
        problems.append(Problem(unit.source, unit.release, "damaged", reason))
    return PageRun(tuple(page.to_json() for page in pages), tuple(problems), counted(pages))


def join(unit: Unit, pages: Sequence[dict[str, Any]]) -> Reading:
    """The messages and documents of all frames."""
    return make(unit, pages_from_json(pages))


def _page(frame: Image.Image, number: int, unit: Unit) -> tuple[Page, Problem | None]:
    width, height = frame.size
    dots = _dots_an_inch(frame)
    empty = (width / dots * 72, height / dots * 72)
    place = Place("page", number)
    if min(frame.size) < _LEAST:
        return Page(number, (), empty, "text"), None
    if width * height > MAX_SOURCE:
        reason = f"the picture has {width:,} by {height:,} pixels, more than is unpacked; open it by hand"
        return Page(number, (), empty, "unread"), Problem(unit.source, unit.release, "limit", reason, place)
    if unit.options.ocr == "never":
        reason = "the picture was not read, as OCR is off; ingest again with --reread --ocr auto"
        return Page(number, (), empty, "unread"), Problem(unit.source, unit.release, "unread", reason, place)
    image = grey(frame)
    if is_blank(image):
        return Page(number, (), empty, "text"), None
    page = scanned_page(read_scan(image, image.width / width * dots / 72), number)
    # In a photograph OCR sees letters that nobody wrote.
    return (page if (page.confidence or 0.0) >= _PRINT else replace(page, lines=())), None


def _dots_an_inch(frame: Image.Image) -> float:
    said = frame.info.get("dpi")
    if isinstance(said, tuple) and said and int(said[0]) in _FINENESS:
        return float(said[0])
    return max(72.0, min(frame.size) / _LETTER)


READER: Final = Reader("image", recognise, read_pages=read_pages, join=join, survey=survey)
