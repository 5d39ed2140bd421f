"""The members of any archive, read one after another, each by the reader of its format, within bounds.

Nothing is written to disk under a member's name, so that a name that climbs out of a folder can do no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Final, Literal

from corpus_search.model import Problem, Reading
from corpus_search.sources import mbox
from corpus_search.sources.guard import guarded
from corpus_search.sources.mbox_scan import begins_as_mbox
from corpus_search.sources.reading import HEAD_BYTES, LimitReached, NotReadable, Origin, Unit, together
from corpus_search.sources.streams import read_stream, spooled

MAX_MEMBER: Final = 512 << 20  # bytes of a member that is read in one piece
UNIT_BYTES: Final = 8 << 20  # unpacked bytes of a unit, about
UNIT_MEMBERS: Final = 400
LARGE_MBOX: Final = 16 << 20  # a member above this that is an mbox is cut by byte ranges
_OWN: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """A member: its number in the archive from 0, its name as given, its unpacked size, and how to open it."""

    index: int
    name: str
    size: int
    open: Callable[[], IO[bytes]]
    kind: Literal["file", "folder", "link", "special", "encrypted"] = "file"


def cut_members(unit: Unit, members: Iterable[Member], unit_bytes: int = UNIT_BYTES) -> Iterator[Unit]:
    """Units of some megabytes of members; a large mbox among them is cut by byte ranges."""
    start = count = size = 0
    index = -1
    for member in members:
        index = member.index
        if member.kind == "file" and member.size > LARGE_MBOX and _is_mbox(member):
            if index > start:
                yield replace(unit, start=start, stop=index)
            yield from _cut_mbox(unit, member)
            start, count, size = index + 1, 0, 0
            continue
        if count and (size + member.size > unit_bytes or count >= UNIT_MEMBERS):
            yield replace(unit, start=start, stop=index)
            start, count, size = index, 0, 0
        count += 1
        size += member.size
    if count:
        yield replace(unit, start=start, stop=index + 1)


def _is_mbox(member: Member) -> bool:
    with member.open() as stream:
        return begins_as_mbox(stream.read(HEAD_BYTES))


def _cut_mbox(unit: Unit, member: Member) -> Iterator[Unit]:
    source = replace(unit.source, member=member.name)
    with member.open() as stream, spooled(stream, member.size) as data:
        for start, stop, number in mbox.ranges(data, max(mbox.UNIT_BYTES, min(member.size // 16, 64 << 20))):
            yield replace(unit, source=source, start=start, stop=stop, first_number=number)


def read_unit(unit: Unit, members: Iterable[Member], origin: Origin) -> Reading:
    """What the members of a unit give."""
    if unit.source.member is not None:
        return _read_mbox(unit, members, origin)
    stop = unit.stop if unit.stop >= 0 else None
    chosen = (one for one in members if one.index >= unit.start and (stop is None or one.index < stop))
    return read_members(chosen, origin)


def _read_mbox(unit: Unit, members: Iterable[Member], origin: Origin) -> Reading:
    member = next(one for one in members if one.name == unit.source.member)
    outer = replace(origin, source=replace(origin.source, member=None))
    inner = outer.inner(member.name, member.index)
    inner = replace(inner, source=replace(inner.source, format="mbox"))
    with member.open() as stream:
        data = read_stream(stream, unit.start, unit.stop)
    return mbox.read_from(data, unit.start, unit.first_number, inner)


def read_members(members: Iterable[Member], origin: Origin) -> Reading:
    """What the members give, in order; each that can't be read gives a problem line of its own."""
    readings: list[Reading] = []
    own = 0
    for member in members:
        if member.kind == "folder":
            continue
        if member.name.startswith(_OWN) or PurePosixPath(member.name).name in _OWN:
            own += 1
            continue
        here = origin.inner(member.name, member.index)
        readings.append(Reading(problems=tuple(_warnings(member, here))))
        readings.append(guarded(partial(_read, member, here), here.problem, _as_reading))
    if own:
        reason = f"{own} files of the operating system's own (such as __MACOSX) were passed over; nothing is to be done"
        readings.append(Reading(problems=(origin.problem("unsupported", reason),)))
    return together(readings)


def _warnings(member: Member, origin: Origin) -> Iterator[Problem]:
    parts = PurePosixPath(member.name.replace("\\", "/")).parts
    if ".." in parts or member.name.startswith(("/", "\\")) or member.name[1:2] == ":":
        reason = "the member's name leads out of the archive's folder; it was read, and nothing was written to disk"
        yield origin.problem("unsafe name", reason)


def _read(member: Member, origin: Origin) -> Reading:
    if member.kind == "encrypted":
        raise NotReadable("encrypted", "it is protected by a password; ask for the password and unpack it by hand")
    if member.kind == "link":
        raise NotReadable(
            "unsupported", "a link within an archive is not followed; the file it names may be there itself"
        )
    if member.kind == "special":
        raise NotReadable("unsupported", "not a regular file (a pipe or device); nothing was read from it")
    if member.size > MAX_MEMBER:
        message = f"a member of {member.size >> 20:,} MB is not read in one piece; unpack it by hand and ingest it"
        raise LimitReached(message)
    with member.open() as stream:
        data = stream.read(MAX_MEMBER + 1)
    origin.budget.spend(len(data))
    if len(data) > MAX_MEMBER:
        message = "a member unpacks to far more than the archive says; unpack it by hand if it is honest"
        raise LimitReached(message)
    return origin.open_within(origin, data, None)


def _as_reading(problem: Problem) -> Reading:
    return Reading(problems=(problem,))
