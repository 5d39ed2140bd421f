"""The words of a mail's body by who wrote them: own words, and each message that is quoted, with its header.

One pass over the lines, for mail as sent and for print-outs. What is quoted by ">" ends with the marks, so that answers
below and between stay the writer's own; what follows a header without marks is quoted to the end, or to the next header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus_search.sources.printed.blocks import Block, Pieces
from corpus_search.sources.printed.introductions import groupwise, is_rule, separator_end, unlabelled, wrote

_MARKS: Final = re.compile(r"[ \t]{0,4}(?:>[ \t]{0,2})+")
_DEEPEST: Final = 60
_NEAR: Final = 6  # lines between an announcement and the header that it announces


@dataclass(frozen=True, slots=True)
class Quoted:
    """A message that a body quotes: its number from 1, its header (None: none stands there), and its lines.

    `header` is the run of lines of its announcement and header, `runs` those of its words; `depth` is how many
    quote marks stand before them.
    """

    number: int
    block: Block | None
    header: tuple[int, int]
    depth: int


@dataclass(frozen=True, slots=True)
class Split:
    """A body split: of each line, whose it is (0: own, else a quoted message's number); the quoted messages."""

    lines: tuple[str, ...]
    contents: tuple[str, ...]  # lines without their quote marks
    owners: tuple[int, ...]
    quoted: tuple[Quoted, ...]

    def runs(self, owner: int) -> list[tuple[int, int]]:
        """The runs of lines of one owner, as first line and the line after the last."""
        found: list[tuple[int, int]] = []
        for at, mine in enumerate(self.owners):
            if mine != owner:
                continue
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], at + 1)
            else:
                found.append((at, at + 1))
        return found


def split_quoted(text: str) -> Split:
    """The body's lines by owner."""
    lines = text.split("\n")
    depths, contents = _unmarked(lines)
    return _Splitter(lines, contents, depths).split()


def _unmarked(lines: Sequence[str]) -> tuple[list[int], list[str]]:
    """How many quote marks stand before each line, and the line without them."""
    depths, contents = [], []
    for line in lines:
        match = _MARKS.match(line) if ">" in line[:6] else None
        if match is None or groupwise(line) is not None:
            depths.append(0)
            contents.append(line)
        else:
            depths.append(min(_DEEPEST, match.group().count(">")))
            contents.append(line[match.end() :])
    return depths, contents


