"""7z files: unpacked in memory in runs of bounded size, since their members are packed together."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Final

from corpus_search.model import Reading
from corpus_search.sources.archives.members import MAX_MEMBER, Member, read_members
from corpus_search.sources.reading import LimitReached, NotReadable, Origin, Reader, Unit, together

MAGIC: Final = b"7z\xbc\xaf\x27\x1c"
RUN_BYTES: Final = 64 << 20  # unpacked bytes that are held at a time
UNIT_BYTES: Final = 256 << 20  # of a unit: members are packed together, each unit unpacks what stands before it
MAX_RATIO: Final = 1000
MAX_MEMBERS: Final = 200_000


def recognise(head: bytes, path: Path) -> bool:
    """The mark of a 7z file."""
    del path
    return head.startswith(MAGIC)


def cut(unit: Unit) -> tuple[Unit, ...]:
    """Units of members."""
    with Path(unit.file).open("rb") as file:
        files = _listed(file)
    units: list[Unit] = []
    start = size = 0
    for index, info in enumerate(files):
        if size and size + info.uncompressed > UNIT_BYTES:
            units.append(replace(unit, start=start, stop=index))
            start, size = index, 0
        size += info.uncompressed
    return (*units, replace(unit, start=start, stop=len(files)))


def read(unit: Unit, origin: Origin) -> Reading:
    """What a unit's members give."""
    with Path(unit.file).open("rb") as file:
        return _read(file, unit.start, unit.stop, origin)


def read_data(data: bytes, origin: Origin) -> Reading:
    """What all members of a 7z file in memory give."""
    return _read(io.BytesIO(data), 0, -1, origin)


@contextmanager
def _told() -> Iterator[None]:
    """What the library says of a damaged archive, as what is wrong with the material."""
    from py7zr.exceptions import ArchiveError, DecompressionBombError, UnsupportedCompressionMethodError

    try:
        yield
    except DecompressionBombError as error:
        raise LimitReached("it unpacks to far more than it says; unpack it by hand if it is honest") from error
    except UnsupportedCompressionMethodError as error:
        message = "it is packed in a way that is not read; unpack it by hand and ingest that"
        raise NotReadable("unsupported", message) from error
    except (ArchiveError, AssertionError, AttributeError, OverflowError, TypeError) as error:
        said = f"{type(error).__name__}: {error}".rstrip(": ")
        message = f"it can't be read to its end ({said}); ask for the archive again, or unpack it by hand"
        raise NotReadable("damaged", message) from error


def _listed(file: IO[bytes]) -> list[Any]:
    """What the archive holds; checked for bombs and passwords before anything is unpacked."""
    import py7zr  # heavy: only where such an archive is read

    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    try:
        with _told(), py7zr.SevenZipFile(file) as archive:
            if archive.needs_password():
                raise NotReadable(
                    "encrypted", "it is protected by a password; ask for it and unpack the archive by hand"
                )
            files = list(archive.list())
    except py7zr.exceptions.PasswordRequired:
        raise NotReadable(
            "encrypted", "it is protected by a password; ask for it and unpack the archive by hand"
        ) from None
    total = sum(info.uncompressed for info in files)
    if len(files) > MAX_MEMBERS or (total > 4 * RUN_BYTES and total > MAX_RATIO * size):
        message = f"it would unpack to {total >> 20:,} MB in {len(files):,} files; unpack it by hand if it is honest"
        raise LimitReached(message)
    return files


def _read(file: IO[bytes], start: int, stop: int, origin: Origin) -> Reading:
    files = _listed(file)
    chosen = list(enumerate(files))[start : stop if stop >= 0 else None]
    readings: list[Reading] = []
    for run in _runs(chosen):
        contents = _unpacked(file, [info.filename for _, info in run if not info.is_directory])
        readings.append(read_members([_member(index, info, contents) for index, info in run], origin))
    return together(readings)


def _runs(files: Sequence[tuple[int, Any]]) -> Iterator[list[tuple[int, Any]]]:
    run: list[tuple[int, Any]] = []
    size = 0
    for index, info in files:
        if run and size + info.uncompressed > RUN_BYTES:
            yield run
            run, size = [], 0
        run.append((index, info))
        size += info.uncompressed
    if run:
        yield run


def _unpacked(file: IO[bytes], names: list[str]) -> dict[str, bytes]:
    import py7zr
    from py7zr.io import BytesIOFactory

    factory = BytesIOFactory(MAX_MEMBER)
    file.seek(0)
    with _told(), py7zr.SevenZipFile(file) as archive:
        archive.extract(targets=names, factory=factory)
    return {name: product.read() for name, product in factory.products.items()}


def _member(index: int, info: Any, contents: dict[str, bytes]) -> Member:
    def opened() -> IO[bytes]:
        if info.filename not in contents:
            raise NotReadable("damaged", "the archive names it and does not hold it; ask for the archive again")
        return io.BytesIO(contents[info.filename])

    if info.is_directory:
        return Member(index, info.filename, 0, opened, "folder")
    return Member(
        index, info.filename, info.uncompressed, opened, "link" if getattr(info, "is_symlink", False) else "file"
    )


READER = Reader("7z", recognise, cut, read_within=read, read_data=read_data)
