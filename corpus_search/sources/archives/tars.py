"""Tar files, plain or compressed."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Final, Literal, cast

from corpus_search.model import Reading
from corpus_search.sources.archives.members import MAX_MEMBER, UNIT_BYTES, Member, cut_members, read_members, read_unit
from corpus_search.sources.archives.packed import cut_short
from corpus_search.sources.reading import NotReadable, Origin, Reader, Unit, together
from corpus_search.sources.streams import SMALL, compression, first_bytes, spooled, unpacked

BLOCK: Final = 512
MAX_MEMBERS: Final = 500_000


def recognise(head: bytes, path: Path) -> bool:
    """A tar header whose checksum is right, in the file as it is or unpacked."""
    if compression(head) is not None and path.is_file():
        head = first_bytes(path, BLOCK)
    return _is_header(head[:BLOCK])


def _is_header(block: bytes) -> bool:
    if len(block) < BLOCK or not block[:1].strip(b"\x00"):
        return False
    try:
        stated = int(block[148:156].strip(b" \x00") or b"x", 8)
    except ValueError:
        return False
    return stated == sum(block[:148]) + 8 * 32 + sum(block[156:])


def cut(unit: Unit) -> tuple[Unit, ...]:
    """Units of members; a compressed file, unpacked from its beginning for each, is cut into larger ones."""
    with Path(unit.file).open("rb") as file:
        packed = compression(file.read(8)) is not None
    broken: list[str] = []
    with _opened(Path(unit.file), broken) as archive:
        members = _counted(_members(archive, broken), count := [0])
        units = tuple(cut_members(unit, members, SMALL if packed else UNIT_BYTES))
    # Of one that breaks off, a last unit, of no member, gives the problem line.
    return (*units, replace(unit, start=count[0], stop=-1)) if broken else units


def _counted(members: Iterator[Member], count: list[int]) -> Iterator[Member]:
    for member in members:
        count[0] += 1
        yield member


def read(unit: Unit, origin: Origin) -> Reading:
    """What a unit's members give."""
    broken: list[str] = []
    with _opened(Path(unit.file), broken) as archive:
        reading = read_unit(unit, _members(archive, broken), origin)
    return together([reading, cut_short(broken, origin)]) if unit.stop < 0 else reading


def read_data(data: bytes, origin: Origin) -> Reading:
    """What all members of a tar file in memory give."""
    broken: list[str] = []
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        reading = read_members(_members(archive, broken), origin)
    return together([reading, cut_short(broken, origin)])


@contextmanager
def _opened(path: Path, broken: list[str]) -> Iterator[tarfile.TarFile]:
    with path.open("rb") as file:
        kind = compression(file.read(8))
        file.seek(0)
        if kind is None:
            with tarfile.open(fileobj=file, mode="r:") as archive:
                yield archive
            return
        # A map of the unpacked file: members can be opened in any order, and memory stays small.
        with (
            spooled(unpacked(file, kind), path.stat().st_size, broken) as data,
            tarfile.open(fileobj=io.BytesIO(data) if isinstance(data, bytes) else data, mode="r:") as archive,
        ):
            yield archive


def _whole_headers(archive: tarfile.TarFile, broken: list[str]) -> Iterator[tarfile.TarInfo]:
    try:
        yield from archive
    except (tarfile.TarError, ValueError) as error:  # a map says so of a place beyond its end
        broken.append(str(error))


def _members(archive: tarfile.TarFile, broken: list[str]) -> Iterator[Member]:
    """The members, as far as the archive goes; the list is told where it breaks off."""
    for index, info in enumerate(_whole_headers(archive, broken)):
        if index >= MAX_MEMBERS:
            raise NotReadable("limit", f"it holds more than {MAX_MEMBERS:,} files; unpack it by hand")
        kind: Literal["file", "folder", "link", "special"] = "special"
        if info.isfile():
            kind = "file"
        elif info.isdir():
            kind = "folder"
        elif info.issym() or info.islnk():
            kind = "link"
        yield Member(index, _name(info.name), info.size, partial(_open, archive, info), kind)


def _name(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _open(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(info)
    if stream is None:
        raise NotReadable("damaged", "the archive names it and does not hold it; ask for the archive again")
    file = cast("IO[bytes]", archive.fileobj)
    file.seek(0, io.SEEK_END)
    if file.tell() < info.offset_data + info.size and info.size <= MAX_MEMBER and not info.issparse():
        file.seek(info.offset_data)
        return io.BytesIO(file.read(info.size))  # as much of it as there is
    return stream


READER = Reader("tar", recognise, cut, read_within=read, read_data=read_data)
