"""An item of an Outlook mailbox into a message: its properties, its recipients, and what is attached to it."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final, Never, TypeVar

from corpus_search.model import Reading
from corpus_search.sources.charsets import charset_of_page, decode_text
from corpus_search.sources.mime import Part
from corpus_search.sources.outlook import CLASS, NAME, PAGES, SUBJECT, moment, read_item, written
from corpus_search.sources.pff import PffError, PffItem, Property
from corpus_search.sources.reading import LimitReached, NotReadable, Origin, together

T = TypeVar("T")
Trouble = tuple[str, str]  # kind and reason of a problem
MAX_ATTACHED: Final = 512 << 20  # bytes of one attachment
MAX_NESTED: Final = 20  # items attached to items that are attached …
MAX_INNER: Final = 1000  # items attached in all to one item: a damaged file may attach an item to itself
UNTYPED: Final = "application/octet-stream"
_LONG_NAME, _SHORT_NAME, _TYPE, _CONTENT_ID, _METHOD, _PATHS = 0x3707, 0x3704, 0x370E, 0x3712, 0x3705, (0x370D, 0x3708)
_AS_ITEM: Final = 5
_AS_REFERENCE: Final = (2, 3, 4, 7)
# What an appointment, a contact or a task says beside its words; these properties have numbers of their own sets.
_DETAILS: Final = {
    "ipm.appointment": (("Start", 0x820D), ("End", 0x820E), ("Location", 0x8208)),
    "ipm.contact": (("Email", 0x8083), ("Email", 0x8093), ("Email", 0x80A3)),
    "ipm.task": (("Start", 0x8104), ("Due", 0x8105)),
}
_WORD, _NUMBER, _TIME, _NARROW, _WIDE, _BYTES = 0x0002, 0x0003, 0x0040, 0x001E, 0x001F, 0x0102


@dataclass(slots=True)
class _Allowance:
    """How many more items attached to an item may be opened."""

    left: int = MAX_INNER

    def take(self, depth: int) -> None:
        """Open one more.

        Raises:
            LimitReached: there were too many, or it lies too deep.
        """
        self.left -= 1
        if self.left < 0 or depth > MAX_NESTED:
            raise LimitReached("items attached to items, too many or too deep; open it in Outlook")


def read_pst_item(item: PffItem, origin: Origin) -> Reading:
    """The message of an item, with what is attached to it, and a problem for each part of it that can't be read."""
    return _read(item, _Allowance(), origin)


def name_of(folder: PffItem) -> str | None:
    """The name of a folder."""
    return _Values(next(folder.records(), ())).text(NAME)


def _read(item: PffItem, allowance: _Allowance, origin: Origin) -> Reading:
    troubles: list[Trouble] = []
    values = _Values(next(item.records(), ()))
    if values.unread:
        troubles.append(_damaged(f"{len(values.unread)} of its properties ({', '.join(values.unread[:9])})"))
    people = _as_far_as_it_goes(_people(item, values.charset), "its list of recipients", troubles)
    parts = _parts(item, values.charset, allowance, origin)
    attached = _as_far_as_it_goes(parts, "its list of attachments", troubles)
    reading = read_item(values, people, attached, origin, _details(values))
    return together([reading, Reading(problems=tuple(origin.problem(*trouble) for trouble in troubles))])


def _details(values: _Values) -> list[tuple[str, str]]:
    """When and where an appointment is, a contact's addresses, when a task is due."""
    kind = (values.text(CLASS) or "").lower()
    asked = next((asked for begin, asked in _DETAILS.items() if kind.startswith(begin)), ())
    return [(label, said) for label, number in asked if (said := written(values.time(number)) or values.text(number))]


def _as_far_as_it_goes(found: Iterator[T], what: str, troubles: list[Trouble]) -> list[T]:
    done: list[T] = []
    try:
        for one in found:
            done.append(one)  # noqa: PERF402 - what came before the fault is kept
    except PffError as error:
        troubles.append(_damaged(what, error))
    return done


def _damaged(what: str, error: PffError | None = None) -> Trouble:
    return "damaged", f"{what} can't be read{f' ({error})' if error else ''}; open it in Outlook, or ask for it again"


def _people(item: PffItem, charset: str | None) -> Iterator[_Values]:
    recipients = item.recipients()
    if recipients is not None:
        for record in recipients.records():
            yield _Values(record, charset)


