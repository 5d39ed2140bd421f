"""Released text files (print-outs whose text alone was released): form feeds part pages, Bates numbers too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Final

from corpus_search.model import Reading, identify
from corpus_search.sources.charsets import decode_text
from corpus_search.sources.lines import Box, Line, Page
from corpus_search.sources.pages.furniture import mark
from corpus_search.sources.paper import Paper, counted, make_printed
from corpus_search.sources.reading import Origin, Reader, together

MOST: Final = 64_000_000  # characters that are read of one file
_WIDTH, _HEIGHT = 5.0, 12.0  # points that a character of a text file stands for, where place matters
_BATES: Final = re.compile(r"\W{0,8}(?P<prefix>(?:[A-Z][\w.&()-]{0,20}[ _-]?){0,3}?)(?P<number>\d{4,9})\W{0,8}")
_APART: Final = 5000  # numbers that may be left out between two pages of a production
_LEAST: Final = 3  # numbers that must count on for lines of them to part pages
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def recognise(head: bytes, path: Path) -> bool:
    """Any text: no bytes that text does not have (UTF-16 with its mark is text)."""
    del path
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return bool(head.strip()) and len(_CONTROL.findall(head)) <= len(head) // 500


def read_data(data: bytes, origin: Origin) -> Reading:
    """The messages and documents of the text."""
    text = decode_text(data, "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else None)[0]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    whole = (
        []
        if len(text) <= MOST
        else [origin.problem("limit", f"the text after {MOST:,} characters was not read; split it")]
    )
    pages = _marked(list(_pages(text[:MOST])))
    paper = Paper(origin.source, origin.release, identify(origin.id_of("text")), origin.within)
    reading = make_printed(pages, paper)
    if origin.within and origin.places:
        reading = replace(reading, messages=tuple(replace(one, places=origin.places) for one in reading.messages))
        return together([reading, Reading((), tuple(whole))])
    return together([reading, Reading((), tuple(whole), counted(pages))])


def _pages(text: str) -> Iterator[Page]:
    """The pages: parted by form feeds or, where there are none, after the lines that count pages."""
    parts = text.rstrip("\f\n ").split("\f")
    stamps: list[str | None] = [None] * len(parts)
    if len(parts) == 1:
        parts, stamps = _parted(parts[0])
    for number, (part, stamp) in enumerate(zip(parts, stamps, strict=True), start=1):
        lines = [Line(line.rstrip().replace("\t", "    ").replace("\xa0", " ")) for line in part.split("\n")]
        if stamp is not None:
            lines[-1] = replace(lines[-1], furniture="bates")
        yield Page(number, tuple(lines), bates=stamp)


def _parted(text: str) -> tuple[list[str], list[str | None]]:
    """A text without form feeds, cut after its Bates numbers; the number of each part."""
    lines = text.split("\n")
    stamps = _of_one_form(
        [(at, match) for at, line in enumerate(lines) if len(line) < 60 and (match := _BATES.fullmatch(line))]
    )
    cuts = [
        at
        for (at, one), (_, other) in pairwise(stamps)
        if one["prefix"] == other["prefix"]
        and 0 < int(other["number"]) - int(one["number"]) < (_APART if one["prefix"] else 2)
    ]
    if len(cuts) < _LEAST:
        return [text], [None]
    parts: list[str] = []
    numbers: list[str | None] = []
    begin = 0
    for at in [*cuts, stamps[-1][0]]:
        parts.append("\n".join(lines[begin : at + 1]))
        numbers.append(lines[at].strip())
        begin = at + 1
    rest = "\n".join(lines[begin:])
    return ([*parts, rest], [*numbers, None]) if rest.strip() else (parts, numbers)


def _of_one_form(stamps: list[tuple[int, re.Match[str]]]) -> list[tuple[int, re.Match[str]]]:
    """The stamps of the forms that recur, where some have a prefix: a lone "2013." among them is none."""
    forms = Counter(match["prefix"] for _, match in stamps if match["prefix"])
    usual = {form for form, count in forms.items() if count >= _LEAST}
    return [(at, match) for at, match in stamps if match["prefix"] in usual] if usual else stamps


def _marked(pages: Sequence[Page]) -> list[Page]:
    """The pages with their furniture marked: each line is given a place as if it were printed."""
    laid = []
    for page in pages:
        said = [(at, line) for at, line in enumerate(page.lines) if line.text.strip() and line.furniture is None]
        lines = tuple(replace(line, box=_box(line.text, at)) for at, line in said)
        laid.append(replace(page, lines=lines, size=(612.0, max(1, len(page.lines)) * _HEIGHT)))
    return [_unlaid(page, made) for page, made in zip(pages, mark(laid), strict=True)]


def _box(text: str, at: int) -> Box:
    left = (len(text) - len(text.lstrip())) * _WIDTH
    return Box(left, at * _HEIGHT, len(text) * _WIDTH, (at + 1) * _HEIGHT)


def _unlaid(page: Page, made: Page) -> Page:
    """The page's own lines, empty ones included, with the furniture that was found."""
    by_row: dict[int, list[Line]] = {}
    for line in made.lines:
        assert line.box is not None
        by_row.setdefault(round(line.box.top / _HEIGHT), []).append(replace(line, box=None))
    lines = [one for at, line in enumerate(page.lines) for one in by_row.get(at, [line])]
    return replace(page, lines=tuple(lines), bates=page.bates or made.bates)


READER: Final = Reader("text", recognise, read_data=read_data)
