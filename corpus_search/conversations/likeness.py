"""How alike two texts are, and which texts of many may be alike: MinHash over pairs of words.

One hash a pair of words (one-permutation MinHash): the pairs fall into bins, each bin keeps its smallest; two texts
agree in about as many bins as they share of all the pairs they have (Jaccard). It depends on the text alone, so that it
is the same on every machine and in every order of arrival. Sketches propose; `likeness` decides on the words.

Ping Li, Art Owen, Cun-Hui Zhang, "One Permutation Hashing", 2012; empty bins borrow as in Anshumali Shrivastava,
"Optimal Densification for Fast and Accurate Minwise Hashing", 2017.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from struct import Struct
from typing import Final

BINS: Final = 64
ROWS: Final = 4  # bins that must all agree for two texts to be compared: with 16 such bands, 0.99 at a likeness of 0.7
LEAST_WORDS: Final = 12  # shorter texts are alike by chance ("Thanks, will do")
_WIDTH: Final = 2  # bytes kept of a bin
_MASK: Final = (1 << 64) - 1
_PACKED: Final = Struct(f">{BINS}H")
_WORD = re.compile(r"[^\W_]+")
_LOOKALIKES = str.maketrans("01i5869", "ollsbbg")  # what OCR takes for one another is one


def words(text: str) -> list[str]:
    """The words of a text as they are compared: no case, no marks, characters that OCR confuses made one."""
    return _WORD.findall(text.casefold().translate(_LOOKALIKES))


def placed_words(text: str) -> Iterator[tuple[str, int, int]]:
    """The words as they are compared, each with its stretch of the text."""
    for found in _WORD.finditer(text):
        yield found.group().casefold().translate(_LOOKALIKES), found.start(), found.end()


def sketch(text: str) -> bytes:
    """The text's MinHash; b"" for one with too few words to be told from others."""
    found = words(text)
    if len(found) < LEAST_WORDS:
        return b""
    bins = [_MASK] * BINS
    for one, other in pairwise(map(_number, found)):
        value = (one * 0x9E3779B97F4A7C15 + other) & _MASK
        at = value >> 58
        if value < bins[at]:
            bins[at] = value
    if _MASK in bins:
        filled = [value != _MASK for value in bins]
        bins = [
            value if is_filled else bins[next(at for at in detour if filled[at])]
            for value, is_filled, detour in zip(bins, filled, _detours(), strict=True)
        ]
    return _PACKED.pack(*(value & 0xFFFF for value in bins))


def agreement(one: bytes, other: bytes) -> float:
    """The share of bins in which two sketches agree: an estimate of the texts' likeness."""
    if not one or not other:
        return 0.0
    return sum(one[at : at + _WIDTH] == other[at : at + _WIDTH] for at in range(0, len(one), _WIDTH)) / BINS


def pairs_of_words(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of words that follow each other in a text."""
    return frozenset(pairwise(words(text)))


def likeness(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> tuple[float, float]:
    """Of two texts' pairs of words: the share of all that both have, and of the shorter text's (1: it is cut)."""
    if not one or not other:
        return 0.0, 0.0
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared), shared / min(len(one), len(other))


def bands(made: bytes) -> Iterator[bytes]:
    """The bands of a sketch: texts may be alike, and are worth comparing, where one band is the same for both."""
    size = ROWS * _WIDTH
    return (made[start : start + size] for start in range(0, BINS * _WIDTH, size))


@lru_cache(maxsize=20_000)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")


@lru_cache(maxsize=1)
def _detours() -> tuple[tuple[int, ...], ...]:
    """For each bin, the order of bins in which it looks for a value: itself first."""
    return tuple(
        (at, *sorted((other for other in range(BINS) if other != at), key=lambda other: _number(f"{at} {other}")))
        for at in range(BINS)
    )
