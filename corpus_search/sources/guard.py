"""The one place where whatever a reader raises becomes a problem line, with what to do about it."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Final, TypeVar

from corpus_search.errors import PartMissing
from corpus_search.model import Problem
from corpus_search.sources.reading import LimitReached, NotReadable

R = TypeVar("R")
MAX_REASON: Final = 300  # characters of what a library says that are passed on
_PACKED: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, tarfile.TarError, EOFError)
_DAMAGED: Final = (*_PACKED, OSError, ValueError, LookupError, SyntaxError)


def guarded(work: Callable[[], R], tell: Callable[[str, str], Problem], otherwise: Callable[[Problem], R]) -> R:
    """What the work gives; if it raises anything, what is given `otherwise` for the problem made of it."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - the one guard: material never stops a run
        return otherwise(tell(*explain(error)))


def explain(error: Exception) -> tuple[str, str]:
    """The kind of problem and its reason: what is wrong, and what to do."""
    if isinstance(error, NotReadable):
        return error.kind, str(error)
    if isinstance(error, LimitReached):
        return "limit", str(error)
    if isinstance(error, PartMissing):
        return "unsupported", str(error)
    if isinstance(error, MemoryError):
        return "limit", "reading it takes more memory than a reader may use; split it, or open it by hand"
    if isinstance(error, NotImplementedError) and str(error):  # how zipfile says it
        return "unsupported", f"it is packed in a way that is not read ({error}); unpack it by hand and ingest that"
    if isinstance(error, RecursionError):
        return "limit", "it is nested too deeply to be read; open it by hand"
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
        return "unreadable", f"the file can't be opened ({error.strerror}); check it and ingest again"
    said = " ".join(str(error).split())[:MAX_REASON]
    what = f"{type(error).__name__}: {said}" if said else type(error).__name__
    if isinstance(error, _DAMAGED):
        return "damaged", f"it can't be read to its end ({what}); ask for the file again, or open it by hand"
    return "damaged", f"the reader failed on it ({what}); open it by hand, and report it if it is whole"
