"""Putting things into the store: sources, units, what reading a unit gave, links between messages."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_search.model import Message, PageCount, Problem, Record, Tag, identify
from corpus_search.store import rows

_SOURCE = "n, release, path, file, sha256, size, format, salt, options, state"
_PARTIES = "INSERT INTO parties (message, field, position, name, address, redacted, agency, groups, why) VALUES "
_TAGS = "INSERT INTO tags (message, position, kind, value, groups, start, stop, zone, rule, why) VALUES "


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A released file as the store knows it."""

    n: int
    release: str
    path: str
    file: str
    sha256: str
    size: int
    format: str
    salt: str
    options: str
    state: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A piece of a source that is still to be read, or was."""

    source: int
    seq: int
    start: int
    stop: int
    first_number: int
    member: str | None
    format: str
    joined: bool
    done: bool


def add_release(connection: sqlite3.Connection, name: str, facts: Mapping[str, str | None]) -> None:
    """Register a release; facts that are given replace those known."""
    connection.execute("INSERT OR IGNORE INTO releases (name) VALUES (?)", (name,))
    for column in ("agency", "request", "received", "notes"):
        if facts.get(column) is not None:
            query = f"UPDATE releases SET {column} = ? WHERE name = ?"
            connection.execute(query, (facts[column], name))


def find_source(connection: sqlite3.Connection, release: str, path: str, sha256: str) -> SourceRow | None:
    """The source with these bytes at this path in this release, if it came before."""
    query = f"SELECT {_SOURCE} FROM sources WHERE release = ? AND path = ? AND sha256 = ?"
    row = connection.execute(query, (release, path, sha256)).fetchone()
    return None if row is None else _source(row)


def salt_for(connection: sqlite3.Connection, release: str, path: str, sha256: str) -> str:
    """ "" for the first source with these bytes; for a further one something that depends on where it stands."""
    taken = connection.execute("SELECT 1 FROM sources WHERE sha256 = ? AND salt = '' LIMIT 1", (sha256,)).fetchone()
    return identify(release, path) if taken else ""


def add_source(connection: sqlite3.Connection, source: SourceRow) -> int:
    """Enter a file in the account; returns its number."""
    cursor = connection.execute(
        "INSERT INTO sources (release, path, file, sha256, size, format, salt, options, state) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'planned')",
        (
            source.release,
            source.path,
            os.fsencode(source.file),
            source.sha256,
            source.size,
            source.format,
            source.salt,
            source.options,
        ),
    )
    number = cursor.lastrowid
    assert number is not None
    return number


def add_units(connection: sqlite3.Connection, units: Iterable[UnitRow]) -> None:
    """Enter the pieces that a file will be read in."""
    connection.executemany(
        "INSERT INTO units (source, seq, start, stop, first_number, member, format, joined) VALUES (?,?,?,?,?,?,?,?)",
        [
            (u.source, u.seq, u.start, u.stop, u.first_number, rows.storable(u.member), u.format, int(u.joined))
            for u in units
        ],
    )


def set_format(connection: sqlite3.Connection, source: int, fmt: str) -> None:
    """Say what format a file was found to be."""
    connection.execute("UPDATE sources SET format = ? WHERE n = ?", (fmt, source))


def came_again(connection: sqlite3.Connection, source: int, file: str) -> None:
    """Count a file that is in the corpus already, and remember where it was seen last."""
    connection.execute("UPDATE sources SET already = already + 1, file = ? WHERE n = ?", (os.fsencode(file), source))


def forget_source(connection: sqlite3.Connection, source: int) -> None:
    """Take a source and all that was read from it out of the store."""
    connection.execute("DELETE FROM sources WHERE n = ?", (source,))


def clear_source(connection: sqlite3.Connection, source: int) -> None:
    """Take out all that was read from a source, leaving the source in the account."""
    for table in ("messages", "problems", "units", "pages"):
        connection.execute(f"DELETE FROM {table} WHERE source = ?", (source,))
    connection.execute("UPDATE sources SET text_pages = 0, ocr_pages = 0, unread_pages = 0 WHERE n = ?", (source,))


def forget_failed(connection: sqlite3.Connection, release: str, path: str, file: str) -> int:
    """Take out what a newer look at a file replaces; returns how many sources.

    Those that could not be reached, or changed while read; and one that was not read to its end before it changed.
    """
    cursor = connection.execute(
        "DELETE FROM sources WHERE release = ? AND path = ? AND ((state = 'failed' AND (sha256 = '' OR n IN "
        "(SELECT source FROM problems WHERE kind = 'changed'))) OR (state = 'planned' AND file = ?))",
        (release, path, os.fsencode(file)),
    )
    return cursor.rowcount


def add_records(
    connection: sqlite3.Connection,
    source: int,
    unit: int,
    records: Sequence[Record],
    compared: Sequence[rows.Compared],
) -> None:
    """Store what reading a unit gave, in the order given."""
    for seq, (record, words) in enumerate(zip(records, compared, strict=True)):
        add_record(connection, record, words, source, unit, seq)


def add_record(
    connection: sqlite3.Connection, record: Record, words: rows.Compared, source: int, unit: int, seq: int
) -> None:
    """Store a message with its parties, attachments and tags."""
    message = record.message
    values = rows.message_row(message, words, source, unit, seq)
    marks = ",".join("?" * len(values))
    cursor = connection.execute(f"INSERT INTO messages ({rows.MESSAGE_COLUMNS}) VALUES ({marks})", values)
    number = cursor.lastrowid
    assert number is not None
    connection.executemany(_PARTIES + "(?,?,?,?,?,?,?,?,?)", rows.party_rows(message, number))
    connection.executemany(
        "INSERT INTO attachments VALUES (?,?,?,?,?,?,?)",
        [
            (number, position, rows.storable(a.name), rows.storable(a.type), a.size, a.sha256, int(a.text))
            for position, a in enumerate(message.attachments)
        ],
    )
    connection.executemany(_TAGS + "(?,?,?,?,?,?,?,?,?,?)", rows.tag_rows(record.tags, number))


def retag(connection: sqlite3.Connection, number: int, message: Message, tags: Sequence[Tag]) -> None:
    """Replace the tags and the parties' agencies of a stored message."""
    connection.execute("DELETE FROM tags WHERE message = ?", (number,))
    connection.execute("DELETE FROM parties WHERE message = ?", (number,))
    connection.executemany(_PARTIES + "(?,?,?,?,?,?,?,?,?)", rows.party_rows(message, number))
    connection.executemany(_TAGS + "(?,?,?,?,?,?,?,?,?,?)", rows.tag_rows(tags, number))


