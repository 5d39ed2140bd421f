"""Facts that searches and patterns ask of the whole corpus: conversations, kinds of tags, what concerns immigration."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from corpus_search.store.loading import STABLE_ORDER, VISIBLE

# Words by which staff speak of immigration among themselves, in texts where no agency is tagged.
IMMIGRATION_WORDS = (
    "immigration",
    "ice.dhs.gov",
    "cbp.dhs.gov",
    "border patrol",
    "deportation",
    "detainer",
    "the feds",
)
BUILT_IN_KINDS = ("agency", "plate", "lookup", "redaction", "identifier", "person", "organisation")


def tag_kinds(connection: sqlite3.Connection) -> list[str]:
    """The kinds of tags that the packs give, and any further ones in the store."""
    found = {kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM tags")}
    return sorted({*found, *BUILT_IN_KINDS})


def threads(connection: sqlite3.Connection, release: str | None = None) -> list[str]:
    """Ids of the conversations with a visible message (in a release)."""
    where, values = ("", []) if release is None else ("AND s.release = ?", [release])
    query = (
        "SELECT DISTINCT m.thread FROM messages m JOIN sources s ON s.n = m.source "
        f"WHERE m.thread IS NOT NULL AND {VISIBLE} {where} ORDER BY m.thread"
    )
    return [thread for (thread,) in connection.execute(query, values)]


def thread_of_each(connection: sqlite3.Connection) -> dict[int, str]:
    """Row number → id of its conversation, of all rows in one."""
    return dict(connection.execute("SELECT n, thread FROM messages WHERE thread IS NOT NULL"))


def immigration_threads(connection: sqlite3.Connection, release: str | None = None) -> list[str]:
    """Ids of the conversations in which a party, or an agency named, is an immigration body, or its work is named."""
    where, values = ("", []) if release is None else ("AND s.release = ?", [release])
    mark = '%"immigration"%'
    named = " OR ".join("m.text LIKE ?" for _ in IMMIGRATION_WORDS)
    query = (
        "SELECT DISTINCT m.thread FROM messages m JOIN sources s ON s.n = m.source "
        f"WHERE m.thread IS NOT NULL AND {VISIBLE} AND m.kind = 'message' {where} AND (m.n IN "
        "(SELECT message FROM parties WHERE groups LIKE ? OR known_groups LIKE ?) OR m.n IN "
        "(SELECT message FROM tags WHERE kind = 'agency' AND groups LIKE ?) "
        f"OR {named}) ORDER BY m.thread"
    )
    words = [f"%{word}%" for word in IMMIGRATION_WORDS]
    return [thread for (thread,) in connection.execute(query, [*values, mark, mark, mark, *words])]


def digest_lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Files, messages with their links, parties and tags: a line each, in the stable order."""
    for row in connection.execute("SELECT release, path, sha256, state FROM sources ORDER BY release, path, sha256"):
        yield "\t".join(map(str, row)) + "\n"
    query = (
        "SELECT m.n, m.id, m.kind, m.within, m.held_by, m.date, m.subject, m.thread, m.copy_of, m.text, m.zones, "
        "m.places "
        f"FROM messages m JOIN sources s ON s.n = m.source ORDER BY {STABLE_ORDER}"
    )
    for number, *facts in connection.execute(query):
        yield "\t".join(map(str, facts)) + "\n"
        parties = (
            "SELECT field, name, address, agency, groups, known_agency FROM parties WHERE message = ? "
            "ORDER BY field, position"
        )
        tags = "SELECT kind, value, groups, start, stop, zone, rule FROM tags WHERE message = ? ORDER BY position"
        for inner in (parties, tags):
            for row in connection.execute(inner, (number,)):
                yield "\t".join(map(str, row)) + "\n"
