"""PDF files: pages are read in runs that workers share; messages are made of all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from corpus_search.model import PageCount, Place, Problem, Reading
from corpus_search.sources.lines import Page, pages_from_json
from corpus_search.sources.pages.bookmarks import bookmarks_of
from corpus_search.sources.pages.extract import extract
from corpus_search.sources.pages.making import make
from corpus_search.sources.pages.pdfium import PageDamaged, has_text, is_pdf, loaded, opened, page_count, whole_at_end
from corpus_search.sources.pages.portfolio import embedded
from corpus_search.sources.reading import PageRun, Reader, Unit

PAGES: Final = 50  # of one unit, at most,
FEW: Final = 4  # and at least: of scans that is some seconds' work
SHARES: Final = 16  # units that a short file falls into, so that workers share it evenly


def recognise(head: bytes, path: Path) -> bool:
    """The mark of a PDF at its beginning; mail that only speaks of one has its header first."""
    del path
    return is_pdf(head) and not head.lstrip()[:5].isalpha()


def cut(unit: Unit) -> tuple[Unit, ...]:
    """Runs of pages."""
    with opened(unit.file) as document:
        count = page_count(document)
    size = min(PAGES, max(FEW, -(-count // SHARES)))
    return tuple(
        replace(unit, start=start, stop=min(start + size, count), first_number=start + 1)
        for start in range(0, count, size)
    )


def survey(unit: Unit) -> tuple[int, int]:
    """How many pages there are, and how many of them have no text, so that OCR will read them."""
    with opened(unit.file) as document:
        count = page_count(document)
        return count, sum(not _has_text(document, index) for index in range(count))


def _has_text(document: Any, index: int) -> bool:
    try:
        with loaded(document, index) as page:
            return has_text(page)
    except PageDamaged:
        return True  # it is read by nothing


def read_pages(unit: Unit) -> PageRun:
    """The pages of a unit; one that can't be read is told of, and does not keep the others from being read."""
    pages: list[Page] = []
    problems: list[Problem] = []
    with opened(unit.file) as document:
        count = page_count(document)
        bookmarks = bookmarks_of(document)
        stop = count if unit.stop < 0 else min(unit.stop, count)
        for index in range(unit.start, stop):
            place = Place("page", index + 1)
            try:
                extracted = extract(document, index, index + 1, unit.options)
            except PageDamaged:
                pages.append(Page(index + 1, (), (0.0, 0.0), "unread"))
                reason = "the page is damaged and can't be shown; ask for it again"
                problems.append(Problem(unit.source, unit.release, "damaged", reason, place))
                continue
            pages.append(replace(extracted.page, bookmark=bookmarks.get(index)))
            problems += (Problem(unit.source, unit.release, kind, why, place) for kind, why in extracted.problems)
    if unit.start == 0 and not whole_at_end(Path(unit.file)):
        reason = "the PDF is cut short; of its pages only those that are left were read; ask for the file again"
        problems.append(Problem(unit.source, unit.release, "damaged", reason))
    return PageRun(tuple(page.to_json() for page in pages), tuple(problems), counted(pages))


def join(unit: Unit, pages: Sequence[dict[str, Any]]) -> Reading:
    """The messages and documents of all pages."""
    read = pages_from_json(pages)
    made = make(unit, read)
    return replace(made, problems=(*made.problems, *_unread(read, unit)))


def counted(pages: Sequence[Page]) -> PageCount:
    """The pages by how they were read."""
    by = [page.read_by for page in pages]
    return PageCount(by.count("text"), by.count("ocr"), by.count("unread"))


def _unread(pages: Sequence[Page], unit: Unit) -> Iterator[Problem]:
    """A line for the scanned pages that were not read because OCR is off."""
    numbers = [page.number for page in pages if page.read_by == "unread" and page.size[0]]
    if numbers and unit.options.ocr == "never":
        named = ", ".join(map(str, numbers[:8])) + (" and more" if len(numbers) > 8 else "")
        reason = (
            f"{len(numbers)} pages are pictures and were not read, as OCR is off (pages {named}); "
            "ingest again with --reread --ocr auto"
        )
        yield Problem(unit.source, unit.release, "unread", reason, Place("page", numbers[0]))


READER: Final = Reader("pdf", recognise, cut, read_pages=read_pages, join=join, embedded=embedded, survey=survey)
