"""What is attached to a message: listed with size and hash, and read, each as whatever format it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from corpus_search.model import Attachment, Message, PageCount, Problem, Reading
from corpus_search.sources.charsets import decode_text, known_charset
from corpus_search.sources.guard import guarded
from corpus_search.sources.mime import Part
from corpus_search.sources.reading import Origin

MAX_PARTS: Final = 2000  # of one message that are read; more are listed only
SMALL_PICTURE: Final = 12 << 10  # bytes: an inline picture below this is a logo or a line, not a page
_SIGNATURES: Final = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")


@dataclass(frozen=True, slots=True)
class Attached:
    """The attachments of a message, the messages and documents found in them."""

    attachments: tuple[Attachment, ...] = ()
    messages: tuple[Message, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: PageCount = PageCount()


def read_attached(parts: Sequence[Part], origin: Origin, host: str) -> Attached:
    """List and read the parts of the message whose id is `host`."""
    listed: list[Attachment] = []
    messages: list[Message] = []
    problems: list[Problem] = []
    pages = PageCount()
    for index, part in enumerate(parts, start=1):
        reading = (
            _read(part, origin.inner(part.name or f"part {index}", index, host)) if index <= MAX_PARTS else Reading()
        )
        whole = tuple(_tied(message, part, host) for message in reading.messages)
        digest = hashlib.sha256(part.data).hexdigest()
        listed.append(Attachment(part.name, part.type, len(part.data), digest, bool(whole)))
        messages += whole
        problems += reading.problems
        pages += reading.pages
    if len(parts) > MAX_PARTS:
        problems.append(origin.problem("limit", f"the attachments after the first {MAX_PARTS} were listed, not read"))
    return Attached(tuple(listed), tuple(messages), tuple(problems), pages)


def _read(part: Part, origin: Origin) -> Reading:
    if part.read is not None:
        return guarded(partial(part.read, origin), origin.problem, lambda problem: Reading(problems=(problem,)))
    if not part.data or part.type in _SIGNATURES or (part.name or "").lower().endswith(".p7s"):
        return Reading()
    if part.inline and part.type.startswith("image/") and len(part.data) < SMALL_PICTURE:
        return Reading()
    data = part.data
    if part.type.startswith("text/") and (charset := known_charset(part.charset)) not in (None, "utf-8"):
        data = decode_text(data, charset)[0].encode()
    reading = origin.open_within(origin, data, "eml" if part.type == "message/rfc822" else None)
    if part.type.startswith(("image/", "audio/", "video/")) and not reading.messages:
        # A photograph or a sound without words is listed with its message: there was nothing to read.
        return replace(reading, problems=tuple(one for one in reading.problems if one.kind != "unsupported"))
    return reading


def _tied(message: Message, part: Part, host: str) -> Message:
    """The message or document tied to its host, a document named by its file."""
    subject = message.subject or (part.name if message.kind == "document" else None)
    return replace(message, within=message.within or host, subject=subject)
