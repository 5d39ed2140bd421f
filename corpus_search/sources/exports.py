"""Message exports: tables (Outlook's CSV, spreadsheets of mails) and JSON in which each row is a mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus_search.model import Reading
from corpus_search.sources.charsets import scrub
from corpus_search.sources.headers import Headers
from corpus_search.sources.html import html_to_text
from corpus_search.sources.mail import build_mail
from corpus_search.sources.reading import Origin

# What programs call the parts of a mail, without blanks, marks and case.
_CALLED: Final[dict[str, tuple[str, ...]]] = {
    "subject": ("subject", "emailsubject", "messagesubject"),
    "body": (
        *("body", "messagebody", "emailbody", "bodytext", "textbody", "plainbody", "bodyplain", "content", "text"),
        *("message", "bodycontent", "messagetext"),
    ),
    "html": ("htmlbody", "bodyhtml", "html"),
    "from": ("from", "sender", "author", "fromfull"),
    "from name": ("fromname", "sendername", "fromdisplayname"),
    "from address": ("fromaddress", "senderaddress", "senderemail", "senderemailaddress", "fromemail"),
    "to": ("to", "recipient", "recipients", "sentto"),
    "to name": ("toname", "recipientname", "displayto", "tonames"),
    "to address": ("toaddress", "recipientaddress", "toaddresses", "toemail", "recipientemail"),
    "cc": ("cc", "copyto", "carboncopy"),
    "cc name": ("ccname", "displaycc", "ccnames"),
    "cc address": ("ccaddress", "ccaddresses", "ccemail"),
    "bcc": ("bcc", "blindcopy"),
    "bcc name": ("bccname", "displaybcc", "bccnames"),
    "bcc address": ("bccaddress", "bccaddresses", "bccemail"),
    "date": (
        *("date", "sent", "datesent", "sentdate", "senton", "datetime", "datetimesent", "senttime", "timestamp"),
        *("sentdatetime", "datereceived", "received", "receiveddate", "receivedon", "receivedtime", "senddate"),
    ),
    "message-id": ("messageid", "internetmessageid"),
    "in-reply-to": ("inreplyto",),
    "references": ("references",),
    "attachments": ("attachments", "attachmentnames", "attachment"),
}
_PART: Final = {name: part for part, names in _CALLED.items() for name in names}


@dataclass(frozen=True, slots=True)
class Export:
    """A message export: which column holds which part of a mail, what a row is called, the row of the names."""

    columns: Mapping[str, int]
    unit: str = "row"
    heading: int = 1

    def read(self, cells: Sequence[str], origin: Origin) -> Reading:
        """The mail of a row."""
        values = {part: cells[index] for part, index in self.columns.items() if index < len(cells)}
        return read_parts(values, origin)


def export_columns(names: Sequence[str]) -> dict[str, int] | None:
    """The columns by what they hold; None for a table that is no message export (no subject, body and people)."""
    columns: dict[str, int] = {}
    for index, name in enumerate(names):
        part = part_of(name)
        if part is not None:
            columns.setdefault(part, index)
    people = any(part.split()[0] in ("from", "to") for part in columns)
    return columns if "subject" in columns and ("body" in columns or "html" in columns) and people else None


def part_of(name: str) -> str | None:
    """The part of a mail that a column or key of this name holds."""
    return _PART.get("".join(char for char in name.lower() if char.isalnum()))


def read_parts(values: Mapping[str, str], origin: Origin) -> Reading:
    """A message of the parts of a mail, by the names of `_CALLED`."""
    fields: list[tuple[str, bytes]] = []
    for field in ("from", "to", "cc", "bcc"):
        shown = people(values.get(field, ""), values.get(f"{field} name", ""), values.get(f"{field} address", ""))
        fields += [(field, shown.encode())] if shown.strip("; ") else []
    for field in ("date", "subject", "message-id", "in-reply-to", "references"):
        value = " ".join(scrub(values.get(field, "")).split())
        fields += [(field, value.encode())] if value else []
    body = values.get("body", "")
    if not body.strip() and values.get("html"):
        body = html_to_text(values["html"])
    body = scrub(body).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip("\n")
    names = "; ".join(part.strip() for part in scrub(values.get("attachments", "")).split(";") if part.strip())
    return build_mail(Headers(tuple(fields)), body, (), origin, names=names)


def people(whole: str, names: str, addresses: str) -> str:
    """The field as a mail would have it: "Name <address>; …", paired where there are as many names as addresses."""
    names, addresses = scrub(names), scrub(addresses)
    if not names.strip() and not addresses.strip():
        return " ".join(scrub(whole).split())
    called = [name.strip().strip("'\"") for name in names.split(";") if name.strip()]
    reached = [address.strip().strip("'<>") for address in addresses.split(";") if address.strip()]
    if len(called) == len(reached):
        pairs = zip(called, reached, strict=True)
        return "; ".join(f'"{_quotable(name)}" <{address}>' if name != address else address for name, address in pairs)
    shown = [f'"{_quotable(name)}"' for name in called] or reached
    return "; ".join(shown)


def _quotable(name: str) -> str:
    return " ".join(name.replace('"', "'").replace("\\", "").split())
