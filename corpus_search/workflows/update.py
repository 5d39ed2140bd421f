"""Re-tag and re-index what newer packs or code made stale. The released files are not read."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from corpus_search.model import Party, Record
from corpus_search.packs.digest import digest as tagging_digest
from corpus_search.store import Store
from corpus_search.store.loading import batched
from corpus_search.workflows.finish import finish
from corpus_search.workflows.pool import Lost, Pool, process_pool
from corpus_search.workflows.progress import SILENT, Progress
from corpus_search.workflows.work import Retag, retag

BATCH = 200
TAGGED_WITH = "tagged_with"  # digest of the packs and the tagging code that the stored tags were made with


def update(corpus: Path, workers: int = 1, progress: Progress = SILENT) -> int:
    """Bring tags, links and index up to date; returns the number of messages whose tags or agencies changed."""
    with Store.open_to_write(corpus) as store:
        packs = corpus / "packs"
        folder = packs if packs.is_dir() else None
        changed = _retag_all(store, folder, workers, progress)
        finish(store, workers=workers, progress=progress)
        return changed


def _retag_all(store: Store, packs: Path | None, workers: int, progress: Progress) -> int:
    digest = tagging_digest(packs)
    if store.meta(TAGGED_WITH) == digest:
        return 0
    numbers = store.all_numbers()
    progress.begin("tag", len(numbers), 0)
    changed = 0
    pool: Pool[Retag, tuple[Record, ...]] = Pool(lambda: process_pool(workers), retag, 2 * workers)
    with closing(pool):
        runs = list(batched(numbers, BATCH))
        jobs = (Retag(tuple(map(_bare, store.records_at(run))), packs) for run in runs)
        for (_, result), run in zip(pool.run(jobs), runs, strict=True):
            if not isinstance(result, Lost):
                changed += _store(store, run, result)
            progress.step(len(run), 0)
    with store.transaction():
        store.set_meta(TAGGED_WITH, digest)
        if changed:
            store.changed()
    progress.end()
    return changed


def _bare(record: Record) -> Record:
    """The record with what tagging found about parties taken off again, as a reader gave it."""
    message = record.message

    def bare(party: Party) -> Party:
        return replace(party, agency=None, groups=(), why=None)

    stripped = replace(
        message,
        sender=None if message.sender is None else bare(message.sender),
        to=tuple(map(bare, message.to)),
        cc=tuple(map(bare, message.cc)),
        bcc=tuple(map(bare, message.bcc)),
    )
    return Record(stripped, record.tags)


def _store(store: Store, numbers: Sequence[int], found: Sequence[Record]) -> int:
    """Store the records whose tags or agencies are not what they were; returns how many."""
    stored = store.records_at(numbers)
    changed = 0
    with store.transaction():
        for number, before, after in zip(numbers, stored, found, strict=True):
            if before.tags != after.tags or _agencies(before) != _agencies(after):
                store.retag(number, after)
                changed += 1
    return changed


def _agencies(record: Record) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(party.agency, party.groups) for _, party in record.message.parties()]
