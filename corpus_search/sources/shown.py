"""Lines of text as a browser would show them: blanks folded, blocks on lines of their own, cells of a row on one."""

from __future__ import annotations

import re
from typing import Final

_BLANKS: Final = re.compile(r"[ \t\r\n\f\v]+")
_UNSEEN: Final = re.compile("[\xad\u200b\u200c\u2060\ufeff]+")  # shown as nothing, within words too


class Lines:
    """The lines so far, and the one that is being written.

    The break that a block asks for waits until words follow, so that cells of a row that hold blocks stay on one line.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.waiting = 0  # 1: a new line, 2: with an empty line between
        self.row_waits = False  # no words in this row yet
        self.cell_begins = False  # none in this cell
        self.quote = 0  # how many cited blocks this stands in
        self.pre = 0

    def words(self, text: str) -> None:
        """Text as it stands in the document."""
        text = _UNSEEN.sub("", text)
        if self.pre:
            self.settle()
            first, *more = text.replace("\r\n", "\n").split("\n")
            self.line.append(first)
            for line in more:
                self.end_line()
                self.line.append(line)
            return
        text = _BLANKS.sub(" ", text)
        if text.strip(" "):
            self.settle()
        if text.startswith(" ") and (not self.line or self.line[-1].endswith((" ", "\t"))):
            text = text[1:]
        if text:
            self.line.append(text)

    def settle(self) -> None:
        """Make the break that waits."""
        self.row_waits = self.cell_begins = False
        if self.waiting:
            if self._has_words():
                self.end_line()
            self.line.clear()
            if self.waiting > 1 and self.lines and self.lines[-1].strip("> "):
                self.end_line()
            self.waiting = 0

    def end_line(self) -> None:
        """End the line, empty or not."""
        text = "".join(self.line).replace("\xa0", " ")
        text = text.rstrip() if self.pre else text.strip(" ").rstrip()
        self.lines.append("> " * self.quote + text if self.quote else text)
        self.line.clear()

    def break_line(self) -> None:
        """What `<br>` does."""
        self.settle()
        self.end_line()

    def block(self, spaced: bool = False) -> None:
        """Ask for a new line where words follow; `spaced`: with an empty line between."""
        if not self.cell_begins:
            self.waiting = max(self.waiting, 2 if spaced else 1)

    def row(self) -> None:
        """Begin a table's row."""
        self.block()
        self.row_waits = True

    def cell(self) -> None:
        """Keep a row's cells apart, and on one line."""
        if not self.row_waits and self._has_words():
            self.waiting = 0
            self.line.append("\t")
        self.cell_begins = True

    def end_cell(self) -> None:
        """No empty line stands between cells, whatever their last block asks for."""
        self.cell_begins = False
        if not self.row_waits:
            self.waiting = min(1, self.waiting)

    def _has_words(self) -> bool:
        return bool(self.line) and bool("".join(self.line).strip(" \t" if not self.pre else ""))

    def text(self) -> str:
        """All of it, without empty lines at either end and at most one of them in a row."""
        self.block()
        self.settle()
        kept: list[str] = []
        for line in self.lines:
            if line.strip("> ") or (kept and kept[-1].strip("> ")):
                kept.append(line)
        while kept and not kept[-1].strip("> "):
            kept.pop()
        return "\n".join(kept)
