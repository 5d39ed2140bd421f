"""Lines that announce a message with a header of its own: "-----Original Message-----", and rules drawn over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from corpus_search.packs.printed_pack import fold, load_printed
from corpus_search.sources.printed.marks import without_mark

_RULE: Final = re.compile(r"[ \t]{0,40}(?:_{8,}|-{8,}|={8,}|\*{8,})[ \t]{0,40}")
_DASHED: Final = re.compile(
    r"[ \t]{0,80}[-_=*~>—–]{1,80}[ \t]{0,10}(?P<words>[^\W\d_][^\n]{3,160}?)[ \t]{0,10}[-_=*~—–.]{0,80}[ \t]{0,80}"
)
_DRAWN: Final = "-_=*~—–"
_AROUND: Final = "-_=*~>—–:. \t\xa0"  # what may stand around the words
_ENDS_MARK: Final = frozenset("0123456789)")  # ends of exemption codes
_BY: Final = re.compile(r"(?:forwarded|weitergeleitet|transmis|reenviado) (?:by|von|par|por) ", re.IGNORECASE)


def is_rule(line: str) -> bool:
    """Whether the line is drawn, not written."""
    return len(line) < 200 and _RULE.fullmatch(line) is not None


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """The first three letters of all announcements."""
    return frozenset(words[:3] for words in load_printed().separators)


def _may_separate(words: str) -> bool:
    """False only where words are no announcement, by their first three letters: most lines of a mail are none."""
    first = words[:3]
    return not (first.isascii() and first.isalpha()) or first.lower() in _beginnings()


def separator_end(lines: Sequence[str], at: int) -> int | None:
    """The line after an announcement such as "-----Original Message-----" or "Forwarded by …" at this one."""
    line = lines[at]
    text = line.strip(" \t\xa0")
    if not 4 < len(text) < 250:
        return None
    if text[0] not in _DRAWN and not _may_separate(text.lstrip(_AROUND)):
        return None
    if text[-1] in _ENDS_MARK:
        line = without_mark(line)[0]  # "-----Original Message-----      B6"
        text = line.strip(" \t\xa0") or text
    words = text.strip(_AROUND)
    if len(words) < 60 and fold(words) in load_printed().separators:
        return at + 1
    if text[0] not in _DRAWN:
        return None
    match = _DASHED.fullmatch(line, 0, 400)
    if match is None:
        return None
    if fold(match["words"].strip("-_=*~—–:. \t")) in load_printed().separators:
        return at + 1
    if _BY.match(match["words"]) and text.startswith(("--", "__", "==")):
        for end in range(at, min(at + 3, len(lines))):
            if lines[end].rstrip().endswith(("---", "___", "===")) and (end > at or len(text) > 30):
                return end + 1
        return at + 1
    return None
