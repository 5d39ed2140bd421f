"""Labels hold no real person's name or words: only digests of them, which a right reading must meet."""

from __future__ import annotations

import hashlib
import re

_WORD = re.compile(r"[^\W_]+")


def digest_text(text: str) -> str:
    """Of a subject or file name: letters and digits only, in lower case."""
    return _digest("".join(_WORD.findall(text.lower())))


def digest_party(written: str) -> str:
    """Of an address in lower case; of a name where there is none: its words in the order of the alphabet.

    What is blacked out of it is left out; of a party of which nothing can be read, that is all.
    """
    written = written.replace("█", "")
    if "@" in written:
        return _digest(written.strip().lower())
    return _digest(" ".join(sorted(_WORD.findall(written.lower()))))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
