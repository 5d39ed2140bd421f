"""Messages and tags ⇄ rows: the only place that knows the column order."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from corpus_search.conversations.likeness import sketch
from corpus_search.conversations.showing import own_words
from corpus_search.model import (
    Attachment,
    Message,
    Party,
    Place,
    Redaction,
    Source,
    Tag,
    Zone,
)

MESSAGE_COLUMNS = (
    "id, source, unit, seq, kind, member, format, within, quoted, date, day, date_as_written, subject, message_id, "
    "in_reply_to, refs, thread_index, bulk, confidence, doubts, places, zones, redactions, text, body_digest, sketch"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORD = re.compile(r"\w+")


def storable(text: str | None) -> str | None:
    """The text with lone surrogates (no UTF-8 can hold them) made `?`, one for one, so that offsets stay."""
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")


class Compared(NamedTuple):
    """What a message's own words are compared by: `body_digest` and `likeness.sketch`."""

    digest: str
    sketch: bytes


def compared(message: Message) -> Compared:
    """What the message's own words are compared by. It takes longer than storing it: a worker's task."""
    own = own_words(message)
    return Compared(body_digest(own), sketch(own))


def body_digest(own: str) -> str:
    """A hash of a message's own words, whatever their case, spacing or line breaks; "" when there are none."""
    words = _WORD.findall(own.casefold())
    if not words:
        return ""
    return hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def message_row(message: Message, words: Compared, source: int, unit: int, seq: int) -> tuple[Any, ...]:
    """The values of `MESSAGE_COLUMNS` for a message."""
    day = message.date[:10] if message.date and _DAY.match(message.date) else None
    return (
        message.id,
        source,
        unit,
        seq,
        message.kind,
        storable(message.source.member),
        message.source.format,
        message.within,
        int(message.quoted),
        message.date,
        day,
        storable(message.date_as_written),
        storable(message.subject),
        storable(message.message_id),
        storable(message.in_reply_to),
        storable(_dump(message.references)),
        message.thread_index,
        int(message.bulk),
        message.confidence,
        storable(_dump(message.doubts)),
        _dump([(p.unit, p.number, p.bates, p.read_by, p.confidence, p.start) for p in message.places]),
        _dump([(z.kind, z.start, z.end, z.of) for z in message.zones]),
        storable(_dump([(r.start, r.end, r.code) for r in message.redactions])),
        storable(message.text),
        *words,
    )


def party_rows(message: Message, n: int) -> Iterable[tuple[Any, ...]]:
    """Rows of `parties` for a message; a `from` that is null has no row."""
    position = {"from": 0, "to": 0, "cc": 0, "bcc": 0}
    for field, party in message.parties():
        yield (
            n,
            field,
            position[field],
            storable(party.name),
            storable(party.address),
            int(party.redacted),
            party.agency,
            _dump(party.groups),
            storable(party.why),
        )
        position[field] += 1


def tag_rows(tags: Iterable[Tag], n: int) -> Iterable[tuple[Any, ...]]:
    """Rows of `tags` for a message."""
    for position, tag in enumerate(tags):
        yield (
            n,
            position,
            tag.kind,
            storable(tag.value),
            _dump(tag.groups),
            tag.start,
            tag.end,
            tag.zone,
            tag.by,
            storable(tag.why),
        )


def to_party(row: sqlite3.Row) -> Party:
    """A party with the agency known from elsewhere in the corpus, where its own message does not name one."""
    known = row["known_agency"] is not None
    return Party(
        name=row["name"],
        address=row["address"],
        agency=row["known_agency"] if known else row["agency"],
        groups=tuple(json.loads(row["known_groups"] if known else row["groups"])),
        redacted=bool(row["redacted"]),
        why=row["known_why"] if known else row["why"],
    )


def to_tag(row: sqlite3.Row, text: str) -> Tag:
    """A tag with its stretch of the message's text."""
    return Tag(
        kind=row["kind"],
        value=row["value"],
        groups=tuple(json.loads(row["groups"])),
        text=text[row["start"] : row["stop"]],
        start=row["start"],
        end=row["stop"],
        zone=row["zone"],
        by=row["rule"],
        why=row["why"],
    )


def to_attachment(row: sqlite3.Row) -> Attachment:
    """An attachment."""
    return Attachment(row["name"], row["type"], row["size"], row["sha256"], bool(row["text"]))


def to_message(
    row: sqlite3.Row,
    parties: dict[str, list[Party]],
    attachments: Iterable[Attachment],
    copies: Iterable[str],
    held: dict[str, str],
) -> Message:
    """A message whole; `held` maps ids of quoted messages that are only linked to the ids of those held whole."""
    zones = tuple(
        Zone(kind, start, end, held.get(of, of) if of else None) for kind, start, end, of in json.loads(row["zones"])
    )
    return Message(
        id=row["id"],
        kind=row["kind"],
        release=row["release"],
        source=Source(row["path"], row["member"], row["sha256"], row["format"]),
        places=tuple(Place(*place) for place in json.loads(row["places"])),
        text=row["text"],
        zones=zones,
        within=row["within"],
        quoted=bool(row["quoted"]),
        date=row["date"],
        date_as_written=row["date_as_written"],
        sender=next(iter(parties.get("from", ())), None),
        to=tuple(parties.get("to", ())),
        cc=tuple(parties.get("cc", ())),
        bcc=tuple(parties.get("bcc", ())),
        subject=row["subject"],
        message_id=row["message_id"],
        in_reply_to=row["in_reply_to"],
        references=tuple(json.loads(row["refs"])),
        thread_index=row["thread_index"],
        attachments=tuple(attachments),
        redactions=tuple(Redaction(*redaction) for redaction in json.loads(row["redactions"])),
        bulk=bool(row["bulk"]),
        confidence=row["confidence"],
        doubts=tuple(json.loads(row["doubts"])),
        thread=row["thread"],
        copies=tuple(copies),
    )
