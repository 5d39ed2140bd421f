"""Attached files that programs list without a label: Outlook on the web under the recipients, Gmail under the words.

1 attachments (88 KB)            2 attachments
scan0031.pdf;                    scan0031.pdf
                                 88K
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_WORD: Final = (  # in some languages
    r"(?:attachments?|attachment\(s\)|Anlagen?|Anhänge?|pièces? jointes?|archivos? adjuntos?|datos adjuntos|"
    r"allegat[io]|anexos?|bijlagen?)"
)
_SIZE: Final = r"\(?(?:about |ca\. )?\d{1,4}(?:[.,]\d{1,3})? ?(?:[KMG]i?B?|bytes|octets|B)\)?"
_COUNTED: Final = re.compile(rf"[ \t]{{0,120}}\d{{1,3}} {_WORD},? ?{_SIZE}[:;]?[ \t]{{0,20}}", re.IGNORECASE)
_COUNT: Final = re.compile(rf"[ \t]{{0,120}}\d{{1,3}} {_WORD}[ \t]{{0,20}}", re.IGNORECASE)
_NAME: Final = re.compile(
    r"[ \t]{0,120}(?P<name>[^\s;][^;\n]{0,200}?\.[A-Za-z0-9]{2,5})(?:[ \t]{1,20}" + _SIZE + r")?;?[ \t]{0,20}"
)
_SIZES: Final = re.compile(rf"[ \t]{{0,120}}(?:{_SIZE}[ \t]{{0,80}}){{1,6}}", re.IGNORECASE)
_ENDS: Final = frozenset(")bsBS:;")  # of a line that counts
_EMPTY: Final = 2  # lines that may stand between recipients and the count
_ROWS: Final = 30  # lines that name files, at most


def counts_files(line: str) -> bool:
    """Whether the line counts attached files: "2 attachments (88 KB)"."""
    return line.rstrip()[-1:] in _ENDS and _COUNTED.fullmatch(line[:300]) is not None


def counted_files(lines: Sequence[str], first: int) -> tuple[int, int] | None:
    """The line that counts files right under a header that ends before line `first`, and the line after their names."""
    at = first
    while at < min(len(lines), first + _EMPTY) and not lines[at].strip():
        at += 1
    if at >= len(lines) or not counts_files(lines[at]):
        return None
    stop = at + 1
    while stop < min(len(lines), at + _ROWS) and lines[stop].strip() and _names(lines, at + 1, stop):
        stop += 1
    return at, stop


def _names(lines: Sequence[str], first: int, at: int) -> bool:
    """Whether a line names files: with a separator at its end, or after one that has none and goes on here."""
    line = lines[at].rstrip()
    if line.endswith(";") or _NAME.fullmatch(line.rsplit(";", 1)[-1][:400]):
        return True
    # A name that wraps: "Follow-up for" and "Tuesday.pdf;".
    after = lines[at + 1].rstrip() if at + 1 < len(lines) else ""
    return len(line) > 60 and (after.endswith(";") or _NAME.fullmatch(after[:400]) is not None) and at >= first


def listed_below(lines: Sequence[str]) -> list[str]:
    """The names of the files that are listed at the end of a message, each over or beside its size.

    Gmail counts them where there are several.
    """
    at = next(
        (
            at
            for at in range(len(lines) - 1, max(-1, len(lines) - 1 - 2 * _ROWS), -1)
            if _COUNT.fullmatch(lines[at][:200])
        ),
        None,
    )
    if at is None:
        return _listed_last(lines)
    names, sizes = [], 0
    for line in lines[at + 1 :]:
        if not line.strip():
            continue
        if _SIZES.fullmatch(line[:400]):
            sizes += 1
        elif match := _NAME.fullmatch(line[:400]):
            names.append(match["name"].strip())
            sizes += match["name"] != line.strip(" \t;")
        else:
            return []
    return names if sizes else []


def _listed_last(lines: Sequence[str]) -> list[str]:
    """The names of files, each over its size, that are the last lines of a message and that nothing counts."""
    said = [line for line in lines[-4 * _ROWS :] if line.strip()]
    names: list[str] = []
    while len(said) > 1 and _SIZES.fullmatch(said[-1][:400]) and (match := _NAME.fullmatch(said[-2][:400])):
        names.insert(0, match["name"].strip())
        del said[-2:]
    return names
