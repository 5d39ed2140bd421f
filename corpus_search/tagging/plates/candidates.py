"""Strings of a passage that have the form of a plate, whole or broken by blanks, hyphens and line ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus_search.tagging.plates.forms import form_of

LONGEST: Final = 8  # characters of the longest serial in use
_DIGITS: Final = re.compile(r"[0-9]+")
_FROM_DIGITS: Final = 18  # characters from a digit to the far end of its plate, joints counted
_MOST_TOKENS: Final = 7  # "7 A B C 1 2 3"
_TOKEN: Final = re.compile(r"[A-Za-z0-9]+")
_BLANKS: Final = frozenset([" ", "\xa0", "  "])
_HYPHENS: Final = frozenset(["-", "–", "—", "‑", "·", "•", " - ", "- ", " -"])
# Joints that only hold right behind a plate word: a line end, a full stop.
_LOOSE_JOINTS: Final = frozenset(["\n", "\r\n", " \n", "-\n", "-\r\n", "- \n", "\n ", "\n> ", ".", " . "])
# Where nothing is a plate: links, mail addresses, file names, paths, hexadecimal numbers, tags of markup.
_NO_PLACE: Final = re.compile(
    r"(?:https?://|www\.|ftp://|file:)[^\s<>]{1,2000}"
    r"|(?<![^\s<>()\[\]])[^\s<>()\[\]@]{1,200}@[^\s<>()\[\]@]{1,200}"
    r"|(?<![\w-])[\w-]{1,80}\.(?:png|jpe?g|gif|pdf|docx?|xlsx?|pptx?|txt|csv|msg|eml|zip|html?|wmv|mp[34]|mov|cfg|[chs]|py|patch)\b"
    r"|\b0[xX][0-9A-Fa-f]{1,64}"
    r"|(?<![\w./\\-])(?:[\w.-]{1,80}[\\/]){3,40}[\w.-]{0,80}"
    r"|(?<![\w/\\])[\\/](?:[\w.-]{1,80}[\\/]){1,20}[\w.-]{0,80}"
    r"|<[^<>\s]{1,200}>"
)
_GLUE_BEFORE: Final = frozenset("_@\\~$%&=+|<>]}^?")
_GLUE_AFTER: Final = frozenset("_@\\~$%&=+[{^")
_FIELD: Final = re.compile(r"(?i)\b(?:LIC|LIS|LIT|LIY|VIN|VMA|VST|VCO|VYR|VMO|OLN|MAKE|PLATE|TAG)[ ]?[/:#=]")

_STATE_BEFORE: Final = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]{2}|CAL|TEX|MEX|LIC|LIS|LP|PLATE|TAG)[-/]\Z")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A string that may be a plate.

    `loose`: joined over a line end or full stop; `glued`: part of a longer string; `worded`: one of its groups is an
    ordinary word; `named`: one begins with a capital as names and months do; `odd`: broken where plates are not
    broken; `lower`: not all in capitals.
    """

    start: int
    end: int
    value: str
    form: str
    tokens: int
    loose: bool
    glued: bool
    worded: bool
    named: bool
    odd: bool
    lower: bool


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str


