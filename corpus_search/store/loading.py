"""Records out of the store: by id, by conversation, or all in the stable order, a batch at a time."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from corpus_search.model import Attachment, Party, Record, Tag
from corpus_search.store import rows

BATCH = 400
_T = TypeVar("_T")
STABLE_ORDER = "s.release, s.path, s.sha256, m.unit, m.seq"
VISIBLE = "m.held_by IS NULL"
_SELECT = "SELECT m.*, s.release, s.path, s.sha256 FROM messages m JOIN sources s ON s.n = m.source"


def batched(values: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    """Runs of at most `size` values (SQLite takes a bounded number of question marks)."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def records_by_number(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Record]:
    """The records of these row numbers, in that order (numbers that are not there are left out)."""
    found: dict[int, Record] = {}
    for batch in batched(numbers, BATCH):
        found.update(_load(connection, batch))
    return [found[number] for number in numbers if number in found]


def numbers_of(connection: sqlite3.Connection, ids: Iterable[str]) -> list[int]:
    """Row numbers of message ids, in that order."""
    numbers: dict[str, int] = {}
    wanted = list(ids)
    for batch in batched(wanted, BATCH):
        marks = ",".join("?" * len(batch))
        numbers.update(connection.execute(f"SELECT id, n FROM messages WHERE id IN ({marks})", batch))
    return [numbers[one] for one in wanted if one in numbers]


def stable_numbers(
    connection: sqlite3.Connection, *, kind: str | None = None, release: str | None = None
) -> Iterator[int]:
    """Row numbers of all visible messages in the stable order: release, path, place."""
    query = f"SELECT m.n FROM messages m JOIN sources s ON s.n = m.source WHERE {VISIBLE}"
    values: list[str] = []
    if kind is not None:
        query += " AND m.kind = ?"
        values.append(kind)
    if release is not None:
        query += " AND s.release = ?"
        values.append(release)
    for (number,) in connection.execute(f"{query} ORDER BY {STABLE_ORDER}", values).fetchall():
        yield number


def ids_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> tuple[str, ...]:
    """Ids of these row numbers, in that order."""
    ids: dict[int, str] = {}
    for batch in batched(numbers, BATCH):
        marks = ",".join("?" * len(batch))
        ids.update(connection.execute(f"SELECT n, id FROM messages WHERE n IN ({marks})", batch))
    return tuple(ids[number] for number in numbers)


def copy_groups(connection: sqlite3.Connection) -> dict[int, str]:
    """Row number → the group of copies that it is in, for visible messages that have copies."""
    query = f"SELECT m.n, m.copy_of FROM messages m WHERE m.copy_of IS NOT NULL AND {VISIBLE}"
    return dict(connection.execute(query))


def longest_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[int]:
    """These rows with each group of copies folded into its longest text, at the place of its first."""
    groups = copy_groups(connection)
    query = "SELECT n, LENGTH(text) FROM messages WHERE copy_of IS NOT NULL"
    lengths: dict[int, int] = dict(connection.execute(query))
    kept: dict[int | str, int] = {}
    for number in numbers:
        key = groups.get(number, number)
        if key not in kept or lengths[number] > lengths[kept[key]]:
            kept[key] = number
    return list(kept.values())


def thread_numbers(connection: sqlite3.Connection, thread: str) -> list[int]:
    """Row numbers of a conversation's visible messages, oldest first, undated last."""
    query = (
        f"SELECT m.n FROM messages m JOIN sources s ON s.n = m.source WHERE m.thread = ? AND {VISIBLE} "
        f"ORDER BY m.date IS NULL, m.day, m.date, {STABLE_ORDER}"
    )
    return [number for (number,) in connection.execute(query, (thread,))]


def _load(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Record]:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    marks = ",".join("?" * len(numbers))
    found = cursor.execute(f"{_SELECT} WHERE m.n IN ({marks})", numbers).fetchall()
    parties: dict[int, dict[str, list[Party]]] = defaultdict(lambda: defaultdict(list))
    query = f"SELECT * FROM parties WHERE message IN ({marks}) ORDER BY message, field, position"
    for row in cursor.execute(query, numbers):
        parties[row["message"]][row["field"]].append(rows.to_party(row))
    attachments: dict[int, list[Attachment]] = defaultdict(list)
    query = f"SELECT * FROM attachments WHERE message IN ({marks}) ORDER BY message, position"
    for row in cursor.execute(query, numbers):
        attachments[row["message"]].append(rows.to_attachment(row))
    texts = {row["n"]: row["text"] for row in found}
    tags: dict[int, list[Tag]] = defaultdict(list)
    query = f"SELECT * FROM tags WHERE message IN ({marks}) ORDER BY message, position"
    for row in cursor.execute(query, numbers):
        tags[row["message"]].append(rows.to_tag(row, texts[row["message"]]))
    copies = _copies(cursor, [row["copy_of"] for row in found if row["copy_of"]])
    held = _held(cursor, [row["id"] for row in found])
    return {
        row["n"]: Record(
            rows.to_message(
                row,
                parties[row["n"]],
                attachments[row["n"]],
                [one for one in copies.get(row["copy_of"], ()) if one != row["id"]],
                held,
            ),
            tuple(tags[row["n"]]),
        )
        for row in found
    }


def _copies(cursor: sqlite3.Cursor, groups: Sequence[str]) -> dict[str, list[str]]:
    """The visible ids of each group of copies."""
    members: dict[str, list[str]] = defaultdict(list)
    marks = ",".join("?" * len(groups))
    query = f"SELECT m.copy_of, m.id FROM messages m WHERE m.copy_of IN ({marks}) AND {VISIBLE} ORDER BY m.id"
    for group, one in cursor.execute(query, groups):
        members[group].append(one)
    return members


def _held(cursor: sqlite3.Cursor, hosts: Sequence[str]) -> dict[str, str]:
    """Of the messages quoted in these hosts: those held whole, and where."""
    marks = ",".join("?" * len(hosts))
    query = f"SELECT id, held_by FROM messages WHERE within IN ({marks}) AND held_by IS NOT NULL"
    return {row[0]: row[1] for row in cursor.execute(query, hosts)}
