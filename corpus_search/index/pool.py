"""The postings of a shard in the making: each word's, packed in the order of the documents.

Whoosh's own pool holds a tuple for every posting, sorts them all and asks for a document's length at each. Here the
documents come in order, so a word's postings are only appended, a few bytes each, and only the words are sorted. What
is written is Whoosh's own format, by its own writer.
"""

from __future__ import annotations

import warnings
from array import array
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from struct import Struct
from tempfile import TemporaryFile
from typing import Any, BinaryIO, TypeAlias

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # Whoosh 2.7.4 has old escapes that Python 3.12 warns of
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter

from corpus_search.index.places_format import Places

COMPRESSION = 3
FEW = 8  # postings of a block that is not worth to be compressed: most words stand in one message only
WORD_BYTES = 200  # that a word takes in memory beside its postings
_HEAD = Struct("<III")  # document, how many places, how many bytes they take
_LENGTHS = Struct("<II")  # bytes of a word, and of what is packed of it
_WORD_OF = itemgetter(0)
Postings: TypeAlias = "tuple[bytes, array[int], array[float], list[bytes]]"  # word, documents, how often, places


class PostingsPool:
    """Takes documents in order; gives each word's postings, the words in order.

    Where what it holds grows beyond `most_bytes` it goes to a file without a name in `folder`, to be merged at the end.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes
        self._packed: dict[str, bytearray] = {}
        self._runs: list[BinaryIO] = []
        self._encode = Places().encode
        self._size = 0

    def add(self, document: int, places: Mapping[str, Sequence[int]]) -> None:
        """A document's words with their positions."""
        packed, encode, pack = self._packed, self._encode, _HEAD.pack
        for word, positions in places.items():
            encoded = encode(positions)
            entry = packed.get(word)
            if entry is None:
                entry = packed[word] = bytearray()
                self._size += WORD_BYTES
            entry += pack(document, len(positions), len(encoded))
            entry += encoded
            self._size += _HEAD.size + len(encoded)
        if self._size > self._most:
            self._spill()

    def _spill(self) -> None:
        run = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed in `cleanup`
        self._runs.append(run)
        for word, entry in self._sorted():
            run.write(_LENGTHS.pack(len(word), len(entry)) + word + entry)
        self._size = 0

    def _sorted(self) -> Iterator[tuple[bytes, bytes]]:
        """The words in memory with what is packed of them; none is there afterwards."""
        packed = {word.encode("utf-8", "replace"): entry for word, entry in self._packed.items()}
        self._packed.clear()
        for word in sorted(packed):
            yield word, bytes(packed.pop(word))

    def iter_postings(self) -> Iterator[Postings]:
        """Each word's postings; the pool is empty afterwards."""
        # Of one word the earlier run comes first, and it holds the earlier documents: `merge` keeps that order.
        runs = (*map(_read_back, self._runs), self._sorted())
        for word, entries in groupby(merge(*runs, key=_WORD_OF), key=_WORD_OF):
            yield (word, *_unpacked(b"".join(entry for _, entry in entries)))

    def cleanup(self) -> None:
        """Close the files; each is gone then."""
        for run in self._runs:
            run.close()


def _read_back(run: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    run.seek(0)
    while head := run.read(_LENGTHS.size):
        length, packed = _LENGTHS.unpack(head)
        yield run.read(length), run.read(packed)


def _unpacked(entry: bytes) -> tuple[array[int], array[float], list[bytes]]:
    documents, often, values = array("I"), array("f"), []
    at = 0
    while at < len(entry):
        document, count, length = _HEAD.unpack_from(entry, at)
        at += _HEAD.size
        documents.append(document)
        often.append(count)
        values.append(entry[at : at + length])
        at += length
    return documents, often, values


class _Writer(W3FieldWriter):  # type: ignore[misc]
    """Writes a word's postings a block at a time, where Whoosh's takes them one by one."""

    def add_postings(self, schema: Any, lengths: Any, items: Iterator[Postings]) -> None:
        """All postings of the one field."""
        (name,) = schema.names()
        self.start_field(name, schema[name])
        writer, most = self._postwriter, self._codec._blocklimit
        for word, documents, often, values in items:
            self.start_term(word)
            for low in range(0, len(documents), most):
                if low:
                    writer._write_block()
                writer._ids = documents[low : low + most]
                writer._weights = often[low : low + most]
                writer._values = values[low : low + most]
                writer._maxweight = max(writer._weights)
                writer._compression = COMPRESSION if len(writer._ids) >= FEW else 0
            self.finish_term()
        self.finish_field()


class PackedCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with our way of writing; what it writes is read by Whoosh's own."""

    length_stats = False  # lengths stand in our columns

    def field_writer(self, storage: Any, segment: Any) -> _Writer:
        """The writer of a segment's postings."""
        return _Writer(self, storage, segment)
