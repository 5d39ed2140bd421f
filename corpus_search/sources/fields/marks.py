"""Codes of exemptions and other marks that a release office put on or beside words."""

from __future__ import annotations

import re
from typing import Final

# One code: (b)(6), (b) (7)(C), b6, B6, 1.4(D), b7C, (bX6) as OCR reads it; k2 and j2 of the Privacy Act.
CODE: Final = (
    r"(?:[(\[lI]?\s?[bB]\s?[)\]}X]\s?\(?\s?[1-9?]\s?[)\]}X](?:\s?\(?[A-Fa-f][)\]}])?(?:\s?\([ivx]{1,4}\))?|"
    r"\b[bB][1-9](?:\([A-Fa-f]\)|[A-Fa-f]\b)?|\b1\.4\s?\([A-Ha-h]\)|\([kj]\)\(2\))"
)
_MARK: Final = re.compile(rf"(?:{CODE}|█+|■+|▇+|\[?(?:REDACTED|Redacted|redacted)\]?|[X]{{4,40}})")
_SEPARATORS: Final = re.compile(r"[\s,;:/&.+|-]+")
_RELEASED: Final = re.compile(r"RELEASE IN (?:PART|FULL)\b.{0,40}", re.IGNORECASE)


def without_marks(text: str) -> str:
    """The text without the marks in it."""
    return _MARK.sub(" ", text) if _may_hold(text) else text


def only_marks(text: str) -> bool:
    """Whether nothing but marks stands there (and something does)."""
    if len(text) > 200 or not text.strip() or not _may_hold(text):
        return bool(text.strip()) and len(text) < 200 and _RELEASED.fullmatch(text.strip()) is not None
    return not _SEPARATORS.sub("", _MARK.sub(" ", text))


def is_mark(word: str) -> bool:
    """Whether the word is a mark."""
    return _MARK.fullmatch(word) is not None


def _may_hold(text: str) -> bool:
    return any(sign in text for sign in "█■▇bBX") or "1.4" in text or "edacted" in text or "EDACTED" in text or "(" in text
