"""libpff's own functions (libpff.h), called in the module `pypff` in which they lie.

That module's Python side opens no item that is attached to an item, and gives no recipients or attachments of an item
whose class it does not know; the functions do. Needs the extra `pst`.
"""

from __future__ import annotations

import ctypes
import os
import weakref
from collections.abc import Iterator
from ctypes import byref, c_void_p
from functools import lru_cache
from typing import Final, NamedTuple

from corpus_search.errors import PartMissing

_READING: Final = 1  # LIBPFF_OPEN_READ
_STEP: Final = 1 << 20  # bytes of an attachment that are read at a time
_SAID: Final = 500  # bytes of an error's description
_NUMERIC: Final = ord("n")  # LIBPFF_NAME_TO_ID_MAP_ENTRY_TYPE_NUMERIC
NAMED: Final = 0x8000  # from here on a number has its meaning by a table of the file
CONTENT: Final = 0x3701  # the property that is read by `PffItem.content`


class PffError(OSError):
    """What libpff says of a file that it can't read."""


class Property(NamedTuple):
    """A property by its number, with its type ([MS-OXCDATA] 2.11.1) and its bytes; None where they can't be read."""

    number: int
    kind: int
    data: bytes | None


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    try:
        import pypff  # an extra: not everyone can install it
    except ImportError:
        message = "reading Outlook's mailboxes needs a part that is not installed: pip install 'corpus-search[pst]'"
        raise PartMissing(message) from None
    library = ctypes.CDLL(pypff.__file__)
    if not hasattr(library, "libpff_attachment_get_item"):
        message = "this build of libpff-python hides libpff's functions; install it anew from its source or its wheel"
        raise PartMissing(message)
    library.libpff_attachment_data_read_buffer.restype = ctypes.c_ssize_t
    return library


def _call(name: str, *given: object) -> int:
    """Call a function; what it answers.

    Raises:
        PffError: the function failed.
    """
    error = c_void_p()
    library = _library()
    answer = int(getattr(library, name)(*given, byref(error)))
    if answer >= 0 and not error:
        return answer
    said = ctypes.create_string_buffer(_SAID)
    if error:
        library.libpff_error_sprint(error, said, ctypes.c_size_t(_SAID))
        library.libpff_error_free(byref(error))
    raise PffError(" ".join(said.value.decode("utf-8", "replace").split()) or f"{name} failed")


def _number(name: str, *given: object) -> int:
    value = ctypes.c_uint32()
    _call(name, *given, byref(value))
    return value.value


def _count(name: str, *given: object) -> int:
    value = ctypes.c_int()
    _call(name, *given, byref(value))
    return max(value.value, 0)


def _free(name: str, pointer: int) -> None:
    getattr(_library(), name)(byref(c_void_p(pointer)), None)


class PffFile:
    """An Outlook mailbox, opened."""

    def __init__(self, path: str) -> None:
        self.pointer = c_void_p()
        _call("libpff_file_initialize", byref(self.pointer))
        assert self.pointer.value is not None
        weakref.finalize(self, _free, "libpff_file_free", self.pointer.value)
        _call("libpff_file_open", self.pointer, os.fsencode(path), _READING)

    def root(self) -> PffItem:
        """The item over all others."""
        return _item(self, "libpff_file_get_root_item", self.pointer)

    def orphan_count(self) -> int:
        """How many items have a parent that is not there."""
        return _count("libpff_file_get_number_of_orphan_items", self.pointer)

    def orphan(self, index: int) -> PffItem:
        """An item whose parent is not there."""
        return _item(self, "libpff_file_get_orphan_item_by_index", self.pointer, index)


