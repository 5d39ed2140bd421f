"""winmail.dat: what Outlook wraps a mail's body and attachments in when it writes to others."""

from __future__ import annotations

import logging
from typing import Any, Final

from corpus_search.sources.charsets import decode_text, scrub
from corpus_search.sources.html import html_to_text
from corpus_search.sources.lzfu import decompress
from corpus_search.sources.mime import Part
from corpus_search.sources.richtext import rtf_text

SIGNATURE: Final = b"\x78\x9f\x3e\x22"


def is_tnef(data: bytes) -> bool:
    """Whether bytes begin with the signature of such a file."""
    return data.startswith(SIGNATURE)


def unwrap(data: bytes) -> tuple[str, list[Part]]:
    """The body's text ("" for none), and the attachments."""
    from tnefparse import TNEF  # only where such a file is read

    logging.getLogger("tnefparse").setLevel(logging.CRITICAL)
    wrapped = TNEF(data, do_checksum=False)
    parts = []
    for attachment in wrapped.attachments:
        name = _text(attachment.long_filename()).strip("\x00") or None
        parts.append(Part(name, "application/octet-stream", bytes(attachment.data or b"")))
    return _body(wrapped), parts


def _body(wrapped: Any) -> str:
    if wrapped.body:
        return scrub(_text(wrapped.body)).replace("\r\n", "\n").strip("\n\x00")
    if wrapped.htmlbody:
        return html_to_text(_text(wrapped.htmlbody))
    packed = getattr(wrapped, "_rtfbody", None)  # its public face needs a library that is under the GPL
    if isinstance(packed, list | tuple):
        packed = packed[0] if packed else None
    try:
        return scrub(rtf_text(decompress(packed))) if isinstance(packed, bytes) else ""
    except ValueError:
        return ""


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    return decode_text(value, None)[0] if isinstance(value, bytes) else str(value)
