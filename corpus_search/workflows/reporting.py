"""What is in a corpus: the account, problems, messages, conversations, tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from corpus_search.conversations.likeness import likeness, pairs_of_words
from corpus_search.conversations.showing import Shown, compare, own_words
from corpus_search.model import Message, Problem, Record, Tag
from corpus_search.store import Store
from corpus_search.workflows.indexing import index_state

ALIKE: Final = 0.5  # share of two texts' pairs of words that makes them worth comparing by eye
SLACK: Final = 0.15  # sketches tell the share to within about so much
MOST_ALIKE: Final = 40


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


def records(
    corpus: Path, kind: str | None = None, release: str | None = None, *, fold: bool = False
) -> Iterator[Record]:
    """Every record, in the stable order; with `fold`, of each group of copies the one with the longest text."""
    with Store.open_to_read(corpus) as store:
        if release is not None:
            store.check_release(release)
        yield from store.all_records(kind=kind, release=release, fold=fold)


def one(corpus: Path, message: str) -> Record:
    """The record with this id."""
    with Store.open_to_read(corpus) as store:
        return store.record(message)


@dataclass(frozen=True, slots=True)
class Compared:
    """The copies of a message, the fullest first, and others whose texts are nearly the same, with their likeness."""

    copies: tuple[Shown, ...]
    alike: tuple[tuple[Message, float], ...]


def copies(corpus: Path, message: str) -> Compared:
    """A message beside its copies in this and other releases: which shows more, and what the others lack."""
    with Store.open_to_read(corpus) as store:
        record = store.record(message)
        asked = record.message
        same = [record, *store.records(asked.copies)]
        known = {one.message.id for one in same}
        near = [name for name in store.alike_to(message, ALIKE - SLACK) if name not in known]
        said = pairs_of_words(own_words(asked))
        weighed = [
            (other.message, likeness(said, pairs_of_words(own_words(other.message)))[0])
            for other in store.records(near[:MOST_ALIKE])
        ]
        alike = sorted((pair for pair in weighed if pair[1] >= ALIKE), key=lambda pair: (-pair[1], pair[0].id))
        return Compared(tuple(compare(same)), tuple(alike))


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
