"""Searches: the index proposes, `match` decides; without an index every record is asked, with the same answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus_search.model import Hit
from corpus_search.query import parse
from corpus_search.store import Store
from corpus_search.workflows.searcher import Ranked, Searcher


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found: the hits asked for, and how many there are in all.

    `folded`, where copies are folded: the id of a hit → ids of further hits that are copies of it.
    """

    hits: tuple[Hit, ...]
    total: int
    folded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def search(
    corpus: Path,
    query: str,
    *,
    release: str | None = None,
    limit: int = 20,
    by_date: bool = False,
    use_index: bool = True,
    fold: bool = False,
) -> Search:
    """The hits of a query, best (or oldest) first; `limit` 0 is all; `fold`: of copies only the first.

    Raises:
        QueryError: the query can't be read.
        CorpusNotFound, NoSuchRelease: see `errors`.
    """
    with Store.open_to_read(corpus) as store:
        expr = parse(query, kinds=store.tag_kinds())
        if release is not None:
            store.check_release(release)
        searcher = Searcher(store, corpus, use_index=use_index)
        if not fold:
            wanted, total = searcher.ranked(expr, release=release, by_date=by_date, limit=limit)
            return Search(tuple(searcher.hits(expr, wanted)), total)
        ranked, _ = searcher.ranked(expr, release=release, by_date=by_date, limit=0)
        kept, behind = _folded(ranked, store.copy_groups())
        wanted = kept if limit == 0 else kept[:limit]
        hits = tuple(searcher.hits(expr, wanted))
        folded = {
            hit.record.message.id: store.ids_at(behind.get(number, ()))
            for hit, (_, number) in zip(hits, wanted, strict=True)
        }
        return Search(hits, len(kept), folded)


def _folded(ranked: Sequence[Ranked], groups: Mapping[int, str]) -> tuple[list[Ranked], dict[int, list[int]]]:
    """The first of each group of copies; and, by its row, the rows of the others."""
    first: dict[str, int] = {}
    kept: list[Ranked] = []
    behind: dict[int, list[int]] = {}
    for score, number in ranked:
        group = groups.get(number)
        if group is not None and first.setdefault(group, number) != number:
            behind.setdefault(first[group], []).append(number)
        else:
            kept.append((score, number))
    return kept, behind
