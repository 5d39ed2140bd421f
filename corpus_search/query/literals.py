"""Words that every match of a regular expression must hold, in a row: by them the index finds where to look."""

from __future__ import annotations

import re
import warnings
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final, TypeAlias

SHORTEST: Final = 3  # letters of a piece that may stand inside a longer word
MOST_OPTIONS: Final = 60
FEW: Final = 4  # letters in square brackets that are told apart
ANYTHING: Final = "\0"
BETWEEN: Final = " "  # one or more signs that part words
_POSIX = re.compile(r"\[:\^?[a-z]+:\]")  # of RE2 alone

Run: TypeAlias = tuple[str, ...]  # words in a row, as patterns with `*`


def needed_words(pattern: str) -> list[list[Run]] | None:
    """Alternatives, each a list of runs of words that a match by it must hold; None where nothing is sure.

    A word is of lower-case ASCII letters and digits. The first and the last of a run may be pieces of longer words:
    then a `*` says so.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = parser.parse(_POSIX.sub(r"\\w", pattern))
    except (re.error, RecursionError, OverflowError):
        return None  # RE2 takes some expressions that Python's own parser does not
    found = {tuple(sorted(set(_runs(option)))) for option in _options(tree)}
    return sorted(map(list, found)) if all(found) else None


def _options(tree: Any) -> list[str]:
    """Alternatives of what a sequence matches: letters and digits, BETWEEN, ANYTHING."""
    options = [""]
    for code, value in tree:
        pieces = _pieces(code, value)
        if len(options) * len(pieces) > MOST_OPTIONS:
            pieces = [ANYTHING]
        options = [option + piece for option in options for piece in pieces]
    return options


def _pieces(code: Any, value: Any) -> list[str]:
    if code is codes.LITERAL:
        return [_sign(chr(value))]
    if code is codes.IN:
        return _one_of(value)
    if code is codes.SUBPATTERN:
        return _options(value[3])
    if code is codes.BRANCH:
        return _some([option for branch in value[1] for option in _options(branch)])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        return _some(_repeated(*value))
    return [""] if code is codes.AT else [ANYTHING]


def _sign(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else BETWEEN
    return ANYTHING


def _one_of(members: Any) -> list[str]:
    """Signs in square brackets: a few letters each for itself, or signs that all part words."""
    if all(member == (codes.CATEGORY, codes.CATEGORY_SPACE) or member[0] is codes.LITERAL for member in members):
        signs = sorted({_sign(chr(one)) if kind is codes.LITERAL else BETWEEN for kind, one in members})
        if len(signs) <= FEW and ANYTHING not in signs:
            return signs
    return [ANYTHING]


def _repeated(least: int, most: int, tree: Any) -> list[str]:
    inner = _options(tree)
    if set("".join(inner)) == {BETWEEN} and all(inner):
        return [BETWEEN] if least else ["", BETWEEN]
    if most == 1:
        return inner if least else ["", *inner]
    return [f"{ANYTHING}{one}{ANYTHING}" for one in inner] if least else [ANYTHING]


def _some(options: list[str]) -> list[str]:
    distinct = sorted(set(options))
    return distinct if len(distinct) <= MOST_OPTIONS else [ANYTHING]


def _runs(option: str) -> list[Run]:
    return [run for stretch in option.split(ANYTHING) if (run := _run(stretch))]


def _run(stretch: str) -> Run:
    """The words of a stretch of text; what may go on in letters is left out where it is short."""
    words = stretch.split()
    if not words:
        return ()
    before, after = not stretch.startswith(BETWEEN), not stretch.endswith(BETWEEN)
    if len(words) == 1:
        return (f"{'*' * before}{words[0]}{'*' * after}",) if len(words[0]) >= SHORTEST or not before | after else ()
    first, *middle, last = words
    firsts = [f"{'*' * before}{first}"] if len(first) >= SHORTEST or not before else []
    lasts = [f"{last}{'*' * after}"] if len(last) >= SHORTEST or not after else []
    return (*firsts, *middle, *lasts)
