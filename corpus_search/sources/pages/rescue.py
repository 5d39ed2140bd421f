"""PDFs that lost their end, and with it the list of what is in them: what is left is listed again.

A PDF's trailer, and often its page tree, stand at its end, so a copy cut short opens in no program though most of
its pages are there. Objects are found by their marks, and what is missing of tree and trailer is put behind them.
Pages keep their order where the whole tree is left, else they come in the order of the file. The released file is
not touched.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_BYTES: Final = 256 << 20  # of a file that is looked at: it is held in memory
MAX_UNPACKED: Final = 64 << 20  # bytes of objects that are packed together, of one file
MAX_PAGES: Final = 20_000
_OBJECT: Final = re.compile(rb"(?:^|[\r\n \t])(\d{1,8})[ \t]+(\d{1,5})[ \t]+obj\b")
_TYPE: Final = re.compile(rb"/Type[ \t\r\n]*/(Pages|Page|Catalog|ObjStm)\b")
_CONTENTS: Final = re.compile(rb"/Contents[ \t\r\n]*\[?([0-9 \tR\r\n]{1,4000})")
_KIDS: Final = re.compile(rb"/Kids[ \t\r\n]*\[([0-9 \tR\r\n]{1,16000})")
_REFERENCE: Final = re.compile(rb"(\d{1,8})[ \t\r\n]+\d{1,5}[ \t\r\n]+R")
_NUMBER: Final = re.compile(rb"/(N|First)[ \t\r\n]+(\d{1,8})\b")
_STREAM: Final = re.compile(rb"stream(?:\r\n|\n|\r)")
_MUCH: Final = 200  # bytes of a page's drawing: less shows a few words at most
_HEAD: Final = 1 << 14  # bytes of an object in which its dictionary is looked for


@dataclass(slots=True)
class _Found:
    """What is left of a file: the numbers of its objects, pages (with the objects of their text), tree and catalog."""

    numbers: set[int] = field(default_factory=set)
    pages: dict[int, list[int]] = field(default_factory=dict)
    nodes: dict[int, list[int]] = field(default_factory=dict)
    tree: int | None = None
    catalog: int | None = None

    def tree_is_whole(self) -> bool:
        """Whether every page that is left hangs on the tree."""
        waiting, seen = [self.tree], set()
        while waiting:
            number = waiting.pop()
            if number is not None and number not in seen:
                seen.add(number)
                waiting += self.nodes.get(number, [])
        return self.tree is not None and seen.issuperset(self.pages)


def rescued(data: bytes) -> bytes | None:
    """The file with what it lost of page tree and trailer; None where no page can be found in it."""
    if len(data) > MAX_BYTES or b"/Encrypt" in data:
        return None
    data = _ended(data)
    whole = data + b"".join(_unpacked(data))
    found = _look(whole)
    return whole + _end_of(found) if found.pages else None


def _ended(data: bytes) -> bytes:
    """The data with an end to the stream in which it breaks off; without the object where too little is left of it."""
    last = max((match.start() for match in _OBJECT.finditer(data)), default=0)
    end = data.find(b"endobj", last)
    if end >= 0:  # what follows is the list that is cut
        return data[: end + len(b"endobj")] + b"\n"
    begin = _STREAM.search(data, last, last + _HEAD)
    if begin is None or not _says_much(data, begin.end()):
        return data[:last] + b"\n"
    return data + b"\nendstream\nendobj\n"


def _says_much(data: bytes, start: int) -> bool:
    """Whether a stream that breaks off holds enough to show something: a page that seems blank would mislead."""
    is_packed = data[start : start + 1] == b"x"
    return (len(_inflated(data, start, _MUCH)) if is_packed else len(data) - start) >= _MUCH


def _look(data: bytes) -> _Found:
    """All objects; of two with one number the later one counts."""
    found = _Found()
    for number, head in _objects(data):
        found.numbers.add(number)
        found.pages.pop(number, None)
        kind = _TYPE.search(head)
        if kind is None:
            continue
        if kind.group(1) == b"Page" and len(found.pages) < MAX_PAGES:
            found.pages[number] = _references(_CONTENTS, head)
        elif kind.group(1) == b"Pages":
            found.nodes[number] = _references(_KIDS, head)
            found.tree = found.tree if b"/Parent" in head else number
        elif kind.group(1) == b"Catalog":
            found.catalog = number
    return found


def _references(list_: re.Pattern[bytes], head: bytes) -> list[int]:
    match = list_.search(head)
    return [int(one) for one in _REFERENCE.findall(match.group(1))] if match else []


def _objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and dictionary of every object that begins in the data."""
    before: tuple[int, int] | None = None
    for match in _OBJECT.finditer(data):
        if before is not None:
            yield before[0], _dictionary(data, before[1], match.start())
        before = int(match.group(1)), match.end()
    if before is not None:
        yield before[0], _dictionary(data, before[1], len(data))


def _dictionary(data: bytes, start: int, stop: int) -> bytes:
    head = data[start : min(stop, start + _HEAD)]
    stream = head.find(b"stream")
    return head if stream < 0 else head[:stream]


def _end_of(found: _Found) -> bytes:
    """Trailer, and catalog and tree if they are lost; pages whose text is lost made void, so that none seems blank."""
    parts: list[bytes] = []
    for number, contents in found.pages.items():
        if contents and not found.numbers.intersection(contents):
            parts.append(b"%d 0 obj\nnull\nendobj\n" % number)
    after = max(found.numbers) + 1
    tree, catalog = found.tree, found.catalog
    if tree is None or not found.tree_is_whole():
        tree, catalog = after, None
        kids = b" ".join(b"%d 0 R" % number for number in found.pages)
        parts.append(b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (tree, len(found.pages), kids))
    if catalog is None:
        catalog = after + 1
        parts.append(b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (catalog, tree))
    parts.append(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n0\n%%%%EOF\n" % (after + 2, catalog))
    return b"\n" + b"".join(parts)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Objects that were packed together into streams, as plain ones."""
    left = MAX_UNPACKED
    for start in [match.end() for match in _OBJECT.finditer(data)]:
        head = data[start : start + _HEAD]
        begin = _STREAM.search(head)
        kind = _TYPE.search(head, 0, begin.start()) if begin is not None else None
        if begin is None or kind is None or kind.group(1) != b"ObjStm":
            continue
        says = {name: int(value) for name, value in _NUMBER.findall(head[: begin.start()])}
        content = _inflated(data, start + begin.end(), left)
        left -= len(content)
        yield from _parted(content, says.get(b"N", 0), says.get(b"First", 0))


def _inflated(data: bytes, start: int, most: int) -> bytes:
    """What a packed stream holds, as far as it goes."""
    if most <= 0:
        return b""
    try:
        return zlib.decompressobj().decompress(memoryview(data)[start:], most)
    except zlib.error:
        return b""


def _parted(content: bytes, count: int, first: int) -> Iterator[bytes]:
    """The objects of an object stream: pairs of number and offset, then the objects themselves."""
    figures = content[:first].split()[: 2 * count]
    if not all(figure.isdigit() for figure in figures):
        return
    numbers = [int(figure) for figure in figures]
    offsets = [*(first + offset for offset in numbers[1::2]), len(content)]
    for number, start, stop in zip(numbers[::2], offsets, offsets[1:], strict=False):
        if start < len(content):
            yield b"\n%d 0 obj\n%s\nendobj\n" % (number, content[start:stop])
