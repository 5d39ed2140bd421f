"""Strings of a passage that have the form of a plate, whole or broken by blanks, hyphens and line ends."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from corpus_search.tagging.plates.forms import form_of

LONGEST: Final = 8  # characters of the longest serial in use
_TOKEN: Final = re.compile(r"[A-Za-z0-9?*_]+")
_JOINTS: Final = frozenset([" ", "-", "–", "—", "‑", "·", "\xa0", " - ", "  ", "- ", " -"])
# Joints that only hold right behind a plate word: a line end, a full stop.
_LOOSE_JOINTS: Final = frozenset(["\n", "\r\n", " \n", "-\n", "-\r\n", "- \n", "\n ", "\n> ", "."])
# Where nothing is a plate: links, mail addresses, file names, paths, hexadecimal numbers, tags of markup.
_NO_PLACE: Final = re.compile(
    r"(?:https?://|www\.|ftp://|file:)[^\s<>]{1,2000}"
    r"|[^\s<>()\[\]]{1,200}@[^\s<>()\[\]]{1,200}"
    r"|[\w\-]{1,80}\.(?:png|jpe?g|gif|pdf|docx?|xlsx?|pptx?|txt|csv|msg|eml|zip|html?|wmv|mp[34]|mov|cfg|[chs]|py|patch)\b"
    r"|\b0[xX][0-9A-Fa-f]{1,64}"
    r"|(?:[\w\-.]{1,80}[\\/]){3,}[\w\-.]{0,80}"
    r"|(?<![\w/])[\\/](?:[\w\-.]{1,80}[\\/]){1,20}[\w\-.]{0,80}"
    r"|<[^<>\s]{1,200}>"
)
_GLUED_BEFORE: Final = frozenset("_@\\~$%&=+|<>[]{}^")
_FIELD: Final = re.compile(r"\b(?:LIC|LIS|LIT|LIY)[/:]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A string that may be a plate. `loose`: joined over a line end or full stop; `glued`: part of a longer string."""

    start: int
    end: int
    value: str
    form: str
    tokens: int
    loose: bool
    glued: bool
    lower: bool


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str


def no_places(text: str) -> list[tuple[int, int]]:
    """Stretches in which nothing is a plate: links, addresses, file names, paths, hexadecimal numbers."""
    return [match.span() for match in _NO_PLACE.finditer(text) if not _FIELD.search(match[0])]


def candidates(text: str, forms: Mapping[str, float], words: Collection[str]) -> Iterator[Candidate]:
    """Every string of the text that may be a plate, longer ones first from each beginning.

    `forms` are the forms known to be issued; several tokens make a plate only in one of them. `words` are upper-case
    words that are never the letters of a broken plate.
    """
    tokens = list(_tokens(text))
    for first, token in enumerate(tokens):
        if token.text.isalpha() and len(token.text) > 4:
            continue
        yield from reversed(list(_windows(text, tokens, first, forms, words)))


def _tokens(text: str) -> Iterator[_Token]:
    closed = no_places(text)
    place = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while place < len(closed) and closed[place][1] <= start:
            place += 1
        if place < len(closed) and closed[place][0] < end:
            continue
        word = match[0]
        stripped = word.strip("?*_")
        if not stripped:
            continue
        start += len(word) - len(word.lstrip("?*_"))
        yield _Token(start, start + len(stripped), stripped)


def _windows(
    text: str, tokens: list[_Token], first: int, forms: Mapping[str, float], words: Collection[str]
) -> Iterator[Candidate]:
    joined, loose = "", False
    for last in range(first, min(first + LONGEST, len(tokens))):
        token = tokens[last]
        if last > first:
            joint = text[tokens[last - 1].end : token.start]
            loose = loose or joint in _LOOSE_JOINTS
            if joint not in _JOINTS and joint not in _LOOSE_JOINTS:
                return
        joined += token.text
        if len(joined) > LONGEST:
            return
        if not any(char.isdigit() for char in joined) or any(char in "?*_" for char in joined):
            continue
        value = joined.upper()
        form = form_of(value)
        parts = tokens[first : last + 1]
        if last > first and not (form in forms and _breaks_well(parts, forms, words, joined.islower())):
            continue
        yield Candidate(
            token_start := tokens[first].start,
            token.end,
            value,
            form,
            len(parts),
            loose,
            _is_glued(text, token_start, token.end),
            joined.islower() or (not joined.isupper() and not joined.isdigit()),
        )


def _breaks_well(parts: list[_Token], forms: Mapping[str, float], words: Collection[str], lower: bool) -> bool:
    """Whether a plate is written broken at these places: between letters and digits, or beside a mixed group."""
    for left, right in zip(parts, parts[1:], strict=False):
        changes = left.text[-1].isdigit() != right.text[0].isdigit()
        if (
            not changes
            and (left.text.isdigit() or left.text.isalpha())
            and (right.text.isdigit() or right.text.isalpha())
        ):
            return False
    for part in parts:
        if part.text.isalpha() and ((part.text.upper() in words) or not (part.text.isupper() or lower)):
            return False
        # A group that is a whole plate by itself needs no neighbour.
        if len(part.text) >= 6 and forms.get(form_of(part.text.upper()), 0) >= 0.1:
            return False
    return True


def _is_glued(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    earlier = text[start - 2] if start > 1 else " "
    later = text[end + 1] if end + 1 < len(text) else " "
    if before in _GLUED_BEFORE or (before == "." and earlier.isalnum()) or (before.isalnum()):
        return True
    if before == "-" and earlier.isalnum() and not text[max(0, start - 3) : start - 1].isupper():
        return True
    if after in "_@\\~$%&=+[{^" or after.isalnum():
        return True
    return (after == "-" and later.isalnum() and not text[end + 1 : end + 3].isupper()) or (
        after in ".:" and later.isalnum() and not _FIELD.match(text, end + 1) and after == ":"
    )
