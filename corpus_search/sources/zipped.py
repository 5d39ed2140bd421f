"""Zip files looked at before anything in them is unpacked: their names, and whether they are bombs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final

from corpus_search.sources.reading import IN_MEMORY, LimitReached

MAX_MEMBERS: Final = 200_000
MAX_RATIO: Final = 400  # deflate can do 1000; documents and mail do 5 to 30
SMALL: Final = 32 << 20  # bytes below which no ratio matters
_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def is_zip(head: bytes) -> bool:
    """Whether bytes begin as a zip file's."""
    return head.startswith(_MAGIC)


def names_in(head: bytes, path: Path) -> frozenset[str]:
    """The members' names; empty where it can't be read as a zip file."""
    if not is_zip(head):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(head) if path == IN_MEMORY else path) as archive:
            return frozenset(archive.namelist()[:MAX_MEMBERS])
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, EOFError):
        return frozenset()


def check(archive: zipfile.ZipFile, most: int) -> None:
    """Stop at an archive that holds too many members, or unpacks to too much.

    Raises:
        LimitReached: with what to do.
    """
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        message = f"it holds {len(members):,} files, more than the reader takes; unpack it by hand"
        raise LimitReached(message)
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if total > most or (total > SMALL and total > MAX_RATIO * max(1, packed)):
        message = f"it would unpack to {total >> 20:,} MB from {packed >> 10:,} KB; unpack it by hand if it is honest"
        raise LimitReached(message)


def check_document(data: bytes, most: int = 512 << 20) -> None:
    """The same for an office document, which is a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check(archive, most)
