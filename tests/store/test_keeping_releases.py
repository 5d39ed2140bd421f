"""Gaps in Bates runs, replies to mail that was never released, faults of the store, opening what is no corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus_search.errors import (
    CorpusBusy,
    CorpusDamaged,
    CorpusNotFound,
    NoSuchMessage,
    NoSuchRelease,
    StorageFull,
)
from corpus_search.model import Message, Place, Record, Source, Zone
from corpus_search.store import Store, database
from corpus_search.store.database import FILE_NAME, storage_errors
from corpus_search.store.rows import compared
from corpus_search.store.writing import SourceRow

TEXT = "run 7ABC123 please"


def message(number: int, bates: str | None = None, **changes: object) -> Message:
    base = Message(
        f"id{number}",
        "message",
        "r",
        Source("a.pdf", None, "00", "pdf"),
        (Place("page", number, bates),),
        TEXT,
        (Zone("own", 0, len(TEXT)),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open_to_write(tmp_path / "c", create=True) as opened:
        yield opened


def put(store: Store, *messages: Message, release: str = "r") -> None:
    with store.transaction():
        store.add_release(release, {})
        row = SourceRow(0, release, "a.pdf", "/x/a.pdf", "00", 1, "pdf", "", "auto,0", "planned")
        number = store.add_source(row)
        store.add_records(number, 0, [Record(one) for one in messages], [compared(one) for one in messages])
        store.close_source(number)


@pytest.mark.parametrize(
    ("stamps", "gaps"),
    [
        (["A-0001", "A-0002", "A-0003"], []),
        (["A-0001", "A-0004"], [("A-0002", "A-0003", 2)]),
        (["A-0004", "A-0001", "A-0003"], [("A-0002", "A-0002", 1)]),  # in any order
        (["A-0001", "B-0009", "A-0002", "B-0011"], [("B-0010", "B-0010", 1)]),  # two numberings
        (["A-000001", "A-900000"], []),  # a jump that is another numbering
        (["A-0009", "A-0011", None], [("A-0010", "A-0010", 1)]),
        (["OCSD 99", "OCSD 101"], [("OCSD 100", "OCSD 100", 1)]),
        (["no number"], []),
    ],
)
def test_gaps_in_bates_runs(store: Store, stamps: list[str | None], gaps: list[tuple[str, str, int]]) -> None:
    put(store, *(message(number, stamp) for number, stamp in enumerate(stamps, start=1)))
    found = store.gaps("r")["bates"]
    assert [(gap["from"], gap["to"], gap["missing"]) for gap in found] == gaps


def test_replies_to_mail_that_was_never_released(store: Store) -> None:
    put(
        store,
        message(1, message_id="<1@x>"),
        message(2, message_id="<2@x>", in_reply_to="<1@x>"),
        message(3, message_id="<3@x>", in_reply_to="<gone@x>"),
    )
    assert store.gaps("r")["unreleased"] == 1
    put(store, message(4, message_id="<gone@x>", release="later"), release="later")  # a later release has it
    assert store.gaps("r")["unreleased"] == 0


def test_a_release_is_taken_out_with_all_that_hangs_on_it(store: Store) -> None:
    put(store, message(1, message_id="<1@x>"))
    put(store, message(2), release="other")
    with store.transaction():
        store.remove_release("r")
    assert [release["name"] for release in store.releases()] == ["other"]
    for table, left in (("sources", 1), ("messages", 1), ("parties", 0), ("problems", 0)):
        assert store.connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (left,)
    assert list(store.faults()) == []


def test_what_is_asked_for_and_is_not_there(store: Store) -> None:
    put(store, message(1))
    with pytest.raises(NoSuchMessage, match="ids are the `id`"):
        store.record("nothing")
    with pytest.raises(NoSuchMessage):
        store.thread("nothing")
    with pytest.raises(NoSuchRelease, match="this corpus has: r"):
        store.check_release("s")
    assert store.thread("id1")[0].message.id == "id1"
    assert store.records(["id1", "nothing"])[0].message.text == TEXT
    assert store.ids_at(store.all_numbers()) == ("id1",)


def test_the_stores_own_faults_are_told(store: Store) -> None:
    put(store, message(1))
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute("DELETE FROM releases")
    assert any("points to a row of releases" in fault for fault in store.faults())


def test_an_index_of_the_store_that_is_damaged_is_told(tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    with Store.open_to_write(corpus, create=True) as opened:
        put(opened, *(message(number) for number in range(1, 300)))
        (page,) = opened.connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'messages_by_day'"
        ).fetchone()
        opened.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = opened.connection.execute("PRAGMA page_size").fetchone()
    with (corpus / FILE_NAME).open("r+b") as handle:
        handle.seek((page - 1) * size)
        handle.write(b"\x00" * size)
    with Store.open_to_read(corpus) as opened:
        assert list(opened.faults())
    with pytest.raises(CorpusDamaged, match="use a copy of it"), Store.open_to_read(corpus) as opened:
        opened.connection.execute("SELECT COUNT(*) FROM messages WHERE day > '2'").fetchall()


def test_opening_what_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFound, match="make one with"), Store.open_to_read(tmp_path / "nowhere"):
        pass
    with pytest.raises(CorpusNotFound), Store.open_to_write(tmp_path / "nowhere"):
        pass
    (tmp_path / FILE_NAME).write_bytes(b"this is no database at all" * 100)
    with pytest.raises(CorpusDamaged, match="can't be read"), Store.open_to_read(tmp_path):
        pass


def test_a_corpus_of_another_version(tmp_path: Path) -> None:
    with Store.open_to_write(tmp_path / "c", create=True) as opened:
        opened.set_meta("schema", "0")
    with pytest.raises(CorpusDamaged, match="another version"), Store.open_to_read(tmp_path / "c"):
        pass
    assert database.is_corpus(tmp_path / "c")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (sqlite3.OperationalError("database or disk is full"), StorageFull),
        (sqlite3.OperationalError("disk I/O error"), StorageFull),
        (sqlite3.OperationalError("database is locked"), CorpusBusy),
        (sqlite3.OperationalError("no such table: x"), CorpusDamaged),
        (OSError(28, "No space left on device"), StorageFull),
        (OSError(122, "Disk quota exceeded"), StorageFull),
        (sqlite3.DatabaseError("malformed"), CorpusDamaged),
        (sqlite3.IntegrityError("UNIQUE"), sqlite3.IntegrityError),
        (OSError(13, "Permission denied"), OSError),
    ],
)
def test_the_stores_failures_say_what_to_do(tmp_path: Path, error: Exception, expected: type[Exception]) -> None:
    with pytest.raises(expected), storage_errors(tmp_path):
        raise error


def test_a_transaction_that_fails_stores_nothing(store: Store) -> None:
    def stopped() -> None:
        store.add_release("half", {})
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), store.transaction():
        stopped()
    assert list(store.releases()) == []

    def rolled_back() -> None:
        store.connection.execute("ROLLBACK")  # as SQLite itself does on some errors
        raise KeyError

    with pytest.raises(KeyError), store.transaction():
        rolled_back()
    with closing(database.connect(store.corpus)) as to_read, pytest.raises(sqlite3.OperationalError):
        to_read.execute("INSERT INTO releases (name) VALUES ('x')")


def test_facts_of_a_release_that_are_given_later_replace_those_known(store: Store) -> None:
    with store.transaction():
        store.add_release("r", {"agency": "OCSD", "request": "18-1"})
        store.add_release("r", {"agency": None, "request": "18-2", "notes": "second box"})
    (release,) = store.releases()
    assert release == {"name": "r", "agency": "OCSD", "request": "18-2", "received": None, "notes": "second box"}


def test_conversations_by_release(store: Store) -> None:
    put(store, message(1))
    with store.transaction():
        store.connection.execute("UPDATE messages SET thread = id")
    assert store.all_threads() == store.all_threads("r") == ["id1"]
    assert store.all_threads("other") == []
    assert store.immigration_threads("r") == []
