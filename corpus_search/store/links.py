"""Facts from which messages are linked (conversations, copies, quoted messages held whole), and the links made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from corpus_search.conversations.facts import LinkFacts, Links, PartyFacts
from corpus_search.conversations.likeness import agreement
from corpus_search.store.loading import BATCH, VISIBLE, batched

PARTIES: Final = 5_000  # that are read at a time


def link_facts(connection: sqlite3.Connection) -> Iterator[LinkFacts]:
    """The facts of every message, in order of row number."""
    parties = _people(connection)
    message, people = next(parties, (0, ()))
    query = (
        "SELECT n, id, kind, within, quoted, date, subject, message_id, in_reply_to, refs, thread_index, body_digest, "
        "sketch FROM messages ORDER BY n"
    )
    for row in connection.execute(query):
        n, one, kind, within, quoted, date, subject, message_id, in_reply_to, refs, thread_index, digest, sketch = row
        while message and message < n:
            message, people = next(parties, (0, ()))
        yield LinkFacts(
            n=n,
            id=one,
            kind=kind,
            within=within,
            quoted=bool(quoted),
            date=date,
            subject=subject,
            message_id=message_id,
            in_reply_to=in_reply_to,
            references=tuple(json.loads(refs)) if refs != "[]" else (),
            thread_index=thread_index,
            body_digest=digest,
            people=people if message == n else (),
            sketch=sketch,
        )


def _people(connection: sqlite3.Connection) -> Iterator[tuple[int, tuple[tuple[str, str | None, str | None], ...]]]:
    """Who wrote and received each message, by row number, in their order."""
    query = "SELECT message, field, name, address FROM parties WHERE redacted = 0 ORDER BY message, field, position"
    for n, parties in groupby(connection.execute(query), itemgetter(0)):
        yield n, tuple((field, name, address) for _, field, name, address in parties)


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


def write_links(connection: sqlite3.Connection, links: Iterable[tuple[int, Links]]) -> None:
    """Store the links, by row number, where they differ from those stored."""
    connection.executemany(
        "UPDATE messages SET thread = ?1, copy_of = ?2, held_by = ?3 "
        "WHERE n = ?4 AND (thread IS NOT ?1 OR copy_of IS NOT ?2 OR held_by IS NOT ?3)",
        ((link.thread, link.copy_of, link.held_by, n) for n, link in links),
    )


def party_facts(connection: sqlite3.Connection) -> Iterator[PartyFacts]:
    """Every party of every message, with the agency found for it in its own message.

    Some are read at a time, so that what is found for them may be stored meanwhile.
    """
    query = (
        "SELECT message, field, position, name, address, agency, groups FROM parties "
        "WHERE redacted = 0 AND (message, field, position) > (?, ?, ?) ORDER BY message, field, position LIMIT ?"
    )
    last: tuple[int, str, int] = (-1, "", -1)
    while rows := connection.execute(query, (*last, PARTIES)).fetchall():
        last = rows[-1][:3]
        for message, field, position, name, address, agency, groups in rows:
            yield PartyFacts(message, field, position, name, address, agency, tuple(json.loads(groups)))


def write_known_people(
    connection: sqlite3.Connection, known: Iterable[tuple[PartyFacts, tuple[str, tuple[str, ...], str]]]
) -> None:
    """Store who was recognised from elsewhere in the corpus: of a party the agency, its groups, and why."""
    connection.execute("UPDATE parties SET known_agency = NULL WHERE known_agency IS NOT NULL")
    connection.executemany(
        "UPDATE parties SET known_agency = ?, known_groups = ?, known_why = ? "
        "WHERE message = ? AND field = ? AND position = ?",
        (
            (agency, json.dumps(groups, ensure_ascii=False), why, party.message, party.field, party.position)
            for party, (agency, groups, why) in known
        ),
    )
