"""The subject of mail that is printed without a label for it: Gmail and Outlook on the web print it as a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus_search.sources.printed.announcements import is_rule
from corpus_search.sources.printed.blocks import Block, Field
from corpus_search.sources.printed.marks import is_mark
from corpus_search.sources.printed.people import looks_like_people

_COUNT: Final = re.compile(r"(\d{1,3}) (?:messages?|mensajes?|Nachrichten?|message\(s\))", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:#|[Nn]o\.?|[Ii]tem)? ?\d{1,6}[.):]?")  # what counts messages is no subject
_ROWS: Final = 4  # that a title may wrap over
_SERVICE: Final = re.compile(r"(?:[\w.,&'’()/ -]{0,40}\b)?(?:Gmail|Mail|Webmail)")  # its name, where its logo stands


@dataclass(frozen=True, slots=True)
class Title:
    """What stands over the first message: its subject, how many follow under it (0: that one), the first's row."""

    subject: str
    count: int = 0
    row: int = 0


def is_unlabelled(block: Block) -> bool:
    """Whether the sender stands in the header without a label."""
    return any(one.name == "from" and not one.label for one in block.fields)


def lacks_subject(block: Block, first: str, over: Sequence[str]) -> bool:
    """Whether a header of labels has its subject over it, as Proton and newer Outlook print it.

    A name there is the mailbox owner's, unless the labels are those of a program that prints no such name (without
    colons). `first` is the header's first row, `over` what stands above.
    """
    if block.has("subject") or block.has("body") or not block.has("date") or block.detached:
        return False
    title = title_over(over)
    if title is None or len(title.subject) < 2:
        return False
    return not looks_like_people(title.subject) or ":" not in first[:12]


def title_over(rows: Sequence[str]) -> Title | None:
    """The title in the rows over a header."""
    rows = [row for row in rows if row and not is_rule(row) and not is_mark(row) and not _NUMBER.fullmatch(row)]
    counted = next((at for at, row in enumerate(rows) if _COUNT.fullmatch(row)), None)
    if counted is not None:
        match = _COUNT.fullmatch(rows[counted])
        assert match is not None
        above = _wrapped(rows[:counted])
        return Title(" ".join(above), int(match.group(1))) if above else None
    above = _wrapped(rows)[-1:]
    return Title(above[0]) if above else None


def titled(block: Block, title: Title) -> Block:
    """The header with its subject; messages under one title that counts them are one conversation."""
    told = Field("subject", "", title.subject)
    return replace(block, fields=(*block.fields, told), conversation=conversation_of(title))


def conversation_of(title: Title) -> str:
    """What the messages under a title share that counts several; nothing where it counts none."""
    return f"{title.row} {title.subject}" if title.count > 1 else ""


def _wrapped(rows: Sequence[str]) -> list[str]:
    """The last rows that are no account's name or address."""
    kept: list[str] = []
    for row in reversed(rows):
        if "@" in row or "█" in row or len(kept) == _ROWS:
            break
        kept.insert(0, row)
    kept = [row for at, row in enumerate(kept) if at == len(kept) - 1 or not _SERVICE.fullmatch(row)]
    if len(kept) > 1 and kept[0].endswith(f" - {' '.join(kept[1:])}"):
        kept.pop(0)  # a browser's head says the title, too
    return kept
