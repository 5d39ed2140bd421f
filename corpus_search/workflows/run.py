"""One ingest under the writer's lock: files entered, cut, read, joined; each step stored as it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from corpus_search.model import Place, Problem, Source
from corpus_search.sources.reading import ReadOptions, Unit
from corpus_search.store import Store
from corpus_search.store.writing import SourceRow, UnitRow
from corpus_search.workflows.plan import Found, Skipped, Stamp, sha256_of, stamp_of
from corpus_search.workflows.pool import Lost, Pool
from corpus_search.workflows.progress import Progress
from corpus_search.workflows.work import Done, Job


@dataclass(frozen=True, slots=True)
class Request:
    """What to ingest, and how; `facts` of the release: agency, request, received, notes."""

    corpus: Path
    paths: tuple[Path, ...]
    release: str | None = None
    facts: Mapping[str, str | None] | None = None
    options: ReadOptions = ReadOptions()
    reread: bool = False
    workers: int = 1
    make_executor: Callable[[], Executor] | None = None


class Run:
    """One ingest, under the writer's lock."""

    def __init__(self, store: Store, request: Request, progress: Progress) -> None:
        self.store = store
        self.request = request
        self.progress = progress
        packs = request.corpus / "packs"
        self.packs = packs if packs.is_dir() else None
        self._stamps: dict[str, Stamp] = {}  # of each file, taken before it was hashed in this run

    def register(self, found: Sequence[Found | Skipped]) -> int:
        """Hash every file and enter it in the account; returns how many came before."""
        already = 0
        self.progress.begin("hash", len(found), sum(one.size for one in found if isinstance(one, Found)))
        for one in found:
            sha256 = "" if isinstance(one, Skipped) else self._hash(one)
            with self.store.transaction():
                self.store.add_release(one.release, self.request.facts or {})
                known = self.store.find_source(one.release, one.path, sha256)
                if known is not None and known.state != "planned" and not self.request.reread:
                    self.store.came_again(known.n, str(one.file))
                    already += 1
                elif known is None or known.state != "planned":
                    if known is not None:
                        self.store.forget_source(known.n)
                        self.store.changed()
                    self._enter(one, sha256)
            self.progress.step(1, one.size if isinstance(one, Found) else 0)
        self.progress.end()
        return already

    def _hash(self, one: Found) -> str:
        try:
            self._stamps[str(one.file)] = stamp_of(one.file)
            return sha256_of(one.file)
        except OSError:
            return ""

    def _enter(self, one: Found | Skipped, sha256: str) -> None:
        size = one.size if isinstance(one, Found) else 0
        if self.store.forget_failed(one.release, one.path, str(one.file)):
            self.store.changed()
        salt = self.store.salt_for(one.release, one.path, sha256)
        row = SourceRow(
            0, one.release, one.path, str(one.file), sha256, size, "", salt, _dump(self.request.options), "planned"
        )
        number = self.store.add_source(row)
        if isinstance(one, Skipped):
            trouble = Problem(Source(one.path, None, sha256, ""), one.release, one.kind, one.reason)
            self.store.add_problems(number, -1, [trouble])
            self.store.close_source(number)

    def read_all(self, pool: Pool[Job, Done]) -> None:
        """Cut, read and join all that is left; one transaction a unit."""
        opened = [row for row in self.store.open_sources() if self._still_there(row)]
        uncut = [row for row in opened if not self.store.units_of(row.n)]
        self.progress.begin("plan", len(uncut), sum(row.size for row in uncut))
        for job, result in pool.run(Job(self._unit(row), self.packs, "cut") for row in uncut):
            self._store_cut(job, result)
        self.progress.end()
        left = [row for row in self.store.open_sources() if row.n in {one.n for one in opened}]
        self._read_units(pool, left)
        self._join_pages(pool, left)

    def _still_there(self, row: SourceRow) -> bool:
        """Whether the file is as it was hashed; if not, a problem line closes it."""
        same = self._is_as_it_was(row)
        if not same:
            with self.store.transaction():
                self._close_with(row, "changed", "the file changed, or went, while it was read; ingest it again")
        return same

    def _is_as_it_was(self, row: SourceRow) -> bool:
        """By its stamp, or, where that is another or not known, by its bytes."""
        file = Path(row.file)
        try:
            stamp = stamp_of(file)
            if self._stamps.get(row.file) == stamp:
                return True
            same = sha256_of(file) == row.sha256
        except OSError:
            return False
        if same:
            self._stamps[row.file] = stamp
        return same

    def _close(self, row: SourceRow) -> None:
        """Settle a file that is read to its end, if it is still what was hashed; in a transaction."""
        if self._is_as_it_was(row):
            self.store.close_source(row.n)
        else:
            self._close_with(row, "changed", "the file changed, or went, while it was read; ingest it again")

    def _unit(self, row: SourceRow, unit: UnitRow | None = None) -> Unit:
        source = Source(row.path, None, row.sha256, row.format)
        options = _load(row.options)
        if unit is None:
            return Unit(row.file, source, row.release, row.salt, options=options)
        source = replace(source, member=unit.member, format=unit.format)
        return Unit(row.file, source, row.release, row.salt, unit.start, unit.stop, unit.first_number, options)

    def _store_cut(self, job: Job, result: Done | Lost) -> None:
        row = self._row(job.unit)
        with self.store.transaction():
            if isinstance(result, Lost):
                self._fail(row, job, result)
                return
            self.store.add_problems(row.n, -1, result.problems)
            self.store.set_format(row.n, result.format)
            rows = [
                UnitRow(
                    row.n,
                    seq,
                    unit.start,
                    unit.stop,
                    unit.first_number,
                    unit.source.member,
                    unit.source.format,
                    result.joined,
                    False,
                )
                for seq, unit in enumerate(result.units)
            ]
            self.store.add_units(rows)
            if not rows:
                self._close(row)
        self.progress.step(1, row.size)

    def _row(self, unit: Unit) -> SourceRow:
        row = self.store.find_source(unit.release, unit.source.path, unit.source.sha256)
        assert row is not None
        return row

    def _read_units(self, pool: Pool[Job, Done], rows: Sequence[SourceRow]) -> None:
        tasks = [(row, unit) for row in rows for unit in self.store.units_of(row.n) if not unit.done]
        left = Counter(row.n for row, _ in tasks)
        bytes_each = {row.n: row.size // left[row.n] for row in rows if left[row.n]}
        self.progress.begin("read", len(tasks), sum(row.size for row in rows))
        jobs = (Job(self._unit(row, unit), self.packs, "pages" if unit.joined else "read") for row, unit in tasks)
        for (job, result), (row, unit) in zip(pool.run(jobs), tasks, strict=True):
            left[row.n] -= 1
            with self.store.transaction():
                self._store_unit(row, unit, job, result)
                if not left[row.n] and not unit.joined:
                    self._close(row)
            self.progress.step(1, bytes_each[row.n])
        self.progress.end()

    def _store_unit(self, row: SourceRow, unit: UnitRow, job: Job, result: Done | Lost) -> None:
        if isinstance(result, Lost):
            self._fail(row, job, result, unit.seq)
        else:
            self.store.add_problems(row.n, unit.seq, result.problems)
            self.store.count_pages(row.n, result.pages)
            if unit.joined:
                self.store.add_pages(row.n, unit.start, result.layouts)
            else:
                self.store.add_records(row.n, unit.seq, result.records, result.compared)
                self.store.changed()
        self.store.unit_done(row.n, unit.seq)

    def _join_pages(self, pool: Pool[Job, Done], rows: Sequence[SourceRow]) -> None:
        paged = [row for row in rows if any(unit.joined for unit in self.store.units_of(row.n))]
        self.progress.begin("join", len(paged), 0)
        for job, result in pool.run(self._joins(paged)):
            row = self._row(job.unit)
            with self.store.transaction():
                if isinstance(result, Lost):
                    self._fail(row, job, result)
                else:
                    self.store.add_problems(row.n, 0, result.problems)
                    self.store.add_records(row.n, 0, result.records, result.compared)
                    self.store.changed()
                    self._close(row)
            self.progress.step(1, 0)
        self.progress.end()

    def _joins(self, rows: Sequence[SourceRow]) -> Iterator[Job]:
        for row in rows:
            first = self.store.units_of(row.n)[0]
            unit = replace(self._unit(row, first), start=0, stop=-1, first_number=1)
            yield Job(unit, self.packs, "join", tuple(self.store.pages_of(row.n)))

    def _fail(self, row: SourceRow, job: Job, lost: Lost, seq: int = -1) -> None:
        unit, part, place = job.unit, "this part", None
        if job.step == "pages" and unit.stop > unit.start:
            part, place = f"pages {unit.start + 1}-{unit.stop}", Place("page", unit.start + 1)
        reason = f"{lost.why}; nothing was taken from {part}: open the file by hand, and tell us if it is whole"
        self.store.add_problems(row.n, seq, [Problem(unit.source, row.release, "damaged", reason, place)])
        if job.step in ("cut", "join"):
            self.store.close_source(row.n)

    def _close_with(self, row: SourceRow, kind: str, reason: str) -> None:
        self.store.clear_source(row.n)
        source = Source(row.path, None, row.sha256, row.format)
        self.store.add_problems(row.n, -1, [Problem(source, row.release, kind, reason)])
        self.store.close_source(row.n)
        self.store.changed()


def _dump(options: ReadOptions) -> str:
    return f"{options.ocr},{int(options.keep_failed_redactions)}"


def _load(options: str) -> ReadOptions:
    ocr, keep = options.split(",")
    assert ocr in ("auto", "never", "force")
    return ReadOptions(ocr, keep == "1")  # type: ignore[arg-type]
