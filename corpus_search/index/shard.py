"""Reading a shard: the places of words, the lexicon, and the columns."""

from __future__ import annotations

import re
import warnings
from array import array
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import re2

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import index
    from whoosh.codec.whoosh3 import W3LeafMatcher

from corpus_search.index.places_format import Places
from corpus_search.index.writing import COLUMNS, FIELD
from corpus_search.model import ZONE_KINDS

KEPT = 400  # words whose places are kept decoded
Standing = Mapping[int, Sequence[int]]  # row number → positions


class Shard:
    """One shard, open to read."""

    def __init__(self, folder: Path) -> None:
        self._index = index.open_dir(str(folder))
        self._reader: Any = self._index.reader()
        self.numbers, self.lengths, self._zone_starts, self._zones = _columns(folder / COLUMNS)
        self._decoded: OrderedDict[str, Standing] = OrderedDict()

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
        return self.words_shaped("[^\n]*".join(map(re.escape, pattern.split("*"))))

    def words_shaped(self, pattern: str) -> list[str]:
        """The words that a regular expression of the linear-time engine matches whole."""
        return [word for word in re2.compile(f"(?m)^(?:{pattern})$").findall(self.lexicon) if word]

    def has(self, word: str) -> bool:
        """Whether the word stands in the shard."""
        return (FIELD, word.encode("utf-8", "replace")) in self._reader

    def numbers_with(self, word: str) -> set[int]:
        """Row numbers of the messages with the word."""
        if word in self._decoded:
            return set(self._decoded[word])
        numbers = self.numbers
        return {numbers[doc] for docs, _, _ in self._postings(word) for doc in docs}

    def frequencies(self, word: str) -> dict[int, int]:
        """How often the word stands in each message, by row number."""
        if word in self._decoded:
            return {number: len(places) for number, places in self._decoded[word].items()}
        numbers = self.numbers
        return {
            numbers[doc]: int(weight)
            for docs, weights, _ in self._postings(word)
            for doc, weight in zip(docs, weights, strict=True)
        }

    def places(self, word: str, among: Collection[int] | None = None) -> Standing:
        """Where the word stands, by row number; `among`: only these rows are wanted."""
        known = self._decoded.get(word)
        if known is not None:
            self._decoded.move_to_end(word)
            return known
        numbers, decode = self.numbers, Places().decode_positions
        if among is not None:
            return {
                number: decode(value)
                for docs, _, values in self._postings(word)
                for doc, value in zip(docs, values, strict=True)
                if (number := numbers[doc]) in among
            }
        found = {
            numbers[doc]: decode(value)
            for docs, _, values in self._postings(word)
            for doc, value in zip(docs, values, strict=True)
        }
        self._decoded[word] = found
        if len(self._decoded) > KEPT:
            self._decoded.popitem(last=False)
        return found

    def _postings(self, word: str) -> Iterator[tuple[Sequence[int], Sequence[float], Sequence[bytes]]]:
        """(documents, how often, encoded positions) of a word, a block at a time.

        Whoosh's own way, one posting after the other, takes three times as long: so this looks into its matcher, whose
        version is fixed.
        """
        if not self.has(word):
            return
        matcher = self._reader.postings(FIELD, word.encode("utf-8", "replace"))
        if not isinstance(matcher, W3LeafMatcher):  # few enough to stand in the word's own entry
            while matcher.is_active():
                yield (matcher.id(),), (matcher.weight(),), (matcher.value(),)
                matcher.next()
            return
        while matcher.is_active():
            matcher.id(), matcher.weight(), matcher.value()  # each unpacks its column of the block
            yield matcher._ids, matcher._weights, matcher._values
            matcher._next_block()

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
