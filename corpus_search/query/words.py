"""What a word is, for searches and for the index alike: nothing is dropped, plates and addresses can be found whole.

Case and accents are folded. A run joined without blanks (`7ABC-123`, `druiz@anaheim.net`, `Sheriff's`) counts as its
parts at positions of their own and, at the first part's position, as the run squeezed together (`7abc123`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_PART = re.compile(r"[^\W_]+")
# Begun at the first letter of a run and never given back: a million letters without a blank are looked at once.
_JOINED = re.compile(r"(?<![^\W_])[^\W_]++(?:[-_.@/'’+&:#][^\W_]++)+")
LONGEST = 80  # characters of a squeezed run that are kept: longer ones are codes, found by their parts


class Token(NamedTuple):
    """A folded word with its position and its stretch of the text."""

    term: str
    position: int
    start: int
    end: int


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """The text without case and accents; typographic apostrophes made plain."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order; squeezed runs stand at the position of their first part."""
    runs = _JOINED.finditer(text)
    run = next(runs, None)
    for position, part in enumerate(_PART.finditer(text)):
        term = fold(part.group())
        if run is not None and part.start() == run.start():
            squeezed = squeeze(run.group())
            if len(squeezed) <= LONGEST and squeezed != term:
                yield Token(squeezed, position, run.start(), run.end())
            run = next(runs, None)
        if term:  # a few signs are nothing but an accent, and fold to nothing
            yield Token(term, position, part.start(), part.end())


def places(text: str) -> tuple[dict[str, list[int]], list[int]]:
    """The positions of each word of a text, rising, and where each part begins: what `tokens` gives, made for many.

    Half of what an index costs is this, so text of plain ASCII, which nearly all mail is, takes a way of its own.
    """
    found: dict[str, list[int]] = {}
    if not text.isascii():
        for token in tokens(text):
            found.setdefault(token.term, []).append(token.position)
        return found, [part.start() for part in _PART.finditer(text)]
    text = text.lower()
    starts: list[int] = []
    begin = starts.append
    for position, part in enumerate(_PART.finditer(text)):
        begin(part.start())
        found.setdefault(part[0], []).append(position)
    for run in _JOINED.finditer(text):
        pieces = _PART.findall(run[0])
        squeezed = "".join(pieces)
        if len(squeezed) <= LONGEST:  # of two parts at least, so it is none of them
            insort(found.setdefault(squeezed, []), bisect_left(starts, run.start()))
    return found, starts


def squeeze(run: str) -> str:
    """A joined run without its joints, folded."""
    return "".join(fold(part) for part in _PART.findall(run))


def squeeze_wild(pattern: str) -> str:
    """A pattern with `*` without its joints, as words stand that are joined: "7abc1*" for "7ABC-1*"."""
    squeezed = "*".join(map(squeeze, pattern.split("*")))
    return squeezed if squeezed.strip("*") or not pattern.strip("*") else ""


def wild_fits(pattern: str, text: str) -> bool:
    """Whether the whole text is as a pattern with `*` says; in time that grows with its length alone."""
    first, *middle = pattern.split("*")
    if not middle:
        return text == pattern
    *middle, last = middle
    at, end = len(first), len(text) - len(last)
    if at > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for piece in middle:
        at = text.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def parts(text: str) -> tuple[str, ...]:
    """The folded words of a piece of query."""
    return tuple(folded for part in _PART.findall(text) if (folded := fold(part)))