class _Splitter:
    """The pass over the lines: who owns which depth at the moment."""

    def __init__(self, lines: Sequence[str], contents: list[str], depths: list[int]) -> None:
        self.lines, self.contents, self.depths = lines, contents, depths
        self.pieces = Pieces(contents, depths)
        self.owners = [0] * len(lines)
        self.current = {0: 0}  # who owns the lines of a depth
        self.quoted: list[Quoted] = []
        self.free = 0  # lines before this one are taken by a header

    def split(self) -> Split:
        at = 0
        while at < len(self.lines):
            found = self._introduced(at)
            if found is None:
                self.owners[at] = self._owner(at)
                at += 1
                continue
            at = self._begin(*found)
        self._settle_blank()
        return Split(tuple(self.lines), tuple(self.contents), tuple(self.owners), tuple(self.quoted))

    def _introduced(self, at: int) -> tuple[int, int, Block | None] | None:
        """The header or announcement that begins at a line (or, for one without labels, above it)."""
        if not self.contents[at].strip():
            return None
        if (end := separator_end(self.contents, at)) is not None:
            return self._announced(at, end)
        return self._headed(at)

    def _announced(self, at: int, end: int) -> tuple[int, int, Block | None] | None:
        """An announcement with the header after it; by itself it only counts where nothing else can be meant."""
        row, seen = end, 0
        while row < len(self.lines) and seen < 4 and row < end + _NEAR + 4:
            if self.contents[row].strip() and not is_rule(self.contents[row]):
                headed = self._headed(row)
                if headed is not None and headed[0] >= end:
                    return at, headed[1], headed[2]
                seen += 1
            row += 1
        plain = self.contents[at].strip()
        if plain[:2] in ("--", "__", "==") or plain.endswith(("--", ":")) or not self._blank(at - 1) or self._blank(at + 1):
            return at, end, None
        return None

    def _headed(self, at: int) -> tuple[int, int, Block | None] | None:
        content = self.contents[at]
        if self.pieces.labels[self.pieces.at_line[at]] is not None or self.pieces.at_line[at + 1] - self.pieces.at_line[at] > 1:
            block = self.pieces.block_at(at)
            if block is not None and (block.has("from") or not self._name_above(at)):
                return self._with_rule(at), block.stop, block
            told = self._without_labels(at, block)
            if told is not None:
                return told.first, told.stop, told
            return None
        if content.lstrip().startswith(">>>") and (told := groupwise(content)) is not None:
            return at, at + 1, told
        if content.rstrip().endswith((":", "：")):
            told = wrote(self.contents, at, self._first_of(at), self._quotes_follow(at))
            if told is not None:
                return told.first, told.stop, told
        return None

    def _without_labels(self, at: int, block: Block | None) -> Block | None:
        label = self.pieces.labels[self.pieces.at_line[at]]
        if label is None or label.field not in ("to", "cc", "subject"):
            return None
        if block is None:
            block = self.pieces.loose_block_at(at)
        return unlabelled(self.contents, block, at, self._first_of(at))

    def _name_above(self, at: int) -> bool:
        return self._without_labels(at, None) is not None

    def _first_of(self, at: int) -> int:
        """The first line that an introduction which ends here may begin at: of the same depth, and not taken."""
        row = at
        while row > self.free and row > at - 8 and self.depths[row - 1] == self.depths[at]:
            row -= 1
        return row

    def _quotes_follow(self, at: int) -> bool:
        row = self._next(at + 1)
        return row is not None and self.depths[row] > self.depths[at]

    def _next(self, at: int) -> int | None:
        """The next line that is not empty, if it is near."""
        for row in range(at, min(at + 6, len(self.lines))):
            if self.contents[row].strip():
                return row
        return None

    def _blank(self, at: int) -> bool:
        return not 0 <= at < len(self.lines) or not self.contents[at].strip()

    def _with_rule(self, at: int) -> int:
        """The line at which the header begins, with the rule that is drawn over it."""
        row = at - 1
        while row > self.free and self._blank(row) and at - row < 3:
            row -= 1
        return row if row >= self.free and is_rule(self.contents[row]) else at

    def _begin(self, first: int, stop: int, block: Block | None) -> int:
        """Begin a quoted message; gives the line at which to go on."""
        number = len(self.quoted) + 1
        depth = self.depths[stop - 1] if first < stop else 0
        self.quoted.append(Quoted(number, block, (first, stop), depth))
        for row in range(first, stop):
            self.owners[row] = number
        after = self._next(stop)
        deeper = after is not None and self.depths[after] > depth
        self.current = {level: owner for level, owner in self.current.items() if level <= depth}
        if deeper:
            assert after is not None
            self.current[self.depths[after]] = number
        else:
            self.current[depth] = number
        self.free = stop
        return stop

    def _owner(self, at: int) -> int:
        depth = self.depths[at]
        if not self.contents[at].strip() and depth == 0:
            return -1  # an empty line goes with the words around it
        owner = self.current.get(depth)
        if owner is None:
            # Marks without an introduction: nobody knows whose words they are, only that they are not the writer's.
            owner = len(self.quoted) + 1
            self.quoted.append(Quoted(owner, None, (at, at), depth))
            self.current[depth] = owner
        return owner

    def _settle_blank(self) -> None:
        """Empty lines between two owners go to the one before them, those within one stay its own."""
        before = 0
        for at, owner in enumerate(self.owners):
            if owner < 0:
                self.owners[at] = before
            else:
                before = owner


def joined_runs(split: Split) -> list[tuple[int, int, int]]:
    """All lines as runs: owner, first line, the line after the last."""
    runs: list[tuple[int, int, int]] = []
    start = 0
    for at, (one, other) in enumerate(pairwise((*split.owners, -1)), start=1):
        if one != other:
            runs.append((one, start, at))
            start = at
    return runs

