"""Searches: the index proposes, `match` decides; without an index every record is asked, with the same answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus_search.model import Hit
from corpus_search.query import parse
from corpus_search.store import Store
from corpus_search.workflows.searcher import Searcher


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found: the hits asked for, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def search(
    corpus: Path,
    query: str,
    *,
    release: str | None = None,
    limit: int = 20,
    by_date: bool = False,
    use_index: bool = True,
) -> Search:
    """The hits of a query, best (or oldest) first; `limit` 0 is all.

    Raises:
        QueryError: the query can't be read.
        CorpusNotFound, NoSuchRelease: see `errors`.
    """
    with Store.open_to_read(corpus) as store:
        expr = parse(query, kinds=store.tag_kinds())
        if release is not None:
            store.check_release(release)
        searcher = Searcher(store, corpus, use_index=use_index)
        wanted, total = searcher.ranked(expr, release=release, by_date=by_date, limit=limit)
        return Search(tuple(searcher.hits(expr, wanted)), total)
