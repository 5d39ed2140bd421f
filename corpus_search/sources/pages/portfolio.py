"""Files that lie within a PDF: the mails of a portfolio, and what was pinned to a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as raw

from corpus_search.model import Reading
from corpus_search.sources.pages.pdfium import opened
from corpus_search.sources.pages.swollen import MOST as LARGEST
from corpus_search.sources.pages.swollen import has_swollen
from corpus_search.sources.reading import Origin, Unit, together

MOST: Final = 20_000  # files of one portfolio
MAX_BYTES: Final = 1 << 30  # of a PDF whose files are taken out
PAGES: Final = 5000  # of one PDF, to which files may be pinned

Taken = tuple[str, bytes | None]


def embedded(unit: Unit, origin: Origin) -> Reading:
    """The messages and documents in the files that lie in the PDF, each with its name as member."""
    with opened(unit.file) as document:
        listed, pins = document.count_attachments(), list(_pinned_pages(document))
        if (listed or pins) and _is_too_large(Path(unit.file)):
            reason = (
                f"a file within the PDF unpacks to more than {LARGEST >> 20} MB, or the PDF is larger; none of the "
                "files within it was read; take them out by hand, and look before you open them"
            )
            return Reading(problems=(origin.problem("limit", reason),))
        readings = [_read(taken, origin, number) for number, taken in enumerate(_all(document, listed, pins), start=1)]
    if listed > MOST:
        reason = f"of {listed} files within the PDF the first {MOST} were read; split it"
        readings.append(Reading(problems=(origin.problem("limit", reason),)))
    return together(readings)


def _read(taken: Taken, origin: Origin, number: int) -> Reading:
    name, data = taken
    inner = origin.inner(name or f"attachment {number}", number)
    if data is None:
        reason = "the file within the PDF can't be taken out; open the PDF by hand"
        return Reading(problems=(inner.problem("damaged", reason),))
    origin.budget.spend(len(data))
    return origin.open_within(inner, data, None)


def _all(document: Any, listed: int, pins: list[int]) -> Iterator[Taken]:
    """The files of the PDF's list, then those pinned to pages that are not in it."""
    seen: set[tuple[str, int]] = set()
    for index in range(min(listed, MOST)):
        name, data = _listed(document, index)
        seen.add((name, hash(data)))
        yield name, data
    for page in pins:
        for name, data in _pinned(document, page):
            if (name, hash(data)) not in seen:
                seen.add((name, hash(data)))
                yield name, data


def _listed(document: Any, index: int) -> Taken:
    try:
        return _taken(document.get_attachment(index))
    except pypdfium2.PdfiumError:
        return "", None


def _taken(attachment: Any) -> Taken:
    """The name and the bytes of a file; no bytes where it can't be taken out."""
    name = ""
    try:
        name = attachment.get_name()
        return name, bytes(attachment.get_data())
    except pypdfium2.PdfiumError:
        return name, None


def _pinned_pages(document: Any) -> Iterator[int]:
    """The pages that have a file pinned to them."""
    for index in range(min(len(document), PAGES)):
        page = raw.FPDF_LoadPage(document.raw, index)
        if not page:
            continue
        if any(_pins(page)):
            yield index
        raw.FPDF_ClosePage(page)


def _pins(page: Any) -> Iterator[int]:
    """The annotations of a page that hold a file."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), 2000)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FILEATTACHMENT:
            yield index
        raw.FPDFPage_CloseAnnot(annotation)


def _pinned(document: Any, index: int) -> list[Taken]:
    """The files pinned to a page; none where pdfium is older than the call that gives them."""
    if not hasattr(raw, "FPDFAnnot_GetFileAttachment"):
        return []
    page = raw.FPDF_LoadPage(document.raw, index)
    taken = []
    for at in list(_pins(page)):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        handle = raw.FPDFAnnot_GetFileAttachment(annotation)
        if handle:
            taken.append(_taken(pypdfium2.PdfAttachment(handle, document)))
        raw.FPDFPage_CloseAnnot(annotation)
    raw.FPDF_ClosePage(page)
    return taken


def _is_too_large(file: Path) -> bool:
    """Whether taking out what lies within it may end the process."""
    size = file.stat().st_size
    return size > MAX_BYTES or (size * 1032 > LARGEST and has_swollen(file.read_bytes()))
