"""PDF files through pdfium: the one place that opens documents and frees what C holds."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as raw

from corpus_search.sources.pages.rescue import MAX_BYTES, rescued
from corpus_search.sources.reading import NotReadable

MAX_PAGES: Final = 100_000  # of one file
_TAIL: Final = 1 << 17  # bytes at a file's end in which its end mark is looked for,
_END_WITHIN: Final = 2048  # and within how many of the last that are no zeros
_HEADER_WITHIN: Final = 1024  # bytes in which "%PDF-" must begin, as other readers have it


class PageDamaged(Exception):
    """A page that pdfium can't load."""


@dataclass(frozen=True, slots=True)
class Size:
    """A page as it is shown: width and height in points (1/72 inch), its rotation in quarter turns.

    `left` and `bottom` are where, in its own coordinates, the part that is shown begins.
    """

    width: float
    height: float
    turns: int = 0
    left: float = 0.0
    bottom: float = 0.0


def is_pdf(head: bytes) -> bool:
    """Whether a file that begins so says that it is a PDF."""
    return b"%PDF-" in head[:_HEADER_WITHIN]


@contextlib.contextmanager
def opened(file: str) -> Iterator[Any]:
    """The document in a file, closed afterwards.

    Raises:
        NotReadable: it is encrypted, damaged beyond repair, or has no page.
    """
    try:
        document = _what_is_left(Path(file)) or pypdfium2.PdfDocument(Path(file))
    except pypdfium2.PdfiumError as error:
        raise NotReadable(*_refused(error, Path(file))) from error
    try:
        # Its forms are drawn and read only where it has any; pages must be loaded after them.
        if document.get_formtype() != raw.FORMTYPE_NONE:
            with contextlib.suppress(pypdfium2.PdfiumError):
                document.init_forms()
        yield document
    finally:
        document.close()


def _what_is_left(file: Path) -> Any:
    """The document that can be made of a file that is cut short; None where it is whole, or nothing can be made of it.

    pdfium itself opens some such files, and shows blank pages where the text is lost.
    """
    if whole_at_end(file) or file.stat().st_size > MAX_BYTES:
        return None
    data = rescued(file.read_bytes())
    with contextlib.suppress(pypdfium2.PdfiumError):
        return pypdfium2.PdfDocument(data) if data else None
    return None


def page_count(document: Any) -> int:
    """How many pages the document has.

    Raises:
        NotReadable: none, or more than are read.
    """
    count = len(document)
    if count == 0:
        raise NotReadable("empty", "the PDF has no page; ask for the file again, or open it by hand")
    if count > MAX_PAGES:
        raise NotReadable("limit", f"the PDF has more than {MAX_PAGES:,} pages; split it and ingest the parts")
    return count


@contextlib.contextmanager
def loaded(document: Any, index: int) -> Iterator[Any]:
    """The page with this index (from 0), closed afterwards.

    Raises:
        PageDamaged: pdfium can't load it.
    """
    try:
        page = document[index]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise PageDamaged(str(error)) from error
    try:
        yield page
    finally:
        page.close()


@contextlib.contextmanager
def text_of(page: Any) -> Iterator[Any]:
    """The raw text layer of a page, closed afterwards."""
    layer = raw.FPDFText_LoadPage(page.raw)
    if not layer:
        raise PageDamaged("no text layer")
    try:
        yield layer
    finally:
        raw.FPDFText_ClosePage(layer)


def has_text(page: Any) -> bool:
    """Whether the page has a text layer with anything in it."""
    with text_of(page) as layer:
        return bool(raw.FPDFText_CountChars(layer) > 0)


def size_of(page: Any) -> Size:
    """The page's size as it is shown, after its own rotation."""
    width, height = page.get_size()
    left, bottom, _, _ = page.get_bbox()
    return Size(width, height, raw.FPDFPage_GetRotation(page.raw) % 4, left, bottom)


def whole_at_end(file: Path) -> bool:
    """Whether the file has its end mark: one cut short has not, even where pdfium can repair it.

    What may follow the mark: zeros and blanks, as some mail programs and disks leave them, and a little rubbish.
    """
    with file.open("rb") as handle:
        handle.seek(0, io.SEEK_END)
        handle.seek(max(0, handle.tell() - _TAIL))
        return b"%%EOF" in handle.read().rstrip(b"\0 \t\r\n")[-_END_WITHIN:]


def _refused(error: Exception, file: Path) -> tuple[str, str]:
    code = getattr(error, "err_code", None)
    if code == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
        reason = "the PDF is encrypted and opens with a password only; ask the agency for it, or for an open copy"
        return "encrypted", reason
    if code == raw.FPDF_ERR_SECURITY:
        reason = "the PDF is encrypted in a way that is not supported; ask the agency for an open copy"
        return "encrypted", reason
    if not whole_at_end(file):
        return "damaged", "the PDF is cut short and can't be opened; ask for the file again"
    return "damaged", "the PDF can't be opened; ask for the file again, or open it by hand"
