"""How the places of a word stand in a posting: plain numbers, where Whoosh would keep a pickle for every one."""

from __future__ import annotations

import warnings
from array import array
from collections.abc import Sequence

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # Whoosh 2.7.4 has old escapes that Python 3.12 warns of
    from whoosh.formats import Positions

WIDE = 1 << 16  # positions from here on take four bytes


class Places(Positions):  # type: ignore[misc]
    """Positions as an array of numbers of two bytes or four; the first byte says which."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        """The positions, rising, as bytes."""
        kind = "H" if poslist[-1] < WIDE else "I"
        return kind.encode() + array(kind, poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> array[int]:
        """The positions again."""
        return array(chr(valuestring[0]), valuestring[1:])

    def decode_frequency(self, valuestring: bytes) -> int:
        """How many positions there are."""
        return (len(valuestring) - 1) // (2 if valuestring[:1] == b"H" else 4)
