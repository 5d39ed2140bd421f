"""A writer of Outlook's personal folder files, from below: pages, blocks, nodes ([MS-PST] 2.2). For tests only.

Written from the published format, without a look at any reader, so that a reader can be held against it. `wide` files
are those of Outlook 2003 and later (64 bit, "Unicode"), the others those before (32 bit, "ANSI").
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

_DECODED = bytes.fromhex(  # 5.1, the third part of mpbbCrypt: how a byte of "compressible encryption" is read
    "47f1b4e60b6a7248854e9eebe2f89453e0bba002e85a09abdbe3bac67cc310dd39059630f53760828cc9134a6b1df3fb8f2697ca911701c4"
    "322d6e3195ffd923d1005e79dc443b1a28c5615720903d83b943be67d2464276c06d5b7eb20f16293ca903540dda5ddff6b7c762cd8d06d3"
    "695c86d614f7a56675acb1e94521700c879f74a4224c6fbf1f56aa2eb3783350b0a392bccf191ca763cb1e4d3e4b1b9b4fe7f0eead3ab559"
    "04ea40552551e57a893868527bfc27aed7bdfa07f4cc8e5fef359c842b15d5773449b6120a7f7188fd9d18417d93d8582ccefe24afdeb836"
    "c8a180a69998a82f0e816573e4c2a28ad4e111d0088b2af2ed9a643fc16cf9ec"
)
_ENCODING = bytes(_DECODED.index(value) for value in range(256))
PAGE, MAPPED, FIRST_MAP = 512, 496 * 8 * 64, 0x4400
_NBT, _BBT, _PMAP, _AMAP = 0x81, 0x80, 0x83, 0x84


class PstFile:
    """Blocks and nodes, put one after the other, then the trees over them and the header."""

    def __init__(self, wide: bool = True, encoded: bool = False, client: bytes = b"SM") -> None:
        self.wide, self._encoded, self._client = wide, encoded, client
        self.most = 8176 if wide else 8180  # bytes of a block
        self._id, self._trailer = ("<Q", 16) if wide else ("<I", 12)
        self._out = bytearray(FIRST_MAP + 2 * PAGE)
        self._used: list[tuple[int, int]] = [(FIRST_MAP, 2 * PAGE)]
        self._maps = [FIRST_MAP]
        self._next, self._next_page = 4, 4
        self._blocks: list[tuple[bytes, bytes]] = []  # key, and its row in the tree
        self._nodes: dict[int, bytes] = {}

    def data(self, data: bytes) -> int:
        """Bytes of any length; the id of their block, or of the tree of their blocks (2.2.2.8.3.2)."""
        return self.pieces([data[at : at + self.most] for at in range(0, len(data), self.most)] or [b""])

    def pieces(self, pieces: Sequence[bytes]) -> int:
        """Bytes cut into blocks beforehand."""
        ids = [(self._block(piece, within=False), len(piece)) for piece in pieces]
        level, fan = 1, (self.most - 8) // struct.calcsize(self._id)
        while len(ids) > 1:
            groups = [ids[at : at + fan] for at in range(0, len(ids), fan)]
            ids = [(self._over(level, group), sum(size for _, size in group)) for group in groups]
            level += 1
        return ids[0][0]

    def _over(self, level: int, group: list[tuple[int, int]]) -> int:
        head = struct.pack("<BBHI", 1, level, len(group), sum(size for _, size in group))
        return self._block(head + b"".join(struct.pack(self._id, block) for block, _ in group), within=True)

    def subnodes(self, entries: dict[int, tuple[int, int]]) -> int:
        """Nodes within a node: number, then the ids of its data and of its own subnodes (2.2.2.8.3.3)."""
        if not entries:
            return 0
        rows = [struct.pack("<QQQ" if self.wide else "<III", number, *entries[number]) for number in sorted(entries)]
        fan = (self.most - 8) // len(rows[0])
        groups = [rows[at : at + fan] for at in range(0, len(rows), fan)]
        ids = [self._block(self._sub(0, group), within=True) for group in groups]
        if len(ids) == 1:
            return ids[0]
        width = struct.calcsize(self._id)
        return self._block(
            self._sub(1, [g[0][:width] + struct.pack(self._id, i) for g, i in zip(groups, ids, strict=True)]),
            within=True,
        )

    def _sub(self, level: int, rows: list[bytes]) -> bytes:
        return struct.pack("<BBH", 2, level, len(rows)) + bytes(4 if self.wide else 0) + b"".join(rows)

    def node(self, number: int, data: int, subnodes: int = 0, parent: int = 0) -> None:
        """Enter a node: an item, a folder, a table."""
        form = "<QQQII" if self.wide else "<IIII"
        self._nodes[number] = struct.pack(form, number, data, subnodes, parent, *([0] if self.wide else []))

    def _block(self, data: bytes, within: bool) -> int:
        number = self._next | (2 if within else 0)
        self._next += 4
        if self._encoded and not within:
            data = data.translate(_ENCODING)
        size = (len(data) + self._trailer + 63) // 64 * 64
        at = self._room(size)
        sign, crc = _sign(at, number), _crc(data)
        form, values = ("<HHIQ", (crc, number)) if self.wide else ("<HHII", (number, crc))
        self._out[at : at + len(data)] = data
        struct.pack_into(form, self._out, at + size - self._trailer, len(data), sign, *values)
        place = struct.pack("<QQ" if self.wide else "<II", number, at)
        row = place + struct.pack("<HH", len(data), 2) + bytes(4 if self.wide else 0)
        self._blocks.append((struct.pack(">Q", number), row))
        return number

    def _room(self, size: int, grain: int = 64) -> int:
        """Room for a block or a page, never over a page of the map of what is used."""
        at = (len(self._out) + grain - 1) // grain * grain
        while at + size > self._maps[-1] + MAPPED:
            at = self._maps[-1] + MAPPED
            self._used.append((at, PAGE))
            self._maps.append(at)
            at += PAGE
            if len(self._maps) % 8 == 1:  # each eighth is followed by a map of pages
                self._used.append((at, PAGE))
                at += PAGE
        self._out += bytes(at + size - len(self._out))
        self._used.append((at, size))
        return at

    def _page(self, kind: int, body: bytes, at: int | None = None) -> tuple[int, int]:
        at_map = at is not None
        place = self._room(PAGE, PAGE) if at is None else at
        number = place if at_map else self._next_page
        self._next_page += 0 if at_map else 4
        body = body.ljust(PAGE - self._trailer, b"\x00")
        head = struct.pack("<BBH", kind, kind, 0 if at_map else _sign(place, number))
        form, values = ("<IQ", (_crc(body), number)) if self.wide else ("<II", (number & 0xFFFFFFFF, _crc(body)))
        self._out[place : place + PAGE] = body + head + struct.pack(form, *values)
        return number, place

    def _tree(self, kind: int, rows: list[bytes]) -> bytes:
        """A tree's pages from the leaves up; the reference to its root (2.2.2.7.7)."""
        room, level, reference = (488, 0, b"") if self.wide else (496, 0, b"")
        width = struct.calcsize(self._id)
        while level == 0 or len(rows) > 1:
            size = len(rows[0])
            fan, above = room // size, []
            for first in range(0, len(rows), fan):
                group = rows[first : first + fan]
                tail = struct.pack("<BBBB", len(group), fan, size, level) + bytes(4 if self.wide else 0)
                number, at = self._page(kind, b"".join(group).ljust(room, b"\x00") + tail)
                reference = struct.pack("<QQ" if self.wide else "<II", number, at)
                above.append(group[0][:width] + reference)
            rows, level = above, level + 1
        return reference

    def close(self) -> bytes:
        """The whole file."""
        nodes = self._tree(_NBT, [self._nodes[number] for number in sorted(self._nodes)])
        blocks = self._tree(_BBT, [row for _, row in sorted(self._blocks)])
        end = self._maps[-1] + MAPPED
        self._out += bytes(end - len(self._out))
        free = self._write_maps()
        self._out[: len(head)] = (head := self._header(nodes, blocks, end, free))
        return bytes(self._out)

    def _write_maps(self) -> int:
        bits = bytearray(len(self._maps) * MAPPED // 64)
        for at, size in self._used:
            first = (at - FIRST_MAP) // 64
            bits[first : first + (size + 63) // 64] = b"\x01" * ((size + 63) // 64)
        padding = b"" if self.wide else bytes(4)
        for index, at in enumerate(self._maps):
            mine = bits[index * MAPPED // 64 : (index + 1) * MAPPED // 64]
            packed = int("".join(map(str, mine)), 2).to_bytes(496, "big")
            self._page(_AMAP, padding + packed, at)
            if index % 8 == 0:
                self._page(_PMAP, padding + b"\xff" * 496, at + PAGE)
        return bits.count(0) * 64

    def _header(self, nodes: bytes, blocks: bytes, end: int, free: int) -> bytes:
        places, word = ("<QQQQ", "<Q") if self.wide else ("<IIII", "<I")
        root = bytes(4) + struct.pack(places, end, self._maps[-1], free, 0) + nodes + blocks + b"\x02" + bytes(3)
        numbers = struct.pack("<32I", *([0x400] * 32))
        next_block, next_page = struct.pack(word, self._next), struct.pack(word, self._next_page)
        head = self._client + struct.pack("<HHBBII", 23 if self.wide else 15, 19, 1, 1, 0, 0)
        maps = b"\xff" * 256 + bytes([0x80, int(self._encoded)]) + bytes(2)
        if not self.wide:
            head += next_block + next_page + bytes(4) + numbers + root + maps + bytes(48)
            return b"!BDN" + struct.pack("<I", _crc(head[:471])) + head
        head += bytes(8) + next_page + bytes(4) + numbers + bytes(8) + root + bytes(4) + maps + next_block
        return b"!BDN" + struct.pack("<I", _crc(head[:471])) + head + struct.pack("<I", _crc(head)) + bytes(36)


def _crc(data: bytes) -> int:
    """5.3: the CRC of zip files, without its two inversions."""
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def _sign(at: int, number: int) -> int:
    """5.5: by which a page or block shows that it stands where it should."""
    mixed = (at ^ number) & 0xFFFFFFFF
    return (mixed >> 16) ^ (mixed & 0xFFFF)