class PffItem:
    """A folder, an item in it, an attachment, or the recipients of an item. Keeps alive what it is of."""

    def __init__(self, owner: PffFile | PffItem, pointer: c_void_p) -> None:
        assert pointer.value is not None
        self._owner, self._pointer = owner, pointer
        weakref.finalize(self, _free, "libpff_item_free", pointer.value)

    def number(self) -> int:
        """The number of the item's node."""
        return _number("libpff_item_get_identifier", self._pointer)

    def child_count(self) -> int:
        """How many items have this one for their parent."""
        return _count("libpff_item_get_number_of_sub_items", self._pointer)

    def child(self, index: int) -> PffItem:
        """An item whose parent is this one."""
        return _item(self, "libpff_item_get_sub_item", self._pointer, index)

    def listed_count(self) -> int:
        """How many items this folder lists."""
        return _count("libpff_folder_get_number_of_sub_messages", self._pointer)

    def listed(self, index: int) -> PffItem:
        """An item that this folder lists."""
        return _item(self, "libpff_folder_get_sub_message", self._pointer, index)

    def recipients(self) -> PffItem | None:
        """An item with a record for each recipient."""
        found = c_void_p()
        _call("libpff_message_get_recipients", self._pointer, byref(found))
        return PffItem(self, found) if found else None

    def attachment_count(self) -> int:
        """How many attachments the item has."""
        return _count("libpff_message_get_number_of_attachments", self._pointer)

    def attachment(self, index: int) -> PffItem:
        """One of its attachments."""
        return _item(self, "libpff_message_get_attachment", self._pointer, index)

    def attached_item(self) -> PffItem:
        """The item that this attachment is."""
        return _item(self, "libpff_attachment_get_item", self._pointer)

    def content(self, most: int) -> bytes:
        """The bytes of this attachment, one more than `most` at the most; the first time it is asked for.

        Raises:
            PffError: there are none of it, or fewer than there should be.
        """
        size = ctypes.c_uint64()
        if not _call("libpff_attachment_get_data_size", self._pointer, byref(size)) or not size.value:
            return b""
        out = bytearray()
        buffer = ctypes.create_string_buffer(min(_STEP, size.value))
        while len(out) <= most:
            wanted = ctypes.c_size_t(min(len(buffer), most + 1 - len(out)))
            read = _call("libpff_attachment_data_read_buffer", self._pointer, buffer, wanted)
            if not read:
                break
            out += buffer.raw[:read]
        if len(out) < min(size.value, most + 1):
            raise PffError(f"it ends after {len(out):,} of {size.value:,} bytes")
        return bytes(out)

    def records(self) -> Iterator[tuple[Property, ...]]:
        """The properties of the item, or of each of its recipients; numbers from `NAMED` on as they are meant."""
        for index in range(_count("libpff_item_get_number_of_record_sets", self._pointer)):
            found = c_void_p()
            _call("libpff_item_get_record_set_by_index", self._pointer, index, byref(found))
            try:
                yield tuple(_properties(found))
            finally:
                _call("libpff_record_set_free", byref(found))


def _item(owner: PffFile | PffItem, name: str, *given: object) -> PffItem:
    found = c_void_p()
    _call(name, *given, byref(found))
    if not found:
        raise PffError(f"{name} found nothing")
    return PffItem(owner, found)


def _properties(record: c_void_p) -> Iterator[Property]:
    for index in range(_count("libpff_record_set_get_number_of_entries", record)):
        entry = c_void_p()
        _call("libpff_record_set_get_entry_by_index", record, index, byref(entry))
        try:
            if (one := _property(entry)) is not None:
                yield one
        finally:
            _call("libpff_record_entry_free", byref(entry))


def _property(entry: c_void_p) -> Property | None:
    """A property; None for one that has a name for its number, or a number that its set shares with another."""
    number = _number("libpff_record_entry_get_entry_type", entry)
    if number >= NAMED:
        number = _number_in_set(entry)
        if number < NAMED:
            return None
    kind = _number("libpff_record_entry_get_value_type", entry)
    return Property(number, kind, b"" if number == CONTENT else _data(entry))


def _number_in_set(entry: c_void_p) -> int:
    """What a file's own number for a property stands for; 0 for a name."""
    meant, kind = c_void_p(), ctypes.c_uint8()
    if not _call("libpff_record_entry_get_name_to_id_map_entry", entry, byref(meant)):
        return 0
    _call("libpff_name_to_id_map_entry_get_type", meant, byref(kind))
    return _number("libpff_name_to_id_map_entry_get_number", meant) if kind.value == _NUMERIC else 0


def _data(entry: c_void_p) -> bytes | None:
    try:
        size = ctypes.c_size_t()
        _call("libpff_record_entry_get_data_size", entry, byref(size))
        if not size.value:
            return b""
        data = ctypes.create_string_buffer(size.value)
        _call("libpff_record_entry_get_data", entry, data, size)
    except PffError:
        return None
    return data.raw
