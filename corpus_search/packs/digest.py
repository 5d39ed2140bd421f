"""A hash of everything that decides tags: packs, built in and a researcher's own, and the code that applies them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

_DECIDING = ("packs", "tagging")  # rooms whose code and data decide tags


def digest(own: Path | None = None) -> str:
    """The hash: stored tags that were made with another one are stale."""
    made = hashlib.blake2b(digest_size=12)
    package = resources.files("corpus_search")
    for room in _DECIDING:
        for name, entry in _files(package.joinpath(room), room):
            made.update(name.encode() + b"\0" + hashlib.blake2b(entry.read_bytes(), digest_size=12).digest())
    for file in sorted(own.rglob("*")) if own else ():
        if file.is_file() and file.suffix in (".yaml", ".yml", ".csv"):
            made.update(
                file.relative_to(own or file).as_posix().encode() + b"\0" + hashlib.blake2b(file.read_bytes()).digest()
            )
    return made.hexdigest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry, name)
        elif entry.name.endswith((".py", ".yaml", ".csv")):
            yield name, entry
