"""Writing a shard: a Whoosh index of messages' words, and beside it the numbers, lengths and zones of its rows."""

from __future__ import annotations

import warnings
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # Whoosh 2.7.4 has old escapes that Python 3.12 warns of
    from whoosh import fields, index

from corpus_search.index.places_format import Places
from corpus_search.model import ZONE_KINDS

FIELD = "words"
MEMORY_MB = 128  # of one writer; two writers with 128 are as fast as with 512
COLUMNS = "columns.bin"


@dataclass(frozen=True, slots=True)
class IndexDoc:
    """A message for the index: row number, its words with their positions, and zones as (kind, first position)."""

    number: int
    words: tuple[tuple[str, int], ...]
    zones: tuple[tuple[str, int], ...]


class Words(fields.TEXT):  # type: ignore[misc]
    """A field that is given words with positions, and does not cut text itself."""

    def __init__(self) -> None:
        super().__init__(phrase=True, stored=False)
        self.format = Places()

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each word with its frequency and encoded positions."""
        places: dict[str, list[int]] = {}
        for word, position in value:
            places.setdefault(word, []).append(position)
        for word, positions in places.items():
            yield word.encode("utf-8", "replace"), len(positions), float(len(positions)), self.format.encode(positions)


def write_shard(folder: Path, docs: Iterable[IndexDoc]) -> list[int]:
    """Write a shard into an empty folder; returns the row numbers in it."""
    folder.mkdir(parents=True, exist_ok=True)
    shard = index.create_in(str(folder), fields.Schema(words=Words()))
    writer = shard.writer(limitmb=MEMORY_MB)
    numbers, lengths, zone_starts = array("q"), array("q"), array("q", [0])
    zones = array("q")
    for doc in docs:
        writer.add_document(words=doc.words)
        numbers.append(doc.number)
        lengths.append(len(doc.words))
        for kind, first in doc.zones:
            zones.extend((ZONE_KINDS.index(kind), first))
        zone_starts.append(len(zones))
    writer.commit(merge=False)
    shard.close()
    with (folder / COLUMNS).open("wb") as handle:
        for column in (numbers, lengths, zone_starts, zones):
            handle.write(len(column).to_bytes(8, "little"))
            column.tofile(handle)
    return list(numbers)
