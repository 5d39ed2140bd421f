"""Rows of a table into documents whose rows can be searched, or into messages where each row is one.

A row becomes a line "Column: value" with its cells apart, so that a plate, a name or a reason stands beside the word
that says what it is, however far down the table it is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final

from corpus_search.model import Message, Place, Reading
from corpus_search.sources.charsets import scrub
from corpus_search.sources.documents.document import document
from corpus_search.sources.exports import Export, export_columns
from corpus_search.sources.reading import Origin

Row = tuple[int, Sequence[str]]  # its number in the table, from 1, and its cells

ROWS: Final = 500  # of one document
MAX_ROWS: Final = 5_000_000
MAX_TEXT: Final = 200_000  # characters of one document
MAX_CELL: Final = 100_000  # characters of one cell
_LOOK: Final = 12  # rows among which the column names are looked for


@dataclass(frozen=True, slots=True)
class Heading:
    """The row that names the columns: its number, and the names."""

    row: int
    names: tuple[str, ...]


def read_table(
    rows: Iterable[Row], origin: Origin, sheet: str | None = None, heading: Heading | None = None
) -> Reading:
    """Messages of a message export; else documents of some hundred rows each. `sheet`: its name in a workbook."""
    rows = iter(rows)
    first = list(islice(rows, _LOOK))
    heading = heading or find_heading(first)
    unit = f"sheet {sheet}, row" if sheet else "row"
    every = islice(chain(first, rows), MAX_ROWS)
    columns = export_columns(heading.names) if heading else None
    if heading and columns:
        export = Export(columns, unit, heading.row)
        return _messages((row for row in every if row[0] > export.heading), export, origin, sheet)
    return Reading(tuple(_documents(every, heading, origin, unit, sheet)))


def find_heading(rows: Sequence[Row]) -> Heading | None:
    """The first row that names columns: words in most of them, no two alike, none a number."""
    width = max((sum(1 for cell in cells if cell.strip()) for _, cells in rows), default=0)
    for number, cells in rows:
        names = [" ".join(cell.split()) for cell in cells]
        filled = [name for name in names if name]
        if (
            len(filled) >= max(1, (width * 3 + 4) // 5)
            and (len(filled) > 1 or (width == 1 and number == 1 and len(rows) > 2))
            and len(set(filled)) == len(filled)
            and all(len(name) <= 80 and not _is_value(name) for name in filled)
        ):
            return Heading(number, tuple(names))
    return None


def _is_value(text: str) -> bool:
    """Whether a cell holds a value rather than a name: mostly digits, an address, a sentence."""
    digits = sum(char.isdigit() for char in text)
    return digits * 2 > len(text) or "@" in text or "://" in text or len(text.split()) > 10


def _messages(rows: Iterable[Row], export: Export, origin: Origin, sheet: str | None) -> Reading:
    found = Reading()
    messages: list[Message] = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        place = Place(export.unit, number)
        here = replace(origin, places=(place,), spot=f"{origin.spot}/{sheet or ''}/{number}")
        reading = export.read(cells, here)
        messages += reading.messages
        found = replace(found, problems=found.problems + reading.problems)
    return replace(found, messages=tuple(messages))


def _documents(
    rows: Iterable[Row], heading: Heading | None, origin: Origin, unit: str, sheet: str | None
) -> Iterator[Message]:
    lines: list[str] = []
    places: list[Place] = []
    size = number = 0
    for index, cells in rows:
        line = _line(cells, heading if heading and index > heading.row else None)
        if not line:
            continue
        if lines and (len(lines) >= ROWS or size + len(line) > MAX_TEXT):
            number += 1
            yield _document(lines, places, origin, number, sheet)
            lines, places, size = [], [], 0
        lines.append(line)
        places.append(Place(unit, index, start=size))
        size += len(line) + 1
    if lines:
        yield _document(lines, places, origin, number + 1, sheet)


def _document(lines: list[str], places: list[Place], origin: Origin, number: int, sheet: str | None) -> Message:
    name = (origin.source.member or origin.source.path).rsplit("/", 1)[-1]
    here = origin if sheet is None else replace(origin, spot=f"{origin.spot}/{sheet}")
    first = places[0].number
    return document("\n".join(lines), here, places, first, f"{name}, sheet {sheet}" if sheet else name)


def _line(cells: Sequence[str], heading: Heading | None) -> str:
    shown = []
    for index, cell in enumerate(cells):
        value = " ".join(scrub(cell[:MAX_CELL]).split())
        if value:
            name = heading.names[index] if heading and index < len(heading.names) else ""
            shown.append(f"{name}: {value}" if name else value)
    return "\t".join(shown)
