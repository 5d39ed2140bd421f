"""Reading a shard: the places of words, the lexicon, and the columns."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus_search.index.postings import SHIFT, Keys, Mask, Postings, postings_of
from corpus_search.index.segment import Segment
from corpus_search.index.writing import COLUMNS
from corpus_search.model import ZONE_KINDS
from corpus_search.query.words import wild_fits

KEPT = 16_000_000  # bytes of postings that are kept decoded

Column: TypeAlias = NDArray[np.int64]


class Shard:
    """One shard, open to read. A document is the place of a message in it: `numbers` gives its row."""

    def __init__(self, folder: Path) -> None:
        self._segment = Segment(folder)
        self.numbers, self.lengths, self._zone_starts, self._zones = _columns(folder / COLUMNS)
        self._decoded: OrderedDict[str, Postings] = OrderedDict()
        self._size = 0

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def lexicon(self) -> bytes:
        """All words, each on a line of its own: patterns over words are one search over this."""
        return b"\n%b\n" % self._segment.words()

    def words_like(self, pattern: str) -> list[str]:
        """The words that a pattern with `*` matches."""
        if "*" not in pattern:
            return [pattern] if pattern else []
        return [word for line in self._lines_with(pattern) if wild_fits(pattern, word := line.decode())]

    def _lines_with(self, pattern: str) -> Iterator[bytes]:
        """The lines of the lexicon that hold the longest piece of a pattern."""
        pieces = f"\n{pattern}\n".encode().split(b"*")
        piece, lexicon = max(pieces, key=len), self.lexicon
        if piece == b"\n":
            yield from filter(None, lexicon.split(b"\n"))
            return
        if piece.startswith(b"\n"):
            yield from self._lines_from(piece[1:])
            return
        at = lexicon.find(piece)
        while at >= 0:
            stop = lexicon.find(b"\n", at + len(piece) - piece.endswith(b"\n"))
            yield lexicon[lexicon.rfind(b"\n", 0, at) + 1 : stop]
            at = lexicon.find(piece, stop)

    def _lines_from(self, prefix: bytes) -> Iterator[bytes]:
        """The lines of the lexicon, which is in order, that begin so."""
        lexicon = self.lexicon

        def line_at(at: int) -> bytes:
            return lexicon[lexicon.rfind(b"\n", 0, at) + 1 : lexicon.find(b"\n", at)]

        at = bisect_left(range(len(lexicon)), prefix, key=line_at)
        while (line := line_at(at)).startswith(prefix):
            yield line
            at = lexicon.find(b"\n", at) + 1

    def postings(self, word: str) -> Postings:
        """Where the word stands."""
        known = self._decoded.get(word)
        if known is not None:
            self._decoded.move_to_end(word)
            return known
        found = self._decoded[word] = postings_of(self._segment.blocks(word))
        self._size += found.size
        while self._size > KEPT and len(self._decoded) > 1:
            self._size -= self._decoded.popitem(last=False)[1].size
        return found

    def holding(self, words: Sequence[str]) -> Mask:
        """Which documents hold one of the words."""
        found = np.zeros(len(self), np.bool_)
        for word in words:
            found[self.postings(word).docs] = True
        return found

    def in_zone(self, keys: Keys, kind: str) -> Mask:
        """Which of these places stand in a zone of a kind."""
        starts = self._zone_keys
        at = np.searchsorted(starts, keys, "right") - 1
        kinds = self._zones[0::2][at] if len(starts) else np.zeros(len(keys), np.int64)
        same = starts[at] >> SHIFT == keys >> SHIFT if len(starts) else np.zeros(len(keys), np.bool_)
        return np.asarray((at >= 0) & same & (kinds == ZONE_KINDS.index(kind)))

    @cached_property
    def _zone_keys(self) -> Keys:
        """The first place of each zone, rising."""
        docs = np.repeat(np.arange(len(self)), np.diff(self._zone_starts) // 2)
        return np.asarray(docs << SHIFT | self._zones[1::2])


def _columns(file: Path) -> tuple[Column, ...]:
    held = np.fromfile(file, np.int64)
    found, at = [], 0
    for _ in range(4):
        length = int(held[at])
        found.append(held[at + 1 : at + 1 + length])
        at += 1 + length
    return tuple(found)
