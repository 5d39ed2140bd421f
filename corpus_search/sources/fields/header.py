"""What a block of header lines says: parties, date and subject, with what is in doubt about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus_search.model import Party
from corpus_search.sources.dates import read_date
from corpus_search.sources.fields.block import Block
from corpus_search.sources.fields.marks import only_marks, without_marks
from corpus_search.sources.fields.people import read_people
from corpus_search.sources.fields.printed_dates import find_date
from corpus_search.sources.fields.rows import Piece, Row

SHOWN: Final = (("From", "from"), ("To", "to"), ("Cc", "cc"), ("Bcc", "bcc"), ("Date", "sent"), ("Subject", "subject"),
                ("Attachments", "attachments"))  # fmt: skip
_DAY_FIRST: Final = re.compile(
    r"\s*(?:Enviado|Enviada|Fecha|Envoyé|Gesendet|Datum|Inviato|Verzonden|Wysłano|Skickat|Sendt|Data)\b", re.IGNORECASE
)
_MESSAGE_ID: Final = re.compile(r"<?([^\s<>@]{1,200}@[^\s<>@]{1,200})>?")


@dataclass(frozen=True, slots=True)
class PrintedHeader:
    """A header as printed: `sure` from 0 to 1, and in `doubts` why it is not 1. `subject` is None where none stands."""

    sender: Party | None = None
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    bcc: tuple[Party, ...] = ()
    date: str | None = None
    date_as_written: str | None = None
    subject: str | None = None
    attachments: tuple[str, ...] = ()
    message_id: str | None = None
    sure: float = 1.0
    doubts: tuple[str, ...] = ()


def header_of(block: Block, rows: Sequence[Row]) -> PrintedHeader:
    """What the block says."""
    text = {name: block.text(name, rows) for name in block.fields}
    sender, to = _sender(block, text.get("from", "")), read_people(text.get("to", ""), several=True)
    written = text.get("sent") or None
    date = _date(block, written, rows)
    doubts = _doubts(block, sender, date, text)
    match = _MESSAGE_ID.search(text.get("message_id", ""))
    return PrintedHeader(
        sender=sender,
        to=to,
        cc=read_people(text.get("cc", ""), several=True),
        bcc=read_people(text.get("bcc", ""), several=True),
        date=date,
        date_as_written=written,
        subject=_subject(text.get("subject")),
        attachments=_names(text.get("attachments", "")),
        message_id=f"<{match[1]}>" if match else None,
        sure=round(max(0.2, 1.0 - 0.12 * len(doubts)), 2),
        doubts=doubts,
    )


def shown_fields(block: Block) -> list[tuple[str, tuple[Piece, ...]]]:
    """The lines of a readable header: a label, and the pieces of its value; a field without a value has none."""
    lines = []
    for label, name in SHOWN:
        pieces = tuple(one for one in block.fields.get(name, ()) if one.end > one.start)
        if pieces:
            lines.append((label, pieces))
    return lines


def _sender(block: Block, written: str) -> Party | None:
    people = read_people(written, several=False)
    if people:
        return people[0]
    blacked = "from" in block.fields and (not written or only_marks(written))
    return Party(redacted=True) if blacked else None


def _date(block: Block, written: str | None, rows: Sequence[Row]) -> str | None:
    if written is None:
        return None
    label = rows[block.fields["sent"][0].row].text
    found = find_date(without_marks(written), day_first=bool(_DAY_FIRST.match(label)))
    return found.iso if found is not None else read_date(without_marks(written))


def _subject(written: str | None) -> str | None:
    if written is None:
        return None
    cleaned = " ".join(without_marks(written).split()) if only_marks(written[-12:]) or "█" not in written else written
    return cleaned.strip("*_ ") or None if written.startswith(("*", "_")) else cleaned or None


def _names(written: str) -> tuple[str, ...]:
    """Names of attachments, by semicolons, or by commas where each then has an ending."""
    parts = [part.strip() for part in written.split(";") if part.strip()]
    if len(parts) == 1:
        by_comma = [part.strip() for part in written.split(",") if part.strip()]
        if all(re.search(r"\.\w{2,5}$", part) for part in by_comma):
            parts = by_comma
    return tuple(part for part in parts if not only_marks(part))


def _doubts(block: Block, sender: Party | None, date: str | None, text: dict[str, str]) -> tuple[str, ...]:
    doubts = []
    if block.damaged:
        doubts.append("a label is damaged")
    if sender is None:
        doubts.append("no sender stands there")
    elif sender.redacted:
        doubts.append("the sender is blacked out or missing")
    if date is None:
        doubts.append("no date can be read")
    elif "T" not in date:
        doubts.append("no time stands by the date")
    if block.detached:
        doubts.append("labels and values stand apart")
    if "to" not in block.fields and "cc" not in block.fields:
        doubts.append("no recipient stands there")
    if any(len(value) > 3000 for name, value in text.items() if name in ("from", "subject", "sent")):
        doubts.append("a value is very long")
    return tuple(doubts)
