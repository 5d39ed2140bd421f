"""What a reader is: the types by which one file a format says how to recognise, cut and read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from corpus_search.model import Message, PageCount, Place, Problem, Reading, Source, identify

HEAD_BYTES: Final = 1 << 16  # how much of a file a recogniser is shown
IN_MEMORY: Final = Path()  # the path a recogniser is given with bytes that are no file: then they are the whole


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
class Cutting:
    """A file of this format as units. `joined`: they are runs of pages, from which messages are made at the end."""

    format: str
    units: tuple[Unit, ...] = ()
    joined: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRun:
    """What reading some pages gave, before messages are made of the whole file: `pages` is JSON-able."""

    pages: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...] = ()
    count: PageCount = PageCount()


class LimitReached(Exception):
    """Material is larger, deeper or more packed than a reader takes; the message says what, and what to do."""


class NotReadable(Exception):
    """Material that a reader can say something about: `kind` is the kind of the problem."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


class Budget:
    """How many bytes may still be unpacked for one unit, however deep they are nested."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            LimitReached: more than the unit may hold.
        """
        self.left -= size
        if self.left < 0:
            message = "it unpacks to more than the reader takes from one file; unpack it by hand and ingest the folder"
            raise LimitReached(message)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes in memory come from: all that a reader of bytes needs to make messages of them.

    `spot` is the place in the source that ids are made of (the byte offset of a message in an mbox, then a path of
    part numbers); `within` the host's id for what is attached to a message; `open_within` reads any bytes that lie
    in these (an attachment, a member), as the format named or whatever they are, and never raises.
    """

    source: Source
    release: str
    open_within: Callable[[Origin, bytes, str | None], Reading]
    budget: Budget
    salt: str = ""
    options: ReadOptions = ReadOptions()
    spot: str = "0"
    within: str | None = None
    places: tuple[Place, ...] = ()
    depth: int = 0

    def id_of(self, *further: str | int) -> str:
        """The id of the message that stands here (or, of several, of the one that `further` names)."""
        return identify(self.source.sha256, self.salt, self.source.member, self.spot, *further)

    def inner(self, name: str, index: int, within: str | None = None) -> Origin:
        """The origin of something that lies in this: a member's or an attachment's name, as given."""
        member = f"{self.source.member}/{name}" if self.source.member else name
        return replace(
            self,
            source=replace(self.source, member=member, format=""),
            spot=f"{self.spot}/{index}",
            within=within or self.within,
            depth=self.depth + 1,
        )

    def at(self, *places: Place, spot: str | None = None) -> Origin:
        """The same with its places in the source and, if given, its spot."""
        return replace(self, places=places, spot=self.spot if spot is None else spot)

    def problem(self, kind: str, reason: str) -> Problem:
        """A problem line about what is here."""
        return Problem(self.source, self.release, kind, reason, self.places[0] if self.places else None)


def together(readings: Iterable[Reading]) -> Reading:
    """Several readings as one, in order."""
    messages: list[Message] = []
    problems: list[Problem] = []
    pages = PageCount()
    for one in readings:
        messages += one.messages
        problems += one.problems
        pages += one.pages
    return Reading(tuple(messages), tuple(problems), pages)


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. `recognise` looks at the file's first bytes (and at the file) and says whether it is this format.

    A small file's format needs `read_data` only: what to make of its bytes, wherever they were found. A format of
    many messages is cut into units (`cut`), each read by itself: by `read`, or by `read_within` where it holds files
    of other formats, which the origin opens. A format whose messages run over pages reads pages (`read_pages`, the
    slow part, shared by workers) and then makes messages of all of them (`join`); what other files lie in it is read
    by `embedded` (a PDF portfolio); `survey` counts its pages, and those without text, and reads none. Bytes found
    within other files are put into a temporary file for a format without `read_data`. All are plain functions: pure,
    picklable, raising nothing but what the one guard in `sources` turns into a Problem.
    """

    format: str
    recognise: Callable[[bytes, Path], bool]
    cut: Callable[[Unit], tuple[Unit, ...]] | None = None
    read: Callable[[Unit], Reading] | None = None
    read_within: Callable[[Unit, Origin], Reading] | None = None
    read_data: Callable[[bytes, Origin], Reading] | None = None
    read_pages: Callable[[Unit], PageRun] | None = None
    join: Callable[[Unit, Sequence[dict[str, Any]]], Reading] | None = None
    embedded: Callable[[Unit, Origin], Reading] | None = None
    survey: Callable[[Unit], tuple[int, int]] | None = None
