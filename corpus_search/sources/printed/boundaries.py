"""Where in a file's pages a message begins and ends, and what is none.

Every header found is either that of a message that was printed by itself, or stands in one that quotes it. What tells
them apart is weighed: a header on top of a page, of the same make as the file's first (its labels and their order, a
column of values), under the mailbox owner's name, newer than the message before it, speaks for the first; an
announcement over it, another make, a place in the middle of a page for the second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from corpus_search.sources.printed.announcements import is_rule
from corpus_search.sources.printed.attached_pages import first_attached, left_empty
from corpus_search.sources.printed.blocks import Block
from corpus_search.sources.printed.dates import read_printed_date
from corpus_search.sources.printed.day_order import day_comes_first, is_open
from corpus_search.sources.printed.introductions import chat_line
from corpus_search.sources.printed.markers import Marker, Markers
from corpus_search.sources.printed.marks import is_mark
from corpus_search.sources.printed.people import looks_like_people
from corpus_search.sources.printed.rows import Row, Rows
from corpus_search.sources.printed.titles import Title, is_unlabelled, lacks_subject, title_over, titled

_ENOUGH: Final = 3  # of the weights in `_weight`, for a message of its own
_PREAMBLE: Final = 8  # rows that may stand above the first header of a page, at most
_COUNTED: Final = re.compile(
    r"(?:page|p\.?|pg\.?) ?1(?: ?(?:of|/) ?\d{1,5})?|1 ?(?:of|/) ?\d{1,5}|[-– ]{0,3}1[-– ]{0,3}", re.IGNORECASE
)
_REPLY: Final = re.compile(r"(?:(?:re|fw|fwd|aw|wg|sv|vs|rv|tr)\s?:\s*)+", re.IGNORECASE)
_MEMO: Final = re.compile(
    r"\b(?:memorandum|memo|interoffice|inter-office|policy|procedure|directive|general order|agenda|fax|facsimile)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A message (or, without `block`, a document) of a file: its rows from `first` to `stop`, the header's among them.

    `above` is the row at which what stands over its header begins; `doubts` is why its boundary may be wrong.
    """

    above: int
    first: int
    body: int
    stop: int
    block: Block | None = None
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Seen:
    """What is known while going through the markers: the make of the first header, the newest date, the owner."""

    make: tuple[str, ...] = ()
    wide: bool = False
    detached: bool = False
    date: str | None = None
    stem: str = ""
    owner: str = ""
    title: Title | None = None
    found: list[tuple[Marker, int, tuple[str, ...]]] = field(default_factory=list)


def cut_messages(rows: Rows) -> list[Printed]:
    """The messages and documents of a file's rows, in order; together they hold every row."""
    markers = _ordered(_markers(rows.rows))
    begins = _begins(markers, rows) or _chat(rows.rows)
    pieces: list[Printed] = []
    end = len(rows.rows)
    bounds = [above for _, above, _ in begins] + [end]
    if bounds[0] > 0:
        pieces += _document(rows, 0, bounds[0])
    for (marker, above, doubts), stop in zip(begins, bounds[1:], strict=True):
        assert marker.block is not None
        headed = max((one.first for one in markers if one.first < stop), default=0)
        last = first_attached(rows, marker.block, marker.stop, stop, headed)
        pieces.append(Printed(above, marker.first, marker.stop, last or stop, marker.block, doubts))
        if last:
            pieces += _document(rows, last, stop)
    return pieces


def _ordered(markers: Sequence[Marker]) -> list[Marker]:
    """The markers with what the dates of all of them show: whether the day stands before the month."""
    dates = [marker.block.value("date") for marker in markers if marker.block is not None]
    first = day_comes_first(dates)
    ordered = []
    for marker in markers:
        block = marker.block
        if block is not None and first:
            marker = replace(marker, block=replace(block, day_first=True))
        elif block is not None and not block.day_first and is_open(block.value("date"), dates):
            doubts = (*block.doubts, "day and month of its date may be changed over")
            marker = replace(marker, block=replace(block, doubts=doubts))
        ordered.append(marker)
    return ordered


