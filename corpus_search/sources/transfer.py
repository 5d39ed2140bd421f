"""Transfer encodings as real programs wrote them: base64 padded line by line, fields folded without a blank."""

from __future__ import annotations

import binascii
import re
from typing import Final

_DIGIT: Final = re.compile(rb"[A-Za-z0-9+/]")
_BETWEEN: Final = re.compile(rb"=[=\s]*")
_LOST_FOLD: Final = re.compile(
    rb"^(content-(?:type|disposition):[^\n]{0,500};[ \t]*\r?\n)"
    rb"(?=(?:filename|name|boundary|charset|format)\*?[0-9*]{0,4}=)",
    re.IGNORECASE | re.MULTILINE,
)


def decode_base64(data: bytes) -> bytes:
    """The bytes, all of them: some programs pad every line, and a strict decoder stops at the first."""
    paddings = (match.end() for match in _BETWEEN.finditer(data))
    if not any(_DIGIT.match(data, end) for end in paddings):  # no more base64 after a padding
        return _decoded(data)
    return b"".join(_decoded(piece) for piece in _BETWEEN.split(data))


def _decoded(data: bytes) -> bytes:
    """One run of base64; a last quantum that is short is completed, or dropped where it holds no byte."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        kept = kept[:-1] if len(kept) % 4 == 1 else kept
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def mend_folds(body: bytes) -> bytes:
    """MIME fields whose parameters stand on an own line without the blank that makes them part of the field."""
    if b";\nfilename" in body or b";\r\n" in body or b"; \n" in body or b";\nname" in body or b";\nboundary" in body:
        return _LOST_FOLD.sub(rb"\1 ", body)
    return body
