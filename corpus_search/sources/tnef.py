"""winmail.dat: what Outlook wraps a mail's body and attachments in when it writes to others ([MS-OXTNEF]).

Our own, since the library for it counts to four billion where a damaged file says so.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from corpus_search.sources.charsets import decode_text, scrub
from corpus_search.sources.html import html_to_text
from corpus_search.sources.lzfu import decompress
from corpus_search.sources.mime import Part
from corpus_search.sources.richtext import rtf_text

SIGNATURE: Final = b"\x78\x9f\x3e\x22"
CUT_SHORT: Final = "the winmail.dat is cut short: what stands before the break was read; ask for the file again"
_EMBEDDED: Final = bytes.fromhex("0703020000000000c000000000000046")  # before a mail attached as an item
_CODEPAGE, _BODY, _PROPERTIES = 0x9007, 0x800C, 0x9003  # attributes of the mail
_BEGIN, _TITLE, _DATA, _OF_ATTACHMENT = 0x9002, 0x8010, 0x800F, 0x9005  # of an attachment
_PLAIN, _HTML, _RTF, _LONG_NAME, _TYPE, _CONTENT = 0x1000, 0x1013, 0x1009, 0x3707, 0x370E, 0x3701
# Bytes of a property by its type; types not named here have a length of their own.
_FIXED: Final = {0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_MANY, _WIDE, _NAMED = 0x1000, 0x1F, 0x8000


def is_tnef(data: bytes) -> bool:
    """Whether bytes begin with the signature of such a file."""
    return data.startswith(SIGNATURE)


def is_cut_short(data: bytes) -> bool:
    """Whether the bytes end within an attribute: what should follow was lost, or was never released."""
    at, end = 6, 6
    while at + 9 <= len(data) and data[at] in (1, 2):  # of the mail, of an attachment; padding is neither
        end = at + 9 + int(struct.unpack_from("<I", data, at + 5)[0])
        at = end + 2
    return end > len(data)


def unwrap(data: bytes) -> tuple[str, list[Part]]:
    """The body's text ("" for none), and the attachments. What breaks off gives what came before."""
    charset: str | None = None
    bodies: dict[int, bytes] = {}
    attached: list[dict[int, bytes]] = []
    for number, value in _attributes(data):
        if number == _CODEPAGE and len(value) >= 4:
            charset = f"cp{struct.unpack_from('<I', value)[0]}"
        elif number == _BODY:
            bodies[_PLAIN] = value
        elif number == _PROPERTIES:
            bodies |= dict(_properties(value))
        elif number == _BEGIN or not attached:
            attached += [{}] if number == _BEGIN else []
        elif number == _OF_ATTACHMENT:
            attached[-1] |= dict(_properties(value))
        elif number in (_TITLE, _DATA):
            attached[-1].setdefault(number, value)
    return _body(bodies, charset), [_part(one, charset) for one in attached]


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each attribute."""
    at = 6
    while at + 9 <= len(data):
        _, number, _, size = struct.unpack_from("<BHHI", data, at)
        yield number, data[at + 9 : at + 9 + size]
        at += 9 + size + 2


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes (the first, of several) of each property; characters as UTF-8 where they were wide."""
    at = 4
    while at + 4 <= len(data):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= _NAMED:
            at = _after_name(data, at)
        size = _FIXED.get(kind & ~_MANY)
        if size is not None and not kind & _MANY:
            at += size
            continue
        if at + 4 > len(data):
            return
        count = struct.unpack_from("<I", data, at)[0]
        at += 4
        if size is not None:
            at += size * count
            continue
        for index in range(count):
            if at + 4 > len(data):
                return
            length = struct.unpack_from("<I", data, at)[0]
            value = data[at + 4 : at + 4 + length]
            at += 4 + (length + 3) // 4 * 4
            if not index:
                yield number, value.decode("utf-16-le", "replace").encode() if kind & ~_MANY == _WIDE else value


def _after_name(data: bytes, at: int) -> int:
    """The offset after the name of a property that has one: a GUID, and a number or words."""
    if at + 24 > len(data):
        return len(data)
    kind, length = struct.unpack_from("<II", data, at + 16)
    return at + 24 + ((length + 3) // 4 * 4 if kind else 0)


def _part(attached: dict[int, bytes], charset: str | None) -> Part:
    name = _text(attached.get(_LONG_NAME) or attached.get(_TITLE) or b"", charset)
    kind = _text(attached.get(_TYPE) or b"", None) or "application/octet-stream"
    content = attached.get(_CONTENT) or b""
    if not content.startswith(_EMBEDDED):  # else the data beside it only says that an item is attached
        content = attached.get(_DATA) or content
    return Part(name or None, kind, content.removeprefix(_EMBEDDED))


def _body(bodies: dict[int, bytes], charset: str | None) -> str:
    plain = _text(bodies.get(_PLAIN, b""), charset).replace("\r\n", "\n").strip("\n")
    if plain.strip():
        return plain
    if markup := bodies.get(_HTML):
        return html_to_text(decode_text(markup, charset)[0])
    try:
        return scrub(rtf_text(decompress(bodies[_RTF]))) if _RTF in bodies else ""
    except ValueError:
        return ""


def _text(value: bytes, charset: str | None) -> str:
    """Characters, in UTF-8 (which was wide) or in the code page that the file names."""
    text, sure = decode_text(value, "utf-8")
    return (text if sure else decode_text(value, charset)[0]).strip("\x00")
