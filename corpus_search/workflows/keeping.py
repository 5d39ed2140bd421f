"""Keeping a corpus: its releases, checks against the originals, taking a release out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus_search.store import Store
from corpus_search.store.writing import SourceRow
from corpus_search.workflows.finish import finish
from corpus_search.workflows.indexing import index_state
from corpus_search.workflows.plan import sha256_of, shown
from corpus_search.workflows.progress import SILENT, Progress


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is not as it should be."""

    what: str
    where: str


def releases(corpus: Path) -> list[dict[str, Any]]:
    """Each release with its facts, its account, gaps in its Bates numbers, and how many replies lack their original."""
    with Store.open_to_read(corpus) as store:
        return [
            release | {"account": store.account(release["name"]), "gaps": store.gaps(release["name"])}
            for release in store.releases()
        ]


def files_of(corpus: Path, release: str) -> int:
    """How many files a release has.

    Raises:
        CorpusNotFound, NoSuchRelease: see `errors`.
    """
    with Store.open_to_read(corpus) as store:
        return _files(store, release)


def _files(store: Store, release: str) -> int:
    store.check_release(release)
    sources = store.account(release)["sources"]
    return int(sources["seen"] - sources["already"])


def remove(corpus: Path, release: str, workers: int = 1, progress: Progress = SILENT) -> int:
    """Take a release out of the corpus; returns the number of files it had. The released files are not touched."""
    with Store.open_to_write(corpus) as store:
        files = _files(store, release)
        with store.transaction():
            store.remove_release(release)
            store.changed()
        finish(store, workers=workers, progress=progress)
        return files


def _differs(row: SourceRow) -> str:
    """How a released file is not what was read; "" where it is."""
    try:
        return "" if sha256_of(Path(row.file)) == row.sha256 else "a released file is not what was read"
    except FileNotFoundError:
        return "a released file is gone"
    except OSError as error:
        return f"a released file can't be read ({error.strerror})"


def verify(corpus: Path, progress: Progress = SILENT) -> Iterator[Check]:
    """Hash every original again, check the store's own order, and the index against the store."""
    with Store.open_to_read(corpus) as store:
        for fault in store.faults():
            yield Check("the store", fault)
        sources = store.sources()
        progress.begin("verify", len(sources), sum(row.size for row in sources))
        for row in sources:
            if row.sha256 and (what := _differs(row)):
                yield Check(what, f"{row.release}, {row.path} ({shown(row.file)})")
            progress.step(1, row.size)
        progress.end()
        state = index_state(store)
        if state != "fresh":
            yield Check("the index", f"{state}; searches are right but slower until: corpus-search update")
