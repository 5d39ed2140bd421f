"""Where the messages of an mbox begin: a scan in constant memory over bytes or a memory-mapped file.

A line "From …" begins a message only if it looks like the separator that mail programs write (a sender and a date),
stands after a blank line (or where nothing precedes it), and is followed by a header field. A Content-Length is
believed only when it leads exactly to such a line or to the end.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from typing import Final

Buffer = bytes | mmap.mmap

WINDOW: Final = 16 << 20  # bytes of a mapped file that are held at a time
_FROM: Final = b"\nFrom "
LONGEST_LINE: Final = 1000  # bytes of a separator line that are looked at
MAX_HEAD: Final = 1 << 16  # bytes of a header block that are looked at
_YEAR: Final = rb"(?:19[7-9]\d|20\d\d)"
# "user@host Tue Apr  1 19:47:56 [zone] 2008 [zone]", "user at host  Tue …", "- Tue …", RFC 5322's order, ISO's order.
_SEPARATOR: Final = re.compile(
    rb"From (?:[^\r\n]{0,300}? )??[ \t]*(?:"
    rb"[A-Za-z]{3},? +[A-Za-z]{3} +\d{1,2},? +\d{1,2}:\d\d(?::\d\d)?(?: +[A-Za-z+-][\w+-]{0,5}){0,2} +" + _YEAR + rb"\b"
    rb"|(?:[A-Za-z]{3}, *)?\d{1,2}[ -][A-Za-z]{3}[ -]" + _YEAR + rb" +\d{1,2}:\d\d"
    rb"|" + _YEAR + rb"-\d\d-\d\d[T ]\d\d:\d\d"
    rb")[^\r\n]{0,120}\r?(?:\n|$)"
)
# git's patches begin so: a separator in a file of patches, and only quoted in any other mail.
_PATCH: Final = re.compile(rb"From [0-9a-f]{40} Mon Sep 17 00:00:00 2001\r?$", re.MULTILINE)
_FIELD: Final = re.compile(rb"[!-9;-~]{1,100}[ \t]*:|>From ")
_LENGTH: Final = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_KNOWN: Final = re.compile(
    rb"(?:from|to|date|subject|received|return-path|message-id|delivered-to|mime-version|x-[a-z0-9-]{1,60}|status"
    rb"|content-type|sender|reply-to|envelope-to|cc|in-reply-to|references)[ \t]*:",
    re.IGNORECASE,
)


def begins_as_mbox(head: bytes) -> bool:
    """Whether bytes begin with a separator and a header field, blank lines before it allowed."""
    head = head.lstrip(b"\r\n")
    return _SEPARATOR.match(head, 0, LONGEST_LINE) is not None and _followed_by_field(head, 0)


def starts(data: Buffer, begin: int = 0) -> Iterator[int]:
    """The offset of each message's separator line, in order, from `begin` (a separator, or blank lines before it)."""
    at = behind = _skip_blank(data, begin)
    size = len(data)
    while 0 <= at < size:
        yield at
        at = _next(data, at)
        if at - behind >= WINDOW:
            _let_go(data, behind, at)
            behind = at


def _next(data: Buffer, at: int) -> int:
    """The offset of the message after the one that begins at `at`; -1 at the end."""
    body = _body(data, at)
    trusted = _by_length(data, at, body)
    if trusted is not None:
        return trusted
    patches = _PATCH.match(data, at) is not None
    look = at + 5
    while (found := _find(data, look)) >= 0:
        if _is_separator(data, found + 1) and (patches or not _PATCH.match(data, found + 1)):
            return found + 1
        look = found + 5
    return -1


def _find(data: Buffer, look: int) -> int:
    """Where the next line "From " follows a line end; the bytes passed over are let go, a window at a time."""
    while look < len(data):
        found = data.find(_FROM, look, look + WINDOW)
        if found >= 0:
            return found
        if look + WINDOW < len(data):
            _let_go(data, look, look + WINDOW)
        look += WINDOW - len(_FROM) + 1
    return -1


def _let_go(data: Buffer, start: int, stop: int) -> None:
    """Give back the memory of a stretch of a mapped file that was looked at: it is on the disk all the same."""
    if isinstance(data, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        first = start // mmap.PAGESIZE * mmap.PAGESIZE
        data.madvise(mmap.MADV_DONTNEED, first, stop - first)


def _by_length(data: Buffer, at: int, body: int) -> int | None:
    """Where Content-Length leads, if it leads to a separator or the end (-1); None where it can't be believed."""
    match = _LENGTH.search(data, at, min(body, at + MAX_HEAD))
    if match is None:
        return None
    end = body + int(match.group(1))
    if end > len(data):
        return None
    after = _skip_blank(data, end, 4)
    if after >= len(data):
        return -1
    line_begins = after > end or data[end - 1 : end] == b"\n"
    return after if line_begins and _SEPARATOR.match(data, after, after + LONGEST_LINE) else None


def _body(data: Buffer, at: int) -> int:
    """The offset at which the body of the message begins."""
    unix = data.find(b"\n\n", at, at + MAX_HEAD)
    other = data.find(b"\n\r\n", at, unix if unix >= 0 else at + MAX_HEAD)
    if other >= 0:
        return other + 3
    return unix + 2 if unix >= 0 else len(data)


def _is_separator(data: Buffer, at: int) -> bool:
    if _SEPARATOR.match(data, at, at + LONGEST_LINE) is None:
        return False
    before = data[max(0, at - 4) : at]
    if before.endswith((b"\n\n", b"\n\r\n")) or before == data[:at]:
        return _followed_by_field(data, at)
    # Some programs leave no blank line between messages: then the line after must be a field of mail.
    return _followed_by_field(data, at, _KNOWN)


def _followed_by_field(data: Buffer, at: int, field: re.Pattern[bytes] = _FIELD) -> bool:
    stop = data.find(b"\n", at, at + LONGEST_LINE)
    return stop >= 0 and field.match(data, stop + 1, stop + 1 + LONGEST_LINE) is not None


def _skip_blank(data: Buffer, at: int, most: int = 1 << 16) -> int:
    """The offset of the first byte from `at` that is no line end (of the `most` next ones)."""
    end = min(len(data), at + most)
    while at < end and data[at : at + 1] in (b"\n", b"\r"):
        at += 1
    return at
