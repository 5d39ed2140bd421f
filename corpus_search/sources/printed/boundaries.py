"""Where in a file's pages a message begins and ends, and what is none.

Every header found is either that of a message that was printed by itself, or stands in one that quotes it. What tells
them apart is weighed: a header on top of a page, of the same make as the file's first (its labels and their order, a
column of values), under the mailbox owner's name, newer than the message before it, speaks for the first; an
announcement over it, another make, a place in the middle of a page for the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus_search.sources.printed.announcements import is_rule
from corpus_search.sources.printed.apart import (
    ENOUGH,
    Seen,
    date_of,
    is_bookmarked,
    is_reply,
    make_of,
    numbered_over,
    owner_over,
    people_of,
    said_again,
    stem_of,
    weigh,
)
from corpus_search.sources.printed.attached_pages import first_attached
from corpus_search.sources.printed.attachment_rows import listed_below
from corpus_search.sources.printed.blocks import Block, Field
from corpus_search.sources.printed.day_order import day_comes_first, is_open
from corpus_search.sources.printed.introductions import chat_line, is_introduction
from corpus_search.sources.printed.mail_headers import is_mail
from corpus_search.sources.printed.markers import Marker, Markers
from corpus_search.sources.printed.marks import is_mark
from corpus_search.sources.printed.rows import Row, Rows
from corpus_search.sources.printed.titles import (
    Title,
    conversation_of,
    is_unlabelled,
    lacks_subject,
    title_over,
    titled,
)

_PREAMBLE: Final = 8  # rows that may stand above the first header of a page, at most


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
        block = _with_listed(marker.block, [row.text for row in rows.rows[marker.stop : last or stop]])
        pieces.append(Printed(above, marker.first, marker.stop, last or stop, block, doubts))
        if last:
            pieces += _document(rows, last, stop)
    return pieces


def _with_listed(block: Block, words: Sequence[str]) -> Block:
    """The header with the files that Gmail lists under the words of a message."""
    if block.has("attachments") or not is_unlabelled(block):
        return block
    names = listed_below(words)
    return replace(block, fields=(*block.fields, Field("attachments", "", "; ".join(names)))) if names else block


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
    seen = Seen()
    for marker in markers:
        block = marker.block
        if block is None or not is_mail(block, marker, rows):
            continue
        if said_again(marker, rows, seen):
            continue
        above, on_top = _above(marker, rows, seen)
        if not seen.found:
            if not on_top and marker.announced:
                continue
            if not (block.value("date") or block.value("late")) and (not on_top or _led_in(rows, marker.first)):
                continue  # a text that shows what a mail looks like
            doubts = () if on_top else ("its header is not at the top of a page",)
            _take(seen, marker, above, doubts, rows)
            continue
        weight = weigh(marker, rows, seen, above, on_top) if _may_begin(block, seen) else 0
        if weight >= ENOUGH:
            doubts = () if weight > ENOUGH else ("it may be quoted by the message before it",)
            _take(seen, marker, above, doubts, rows)
        else:
            seen.people |= people_of(block)
            if (date := date_of(block)) and seen.lowest:
                seen.lowest = min(seen.lowest, date)
    return seen.found


def _may_begin(block: Block, seen: Seen) -> bool:
    """Whether a header can be that of a message of its own, which "On … wrote:" is not after one with a real header."""
    first = seen.found[0][0].block
    return not is_introduction(block) or (first is not None and is_introduction(first))


def _take(seen: Seen, marker: Marker, above: int, doubts: tuple[str, ...], rows: Rows) -> None:
    block = marker.block
    assert block is not None
    if not seen.found:
        seen.make, seen.wide, seen.detached = make_of(block), block.wide, block.detached
        seen.owner = owner_over(rows, above, marker.first)
        seen.bookmarks = is_bookmarked(marker, rows)
    over = [rows.rows[at].text.strip() for at in range(above, marker.first) if not rows.rows[at].blank]
    title = (
        title_over(over) if is_unlabelled(block) or lacks_subject(block, rows.rows[marker.first].text, over) else None
    )
    if title is not None and title.subject and is_unlabelled(block):
        seen.title = title = replace(title, row=marker.first)
    seen.date = date_of(block) or seen.date
    seen.lowest = date_of(block)
    seen.people, seen.answers = people_of(block), is_reply(block)
    seen.stem = stem_of(block)
    if title is not None and not is_unlabelled(block):
        marker = replace(marker, block=titled(block, title))
    elif seen.title is not None and is_unlabelled(block) and not block.has("subject"):
        marker = replace(marker, block=titled(block, seen.title))
        seen.title = seen.title if seen.title.count else None
    seen.found.append((marker, above, doubts))


def _above(marker: Marker, rows: Rows, seen: Seen) -> tuple[int, bool]:
    """The row from which what stands over a header on its page belongs to it, and whether nothing else stands there."""
    first = marker.first
    top = rows.tops[rows.rows[first].page]
    if marker.block is not None and is_unlabelled(marker.block) and _goes_on(seen, rows, top, first):
        return first, False
    if seen.found and top < seen.found[-1][0].stop:
        counted = numbered_over(rows, first)
        return (first if counted is None else counted), False
    over = [at for at in range(top, first) if not rows.rows[at].blank]
    if len(over) > _PREAMBLE + (20 if not seen.found else 0):
        return first, False
    for at in over:
        if not _may_stand_over(rows.rows[at].text) and not (not seen.found and len(rows.rows[at].text.strip()) < 60):
            return first, False
    return top, True


def _goes_on(seen: Seen, rows: Rows, top: int, first: int) -> bool:
    """Whether a conversation goes on of whose messages some are still to come: what stands above is its last one's."""
    title = seen.title
    if title is None or title.count < 2 or _is_whole(seen, title):
        return False
    told = title_over([text for row in rows.rows[max(top, first - _PREAMBLE) : first] if (text := row.text.strip())])
    return told is None or not told.count


def _is_whole(seen: Seen, title: Title) -> bool:
    """Whether as many messages were found as the title counts."""
    last = [marker.block for marker, _, _ in seen.found[-title.count :]]
    of_it = [block for block in last if block is not None and block.conversation == conversation_of(title)]
    return len(of_it) == title.count


def _led_in(rows: Rows, first: int) -> bool:
    """Whether a sentence stands over the header and leads to it: "… such as this one:"."""
    over = next((row.text.strip() for row in reversed(rows.rows[max(0, first - 4) : first]) if not row.blank), "")
    return over.endswith(":") and len(over.split()) > 3


def _may_stand_over(text: str) -> bool:
    """Whether a row can stand between the top of a page and a header: a name, a title, marks, a rule."""
    text = text.strip()
    if is_mark(text) or is_rule(text) or len(text) < 4:
        return True
    if text[-1] in ".,;?!" and len(text) > 40:
        return False
    return len(text) < 90 and len(text.split()) < 12
