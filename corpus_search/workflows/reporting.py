"""What is in a corpus: the account, problems, messages, conversations, tags."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus_search.model import Problem, Record, Tag
from corpus_search.store import Store
from corpus_search.workflows.indexing import index_state


def status(corpus: Path, release: str | None = None) -> dict[str, Any]:
    """The account of a corpus, or of one release."""
    with Store.open_to_read(corpus) as store:
        if release is not None:
            store.check_release(release)
        return store.account(release) | {"index": index_state(store)}


def problems(corpus: Path, release: str | None = None) -> Iterator[Problem]:
    """What could not be read."""
    with Store.open_to_read(corpus) as store:
        if release is not None:
            store.check_release(release)
        yield from store.problems(release)


def records(corpus: Path, kind: str | None = None, release: str | None = None) -> Iterator[Record]:
    """Every record, in the stable order."""
    with Store.open_to_read(corpus) as store:
        if release is not None:
            store.check_release(release)
        yield from store.all_records(kind=kind, release=release)


def one(corpus: Path, message: str) -> Record:
    """The record with this id."""
    with Store.open_to_read(corpus) as store:
        return store.record(message)


def conversation(corpus: Path, message: str) -> list[Record]:
    """The conversation with this id, or that of this message, oldest first."""
    with Store.open_to_read(corpus) as store:
        return store.thread(message)


def tagged(corpus: Path, kind: str | None = None, release: str | None = None) -> Iterator[tuple[Record, Tag]]:
    """Every tag of messages and documents with its record, in the stable order."""
    for record in records(corpus, release=release):
        for tag in record.tags:
            if kind is None or tag.kind == kind:
                yield record, tag
