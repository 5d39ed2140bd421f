"""Compound files (OLE): what Outlook's .msg and Office's files from before 2007 are inside."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Final

from corpus_search.sources.reading import IN_MEMORY

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_ole(head: bytes) -> bool:
    """Whether bytes begin as a compound file's."""
    return head.startswith(MAGIC)


def has_stream(head: bytes, path: Path, *names: str) -> bool:
    """Whether it is a compound file that holds a stream of one of these names."""
    if not is_ole(head):
        return False
    import olefile  # type: ignore[import-untyped]  # only where such a file is seen

    try:
        with olefile.OleFileIO(io.BytesIO(head) if path == IN_MEMORY else str(path)) as file:
            return any(file.exists(name) for name in names)
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return False


def stream(file: Any, name: str, most: int = 256 << 20) -> bytes:
    """The bytes of a stream, no more than `most` of them."""
    with file.openstream(name) as opened:
        return bytes(opened.read(most))
