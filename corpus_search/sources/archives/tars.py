"""Tar files, plain or compressed."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Final, Literal

from corpus_search.model import Reading
from corpus_search.sources.archives.members import UNIT_BYTES, Member, cut_members, read_members, read_unit
from corpus_search.sources.reading import NotReadable, Origin, Reader, Unit
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
    with _opened(Path(unit.file)) as archive:
        return tuple(cut_members(unit, _members(archive), SMALL if packed else UNIT_BYTES))


def read(unit: Unit, origin: Origin) -> Reading:
    """What a unit's members give."""
    with _opened(Path(unit.file)) as archive:
        return read_unit(unit, _members(archive), origin)


def read_data(data: bytes, origin: Origin) -> Reading:
    """What all members of a tar file in memory give."""
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        return read_members(_members(archive), origin)


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    with path.open("rb") as file:
        kind = compression(file.read(8))
        file.seek(0)
        if kind is None:
            with tarfile.open(fileobj=file, mode="r:") as archive:
                yield archive
            return
        # A map of the unpacked file: members can be opened in any order, and memory stays small.
        with (
            spooled(unpacked(file, kind), path.stat().st_size) as data,
            tarfile.open(fileobj=io.BytesIO(data) if isinstance(data, bytes) else data, mode="r:") as archive,
        ):
            yield archive


def _members(archive: tarfile.TarFile) -> Iterator[Member]:
    for index, info in enumerate(archive):
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
    return stream


READER = Reader("tar", recognise, cut, read_within=read, read_data=read_data)
