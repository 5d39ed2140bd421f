"""Checks of the store's own order, gaps in a release, taking a release out."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

_STAMP = re.compile(r"^(.*?)(\d{2,12})$", re.DOTALL)
LONGEST_GAP = 100_000  # a jump of more numbers is another numbering, not a gap


def remove_release(connection: sqlite3.Connection, name: str) -> None:
    """Take a release and everything of it out."""
    connection.execute("DELETE FROM releases WHERE name = ?", (name,))


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the database file itself, in its own words."""
    try:
        lines = [line for (line,) in connection.execute("PRAGMA integrity_check(20)").fetchall()]
    except sqlite3.DatabaseError as error:  # too damaged even to be checked
        lines = [str(error)]
    yield from (str(line) for line in lines if line != "ok")
    if lines != ["ok"]:
        return
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"row {row} of {table} points to a row of {parent} that is not there"


def gaps(connection: sqlite3.Connection, release: str) -> dict[str, Any]:
    """Runs of Bates numbers that no page of the release bears, and how many replies answer mail it does not hold."""
    numbers: dict[str, dict[int, str]] = defaultdict(dict)
    query = "SELECT m.places FROM messages m JOIN sources s ON s.n = m.source WHERE s.release = ?"
    for (places,) in connection.execute(query, (release,)):
        for _, _, bates, *_ in json.loads(places):
            if bates and (stamp := _STAMP.match(bates)):
                numbers[stamp.group(1)][int(stamp.group(2))] = bates
    missing = [gap for prefix in sorted(numbers) for gap in _gaps_of(prefix, numbers[prefix])]
    (unreleased,) = connection.execute(
        "SELECT COUNT(*) FROM messages m JOIN sources s ON s.n = m.source WHERE s.release = ? AND m.held_by IS NULL "
        "AND m.in_reply_to IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages o WHERE o.message_id = m.in_reply_to)",
        (release,),
    ).fetchone()
    return {"bates": missing, "unreleased": unreleased}


def _gaps_of(prefix: str, stamps: dict[int, str]) -> Iterator[dict[str, Any]]:
    width = len(next(iter(stamps.values()))) - len(prefix)
    ordered = sorted(stamps)
    for before, after in pairwise(ordered):
        if 1 < after - before <= LONGEST_GAP:
            yield {
                "from": f"{prefix}{before + 1:0{width}}",
                "to": f"{prefix}{after - 1:0{width}}",
                "missing": after - before - 1,
            }