def _chat(rows: Sequence[Row]) -> list[tuple[Marker, int, tuple[str, ...]]]:
    """The lines of a chat, where pages hold nothing else: "[3/6/2018 8:12 AM] Doe, John: …"."""
    told = [
        (at, replace(block, first=at, stop=at + 1)) for at, row in enumerate(rows) if (block := chat_line(row.text))
    ]
    if len(told) < 2:
        return []
    return [(Marker(at, at + 1, block), at, ()) for at, block in told]


def _document(rows: Rows, first: int, stop: int) -> list[Printed]:
    if any(not row.blank for row in rows.rows[first:stop]):
        return [Printed(first, first, first, stop)]
    return []


def _markers(rows: Sequence[Row]) -> list[Marker]:
    contents = [row.laid for row in rows]
    finder = Markers(contents, [0 if ">" not in text[:3] else text[:8].count(">") for text in contents])
    found: list[Marker] = []
    at = 0
    while at < len(contents):
        marker = finder.at(at)
        if marker is None:
            at += 1
            continue
        found.append(marker)
        finder.free = at = marker.stop
    return found


def _begins(markers: Sequence[Marker], rows: Rows) -> list[tuple[Marker, int, tuple[str, ...]]]:
    """The markers at which a message of its own begins, with the row where what stands above them does."""
    seen = _Seen()
    for marker in markers:
        block = marker.block
        if block is None or not _is_mail(block, marker, rows):
            continue
        above, on_top = _above(marker, rows, seen)
        if not seen.found:
            if marker.announced and not on_top:
                continue
            doubts = () if on_top else ("its header is not at the top of a page",)
            _take(seen, marker, above, doubts, rows)
            continue
        weight = _weight(marker, rows, seen, above, on_top)
        if weight >= _ENOUGH:
            doubts = () if weight > _ENOUGH else ("it may be quoted by the message before it",)
            _take(seen, marker, above, doubts, rows)
    return seen.found


def _take(seen: _Seen, marker: Marker, above: int, doubts: tuple[str, ...], rows: Rows) -> None:
    block = marker.block
    assert block is not None
    if not seen.found:
        seen.make, seen.wide, seen.detached = _make(block), block.wide, block.detached
        seen.owner = _owner(rows, above, marker.first)
    over = [rows.rows[at].text.strip() for at in range(above, marker.first) if not rows.rows[at].blank]
    title = (
        title_over(over) if is_unlabelled(block) or lacks_subject(block, rows.rows[marker.first].text, over) else None
    )
    if title is not None and title.subject and is_unlabelled(block):
        seen.title = title
    seen.date = _date(block) or seen.date
    seen.stem = _stem(block)
    if title is not None and not is_unlabelled(block):
        marker = replace(marker, block=titled(block, title))
    elif seen.title is not None and is_unlabelled(block) and not block.has("subject"):
        marker = replace(marker, block=titled(block, seen.title))
        seen.title = seen.title if seen.title.count else None
    seen.found.append((marker, above, doubts))


def _weight(marker: Marker, rows: Rows, seen: _Seen, above: int, on_top: bool) -> int:
    """How much speaks for a message of its own."""
    block = marker.block
    assert block is not None
    weight = 2 if on_top else -1
    if not on_top and len(rows.pages) == 1:
        weight = 2 if _stands_apart(rows, marker.first) else -1
    weight += 1 if _make(block) == seen.make else -1
    if seen.wide or seen.detached:
        weight += 1 if (block.wide, block.detached) == (seen.wide, seen.detached) else -2
    elif block.wide:
        weight += 1
    if marker.announced:
        weight -= 3
    owner = _owner(rows, above, marker.first)
    if owner and owner == seen.owner:
        weight += 3
    if on_top and _page_counter(rows, marker.first):
        weight += 2
    date = _date(block)
    if date and seen.date:
        same = _stem(block) == seen.stem
        weight += 1 if date > seen.date or not same else -2 if date < seen.date else 0
    if block.has("body") and _make(block) == seen.make:
        weight += 4  # an export prints one after the other
    page = rows.rows[marker.first].page
    if on_top and page and left_empty(rows, page - 1):
        weight += 2
    if seen.title is not None and seen.title.count and not marker.announced and is_unlabelled(block):
        weight += 4  # a conversation, printed message after message
    return weight


