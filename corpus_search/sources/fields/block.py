"""A block of header lines from rows: which label holds which words, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus_search.sources.fields.inner import inner_labels
from corpus_search.sources.fields.labels import Label, damaged_label, label_of
from corpus_search.sources.fields.marks import is_mark, only_marks
from corpus_search.sources.fields.printed_dates import find_date
from corpus_search.sources.fields.rows import Piece, Row, piece

MOST_ROWS: Final = 400  # of one block: lists of hundreds of people
_AHEAD: Final = 3  # rows within which a label must follow a line that is not plainly a value's
_BLANKS: Final = 3  # blank rows in a row that a block may hold
_SINGLE: Final = ("from", "sent", "subject")
_LISTS: Final = ("to", "cc", "bcc")
_PEOPLE: Final = re.compile(r"@|;|[\w.]\s*<|©|mailto", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """Header lines from row `start` up to `end`: the pieces of each field's value, in order.

    `body` is where the words after them begin, where that is within a row. `sure`: labels that stand as known.
    """

    start: int
    end: int
    fields: dict[str, list[Piece]] = field(default_factory=dict)
    sure: int = 0
    damaged: int = 0
    capitals: int = 0
    weak: int = 0
    body: Piece | None = None
    separated: bool = False
    detached: bool = False
    layout: str = "labels"
    first: str = ""  # the field whose label comes first
    announced: bool = False

    def text(self, name: str, rows: Sequence[Row]) -> str:
        """A field's value on one line."""
        return " ".join(one.of(rows) for one in self.fields.get(name, ())).strip()


def read_block(rows: Sequence[Row], start: int, *, separated: bool = False) -> Block | None:
    """The block of header lines that begins at this row, or None. `separated`: a line over a quote stands above."""
    block = _collect(rows, start)
    if block is None:
        return None
    block.separated = separated
    return block if is_header(block, rows) else None


def _collect(rows: Sequence[Row], start: int) -> Block | None:
    first = label_of(rows[start].text) or damaged_label(rows[start].text)
    if first is None or first.field in ("attachments", "message_id") or (first.weak and not _near(rows, start, {})):
        return None
    if not first.sure and not _near(rows, start, {}):
        return None
    block = Block(start, start, first=first.field)
    at, blanks, current = start, 0, ""
    stop = min(len(rows), start + MOST_ROWS)
    while at < stop and block.body is None:
        row = rows[at]
        if row.furniture is not None:
            at += 1
            continue
        if row.blank:
            blanks += 1
            if blanks > _BLANKS:
                break
            at += 1
            continue
        if row.depth != rows[start].depth:
            break
        label = _next_label(rows, at, block, blanks)
        if label is not None:
            current = _take(rows, at, label, block, current)
        elif only_marks(row.text) and current and (blanks < 2 or _near(rows, at, block.fields)):
            block.fields.setdefault(current, []).append(piece(rows, at))
        elif not _continues(rows, at, block, current, blanks):
            break
        else:
            block.fields.setdefault(current, []).append(piece(rows, at))
        at += 1
        block.end, blanks = at, 0
    return block if block.fields else None


def _next_label(rows: Sequence[Row], at: int, block: Block, blanks: int) -> Label | None:
    """The row's label where it belongs to the block: a field that is not filled yet."""
    label = label_of(rows[at].text)
    if label is None and (block.sure or at == block.start):
        label = damaged_label(rows[at].text)
        if label is not None and blanks and label.field in _SINGLE and not rows[at].text[label.value :].strip():
            label = None
    if label is None or at == block.start:
        return label
    if label.weak and (blanks or (label.field == "other" and label.field in block.fields and not _near(rows, at, block.fields))):
        return None
    filled = any(one.end > one.start for one in block.fields.get(label.field, ()))
    if label.field in ("other", "message_id"):
        return label if not blanks or _near(rows, at, block.fields) else None
    return None if filled else label


