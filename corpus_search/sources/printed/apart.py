"""What speaks for a header being that of a message printed by itself, and not of one that another quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from corpus_search.sources.printed.announcements import is_rule
from corpus_search.sources.printed.attached_pages import left_empty
from corpus_search.sources.printed.blocks import Block
from corpus_search.sources.printed.dates import read_printed_date
from corpus_search.sources.printed.markers import Marker
from corpus_search.sources.printed.people import looks_like_people
from corpus_search.sources.printed.rows import Rows
from corpus_search.sources.printed.titles import Title, is_unlabelled

ENOUGH: Final = 3  # of the weights in `weigh`, for a message of its own
_COUNTED: Final = re.compile(
    r"(?:page|p\.?|pg\.?) ?1(?: ?(?:of|/) ?\d{1,5})?|1 ?(?:of|/) ?\d{1,5}|[-– ]{0,3}1[-– ]{0,3}", re.IGNORECASE
)
_REPLY: Final = re.compile(r"(?:(?:re|fw|fwd|aw|wg|sv|vs|rv|tr)\s?:\s*)+", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"[-=*_# ]{0,20}(?:e-?mail|message|document|item|record|no\.?|#) ?(?:no\.? ?|number ?|#)?\d{1,6}"
    r"(?: ?(?:of|/) ?\d{1,6})?[-=*_:. ]{0,20}",
    re.IGNORECASE,
)
_ENVELOPE: Final = 10  # rows between the heading of that list and the header in it
_ALIKE: Final = 0.5
_WORD: Final = re.compile(r"[^\W\d_][\w.'\-]{2,40}")
_DRAWN: Final = re.compile(r"\s*(?:={8,}|\*{8,}|#{8,})\s*")  # rules that no program draws over what it quotes


@dataclass(slots=True)
class Seen:
    """What is known while going through the markers.

    The make of the first header, the date and subject of the last message of its own, the mailbox's owner, and the
    people of that message and of those that it quotes.
    """

    make: tuple[str, ...] = ()
    wide: bool = False
    detached: bool = False
    date: str | None = None
    stem: str = ""
    owner: str = ""
    title: Title | None = None
    answers: bool = False  # that message answers or forwards another
    bookmarks: bool = False  # a bookmark with its subject leads to the first message
    lowest: str | None = None  # the oldest date in it, those that it quotes included
    people: set[str] = field(default_factory=set)
    found: list[tuple[Marker, int, tuple[str, ...]]] = field(default_factory=list)


def weigh(marker: Marker, rows: Rows, seen: Seen, above: int, on_top: bool) -> int:
    """How much speaks for a message of its own."""
    block = marker.block
    assert block is not None
    weight = 2 if on_top else -1
    if not on_top and len(rows.pages) == 1:
        weight = 2 if _stands_apart(rows, marker.first) else -1
    weight += 1 if make_of(block) == seen.make else -1
    if seen.wide or seen.detached:
        weight += (2 if seen.detached else 1) if (block.wide, block.detached) == (seen.wide, seen.detached) else -2
    elif block.wide:
        weight += 1
    if marker.announced:
        weight -= 1 if _DRAWN.fullmatch(rows.rows[marker.first].text) else 3
    if numbered_over(rows, marker.first) is not None:
        weight += 5
    owner = owner_over(rows, above, marker.first)
    if owner and owner == seen.owner:
        weight += 3
    if on_top and _page_counter(rows, marker.first):
        weight += 2
    weight += _of_another(block, seen) + (_bookmarked(marker, rows, seen) if on_top else 0)
    if not on_top and not _said_before(marker, rows, seen):
        weight -= 3
    if block.has("body") and make_of(block) == seen.make:
        weight += 4  # an export prints one after the other
    page = rows.rows[marker.first].page
    if on_top and page and left_empty(rows, page - 1):
        weight += 2
    if seen.title is not None and seen.title.count and not marker.announced and is_unlabelled(block):
        weight += 4  # a conversation, printed message after message
    return weight


def _bookmarked(marker: Marker, rows: Rows, seen: Seen) -> int:
    """What the file's bookmarks say: one leads to each mail, where one with its subject leads to the first."""
    if rows.pages[rows.rows[marker.first].page].bookmark:
        return 4 if seen.bookmarks else 2
    return -3 if seen.bookmarks else 0


def is_bookmarked(marker: Marker, rows: Rows) -> bool:
    """Whether a bookmark that names the mail's subject leads to its first page."""
    title = rows.pages[rows.rows[marker.first].page].bookmark
    stem = stem_of(marker.block) if marker.block is not None else ""
    return bool(title) and len(stem) > 1 and stem in " ".join((title or "").casefold().split())


