"""Writing a shard: a Whoosh index of messages' words, and beside it the numbers, lengths and zones of its rows."""

from __future__ import annotations

import warnings
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # Whoosh 2.7.4 has old escapes that Python 3.12 warns of
    from whoosh import fields, index

from corpus_search.index.places_format import Places
from corpus_search.index.pool import PackedCodec, PostingsPool
from corpus_search.model import ZONE_KINDS

FIELD = "words"
MEMORY_MB = 32  # of the postings that one writer holds
COLUMNS = "columns.bin"


@dataclass(frozen=True, slots=True)
class IndexDoc:
    """A message for the index: row number, words with positions, how many, zones as (kind, first position)."""

    number: int
    places: Mapping[str, Sequence[int]]
    length: int
    zones: tuple[tuple[str, int], ...]


class Words(fields.TEXT):  # type: ignore[misc]
    """A field that is given words with positions, and does not cut text itself."""

    def __init__(self) -> None:
        super().__init__(phrase=True, stored=False)
        self.format = Places()


def write_shard(folder: Path, docs: Iterable[IndexDoc], most_bytes: int = MEMORY_MB << 20) -> list[int]:
    """Write a shard into an empty folder, holding about `most_bytes` in memory; returns the row numbers in it."""
    folder.mkdir(parents=True, exist_ok=True)
    shard = index.create_in(str(folder), fields.Schema(**{FIELD: Words()}))
    numbers, lengths, zone_starts = array("q"), array("q"), array("q", [0])
    zones = array("q")
    writer = shard.writer(codec=PackedCodec())
    writer.pool = PostingsPool(folder, most_bytes)
    for doc in docs:
        writer.pool.add(writer.docnum, doc.places)
        writer.add_document()
        numbers.append(doc.number)
        lengths.append(doc.length)
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