def _make(block: Block) -> tuple[str, ...]:
    """The make of a header: which of its fields come in which order, and what the date is called."""
    order = tuple(one.name for one in block.fields if one.name in ("from", "date", "to", "subject"))
    called = next((one.label.casefold() for one in block.fields if one.name == "date"), "")
    return (*order, called)


def _date(block: Block) -> str | None:
    written = block.value("date")
    iso = read_printed_date(written, day_first=block.day_first) if written else None
    return iso[:16] if iso else None


def _stem(block: Block) -> str:
    subject = " ".join((block.value("subject") or "").split())
    return _REPLY.sub("", subject, count=1).casefold()[:40]


def _above(marker: Marker, rows: Rows, seen: _Seen) -> tuple[int, bool]:
    """The row from which what stands over a header on its page belongs to it, and whether nothing else stands there."""
    first = marker.first
    top = rows.tops[rows.rows[first].page]
    if seen.found and top < seen.found[-1][0].stop:
        return first, False
    over = [at for at in range(top, first) if not rows.rows[at].blank]
    if len(over) > _PREAMBLE + (20 if not seen.found else 0):
        return first, False
    for at in over:
        if not _may_stand_over(rows.rows[at].text) and not (not seen.found and len(rows.rows[at].text.strip()) < 60):
            return first, False
    return top, True


def _may_stand_over(text: str) -> bool:
    """Whether a row can stand between the top of a page and a header: a name, a title, marks, a rule."""
    text = text.strip()
    if is_mark(text) or is_rule(text) or len(text) < 4:
        return True
    if text[-1] in ".,;?!" and len(text) > 40:
        return False
    return len(text) < 90 and len(text.split()) < 12


def _owner(rows: Rows, above: int, first: int) -> str:
    """The mailbox owner's name, alone over the header."""
    over = [rows.rows[at].text.strip() for at in range(above, first) if not rows.rows[at].blank]
    names = [text for text in over if 3 < len(text) < 60 and not is_rule(text)]
    return names[-1].casefold() if names and looks_like_people(names[-1]) and len(names[-1].split()) <= 6 else ""


def _page_counter(rows: Rows, first: int) -> bool:
    """Whether the page says that it is the first of something."""
    return any(_COUNTED.fullmatch(text) for text in rows.furniture[rows.rows[first].page]) and any(
        re.search(r"\b[2-9]\b", text) for page in rows.furniture for text in page if len(text) < 20
    )


def _stands_apart(rows: Rows, first: int) -> bool:
    """In a file that is one page: whether a rule or several empty lines stand over the header."""
    over = rows.rows[max(0, first - 3) : first]
    return len(over) < 3 or all(row.blank for row in over[-2:]) or any(is_rule(row.text) for row in over)


def _is_mail(block: Block, marker: Marker, rows: Rows) -> bool:
    """Whether a header is that of a mail: not of a memo, a calendar item, a form."""
    if any(one.name == "meeting" for one in block.fields) and not block.has("from"):
        return False
    if not block.has("from"):
        return block.has("subject") and block.has("date")
    written = block.value("date") or block.value("late") or ""
    timed = len(read_printed_date(written) or "") > 10
    reached = any(
        "@" in one.value or "█" in one.value for one in block.fields if one.name in ("from", "to", "cc", "bcc")
    )
    labels = [one.label for one in block.fields if one.name in ("from", "to", "date", "subject")]
    if timed or reached or any(label.casefold() == "sent" for label in labels):
        return True
    over = " ".join(row.text for row in rows.rows[max(0, marker.first - 12) : marker.first])
    if _MEMO.search(over) or all(label.isupper() for label in labels):
        return False
    replied = _REPLY.match(block.value("subject") or "") is not None
    return replied or block.detached or (block.has("to") and block.has("subject") and block.has("date"))
