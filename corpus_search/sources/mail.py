"""One mail's bytes into a message, with what is attached to it: the reader of .eml files, used for all mail."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from corpus_search.model import Message, Place, Problem, Reading, Redaction
from corpus_search.sources import tnef
from corpus_search.sources.addresses import MAX_FIELD, read_parties, read_party
from corpus_search.sources.attached import read_attached
from corpus_search.sources.bulk import is_bulk
from corpus_search.sources.dates import read_date
from corpus_search.sources.guard import guarded
from corpus_search.sources.headers import MAX_HEADERS, Headers, decode_words, split_message
from corpus_search.sources.mime import Part, read_mime
from corpus_search.sources.plain import take_uuencoded
from corpus_search.sources.reading import HEAD_BYTES, Origin, Reader
from corpus_search.sources.zones import divide

_ID: Final = re.compile(r"<[^<>\s]{1,998}>")
_BLACKED: Final = re.compile("█+")
_SHOWN: Final = (("From", "from"), ("To", "to"), ("Cc", "cc"), ("Bcc", "bcc"))
# Fields that only a mail on its way has, and those that a person writes; a mail has one of each.
_CARRIED: Final = frozenset(
    {"received", "message-id", "return-path", "delivered-to", "mime-version", "content-type", "x-mailer", "references"}
    | {"in-reply-to", "reply-to", "thread-index", "x-originating-ip", "list-id", "content-transfer-encoding", "status"}
)
_WRITTEN: Final = frozenset({"from", "to", "subject", "date", "sender", "cc"})
_MAIL_DATE: Final = re.compile(r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d{2}")
_EMLX: Final = re.compile(rb"\d{1,10}[ \t]*\r?\n")  # Apple Mail: a line with the mail's length, the mail, a plist


def recognise(head: bytes, path: Path) -> bool:
    """A header block with fields of a mail's way, or those of its writer with a date in a mail's form."""
    headers = _headers_of(head, path)
    names = {name for name, _ in headers.fields}
    if "sent" in names and not names & {"received", "message-id", "mime-version"}:
        return False  # a print-out's labels
    if (names & _WRITTEN and names & _CARRIED) or len(names & _CARRIED) > 1:
        return True
    if names & _CARRIED and "multipart/" in (headers.written("content-type") or ""):
        return True
    if "date" in names:
        return "from" in names and bool(_MAIL_DATE.match(headers.written("date") or ""))
    return {"from", "subject"} <= names and "@" in (headers.written("from") or "") and b"\f" not in head


def _headers_of(head: bytes, path: Path) -> Headers:
    """The header block at the beginning of a file, which may be longer than the head: ten thousand recipients are."""
    data = mail_bytes(head)
    headers, at = split_message(data)
    if at < len(data) or len(head) < HEAD_BYTES or not path.is_file():
        return headers
    with path.open("rb") as file:
        return split_message(mail_bytes(file.read(MAX_HEADERS)))[0]


def mail_bytes(data: bytes) -> bytes:
    """The mail itself: without a byte order mark, blank lines before it, Apple's frame; UTF-16 made UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if match := _EMLX.match(data):
        return data[match.end() : match.end() + int(match.group())]
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    return data.lstrip(b"\r\n") if data[:1] in b"\r\n" else data


def read_data(data: bytes, origin: Origin) -> Reading:
    """The mail in these bytes: the message first, then what is attached to it."""
    raw = mail_bytes(data)
    headers, at = split_message(raw)
    body = read_mime(headers, raw[at:])
    text, files = take_uuencoded(body.text)
    parts = [*body.parts, *(Part(name, "application/octet-stream", content) for name, content in files)]
    if not origin.places:
        origin = origin.at(Place("message", 1))
    troubles = [*_limits(headers), *body.troubles]
    return build_mail(headers, text, parts, origin, [origin.problem(kind, reason) for kind, reason in troubles])


def _limits(headers: Headers) -> Iterator[tuple[str, str]]:
    """Kind and reason of a problem for each part of the header that is too long to be taken apart."""
    if not headers.whole:
        yield "limit", "its header block is too long; what follows was taken as its body: open it by hand"
    for _, name in _SHOWN:
        if any(len(value) > MAX_FIELD for value in headers.all_raw(name)):
            reason = f"the names after {MAX_FIELD:,} letters of its {name} field are in its text, not among its people"
            yield "limit", f"{reason}; open it by hand"


