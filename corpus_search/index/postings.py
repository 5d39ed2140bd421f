"""Where one word stands in the messages of a shard, as arrays of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Keys: TypeAlias = NDArray[np.int64]  # places of a shard, each as document << SHIFT | position
Mask: TypeAlias = NDArray[np.bool_]
SHIFT: Final = 32
OVERHEAD: Final = 600  # bytes of three small arrays, beside what they hold


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents (rising) that hold a word, how often each does, and its positions in one after the other."""

    docs: NDArray[np.int32]
    counts: NDArray[np.int32]
    positions: NDArray[Any]  # unsigned, of two bytes where that is enough

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return OVERHEAD + self.docs.nbytes + self.counts.nbytes + self.positions.nbytes

    def keys(self, among: Mask | None = None) -> Keys:
        """All places, in the order of the documents; `among`: only in these documents."""
        if among is not None:
            kept = among[self.docs]
            held = Postings(self.docs[kept], self.counts[kept], self.positions[np.repeat(kept, self.counts)])
            return held.keys()
        starts = self.docs.astype(np.int64) << SHIFT
        return np.asarray(np.repeat(starts, self.counts) | self.positions.astype(np.int64), np.int64)


def postings_of(blocks: Iterable[tuple[Sequence[int], Sequence[bytes]]]) -> Postings:
    """Postings out of blocks of (differences of documents, encoded positions); see `places_format`."""
    docs: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    values: list[bytes] = []
    for steps, encoded in blocks:
        docs.append(np.cumsum(np.array(steps, np.int64)))
        values += encoded
    sizes = np.fromiter(map(len, values), np.int64, len(values))
    held = np.frombuffer(b"".join(values), np.uint8)
    kinds = np.cumsum(sizes) - sizes
    wide = held[kinds] == ord("I")
    if not wide.any():
        positions: NDArray[Any] = np.delete(held, kinds).view(np.uint16)
    else:
        decoded = [np.frombuffer(value, value[:1].decode(), offset=1).astype(np.uint32) for value in values]
        positions = np.concatenate(decoded)
    counts = (sizes - 1) // np.where(wide, 4, 2)
    return Postings(np.concatenate(docs).astype(np.int32), counts.astype(np.int32), positions)


def keys_of_any(words: Sequence[Postings], among: Mask | None = None) -> Keys:
    """The places of several words (in some documents), rising; one where two words stand counts once."""
    if len(words) == 1:
        return words[0].keys(among)
    if not words:
        return np.zeros(0, np.int64)
    every = Postings(
        np.concatenate([word.docs for word in words]),
        np.concatenate([word.counts for word in words]),
        np.concatenate([word.positions for word in words]),
    )
    keys = np.sort(every.keys(among))
    new = np.ones(len(keys), np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    return keys[new]


def stand_in(wanted: Keys, keys: Keys) -> Mask:
    """Which of the wanted stand among rising keys."""
    if not len(keys):
        return np.zeros(len(wanted), np.bool_)
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    return np.asarray(keys[at] == wanted)
