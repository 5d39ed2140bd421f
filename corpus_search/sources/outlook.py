"""An Outlook item (of a .msg or a .pst file) into a message: its properties as header fields, its best body.

The fields that came over the network are taken where they were kept; what they lack (a mail within one house has
none) is made of the properties. Property numbers are those of [MS-OXPROPS].
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from corpus_search.model import Place, Reading
from corpus_search.sources.attached import read_attached
from corpus_search.sources.charsets import charset_of_page, decode_text, scrub
from corpus_search.sources.documents.document import document
from corpus_search.sources.headers import Headers, split_message
from corpus_search.sources.html import html_to_text
from corpus_search.sources.lzfu import decompress
from corpus_search.sources.mail import build_mail
from corpus_search.sources.mime import Part
from corpus_search.sources.reading import Origin
from corpus_search.sources.richtext import rtf_text

CLASS, SUBJECT, HEADERS, BODY, REPORT, HTML, RTF = 0x001A, 0x0037, 0x007D, 0x1000, 0x1001, 0x1013, 0x1009
SUBMITTED, DELIVERED, INDEX = 0x0039, 0x0E06, 0x0071
MESSAGE_ID, REPLY_TO_ID, REFERENCES = 0x1035, 0x1042, 0x1039
RECIPIENT_KIND, NAME, SMTP, EMAIL = 0x0C15, 0x3001, 0x39FE, 0x3003
PAGES: Final = (0x3FFD, 0x3FDE)  # the Windows code pages of an item's narrow characters, and of its HTML
_TOLD: Final = (
    ("Company", 0x3A16), ("Title", 0x3A17), ("Business phone", 0x3A08), ("Home phone", 0x3A09), ("Mobile", 0x3A1C),
    ("Pager", 0x3A21), ("Fax", 0x3A24),
)  # fmt: skip
_SENDERS: Final = ((0x0042, (0x5D02, 0x0065)), (0x0C1A, (0x5D01, 0x0C1F)))  # on behalf of, and sent by: name, addresses
_SHOWN: Final = {"to": 0x0E04, "cc": 0x0E03, "bcc": 0x0E02}
_KINDS: Final = {1: "to", 2: "cc", 3: "bcc"}
_MAILS: Final = ("ipm.note", "report", "ipm.schedule", "ipm.post")  # classes of items that are sent
_EPOCH: Final = datetime(1601, 1, 1)  # noqa: DTZ001 - of Windows' moments, which are UTC


class Properties(Protocol):
    """Properties of an item, a recipient or an attachment, by their numbers."""

    def text(self, number: int) -> str | None:
        """A property of characters."""

    def data(self, number: int) -> bytes | None:
        """A property of bytes."""

    def number(self, number: int) -> int | None:
        """A property of a number."""

    def time(self, number: int) -> datetime | None:
        """A property of a moment, in UTC."""


def read_item(
    item: Properties,
    people: Sequence[Properties],
    parts: Sequence[Part],
    origin: Origin,
    details: Sequence[tuple[str, str]] = (),
) -> Reading:
    """The message of an item. What is no mail and has no people (a contact, a note) becomes a document.

    `details`: what its reader knows of it that stands neither in its fields nor in its words.
    """
    if not origin.places:
        origin = origin.at(Place("message", 1))
    headers = _headers(item, people)
    body = body_of(item)
    kind = (item.text(CLASS) or "").lower()
    names = {name for name, _ in headers.fields}
    if not kind or kind.startswith(_MAILS):
        return build_mail(headers, body, parts, origin)
    told = [*details, *((label, shown) for label, number in _TOLD if (shown := item.text(number)))]
    body = "\n".join([*(f"{label}: {scrub(shown).strip()}" for label, shown in told), *([body] if body else [])])
    if not names & {"from", "to"}:
        return _as_document((item.text(SUBJECT) or "").strip(), body, parts, origin)
    return build_mail(headers, body, parts, origin)


def _as_document(subject: str, body: str, parts: Sequence[Part], origin: Origin) -> Reading:
    """An item that nobody sent, with what is attached to it; a problem line where there is neither word nor file."""
    text = scrub("\n".join(part for part in (subject, body) if part))
    if not text and not parts:
        return Reading(problems=(origin.problem("empty", "an item without words or files (a contact, a note)"),))
    host = document(text, origin, origin.places, subject=subject or None)
    attached = read_attached(parts, origin, host.id)
    host = replace(host, attachments=attached.attachments)
    return Reading((host, *attached.messages), attached.problems, attached.pages)


def moment(ticks: int) -> datetime | None:
    """A moment as Windows counts it (tenths of microseconds since 1601), in UTC; None for none and for no date."""
    try:
        return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
    except OverflowError:
        return None


def _headers(item: Properties, people: Sequence[Properties]) -> Headers:
    sent = (item.text(HEADERS) or "").replace("\r\n", "\n").lstrip()
    first, _, rest = sent.partition("\n")
    if ":" not in first:  # Exchange begins with "Microsoft Mail Internet Headers Version 2.0"
        sent = rest
    fields = list(split_message(sent.encode("utf-8", "replace"))[0].fields) if ":" in sent else []
    known = {name for name, value in fields if value.strip()}
    sender = next((value for name, value in fields if name == "from"), b"")
    if b"@" not in sender and (who := _sender(item)) and (not sender.strip() or "@" in who):
        fields = [(name, value) for name, value in fields if name != "from"]
        fields.insert(0, ("from", who.encode()))
    listed = _recipients(item, people)
    for name, value in (
        *((field, listed.get(field)) for field in ("to", "cc", "bcc")),
        ("date", written(item.time(SUBMITTED) or item.time(DELIVERED))),
        ("subject", item.text(SUBJECT)),
        ("message-id", item.text(MESSAGE_ID)),
        ("in-reply-to", item.text(REPLY_TO_ID)),
        ("references", item.text(REFERENCES)),
        ("thread-index", _index(item)),
    ):
        if value and value.strip() and name not in known:
            fields.append((name, " ".join(scrub(value).split()).encode()))
    return Headers(tuple(fields))


def _sender(item: Properties) -> str:
    for name, addresses in _SENDERS:
        shown = _person(item.text(name), [item.text(address) for address in addresses])
        if shown:
            return shown
    return ""


def _person(name: str | None, addresses: Sequence[str | None]) -> str:
    """A person as a field has it; an SMTP address rather than Exchange's own."""
    known = [address.strip().strip("'") for address in addresses if address and address.strip()]
    address = next((one for one in known if "@" in one), known[0] if known else "")
    called = " ".join(scrub(name or "").replace('"', "'").replace("\\", "").split()).strip("'")
    if called and address and called.lower() != address.lower():
        return f'"{called}" <{scrub(address)}>'
    return scrub(address) or (f'"{called}"' if called else "")


