"""The words of a text, read once for all finders: which there are, and where each stands."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

# Of each byte of ASCII text: a small letter or a digit as it is, a capital as a small letter, anything else a blank.
_PLAIN: Final = bytes(
    ord(char.lower()) if char.isascii() and char.isalnum() else ord(" ") for char in map(chr, range(256))
)
_NEAR: Final = 64  # characters in which the next word must stand


class Words:
    """The words of a text: its runs of ASCII letters and digits, in lower case, and where each of them stands."""

    __slots__ = ("_at", "_spaced", "distinct", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        # As long as the text, but for a blank at either end: a character that is not ASCII becomes one blank.
        self._spaced = f" {text.encode('ascii', 'replace').translate(_PLAIN).decode('ascii')} "
        self.distinct = frozenset(self._spaced.split())
        self._at: dict[str, list[int]] = {}

    def hold(self, piece: str) -> bool:
        """Whether some word holds this piece of a word."""
        return piece in self._spaced

    def in_order(self) -> list[str]:
        """All of them, as they stand."""
        return self._spaced.split()

    def places(self, word: str) -> list[int]:
        """Where a word stands."""
        places = self._at.get(word)
        if places is None:
            places = self._at[word] = []
            spaced, sought = self._spaced, f" {word} "
            at = spaced.find(sought)
            while at >= 0:
                places.append(at)
                at = spaced.find(sought, at + 1)
        return places

    def after(self, place: int, word: str) -> str:
        """The word that comes after the one that stands there, in its first characters; empty where none is near."""
        end = place + len(word) + 1
        return next(iter(self._spaced[end : end + _NEAR].split(None, 1)), "")


@lru_cache(maxsize=32)
def words_in(text: str) -> Words:
    """The words of a text, read once: each finder asks for those of the same passage."""
    return Words(text)


def words_of(text: str) -> list[str]:
    """The runs of ASCII letters and digits of a text, in lower case."""
    return words_in(text).in_order()


def word_set(text: str) -> frozenset[str]:
    """The distinct words of a text."""
    return words_in(text).distinct
