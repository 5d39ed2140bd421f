"""What a reader is: the types by which one file a format says how to recognise, cut and read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus_search.model import PageCount, Problem, Reading, Source


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: OCR by need, never or always; whether text under a failed redaction is kept."""

    ocr: Literal["auto", "never", "force"] = "auto"
    keep_failed_redactions: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of one released file that can be read by itself, on any machine that sees the file.

    `file` is where the bytes are; `source` what is recorded of them; `salt` tells apart the ids of two files with
    the same bytes ("" for the first). `start` and `stop` are the reader's own measure (bytes of an mbox, pages of a
    PDF counted from 0, members of an archive); stop -1 means to the end.
    """

    file: str
    source: Source
    release: str
    salt: str = ""
    start: int = 0
    stop: int = -1
    first_number: int = 1  # the number of the unit's first message or page, where places count on over units
    options: ReadOptions = ReadOptions()


@dataclass(frozen=True, slots=True)
class PageRun:
    """What reading some pages gave, before messages are made of the whole file: `pages` is JSON-able."""

    pages: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...] = ()
    count: PageCount = PageCount()


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. `recognise` looks at the file's first bytes (and at the file) and says whether it is this format.

    `cut` makes units of a file. Most formats are read unit by unit (`read`); a format whose messages run over pages
    reads pages (`read_pages`, the slow part, shared by workers) and then makes messages of all of them (`join`).
    All four are plain functions: pure, picklable, raising nothing but what the one guard in `sources` turns into a
    Problem.
    """

    format: str
    recognise: Callable[[bytes, Path], bool]
    cut: Callable[[Unit], tuple[Unit, ...]]
    read: Callable[[Unit], Reading] | None = None
    read_pages: Callable[[Unit], PageRun] | None = None
    join: Callable[[Unit, Sequence[dict[str, Any]]], Reading] | None = None
