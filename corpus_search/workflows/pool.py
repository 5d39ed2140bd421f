"""Jobs to workers and back in order, whatever happens to a worker.

Any `concurrent.futures.Executor` will do: processes here, or a cluster's.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext
from typing import Generic, TypeVar

from corpus_search.errors import CorpusSearchError

J = TypeVar("J")
R = TypeVar("R")

WORKER_MEMORY = 3 << 30  # bytes of data one worker may hold: beyond it a reader gets MemoryError, a problem line
HARD_SECONDS = 1200.0  # after this a worker that answers no signal is ended
TRIES = 4  # to begin a process,
PAUSE = 0.5  # seconds after each: the system takes a moment to clear away what was killed
PRELOAD = ["corpus_search.workflows.work", "corpus_search.tagging.tagger"]


@dataclass(frozen=True, slots=True)
class Lost:
    """A job that no worker could finish: it took the worker's process with it, or would not end."""

    why: str


def process_pool(workers: int) -> ProcessPoolExecutor:
    """Processes on this machine. They end with their parent, leave Ctrl-C to it, and are bounded in memory (bytes)."""
    context = begin_processes()
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_settle)


def begin_processes() -> ForkServerContext:
    """Begin the process that others are forked from; it takes a second to load what they need: so begin it early."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT"):
        os.environ.setdefault(name, "1")  # one process a core: threads below that would only fight for it
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    with _silence():
        resource_tracker.ensure_running()  # first: beginning it would let interrupts through again
        with _without_interrupts():
            forkserver.ensure_running()
    return context


@contextmanager
def _silence() -> Iterator[None]:
    """No talk of what is begun meanwhile: C libraries on damaged pictures, workers whose parent has gone."""
    nowhere, kept = os.open(os.devnull, os.O_WRONLY), os.dup(2)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C waits; what is begun meanwhile, and all that it begins, never gets it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(50_000, 20, 50)  # records are many and form no cycles
    if sys.platform == "linux":
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (WORKER_MEMORY, WORKER_MEMORY))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the process that made the pool: the fork server above us lives as long as any worker does."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class NoWorkers(CorpusSearchError):
    """The system begins no process for us."""


class Pool(Generic[J, R]):
    """Does jobs on an executor made by `make`, `ahead` of them at a time, and gives results in the jobs' order.

    A worker that gives no answer for `most_seconds` is ended.
    """

    def __init__(
        self,
        make: Callable[[], Executor],
        do: Callable[[J], R],
        ahead: int,
        most_seconds: float = HARD_SECONDS,
    ) -> None:
        self._make = make
        self._do = do
        self._ahead = ahead
        self._most_seconds = most_seconds
        self._executor = make()

    def close(self) -> None:
        """Let the workers go, whatever they are doing."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        _end_workers(self._executor)

    def run(self, jobs: Iterator[J]) -> Iterator[tuple[J, R | Lost]]:
        """Each job with its result, in order; a job that kills its worker twice is Lost, the others are done again."""
        waiting: deque[tuple[J, Future[R]]] = deque()
        while True:
            while len(waiting) < self._ahead and (job := next(jobs, None)) is not None:
                waiting.append((job, self._submit(job)))
            if not waiting:
                return
            job, future = waiting.popleft()
            try:
                yield job, future.result(timeout=self._most_seconds)
            except (BrokenExecutor, CancelledError, TimeoutError):
                self._renew()
                yield job, self._alone(job)
                waiting = deque((other, self._submit(other)) for other, _ in waiting)

    def _submit(self, job: J) -> Future[R]:
        for _ in range(TRIES):
            try:
                return self._executor.submit(self._do, job)
            except BrokenExecutor as error:
                broken: Future[R] = Future()
                broken.set_exception(error)
                return broken
            except (OSError, EOFError) as error:  # no process could be begun: the fork server was ended, or memory
                trouble = error
                time.sleep(PAUSE)
                self._renew()
        raise NoWorkers(f"no process can be begun to read with ({trouble}); what was stored is whole: try again later")

    def _alone(self, job: J) -> R | Lost:
        """Do the job with no other beside it: if the worker dies now, it was this job that killed it."""
        try:
            return self._submit(job).result(timeout=self._most_seconds)
        except BrokenExecutor:
            self._renew()
            return Lost("reading it ended the reader's process")
        except (CancelledError, TimeoutError):
            self._renew()
            return Lost(f"reading it took more than {self._most_seconds:.0f} seconds")

    def _renew(self) -> None:
        self.close()
        self._executor = self._make()


def _end_workers(executor: Executor) -> None:
    """End worker processes that may be stuck (before Python 3.14 there is no public way)."""
    for process in dict(getattr(executor, "_processes", None) or {}).values():
        with suppress(Exception):
            process.kill()
