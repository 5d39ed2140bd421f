"""A file's pages into messages and documents, each with its places, its zones and how sure it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus_search.model import Message, PageCount, Place, Reading, Source, Zone, identify
from corpus_search.sources.charsets import scrub
from corpus_search.sources.lines import Page
from corpus_search.sources.printed.apart import date_of
from corpus_search.sources.printed.blocks import Block
from corpus_search.sources.printed.boundaries import Printed, cut_messages
from corpus_search.sources.printed.marks import stamp_in
from corpus_search.sources.printed.rows import Rows, rows_of
from corpus_search.sources.zones import begun, blacked, divide, filled, header_lines

_FURNITURE: Final = 60  # lines of furniture that one message keeps


@dataclass(frozen=True, slots=True)
class Paper:
    """What messages made of pages have in common: source, release, what ids are made of, the message they lie in."""

    source: Source
    release: str
    seed: str
    within: str | None = None
    doubts: tuple[str, ...] = ()

    def id_of(self, kind: str, number: int) -> str:
        """The id of the message or document that begins on a page (the first of it has the page's number alone)."""
        return identify(self.seed, kind, number)


def make_printed(pages: Sequence[Page], paper: Paper) -> Reading:
    """The messages and documents of pages whose furniture is marked. Every line is in exactly one of them."""
    rows = rows_of(pages)
    messages: list[Message] = []
    pieces = cut_messages(rows)
    latest = max((date for piece in pieces if piece.block and (date := date_of(piece.block))), default=None)
    for number, piece in enumerate(pieces, start=1):
        messages += _made(piece, rows, paper, number, latest)
    if not messages and any(any(lines) for lines in rows.furniture):
        messages += _stamps_only(rows, paper)  # pages of nothing but stamps were released too
    return Reading(tuple(messages))


def _stamps_only(rows: Rows, paper: Paper) -> tuple[Message, ...]:
    """A document of pages on which nothing but furniture stands."""
    text = "\n".join(dict.fromkeys(line for lines in rows.furniture for line in lines))
    name = (paper.source.member or paper.source.path).rsplit("/", 1)[-1]
    places = tuple(page.place for page in rows.pages)
    zones = (Zone("furniture", 0, len(text)),)
    return (
        Message(
            paper.id_of("document", 1),
            "document",
            paper.release,
            paper.source,
            places,
            text,
            zones,
            paper.within,
            subject=name,
        ),
    )


def is_lost(page: Page) -> bool:
    """Whether nothing is known of a page, not even its size: it is damaged."""
    return page.read_by == "unread" and not page.size[0]


def counted(pages: Sequence[Page]) -> PageCount:
    """The pages by how they were read."""
    by = [page.read_by for page in pages]
    return PageCount(by.count("text"), by.count("ocr"), by.count("unread"))


def _made(piece: Printed, rows: Rows, paper: Paper, number: int, near: str | None) -> tuple[Message, ...]:
    """A message and those that it quotes, or a document. `near` is the latest date of the file."""
    head = header_lines(piece.block) if piece.block else ""
    body, starts, pages = _body(piece, rows)
    over = [rows.rows[at].text.strip() for at in range(piece.above, piece.first) if not rows.rows[at].blank]
    aside = _aside(piece, rows, over)
    parts = [part for part in (head, body) if part]
    text = "\n\n".join(parts)
    begin = len(head) + 2 if head and body else len(head)
    tail = f"\n\n{aside}" if aside and text else aside
    if not text and piece.block is None:
        return ()
    places = _places(rows, piece.above, piece.stop)
    headed = [rows.pages[row.page].place for row in rows.rows[piece.first : piece.body] if not row.blank]
    codes = [code for row in rows.rows[piece.above : piece.stop] for code in row.codes]
    name = (paper.source.member or paper.source.path).rsplit("/", 1)[-1]
    message = Message(
        id=paper.id_of("message" if piece.block else "document", number),
        kind="message" if piece.block else "document",
        release=paper.release,
        source=paper.source,
        places=begun(
            places, headed, zip((rows.pages[at].place for at in pages), (begin + at for at in starts), strict=True)
        ),
        text=text + tail,
        zones=(),
        within=paper.within,
        subject=None if piece.block else name,
        redactions=blacked(text + tail, codes),
    )

    def place_of(start: int, end: int) -> tuple[Place, ...]:
        """The pages of a stretch of the body."""
        first = pages[max(0, bisect_right(starts, start - begin) - 1)] if pages else 0
        last = pages[max(0, bisect_right(starts, max(start, end - 1) - begin) - 1)] if pages else 0
        return tuple(rows.pages[at].place for at in range(first, last + 1)) if pages else places

    if piece.block is None:
        return divide(message, 0, tail=len(tail))[:1] if tail else divide_none(message)
    confidence, doubts = _sure(piece, rows, paper)
    together = f"{paper.source.sha256} {piece.block.conversation}" if piece.block.conversation else None
    message = replace(message, confidence=confidence, doubts=doubts, thread_index=together)
    message = filled(message, piece.block, near)
    return divide(message, len(head), place_of, len(tail), day_first=piece.block.day_first)


def divide_none(message: Message) -> tuple[Message, ...]:
    """A document as it is: all its own words."""
    return (replace(message, zones=(Zone("own", 0, len(message.text)),)),)


def _body(piece: Printed, rows: Rows) -> tuple[str, list[int], list[int]]:
    """The rows after the header as text; where each begins in it, and its page."""
    lines: list[str] = []
    pages: list[int] = []
    column = piece.block.column if piece.block else 0
    if column and piece.body > piece.first:
        lines.append(rows.rows[piece.body - 1].laid[column:].strip())
        pages.append(rows.rows[piece.body - 1].page)
    for row in rows.rows[piece.body : piece.stop]:
        text = scrub(row.text.rstrip())
        if not text.strip() and (not lines or not lines[-1]):
            continue
        lines.append(text if text.strip() else "")
        pages.append(row.page)
    while lines and not lines[-1]:
        lines.pop()
        pages.pop()
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return "\n".join(lines), starts, pages


def _aside(piece: Printed, rows: Rows, over: Sequence[str]) -> str:
    """What stands on its pages and is not the message: each line once, at the end of the text."""
    lines = list(over)
    lines += [stamp for row in rows.rows[piece.first : piece.body] if (stamp := stamp_in(row.text)) is not None]
    for at in _pages(rows, piece.above, piece.stop):
        lines += rows.furniture[at]
    return "\n".join(list(dict.fromkeys(lines))[:_FURNITURE])


def _pages(rows: Rows, first: int, stop: int) -> list[int]:
    """The indices of the pages on which rows stand, and of those without a word until something else begins.

    Pages that can't be shown at all are nobody's: a problem line tells of each.
    """
    said = next((at for at in range(first, stop) if not rows.rows[at].blank), first)
    following = next((at for at in range(stop, len(rows.rows)) if not rows.rows[at].blank), None)
    begin = rows.rows[said].page if first else 0
    last = next(at for at in range(stop - 1, first - 1, -1) if at <= said or not rows.rows[at].blank)
    end = rows.rows[last].page
    bare = rows.rows[following].page if following is not None else len(rows.pages)
    return [at for at in range(begin, max(end + 1, bare)) if begin <= at <= end or not is_lost(rows.pages[at])]


def _places(rows: Rows, first: int, stop: int) -> tuple[Place, ...]:
    return tuple(rows.pages[at].place for at in _pages(rows, first, stop))


def _sure(piece: Printed, rows: Rows, paper: Paper) -> tuple[float, tuple[str, ...]]:
    """How sure boundary and fields are, and why not wholly."""
    block = piece.block
    assert isinstance(block, Block)
    doubts = [*piece.doubts, *block.doubts, *paper.doubts]
    if not block.has("from"):
        doubts.append("no sender's line")
    if not (block.value("date") or block.value("late")):
        doubts.append("no date")
    seen = [page.confidence for page in rows.pages[rows.rows[piece.first].page :][:1] if page.read_by == "ocr"]
    sure = 0.98 - 0.12 * len(doubts)
    if seen and seen[0] is not None:
        sure *= seen[0]
        doubts.append(f"read by OCR, {seen[0]:.0%} sure")
    return round(max(0.2, sure), 2), tuple(doubts)