def _take(rows: Sequence[Row], at: int, label: Label, block: Block, current: str) -> str:
    """Put what stands on a labelled row into the block; labels further right on the row are taken too."""
    block.sure += label.sure
    block.damaged += not label.sure
    block.capitals += label.capitals
    block.weak += label.weak
    text = rows[at].text
    begin = label.value
    name = label.field
    for inner in inner_labels(text, label.value, name, block.fields):
        _put(block, name, piece(rows, at, begin, inner.start))
        block.sure += 1
        begin, name = inner.value, inner.field
    value = piece(rows, at, begin)
    if name == "sent" and (found := find_date(value.of(rows))) is not None and found.timed:
        rest = piece(rows, at, value.start + found.end)
        if _is_body(rest.of(rows), text, rest.start):
            value, block.body = piece(rows, at, begin, value.start + found.end), rest
    _put(block, name, value)
    return name


def _put(block: Block, name: str, value: Piece) -> None:
    pieces = block.fields.setdefault(name, [])
    if name == "other":
        return
    if pieces and all(one.start == one.end for one in pieces):
        pieces.clear()
    pieces.append(value)


def _is_body(rest: str, text: str, at: int) -> bool:
    """Whether words right after a date are the body's beginning, run together with it."""
    return len(rest) > 3 and at > 0 and not text[at - 1].isspace() and rest[0].isalpha() and not is_mark(rest.split()[0])


def _continues(rows: Sequence[Row], at: int, block: Block, current: str, blanks: int) -> bool:
    """Whether a row without a label goes on with the value above it."""
    if not current or blanks > 1:
        return False
    text = rows[at].text
    before = block.text(current, rows)
    if current == "sent":
        return not find_date(before) and find_date(text) is not None
    if not before:
        return not blanks and _near(rows, at, block.fields) and len(text) < 200
    if blanks:
        return current in _LISTS and before.endswith((";", ",")) and bool(_PEOPLE.search(text))
    if current in (*_LISTS, "attachments"):
        if before.endswith((";", ",")) or (_PEOPLE.search(text) and not text.rstrip().endswith(".")):
            return len(text) < 1000
        return _near(rows, at, block.fields) and len(text) < 200
    if current == "subject":
        return _indented(rows, at, block) or (len(rows[at - 1].text) > 40 and _near(rows, at, block.fields))
    return len(text) < 200 and _near(rows, at, block.fields)


def _indented(rows: Sequence[Row], at: int, block: Block) -> bool:
    """Whether the row begins under the value column, well right of the labels."""
    value = block.fields["subject"][0]
    first = rows[value.row]
    if rows[at].left is not None and first.left is not None:
        here, label = rows[at].left or 0.0, first.left or 0.0
        return here > label + 30
    indent = len(rows[at].text) - len(rows[at].text.lstrip())
    return indent >= 8 and abs(indent - value.start) <= 3


def _near(rows: Sequence[Row], at: int, seen: dict[str, list[Piece]]) -> bool:
    """Whether a sure label of a field that is not filled yet follows within a few rows."""
    left = _AHEAD
    for index in range(at + 1, min(len(rows), at + 1 + 3 * _AHEAD)):
        row = rows[index]
        if row.blank or row.furniture is not None:
            continue
        label = label_of(row.text)
        if label is not None and label.sure and not label.weak and label.field != "other":
            return not any(one.end > one.start for one in seen.get(label.field, ()))
        left -= 1
        if not left:
            return False
    return False


def is_header(block: Block, rows: Sequence[Row]) -> bool:
    """Whether the labels and values make the header of a mail, not prose, a form or a memorandum."""
    names = block.fields.keys()
    written = block.text("sent", rows)
    dated = find_date(written)
    people = " ".join(block.text(name, rows) for name in ("from", "to", "cc"))
    count = sum(name in names for name in ("from", "sent", "to", "cc", "subject"))
    if block.sure < 2 and not (block.separated and block.sure):
        return False
    if block.capitals >= 2 and not (dated and dated.timed) and "@" not in people:
        return False  # a memorandum or a letter
    if "from" not in names:
        return count >= 3 and dated is not None and dated.timed and "subject" in names
    if dated is not None and (dated.timed or count >= 4 or "@" in people or block.separated):
        return count >= 2
    if block.separated or "@" in people:
        return count >= 2 + (not block.separated)
    return count >= 4 and ("sent" in names or "subject" in names) and dated is None and len(people) < 2000
