"""Outlook's mailboxes (.pst, .ost), cut by items in the order of folders. Needs the extra `pst` (libpff)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from corpus_search.errors import PartMissing
from corpus_search.model import Place, Reading
from corpus_search.sources.guard import guarded
from corpus_search.sources.mime import Part
from corpus_search.sources.outlook import NAME, read_item
from corpus_search.sources.reading import Origin, Reader, Unit, together

MAGIC: Final = b"!BDN"
UNIT_ITEMS: Final = 500
MAX_DEPTH: Final = 50  # folders within folders
MAX_ATTACHED: Final = 512 << 20
_LONG_NAME, _SHORT_NAME, _TYPE, _CONTENT_ID = 0x3707, 0x3704, 0x370E, 0x3712
_CODEPAGE: Final = 0x3FDE


def recognise(head: bytes, path: Path) -> bool:
    """The mark that Outlook's mailboxes begin with."""
    del path
    return head.startswith(MAGIC)


@contextmanager
def _opened(path: str) -> Iterator[Any]:
    try:
        import pypff  # an extra: not everyone can install it
    except ImportError:
        message = "reading Outlook's mailboxes needs a part that is not installed: pip install 'corpus-search[pst]'"
        raise PartMissing(message) from None
    file = pypff.file()
    file.open(path)
    try:
        yield file
    finally:
        file.close()


def cut(unit: Unit) -> tuple[Unit, ...]:
    """Units of some hundred items."""
    with _opened(unit.file) as file:
        count = sum(1 for _ in _items(file.get_root_folder()))
    return tuple(
        replace(unit, start=at, stop=min(at + UNIT_ITEMS, count), first_number=at + 1)
        for at in range(0, max(count, 1), UNIT_ITEMS)
    )


def read(unit: Unit, origin: Origin) -> Reading:
    """The messages of a run of items."""
    readings: list[Reading] = []
    with _opened(unit.file) as file:
        for index, (folder, item) in enumerate(_items(file.get_root_folder())):
            if 0 <= unit.stop <= index:
                break
            if index < unit.start:
                continue
            here = origin.inner(folder, index) if folder else origin
            here = replace(here, source=replace(here.source, format="pst"), depth=origin.depth)
            here = here.at(Place("message", index + 1), spot=f"{origin.spot}/{index}")
            readings.append(guarded(lambda i=item, h=here: _read(i, h), here.problem, _as_reading))  # type: ignore[misc]
    return together(readings)


def _as_reading(problem: Any) -> Reading:
    return Reading(problems=(problem,))


def _items(root: Any) -> Iterator[tuple[str, Any]]:
    """Every item with the path of its folder, in the file's order; walked without recursion."""
    stack: list[tuple[str, Any, int]] = [("", root, 0)]
    while stack:
        path, folder, depth = stack.pop()
        for index in range(folder.number_of_sub_messages):
            yield path, folder.get_sub_message(index)
        if depth < MAX_DEPTH:
            children = [folder.get_sub_folder(index) for index in range(folder.number_of_sub_folders)]
            stack += [(f"{path}/{child.name or '?'}".strip("/"), child, depth + 1) for child in reversed(children)]


def _read(item: Any, origin: Origin) -> Reading:
    people = []
    recipients = item.recipients if hasattr(item, "recipients") else None
    if recipients is not None:
        people = [_Entries(record) for record in recipients.record_sets]
    return read_item(_Item(item), people, list(_parts(item)), origin)


def _parts(item: Any) -> Iterator[Part]:
    for index in range(item.number_of_attachments):
        attached = item.get_attachment(index)
        held = _Entries(*attached.record_sets)
        name = held.text(_LONG_NAME) or held.text(_SHORT_NAME) or held.text(NAME)
        try:
            size = min(attached.get_size(), MAX_ATTACHED)
            data = attached.read_buffer(size) if size else b""
        except OSError:
            data = b""  # an item attached as an item: libpff's Python side gives no bytes of it
        yield Part(name, held.text(_TYPE) or "application/octet-stream", data, bool(held.text(_CONTENT_ID)))


class _Entries:
    """Properties of libpff's record sets."""

    def __init__(self, *sets: Any) -> None:
        self._entries = {entry.entry_type: entry for one in sets for entry in one.entries if entry.entry_type}

    def text(self, number: int) -> str | None:
        """A property of characters."""
        entry = self._entries.get(number)
        if entry is None:
            return None
        try:
            return str(entry.data_as_string).rstrip("\x00")
        except (OSError, ValueError, TypeError):
            return None

    def data(self, number: int) -> bytes | None:
        """A property of bytes."""
        entry = self._entries.get(number)
        return bytes(entry.data) if entry is not None and entry.data else None

    def number(self, number: int) -> int | None:
        """A property of a number."""
        entry = self._entries.get(number)
        try:
            return None if entry is None else int(entry.data_as_integer)
        except (OSError, ValueError, TypeError):
            return None

    def time(self, number: int) -> datetime | None:
        """A property of a moment, in UTC."""
        entry = self._entries.get(number)
        try:
            value = None if entry is None else entry.data_as_datetime
        except (OSError, ValueError, TypeError, OverflowError):
            return None
        return value if isinstance(value, datetime) else None


class _Item(_Entries):
    """Properties of an item, its bodies as libpff decodes them."""

    def __init__(self, item: Any) -> None:
        super().__init__(*item.record_sets)
        self._item = item

    def text(self, number: int) -> str | None:
        """A property of characters; the subject without the two bytes that mark its prefix's length."""
        value = super().text(number)
        if number == 0x0037 and value and value[0] == "\x01":
            return value[2:]
        return value

    def data(self, number: int) -> bytes | None:
        """A property of bytes."""
        if number == 0x1013:
            html = self._item.html_body
            return bytes(html) if html else None
        return super().data(number)


READER = Reader("pst", recognise, cut, read_within=read)
