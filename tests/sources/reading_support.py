"""Reading files through the one door, and the laws that hold of all that is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpus_search import sources
from corpus_search.model import Message, Reading, Source
from corpus_search.sources.reading import ReadOptions, Unit, together

Read = Callable[..., Reading]


def unit_of(file: Path, release: str = "R") -> Unit:
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return Unit(str(file), Source(file.name, None, sha256, ""), release, options=ReadOptions("never"))


def read_file(file: Path) -> Reading:
    """A file through the one door, all its units together."""
    unit = unit_of(file)
    cutting = sources.cut(unit)
    problems = Reading(problems=cutting.problems)
    if cutting.joined:
        runs = [sources.read_pages(one) for one in cutting.units]
        whole = replace(cutting.units[0], start=0, stop=-1)
        joined = sources.join(whole, [page for run in runs for page in run.pages])
        return together([problems, *(Reading((), run.problems, run.count) for run in runs), joined])
    return together([problems, *(sources.read(one) for one in cutting.units)])


def check_laws(messages: tuple[Message, ...]) -> None:
    """What holds of every message that any reader gives."""
    ids = [message.id for message in messages]
    assert len(set(ids)) == len(ids)
    for message in messages:
        message.text.encode()
        at = 0
        for zone in message.zones:
            assert zone.start == at
            assert zone.end > zone.start
            at = zone.end
        assert at == len(message.text)
        assert message.within is None or message.within in ids
        begun = [place.start for place in message.places if place.start is not None]
        assert begun == sorted(begun)
        assert not begun or 0 <= begun[0] <= begun[-1] <= len(message.text)
