"""The store's one face: open it to read, or, holding the writer's place, to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus_search.conversations.facts import LinkFacts, Links, PartyFacts
from corpus_search.errors import NoSuchMessage, NoSuchRelease
from corpus_search.model import PageCount, Problem, Record
from corpus_search.store import account, database, facts, keeping, links, loading, writing
from corpus_search.store.loading import BATCH, batched
from corpus_search.store.rows import Compared
from corpus_search.store.search_facts import SearchFacts
from corpus_search.store.writing import SourceRow, UnitRow


class Store:
    """What was read and found in one corpus. `connection` is for this room's own functions only."""

    def __init__(self, corpus: Path, connection: sqlite3.Connection) -> None:
        self.corpus = corpus
        self.connection = connection

    @classmethod
    @contextmanager
    def open_to_read(cls, corpus: Path) -> Iterator[Store]:
        """Open to read; works while another process writes."""
        connection = database.connect(corpus)
        try:
            with database.storage_errors(corpus):
                yield cls(corpus, connection)
        finally:
            connection.close()

    @classmethod
    @contextmanager
    def open_to_write(cls, corpus: Path, *, create: bool = False) -> Iterator[Store]:
        """Hold the writer's place; with `create`, an absent or empty directory becomes a corpus."""
        if create:
            corpus.mkdir(parents=True, exist_ok=True)
        elif not database.is_corpus(corpus):
            database.connect(corpus)  # says what is missing
        with database.writer_lock(corpus):
            database.create(corpus)
            connection = database.connect(corpus, writable=True)
            try:
                with database.storage_errors(corpus):
                    yield cls(corpus, connection)
            finally:
                connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it stored, or none of it."""
        with database.transaction(self.connection, self.corpus):
            yield

    def meta(self, key: str) -> str | None:
        """A fact about the corpus as a whole."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Set a fact about the corpus as a whole."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def generation(self) -> int:
        """A number that grows with every change of what searches can find."""
        return int(self.meta("generation") or 0)

    def changed(self) -> None:
        """Say that what searches can find has changed."""
        self.set_meta("generation", str(self.generation() + 1))

    # Records

    def record(self, message: str) -> Record:
        """The record with this id.

        Raises:
            NoSuchMessage: there is none; ids come from `search --json` and `messages --json`.
        """
        found = self.records([message])
        if not found:
            text = f"no message with the id {message!r}; ids are the `id` that search and messages print"
            raise NoSuchMessage(text)
        return found[0]

    def records(self, ids: Sequence[str]) -> list[Record]:
        """The records with these ids, in that order; unknown ids are left out."""
        return loading.records_by_number(self.connection, loading.numbers_of(self.connection, ids))

    def all_records(
        self, *, kind: str | None = None, release: str | None = None, fold: bool = False
    ) -> Iterator[Record]:
        """Every visible record in the stable order (release, path, place), a batch at a time.

        With `fold`, of each group of copies only the one with the longest text.
        """
        numbers = list(loading.stable_numbers(self.connection, kind=kind, release=release))
        if fold:
            numbers = loading.longest_of(self.connection, numbers)
        for batch in batched(numbers, BATCH):
            yield from loading.records_by_number(self.connection, batch)

    def records_at(self, numbers: Sequence[int]) -> list[Record]:
        """Records by row number, in that order."""
        return loading.records_by_number(self.connection, numbers)

    def visible_numbers(self, release: str | None = None) -> list[int]:
        """Row numbers of all visible messages, or those of a release, in the stable order."""
        return list(loading.stable_numbers(self.connection, release=release))

    def order(self) -> dict[int, int]:
        """Row number → place in the stable order."""
        return {number: place for place, number in enumerate(self.visible_numbers())}

    def ids_at(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """Ids by row number, in that order."""
        return loading.ids_of(self.connection, numbers)

    def copy_groups(self) -> dict[int, str]:
        """Row number → group of copies, for visible messages that have copies."""
        return loading.copy_groups(self.connection)

    def dates(self) -> dict[int, tuple[bool, str]]:
        """Row number → (no date, date as written): undated ones sort last."""
        query = f"SELECT m.n, m.date FROM messages m WHERE {loading.VISIBLE}"
        return {number: (date is None, date or "") for number, date in self.connection.execute(query)}

    def thread_numbers(self, thread: str) -> list[int]:
        """Row numbers of a conversation, oldest first, undated last."""
        return loading.thread_numbers(self.connection, thread)

    def all_threads(self, release: str | None = None) -> list[str]:
        """Ids of the conversations, of those with a message in a release."""
        return facts.threads(self.connection, release)

    def thread_of_each(self) -> dict[int, str]:
        """Row number → id of its conversation."""
        return facts.thread_of_each(self.connection)

    def immigration_threads(self, release: str | None = None) -> list[str]:
        """Ids of the conversations in which a party or a tag concerns immigration."""
        return facts.immigration_threads(self.connection, release)

    def search_facts(self) -> SearchFacts:
        """What a search asks of the store instead of the index."""
        return SearchFacts(self.connection)

    def tag_kinds(self) -> list[str]:
        """The kinds of tags that there are, those of the built-in packs always."""
        return facts.tag_kinds(self.connection)

    def digest_lines(self) -> Iterator[str]:
        """What makes the corpus what it is, line by line: files, messages, links and tags, in the stable order."""
        return facts.digest_lines(self.connection)

    def all_numbers(self) -> list[int]:
        """Row numbers of all messages, those that are only linked included."""
        return [number for (number,) in self.connection.execute("SELECT n FROM messages ORDER BY n")]

    def thread(self, one: str) -> list[Record]:
        """The conversation with this id, or that the message with this id is in, oldest first.

        Raises:
            NoSuchMessage: neither a conversation nor a message has this id.
        """
        numbers = loading.thread_numbers(self.connection, one)
        if not numbers:
            record = self.record(one)
            if record.message.thread is None:  # an ingest that has not come to linking yet
                return [record]
            numbers = loading.thread_numbers(self.connection, record.message.thread)
        return loading.records_by_number(self.connection, numbers)

    def check_release(self, name: str) -> None:
        """Raise NoSuchRelease, naming those that there are, where no release has this name."""
        names = [release["name"] for release in self.releases()]
        if name not in names:
            raise NoSuchRelease(f"no release {name!r}; this corpus has: {', '.join(names) or 'none yet'}")

    # The account

    def account(self, release: str | None = None) -> dict[str, Any]:
        """Counts of everything that came in."""
        return account.account(self.connection, release)

    def problems(self, release: str | None = None) -> Iterator[Problem]:
        """What could not be read."""
        return account.problems(self.connection, release)

    def releases(self) -> Iterator[dict[str, Any]]:
        """The releases."""
        return account.releases(self.connection)

    # Links

    def link_facts(self) -> Iterator[LinkFacts]:
        """What linking needs of every message."""
        return links.link_facts(self.connection)

    def own_texts(self, numbers: Iterable[int]) -> dict[int, str]:
        """Own words by row number."""
        return links.own_texts(self.connection, numbers)

    def alike_to(self, message: str, least: float) -> list[str]:
        """Ids of messages and documents whose texts are nearly this one's, most alike first."""
        return links.alike_to(self.connection, message, least)

    def write_links(self, found: Iterable[tuple[int, Links]]) -> None:
        """Store links, by row number."""
        links.write_links(self.connection, found)

    def party_facts(self) -> Iterator[PartyFacts]:
        """Every party, as found in its own message."""
        return links.party_facts(self.connection)

    def write_known_people(self, known: Iterable[tuple[PartyFacts, tuple[str, tuple[str, ...], str]]]) -> None:
        """Store who was recognised from elsewhere in the corpus."""
        links.write_known_people(self.connection, known)

    # Keeping

    def sources(self) -> list[SourceRow]:
        """Every file of the account."""
        return writing.all_sources(self.connection)

    def remove_release(self, name: str) -> None:
        """Take a release out."""
        keeping.remove_release(self.connection, name)

    def faults(self) -> Iterator[str]:
        """What is wrong with the store itself."""
        return keeping.faults(self.connection)

    def gaps(self, release: str) -> dict[str, Any]:
        """Missing Bates numbers and unreleased originals of a release."""
        return keeping.gaps(self.connection, release)

    # Sources

    def add_release(self, name: str, facts: Mapping[str, str | None]) -> None:
        """Register a release."""
        writing.add_release(self.connection, name, facts)

    def find_source(self, release: str, path: str, sha256: str) -> SourceRow | None:
        """A file that came before."""
        return writing.find_source(self.connection, release, path, sha256)

    def open_sources(self) -> list[SourceRow]:
        """Files begun and not finished."""
        return writing.open_sources(self.connection)

    def salt_for(self, release: str, path: str, sha256: str) -> str:
        """What tells the ids of a further file with the same bytes apart."""
        return writing.salt_for(self.connection, release, path, sha256)

    def add_source(self, source: SourceRow) -> int:
        """Enter a file in the account; returns its number."""
        return writing.add_source(self.connection, source)

    def came_again(self, source: int, file: str) -> None:
        """Count a file that is in the corpus already."""
        writing.came_again(self.connection, source, file)

    def forget_source(self, source: int) -> None:
        """Take a file, and all that was read from it, out of the corpus."""
        writing.forget_source(self.connection, source)

    def forget_failed(self, release: str, path: str, file: str) -> int:
        """Take out what stands for a file that could not be reached, or changed, when it was tried before."""
        return writing.forget_failed(self.connection, release, path, file)

    def clear_source(self, source: int) -> None:
        """Take out what was read from a file, leaving the file in the account."""
        writing.clear_source(self.connection, source)

    def close_source(self, source: int) -> str:
        """Settle a file all of whose units are stored."""
        return writing.close_source(self.connection, source)

    def set_format(self, source: int, fmt: str) -> None:
        """Say what format a file was found to be."""
        writing.set_format(self.connection, source, fmt)

    def add_units(self, units: Sequence[UnitRow]) -> None:
        """Enter the pieces that a file will be read in."""
        writing.add_units(self.connection, units)

    def units_of(self, source: int) -> list[UnitRow]:
        """The pieces of a file, in order."""
        return writing.units_of(self.connection, source)

    def unit_done(self, source: int, seq: int) -> None:
        """Say that a piece is stored."""
        writing.unit_done(self.connection, source, seq)

    def add_records(self, source: int, unit: int, records: Sequence[Record], compared: Sequence[Compared]) -> None:
        """Store what reading a piece gave."""
        writing.add_records(self.connection, source, unit, records, compared)

    def retag(self, number: int, record: Record) -> None:
        """Replace a record's tags and its parties' agencies."""
        writing.retag(self.connection, number, record.message, record.tags)

    def add_problems(self, source: int, unit: int, problems: Iterable[Problem]) -> None:
        """Store problem lines."""
        writing.add_problems(self.connection, source, unit, problems)

    def add_pages(self, source: int, first: int, layouts: Iterable[str]) -> None:
        """Keep pages until all of a file are there."""
        writing.add_pages(self.connection, source, first, layouts)

    def pages_of(self, source: int) -> list[str]:
        """The pages kept of a file, in order."""
        return writing.pages_of(self.connection, source)

    def count_pages(self, source: int, pages: PageCount) -> None:
        """Add to a file's account of pages."""
        writing.count_pages(self.connection, source, pages)