def _of_another(block: Block, seen: Seen) -> int:
    """What date, subject and people say: what is quoted is older, of the same matter, and between the same people."""
    date, same = date_of(block), stem_of(block) == seen.stem
    weight = 0
    if date and seen.date:
        weight += 1 if date > seen.date or not same else -2 if date < seen.date else 0
    if same and seen.answers and date and seen.lowest and date < seen.lowest:
        weight -= 2  # an answer goes on down the chain: it is what that answers
    if same or _akin(stem_of(block), seen.stem):
        return weight
    if date and seen.date and date[:10] > seen.date[:10]:
        weight += 4
    people = people_of(block)
    if not seen.answers and people and seen.people and not people & seen.people:
        weight += 3
    return weight


def _akin(one: str, other: str) -> bool:
    """Whether two subjects may be one that was changed on the way, or that OCR read in two ways."""
    if not one or not other or one in other or other in one:
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > _ALIKE


def _said_before(marker: Marker, rows: Rows, seen: Seen) -> bool:
    """Whether the message before has words of its own: one without any is there for what it quotes."""
    last = seen.found[-1][0]
    glued = last.block is not None and last.block.column > 0  # words on the line on which its header ends
    return glued or any(not row.blank for row in rows.rows[last.stop : marker.first])


def said_again(marker: Marker, rows: Rows, seen: Seen) -> bool:
    """Whether the header is in GroupWise's list of where the mail before it went, which says its header once more."""
    block = marker.block
    assert block is not None
    over = rows.rows[max(0, marker.first - _ENVELOPE) : marker.first + 1]
    if not any("envelope properties" in row.text[:80].casefold() for row in over):
        return False
    before = seen.found[-1][0].block if seen.found else None
    return before is not None and same_header(before, block)


def same_header(one: Block, other: Block) -> bool:
    """Whether two headers say the same sender, subject and minute."""
    dates = [read_printed_date(block.value("date") or block.value("late") or "") or "" for block in (one, other)]
    if not dates[0] or dates[0][:16] != dates[1][:16] or stem_of(one) != stem_of(other):
        return False
    return _words(one.value("from") or "") == _words(other.value("from") or "")


def make_of(block: Block) -> tuple[str, ...]:
    """The make of a header: which of its fields come in which order, and what the date is called."""
    order = tuple(one.name for one in block.fields if one.name in ("from", "date", "to", "subject"))
    called = next((one.label.casefold() for one in block.fields if one.name == "date"), "")
    return (*order, called)


def date_of(block: Block) -> str | None:
    """The date of a header to the minute."""
    written = block.value("date")
    iso = read_printed_date(written, day_first=block.day_first) if written else None
    return iso[:16] if iso else None


def stem_of(block: Block) -> str:
    """The subject of a header without its reply marks, shortened, to be compared."""
    subject = " ".join((block.value("subject") or "").split())
    return _REPLY.sub("", subject, count=1).casefold()[:40]


def is_reply(block: Block) -> bool:
    """Whether the subject has a reply mark."""
    return _REPLY.match(block.value("subject") or "") is not None


def people_of(block: Block) -> set[str]:
    """The words of the names and mailboxes in a header: what tells whether two headers have a person in common."""
    return _words(" ".join(one.value for one in block.fields if one.name in ("from", "to", "cc", "bcc")))


def _words(written: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(re.sub(r"@\S+", " ", written[:4000]))}


def owner_over(rows: Rows, above: int, first: int) -> str:
    """The mailbox owner's name, alone over the header."""
    over = [rows.rows[at].text.strip() for at in range(above, first) if not rows.rows[at].blank]
    names = [text for text in over if 3 < len(text) < 60 and not is_rule(text)]
    return names[-1].casefold() if names and looks_like_people(names[-1]) and len(names[-1].split()) <= 6 else ""


def numbered_over(rows: Rows, first: int) -> int | None:
    """The row right over a header that counts messages ("Email 2 of 3"); None where none does."""
    for at in range(first - 1, max(-1, first - 4), -1):
        if not rows.rows[at].blank:
            return at if _NUMBERED.fullmatch(rows.rows[at].text.strip()) else None
    return None


def _page_counter(rows: Rows, first: int) -> bool:
    """Whether the page says that it is the first of something."""
    return any(_COUNTED.fullmatch(text) for text in rows.furniture[rows.rows[first].page]) and any(
        re.search(r"\b[2-9]\b", text) for page in rows.furniture for text in page if len(text) < 20
    )


def _stands_apart(rows: Rows, first: int) -> bool:
    """In a file that is one page: whether a rule or several empty lines stand over the header."""
    over = rows.rows[max(0, first - 3) : first]
    return len(over) < 3 or all(row.blank for row in over[-2:]) or any(is_rule(row.text) for row in over)
