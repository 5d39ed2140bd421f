"""The bytes of a file as they were before it was compressed, in ranges, with bounded memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import mmap
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

import zstandard

from corpus_search.sources.reading import LimitReached
from corpus_search.sources.zst import ZstdStream

CHUNK: Final = 1 << 20
MAX_PLAIN: Final = 64 << 30  # bytes that one compressed file may unpack to
MAX_RATIO: Final = 400  # of a file that is not small: text packs at most some thirty times
SMALL: Final = 256 << 20
_BROKEN: Final = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zstandard.ZstdError)
_MAGIC: Final = (
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x5d\x00\x00", "xz"),  # the older .lzma
    (b"\x28\xb5\x2f\xfd", "zst"),
)


def compression(head: bytes) -> str | None:
    """gz, bz2, xz or zst, by the first bytes; None for what is not compressed."""
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def unpacked(file: IO[bytes], kind: str) -> IO[bytes]:
    """A stream of the unpacked bytes of a compressed one."""
    if kind == "gz":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file, mode="rb"))
    if kind == "bz2":
        return cast("IO[bytes]", bz2.BZ2File(file, "rb"))
    if kind == "xz":
        return cast("IO[bytes]", lzma.LZMAFile(file, "rb"))
    return io.BufferedReader(ZstdStream(file), CHUNK)


def chunks(stream: IO[bytes], packed_size: int | None, broken: list[str] | None = None) -> Iterator[bytes]:
    """The stream's bytes; a bomb is stopped (where it is known how much there was before unpacking).

    Where a list is given, a stream that breaks off gives what came before, and the list is told why.

    Raises:
        LimitReached: it unpacks to too much, or to far more than text would.
    """
    seen = 0
    while chunk := _next_chunk(stream, broken):
        seen += len(chunk)
        if seen > MAX_PLAIN or (packed_size is not None and seen > SMALL and seen > MAX_RATIO * max(1, packed_size)):
            message = f"it unpacks to more than {seen >> 20} MB, far more than mail does; unpack it by hand if it is so"
            raise LimitReached(message)
        yield chunk


def _next_chunk(stream: IO[bytes], broken: list[str] | None) -> bytes:
    if broken is None:
        return stream.read(CHUNK)
    try:
        # One step of the unpacker at a time: a larger read that fails would take its beginning with it.
        return cast("bytes", stream.read1(CHUNK))  # type: ignore[attr-defined]
    except _BROKEN as error:
        broken.append(" ".join(str(error).split()) or type(error).__name__)
        return b""


def first_bytes(path: Path, size: int) -> bytes:
    """The first unpacked bytes of a file, fewer where it is broken."""
    with path.open("rb") as file:
        kind = compression(file.read(8))
        file.seek(0)
        if kind is None:
            return file.read(size)
        try:
            return cast("bytes", unpacked(file, kind).read1(size))  # type: ignore[attr-defined]
        except _BROKEN:
            return b""


def read_range(path: Path, start: int, stop: int, broken: list[str] | None = None) -> bytes:
    """The unpacked bytes from `start` up to `stop` (-1: to the end, as far as it goes)."""
    with path.open("rb") as file:
        kind = compression(file.read(8))
        file.seek(0 if kind else start)
        if kind is None:
            return file.read(stop - start if stop >= 0 else -1)
        return read_stream(unpacked(file, kind), start, stop, path.stat().st_size, broken)


def read_stream(
    stream: IO[bytes], start: int, stop: int, packed_size: int | None = None, broken: list[str] | None = None
) -> bytes:
    """The bytes of a stream from `start` up to `stop` (-1: to the end)."""
    kept: list[bytes] = []
    at = 0
    for chunk in chunks(stream, packed_size, broken):
        low, high = max(0, start - at), len(chunk) if stop < 0 else max(0, min(len(chunk), stop - at))
        kept.append(chunk[low:high])
        at += len(chunk)
        if 0 <= stop <= at:
            break
    return b"".join(kept)


@contextmanager
def mapped(path: Path, broken: list[str] | None = None) -> Iterator[bytes | mmap.mmap]:
    """All unpacked bytes of a file, on disk rather than in memory (a compressed one in a temporary file)."""
    with path.open("rb") as file:
        kind = compression(file.read(8))
        file.seek(0)
        if kind is None:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
                yield view
            return
        with spooled(unpacked(file, kind), path.stat().st_size, broken) as view:
            yield view


@contextmanager
def spooled(
    stream: IO[bytes], packed_size: int | None = None, broken: list[str] | None = None
) -> Iterator[bytes | mmap.mmap]:
    """All bytes of a stream, kept in a temporary file that has no name."""
    with tempfile.TemporaryFile(prefix="corpus-search-") as plain:
        written = 0
        for chunk in chunks(stream, packed_size, broken):
            written += plain.write(chunk)
        plain.flush()
        if not written:
            yield b""
            return
        with mmap.mmap(plain.fileno(), 0, access=mmap.ACCESS_READ) as view:
            yield view
