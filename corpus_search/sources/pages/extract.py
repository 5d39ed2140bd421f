"""One page of a PDF: its lines by its text layer, or by OCR where that can't be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from corpus_search.sources.lines import Line, Page
from corpus_search.sources.pages.boxes import Drawing, drawing_of
from corpus_search.sources.pages.columns import in_reading_order
from corpus_search.sources.pages.covering import Left, uncover
from corpus_search.sources.pages.filled import filled_in
from corpus_search.sources.pages.layout import line_of
from corpus_search.sources.pages.need import GARBAGE, STAMPED, garbage, why_ocr
from corpus_search.sources.pages.pdfium import Size, loaded, size_of, text_of
from corpus_search.sources.pages.picture import is_blank
from corpus_search.sources.pages.rows import row_of
from corpus_search.sources.pages.scan import MAX_SOURCE, Scanned, picture_of, read_scan
from corpus_search.sources.pages.sideways import turned_level
from corpus_search.sources.pages.words import Word, read_words
from corpus_search.sources.reading import ReadOptions

UNSURE: Final = 0.6  # OCR of less confidence is not taken instead of a layer
_SMALLEST: Final = 4.0  # points: a page less wide or high than this can show nothing


@dataclass(frozen=True, slots=True)
class Extracted:
    """A page, and what is wrong with it, as kind and reason."""

    page: Page
    problems: list[tuple[str, str]] = field(default_factory=list)


def extract(document: Any, index: int, number: int, options: ReadOptions) -> Extracted:
    """Read the page with this index, which is numbered so.

    Raises:
        PageDamaged: it can't be loaded.
    """
    with loaded(document, index) as page:
        size = size_of(page)
        if size.width < _SMALLEST or size.height < _SMALLEST:
            return Extracted(Page(number, (), (size.width, size.height), "text"))
        with text_of(page) as layer:
            words, drawing = read_words(layer, size), drawing_of(page, size)
            words = [word for word in words if _is_shown(word, size)]
            why = why_ocr(words, drawing, size) if options.ocr != "force" else "asked for"
            if why is None or (options.ocr == "never" and not _shows_more(page, size, words, drawing)):
                return _of_text(document, page, layer, size, words, drawing, number, options)
            covered = uncover(page, layer, size, words, drawing) if words else None
        problems = _told(covered.left if covered else [])
        if options.ocr == "never":
            kept = _lines(covered.words if covered else [], size.width)
            return Extracted(Page(number, kept, (size.width, size.height), "unread"), problems)
        stamps = covered.words if covered and why in STAMPED else []
        made = _of_scan(page, size, drawing, number, stamps)
        if covered and covered.words and made.page.read_by != "unread" and _sees_less(made.page, covered.words, why):
            made = Extracted(Page(number, _lines(covered.words, size.width), (size.width, size.height)))
        return Extracted(made.page, [*made.problems, *problems])


def _of_text(
    document: Any,
    page: Any,
    layer: Any,
    size: Size,
    words: list[Word],
    drawing: Drawing,
    number: int,
    options: ReadOptions,
) -> Extracted:
    covered = uncover(page, layer, size, words, drawing, options.keep_failed_redactions)
    level, shown = turned_level([*covered.words, *filled_in(document, page, size)], layer, size)
    lines = _lines(level, shown.width)
    return Extracted(Page(number, lines, (shown.width, shown.height)), _told(covered.left))


def _of_scan(page: Any, size: Size, drawing: Drawing, number: int, stamps: Sequence[Word]) -> Extracted:
    if drawing.largest_picture > MAX_SOURCE:
        reason = (
            f"the page holds a picture of {drawing.largest_picture / 1e6:,.0f} million pixels, more than is unpacked; "
            "open it by hand"
        )
        return Extracted(Page(number, (), (size.width, size.height), "unread"), [("limit", reason)])
    image, dots_a_point = picture_of(page, size)
    if is_blank(image):
        return Extracted(Page(number, (), (size.width, size.height), "text"))
    return Extracted(scanned_page(read_scan(image, dots_a_point, stamps), number))


def scanned_page(seen: Scanned, number: int) -> Page:
    """A page as OCR saw it."""
    lines = tuple(line_of(row, seen.twice) for row in in_reading_order(seen.words, seen.width))
    return Page(number, lines, (seen.width, seen.height), "ocr", seen.confidence)


def _sees_less(page: Page, words: Sequence[Word], why: str) -> bool:
    """Whether the layer is better than what OCR saw: print too small or too faint, or letters that are no words."""
    if why != GARBAGE:
        return not page.lines
    seen = [replace(words[0], text=word) for line in page.lines for word in line.text.split()]
    return not seen or (page.confidence or 0.0) < UNSURE or garbage(seen) > 0.6 * garbage(words)


def _shows_more(page: Any, size: Size, words: Sequence[Word], drawing: Drawing) -> bool:
    """Whether something is to be seen on the page that its text layer does not say."""
    if not words and not drawing.drawn and not drawing.orders:
        return False
    return drawing.largest_picture > MAX_SOURCE or bool(words) or not is_blank(picture_of(page, size)[0])


def _lines(words: Sequence[Word], width: float) -> tuple[Line, ...]:
    # A stamp that runs up the margin comes last, from one end to the other, so that it stands in no sentence.
    stamp = [word for word in words if word.sideways]
    level = [word for word in words if not word.sideways] if stamp else words
    lines = [line_of(row) for row in in_reading_order(level, width)]
    return (*lines, *(line_of(row_of([word])) for word in sorted(stamp, key=lambda word: word.first)))


def _is_shown(word: Word, size: Size) -> bool:
    """Whether the word lies on the page: what lies beyond its edges is not shown."""
    across, down = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    return 0 <= across <= size.width and 0 <= down <= size.height


def _told(left: Sequence[Left]) -> list[tuple[str, str]]:
    problems = []
    for one in left:
        at = ", ".join(f"{value:.0f}" for value in (one.box.left, one.box.top, one.box.right, one.box.bottom))
        reason = (
            f"failed redaction: text under a box at {at} (points from the page's top left corner); its "
            f"{len(one.text)} characters were not kept; ask counsel, or ingest with --keep-failed-redactions"
        )
        problems.append(("failed redaction", reason))
    return problems
