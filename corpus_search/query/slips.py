"""Words as OCR or haste writes them: a few slips apart, or the same but for characters that look alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations_with_replacement, pairwise

import re2

LOOKS_LIKE = {"o": "0", "q": "0", "d": "0", "i": "1", "l": "1", "s": "5", "b": "8", "z": "2", "g": "6", "t": "7"}
SHORT = 12  # letters of a word whose slips are all written out: longer ones overflow the engine's memory
MOST_COUNTED = 200  # letters that are counted: the engine counts to 1,000 at most
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


def near_words(word: str, lexicon: bytes) -> list[str]:
    """Those of many words, each on a line of its own, that are this one but for a few slips."""
    found = re2.compile(f"(?m)^(?:{may_be(word)})$").findall(lexicon)
    return [one for line in found if line and near_spelling(word, one := line.decode())]


@lru_cache(maxsize=64)
def may_be(word: str) -> str:
    """A regular expression that every word near in spelling matches, and few others: what a word list is asked first.

    In a short word each slip is a letter that may be another or missing, a letter more in one of the gaps, or two
    neighbours that are swapped. In a long one that would be too many ways: one of some pieces must be as it is, about
    where it should be.
    """
    slips = allowed(word)
    if len(word) > SHORT:
        return "|".join([_look_alike(word), *_pieces(word, slips)])
    places = [(kind, at) for kind in ("other", "more", "swapped") for at in range(len(word) + 1)]
    ways = {_with_slips(word, made) for made in combinations_with_replacement(places, slips)}
    return "|".join([_look_alike(word), *sorted(ways)])


def _pieces(word: str, slips: int) -> Iterator[str]:
    """Words with a piece of this one in its place. A slip touches at most two letters, so at most two pieces."""
    count = 2 * slips + 1
    ends = [len(word) * at // count for at in range(count + 1)]
    for low, high in pairwise(ends):
        yield f"{_about(low, slips)}{re.escape(word[low:high])}{_about(len(word) - high, slips)}"


def _about(letters: int, slips: int) -> str:
    """So many letters, or a few more or less."""
    return f".{{{max(0, letters - slips)},{letters + slips}}}" if letters < MOST_COUNTED else ".*"


def _with_slips(word: str, made: Iterable[tuple[str, int]]) -> str:
    letters, gaps = [re.escape(char) for char in word], [""] * (len(word) + 1)
    for kind, at in made:
        if kind == "more":
            gaps[at] += ".?"
        elif kind == "other" and at < len(word):
            letters[at] = ".?"
        elif kind == "swapped" and at + 1 < len(word):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(gap + letter for gap, letter in zip(gaps, [*letters, ""], strict=True))


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
