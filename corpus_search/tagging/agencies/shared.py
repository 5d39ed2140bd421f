"""Names and initials that several listed bodies share ("MPD", "MCSO"): whose they are only where the text says it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus_search.tagging.found import Found

_LOCAL = "local:"  # what finds by the tables of local bodies are made by; entries of packs go before them
_KIND = re.compile(r"\s(?:County|Parish|Police|Sheriff|Department|District)\b")


def settled(candidates: Iterable[tuple[int, Found]], text: str) -> Iterator[tuple[int, Found]]:
    """The candidates, those of one stretch by the tables of local bodies made one."""
    local: dict[tuple[int, int], list[tuple[int, Found]]] = defaultdict(list)
    for rank, found in candidates:
        if found.by.startswith(_LOCAL):
            local[found.start, found.end].append((rank, found))
        else:
            yield rank, found
    for same in local.values():
        rank, first = same[0]
        bodies = [found for _, found in same]
        yield rank, first if len({(one.value, one.groups) for one in bodies}) == 1 else _whose(bodies, text)


def _whose(bodies: list[Found], text: str) -> Found:
    """The one body whose place the text names elsewhere; else a body of that name, nobody's in particular."""
    first = bodies[0]
    elsewhere = f"{text[: first.start]} | {text[first.end :]}".lower()
    named = [one for one in bodies if re.search(rf"\b{re.escape(_place(one.value or '').lower())}\b", elsewhere)]
    if len({one.value for one in named}) == 1:
        return named[0]
    groups = tuple(group for group in first.groups if all(group in one.groups for one in bodies))
    written = text[first.start : first.end]
    why = f"“{written}”, which several bodies in the list of agencies are called"
    return replace(first, value=written, groups=groups, why=why)


def _place(name: str) -> str:
    """The place of a body's name: "Marin" of "Marin County Sheriff"."""
    return _KIND.split(name, maxsplit=1)[0]