def no_places(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Stretches in which nothing is a plate: links, addresses, file names, paths, hexadecimal numbers."""
    return [match.span() for match in _NO_PLACE.finditer(text, start) if not _FIELD.search(match[0])]


def candidates(
    text: str,
    start: int,
    forms: Mapping[str, float],
    words: Collection[str],
    only: Collection[str] | None = None,
    at: Mapping[int, Collection[str] | None] | None = None,
) -> Iterator[Candidate]:
    """Every string from `start` on that may be a plate.

    `forms` are the forms known to be issued; several tokens make a plate only in one of them. `words` are upper-case
    words that are seldom the letters of a broken plate. `only`: the forms to look for; None: any. `at`: where to look
    alone, each place with its forms (None: any).
    """
    closed = no_places(text, start)
    for low, high in _islands(text, start):
        if at is not None and not any(low <= place < high for place in at):
            continue
        tokens = list(_tokens(text, low, high, closed))
        for first, token in enumerate(tokens):
            if token.text == "a" or (token.text.isalpha() and len(token.text) > 4):  # "a AU1200": an article
                continue
            if at is None:
                yield from _windows(text, tokens, first, forms, words, only)
            elif token.start in at:
                yield from _windows(text, tokens, first, forms, words, at[token.start])


def _islands(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Stretches around digits, cut between words: no plate reaches further from its digits than a few characters."""
    low: int | None = None
    high = 0
    for match in _DIGITS.finditer(text, start):
        if low is not None and match.start() - _FROM_DIGITS > high:
            yield _whole_words(text, start, low, high)
            low = None
        if low is None:
            low = match.start() - _FROM_DIGITS
        high = match.end() + _FROM_DIGITS
    if low is not None:
        yield _whole_words(text, start, low, high)


def _whole_words(text: str, start: int, low: int, high: int) -> tuple[int, int]:
    low, high = max(start, low), min(len(text), high)
    while low > start and text[low - 1].isalnum():
        low -= 1
    while high < len(text) and text[high].isalnum():
        high += 1
    return low, high


def _tokens(text: str, low: int, high: int, closed: list[tuple[int, int]]) -> Iterator[_Token]:
    place = bisect_right(closed, low, key=lambda span: span[1])
    for match in _TOKEN.finditer(text, low, high):
        while place < len(closed) and closed[place][1] <= match.start():
            place += 1
        if not (place < len(closed) and closed[place][0] < match.end()):
            yield _Token(match.start(), match.end(), match[0])


def _windows(
    text: str,
    tokens: list[_Token],
    first: int,
    forms: Mapping[str, float],
    words: Collection[str],
    only: Collection[str] | None,
) -> Iterator[Candidate]:
    joined, loose, blank = "", False, False
    for last in range(first, min(first + _MOST_TOKENS, len(tokens))):
        token = tokens[last]
        if last > first:
            joint = text[tokens[last - 1].end : token.start]
            if joint in _BLANKS:
                blank = True
            elif joint in _LOOSE_JOINTS:
                loose = True
            elif joint not in _HYPHENS:
                return
        joined += token.text
        if len(joined) > LONGEST:
            return
        if not any(map(str.isdigit, joined)):
            continue
        value = _read(joined).upper()
        form = form_of(value)
        if only is not None and form not in only:
            continue
        parts = tokens[first : last + 1]
        if last > first and (form not in forms or (blank and _whole_inside(parts, forms))):
            continue
        yield Candidate(
            start=tokens[first].start,
            end=token.end,
            value=value,
            form=form,
            tokens=len(parts),
            loose=loose,
            glued=_is_glued(text, tokens[first].start, token.end),
            worded=last > first and any(blank and part.text.upper() in words for part in parts),
            named=last > first and any(_is_mixed_case(part.text) for part in parts),
            odd=last > first and _breaks_oddly(parts),
            lower=not _read(joined).isupper() and not joined.isdigit(),
        )


def _read(joined: str) -> str:
    """A small l or o among capitals and digits is a 1 or 0 that was misread or mistyped."""
    mended = joined.replace("l", "1").replace("o", "0")
    return mended if mended != joined and mended.isupper() else joined


def _whole_inside(parts: list[_Token], forms: Mapping[str, float]) -> bool:
    """Whether one of the groups is a whole plate by itself, and needs no neighbour."""
    return any(len(part.text) >= 6 and forms.get(form_of(part.text.upper()), 0) > 0.1 for part in parts)


def _is_mixed_case(part: str) -> bool:
    return part.isalpha() and not part.isupper() and not part.islower()


def _breaks_oddly(parts: list[_Token]) -> bool:
    """Whether two groups of one kind follow each other (12 34, AB CD): plates break at a change or a mixed group."""
    for left, right in pairwise(parts):
        changes = left.text[-1].isdigit() != right.text[0].isdigit()
        if not changes and _is_plain(left.text) and _is_plain(right.text):
            return True
    return False


def _is_plain(part: str) -> bool:
    return part.isdigit() or part.isalpha()


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether the string is part of a longer one; a state or field in front (CA-, LIC/) is no part of it."""
    before, earlier = text[start - 1 : start], text[start - 2 : start - 1]
    after, later = text[end : end + 1], text[end + 1 : end + 2]
    if before in _GLUE_BEFORE and before:
        return True
    if before == "," and earlier.isdigit():
        return True
    if before == "." and earlier.isalnum() and not _FIELD.search(text[max(0, start - 8) : start + 1]):
        return not text[start - 2].isupper()
    if before in ("-", "/") and earlier.isalnum() and not _STATE_BEFORE.search(text[max(0, start - 8) : start]):
        return True
    if after in _GLUE_AFTER and after:
        return True
    if after in ("-", "/", ":") and later.isalnum() and not _FIELD.match(text, end + 1):
        return after == ":" or not re.match(r"[A-Z]{2}(?![A-Za-z0-9])", text[end + 1 : end + 4])
    return False
