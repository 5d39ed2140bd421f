"""What a worker does with a unit: read it, tag what was read. A pure function of the unit and the packs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus_search import sources
from corpus_search.model import Message, PageCount, Problem, Record
from corpus_search.sources.reading import Unit
from corpus_search.store.rows import Compared, compared

if TYPE_CHECKING:
    from corpus_search.tagging.tagger import Tagger


@dataclass(frozen=True, slots=True)
class Job:
    """A step for one unit: cut a file into units, read one, read pages only, or make messages of all `pages`."""

    unit: Unit
    packs: Path | None
    step: Literal["cut", "read", "pages", "join"]
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a job gave: units (of a file of this format), records, or the layouts of pages (JSON); and problems."""

    format: str = ""
    units: tuple[Unit, ...] = ()
    joined: bool = False
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: PageCount = PageCount()
    layouts: tuple[str, ...] = ()
    compared: tuple[Compared, ...] = ()  # of each record, by what its words are compared


@lru_cache(maxsize=2)
def tagger_for(packs: Path | None) -> Tagger:
    """The tagging pass with the built-in packs and a researcher's own; loaded once a process."""
    from corpus_search.tagging.tagger import Tagger  # spaCy: the process that only gives out work can do without

    return Tagger.load(packs)


def tag(messages: Sequence[Message], packs: Path | None) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """The messages with their parties' agencies found, and their tags; one that can't be tagged is kept untagged."""
    tagger = tagger_for(packs)
    records: list[Record] = []
    problems: list[Problem] = []
    for message in messages:
        try:
            records.append(tagger.record(message))
        except Exception as error:  # noqa: BLE001 - the tagging pass's guard: no message is lost to a fault of ours
            records.append(Record(message))
            reason = (
                f"kept, but not tagged: a fault of the tagging pass ({type(error).__name__}: {error}); please report it"
            )
            place = message.places[0] if message.places else None
            problems.append(Problem(message.source, message.release, "not tagged", reason, place))
    return tuple(records), tuple(problems)


def do(job: Job) -> Done:
    """Do one job."""
    if job.step == "cut":
        cutting = sources.cut(job.unit)
        return Done(cutting.format, cutting.units, cutting.joined, problems=cutting.problems)
    if job.step == "pages":
        run = sources.read_pages(job.unit)
        layouts = tuple(json.dumps(page, ensure_ascii=False, separators=(",", ":")) for page in run.pages)
        return Done(problems=run.problems, pages=run.count, layouts=layouts)
    if job.step == "join":
        reading = sources.join(job.unit, [json.loads(page) for page in job.pages])
    else:
        reading = sources.read(job.unit)
    records, problems = tag(reading.messages, job.packs)
    words = tuple(compared(record.message) for record in records)
    return Done(records=records, problems=(*reading.problems, *problems), pages=reading.pages, compared=words)


@dataclass(frozen=True, slots=True)
class Retag:
    """Records to tag anew."""

    records: tuple[Record, ...]
    packs: Path | None


def retag(job: Retag) -> tuple[Record, ...]:
    """The records with today's tags."""
    return tag([record.message for record in job.records], job.packs)[0]
