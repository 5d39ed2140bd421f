"""The words of a mail's body by who wrote them: own words, and each message that is quoted, with its header.

One pass over the lines, for mail as sent and for print-outs. What is quoted by ">" ends with the marks, so that answers
below and between stay the writer's own; what follows a header without marks is quoted to the end, or to the next
header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus_search.sources.printed.blocks import Block
from corpus_search.sources.printed.introductions import groupwise, is_introduction
from corpus_search.sources.printed.markers import Marker, Markers
from corpus_search.sources.printed.rewrapped import mend_introductions

_MARKS: Final = re.compile(r"[ \t]{0,4}(?:>[ \t]{0,2})+")
_WRAPPED: Final = 50  # characters: a line that was wrapped is longer
_REMAINDER: Final = 60  # and what was wrapped off it is shorter
_REST: Final = re.compile(
    r"(?:<?[\w.+'=\-]{1,64}@[\w.\-]{1,80}>{0,2},?|wrote|writes|schrieb)?(?: ?(?:wrote|writes|schrieb))? ?:?",
    re.IGNORECASE,
)
_DEEPEST: Final = 60
# What Gmail prints in the place of words that it leaves out, in some languages.
_HIDDEN: Final = re.compile(
    r"[ \t]{0,40}[\[({|](?:quoted text hidden|el texto citado está oculto|texte des messages précédents masqué|"
    r"zitierter text (?:wurde )?ausgeblendet|texto das mensagens anteriores oculto|testo tra virgolette nascosto|"
    r"tekst uit oorspronkelijke bericht is verborgen)[\])}|][ \t]{0,40}",
    re.IGNORECASE,
)


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
    mend_introductions(lines, contents, depths)
    _mend_wraps(lines, contents, depths)
    return depths, contents


def _mend_wraps(lines: Sequence[str], contents: Sequence[str], depths: list[int]) -> None:
    """Give the rest of a quoted line that was wrapped, with fewer marks before it, the depth of that line.

    Without any marks only the rest of an introduction ("wrote:", an address) is taken for one: an answer written
    between quoted lines stays the writer's.
    """
    for at in range(1, len(lines)):
        above, here, text = depths[at - 1], depths[at], contents[at].strip()
        if not here < above or not text or len(lines[at - 1]) < _WRAPPED or not contents[at - 1].strip():
            continue
        goes_on = at + 1 < len(lines) and depths[at + 1] >= above
        if _REST.fullmatch(text) or (here and len(text) < _REMAINDER and goes_on):
            depths[at] = above


class _Splitter:
    """The pass over the lines: who owns which depth at the moment."""

    def __init__(self, lines: Sequence[str], contents: list[str], depths: list[int]) -> None:
        self.lines, self.contents, self.depths = lines, contents, depths
        self.markers = Markers(contents, depths)
        self.owners = [0] * len(lines)
        self.current = {0: 0}  # who owns the lines of a depth
        self.quoted: list[Quoted] = []

    def split(self) -> Split:
        at = 0
        while at < len(self.lines):
            marker = self.markers.at(at)
            if (hidden := self._hidden(at, marker)) is not None:
                at = self._left_out(at if marker is None else marker.first, hidden + 1)
                continue
            if marker is None:
                self.owners[at] = self._owner(at)
                at += 1
                continue
            at = self._begin(marker)
        self._settle_blank()
        return Split(tuple(self.lines), tuple(self.contents), tuple(self.owners), tuple(self.quoted))

    def _begin(self, marker: Marker) -> int:
        """Begin a quoted message; gives the line at which to go on."""
        number = len(self.quoted) + 1
        first, stop = marker.first, marker.stop
        depth = self.depths[stop - 1]
        self.quoted.append(Quoted(number, marker.block, (first, stop), depth))
        for row in range(first, stop):
            self.owners[row] = number
        deeper = self.markers.deeper_after(stop, depth)
        self.current = {level: owner for level, owner in self.current.items() if level <= depth}
        self.current[depth if deeper is None else deeper] = number
        self.markers.free = stop
        return stop

    def _hidden(self, at: int, marker: Marker | None) -> int | None:
        """The line that says that quoted words are left out: this one, or the first after "On … wrote:"."""
        if marker is None:
            return at if _HIDDEN.fullmatch(self.contents[at][:120]) else None
        if marker.block is None or not is_introduction(marker.block):
            return None
        stop = marker.stop
        after = next(
            (row for row in range(stop, min(stop + 3, len(self.contents))) if self.contents[row].strip()), stop
        )
        return after if after < len(self.contents) and _HIDDEN.fullmatch(self.contents[after][:120]) else None

    def _left_out(self, first: int, stop: int) -> int:
        """Quoted words of which nothing is printed: no message, and what follows is its writer's who stood above."""
        number = len(self.quoted) + 1
        self.quoted.append(Quoted(number, None, (first, stop), self.depths[stop - 1]))
        for row in range(first, stop):
            self.owners[row] = number
        self.markers.free = stop
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
