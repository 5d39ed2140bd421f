"""A small writer of compound files (OLE), enough for .msg and .doc files made by tests."""

from __future__ import annotations

import struct
from collections.abc import Mapping

Tree = Mapping[str, "bytes | Tree"]
END, FREE = 0xFFFFFFFE, 0xFFFFFFFF


def compound(tree: Tree) -> bytes:
    """A compound file with these storages (mappings) and streams (bytes)."""
    entries: list[list[object]] = []  # name, kind, child, next, first sector, size
    sectors, small = _Chains(512), _Chains(64)

    def add(name: str, value: bytes | Tree) -> int:
        index = len(entries)
        if isinstance(value, bytes):
            entries.append([name, 2, FREE, FREE, (small if len(value) < 4096 else sectors).add(value), len(value)])
            return index
        entries.append([name, 1 if index else 5, FREE, FREE, END, 0])
        before = None
        for key in sorted(value, key=lambda one: (len(one), one.upper())):
            child = add(key, value[key])
            if before is None:
                entries[index][2] = child
            else:
                entries[before][3] = child
            before = child
        return index

    add("Root Entry", tree)
    minis = b"".join(small.pieces)
    entries[0][4:6] = [sectors.add(minis), len(minis)]
    mini_table = struct.pack(f"<{len(small.following)}I", *small.following)
    mini_first = sectors.add(mini_table)
    directory_first = sectors.add(b"".join(_entry(*entry) for entry in entries))  # type: ignore[arg-type]
    fat_first = len(sectors.pieces)
    count = (fat_first + 127) // 127 + 1
    table = [*sectors.following, *([0xFFFFFFFD] * count)]
    table += [FREE] * (count * 128 - len(table))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, count, directory_first, 0, 4096, mini_first, (len(mini_table) + 511) // 512, END, 0, fat_first),
    )
    header += struct.pack("<108I", *(fat_first + at for at in range(1, count)), *([FREE] * (109 - count)))
    return header + b"".join(sectors.pieces) + struct.pack(f"<{count * 128}I", *table)


class _Chains:
    """Sectors of one size, and for each the one that follows it."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.pieces: list[bytes] = []
        self.following: list[int] = []

    def add(self, data: bytes) -> int:
        """Put data into sectors; returns the first."""
        if not data:
            return END
        first = len(self.pieces)
        self.pieces += [data[at : at + self.size].ljust(self.size, b"\x00") for at in range(0, len(data), self.size)]
        self.following += [*range(first + 1, len(self.pieces)), END]
        return first


def _entry(name: str, kind: int, child: int, following: int, first: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\x00\x00"
    return struct.pack("<64sHBBIII16xI8x8xIQ", wide, len(wide), kind, 1, FREE, following, child, 0, first, size)


def properties(header: int, fixed: Mapping[int, bytes]) -> bytes:
    """The stream of an item's properties of fixed size: numbers and moments, eight bytes each."""
    rows = [struct.pack("<HHI", 0x0040, number, 6) + value.ljust(8, b"\x00") for number, value in fixed.items()]
    return b"\x00" * header + b"".join(rows)


def texts(**values: str) -> dict[str, bytes]:
    """Streams of properties of characters: `p0037="Subject"`."""
    return {f"__substg1.0_{name[1:].upper()}001F": value.encode("utf-16-le") for name, value in values.items()}
