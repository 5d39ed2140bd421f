"""Outlook's .msg files, with mails attached to them as mails."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from corpus_search.model import Reading
from corpus_search.sources.charsets import charset_of_page, decode_text
from corpus_search.sources.mime import Part
from corpus_search.sources.ole import has_stream
from corpus_search.sources.outlook import NAME, PAGES, SUBJECT, Properties, moment, read_item
from corpus_search.sources.reading import Origin, Reader

_FIXED: Final = "__properties_version1.0"
_ROOT, _EMBEDDED, _OTHER = 32, 24, 8  # bytes before the first property, by what the storage is of
_FILE, _SHORT_NAME, _LONG_NAME, _TYPE, _CONTENT_ID = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712
MAX_NESTED: Final = 20


def recognise(head: bytes, path: Path) -> bool:
    """A compound file with an item's properties in it."""
    return has_stream(head, path, _FIXED)


def read_data(data: bytes, origin: Origin) -> Reading:
    """The item of a .msg file, and what is attached to it."""
    import olefile  # type: ignore[import-untyped]  # only where such a file is read
    from oxmsg.storage import Storage

    with olefile.OleFileIO(io.BytesIO(data)) as file:
        return _read(Storage.from_ole(file), origin, _ROOT)


def _read(storage: Any, origin: Origin, header: int) -> Reading:
    item = _Stored(storage, header)
    people = [_Stored(one, _OTHER) for one in storage.iter_recipient_storages()]
    return read_item(item, people, list(_parts(storage, origin.depth)), origin)


def _parts(storage: Any, depth: int) -> Iterator[Part]:
    for one in storage.iter_attachment_storages():
        held: Properties = _Stored(one, _OTHER)
        name = held.text(_LONG_NAME) or held.text(_SHORT_NAME) or held.text(NAME)
        inner = next((child for child in one.storages if child.name.endswith("_3701000D")), None)
        if inner is not None and any(stream.name == _FIXED for stream in inner.streams) and depth < MAX_NESTED:
            subject = _Stored(inner, _EMBEDDED).text(SUBJECT)
            yield Part(name or subject, "application/vnd.ms-outlook", _all_bytes(inner), read=partial(_embedded, inner))
            continue
        data = held.data(_FILE) or (_all_bytes(inner) if inner is not None else b"")
        yield Part(name, held.text(_TYPE) or "application/octet-stream", data, bool(held.text(_CONTENT_ID)))


def _embedded(storage: Any, origin: Origin) -> Reading:
    return _read(storage, replace(origin, source=replace(origin.source, format="msg")), _EMBEDDED)


def _all_bytes(storage: Any) -> bytes:
    """All that an attached item holds, which is no file by itself: for its size and hash."""
    digest = [stream.bytes_ for stream in sorted(storage.streams, key=lambda one: one.name)]
    digest += [_all_bytes(child) for child in sorted(storage.storages, key=lambda one: one.name)]
    return b"".join(digest)


class _Stored:
    """Properties of a storage: those of fixed size stand in one stream, each other in a stream of its own."""

    def __init__(self, storage: Any, header: int) -> None:
        self._streams = {stream.name.upper(): stream.bytes_ for stream in storage.streams}
        self._fixed: dict[int, bytes] = {}
        stored = self._streams.get(_FIXED.upper(), b"")
        for at in range(header, len(stored) - 15, 16):
            _, number = struct.unpack_from("<HH", stored, at)
            self._fixed[number] = stored[at + 8 : at + 16]

    def text(self, number: int) -> str | None:
        """A property of characters."""
        wide = self._stream(number, 0x001F)
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        narrow = self._stream(number, 0x001E)
        return None if narrow is None else decode_text(narrow, self._charset())[0].rstrip("\x00")

    def data(self, number: int) -> bytes | None:
        """A property of bytes."""
        return self._stream(number, 0x0102)

    def number(self, number: int) -> int | None:
        """A property of a number."""
        value = self._fixed.get(number)
        return None if value is None else int(struct.unpack_from("<i", value)[0])

    def time(self, number: int) -> datetime | None:
        """A property of a moment, in UTC."""
        value = self._fixed.get(number)
        return None if value is None else moment(*struct.unpack("<Q", value))

    def _stream(self, number: int, kind: int) -> bytes | None:
        return self._streams.get(f"__SUBSTG1.0_{number:04X}{kind:04X}")

    def _charset(self) -> str | None:
        return charset_of_page(next((page for name in PAGES if (page := self.number(name))), None))


READER = Reader("msg", recognise, read_data=read_data)
