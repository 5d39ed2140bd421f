"""Plain text bodies: flowed paragraphs put together, files written into them by uuencode taken out."""

from __future__ import annotations

import binascii
import re
from typing import Final

_BEGIN: Final = re.compile(r"^begin(?:-base64)? [0-7]{3,4} ([^\n]{1,255})\n", re.MULTILINE)
_QUOTES: Final = re.compile(r">*")


def unflow(text: str, delete_blank: bool) -> str:
    """A text of `format=flowed` (RFC 3676) with its paragraphs on one line each; quote marks are kept."""
    lines: list[str] = []
    before: int | None = None  # the quote depth of an open paragraph
    parts: list[str] = []
    for line in text.split("\n"):
        marks = _QUOTES.match(line)
        depth = marks.end() if marks else 0
        rest = line[depth:]
        rest = rest[1:] if rest.startswith(" ") else rest
        if before is not None and before != depth:
            lines.append(_quoted(before, "".join(parts)))
            parts, before = [], None
        flows = rest.endswith(" ") and rest != "-- "
        if rest == "-- " and before is not None:
            lines.append(_quoted(before, "".join(parts)))
            parts = []
        parts.append(rest[:-1] if flows and delete_blank else rest)
        if flows:
            before = depth
        else:
            lines.append(_quoted(depth, "".join(parts)))
            parts, before = [], None
    if before is not None:
        lines.append(_quoted(before, "".join(parts)))
    return "\n".join(lines).strip("\n")


def _quoted(depth: int, line: str) -> str:
    return f"{'>' * depth} {line}" if depth else line


def take_uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text without files that were written into it by uuencode, and those files by name."""
    files: list[tuple[str, bytes]] = []
    kept: list[str] = []
    at = 0
    if "begin" not in text:
        return text, files
    for match in _BEGIN.finditer(text):
        if match.start() < at:
            continue
        found = _uudecode(text, match.end())
        if found is not None:
            data, end = found
            files.append((match.group(1).strip(), data))
            kept.append(text[at : match.start()])
            at = end
    kept.append(text[at:])
    return "".join(kept), files


def _uudecode(text: str, at: int) -> tuple[bytes, int] | None:
    """The bytes of the lines from `at`, and the offset after the end line; None where it is no uuencode."""
    out: list[bytes] = []
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop].rstrip("\r")
        at = stop + 1
        if line == "end":
            return b"".join(out), min(at, len(text))
        if line.strip() in ("", "`"):
            continue
        length = (ord(line[0]) - 32) & 63
        if not line.isascii() or len(line) > 90 or not 32 <= ord(line[0]) <= 96:
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            size = ((length + 2) // 3 * 4) + 1  # a line that lost its last blanks, or has more than it says
            try:
                out.append(binascii.a2b_uu(line[:size].ljust(size)))
            except binascii.Error:
                break
    return None
