"""Streams of a PDF that unpack to more than a reader holds, found before pdfium unpacks them whole.

Some bytes of zeros, packed, become a gigabyte; pdfium takes a file that lies within a PDF out in one piece, and where
memory ends it takes the process with it.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

MOST: Final = 256 << 20  # bytes that one stream may unpack to
STEP: Final = 1 << 20  # bytes that are unpacked at a time, to be counted and forgotten
_RATIO: Final = 1032  # the most that deflate can do: a stream below a thousandth of `MOST` is none
_STREAM: Final = re.compile(rb">>[ \t\r\n]{0,8}stream(?:\r\n|\n|\r)")
_PICTURE: Final = re.compile(rb"/Subtype[ \t\r\n]*/Image\b|/DCTDecode\b|/CCITTFaxDecode\b|/JPXDecode\b|/JBIG2Decode\b")
_BEFORE: Final = 2048  # bytes before a stream in which its dictionary is looked for


def has_swollen(data: bytes, most: int = MOST) -> bool:
    """Whether a stream that is no picture unpacks to more than so many bytes."""
    for match in _STREAM.finditer(data):
        start = match.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        if (end - start) * _RATIO < most or data[start : start + 1] not in (b"x", b"h"):
            continue
        head = data[max(0, match.start() - _BEFORE) : match.start()]
        if not _PICTURE.search(head, head.rfind(b"obj") + 1) and _unpacks_beyond(memoryview(data)[start:end], most):
            return True
    return False


def _unpacks_beyond(packed: memoryview, most: int) -> bool:
    """Whether a deflated stream is longer than that, unpacked piece by piece."""
    unpacker = zlib.decompressobj()
    total = 0
    waiting: bytes | memoryview = packed
    while waiting and not unpacker.eof:
        try:
            total += len(unpacker.decompress(waiting, STEP))
        except zlib.error:
            return False
        if total > most:
            return True
        waiting = unpacker.unconsumed_tail
    return False