def add_problems(connection: sqlite3.Connection, source: int, unit: int, problems: Iterable[Problem]) -> None:
    """Store problem lines of a unit (-1: of the file as a whole)."""
    connection.executemany(
        "INSERT INTO problems (source, unit, member, place_unit, place_number, kind, reason) VALUES (?,?,?,?,?,?,?)",
        [
            (
                source,
                unit,
                rows.storable(p.source.member),
                p.place.unit if p.place else None,
                p.place.number if p.place else None,
                p.kind,
                rows.storable(p.reason),
            )
            for p in problems
        ],
    )


def add_pages(connection: sqlite3.Connection, source: int, first: int, layouts: Iterable[str]) -> None:
    """Keep pages that were read until all pages of the source are there."""
    connection.executemany(
        "INSERT OR REPLACE INTO pages VALUES (?, ?, ?)",
        [(source, first + offset, rows.storable(layout)) for offset, layout in enumerate(layouts)],
    )


def pages_of(connection: sqlite3.Connection, source: int) -> list[str]:
    """The pages kept for a source, in order."""
    query = "SELECT layout FROM pages WHERE source = ? ORDER BY number"
    return [layout for (layout,) in connection.execute(query, (source,))]


def count_pages(connection: sqlite3.Connection, source: int, pages: PageCount) -> None:
    """Add to a source's account of pages."""
    connection.execute(
        "UPDATE sources SET text_pages = text_pages + ?, ocr_pages = ocr_pages + ?, unread_pages = unread_pages + ? "
        "WHERE n = ?",
        (pages.text, pages.ocr, pages.unread, source),
    )


def unit_done(connection: sqlite3.Connection, source: int, seq: int) -> None:
    """Say that a unit is stored."""
    connection.execute("UPDATE units SET done = 1 WHERE source = ? AND seq = ?", (source, seq))


def units_of(connection: sqlite3.Connection, source: int) -> list[UnitRow]:
    """The units of a source, in order."""
    query = (
        "SELECT source, seq, start, stop, first_number, member, format, joined, done FROM units "
        "WHERE source = ? ORDER BY seq"
    )
    return [
        UnitRow(number, seq, start, stop, first, member, fmt, bool(joined), bool(done))
        for number, seq, start, stop, first, member, fmt, joined, done in connection.execute(query, (source,))
    ]


def close_source(connection: sqlite3.Connection, source: int) -> str:
    """Settle a source all of whose units are stored: read, not_mail or failed; its kept pages are let go."""
    messages, documents = connection.execute(
        "SELECT COALESCE(SUM(kind = 'message'), 0), COALESCE(SUM(kind = 'document'), 0) FROM messages WHERE source = ?",
        (source,),
    ).fetchone()
    (problems,) = connection.execute("SELECT COUNT(*) FROM problems WHERE source = ?", (source,)).fetchone()
    if messages:
        state = "read"
    elif documents or not problems:
        state = "not_mail"
    else:
        state = "failed"
    connection.execute("UPDATE sources SET state = ? WHERE n = ?", (state, source))
    connection.execute("DELETE FROM pages WHERE source = ?", (source,))
    return state


def open_sources(connection: sqlite3.Connection) -> list[SourceRow]:
    """Sources that are entered and not yet read to the end."""
    return [row for row in all_sources(connection) if row.state == "planned"]


def all_sources(connection: sqlite3.Connection) -> list[SourceRow]:
    """Every source, in the order in which they were entered."""
    return [_source(row) for row in connection.execute(f"SELECT {_SOURCE} FROM sources ORDER BY n")]


def _source(row: tuple[Any, ...]) -> SourceRow:
    n, release, path, file, *rest = row
    return SourceRow(n, release, path, os.fsdecode(file), *rest)
