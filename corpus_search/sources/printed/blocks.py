"""Header blocks in lines of text: labels with their values, wherever they stand and however they were damaged.

A block is found by its labels, in any order and language. Values wrap, run over page ends, stand on the line after
their label or, where a program printed two columns one after the other, after all labels; fields may be glued
together on one line. Prose that begins "From: the front desk" is none: a block needs labels that bear each other out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus_search.sources.printed.announcements import is_rule, separator_end
from corpus_search.sources.printed.attachment_rows import counts_files
from corpus_search.sources.printed.dates import find_date
from corpus_search.sources.printed.detached import pair_values
from corpus_search.sources.printed.labels import CORE, DOUBTFUL, SURE, empty_cell, find_label, loose_label
from corpus_search.sources.printed.marks import is_mark, without_mark
from corpus_search.sources.printed.open_fields import (
    OpenField,
    bear_out,
    begins_late,
    dated,
    doubts_of,
    goes_on_date,
    indent_of,
    is_far_speck,
    is_foreign,
    is_in_list,
    is_reply_mark,
    is_speck,
    is_unfinished,
    may_be_detached,
    may_follow,
    meaning_in,
    opened_field,
    raised,
    sent_first,
    timed_apart,
)
from corpus_search.sources.printed.people import OUT, looks_like_people
from corpus_search.sources.printed.pieces import Piece, pieces_of

MOST: Final = 500  # pieces of one block: a list of recipients may run over pages
_SAME: Final = 8  # labels of one field in a row
_GAP: Final = 3  # empty lines that may stand within a block
_FURTHER: Final = 30  # blanks by which a value may begin beyond its column
_PAGE_GAP: Final = 12  # that may where a list was broken by a page's end


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a block: what it is (`from`, `date`, …), its label as printed, its value, exemption marks by it."""

    name: str
    label: str
    value: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A header block: lines `first` up to `stop`, and the column of line `stop - 1` from which words of the body stand
    (0: none do). `wide`: values stand in a column of their own. `doubts`: why it may be misread.
    """

    first: int
    stop: int
    fields: tuple[Field, ...]
    column: int = 0
    wide: bool = False
    detached: bool = False
    doubts: tuple[str, ...] = ()
    day_first: bool = False  # its labels are of a language that writes 6/3 for the sixth of March
    conversation: str = ""  # what all messages share that are printed under one title that counts them

    def value(self, name: str) -> str | None:
        """The value of the first field of that name; None where there is none."""
        return next((one.value for one in self.fields if one.name == name), None)

    def has(self, name: str) -> bool:
        """Whether there is such a field, be it empty."""
        return any(one.name == name for one in self.fields)


class Pieces:
    """Lines as pieces with their labels, from which blocks are read at any place."""

    def __init__(self, lines: Sequence[str], depths: Sequence[int] = ()) -> None:
        self.lines = lines
        self.depths = depths  # how many quote marks stood before each line: a block lies in one depth
        self.pieces: list[Piece] = []
        self.at_line: list[int] = []  # of each line, the number of its first piece
        for number, line in enumerate(lines):
            self.at_line.append(len(self.pieces))
            if ":" in line:
                self.pieces += pieces_of(line, number)
            else:
                self.pieces.append(Piece(line, number, 0))
        self.at_line.append(len(self.pieces))
        self.labels = [find_label(piece.text) for piece in self.pieces]

    def block_at(self, line: int) -> Block | None:
        """The block whose first label stands in this line."""
        for at in range(self.at_line[line], self.at_line[line + 1]):
            if self.labels[at] is not None:
                return self._read(at)
        return None

    def loose_block_at(self, line: int) -> Block | None:
        """The labels from this line on, whether or not they make a header by themselves."""
        return self._read(self.at_line[line], loose=True)

    def loose_block_beside(self, line: int) -> Block | None:
        """The labels that follow other words on this line, whether or not they make a header by themselves."""
        for at in range(self.at_line[line] + 1, self.at_line[line + 1]):
            if self.labels[at] is not None:
                return self._read(at, loose=True)
        return None

    def _read(self, start: int, loose: bool = False) -> Block | None:
        opened: list[OpenField] = []
        at, last = start, start
        stop = min(len(self.pieces), start + MOST)
        gap = 0
        while at < stop:
            piece, label = self.pieces[at], self.labels[at]
            if self.depths and self.depths[piece.line] != self.depths[self.pieces[start].line]:
                break
            if label is not None and (is_reply_mark(label, opened) or is_in_list(piece, label, opened)):
                label = None
            if label is None and opened and not gap and self._label_follows(at + 1, DOUBTFUL):
                label = loose_label(piece.text, [one.name for one in opened])
            if label is None and opened and not opened[-1].label.sign and self._cell_follows(at + 1):
                label = empty_cell(piece.text)
            if label is not None and "body" in label.fields:
                return self._with_body(start, at, opened)
            if label is not None and (name := meaning_in(label, opened)) is not None:
                if not may_follow(name, label, opened, gap):
                    break
                opened.append(opened_field(piece, label, name))
            elif not piece.text.strip(" \t\xa0>"):
                gap += 1
                if gap > (_PAGE_GAP if is_unfinished(opened) else _GAP):
                    break
                at += 1
                continue
            elif is_speck(piece.text) or (is_far_speck(piece.text) and not opened[-1].empty):
                at += 1
                continue
            elif is_mark(piece.text):
                opened[-1].marks.append(piece.text.strip(" \t>"))
                at += 1
                last = at
                continue
            elif self._announces(piece.line):
                break
            elif self._goes_on(piece, opened, at, gap):
                text, marks = without_mark(piece.text.strip(" \t\xa0>"))
                opened[-1].under |= opened[-1].empty
                opened[-1].parts.append(" " * OUT + text if begins_late(piece, opened[-1]) else text)
                opened[-1].marks += marks
            else:
                break
            gap = 0
            at += 1
            last = at
            if len(opened) == 1 and at - start > 8 and not loose:
                return None
            if len(opened) > _SAME and len({one.name for one in opened[: _SAME + 1]}) == 1:
                return None  # a list of lines with one label is no header, and would be read again from each of them
        return self._closed(start, last, opened, loose)

    def _with_body(self, start: int, at: int, opened: list[OpenField]) -> Block | None:
        """A block of an export, which has a label before the words of the message, too."""
        label, piece = self.labels[at], self.pieces[at]
        assert label is not None
        block = self._closed(start, at, opened, loose=False) if opened else None
        if block is None or block.detached or block.column:
            return block
        told = (*block.fields, Field("body", label.word, ""))
        return replace(block, stop=piece.line + 1, fields=told, column=piece.column + label.value)

    def _goes_on(self, piece: Piece, opened: list[OpenField], at: int, gap: int) -> bool:
        """Whether a line without a label belongs to the value above it."""
        now = opened[-1]
        text = piece.text.strip(" \t\xa0>")
        if all(one.name not in CORE for one in opened):
            return False
        people = now.name in ("from", "to", "cc", "bcc")
        if gap:
            if now.empty and gap < 3 and now.name in ("subject", "date") and _in_column(piece, opened):
                return True  # a mark in the margin pushed the value down
            return people and now.last.rstrip().endswith((";", ",")) and looks_like_people(text) and now.name != "from"
        if now.name == "date":
            in_column = _in_column(piece, opened) and self._label_follows(at + 1)
            return goes_on_date(now, text) or (in_column and not now.empty and len(text) < 30)
        if now.empty and now.name == "subject" and _in_column(piece, opened):
            return True
        if people and (now.last.rstrip().endswith((";", ",")) or looks_like_people(text)):
            return len(now.parts) < 400 and (now.name != "from" or len(now.parts) < 8)
        if now.empty:
            stacked = now.name == "subject" and sum(one.under for one in opened) > 1
            return (self._label_follows(at + 1) or stacked) and len(text) < 300
        if now.name == "subject" and text.endswith(",") and len(text.split()) < 5 and not self._label_follows(at + 1):
            return False  # a salutation
        if indent_of(piece.text) >= max(6, now.column - 3) and now.column >= 8:
            return len(now.parts) < (40 if people else 6)
        if now.name in ("subject", "attachments", "other", "meeting"):
            return len(now.parts) < 5 and (self._label_follows(at + 1) or self._wraps(piece, now, at))
        return False

    def _announces(self, line: int) -> bool:
        here = self.lines[line]
        return is_rule(here) or counts_files(here) or separator_end(self.lines, line) is not None

    def _label_follows(self, at: int, least: int = SURE) -> bool:
        """Whether a field of a header begins within the next lines, before an empty one."""
        for next_at in range(at, min(at + 3, len(self.pieces))):
            label = self.labels[next_at]
            if label is not None:
                return label.strength >= least and any(name in label.fields for name in (*CORE, "other"))
            if not self.pieces[next_at].text.strip(" >"):
                return False
        return False

    def _cell_follows(self, at: int) -> bool:
        """Whether the next line of a table of fields begins with a label, too."""
        after = next((one for one in range(at, min(at + 3, len(self.pieces))) if self.pieces[one].text.strip()), None)
        label = self.labels[after] if after is not None else None
        return label is not None and not label.sign

    def _wraps(self, piece: Piece, now: OpenField, at: int) -> bool:
        """Whether a subject goes on: the line above is full, this one is short, and an empty line follows."""
        above = self.pieces[at - 1].text.rstrip()
        if is_mark(above) or (now.column >= 8 and indent_of(piece.text) < 6):
            return False
        after = self.pieces[at + 1].text.strip(" >") if at + 1 < len(self.pieces) else ""
        here = piece.text.rstrip()
        first = here.strip(" >").split(" ", 1)[0]
        return len(above) >= 68 and len(above) + 1 + len(first) > 78 and len(here) < len(above) and not after

    def _closed(self, start: int, last: int, opened: list[OpenField], loose: bool) -> Block | None:
        opened = dated(opened)
        raised(opened)
        timed_apart(opened)
        sent_first(opened)
        if not loose and not bear_out(opened):
            return None
        first = self.pieces[start]
        fields = [
            Field(one.name, one.label.word, " ".join(part for part in one.parts if part), tuple(one.marks))
            for one in opened
        ]
        column, stop, detached = 0, self.pieces[last - 1].line + 1, False
        if may_be_detached(opened):
            rows = [piece.text for piece in self.pieces[last : last + MOST]]
            paired = pair_values([one.name for one in opened], rows)
            if paired is not None:
                values, used = paired
                fields = [Field(one.name, one.label, value) for one, value in zip(fields, values, strict=True)]
                stop, detached = self.pieces[last + used - 1].line + 1, True
        elif stop <= len(self.lines) and fields[-1].name == "date":
            fields[-1], column = _cut_date(fields[-1], self.pieces[last - 1])
        wide = sum(one.column > 0 and not one.empty for one in opened) >= 2
        doubts = tuple(doubts_of(opened, detached))
        return Block(first.line, stop, tuple(fields), column, wide, detached, doubts, is_foreign(opened))


def _cut_date(last: Field, piece: Piece) -> tuple[Field, int]:
    """The date without the words of the body that are glued to it, and the column at which they begin."""
    found = find_date(last.value)
    if found is None or not found.timed:
        return last, 0
    rest = last.value[found.end :]
    if not re.match(r"[A-Z][a-z]", rest):
        return last, 0
    at = piece.text.find(last.value)
    if at < 0:
        return last, 0
    return Field(last.name, last.label, last.value[: found.end], last.marks), piece.column + at + found.end


def _in_column(piece: Piece, opened: Sequence[OpenField]) -> bool:
    """Whether a line begins where the values of the fields before it do, or (where its first words are whited out)
    further in, far from the labels.
    """
    columns = [one.column for one in opened if one.column >= 8 and not one.empty]
    return bool(columns) and -3 <= indent_of(piece.text) - columns[-1] <= _FURTHER