def _recipients(item: Properties, people: Sequence[Properties]) -> dict[str, str]:
    listed: dict[str, list[str]] = {}
    for person in people:
        field = _KINDS.get((person.number(RECIPIENT_KIND) or 1) & 0xF, "to")
        if shown := _person(person.text(NAME), [person.text(SMTP), person.text(EMAIL)]):
            listed.setdefault(field, []).append(shown)
    fields = {field: "; ".join(shown) for field, shown in listed.items()}
    for field, number in _SHOWN.items():
        if field not in fields and (value := item.text(number)):
            fields[field] = value
    return fields


def written(at: datetime | None) -> str | None:
    """A moment in UTC, as a date field of our making has it."""
    return None if at is None else at.strftime("%Y-%m-%d %H:%M:%S +0000")


def _index(item: Properties) -> str | None:
    index = item.data(INDEX)
    return b64encode(index).decode() if index else None


def body_of(item: Properties) -> str:
    """The plain body or that of a report; where there is none, that of the HTML, then that of the rich text."""
    plain = scrub(item.text(BODY) or item.text(REPORT) or "").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if plain.strip():
        return plain
    markup = item.text(HTML)
    if not markup and (data := item.data(HTML)):
        markup = decode_text(data, charset_of_page(item.number(PAGES[1])))[0]
    if markup and (shown := html_to_text(markup)).strip():
        return shown
    packed = item.data(RTF)
    if packed:
        try:
            return scrub(rtf_text(decompress(packed)))
        except ValueError:
            return plain
    return plain
