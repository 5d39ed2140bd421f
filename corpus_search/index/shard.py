"""Reading a shard: the places of words, the lexicon, and the columns."""

from __future__ import annotations

import re
import warnings
from array import array
from collections import OrderedDict
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

import re2

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import index
    from whoosh.formats import Positions

from corpus_search.index.writing import COLUMNS, FIELD
from corpus_search.model import ZONE_KINDS

POSITIONS = Positions()
KEPT = 400  # words whose places are kept decoded
Places = dict[int, list[int]]  # row number → positions


class Shard:
    """One shard, open to read."""

    def __init__(self, folder: Path) -> None:
        self._index = index.open_dir(str(folder))
        self._reader: Any = self._index.reader()
        self.numbers, self.lengths, self._zone_starts, self._zones = _columns(folder / COLUMNS)
        self._decoded: OrderedDict[str, Places] = OrderedDict()

    @cached_property
    def place_of(self) -> dict[int, int]:
        """Row number → place in the columns."""
        return {number: place for place, number in enumerate(self.numbers)}

    @cached_property
    def lexicon(self) -> str:
        """All words, each on a line of its own: patterns over words are one search over this."""
        return "\n" + "\n".join(word.decode("utf-8") for word in self._reader.lexicon(FIELD)) + "\n"

    def words_like(self, pattern: str) -> list[str]:
        """The words that a pattern with `*` matches."""
        inner = "[^\n]*".join(re.escape(piece) for piece in re.split(r"\*+", pattern))
        return re.findall(f"(?<=\n){inner}(?=\n)", self.lexicon)

    def words_shaped(self, pattern: str) -> list[str]:
        """The words that a regular expression of the linear-time engine matches whole."""
        found: list[str] = re2.compile(f"(?m)^(?:{pattern})$").findall(self.lexicon)
        return found

    def has(self, word: str) -> bool:
        """Whether the word stands in the shard."""
        return (FIELD, word.encode("utf-8", "replace")) in self._reader

    def numbers_with(self, word: str) -> set[int]:
        """Row numbers of the messages with the word."""
        if word in self._decoded:
            return set(self._decoded[word])
        if not self.has(word):
            return set()
        numbers = self.numbers
        return {numbers[doc] for doc in self._reader.postings(FIELD, word.encode("utf-8", "replace")).all_ids()}

    def frequencies(self, word: str) -> dict[int, int]:
        """How often the word stands in each message, by row number."""
        if word in self._decoded:
            return {number: len(places) for number, places in self._decoded[word].items()}
        if not self.has(word):
            return {}
        matcher = self._reader.postings(FIELD, word.encode("utf-8", "replace"))
        found = {}
        while matcher.is_active():
            found[self.numbers[matcher.id()]] = int(matcher.weight())
            matcher.next()
        return found

    def places(self, word: str, among: Collection[int] | None = None) -> Places:
        """Where the word stands, by row number; `among`: only these rows are wanted."""
        known = self._decoded.get(word)
        if known is not None:
            self._decoded.move_to_end(word)
            return known
        found: Places = {}
        if self.has(word):
            matcher = self._reader.postings(FIELD, word.encode("utf-8", "replace"))
            decode = POSITIONS.decoder("positions")
            numbers = self.numbers
            while matcher.is_active():
                number = numbers[matcher.id()]
                if among is None or number in among:
                    found[number] = decode(matcher.value())
                matcher.next()
        if among is not None:
            return found
        self._decoded[word] = found
        if len(self._decoded) > KEPT:
            self._decoded.popitem(last=False)
        return found

    def zones(self, number: int) -> list[tuple[str, int]]:
        """(kind, first position) of each zone of a message, in order."""
        place = self.place_of[number]
        low, high = self._zone_starts[place], self._zone_starts[place + 1]
        return [(ZONE_KINDS[self._zones[at]], self._zones[at + 1]) for at in range(low, high, 2)]

    def length(self, number: int) -> int:
        """How many words a message has."""
        return int(self.lengths[self.place_of[number]])


def _columns(file: Path) -> tuple[array[int], ...]:
    found = []
    with file.open("rb") as handle:
        for _ in range(4):
            column: array[int] = array("q")
            column.fromfile(handle, int.from_bytes(handle.read(8), "little"))
            found.append(column)
    return tuple(found)
