"""Facts that a search asks of the store instead of the index: days, tags, parties, files."""

from __future__ import annotations

import json
import sqlite3
from functools import cached_property

from corpus_search.model import Message, Party, Record, Source
from corpus_search.query import match
from corpus_search.query.expr import Field, PartyIs, Phrase, Word
from corpus_search.query.facts import text_meets
from corpus_search.query.tag_values import names_meet, plate_meets
from corpus_search.query.words import fold
from corpus_search.store.loading import VISIBLE


class SearchFacts:
    """Row numbers by fact, of one open store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def _visible(self) -> frozenset[int]:
        rows = self._connection.execute(f"SELECT m.n FROM messages m WHERE {VISIBLE}")
        return frozenset(number for (number,) in rows)

    def visible(self) -> frozenset[int]:
        """All rows that a search may give."""
        return self._visible

    def on_days(self, first: str | None, last: str | None) -> set[int]:
        """Rows dated from one ISO day to another, both included; None: open."""
        query = "SELECT n FROM messages WHERE day IS NOT NULL AND day >= ? AND day <= ?"
        return self._numbers(query, (first or "", last or "9999-99-99"))

    def with_tag(self, kind: str, value: str, twins: bool) -> set[int]:
        """Rows with a tag that may meet kind:value; by value and groups where those settle it, else all of the kind."""
        if value == "*":
            return self._numbers("SELECT DISTINCT message FROM tags WHERE kind = ?", (kind,))
        query = "SELECT DISTINCT value, groups, rule FROM tags WHERE kind = ?"
        values = []
        for found, groups, rule in self._connection.execute(query, (kind,)).fetchall():
            listed = json.loads(groups)
            if kind == "plate":
                met = plate_meets(found, listed, value, twins)
            else:
                met = names_meet(found, listed, value) or fold(value) == fold(rule)
            if met:
                values.append((found, groups, rule))
        numbers: set[int] = set()
        for one in values:
            numbers |= self._numbers(
                "SELECT message FROM tags WHERE kind = ? AND value IS ? AND groups = ? AND rule = ?", (kind, *one)
            )
        return numbers | self._by_text(kind, value)

    def _by_text(self, kind: str, value: str) -> set[int]:
        """Rows whose tag's own words are the value, whatever its canonical name."""
        if kind == "plate":
            return set()
        query = (
            "SELECT t.message FROM tags t JOIN messages m ON m.n = t.message WHERE t.kind = ? AND t.stop - t.start = ? "
            "AND substr(m.text, t.start + 1, t.stop - t.start) LIKE ?"
        )
        return self._numbers(query, (kind, len(value), value.replace("%", "_")))

    def with_party(self, expr: PartyIs) -> set[int]:
        """Rows with a party of whom the query holds."""
        where = "" if expr.field == "party" else "WHERE field = ?"
        values = () if expr.field == "party" else (expr.field,)
        columns = "name, address, redacted, agency, groups, known_agency, known_groups"
        query = f"SELECT DISTINCT {columns} FROM parties {where}"
        numbers: set[int] = set()
        for row in self._connection.execute(query, values).fetchall():
            if match(PartyIs("from", expr.query), _of_one(row)) is not None:
                again = " AND ".join(f"{column} IS ?" for column in columns.split(", "))
                also = "" if expr.field == "party" else " AND field = ?"
                numbers |= self._numbers(f"SELECT message FROM parties WHERE {again}{also}", (*row, *values))
        return numbers

    def with_field(self, expr: Field) -> set[int] | None:
        """Rows whose field may meet the value; None: all may."""
        if expr.name == "release":
            names = [name for (name,) in self._connection.execute("SELECT name FROM releases")]
            met = [name for name in names if text_meets(expr.value, name)]
            query = "SELECT m.n FROM messages m JOIN sources s ON s.n = m.source WHERE s.release = ?"
            return set().union(*(self._numbers(query, (name,)) for name in met))
        if expr.name in ("id", "thread", "within") and isinstance(expr.value, Word | Phrase):
            if expr.name == "within" and expr.value.text in ("yes", "no"):
                return None
            return self._numbers(f"SELECT n FROM messages WHERE {expr.name} = ?", (expr.value.text.lower(),))
        if expr.name == "attachment":
            query = "SELECT DISTINCT COALESCE(name, type) FROM attachments"
            names = [name for (name,) in self._connection.execute(query) if text_meets(expr.value, name)]
            if len(names) > 2000:
                return None
            query = "SELECT message FROM attachments WHERE COALESCE(name, type) = ?"
            return set().union(*(self._numbers(query, (name,)) for name in names))
        if expr.name == "subject":
            query = "SELECT DISTINCT subject FROM messages WHERE subject IS NOT NULL"
            met = [subject for (subject,) in self._connection.execute(query) if text_meets(expr.value, subject)]
            if len(met) > 2000:
                return None
            return set().union(*(self._numbers("SELECT n FROM messages WHERE subject = ?", (one,)) for one in met))
        return None

    def _numbers(self, query: str, values: tuple[object, ...]) -> set[int]:
        return {number for (number,) in self._connection.execute(query, values)}


def _of_one(row: tuple[object, ...]) -> Record:
    """A message whose only party is this one, to be asked about it."""
    name, address, redacted, agency, groups, known_agency, known_groups = row
    known = agency is None and known_agency is not None
    party = Party(
        name=name if isinstance(name, str) else None,
        address=address if isinstance(address, str) else None,
        agency=str(known_agency) if known else agency if isinstance(agency, str) else None,
        groups=tuple(json.loads(str(known_groups if known else groups))),
        redacted=bool(redacted),
    )
    return Record(Message("", "message", "", Source("", None, "", ""), (), "", (), sender=party))
