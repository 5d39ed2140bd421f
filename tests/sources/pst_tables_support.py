"""Lists of properties and tables of them in heaps ([MS-PST] 2.3). For tests only; see `pst_nodes_support`."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pst_nodes_support import PstFile

Value = str | bytes | int | bool | datetime | tuple[int, int]
Values = Mapping[int, Value]
LARGEST = 3580  # bytes that a heap takes in one piece
_ROW_ID, _ROW_VERSION = 0x67F2, 0x67F3
_TABLE, _LIST = 0x7C, 0xBC


class Stored(NamedTuple):
    """The ids of a node's data and of its subnodes."""

    data: int
    subnodes: int


class Heap:
    """A heap on a node (2.3.1), cut into blocks when it is closed; what is too large for it goes into subnodes."""

    def __init__(self, file: PstFile, client: int) -> None:
        self._file, self._client = file, client
        self._blocks: list[list[bytes]] = [[]]
        self._sizes = [12]
        self.subnodes: dict[int, tuple[int, int]] = {}

    def add(self, data: bytes) -> int:
        """Put a piece into the heap; its id."""
        if self._sizes[-1] + len(data) + 2 * len(self._blocks[-1]) + 8 > self._file.most:
            self._blocks.append([])
            self._sizes.append(66 if len(self._blocks) % 128 == 9 else 2)
        self._blocks[-1].append(data)
        self._sizes[-1] += len(data)
        return len(self._blocks[-1]) << 5 | (len(self._blocks) - 1) << 16

    def put(self, data: bytes) -> int:
        """Put bytes of any length into the heap or a subnode of its own; the id of either."""
        if not data:
            return 0
        if len(data) <= LARGEST:
            return self.add(data)
        return self.sub(self._file.data(data))

    def sub(self, data: int) -> int:
        """A subnode for data that is stored already."""
        number = (0x400 + len(self.subnodes)) << 5 | 0x1F
        self.subnodes[number] = (data, 0)
        return number

    def tree(self, key: int, size: int, rows: Sequence[bytes]) -> int:
        """A tree on the heap (2.3.2) of rows in the order of their keys; the id of its header."""
        level, root = 0, 0
        while rows and (level == 0 or len(rows) > 1):
            fan = LARGEST // len(rows[0])
            groups = [rows[at : at + fan] for at in range(0, len(rows), fan)]
            ids = [self.add(b"".join(group)) for group in groups]
            root = ids[0]
            rows = [group[0][:key] + struct.pack("<I", number) for group, number in zip(groups, ids, strict=True)]
            level += 1
        return self.add(struct.pack("<BBBBI", 0xB5, key, size, max(level - 1, 0), root))

    def close(self, root: int) -> Stored:
        """Write it."""
        pieces = []
        for index, block in enumerate(self._blocks):
            head = 12 if index == 0 else 66 if index % 128 == 8 else 2
            starts = [head]
            for data in block:
                starts.append(starts[-1] + len(data))
            at = starts[-1] + starts[-1] % 2
            begin = struct.pack("<H", at)
            if index == 0:
                begin += struct.pack("<BBI", 0xEC, self._client, root)
            page_map = struct.pack(f"<HH{len(starts)}H", len(block), 0, *starts)
            pieces.append((begin.ljust(head, b"\x00") + b"".join(block)).ljust(at, b"\x00") + page_map)
        return Stored(self._file.pieces(pieces), self._file.subnodes(self.subnodes))


def property_list(file: PstFile, values: Values, subnodes: Mapping[int, tuple[int, int]] | None = None) -> Stored:
    """A property context (2.3.3); `subnodes` are those of the item beside what its values need."""
    heap = Heap(file, _LIST)
    heap.subnodes.update(subnodes or {})
    rows = []
    for number in sorted(values):
        kind, data = encoded(values[number], file.wide)
        short = len(data) <= 4 and kind in (0x0003, 0x000B)
        held = data.ljust(4, b"\x00") if short else struct.pack("<I", heap.put(data))
        rows.append(struct.pack("<HH", number, kind) + held)
    return heap.close(heap.tree(2, 6, rows))


def table(file: PstFile, columns: Values, rows: Sequence[tuple[int, Values]]) -> Stored:
    """A table context (2.3.4) of rows with their ids. `columns` are numbers with a value of their type."""
    heap = Heap(file, _TABLE)
    kinds = {number: encoded(example, file.wide) for number, example in columns.items()}
    kinds |= {_ROW_ID: (3, bytes(4)), _ROW_VERSION: (3, bytes(4))}
    order = [_ROW_ID, _ROW_VERSION, *sorted(set(kinds) - {_ROW_ID, _ROW_VERSION})]
    widths = {number: {0x0003: 4, 0x000B: 1, 0x0040: 8}.get(kinds[number][0], 4) for number in order}
    order.sort(key=lambda number: widths[number] < 4)
    places, at = {}, 0
    for number in order:
        places[number], at = at, at + widths[number]
    whole = sum(width for width in widths.values() if width >= 4)
    size = at + (len(order) + 7) // 8
    written = [_row(heap, file.wide, places, widths, at, size, {**row, _ROW_ID: i, _ROW_VERSION: 1}) for i, row in rows]
    index = sorted((row_id, index) for index, (row_id, _) in enumerate(rows))
    root = heap.tree(4, 4 if file.wide else 2, [struct.pack("<II" if file.wide else "<IH", *pair) for pair in index])
    described = b"".join(
        struct.pack("<HHHBB", kinds[n][0], n, places[n], widths[n], list(places).index(n)) for n in sorted(order)
    )
    if len(written) * size <= LARGEST:
        held = heap.put(b"".join(written))
    else:
        fan = file.most // size
        groups = [b"".join(written[at : at + fan]) for at in range(0, len(written), fan)]
        held = heap.sub(file.pieces([*(group.ljust(file.most, b"\x00") for group in groups[:-1]), groups[-1]]))
    info = struct.pack("<BBHHHHIII", _TABLE, len(order), whole, whole, at, size, root, held, 0)
    return heap.close(heap.add(info + described))


def _row(
    heap: Heap, wide: bool, places: dict[int, int], widths: dict[int, int], bits_at: int, size: int, row: Values
) -> bytes:
    out = bytearray(size)
    for bit, number in enumerate(places):
        if number in row:
            _, data = encoded(row[number], wide)
            fixed = isinstance(row[number], int | datetime)
            held = data if fixed else struct.pack("<I", heap.put(data))
            out[places[number] : places[number] + widths[number]] = held
            out[bits_at + bit // 8] |= 0x80 >> bit % 8
    return bytes(out)


def encoded(value: Value, wide: bool) -> tuple[int, bytes]:
    """The type of a value and its bytes: strings in the file's own form, moments in UTC."""
    if isinstance(value, bool):
        return 0x000B, bytes([value])
    if isinstance(value, int):
        return 0x0003, struct.pack("<I", value & 0xFFFFFFFF)
    if isinstance(value, datetime):
        return 0x0040, struct.pack("<Q", (value - datetime(1601, 1, 1)) // timedelta(microseconds=1) * 10)
    if isinstance(value, tuple):
        return 0x000D, struct.pack("<II", *value)
    if isinstance(value, bytes):
        return 0x0102, value
    return (0x001F, value.encode("utf-16-le")) if wide else (0x001E, value.encode("cp1252", "replace"))
