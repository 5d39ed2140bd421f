"""Released files into messages: the one door. Format is decided by content; exactly one reader claims a file.

`cut` says what format a file is and cuts it into units; `read` reads a unit. A format of pages is read by `read_pages`
and then made into messages by `join`. None of them raises: what is wrong with the material is a `Problem`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from corpus_search.model import Problem, Reading
from corpus_search.sources.formats import claim, named
from corpus_search.sources.guard import guarded
from corpus_search.sources.nested import open_within
from corpus_search.sources.reading import HEAD_BYTES, Budget, Cutting, NotReadable, Origin, PageRun, Unit, together

UNPACKED: Final = 16 << 30  # bytes that one unit may unpack to, all that is nested in it included
MAX_WHOLE: Final = 1 << 30  # bytes of a file that is read in one piece


@dataclass(frozen=True, slots=True)
class Survey:
    """A file before it is read: its format ("": none), its pages and those without text, what is wrong with it."""

    format: str
    pages: int | None = None
    scans: int | None = None
    trouble: Problem | None = None


def cut(unit: Unit) -> Cutting:
    """A whole file as units of the format that its content shows; a file of no format gives a problem and no unit."""
    return guarded(lambda: _cut(unit), _teller(unit), lambda problem: Cutting("", problems=(problem,)))


def read(unit: Unit) -> Reading:
    """The messages, documents and problems of a unit."""
    return guarded(lambda: _read(unit), _teller(unit), lambda problem: Reading(problems=(problem,)))


def read_pages(unit: Unit) -> PageRun:
    """The pages of a unit of a joined format."""
    return guarded(lambda: _read_pages(unit), _teller(unit), lambda problem: PageRun((), (problem,)))


def join(unit: Unit, pages: Sequence[dict[str, Any]]) -> Reading:
    """The messages and documents of all pages of a file."""
    return guarded(lambda: _join(unit, pages), _teller(unit), lambda problem: Reading(problems=(problem,)))


def survey(unit: Unit) -> Survey:
    """What a whole file is, and how much there is to read, as far as can be told before it is read."""
    cutting = cut(unit)
    trouble = next(iter(cutting.problems), None)
    count = named(cutting.format).survey if cutting.format else None
    if count is None:
        return Survey(cutting.format, trouble=trouble)
    return guarded(
        lambda: Survey(cutting.format, *count(unit), trouble),
        _teller(unit),
        lambda problem: Survey(cutting.format, trouble=problem),
    )


def _cut(unit: Unit) -> Cutting:
    path = Path(unit.file)
    with path.open("rb") as handle:
        head = handle.read(HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n\f") and path.stat().st_size <= HEAD_BYTES:
        raise NotReadable("empty", "the file is empty; ask whether it was released so")
    reader = claim(head, path)
    unit = replace(unit, source=replace(unit.source, format=reader.format))
    units = reader.cut(unit) if reader.cut is not None else (unit,)
    return Cutting(reader.format, units, reader.join is not None)


def _read(unit: Unit) -> Reading:
    reader = named(unit.source.format)
    if reader.read_within is not None:
        return reader.read_within(unit, _origin(unit))
    if reader.read is not None:
        return reader.read(unit)
    assert reader.read_data is not None
    path = Path(unit.file)
    if path.stat().st_size > MAX_WHOLE:
        raise NotReadable("limit", f"a file of format {reader.format} above {MAX_WHOLE >> 20} MB is not read; split it")
    return reader.read_data(path.read_bytes(), _origin(unit))


def _read_pages(unit: Unit) -> PageRun:
    reader = named(unit.source.format)
    assert reader.read_pages is not None
    return reader.read_pages(unit)


def _join(unit: Unit, pages: Sequence[dict[str, Any]]) -> Reading:
    reader = named(unit.source.format)
    assert reader.join is not None
    joined = reader.join(unit, pages)
    return together([joined, reader.embedded(unit, _origin(unit))]) if reader.embedded is not None else joined


def _origin(unit: Unit) -> Origin:
    return Origin(unit.source, unit.release, open_within, Budget(UNPACKED), unit.salt, unit.options)


def _teller(unit: Unit) -> Any:
    return lambda kind, reason: Problem(unit.source, unit.release, kind, reason)
