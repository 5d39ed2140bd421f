"""Facts that a search asks of the store instead of the index: days, tags, parties, files."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence
from typing import Final

from corpus_search.model import ZONE_KINDS, Message, Party, Record, Source
from corpus_search.query import match
from corpus_search.query.expr import Compare, Field, PartyIs, Phrase, Regex, TagIs, Word
from corpus_search.query.facts import SIGNS, Ready, may_meet, ready, ready_meets
from corpus_search.query.places import compiled
from corpus_search.query.tag_values import names_meet, plate_meets
from corpus_search.query.words import fold
from corpus_search.store.loading import BATCH, batched

# The short texts of a message that a field is asked of, each with its row.
_TEXTS: Final = {
    "subject": "SELECT n, subject FROM messages",
    "release": "SELECT m.n, s.release FROM messages m JOIN sources s ON s.n = m.source",
    "source": "SELECT m.n, s.path FROM messages m JOIN sources s ON s.n = m.source UNION ALL "
    "SELECT n, member FROM messages WHERE member IS NOT NULL",
    "format": "SELECT n, format FROM messages",
    "attachment": "SELECT message, COALESCE(NULLIF(name, ''), type) FROM attachments",
}
# What a message can have, beside tags of a kind, each with its rows.
_HAVING: Final = {
    "attachment": "SELECT DISTINCT message FROM attachments",
    "attachments": "SELECT DISTINCT message FROM attachments",
    "date": "SELECT n FROM messages WHERE date <> ''",
    "bulk": "SELECT n FROM messages WHERE bulk",
}
_READ_ONLY: Final = ("copy", "copies", "bates", "ocr")  # had by records, like zones; not looked up here
_PERSON: Final = "name, address, redacted, agency, groups, known_agency, known_groups"


class SearchFacts:
    """Row numbers by fact, of one open store; short texts and people are kept once they were asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known_texts: dict[str, list[tuple[Ready, array[int]]]] = {}
        self._known_people: dict[str, list[tuple[tuple[object, ...], Ready]]] = {}

    def on_days(self, first: str | None, last: str | None) -> Sequence[int]:
        """Rows dated from one ISO day to another, both included; None: open."""
        query = "SELECT n FROM messages WHERE day IS NOT NULL AND day >= ? AND day <= ?"
        return self._numbers(query, (first or "", last or "9999-99-99"))

    def with_tag(self, expr: TagIs, zone: str | None) -> dict[int, int]:
        """Row → how many of its tags meet kind:value (in zones of one kind)."""
        where, zoned = ("", ()) if zone is None else (" AND t.zone = ?", (zone,))
        query = f"SELECT t.message, t.value, t.groups, t.rule FROM tags t WHERE t.kind = ?{where}"
        met = self._tags_by_name(expr)
        counts: Counter[int] = Counter()
        if expr.value == "*":
            counts.update(message for message, *_ in self._connection.execute(query, (expr.kind, *zoned)))
            return counts
        for one in met:
            again = f"{query} AND t.value IS ? AND t.groups = ? AND t.rule = ?"
            counts.update(message for message, *_ in self._connection.execute(again, (expr.kind, *zoned, *one)))
        if expr.kind != "plate":
            counts.update(self._by_text(expr, met, where, zoned))
        return counts

    def _tags_by_name(self, expr: TagIs) -> set[tuple[str | None, str, str]]:
        """(value, groups, rule) of the tags that are the one asked for by value, group or rule."""
        query = "SELECT DISTINCT value, groups, rule FROM tags WHERE kind = ?"
        met = set()
        for value, groups, rule in self._connection.execute(query, (expr.kind,)).fetchall():
            listed = json.loads(groups)
            if expr.kind == "plate":
                found = plate_meets(value, listed, expr.value, expr.twins)
            else:
                found = names_meet(value, listed, expr.value) or fold(expr.value) == fold(rule)
            if found:
                met.add((value, groups, rule))
        return met

    def _by_text(
        self, expr: TagIs, met: Container[tuple[str | None, str, str]], where: str, zoned: tuple[str, ...]
    ) -> Iterator[int]:
        """The row of each further tag whose own words are the value, whatever its canonical name."""
        query = (
            "SELECT t.message, t.value, t.groups, t.rule, substr(m.text, t.start + 1, t.stop - t.start) "
            f"FROM tags t JOIN messages m ON m.n = t.message WHERE t.kind = ?{where} AND t.stop - t.start = ?"
        )
        asked = fold(expr.value)
        for message, value, groups, rule, text in self._connection.execute(query, (expr.kind, *zoned, len(expr.value))):
            if (value, groups, rule) not in met and fold(text) == asked:
                yield message

    def with_pattern(self, expr: Regex, among: Sequence[int]) -> dict[int, int]:
        """Row → how often the regular expression is met in its text, of these rows."""
        matches = compiled(expr.pattern).finditer
        counts = {}
        for batch in batched(among, BATCH):
            marks = ",".join("?" * len(batch))
            # As bytes: the engine would encode each text, and count its letters up to every match.
            query = f"SELECT n, CAST(text AS BLOB) FROM messages WHERE n IN ({marks})"
            for number, text in self._connection.execute(query, batch):
                met = sum(found.end() > found.start() for found in matches(text))
                if met:
                    counts[number] = met
        return counts

    def with_party(self, expr: PartyIs) -> Sequence[int]:
        """Rows with a party of whom the query holds."""
        also, values = ("", ()) if expr.field == "party" else (" AND field = ?", (expr.field,))
        again = " AND ".join(f"{column} IS ?" for column in _PERSON.split(", "))
        numbers = array("q")
        for person, text in self._people(expr.field):
            if may_meet(expr.query, text) and match(PartyIs("from", expr.query), _of_one(person)) is not None:
                query = f"SELECT message FROM parties WHERE {again}{also}"
                numbers.extend(self._numbers(query, (*person, *values)))
        return numbers

    def _people(self, field: str) -> list[tuple[tuple[object, ...], Ready]]:
        """The different parties of a field, each with all that is known of it as a text."""
        if field not in self._known_people:
            query = f"SELECT DISTINCT {_PERSON} FROM parties" + ("" if field == "party" else " WHERE field = ?")
            rows = self._connection.execute(query, () if field == "party" else (field,))
            self._known_people[field] = [
                (person, ready(" ".join(str(value) for value in person if value))) for person in rows
            ]
        return self._known_people[field]

    def with_field(self, expr: Field) -> Sequence[int] | None:
        """Rows whose field meets the value; None: not known, all may."""
        if expr.name in ("id", "thread", "within") and isinstance(expr.value, Word | Phrase):
            asked = fold(expr.value.text)
            if expr.name == "within" and asked in ("yes", "no"):
                sign = "NOT NULL" if asked == "yes" else "NULL"
                return self._numbers(f"SELECT n FROM messages WHERE within IS {sign}", ())
            return self._numbers(f"SELECT n FROM messages WHERE {expr.name} = ?", (asked,))
        if expr.name == "has" and isinstance(expr.value, Word | Phrase):
            return self._having(fold(expr.value.text))
        if expr.name not in _TEXTS:
            return None
        numbers = array("q")
        for text, rows in self._texts(expr.name):
            if may_meet(expr.value, text) and ready_meets(expr.value, text):
                numbers.extend(rows)
        return numbers

    def attached(self) -> Sequence[int]:
        """Rows of what came attached to a message."""
        return self._numbers("SELECT n FROM messages WHERE within IS NOT NULL AND NOT quoted", ())

    def _having(self, asked: str) -> Sequence[int] | None:
        """Rows that have a tag of a kind, an attachment, a date …; None: not known, all may."""
        if asked in (*ZONE_KINDS, *_READ_ONLY):
            return None
        found = self._numbers("SELECT DISTINCT message FROM tags WHERE kind = ?", (asked,))
        return found + self._numbers(_HAVING[asked], ()) if asked in _HAVING else found

    def _texts(self, field: str) -> list[tuple[Ready, array[int]]]:
        """The different short texts of a field, each with its rows."""
        if field not in self._known_texts:
            rows_of: dict[str, array[int]] = {}
            for number, text in self._connection.execute(_TEXTS[field]):
                rows = rows_of.get(text or "")
                if rows is None:
                    rows = rows_of[text or ""] = array("q")
                rows.append(number)
            self._known_texts[field] = [(ready(text), rows) for text, rows in rows_of.items()]
        return self._known_texts[field]

    def with_number(self, expr: Compare) -> Collection[int]:
        """Rows with a page, or a confidence, in the relation asked for."""
        holds = SIGNS[expr.sign]
        if expr.name == "page":
            query = "SELECT n, places FROM messages"
            return {
                number
                for number, places in self._connection.execute(query)
                if any(holds(place[1], expr.value) for place in json.loads(places))
            }
        query = "SELECT n, COALESCE(confidence, 1.0) FROM messages"
        return {number for number, confidence in self._connection.execute(query) if holds(confidence, expr.value)}

    def _numbers(self, query: str, values: tuple[object, ...]) -> array[int]:
        return array("q", [number for (number,) in self._connection.execute(query, values)])


def _of_one(row: tuple[object, ...]) -> Record:
    """A message whose only party is this one, to be asked about it."""
    name, address, redacted, agency, groups, known_agency, known_groups = row
    known = known_agency is not None
    party = Party(
        name=name if isinstance(name, str) else None,
        address=address if isinstance(address, str) else None,
        agency=str(known_agency) if known else agency if isinstance(agency, str) else None,
        groups=tuple(json.loads(str(known_groups if known else groups))),
        redacted=bool(redacted),
    )
    return Record(Message("", "message", "", Source("", None, "", ""), (), "", (), sender=party))