def build_mail(
    headers: Headers,
    body: str,
    parts: Sequence[Part],
    origin: Origin,
    problems: Sequence[Problem] = (),
    names: str = "",
) -> Reading:
    """A message of header fields, the text of the body and the other parts, which are read too.

    `names` are those of attachments that are named where the mail was found, and not there.
    """
    host = origin.id_of()
    body, parts = _unwrapped(body, parts, origin)
    attached = read_attached(parts, origin, host)
    head = _head(headers, names or "; ".join(one.name for one in attached.attachments if one.name))
    text = "\n\n".join(part for part in (head, body) if part)
    parties = {name: read_parties([v for v in headers.all_written(name) if v]) for name in ("to", "cc", "bcc")}
    sender = read_party(headers.written("from") or "")
    message = Message(
        id=host,
        kind="message",
        release=origin.release,
        source=origin.source,
        places=origin.places,
        text=text,
        zones=(),
        within=origin.within,
        date=read_date(headers.text("date")),
        date_as_written=headers.text("date"),
        sender=sender,
        to=parties["to"],
        cc=parties["cc"],
        bcc=parties["bcc"],
        subject=headers.text("subject"),
        message_id=next(iter(_ids(headers, "message-id")), None),
        in_reply_to=next(iter(_ids(headers, "in-reply-to")), None),
        references=tuple(_ids(headers, "references")),
        thread_index=_thread_root(headers.raw("thread-index")),
        attachments=attached.attachments,
        redactions=tuple(Redaction(*match.span()) for match in _BLACKED.finditer(text)),
        bulk=is_bulk(headers, sender, [party for group in parties.values() for party in group]),
    )
    divided = divide(message, len(head))
    return Reading((*divided, *attached.messages), (*problems, *attached.problems), attached.pages)


def _unwrapped(body: str, parts: Sequence[Part], origin: Origin) -> tuple[str, Sequence[Part]]:
    """With what Outlook wrapped in a winmail.dat put beside it; its body where the mail has no other."""
    whole: list[Part] = []
    for part in parts:
        whole.append(part)
        if not tnef.is_tnef(part.data):
            continue
        inner, files = guarded(partial(tnef.unwrap, part.data), origin.problem, lambda _: ("", []))
        left = _cut_short if tnef.is_cut_short(part.data) else _nothing if inner or files else None
        whole[-1] = replace(part, read=left)
        whole += files
        body = body if body.strip() else inner
    return body, whole


def _nothing(origin: Origin) -> Reading:
    """What is left in a winmail.dat that was unwrapped."""
    del origin
    return Reading()


def _cut_short(origin: Origin) -> Reading:
    """What is left in a winmail.dat that was unwrapped as far as it goes."""
    return Reading(problems=(origin.problem("damaged", tnef.CUT_SHORT),))


def _head(headers: Headers, attachments: str) -> str:
    """The readable lines at the top of the text; a field that is empty or absent has none."""
    lines = []
    for label, name in _SHOWN:
        shown = ", ".join(decode_words(value).strip() for value in headers.all_written(name) if value)
        if shown:
            lines.append(f"{label}: {shown}")
    for label, name in (("Date", "date"), ("Subject", "subject")):
        if value := headers.text(name):
            lines.append(f"{label}: {value}")
    if attachments:
        lines.append(f"Attachments: {attachments}")
    return "\n".join(lines)


def _ids(headers: Headers, name: str) -> list[str]:
    """Message ids of a field, in angle brackets; an id without them is given them."""
    found: list[str] = []
    for written in headers.all_written(name):
        ids = _ID.findall(written[:100_000])
        found += ids or [f"<{word.strip('<>')}>" for word in written.split()[:1] if "@" in word]
    return list(dict.fromkeys(found))


def _thread_root(value: bytes | None) -> str | None:
    """The conversation root of Outlook's Thread-Index: its first 22 bytes, in hexadecimal digits."""
    if not value:
        return None
    try:
        root = b64decode(b"".join(value.split())[:120])[:22]
    except (binascii.Error, ValueError):
        return None
    return root.hex() if len(root) == 22 else None


READER = Reader("eml", recognise, read_data=read_data)
