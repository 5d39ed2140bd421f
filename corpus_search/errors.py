"""What can be wrong with a request: one class a failure, each with an exit code and a next step.

What is wrong with *the material* is never an exception that leaves a reader: it is a `Problem` (see `model`).
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a script reads from us."""

    DONE = 0
    NOTHING_FOUND = 1
    COULD_NOT = 2
    WITH_PROBLEMS = 3
    PART_MISSING = 4


class CorpusSearchError(Exception):
    """Something in the request can't be done; the message says what, where, and what to do next."""

    exit_code = ExitCode.COULD_NOT


class CorpusNotFound(CorpusSearchError):
    """The named folder holds no corpus."""


class CorpusBusy(CorpusSearchError):
    """Another run is writing to this corpus."""


class CorpusDamaged(CorpusSearchError):
    """The corpus's own files can't be read, or were made by a newer version."""


class StorageFull(CorpusSearchError):
    """The disk took no more; what was stored before is whole."""


class NoSuchMessage(CorpusSearchError):
    """No message of the corpus has this id."""


class NoSuchRelease(CorpusSearchError):
    """No release of the corpus has this name."""


class PathNotFound(CorpusSearchError):
    """A path that was given to read does not exist."""


class QueryError(CorpusSearchError):
    """A query that can't be read; `start`/`end` are its offsets in the query text."""

    def __init__(self, message: str, query: str = "", start: int = 0, end: int = 0) -> None:
        super().__init__(message)
        self.query, self.start, self.end = query, start, end


class PackError(CorpusSearchError):
    """A pack (YAML) that can't be used; every line of the message begins with file:line."""


class PartMissing(CorpusSearchError):
    """An optional part is not installed; the message names the command that installs it."""

    exit_code = ExitCode.PART_MISSING
