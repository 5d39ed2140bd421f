"""Pages printed after a mail that are no part of it: attachments, found by what speaks for them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from corpus_search.sources.printed.attachment_rows import listed_below
from corpus_search.sources.printed.blocks import Block
from corpus_search.sources.printed.contacts import is_farewell, is_ranked, weight_of
from corpus_search.sources.printed.rows import Rows

_ENOUGH: Final = 3
_SAYS: Final = re.compile(
    r"\b(?:attach(?:ed|ment|ments|ing)|enclosed|see the attached)\b|<<[^<>]{3,80}\.\w{2,4}>>", re.IGNORECASE
)
_SIGNED: Final = 8  # rows of a signature that runs over to the next page, at most
_SHORT: Final = 60  # characters: longer rows are none of it
_NAME: Final = re.compile(r"[^\W\d_]{3,40}")
_ENDED: Final = re.compile(r"[.!?)\]>\"”]\s*$")


def first_attached(rows: Rows, block: Block, body: int, stop: int, headed: int) -> int | None:
    """The row at which a page begins that is attached to the mail whose rows these are; None where all is the mail's.

    `headed` is the row of the last header in it: where more is quoted, the mail goes on.
    """
    begins = [top for top in rows.tops if max(body - 1, headed) < top < stop]
    if not begins:
        return None
    words = " ".join(row.text for row in rows.rows[body : begins[0]])[:20_000]
    named = 2 if block.value("attachments") else 1 if _SAYS.search(words) else 0
    home = rows.pages[rows.rows[body - 1].page]
    for top in begins:
        if all(row.blank for row in rows.rows[body:top]):
            continue  # a header that fills its page: the words come after it
        page = rows.pages[rows.rows[top].page]
        ended, titled = _ended(rows, top), _titled(rows, top)
        if titled < 2 and not page.bookmark and _signs_on(rows, block, top, stop):
            continue
        weight = named + ended + titled
        if not (ended > 0 and titled):
            weight -= 2
        weight += left_empty(rows, rows.rows[top - 1].page) + (3 if page.bookmark else 0)
        if home.size[0] and page.size[0] and abs(home.size[0] - page.size[0]) > 20:
            weight += 2
        if home.read_by != page.read_by:
            weight += 1
        if weight >= _ENOUGH + (0 if named else 1):
            return top
    return None


def _signs_on(rows: Rows, block: Block, top: int, stop: int) -> bool:
    """Whether nothing stands on a page but the rest of the mail's signature, which began above or begins here."""
    page = rows.rows[top].page
    here = [row.text.strip() for row in rows.rows[top:stop] if row.page == page]
    signed = here[: here.index("")] if "" in here else here
    said = [text for text in here if text]
    if not 0 < len(said) <= _SIGNED or any(len(text) > _SHORT for text in said):
        return False
    above = [row.text.strip() for row in rows.rows[max(0, top - _SIGNED) : top] if not row.blank][-3:]
    sender = {name.casefold() for name in _NAME.findall((block.value("from") or "").split("<")[0])}
    begun = any(is_farewell(text) or _is_named(text, sender) for text in (*above, *signed[:2]))
    after = here[len(signed) :]
    told = [text for text in signed if is_ranked(text) or weight_of(text) or _is_named(text, sender)]
    return begun and bool(told) and (all(not text or weight_of(text) for text in after) or bool(listed_below(after)))


def _is_named(text: str, sender: set[str]) -> bool:
    """Whether a row is the sender's name, perhaps with a rank."""
    return (
        len(text.split()) <= 5
        and len(sender & {name.casefold() for name in _NAME.findall(text)}) >= min(2, len(sender)) > 0
    )


def left_empty(rows: Rows, page: int) -> bool:
    """Whether the last part of a page is empty: a new page was begun, nobody ran out of this one."""
    boxes = [line.box for line in rows.pages[page].lines if line.box is not None and line.furniture is None]
    height = rows.pages[page].size[1]
    if boxes and height:
        return max(box.bottom for box in boxes) < 0.7 * height
    bounds = [*rows.tops, len(rows.rows)]
    filled = [sum(not row.blank for row in rows.rows[a:b]) for a, b in pairwise(bounds)]
    return filled[page] < 0.5 * max(filled, default=0)


def _ended(rows: Rows, top: int) -> int:
    """Whether the page before ends as a message ends: -2 where a sentence goes on."""
    before = [row.text.strip() for row in rows.rows[max(0, top - 8) : top] if not row.blank]
    if not before:
        return 1
    last = before[-1]
    following = next((row.text.strip() for row in rows.rows[top : top + 4] if not row.blank), "")
    if following[:1].islower() or (len(last) > 60 and not _ENDED.search(last)):
        return -2
    return 1 if len(last) < 60 else 0


def _titled(rows: Rows, top: int) -> int:
    """Whether the page begins with a title or a letterhead: 2 where it is in capitals."""
    first = next((row.text.strip() for row in rows.rows[top : top + 6] if not row.blank), "")
    if not first or len(first) > 90 or first[-1] in ".,;":
        return 0
    words = [word for word in first.split() if word[0].isalpha()]
    if not words or sum(word[0].isupper() for word in words) < 0.7 * len(words):
        return 0
    return 2 if first.isupper() and len(words) > 2 else 1 if len(words) > 1 or first.isupper() else 0
