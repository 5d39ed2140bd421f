"""What was found in a text, hidden behind words of the same length, for phrases that speak of plates and systems."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

COVERS: Final = {"plate": "0P", "system": "0S", "agency": "0A"}  # what a word begins with that covers one


def covered(text: str, found: Iterable[tuple[int, int, str]]) -> str:
    """The text with words of the same length in the place of what was found, for phrases with `_P`, `_S` and `_A`.

    `found`: start, end and kind (see `COVERS`); of two that overlap the first is covered; what is too short stays.
    """
    parts: list[str] = []
    at = 0
    for start, end, kind in sorted(found):
        if start >= at and end - start >= len(COVERS[kind]):
            parts += (text[at:start], COVERS[kind].ljust(end - start, "0"))
            at = end
    return "".join(parts) + text[at:]
