"""Pages as one run of rows: what messages are cut from, with the furniture of the pages set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from corpus_search.packs.printed_pack import load_printed
from corpus_search.sources.lines import Line, Page
from corpus_search.sources.printed.labels import CORE, find_label
from corpus_search.sources.printed.side_stamps import side_stamps

_POINTS: Final = 5.0  # that one blank of an indentation stands for
_GAP: Final = 0.45  # of a line's height: more space between two lines is an empty line
_STAMP_LENGTH: Final = 220
REPEATED: Final = "repeated"  # furniture that says again what the page before said


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page: its text; the same with its indentation in blanks; the index of its page."""

    text: str
    laid: str
    page: int
    codes: tuple[str | None, ...] = ()  # of the blacked-out stretches in it

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a file's pages, and the furniture of each page; `tops`: on which row each page begins."""

    pages: tuple[Page, ...]
    rows: tuple[Row, ...]
    tops: tuple[int, ...]
    furniture: tuple[tuple[str, ...], ...] = field(default=())


def rows_of(pages: Sequence[Page]) -> Rows:
    """The rows of pages whose furniture is marked."""
    rows: list[Row] = []
    tops: list[int] = []
    furniture: list[tuple[str, ...]] = []
    for index, page in enumerate(pages):
        tops.append(len(rows))
        page, beside = _without_side_stamps(page)
        lines = [line for line in page.lines if line.furniture is None and not is_stamp(line.text)]
        aside = [line.text for line in page.lines if line.furniture not in (None, REPEATED) or is_stamp(line.text)]
        aside += beside
        furniture.append(tuple(text.strip() for text in aside if text.strip()))
        if rows and not rows[-1].blank:
            rows.append(Row("", "", rows[-1].page))
            tops[-1] += 1
        rows += _rows(lines, index)
    return Rows(tuple(pages), tuple(rows), tuple(tops), tuple(furniture))


def _without_side_stamps(page: Page) -> tuple[Page, list[str]]:
    """A page of a text file without the stamps that stand beside its lines, and those."""
    texts = ["" if line.box is not None or line.furniture else line.text for line in page.lines]
    cut = side_stamps(texts, is_stamp)
    if not cut:
        return page, []
    words = " ".join(texts[at][start:].strip() for at, start in cut.items())
    lines = (
        replace(line, text=line.text[: cut[at]].rstrip()) if at in cut else line for at, line in enumerate(page.lines)
    )
    return replace(page, lines=tuple(lines)), [words]


def is_stamp(text: str) -> bool:
    """Whether the line is a stamp of those who release."""
    text = " ".join(text.split())
    if not 8 < len(text) < _STAMP_LENGTH or _stamps().fullmatch(text) is None:
        return False
    label = find_label(text)  # "Subject:  Re: x   Reason: 1.4(D)": a stamp beside a value
    return label is None or not any(name in CORE for name in label.fields)


def _rows(lines: Sequence[Line], page: int) -> Iterator[Row]:
    """A page's rows, with empty ones where there is more space, and between it and the page before."""
    edge = _left_edge(lines)
    before: Line | None = None
    for line in lines:
        if before is not None and line.box is not None and before.box is not None:
            space = line.box.top - before.box.bottom
            if space > _GAP * max(6.0, before.box.height):
                yield Row("", "", page)
        codes = tuple(code for _, code in line.redactions)
        if line.box is None:
            yield Row(_dedented(line.text, edge), line.text, page, codes)
        else:
            blanks = round(max(0.0, line.box.left - edge) / _POINTS)
            yield Row(line.text, " " * min(blanks, 80) + line.text, page, codes)
        before = line


def _left_edge(lines: Sequence[Line]) -> float:
    """Where most of a page's text begins: in points, or for text files in blanks."""
    if any(line.box is not None for line in lines):
        return min(line.box.left for line in lines if line.box is not None)
    return min((len(line.text) - len(line.text.lstrip(" ")) for line in lines if line.text.strip()), default=0)


def _dedented(text: str, edge: float) -> str:
    return text[int(edge) :].rstrip() if not text[: int(edge)].strip() else text.rstrip()


@lru_cache(maxsize=1)
def _stamps() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load_printed().stamps) + ")", re.IGNORECASE)
