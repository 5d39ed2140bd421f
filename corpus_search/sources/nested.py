"""Bytes that lie within a file (attachments, members of archives), read as whatever format they are."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Final

from corpus_search.model import Message, Reading, Source, identify
from corpus_search.sources.formats import claim, named
from corpus_search.sources.guard import guarded
from corpus_search.sources.reading import (
    IN_MEMORY,
    LimitReached,
    NotReadable,
    Origin,
    PageRun,
    Reader,
    ReadOptions,
    Unit,
    together,
)

MAX_DEPTH: Final = 8  # files within files: a mail in a zip in a mail in a tar …
KEPT: Final = 64  # attachments whose pages are kept in mind, since the same logo or form comes with many mails
KEPT_BYTES: Final = 512 << 10  # of one of them


def open_within(origin: Origin, data: bytes, fmt: str | None = None) -> Reading:
    """The messages, documents and problems in these bytes, read as the format named or as what they are."""
    return guarded(lambda: _open(origin, data, fmt), origin.problem, lambda problem: Reading(problems=(problem,)))


def _open(origin: Origin, data: bytes, fmt: str | None) -> Reading:
    if origin.depth > MAX_DEPTH:
        message = f"it lies more than {MAX_DEPTH} files deep; unpack it by hand and ingest the folder"
        raise LimitReached(message)
    if not data.strip(b"\x00 \t\r\n\f"):
        raise NotReadable("empty", "the file is empty; ask whether it was released so")
    reader = named(fmt) if fmt else claim(data, IN_MEMORY)
    origin = replace(origin, source=replace(origin.source, format=reader.format))
    if reader.read_data is not None:
        return reader.read_data(data, origin)
    # Files of the same name may lie in many messages of one source: their ids are told apart by where they lie.
    unit = Unit("", origin.source, origin.release, identify(origin.salt, origin.spot), options=origin.options)
    reading = (
        _read_pages(reader, data, unit, origin) if reader.join is not None else _read_file(reader, data, unit, origin)
    )
    return replace(reading, messages=tuple(_placed(message, origin) for message in reading.messages))


def _read_pages(reader: Reader, data: bytes, unit: Unit, origin: Origin) -> Reading:
    assert reader.join is not None
    find = _pages if len(data) <= KEPT_BYTES else _pages.__wrapped__
    run = find(reader.format, data, unit.options)
    problems = tuple(replace(problem, source=unit.source, release=unit.release) for problem in run.problems)
    with _as_file(data) as name:
        unit = replace(unit, file=name)
        embedded = reader.embedded(unit, origin) if reader.embedded is not None else Reading()
        return together([Reading((), problems, run.count), reader.join(unit, run.pages), embedded])


@lru_cache(maxsize=KEPT)
def _pages(fmt: str, data: bytes, options: ReadOptions) -> PageRun:
    """The pages of a file, whoever's attachment it is."""
    reader = named(fmt)
    assert reader.read_pages is not None
    with _as_file(data) as name:
        unit = Unit(name, Source("", None, "", fmt), "", options=options)
        runs = [reader.read_pages(one) for one in (reader.cut(unit) if reader.cut else (unit,))]
    count = together(Reading(pages=run.count) for run in runs).pages
    pages = tuple(page for run in runs for page in run.pages)
    return PageRun(pages, tuple(problem for run in runs for problem in run.problems), count)


def _read_file(reader: Reader, data: bytes, unit: Unit, origin: Origin) -> Reading:
    with _as_file(data) as name:
        unit = replace(unit, file=name)
        units = reader.cut(unit) if reader.cut is not None else (unit,)
        if reader.read_within is not None:
            return together(reader.read_within(one, origin) for one in units)
        assert reader.read is not None
        return together(reader.read(one) for one in units)


@contextmanager
def _as_file(data: bytes) -> Iterator[str]:
    """The name of a temporary file that holds the bytes, gone afterwards."""
    handle, name = tempfile.mkstemp(prefix="corpus-search-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        yield name
    finally:
        os.unlink(name)  # noqa: PTH108 - a name, not a path of the material


def _placed(message: Message, origin: Origin) -> Message:
    return message if message.places else replace(message, places=origin.places)
