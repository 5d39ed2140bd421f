"""What linking holds of a corpus, kept on disk: memory stays the same however many messages there are.

Each table is a database of its own that SQLite keeps in a file without a name: it is gone when it is closed, and when
the process ends in whatever way.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice, starmap
from operator import itemgetter
from typing import Any, Final, Self, TypeVar

from corpus_search.conversations.facts import LinkFacts
from corpus_search.conversations.keys import KEPT

Key = TypeVar("Key")
CACHE: Final = 8 << 10  # KB of a table that are held in memory
RUN: Final = 500  # facts that are fetched together: fewer than the marks that a statement may have
_FACTS = """
CREATE TABLE facts (
    n INTEGER PRIMARY KEY, id TEXT, kind TEXT, within TEXT, host INTEGER, quoted INTEGER, date TEXT, subject TEXT,
    message_id TEXT, in_reply_to TEXT, refs TEXT, thread_index TEXT, body_digest TEXT, people TEXT, sketch BLOB
)
"""
# A quoted message with what its host tells of it: the subject, where it has none, and what the host answers.
_HOSTED = """
CREATE INDEX by_id ON facts(id);
UPDATE facts SET host = (SELECT h.n FROM facts h WHERE h.id = facts.within) WHERE within IS NOT NULL;
CREATE VIEW hosted AS
SELECT f.n, f.id, f.kind, f.within, f.host, f.quoted, f.date,
    CASE WHEN f.quoted THEN coalesce(f.subject, h.subject) ELSE f.subject END AS subject, f.message_id,
    CASE WHEN f.quoted AND h.n IS NOT NULL THEN h.in_reply_to ELSE f.in_reply_to END AS in_reply_to,
    f.body_digest, f.people, f.refs, f.thread_index, f.sketch
FROM facts f LEFT JOIN facts h ON h.n = f.host;
"""

_COMPARED: Final = "n, id, kind, within, host, quoted, date, subject, message_id, in_reply_to, body_digest, people"


class Rows:
    """Rows of one shape, to be read in any order."""

    def __init__(self, *columns: str) -> None:
        self._columns = columns
        self._database = _database(f"CREATE TABLE rows ({', '.join(columns)})")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Keep these rows, too."""
        marks = ", ".join("?" * len(self._columns))
        with self._database:
            self._database.executemany(f"INSERT INTO rows VALUES ({marks})", rows)

    def read(self, *order: str, columns: Sequence[str] = (), distinct: bool = False) -> Iterator[Any]:
        """The rows in this order, or these columns of them; each but once where they are to be distinct."""
        what = ("DISTINCT " if distinct else "") + ", ".join(columns or self._columns)
        sort = f" ORDER BY {', '.join(order)}" if order else ""
        return self._database.execute(f"SELECT {what} FROM rows{sort}")

    def shared(self, key: str, *others: str) -> Iterator[list[Any]]:
        """Runs of at least two rows that have the same key, as (key, *others), in order of these."""
        columns = ", ".join((key, *others))
        often = f"SELECT {key} FROM rows WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1"
        rows = self._database.execute(f"SELECT {columns} FROM rows WHERE {key} IN ({often}) ORDER BY {columns}")
        for _, same in groupby(rows, itemgetter(0)):
            run = list(same)
            if len(run) > 1:
                yield run


