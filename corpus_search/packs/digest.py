"""A hash of this version and of every pack: tags made under another one are stale."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from corpus_search import __version__


def tagging_digest(own: Path | None = None) -> str:
    """The hash for the built-in packs and those of a researcher's folder (patterns do not bear on tags)."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=12)
    folder = resources.files("corpus_search.packs").joinpath("data")
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_file():
            digest.update(entry.name.encode() + entry.read_bytes())
    for file in sorted(own.glob("*.*")) if own else ():
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
