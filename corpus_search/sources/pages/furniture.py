"""What stands on pages and belongs to no message: Bates numbers, page numbers, running heads, stamps, repeated lines.

Found by place and repetition over all pages of a file: a line at the edge of pages that recurs there, or differs only
by a counter. Lines are marked, never taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from corpus_search.sources.lines import Line, Page
from corpus_search.sources.pages.bates import find_bates
from corpus_search.sources.pages.browser import heads

EDGE: Final = 0.12  # of a page's height: the margins in which furniture stands
_LINES: Final = 3  # lines from the top or bottom that are looked at, at most, beyond those
_SAME_HEIGHT: Final = 9.0  # points by which a running line's place may vary from page to page
_LEAST: Final = 3  # pages on which a line must recur
_SHARE: Final = 0.25  # of the file's pages, or of a run of them
_REPEATED: Final = 12  # characters: a shorter line may stand at the end of one page and at the top of the next
_COUNTER: Final = re.compile(
    r"(?:-{1,2} ?|\[|\()?(?:page|p\.?|pg\.?)? ?\d{1,5}(?: ?(?:of|/) ?\d{1,5})?(?: ?-{1,2}|\]|\))?", re.IGNORECASE
)
_OF: Final = re.compile(r"page ?\d{1,5} ?(?:of|/) ?\d{1,5}", re.IGNORECASE)
_BROWSER: Final = re.compile(r"(?:https?://|file:///)\S{8,}(?: +\d{1,4}/\d{1,4})?")
_WIDE: Final = re.compile(r"\s{2,}")
_COUNTED: Final = re.compile(r"(?:page|p\.?|pg\.?)? ?\d{1,5} ?(?:of|/) ?\d{1,5}|(?:page|pg\.?) ?\d{1,5}", re.IGNORECASE)
_PRINTED: Final = re.compile(
    r"(?:printed:? ?(?:on)?:? )?\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?:,? \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)?",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(r"(?:from|to|cc|bcc|sent|date|subject|attachments?|importance|de|para|von|an)\b ?[:;]", re.I)
_DIGITS: Final = re.compile(r"\d+")


def mark(pages: Sequence[Page]) -> list[Page]:
    """The pages with their Bates numbers, and their lines of furniture marked with the kind of it."""
    edges = [list(_edge_lines(page)) for page in pages]
    kinds: list[dict[int, str]] = [{} for _ in pages]
    cuts: list[dict[int, int]] = [{} for _ in pages]  # where a stamp begins at the end of a row of words
    bates: list[list[str]] = [[] for _ in pages]
    for stamp in find_bates(pages, edges):
        bates[stamp.page].append(stamp.written)
        line = pages[stamp.page].lines[stamp.line]
        rest = (line.text[: stamp.start] + line.text[stamp.end :]).strip(" -|")
        if not rest or _COUNTER.fullmatch(rest):
            kinds[stamp.page][stamp.line] = "bates"
        elif stamp.end == len(line.text) and line.text[: stamp.start].endswith("  "):
            cuts[stamp.page][stamp.line] = stamp.start
    for at, index in (*_recurring(pages, edges), *heads(pages)):
        kinds[at].setdefault(index, "running")
    for at, index in _counters(pages, edges):
        kinds[at].setdefault(index, "page")
    for at, index in _repeated(pages, kinds):
        kinds[at].setdefault(index, "repeated")
    return [_marked(page, kinds[at], cuts[at], bates[at]) for at, page in enumerate(pages)]


def _marked(page: Page, kinds: dict[int, str], cuts: dict[int, int], bates: Sequence[str]) -> Page:
    lines: list[Line] = []
    for index, line in enumerate(page.lines):
        kind = kinds.get(index)
        if kind is None and index in cuts:
            at = cuts[index]
            lines += [replace(line, text=line.text[:at].rstrip()), Line(line.text[at:], line.box, "bates")]
        else:
            lines.append(replace(line, furniture=kind) if kind else line)
    return replace(page, lines=tuple(lines), bates=" / ".join(bates) or None)


def _edge_lines(page: Page) -> Iterator[int]:
    """The lines in the margins, and the first and last few where they stand apart."""
    count = len(page.lines)
    for index, line in enumerate(page.lines):
        if _in_margin(page, line) or count - index <= _LINES or index < 2:
            yield index


def _in_margin(page: Page, line: Line) -> bool:
    height = page.size[1]
    if line.box is None:
        return False
    middle = (line.box.top + line.box.bottom) / 2
    return middle < EDGE * height or middle > (1 - EDGE) * height


def _recurring(pages: Sequence[Page], edges: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Lines that are the same but for their digits, at the same height, on many pages."""
    groups: dict[str, list[tuple[int, int, float]]] = {}
    for at, page in enumerate(pages):
        for index in edges[at]:
            line = page.lines[index]
            key = _DIGITS.sub("#", " ".join(line.text.split()).casefold())
            if key and line.box is not None and _in_margin(page, line) and not _is_field(key):
                groups.setdefault(key, []).append((at, index, line.box.top))
    for found in groups.values():
        usual = median(top for _, _, top in found)
        level = [(at, index) for at, index, top in found if abs(top - usual) <= _SAME_HEIGHT]
        on = sorted({at for at, _ in level})
        if len(on) >= _LEAST and len(on) >= _SHARE * min(len(pages), on[-1] - on[0] + 1):
            yield from level


def _is_field(key: str) -> bool:
    """Whether a line is a field of a header, or a label that stands apart from its value."""
    return _FIELD.match(key) is not None or (key.endswith(":") and len(key) < 24)


def _counters(pages: Sequence[Page], edges: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Page numbers, and the address line of a page printed from a browser; at the very edge only."""
    for at, page in enumerate(pages):
        for index in edges[at]:
            text = page.lines[index].text.strip()
            outer = _in_margin(page, page.lines[index])
            counted = _OF.fullmatch(text) or (outer and (_COUNTER.fullmatch(text) or _BROWSER.fullmatch(text)))
            if counted or ((outer or index == len(page.lines) - 1) and _foot(text)):
                yield at, index


def _foot(text: str) -> bool:
    """Whether a row is the foot of a print-out: a counter or address, and beside it when it was printed."""
    cells = [cell.strip() for cell in _WIDE.split(text)]
    counted = [bool(_COUNTED.fullmatch(cell) or _BROWSER.fullmatch(cell)) for cell in cells]
    return (
        len(cells) > 1
        and any(counted)
        and all(told or _PRINTED.fullmatch(cell) for told, cell in zip(counted, cells, strict=True))
    )


def _repeated(pages: Sequence[Page], kinds: Sequence[dict[int, str]]) -> Iterator[tuple[int, int]]:
    """The first line of a page that repeats the last of the page before: a line cut in two by the page's end."""
    before = ""
    for at, page in enumerate(pages):
        texts = [(index, line.text) for index, line in enumerate(page.lines) if index not in kinds[at]]
        if texts and len(texts[0][1]) >= _REPEATED and texts[0][1] == before and not _FIELD.match(texts[0][1]):
            yield at, texts[0][0]
        before = texts[-1][1] if texts else ""