def _parts(item: PffItem, charset: str | None, allowance: _Allowance, origin: Origin) -> Iterator[Part]:
    for index in range(item.attachment_count()):
        try:
            part = _part(item.attachment(index), charset, allowance, origin.depth)
        except PffError as error:
            part = _unread(None, UNTYPED, *_damaged("the attachment", error))
        origin.budget.spend(len(part.data))
        yield part


def _part(attached: PffItem, charset: str | None, allowance: _Allowance, depth: int) -> Part:
    held = _Values(next(attached.records(), ()), charset)
    name = held.text(_LONG_NAME) or held.text(_SHORT_NAME) or held.text(NAME)
    kind, method = held.text(_TYPE) or UNTYPED, held.number(_METHOD)
    try:
        if method == _AS_ITEM:
            allowance.take(depth)
            return _item_part(attached.attached_item(), name, allowance)
        data = attached.content(MAX_ATTACHED)
    except PffError as error:
        return _unread(name, kind, *_damaged("the attachment", error))
    except LimitReached as error:
        return _unread(name, kind, "limit", str(error))
    if len(data) > MAX_ATTACHED:
        return _unread(name, kind, "limit", f"an attachment above {MAX_ATTACHED >> 20} MB; save it from Outlook")
    if not data and method in _AS_REFERENCE:
        path = next((path for number in _PATHS if (path := held.text(number))), "no path")
        return _unread(name or path, kind, "empty", f"only the place of a file was sent ({path}); ask for the file")
    return Part(name, kind, data, bool(held.text(_CONTENT_ID)))


def _item_part(item: PffItem, name: str | None, allowance: _Allowance) -> Part:
    """An item attached as an item, which is no file by itself: its properties are taken for its size and hash."""
    properties = next(item.records(), ())
    data = b"".join(one.data or b"" for one in sorted(properties, key=lambda one: one.number))
    name = name or _Values(properties).text(SUBJECT)
    return Part(name, "application/vnd.ms-outlook", data, read=partial(_embedded, item, allowance))


def _embedded(item: PffItem, allowance: _Allowance, origin: Origin) -> Reading:
    return _read(item, allowance, replace(origin, source=replace(origin.source, format="pst")))


def _unread(name: str | None, kind: str, trouble: str, reason: str) -> Part:
    """An attachment of which only what is told of it can be had."""
    return Part(name, kind, b"", read=partial(_tell, trouble, reason))


def _tell(kind: str, reason: str, origin: Origin) -> Never:
    del origin
    raise NotReadable(kind, reason)


class _Values:
    """Properties by number. Characters that are not wide are in the code page of the item that they are of."""

    def __init__(self, properties: Sequence[Property], charset: str | None = None) -> None:
        self._held: dict[int, Property] = {one.number: one for one in reversed(properties)}
        self.unread = [f"0x{number:04X}" for number, one in self._held.items() if one.data is None]
        self.charset = charset or charset_of_page(next((page for one in PAGES if (page := self.number(one))), None))

    def text(self, number: int) -> str | None:
        """A property of characters; a subject without the two that tell how long its prefix is."""
        if (wide := self._bytes(number, _WIDE)) is not None:
            text = wide.decode("utf-16-le", "replace")
        elif (narrow := self._bytes(number, _NARROW)) is not None:
            text = decode_text(narrow, self.charset)[0]
        else:
            return None
        text = text.rstrip("\x00")
        return text[2:] if number == SUBJECT and text[:1] == "\x01" else text

    def data(self, number: int) -> bytes | None:
        """A property of bytes."""
        return self._bytes(number, _BYTES) or None

    def number(self, number: int) -> int | None:
        """A property of a number."""
        for kind, form in ((_NUMBER, "<i"), (_WORD, "<h")):
            value = self._bytes(number, kind)
            if value is not None and len(value) >= struct.calcsize(form):
                return int(struct.unpack_from(form, value)[0])
        return None

    def time(self, number: int) -> datetime | None:
        """A property of a moment, in UTC."""
        value = self._bytes(number, _TIME)
        return None if value is None or len(value) < 8 else moment(*struct.unpack_from("<Q", value))

    def _bytes(self, number: int, kind: int) -> bytes | None:
        one = self._held.get(number)
        return one.data if one is not None and one.kind == kind else None
