"""CSV and other delimited tables: audit logs, lists, Outlook's exports. A long one is cut by rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO, Final

from corpus_search.model import Reading
from corpus_search.sources.charsets import decode_text
from corpus_search.sources.documents.table import Heading, Row, find_heading, read_table
from corpus_search.sources.exports import export_columns
from corpus_search.sources.reading import HEAD_BYTES, Origin, Reader, Unit

UNIT_ROWS: Final = 50_000
MAX_FIELD: Final = 64 << 20
_MARKS: Final = (",", ";", "\t", "|")
_LABEL: Final = re.compile(r"^[A-Za-z][A-Za-z-]{1,20}:[ \t]", re.MULTILINE)


def recognise(head: bytes, path: Path) -> bool:
    """Rows of equally many cells, the first of them names of columns."""
    del path
    if b"\x00" in head[:4096] and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return False
    text, _ = decode_text(head[:HEAD_BYTES], None)
    return _mark(text, whole=len(head) < HEAD_BYTES) is not None


def _mark(text: str, whole: bool = False) -> str | None:
    """The character that separates cells; None where the text is no table."""
    if "\n" not in text.strip() and "\r" not in text.strip():
        return None
    for mark in _MARKS:
        rows = list(islice(_parsed(io.StringIO(text, newline=""), mark), 40))
        rows = rows if whole and len(rows) < 40 else rows[:-1]
        if len(rows) >= 2 and _is_table(rows):
            return mark
        if rows and len(rows) <= 2 and not whole and export_columns(rows[0]):
            return mark  # the first mail of an export is longer than what is looked at
    return None


def _is_table(rows: list[list[str]]) -> bool:
    width = len(rows[0])
    alike = sum(len(row) == width for row in rows if row)
    filled = sum(1 for row in rows if row)
    names = [name.strip() for name in rows[0]]
    return (
        width >= 2
        and alike * 10 >= filled * 9
        and (filled >= 3 or width >= 4)
        and all(name and len(name) <= 60 and not name.endswith((".", ":", "!", "?")) for name in names[:3])
        and find_heading([(1, names)]) is not None
        and not _LABEL.match(names[0])
    )


def _parsed(lines: Iterable[str], mark: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_FIELD)  # the standard library's only way; always the same value
    rows = csv.reader(lines, delimiter=mark)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield []


def cut(unit: Unit) -> tuple[Unit, ...]:
    """Units of so many rows; rows count from 1, the names of columns being the first."""
    with _opened(Path(unit.file)) as (lines, mark):
        count = sum(1 for _ in _parsed(lines, mark))
    starts = range(0, max(count, 1), UNIT_ROWS)
    return tuple(replace(unit, start=at, stop=min(at + UNIT_ROWS, count), first_number=at + 1) for at in starts)


def read(unit: Unit, origin: Origin) -> Reading:
    """The documents or messages of a run of rows."""
    with _opened(Path(unit.file)) as (lines, mark):
        rows = enumerate(_parsed(lines, mark), start=1)
        first: list[Row] = list(islice(rows, 12))
        heading = find_heading(first)
        stop = unit.stop if unit.stop >= 0 else None
        every = (row for row in _chain(first, rows) if row[0] > unit.start)
        return read_table(islice(every, None if stop is None else stop - unit.start), origin, heading=heading)


def read_data(data: bytes, origin: Origin) -> Reading:
    """The documents or messages of a table in memory."""
    text, _ = decode_text(data, None)
    mark = _mark(text[:HEAD_BYTES], whole=len(text) < HEAD_BYTES) or ","
    heading: Heading | None = None
    return read_table(enumerate(_parsed(io.StringIO(text, newline=""), mark), start=1), origin, heading=heading)


def _chain(first: list[Row], rest: Iterable[Row]) -> Iterator[Row]:
    yield from first
    yield from rest


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[str], str]]:
    """The file's lines, and the character that separates cells."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    with path.open(encoding=_encoding(head), errors="replace", newline="") as lines:
        yield lines, _mark(decode_text(head, None)[0], whole=len(head) < HEAD_BYTES) or ","


def _encoding(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        head[:-4].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "utf-8-sig" if error.start > len(head) - 8 else "cp1252"
    return "utf-8-sig"


READER = Reader("csv", recognise, cut, read_within=read, read_data=read_data)
