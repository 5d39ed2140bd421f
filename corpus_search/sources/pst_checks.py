"""Whether a mailbox's bytes are those that were written, by the checksums of its pages and blocks ([MS-PST] 2.2.2).

libpff goes on over a block that is damaged or missing, and gives what is left without a word: nothing of a body, or the
bytes of something else. Here each node is followed to all its blocks. Mailboxes of Outlook 2013 and later for Exchange
(.ost with pages of 4,096 bytes) are laid out otherwise, and not checked.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

PAGE: Final = 512
MAX_DEPTH: Final = 200  # nodes within nodes
_LARGE_PAGES: Final = 36  # the version from which pages are larger
_WITHIN: Final = 2  # the bit of an id whose block holds ids of others
_DATA_TREE, _NODE_TREE = 1, 2


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a file of 64 or of 32 bits."""

    roots: tuple[int, int]  # in the header: offsets of where the trees of nodes and of blocks begin
    word: str  # of ids and offsets
    trailer: int  # bytes at the end of pages and blocks,
    crc: int  # and where in them the checksum stands
    counts: int  # where a page of a tree says how many rows it has, of what size, at what level
    node: str  # a row for a node: number, data, subnodes
    block: str  # a row for a block: id, offset, bytes
    below: int  # where the rows of a block of nodes begin


WIDE: Final = Layout((224, 240), "<Q", 16, 4, 488, "<QQQ", "<QQH", 8)
NARROW: Final = Layout((188, 196), "<I", 12, 8, 496, "<III", "<IIH", 4)


@dataclass(slots=True)
class Damage:
    """The nodes of a file, those of them that have a damaged or missing block, and how many pages over them have."""

    nodes: list[int] = field(default_factory=list)
    hurt: list[int] = field(default_factory=list)
    pages: int = 0


def find_damage(file: BinaryIO) -> Damage:
    """Read the whole file once, in memory of some hundred bytes a block."""
    header = file.read(564)
    version = int.from_bytes(header[10:12], "little")
    if len(header) < 564 or version >= _LARGE_PAGES:
        return Damage()
    layout = WIDE if version > 20 else NARROW
    nodes, blocks = (struct.unpack_from(layout.word, header, at)[0] for at in layout.roots)
    return Check(file, layout, blocks).over(nodes)


class Check:
    """The blocks of a file, and whether they are as they were written. `places`: of each its offset << 16 | length."""

    def __init__(self, file: BinaryIO, layout: Layout, blocks: int) -> None:
        self._file, self._layout = file, layout
        self._damage = Damage()
        self._trees: dict[int, bool] = {}  # blocks that hold ids of others, and whether all below them are whole
        self.places: dict[int, int] = {}
        for row in self._leaves(blocks, struct.calcsize(layout.block)):
            number, at, size = struct.unpack_from(layout.block, row)
            self.places[number & ~1] = at << 16 | size

    def over(self, nodes: int) -> Damage:
        """Every node, and all that is below it."""
        for row in self._leaves(nodes, struct.calcsize(self._layout.node)):
            number, data, below = struct.unpack_from(self._layout.node, row)
            self._damage.nodes.append(number & 0xFFFFFFFF)
            if not (self._is_whole(data) and self._is_whole(below)):
                self._damage.hurt.append(number & 0xFFFFFFFF)
        return self._damage

    def _leaves(self, root: int, least: int) -> Iterator[bytes]:
        """The rows of a tree of pages, a damaged page's too as far as they can be told."""
        stack, seen = [root], set[int]()
        width = struct.calcsize(self._layout.word)
        while stack:
            at = stack.pop()
            page = self._read(at, PAGE)
            if at in seen or len(page) < PAGE or not self._is_as_written(page, PAGE - self._layout.trailer):
                self._damage.pages += 1
            if at in seen or len(page) < PAGE:
                continue
            seen.add(at)
            count, _, size, level = page[self._layout.counts : self._layout.counts + 4]
            if size < least - 6 * bool(level) or count * size > self._layout.counts:
                continue
            rows = [page[first : first + size] for first in range(0, count * size, size)]
            if level:
                stack += [struct.unpack_from(self._layout.word, row, 2 * width)[0] for row in reversed(rows)]
            else:
                yield from rows

    def _is_whole(self, number: int, depth: int = 0) -> bool:
        number &= ~1
        if not number or (number in self._trees):
            return not number or self._trees[number]
        data = self._block(number)
        if data is None or depth > MAX_DEPTH:
            return False
        if not number & _WITHIN:
            return True
        self._trees[number] = True  # for the time being: a tree may not lead to itself
        self._trees[number] = all(self._is_whole(one, depth + 1) for one in self._ids(data))
        return self._trees[number]

    def _ids(self, data: bytes) -> Iterator[int]:
        """The ids of blocks that a block holds: of a long piece of data, or of nodes within a node."""
        kind, level, count = struct.unpack_from("<BBH", data.ljust(4, b"\x00"))
        width = struct.calcsize(self._layout.word)
        ids: tuple[int, ...] = (0,)  # where in each row
        first, size = 8, width
        if kind == _NODE_TREE:
            first, size, ids = self._layout.below, 2 * width, (width,)
            if not level:
                size, ids = 3 * width, (width, 2 * width)
        if kind not in (_DATA_TREE, _NODE_TREE) or first + count * size > len(data):
            yield -2  # the id of no block: what it holds can't be told
            return
        for row in range(first, first + count * size, size):
            for at in ids:
                yield struct.unpack_from(self._layout.word, data, row + at)[0]

    def _block(self, number: int) -> bytes | None:
        """The bytes of a block; None where it is missing or damaged."""
        place = self.places.get(number)
        if place is None:
            return None
        at, size = place >> 16, place & 0xFFFF
        padded = (size + self._layout.trailer + 63) // 64 * 64
        data = self._read(at, padded)
        whole = len(data) == padded and data[padded - self._layout.trailer :][:2] == struct.pack("<H", size)
        return data[:size] if whole and self._is_as_written(data, size) else None

    def _is_as_written(self, data: bytes, size: int) -> bool:
        """By the checksum, where there is one: that of zip files without its two inversions (5.3)."""
        kept = struct.unpack_from("<I", data, len(data) - self._layout.trailer + self._layout.crc)[0]
        return not kept or kept == zlib.crc32(data[:size], 0xFFFFFFFF) ^ 0xFFFFFFFF

    def _read(self, at: int, size: int) -> bytes:
        if at >= 1 << 62:
            return b""
        self._file.seek(at)
        return self._file.read(size)
