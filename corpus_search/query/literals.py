"""Pieces of words that every match of a regular expression must hold: by them the index finds where to look."""

from __future__ import annotations

import re
import warnings
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

SHORTEST = 3
MOST_OPTIONS = 60


def needed_words(pattern: str) -> list[list[str]] | None:
    """Alternatives, each a list of lower-case pieces that a match by it must hold; None where nothing is sure.

    A piece is a run of ASCII letters and digits, so that it stands inside one word of the text.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return None  # RE2 takes some expressions that Python's own parser does not
    options = _options(tree)
    if options is None or len(options) > MOST_OPTIONS:
        return None
    found = [sorted(set(_words("".join(option)))) for option in options]
    return found if all(found) else None


def _options(tree: Any) -> list[list[str]] | None:
    """Alternatives of literal text of a sequence; "\\0" stands for what is not literal."""
    options: list[list[str]] = [[""]]
    for code, value in tree:
        pieces = _piece(code, value)
        if pieces is None:
            return None
        options = [[*option, *piece] for option in options for piece in pieces]
        if len(options) > MOST_OPTIONS:
            return None
    return options


def _piece(code: Any, value: Any) -> list[list[str]] | None:
    if code is codes.LITERAL:
        return [[chr(value)]]
    if code is codes.SUBPATTERN:
        return _options(value[3])
    if code is codes.BRANCH:
        found: list[list[str]] = []
        for branch in value[1]:
            inner = _options(branch)
            if inner is None:
                return None
            found += inner
        return found
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[0] >= 1:
        inner = _options(value[2])
        return None if inner is None else [["\0", *one, "\0"] for one in inner]
    if code is codes.AT:
        return [[""]]
    return [["\0"]]


def _words(literal: str) -> list[str]:
    return [piece for piece in re.findall(r"[a-z0-9]+", literal.lower()) if len(piece) >= SHORTEST]
