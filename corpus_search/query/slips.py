"""Words as OCR or haste writes them: a few slips apart, or the same but for characters that look alike."""

from __future__ import annotations

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
