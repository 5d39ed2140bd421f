"""Zip files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Final

from corpus_search.model import Reading
from corpus_search.sources.archives.members import Member, cut_members, read_members, read_unit
from corpus_search.sources.reading import Origin, Reader, Unit
from corpus_search.sources.zipped import check, is_zip

MOST: Final = 256 << 30  # bytes that one archive on disk may unpack to; each unit of it is bounded for itself
MOST_NESTED: Final = 4 << 30  # bytes that one within another file may unpack to


def recognise(head: bytes, path: Path) -> bool:
    """The mark of a zip file; office documents were claimed before."""
    del path
    return is_zip(head)


def cut(unit: Unit) -> tuple[Unit, ...]:
    """Units of members."""
    with zipfile.ZipFile(unit.file) as archive:
        check(archive, MOST)
        return tuple(cut_members(unit, _members(archive)))


def read(unit: Unit, origin: Origin) -> Reading:
    """What a unit's members give."""
    with zipfile.ZipFile(unit.file) as archive:
        return read_unit(unit, _members(archive), origin)


def read_data(data: bytes, origin: Origin) -> Reading:
    """What all members of a zip file in memory give."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check(archive, MOST_NESTED)
        return read_members(_members(archive), origin)


def _members(archive: zipfile.ZipFile) -> Iterator[Member]:
    for index, info in enumerate(archive.infolist()):
        kind = "folder" if info.is_dir() else "encrypted" if info.flag_bits & 1 else "file"
        if kind == "file" and info.create_system == 3 and (info.external_attr >> 28) == 0xA:
            kind = "link"
        yield Member(index, _name(info), info.file_size, partial(_open, archive, info), kind)  # type: ignore[arg-type]


def _name(info: zipfile.ZipInfo) -> str:
    """The name as given: bytes that were not marked as UTF-8 are UTF-8 all the same where they can be."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    return archive.open(info)


READER = Reader("zip", recognise, cut, read_within=read, read_data=read_data)
