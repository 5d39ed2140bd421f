"""Outlook's compressed rich text ([MS-OXRTFCP])."""

from __future__ import annotations

import struct
from typing import Final

_DICTIONARY: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n"
    b"\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_SIZE: Final = 4096
MAX_PLAIN: Final = 64 << 20  # bytes


def decompress(data: bytes) -> bytes:
    """The rich text; what is cut off gives as much as there is.

    Raises:
        ValueError: it is no compressed rich text.
    """
    if len(data) < 16:
        message = "compressed rich text is cut off"
        raise ValueError(message)
    packed, plain_size, magic, _ = struct.unpack_from("<II4sI", data)
    if magic == b"MELA":
        return data[16 : 16 + plain_size]
    if magic != b"LZFu":
        message = "not compressed rich text"
        raise ValueError(message)
    window = bytearray(_DICTIONARY.ljust(_SIZE, b"\x00"))
    write = len(_DICTIONARY)
    out = bytearray()
    at, end = 16, min(len(data), packed + 4)
    while at < end and len(out) < min(plain_size, MAX_PLAIN):
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= end:
                break
            if flags >> bit & 1:
                if at + 1 >= end:
                    return bytes(out)
                token = data[at] << 8 | data[at + 1]
                at += 2
                offset = token >> 4
                if offset == write % _SIZE:
                    return bytes(out)
                for step in range((token & 15) + 2):
                    byte = window[(offset + step) % _SIZE]
                    window[write % _SIZE] = byte
                    write += 1
                    out.append(byte)
            else:
                window[write % _SIZE] = data[at]
                write += 1
                out.append(data[at])
                at += 1
    return bytes(out)
