"""Mbox files of every kind (mboxo, mboxrd, mboxcl2, pipermail), plain or compressed, cut by byte ranges."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus_search.model import Message, Place, Reading
from corpus_search.sources.mbox_scan import begins_as_mbox, starts
from corpus_search.sources.reading import HEAD_BYTES, Origin, Reader, Unit, together
from corpus_search.sources.streams import compression, first_bytes, mapped, read_range

UNIT_BYTES: Final = 1 << 20  # of a unit, about: so few that workers come to an end together
PACKED_UNIT_BYTES: Final = 4 << 20  # the same of a compressed file, at least
MAX_MESSAGE: Final = 512 << 20  # bytes of one message
_ESCAPED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_PIPERMAIL: Final = re.compile(rb"From \S+ at \S+ ")
_COUNTED: Final = re.compile(rb"^content-length:", re.IGNORECASE | re.MULTILINE)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_BOM: Final = b"\xef\xbb\xbf"


def recognise(head: bytes, path: Path) -> bool:
    """A separator line and a header field at the beginning, of the file as it is or unpacked."""
    if compression(head) is not None and path.is_file():
        head = first_bytes(path, HEAD_BYTES)
    if head[:2] in _UTF16:
        head = head.decode("utf-16", "ignore").encode()
    return begins_as_mbox(_one_ending(head.removeprefix(_BOM)))


def cut(unit: Unit) -> tuple[Unit, ...]:
    """Units of about a megabyte, each beginning at a message; numbers count over the file.

    The last runs to the end, wherever that is: one that breaks off is found by reading it.
    """
    path = Path(unit.file)
    with mapped(path, []) as data:
        if _needs_rewriting(data):
            return (unit,)
        wanted = _unit_bytes(path, len(data))
        size = len(data)
        return tuple(
            replace(unit, start=start, stop=-1 if stop == size else stop, first_number=number)
            for start, stop, number in ranges(data, wanted)
        )


def ranges(data: bytes | mmap.mmap, wanted: int) -> Iterator[tuple[int, int, int]]:
    """Byte ranges of about the size wanted, each beginning at a message, with the number of its first one."""
    first = begin = 3 if data[:3] == _BOM else 0
    number = 1
    count = 0
    for count, at in enumerate(starts(data, begin), start=1):
        if at - first >= wanted:
            yield first, at, number
            first, number = at, count
    if count:
        yield first, len(data), number


def read(unit: Unit, origin: Origin) -> Reading:
    """The messages of a unit, each read as a mail."""
    broken: list[str] = []
    data = read_range(Path(unit.file), unit.start, unit.stop, broken)
    origin.budget.spend(len(data))
    reading = read_from(data, unit.start, unit.first_number, origin)
    if not broken:
        return reading
    reason = f"the packed file breaks off ({broken[0]}); what came before was read: ask for the file again"
    return together([reading, Reading(problems=(origin.problem("damaged", reason),))])


def read_data(data: bytes, origin: Origin) -> Reading:
    """The messages of an mbox in memory."""
    return read_from(data, 0, 1, origin)


def read_from(data: bytes, offset: int, number: int, origin: Origin) -> Reading:
    """The messages in these bytes, which stand at this offset of the mbox and begin with the message of this number."""
    data = _rewritten(data)
    readings: list[Reading] = []
    for count, (at, stop) in enumerate(_ranges(data, 3 if data.startswith(_BOM) else 0)):
        here = replace(origin, places=(Place("message", number + count),), spot=_spot(origin, offset + at))
        if stop - at > MAX_MESSAGE:
            problem = here.problem("limit", f"a message of more than {MAX_MESSAGE >> 20} MB was not read")
            readings.append(Reading(problems=(problem,)))
            continue
        reading = here.open_within(here, message_bytes(data[at:stop]), "eml")
        messages = tuple(_as_mbox(message, origin) for message in reading.messages)
        readings.append(replace(reading, messages=messages))
    return together(readings)


def message_bytes(raw: bytes) -> bytes:
    """A message without its separator line and the blank line after it, its escaped "From " lines restored.

    One ">" is taken off, except where the file escapes nothing: counted lengths (mboxcl2), and pipermail.
    """
    stop = raw.find(b"\n") + 1
    line, message = raw[:stop], raw[stop:]
    for ending in (b"\r\n\r\n", b"\n\n"):
        if message.endswith(ending):
            message = message[: -len(ending) // 2]
            break
    if b"\n>" not in message or _PIPERMAIL.match(line):
        return message
    if _COUNTED.search(message, 0, max(0, message.find(b"\n\n"))):
        return message
    return _ESCAPED.sub(rb"\1", message)


def _ranges(data: bytes, begin: int) -> Iterator[tuple[int, int]]:
    last: int | None = None
    for at in starts(data, begin):
        if last is not None:
            yield last, at
        last = at
    if last is not None:
        yield last, len(data)


def _spot(origin: Origin, offset: int) -> str:
    return str(offset) if origin.spot == "0" else f"{origin.spot}/{offset}"


def _as_mbox(message: Message, origin: Origin) -> Message:
    """The messages of the mbox itself are of its format; what is attached to them keeps its own."""
    if message.source.member != origin.source.member:
        return message
    return replace(message, source=replace(message.source, format="mbox"))


def _unit_bytes(path: Path, size: int) -> int:
    """A compressed file is unpacked from its beginning for each unit: its units grow with it, up to 64 MB."""
    with path.open("rb") as file:
        if compression(file.read(8)) is None:
            return UNIT_BYTES
    return min(max(PACKED_UNIT_BYTES, size // 16), 64 << 20)


def _needs_rewriting(data: bytes | mmap.mmap) -> bool:
    """Whether it must be rewritten as a whole before it can be scanned: UTF-16, or lines that end in CR alone."""
    head = data[:HEAD_BYTES]
    return head[:2] in _UTF16 or _one_ending(head) != head


def _rewritten(data: bytes) -> bytes:
    if data[:2] in _UTF16:
        return data.decode("utf-16", "replace").encode()
    return data.replace(b"\r", b"\n") if _one_ending(data[:HEAD_BYTES]) != data[:HEAD_BYTES] else data


def _one_ending(head: bytes) -> bytes:
    """Lines that end in CR alone, as old Macintosh files have them, ended by LF."""
    return head if b"\n" in head else head.replace(b"\r", b"\n")


READER = Reader("mbox", recognise, cut, read_within=read, read_data=read_data)
