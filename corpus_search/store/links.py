"""Facts from which messages are linked (conversations, copies, quoted messages held whole), and the links made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from corpus_search.conversations.facts import LinkFacts, Links, PartyFacts
from corpus_search.conversations.likeness import agreement
from corpus_search.store.loading import BATCH, VISIBLE, batched


def link_facts(connection: sqlite3.Connection) -> Iterator[LinkFacts]:
    """The facts of every message, in order of id (so that nothing depends on the order of arrival)."""
    kept: dict[Any, Any] = {}  # people and message ids recur: each is held once
    people: dict[int, tuple[tuple[str, str | None, str | None], ...]] = {}
    query = "SELECT message, field, name, address FROM parties WHERE redacted = 0 ORDER BY message, field, position"
    for n, parties in groupby(connection.execute(query), itemgetter(0)):
        people[n] = tuple(kept.setdefault(party[1:], party[1:]) for party in parties)
    query = (
        "SELECT n, id, kind, within, quoted, date, subject, message_id, in_reply_to, refs, thread_index, body_digest, "
        "sketch FROM messages ORDER BY id"
    )
    for row in connection.execute(query):
        n, one, kind, within, quoted, date, subject, message_id, in_reply_to, refs, thread_index, digest, sketch = row
        yield LinkFacts(
            n=n,
            id=one,
            kind=kind,
            within=kept.setdefault(within, within),
            quoted=bool(quoted),
            date=date,
            subject=subject,
            message_id=kept.setdefault(message_id, message_id),
            in_reply_to=kept.setdefault(in_reply_to, in_reply_to),
            references=tuple(kept.setdefault(other, other) for other in json.loads(refs)) if refs != "[]" else (),
            thread_index=thread_index,
            body_digest=digest,
            people=people.pop(n, ()),
            sketch=sketch,
        )


def own_texts(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The own words of these messages, by row number."""
    texts: dict[int, str] = {}
    for batch in batched(sorted(set(numbers)), BATCH):
        marks = ",".join("?" * len(batch))
        query = f"SELECT n, text, zones FROM messages WHERE n IN ({marks})"
        for n, text, zones in connection.execute(query, batch):
            texts[n] = "\n".join(text[start:end] for kind, start, end, _ in json.loads(zones) if kind == "own")
    return texts


def alike_to(connection: sqlite3.Connection, message: str, least: float) -> list[str]:
    """Ids of visible messages whose sketches agree with this one's by at least so much, most alike first."""
    (wanted,) = connection.execute("SELECT sketch FROM messages WHERE id = ?", (message,)).fetchone()
    query = f"SELECT m.id, m.sketch FROM messages m WHERE m.id != ? AND m.sketch != x'' AND {VISIBLE}"
    found = [(agreement(wanted, one), name) for name, one in connection.execute(query, (message,))] if wanted else []
    return [name for agreed, name in sorted(found, key=lambda pair: (-pair[0], pair[1])) if agreed >= least]


def write_links(connection: sqlite3.Connection, links: Mapping[int, Links]) -> set[int]:
    """Store the links that differ from those stored; returns the row numbers that changed."""
    known = {
        n: Links(thread, copy_of, held_by)
        for n, thread, copy_of, held_by in connection.execute("SELECT n, thread, copy_of, held_by FROM messages")
        if thread is not None
    }
    changed = {n: link for n, link in links.items() if known.get(n) != link}
    connection.executemany(
        "UPDATE messages SET thread = ?, copy_of = ?, held_by = ? WHERE n = ?",
        [(link.thread, link.copy_of, link.held_by, n) for n, link in sorted(changed.items())],
    )
    return set(changed)


def party_facts(connection: sqlite3.Connection) -> Iterator[PartyFacts]:
    """Every party of every message, with the agency found for it in its own message."""
    query = "SELECT message, field, position, name, address, agency, groups FROM parties WHERE redacted = 0"
    for message, field, position, name, address, agency, groups in connection.execute(query):
        yield PartyFacts(message, field, position, name, address, agency, tuple(json.loads(groups)))


def write_known_people(
    connection: sqlite3.Connection, known: Mapping[tuple[int, str, int], tuple[str, tuple[str, ...], str]]
) -> None:
    """Store who was recognised from elsewhere in the corpus: (message, field, position) → agency, groups, why."""
    connection.execute("UPDATE parties SET known_agency = NULL WHERE known_agency IS NOT NULL")
    connection.executemany(
        "UPDATE parties SET known_agency = ?, known_groups = ?, known_why = ? "
        "WHERE message = ? AND field = ? AND position = ?",
        [
            (agency, json.dumps(groups, ensure_ascii=False), why, *key)
            for key, (agency, groups, why) in sorted(known.items())
        ],
    )
