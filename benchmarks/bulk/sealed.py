"""Outlook mailboxes damaged where something stands in them, the checksums made right again: such damage is not seen at once."""

from __future__ import annotations

import io
import random
import struct
import zlib
from functools import lru_cache

from corpus_search.sources.pst_checks import NARROW, WIDE, Check, Layout


def damaged_mailbox(data: bytes, rng: random.Random) -> bytes:
    """A whole mailbox with faults in one to ten of its blocks, its length unchanged."""
    layout, places = _blocks(data)
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 10))):
        at, size = rng.choice(places)
        for _ in range(rng.choice((1, 1, 3))):
            _change(out, at + rng.randrange(rng.choice((size, min(size, 64)))), rng, rng.choice(places))
        if rng.random() < 0.9:
            _seal(out, at, size, layout)
    return bytes(out)


@lru_cache(maxsize=8)
def _blocks(data: bytes) -> tuple[Layout, list[tuple[int, int]]]:
    """Where the blocks stand, and how long they are."""
    layout = WIDE if data[10] > 20 else NARROW
    root = struct.unpack_from(layout.word, data, layout.roots[1])[0]
    places = Check(io.BytesIO(data), layout, root).places.values()
    return layout, [(place >> 16, place & 0xFFFF) for place in places if place & 0xFFFF]


def _change(out: bytearray, at: int, rng: random.Random, other: tuple[int, int]) -> None:
    kind = rng.randrange(5)
    if kind == 0:
        out[at] ^= 1 << rng.randrange(8)
    elif kind == 1:
        struct.pack_into("<H", out, at, rng.choice((0, 1, 0x7FFF, 0x8000, 0xFFFF, rng.randrange(600))))
    elif kind == 2:
        struct.pack_into(
            "<I", out, at, rng.choice((0, 0x7FFFFFFF, 0xFFFFFFFF, rng.randrange(1 << 12), rng.randrange(2048) << 5))
        )
    elif kind == 3:
        struct.pack_into(
            "<Q", out, at, rng.choice((0, 2**63, 2**64 - 1, 4 * rng.randrange(400), 4 * rng.randrange(400) + 2))
        )
    else:
        out[at : at + 16] = out[other[0] : other[0] + 16]


def _seal(out: bytearray, at: int, size: int, layout: Layout) -> None:
    end = at + (size + layout.trailer + 63) // 64 * 64 - layout.trailer
    struct.pack_into("<I", out, end + layout.crc, zlib.crc32(bytes(out[at : at + size]), 0xFFFFFFFF) ^ 0xFFFFFFFF)
