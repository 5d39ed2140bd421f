"""Opening a Whoosh segment to read: its lexicon, and blocks of postings where they lie in the mapped file."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # Whoosh 2.7.4 has old escapes that Python 3.12 warns of
    from whoosh import index
    from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3TermsReader
    from whoosh.filedb.structfile import BufferFile
    from whoosh.reading import SegmentReader, TermNotFound

from corpus_search.index.places_format import Places
from corpus_search.index.writing import FIELD


class _Mapped(W3Codec):  # type: ignore[misc]
    """Whoosh's codec, but that the postings are not copied into memory when they are opened.

    It looks into Whoosh's storage, whose version is fixed.
    """

    def terms_reader(self, storage: Any, segment: Any) -> Any:
        terms, postings = segment.make_filename(self.TERMS_EXT), segment.make_filename(self.POSTS_EXT)
        start, length = storage.a.range(postings)
        mapped = memoryview(storage.a._source)[start : start + length]
        return W3TermsReader(self, storage.open_file(terms), storage.file_length(terms), mapped)


class Segment:
    """The one segment of a shard."""

    def __init__(self, folder: Path) -> None:
        opened: Any = index.open_dir(str(folder))
        contents = opened._read_toc()
        (segment,) = contents.segments
        self._terms = SegmentReader(opened.storage, contents.schema, segment, codec=_Mapped())._terms

    def words(self) -> bytes:
        """All words in order, each on a line of its own."""
        keys, prefix = self._terms._tindex.keys(), len(self._terms._keycoder(FIELD, b""))
        return b"\n".join([key[prefix:] for key in keys])

    def blocks(self, word: str) -> Iterator[tuple[Sequence[int], Sequence[bytes]]]:
        """(differences of documents, encoded positions) of a word, a block at a time; nothing where it does not stand.

        Whoosh's own way, one posting after the other, takes many times as long.
        """
        try:
            info = self._terms.term_info(FIELD, word.encode("utf-8", "replace"))
        except TermNotFound:
            return
        start, (length,) = info.extent()  # Whoosh reads the length back as a tuple
        held = BufferFile(self._terms._postfile[start : start + length])
        matcher = W3LeafMatcher(held, 0, length, Places())
        while matcher.is_active():
            matcher._read_data()
            yield matcher._data[0], matcher._data[2]
            matcher._next_block()


__all__ = ["Segment"]