class FactsOnDisk:
    """The facts of all messages; a quoted message is given with what its host tells of it."""

    def __init__(self, facts: Iterable[LinkFacts]) -> None:
        self._database = _database(_FACTS)
        with self._database:
            self._database.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * 15)})", map(_row, facts))
            self._database.executescript(_HOSTED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def __iter__(self) -> Iterator[LinkFacts]:
        """What is compared of all of them (no references, thread index and sketch), in order of id."""
        return starmap(_facts, self._database.execute(f"SELECT {_COMPARED} FROM hosted ORDER BY id"))

    def ids(self) -> Iterator[tuple[int, str, bool]]:
        """The row number and id of every message, and whether it was only found quoted; in order of id."""
        return self._database.execute("SELECT n, id, quoted FROM facts ORDER BY id")

    def named(self) -> Iterator[tuple[int, list[str]]]:
        """Of every message all that others of its conversation may name, too: ids of messages, thread indexes."""
        columns = "n, id, within, kind, message_id, in_reply_to, refs, thread_index"
        for n, name, within, kind, *headers, references, index in self._database.execute(
            f"SELECT {columns} FROM hosted"
        ):
            names = ["message " + one for one in (name, within) if one]
            if kind == "message":
                names += ["id " + one for one in (*headers, *(json.loads(references) if references else ())) if one]
                names += ["index " + index] if index else []
            yield n, names

    def sketches(self, kind: str) -> Iterator[tuple[int, bool, bytes]]:
        """The row number, whether it has a message id, and the sketch of all of this kind that have one."""
        query = "SELECT n, message_id IS NOT NULL, sketch FROM facts WHERE kind = ? AND sketch != x''"
        return self._database.execute(query, (kind,))

    def name(self, n: int) -> str:
        """The id of a message."""
        (name,) = self._database.execute("SELECT id FROM facts WHERE n = ?", (n,)).fetchone()
        return str(name)

    def of(self, numbers: Iterable[int]) -> Iterator[LinkFacts]:
        """What is compared of these, in the order given."""
        return (one for _, one in self.along((None, n) for n in numbers))

    def along(self, keyed: Iterable[tuple[Key, int]]) -> Iterator[tuple[Key, LinkFacts]]:
        """The same for numbers that come with something of their own."""
        numbers = iter(keyed)
        while run := list(islice(numbers, RUN)):
            wanted = {n for _, n in run}
            query = f"SELECT {_COMPARED} FROM hosted WHERE n IN ({','.join('?' * len(wanted))})"
            found = {row[0]: _facts(*row) for row in self._database.execute(query, tuple(wanted))}
            yield from ((key, found[n]) for key, n in run)

    def buckets(self, buckets: Iterable[Iterable[int]]) -> Iterator[Iterator[LinkFacts]]:
        """The facts of each bucket of numbers, to be read one bucket after the other."""
        numbered = ((at, n) for at, bucket in enumerate(buckets) for n in bucket)
        for _, bucket in groupby(self.along(numbered), itemgetter(0)):
            yield (one for _, one in bucket)


def _database(schema: str) -> sqlite3.Connection:
    database = sqlite3.connect("")
    database.executescript(f"PRAGMA cache_size = -{CACHE}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    database.execute(schema)
    return database


def _row(one: LinkFacts) -> tuple[Any, ...]:
    return (
        one.n,
        one.id,
        one.kind,
        one.within,
        one.host,
        one.quoted,
        one.date,
        one.subject,
        one.message_id,
        one.in_reply_to,
        json.dumps(one.references) if one.references else "",
        one.thread_index,
        one.body_digest,
        json.dumps(one.people) if one.people else "",
        one.sketch,
    )


def _facts(
    n: int,
    name: str,
    kind: str,
    within: str | None,
    host: int | None,
    quoted: int,
    date: str | None,
    subject: str | None,
    message_id: str | None,
    in_reply_to: str | None,
    body_digest: str,
    people: str,
) -> LinkFacts:
    return LinkFacts(
        n=n,
        id=name,
        kind=kind,
        within=within,
        quoted=bool(quoted),
        date=date,
        subject=subject,
        message_id=message_id,
        in_reply_to=in_reply_to,
        body_digest=body_digest,
        people=_people(people),
        host=host,
    )


@lru_cache(maxsize=KEPT)  # the same people come again soon
def _people(listed: str) -> tuple[tuple[str, str | None, str | None], ...]:
    return tuple((field, name, address) for field, name, address in json.loads(listed)) if listed else ()
