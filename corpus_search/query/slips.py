"""Words as OCR or haste writes them: a few slips apart, or the same but for characters that look alike."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations

LOOKS_LIKE = {"o": "0", "q": "0", "d": "0", "i": "1", "l": "1", "s": "5", "b": "8", "z": "2", "g": "6", "t": "7"}
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("li", "h"))


def allowed(word: str) -> int:
    """How many slips a word of this length may have."""
    return 1 if len(word) <= 5 else 2


def near_spelling(word: str, other: str) -> bool:
    """Whether the other word is this one but for a few slips (a letter wrong, missing, added, or two swapped)."""
    limit = allowed(word)
    if abs(len(word) - len(other)) > limit:
        return shaped(word) == shaped(other)
    return within(word, other, limit) or shaped(word) == shaped(other)


@lru_cache(maxsize=64)
def may_be(word: str) -> str:
    """A regular expression that every word near in spelling matches, and few others: what a word list is asked first.

    Each slip is a place where a character may stand, or not, in place of one or before one; or two that are swapped.
    """
    ways = {_look_alike(word)}
    for slips in combinations(range(3 * len(word) + 1), allowed(word)):
        letters = [re.escape(char) for char in word]
        for slip in slips:
            kind, at = divmod(slip, len(word)) if slip < 3 * len(word) else (3, len(word) - 1)
            if kind == 0:
                letters[at] = ".?"
            elif kind == 1:
                letters[at] = ".?" + letters[at]
            elif kind == 2 and at + 1 < len(word):
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            elif kind == 3:
                letters[at] += ".?"
        ways.add("".join(letters))
    return "|".join(sorted(ways))


def _look_alike(word: str) -> str:
    """The words that are the same but for characters that look alike."""
    alike: dict[str, set[str]] = {}
    for char, one in LOOKS_LIKE.items():
        alike.setdefault(one, {one}).add(char)
    for pair, one in _PAIRS:
        alike.setdefault(LOOKS_LIKE.get(one, one), {one}).add(pair)
    return "".join(f"(?:{'|'.join(sorted(map(re.escape, alike.get(char, set()) | {char})))})" for char in shaped(word))


def shaped(word: str) -> str:
    """The word with characters that look alike made one: "c1ets" and "clets" are then the same."""
    for pair, one in _PAIRS:
        word = word.replace(pair, one)
    return "".join(LOOKS_LIKE.get(c, c) for c in word)


def within(one: str, other: str, limit: int) -> bool:
    """Whether the optimal string alignment distance is at most `limit` (a small number)."""
    if one == other:
        return True
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i] + [0] * len(other)
        for j, b in enumerate(other, 1):
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > limit:
            return False
        before, last = last, row
    return last[-1] <= limit
