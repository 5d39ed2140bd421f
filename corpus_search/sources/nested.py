"""Bytes that lie within a file (attachments, members of archives), read as whatever format they are."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from typing import Final

from corpus_search.model import Message, Problem, Reading, identify
from corpus_search.sources.formats import claim, named
from corpus_search.sources.guard import guarded
from corpus_search.sources.reading import IN_MEMORY, LimitReached, NotReadable, Origin, Reader, Unit, together

MAX_DEPTH: Final = 8  # files within files: a mail in a zip in a mail in a tar …


def open_within(origin: Origin, data: bytes, fmt: str | None = None) -> Reading:
    """The messages, documents and problems in these bytes, read as the format named or as what they are."""

    def tell(kind: str, reason: str) -> Problem:
        return origin.problem(kind, reason)

    return guarded(lambda: _open(origin, data, fmt), tell, lambda problem: Reading(problems=(problem,)))


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
    return _as_file(reader, data, origin)


def _as_file(reader: Reader, data: bytes, origin: Origin) -> Reading:
    """Read by a reader that wants a file: a temporary one, gone afterwards."""
    handle, name = tempfile.mkstemp(prefix="corpus-search-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # Files of the same name may lie in many messages of one source: their ids are told apart by where they lie.
        salt = identify(origin.salt, origin.spot)
        unit = Unit(name, origin.source, origin.release, salt, options=origin.options)
        reading = _read_unit(reader, unit, origin)
    finally:
        os.unlink(name)  # noqa: PTH108 - a name, not a path of the material
    return replace(reading, messages=tuple(_placed(message, origin) for message in reading.messages))


def _read_unit(reader: Reader, unit: Unit, origin: Origin) -> Reading:
    units = reader.cut(unit) if reader.cut is not None else (unit,)
    if reader.read_pages is not None and reader.join is not None:
        runs = [reader.read_pages(one) for one in units]
        joined = reader.join(unit, [page for run in runs for page in run.pages])
        return together([*(Reading((), run.problems, run.count) for run in runs), joined])
    if reader.read_within is not None:
        return together(reader.read_within(one, origin) for one in units)
    assert reader.read is not None
    return together(reader.read(one) for one in units)


def _placed(message: Message, origin: Origin) -> Message:
    return message if message.places else replace(message, places=origin.places)
