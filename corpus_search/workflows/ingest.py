"""Released files into the corpus: found, hashed, cut, read, tagged, stored, linked, indexed.

Every step is stored as it is done, so that a run may be killed at any moment: the next one goes on where it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from corpus_search import sources
from corpus_search.model import Source
from corpus_search.packs.digest import digest as tagging_digest
from corpus_search.sources.reading import Unit
from corpus_search.store import Store, is_corpus
from corpus_search.workflows.finish import finish
from corpus_search.workflows.indexing import index_state
from corpus_search.workflows.plan import Found, find_files, sha256_of
from corpus_search.workflows.pool import Pool, process_pool
from corpus_search.workflows.progress import SILENT, Progress
from corpus_search.workflows.run import Request, Run
from corpus_search.workflows.update import TAGGED_WITH
from corpus_search.workflows.work import Done, Job, do

__all__ = ["Outcome", "Request", "ingest", "plan"]

AHEAD: Final = 4  # jobs in flight for each worker: enough that none waits, few enough that memory stays flat


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run did: files it read, files that were in the corpus already; the problem lines of their releases."""

    new: int
    already: int
    problems: int
    problems_by_cause: Mapping[str, int]
    account: Mapping[str, Any]


def ingest(request: Request, progress: Progress = SILENT) -> Outcome:
    """Read files into a corpus; the same files again change nothing.

    Raises:
        PathNotFound, CorpusNotFound, CorpusBusy, CorpusDamaged, StorageFull: see `errors`.
    """
    found = list(find_files(request.paths, request.release, request.corpus))
    with Store.open_to_write(request.corpus, create=True) as store:
        run = Run(store, request, progress)
        if store.meta(TAGGED_WITH) is None:
            store.set_meta(TAGGED_WITH, tagging_digest(run.packs))
        already = run.register(found)
        new = len(store.open_sources())
        if new:
            make = request.make_executor or (lambda: process_pool(request.workers))
            pool: Pool[Job, Done] = Pool(make, do, AHEAD * max(1, request.workers))
            with closing(pool):
                run.read_all(pool)
        finish(store, workers=request.workers, progress=progress)
        account = store.account() | {"index": index_state(store)}
        releases = {one.release for one in found}
        causes = Counter(problem.kind for name in sorted(releases) for problem in store.problems(name))
        return Outcome(new, already, sum(causes.values()), dict(causes.most_common()), account)


def plan(request: Request, progress: Progress = SILENT) -> list[dict[str, Any]]:
    """What an ingest would read: each file with its size, format, pages, those for OCR, whether it came before."""
    found = list(find_files(request.paths, request.release, request.corpus))
    progress.begin("plan", len(found), sum(one.size for one in found if isinstance(one, Found)))
    lines = []
    for one in found:
        line: dict[str, Any] = {"path": one.path, "release": one.release, "size": 0, "format": "", "pages": None}
        line["ocr_pages"] = None
        if isinstance(one, Found):
            line |= _surveyed(one)
        else:
            line["trouble"] = one.reason
        lines.append(line)
        progress.step(1, one.size if isinstance(one, Found) else 0)
    progress.end()
    return [line | {"already": _came_before(request.corpus, line)} for line in lines]


def _surveyed(one: Found) -> dict[str, Any]:
    try:
        sha256 = sha256_of(one.file)
    except OSError:
        sha256 = ""
    seen = sources.survey(Unit(str(one.file), Source(one.path, None, sha256, ""), one.release))
    trouble = seen.trouble.reason if seen.trouble else None
    pages = {"pages": seen.pages, "ocr_pages": seen.scans}
    return {"size": one.size, "format": seen.format, **pages, "trouble": trouble, "sha256": sha256}


def _came_before(corpus: Path, line: Mapping[str, Any]) -> bool:
    if not is_corpus(corpus):
        return False
    with Store.open_to_read(corpus) as store:
        return store.find_source(line["release"], line["path"], line.get("sha256", "")) is not None
