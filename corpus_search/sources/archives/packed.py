"""A single file compressed by gzip, bzip2, xz or zstd: unpacked, and read as what it is then."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus_search.model import Reading
from corpus_search.sources.reading import LimitReached, Origin, Reader, together
from corpus_search.sources.streams import compression, read_stream, unpacked

MAX_PLAIN: Final = 512 << 20  # bytes


def recognise(head: bytes, path: Path) -> bool:
    """The mark of a compressed file (an mbox or a tar file within was claimed before)."""
    del path
    return compression(head) is not None


def read_data(data: bytes, origin: Origin) -> Reading:
    """What the unpacked file gives. It keeps the name of the packed one: there is no other."""
    kind = compression(data)
    assert kind is not None
    broken: list[str] = []
    plain = read_stream(unpacked(io.BytesIO(data), kind), 0, MAX_PLAIN + 1, len(data), broken)
    if broken and not plain:
        raise EOFError(broken[0])
    if len(plain) > MAX_PLAIN:
        message = f"it unpacks to more than {MAX_PLAIN >> 20} MB; unpack it by hand and ingest it"
        raise LimitReached(message)
    origin.budget.spend(len(plain))
    reading = origin.open_within(replace(origin, depth=origin.depth + 1), plain, None)
    return together([reading, cut_short(broken, origin)])


def cut_short(broken: Sequence[str], origin: Origin) -> Reading:
    """The problem line of a file that breaks off, where it does."""
    if not broken:
        return Reading()
    reason = f"it breaks off ({broken[0]}); what came before was read: ask for the file again"
    return Reading(problems=(origin.problem("damaged", reason),))


READER = Reader("packed", recognise, read_data=read_data)
