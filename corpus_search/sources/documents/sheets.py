"""Excel workbooks (.xlsx): each sheet a table of documents, or of messages."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from corpus_search.model import Message, Problem, Reading
from corpus_search.sources.documents.table import Row, read_table
from corpus_search.sources.reading import Origin, Reader
from corpus_search.sources.zipped import check_document, names_in

MAX_CELLS: Final = 50_000_000
MAX_COLUMNS: Final = 2_000


def recognise(head: bytes, path: Path) -> bool:
    """A zip file with a workbook in it."""
    return "xl/workbook.xml" in names_in(head, path)


def read_data(data: bytes, origin: Origin) -> Reading:
    """The documents or messages of every sheet; formulas show the value that was saved with them."""
    import openpyxl  # heavy: only where a workbook is read

    check_document(data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    messages: list[Message] = []
    problems: list[Problem] = []
    try:
        sheets = list(book.worksheets)
        for sheet in sheets:
            sheet.reset_dimensions()  # what the file says of its size may be wrong
            broken: list[str] = []
            reading = read_table(_rows(sheet, broken), origin, str(sheet.title) if len(sheets) > 1 else None)
            messages += reading.messages
            problems += reading.problems
            problems += (origin.problem("damaged", f"sheet {sheet.title} {why}") for why in broken)
    finally:
        book.close()
    return Reading(tuple(messages), tuple(problems))


def _rows(sheet: Any, broken: list[str]) -> Iterator[Row]:
    """The rows of a sheet; the list is told why they end before the sheet does."""
    cells = number = 0
    try:
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells += len(row)
            if cells > MAX_CELLS:
                broken.append(f"holds more than {MAX_CELLS:,} cells; the rows from {number} on were not read: split it")
                return
            yield number, [_shown(value) for value in row[:MAX_COLUMNS]]
    except (SyntaxError, ValueError, LookupError, OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        said = " ".join(str(error).split())[:200]
        broken.append(f"breaks off after row {number} ({said}); what came before was read: ask for the file again")


def _shown(value: Any) -> str:
    """A cell's value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


READER = Reader("xlsx", recognise, read_data=read_data)
