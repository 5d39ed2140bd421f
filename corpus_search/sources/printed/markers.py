"""Where in lines of text a message begins: a header block, an announcement, an introduction without labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus_search.sources.printed.announcements import is_rule, separator_end
from corpus_search.sources.printed.attachment_rows import counted_files
from corpus_search.sources.printed.blocks import Block, Field, Pieces
from corpus_search.sources.printed.columns import header_in_columns, header_in_narrow_columns
from corpus_search.sources.printed.introductions import beside, groupwise, unlabelled, wrote
from corpus_search.sources.printed.values_above import values_above

_NEAR: Final = 10  # lines between an announcement and the header that it announces
_BACK: Final = 8  # lines that an introduction without labels may run over


@dataclass(frozen=True, slots=True)
class Marker:
    """The beginning of a message: lines `first` up to `stop`, its header (None: an announcement alone).

    `announced`: a line such as "-----Original Message-----", or a rule, stands over the header.
    """

    first: int
    stop: int
    block: Block | None
    announced: bool = False


class Markers:
    """Finds the marker that begins at a line. `free` is the first line that no marker has taken yet."""

    def __init__(self, contents: Sequence[str], depths: Sequence[int]) -> None:
        self.contents, self.depths = contents, depths
        self.pieces = Pieces(contents, depths)
        self.free = 0

    def at(self, row: int) -> Marker | None:
        """The marker that begins at this line (one without labels is known by its last line, and begins above)."""
        if not self.contents[row].strip():
            return None
        if (end := separator_end(self.contents, row)) is not None:
            return self._announced(row, end)
        return self._headed(row)

    def deeper_after(self, row: int, depth: int) -> int | None:
        """The quote depth of the next words, where they are quoted deeper than this."""
        after = self._next(row)
        return self.depths[after] if after is not None and self.depths[after] > depth else None

    def _announced(self, at: int, end: int) -> Marker | None:
        """An announcement with the header after it; by itself it only counts where nothing else can be meant."""
        seen = 0
        for row in range(end, min(len(self.contents), end + _NEAR)):
            if not self.contents[row].strip() or is_rule(self.contents[row]):
                continue
            headed = self._headed(row)
            if headed is not None and headed.first >= end:
                return Marker(at, headed.stop, headed.block, announced=True)
            seen += 1
            if seen > 3:
                break
        plain = self.contents[at].strip()
        alone = self._blank(at - 1) and not self._blank(at + 1)
        if plain[:2] in ("--", "__", "==") or plain.endswith(("--", ":")) or not alone:
            return Marker(at, end, None, announced=True)
        return None

    def _headed(self, at: int) -> Marker | None:
        content = self.contents[at]
        if "  To" in content and (told := header_in_columns(self.contents, at)) is not None:
            return Marker(at, told.stop, told)
        if content[:1] in " \t" and (told := self._narrow(at)) is not None:
            return Marker(at, told.stop, told)
        first, after = self.pieces.at_line[at], self.pieces.at_line[at + 1]
        if self.pieces.labels[first] is not None or after - first > 1:
            return self._labelled(at)
        if content.lstrip().startswith(">>>") and (told := groupwise(content)) is not None:
            return Marker(at, at + 1, told)
        if content.rstrip().endswith((":", "：")):
            told = wrote(self.contents, at, self._first_of(at), self.deeper_after(at + 1, self.depths[at]) is not None)
            return Marker(told.first, told.stop, told) if told is not None else None
        return None

    def _narrow(self, at: int) -> Block | None:
        """A header in two narrow columns that begins at this line."""
        near = self.contents[at + 1 : at + 3]
        if len(self.contents[at]) > 160 or not any("  To" in line for line in near):
            return None
        return header_in_narrow_columns(self.contents, at)

    def _labelled(self, at: int) -> Marker | None:
        if (raised := values_above(self.pieces, at, self.free)) is not None:
            return Marker(raised.first, raised.stop, raised)
        block = self.pieces.block_at(at)
        if block is None or not block.has("from"):
            told = self._without_labels(at, block)
            if told is not None:
                told = self._with_counted(told)
                return Marker(told.first, told.stop, told)
        if block is None:
            return None
        block = self._with_counted(block)
        first = self._with_rule(at)
        return Marker(first, block.stop, block, announced=first < at)

    def _with_counted(self, block: Block) -> Block:
        """The header with the files that Outlook on the web counts and names right under it."""
        counted = None if block.has("attachments") or block.column else counted_files(self.contents, block.stop)
        if counted is None:
            return block
        at, stop = counted
        named = " ".join(line.strip() for line in self.contents[at + 1 : stop])
        told = Field("attachments", "", named, (self.contents[at].strip(),))
        return replace(block, stop=stop, fields=(*block.fields, told))

    def _without_labels(self, at: int, block: Block | None) -> Block | None:
        label = self.pieces.labels[self.pieces.at_line[at]]
        if label is None:
            block = block or self.pieces.loose_block_beside(at)
            return beside(self.pieces.pieces[self.pieces.at_line[at]].text, block, at) if block else None
        if label is None or label.field not in ("to", "cc", "subject"):
            return None
        return unlabelled(self.contents, block or self.pieces.loose_block_at(at), at, self._first_of(at))

    def _first_of(self, at: int) -> int:
        """The first line that an introduction which ends here may begin at: of the same depth, and not taken."""
        row = at
        while row > max(self.free, at - _BACK) and self.depths[row - 1] == self.depths[at]:
            row -= 1
        return row

    def _next(self, at: int) -> int | None:
        """The next line that is not empty, if it is near."""
        return next((row for row in range(at, min(at + 6, len(self.contents))) if self.contents[row].strip()), None)

    def _blank(self, at: int) -> bool:
        return not 0 <= at < len(self.contents) or not self.contents[at].strip()

    def _with_rule(self, at: int) -> int:
        """The line at which the header begins, with the rule that is drawn over it."""
        row = at - 1
        while row > self.free and self._blank(row) and at - row < 3:
            row -= 1
        return row if row >= self.free and is_rule(self.contents[row]) else at
