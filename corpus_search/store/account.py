"""The account: everything that came in, in exactly one count; and the problems, one line each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from corpus_search.model import Place, Problem, Source
from corpus_search.store.loading import VISIBLE

TAG_KINDS = ("agency", "plate", "lookup", "redaction")


def account(connection: sqlite3.Connection, release: str | None = None) -> dict[str, Any]:
    """Counts of what is in the corpus, or in one release, in the shape that `status` prints (but for `index`)."""
    where, values = ("", []) if release is None else ("WHERE s.release = ?", [release])
    sources = connection.execute(
        "SELECT COALESCE(SUM(s.state = 'read'), 0), COALESCE(SUM(s.already), 0), "
        "COALESCE(SUM(s.state = 'failed'), 0), COALESCE(SUM(s.state = 'not_mail'), 0), COUNT(*), "
        "COALESCE(SUM(s.text_pages), 0), COALESCE(SUM(s.ocr_pages), 0), COALESCE(SUM(s.unread_pages), 0) "
        f"FROM sources s {where}",
        values,
    ).fetchone()
    read, already, failed, not_mail, files, text, ocr, unread = sources
    joined = f"FROM messages m JOIN sources s ON s.n = m.source {where or 'WHERE 1'} AND {VISIBLE}"
    messages, within, documents = connection.execute(
        "SELECT COALESCE(SUM(m.kind = 'message'), 0), "
        "COALESCE(SUM(m.kind = 'message' AND m.within IS NOT NULL), 0), "
        f"COALESCE(SUM(m.kind = 'document'), 0) {joined}",
        values,
    ).fetchone()
    return {
        "releases": _one(connection, "SELECT COUNT(*) FROM releases") if release is None else 1,
        "sources": {
            "seen": files + already,
            "read": read,
            "already": already,
            "failed": failed,
            "not_mail": not_mail,
        },
        "pages": {"seen": text + ocr + unread, "text": text, "ocr": ocr, "unread": unread},
        "messages": messages,
        "messages_within": within,
        "documents": documents,
        "attachments": _one(
            connection,
            f"SELECT COUNT(*) FROM attachments a JOIN messages m ON m.n = a.message "
            f"JOIN sources s ON s.n = m.source {where or 'WHERE 1'} AND {VISIBLE}",
            values,
        ),
        "tags": _tags(connection, "message", where, values),
        "document_tags": _tags(connection, "document", where, values),
        "problems": _one(
            connection,
            f"SELECT COUNT(*) FROM problems p JOIN sources s ON s.n = p.source {where}",
            values,
        ),
    }


def _one(connection: sqlite3.Connection, query: str, values: list[str] | None = None) -> int:
    (count,) = connection.execute(query, values or []).fetchone()
    return int(count)


def _tags(connection: sqlite3.Connection, kind: str, where: str, values: list[str]) -> dict[str, int]:
    counts = dict.fromkeys(TAG_KINDS, 0)
    query = (
        "SELECT t.kind, COUNT(*) FROM tags t JOIN messages m ON m.n = t.message JOIN sources s ON s.n = m.source "
        f"{where or 'WHERE 1'} AND {VISIBLE} AND m.kind = ? GROUP BY t.kind ORDER BY t.kind"
    )
    counts.update(connection.execute(query, [*values, kind]))
    return counts


def problems(connection: sqlite3.Connection, release: str | None = None) -> Iterator[Problem]:
    """The problem lines, by release, path and place."""
    where, values = ("", []) if release is None else ("WHERE s.release = ?", [release])
    query = (
        "SELECT s.path, p.member, s.sha256, s.format, s.release, p.place_unit, p.place_number, p.kind, p.reason "
        f"FROM problems p JOIN sources s ON s.n = p.source {where} "
        "ORDER BY s.release, s.path, s.sha256, p.unit, p.place_number, p.n"
    )
    for path, member, sha256, fmt, name, unit, number, kind, reason in connection.execute(query, values).fetchall():
        place = Place(unit, number) if unit is not None else None
        yield Problem(Source(path, member, sha256, fmt), name, kind, reason, place)


def releases(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """The releases with what is known of each, by name."""
    query = "SELECT name, agency, request, received, notes FROM releases ORDER BY name"
    for name, agency, request, received, notes in connection.execute(query).fetchall():
        yield {"name": name, "agency": agency, "request": request, "received": received, "notes": notes}
