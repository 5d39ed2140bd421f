"""Opening a corpus: one SQLite file in a directory, one writer at a time, readers at any time."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from corpus_search.errors import CorpusBusy, CorpusDamaged, CorpusNotFound, StorageFull

SCHEMA_VERSION = "2"
FILE_NAME = "corpus.sqlite3"
FRESH_NAME = FILE_NAME + ".new"  # with SQLite's own files beside it: -wal, -shm
LOCK_NAME = "writer.lock"
BUSY_SECONDS = 30.0
WRITER_CACHE = 64 << 20  # bytes of the store held in memory: the indexes that each message goes into
READER_CACHE = 16 << 20  # readers read on; what they need again the system holds for them


def database_file(corpus: Path) -> Path:
    """Where the store of a corpus is."""
    return corpus / FILE_NAME


def is_corpus(corpus: Path) -> bool:
    """Whether the directory holds a corpus."""
    return database_file(corpus).is_file()


@contextmanager
def writer_lock(corpus: Path) -> Iterator[None]:
    """Hold the corpus's one writer's place; the system frees it even when this process is killed.

    Raises:
        CorpusBusy: another run holds it.
    """
    with (corpus / LOCK_NAME).open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = f"another run is writing to {corpus}; wait for it to end (searching works meanwhile)"
            raise CorpusBusy(message) from error
        yield


def create(corpus: Path) -> None:
    """Make an absent or empty directory a corpus; a corpus that is there stays as it is."""
    if is_corpus(corpus):
        return
    corpus.mkdir(parents=True, exist_ok=True)
    begun = [entry for entry in corpus.iterdir() if entry.name.startswith(FRESH_NAME)]  # by a run that was killed
    ours = {LOCK_NAME, "packs", *(entry.name for entry in begun)}
    strangers = sorted(entry.name for entry in corpus.iterdir() if entry.name not in ours)
    if strangers:
        message = f"{corpus} is neither empty nor a corpus (it holds {strangers[0]}); name another folder with --corpus"
        raise CorpusNotFound(message)
    schema = resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
    fresh = corpus / FRESH_NAME
    with storage_errors(corpus):
        for entry in begun:
            entry.unlink()
        connection = sqlite3.connect(fresh)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(schema)
        connection.execute("INSERT INTO meta VALUES ('schema', ?)", (SCHEMA_VERSION,))
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        fresh.rename(database_file(corpus))


def connect(corpus: Path, *, writable: bool = False) -> sqlite3.Connection:
    """A connection to the store of a corpus.

    Raises:
        CorpusNotFound: there is no corpus in that directory.
        CorpusDamaged: its store can't be read, or was made by another version's schema.
    """
    file = database_file(corpus)
    if not file.is_file():
        message = (
            f"no corpus in {corpus}; make one with: corpus-search --corpus {corpus} ingest FOLDER "
            "(or name an existing one with --corpus or $CORPUS_SEARCH_CORPUS)"
        )
        raise CorpusNotFound(message)
    try:
        try:
            connection, version = _opened(str(file))
        except sqlite3.OperationalError:
            if writable or _is_ahead(file):
                raise
            # Nothing can be written here (a protected drive, a full disk), not even SQLite's own list of readers.
            connection, version = _opened(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.OperationalError as error:
        message = f"{file} can't be opened ({error}); make room, or copy the corpus to where it can be written"
        raise CorpusDamaged(message) from error
    except sqlite3.DatabaseError as error:
        message = f"{file} can't be read ({error}); if you have a copy of the corpus, use it, else ingest again"
        raise CorpusDamaged(message) from error
    if version != SCHEMA_VERSION:
        message = f"{file} was made by another version of corpus-search; ingest the release again into a new folder"
        raise CorpusDamaged(message)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{(WRITER_CACHE if writable else READER_CACHE) >> 10}")
    if not writable:
        connection.execute("PRAGMA query_only = ON")
    return connection


def _opened(name: str, *, uri: bool = False) -> tuple[sqlite3.Connection, str | None]:
    """A connection to a file, or a `file:` address with how to open it; and the version of its schema."""
    connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None, uri=uri)
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection, row[0] if row else None


def _is_ahead(file: Path) -> bool:
    """Whether something was stored that stands beside the file still, in SQLite's log."""
    log = file.with_name(file.name + "-wal")
    return log.exists() and log.stat().st_size > 0


@contextmanager
def transaction(connection: sqlite3.Connection, corpus: Path) -> Iterator[None]:
    """All of it stored, or none of it.

    Raises:
        StorageFull: the disk took no more; nothing of this transaction was stored.
    """
    with storage_errors(corpus):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def storage_errors(corpus: Path) -> Iterator[None]:
    """Turn the store's own failures into errors that say what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            message = (
                f"the disk that holds {corpus}, or temporary files, takes no more ({error}); what was stored is whole: "
                "make room and run the same command again"
            )
            raise StorageFull(message) from error
        if "locked" in str(error):
            message = f"another run is writing to {corpus}; wait for it to end"
            raise CorpusBusy(message) from error
        raise CorpusDamaged(f"the store of {corpus} can't be used: {error}") from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise  # a fault of ours
        message = f"the store of {corpus} is damaged ({error}); use a copy of it, or ingest again into a new folder"
        raise CorpusDamaged(message) from error
    except OSError as error:
        if error.errno in (28, 122):  # no space left, quota
            message = f"the disk that holds {corpus} is full; make room and run the same command again"
            raise StorageFull(message) from error
        raise
