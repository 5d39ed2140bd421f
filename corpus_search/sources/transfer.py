"""Transfer encodings as real programs wrote them: base64 padded line by line, fields folded without a blank."""

from __future__ import annotations

import binascii
import re
from typing import Final

_DIGIT: Final = re.compile(rb"[A-Za-z0-9+/]")
_BETWEEN: Final = re.compile(rb"=[=\s]*")
_OTHER: Final = re.compile(rb"[^A-Za-z0-9+/=\s_-]")
_RULE: Final = re.compile(rb"\s*(?:_{2,}|-{2,})")  # a line drawn before a footer
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_FULL_LINE: Final = 56  # letters: shorter lines of base64 are the last ones
_DAMAGED: Final = 2  # letters of a full line that may have come over wrong
_LOOKED_AT: Final = 4096  # bytes
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


def decode_text_part(data: bytes) -> bytes:
    """The bytes of a text labelled base64: what is base64, with the plain words after it (a list's footer) kept.

    A text that only claims to be base64 is given as it stands.
    """
    lines = data.splitlines(keepends=True)
    at = next((number for number, line in enumerate(lines) if _is_words(line)), len(lines))
    sent, words = b"".join(lines[:at]), b"".join(lines[at:])
    if not words.strip():
        return decode_base64(data)
    if not sent.strip():
        return data
    decoded = decode_base64(sent)
    if len(lines[0].strip()) < _FULL_LINE and not _is_text(sent, decoded):
        return data  # its first line has letters only: a name, a greeting
    return decoded + (b"" if decoded.endswith(b"\n") else b"\n") + words


def is_words(data: bytes) -> bool:
    """Whether what is labelled base64 begins with plain words instead."""
    return _is_words(data.lstrip()[:_LOOKED_AT].partition(b"\n")[0])


def _is_words(line: bytes) -> bool:
    """Whether a line has more in it that no base64 has than damage to a letter or two explains."""
    other = len(_OTHER.findall(line))
    if _RULE.match(line):
        return True
    if len(line.split()) > 1:
        return max(map(len, line.split())) < _FULL_LINE
    return other > _DAMAGED or (other > 0 and len(line.strip()) < _FULL_LINE)


def _is_text(sent: bytes, decoded: bytes) -> bool:
    """Whether short base64 was whole and gave readable text."""
    whole = len(b"".join(sent.split())) % 4 == 0
    return whole and decoded.isascii() and not _CONTROL.search(decoded)


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
