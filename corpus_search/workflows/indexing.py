"""The index beside the store: shards written by as many processes as may work, only for rows that are new."""

from __future__ import annotations

import shutil
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_search.errors import CorpusSearchError
from corpus_search.index.stamp import sign, trusted
from corpus_search.query.view import View
from corpus_search.query.words import places
from corpus_search.store import Store
from corpus_search.store.loading import BATCH, batched
from corpus_search.workflows.pool import Lost, Pool, process_pool
from corpus_search.workflows.progress import Progress

if TYPE_CHECKING:
    from corpus_search.index.proposing import Proposer
    from corpus_search.index.writing import IndexDoc

FOLDER = "index"
MOST_SHARDS = 8  # more are made into few again: each costs every search
ROWS_A_SHARD = 60_000  # bounds a writer's memory
VERSION = 3


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shard to write: where, and which rows of which corpus."""

    folder: Path
    corpus: Path
    numbers: tuple[int, ...]


class IndexNotWritten(CorpusSearchError):
    """A shard could not be written; the store is whole, and searches work without the index."""


def index_state(store: Store) -> str:
    """Whether the index is fresh, stale (searches ask the store for the rest), or none."""
    facts = trusted(store.corpus / FOLDER)
    if facts is None or facts.get("version") != VERSION or facts.get("tagged_with") != store.meta("tagged_with"):
        return "none"
    return "fresh" if set(_indexed(facts)) >= set(store.visible_numbers()) else "stale"


def _indexed(facts: dict[str, Any]) -> Iterator[int]:
    for low, high in facts["rows"]:
        yield from range(low, high + 1)


def open_index(store: Store) -> Proposer | None:
    """The index where this machine made it and the tags are those it was made with; None elsewhere."""
    facts = trusted(store.corpus / FOLDER)
    if facts is None or facts.get("version") != VERSION or facts.get("tagged_with") != store.meta("tagged_with"):
        return None
    from corpus_search.index.proposing import Proposer  # Whoosh: only where there is an index to open
    from corpus_search.index.shard import Shard

    shards = [Shard(store.corpus / FOLDER / name) for name in facts["shards"]]
    return Proposer(shards, store.search_facts())


def refresh(store: Store, *, workers: int, progress: Progress) -> None:
    """Bring the index up to date: shards for new rows; all anew where tags changed or shards are many.

    Raises:
        IndexNotWritten: a shard could not be written.
    """
    folder = store.corpus / FOLDER
    facts = trusted(folder)
    tagged_with = store.meta("tagged_with")
    rows = sorted(store.visible_numbers())  # those only linked to a whole one are never found
    fresh = facts is not None and facts.get("version") == VERSION and facts.get("tagged_with") == tagged_with
    known = set(_indexed(facts)) if fresh and facts is not None else set()
    new = [number for number in rows if number not in known]
    shards: list[str] = list(facts["shards"]) if fresh and facts is not None else []
    gone = len(known) - (len(rows) - len(new))
    if fresh and not new and gone <= len(rows) // 4:
        return
    if not fresh or len(shards) >= MOST_SHARDS or gone > len(rows) // 4:
        shutil.rmtree(folder, ignore_errors=True)
        shards, known, new = [], set(), rows
    folder.mkdir(exist_ok=True)
    shards += _write(store, folder, new, len(shards), workers, progress)
    sign(
        folder,
        {"version": VERSION, "tagged_with": tagged_with, "shards": shards, "rows": _runs(sorted({*known, *new}))},
    )


def _write(store: Store, folder: Path, new: Sequence[int], first: int, workers: int, progress: Progress) -> list[str]:
    """Write new shards side by side; returns their names."""
    if not new:
        return []
    count = max(min(workers, len(new) // 500 + 1), -(-len(new) // ROWS_A_SHARD))
    size = -(-len(new) // count)
    shelves = [
        Shelf(folder / f"shard{first + at:03}", store.corpus, tuple(new[at * size : (at + 1) * size]))
        for at in range(count)
        if new[at * size : (at + 1) * size]
    ]
    for shelf in shelves:
        shutil.rmtree(shelf.folder, ignore_errors=True)
    progress.begin("index", len(new), 0)
    if len(shelves) == 1 and len(new) < 2000:
        write(shelves[0])  # a process would take longer to begin
    else:
        pool: Pool[Shelf, int] = Pool(lambda: process_pool(workers), write, workers)
        with closing(pool):
            for shelf, written in pool.run(iter(shelves)):
                if isinstance(written, Lost) or written != len(shelf.numbers):
                    raise IndexNotWritten(
                        f"the index of {store.corpus} could not be written; run: corpus-search update"
                    )
                progress.step(len(shelf.numbers), 0)
    progress.end()
    return [shelf.folder.name for shelf in shelves]


def write(shelf: Shelf) -> int:
    """Write one shard; returns how many rows it holds."""
    from corpus_search.index.writing import write_shard

    with Store.open_to_read(shelf.corpus) as store:
        return len(write_shard(shelf.folder, _docs(store, shelf.numbers)))


def _docs(store: Store, numbers: Sequence[int]) -> Iterator[IndexDoc]:
    """The rows as the index takes them: words with their positions, zones by the position of their first word."""
    from corpus_search.index.writing import IndexDoc

    for run in batched(numbers, BATCH):
        for number, record in zip(run, store.records_at(run), strict=True):
            message = record.message
            found, starts = places(message.text)
            if any(tag.kind == "plate" for tag in record.tags):
                found = View(record).places
            length = sum(map(len, found.values()))
            zones = tuple(
                (zone.kind, at if (at := bisect_left(starts, zone.start)) < len(starts) else length)
                for zone in message.zones
            )
            yield IndexDoc(number, found, length, zones)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return runs
