"""Jobs come back in order, whatever happens to the workers: dead ones, stuck ones, real ones that are killed."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus_search.workflows import pool as pool_module
from corpus_search.workflows.pool import Lost, NoWorkers, Pool, process_pool


class Closed(Executor):
    """An executor that can begin no process, so many times."""

    left = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        Closed.left -= 1
        if Closed.left >= 0:
            raise EOFError
        future: Future[Any] = Future()
        future.set_result(fn(*args))
        return future


class Fake(Executor):
    """Does a job at once, or fails as it is told: `fails` maps a job to how its next tries end."""

    def __init__(self, fails: dict[int, list[type[Exception] | None]]) -> None:
        self.fails = fails
        self.broken = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self.broken:
            raise BrokenExecutor
        future: Future[Any] = Future()
        tries = self.fails.get(args[0], [])
        error = tries.pop(0) if tries else None
        if error is None:
            future.set_result(fn(*args))
        elif error is not TimeoutError:  # a future that never ends, for that
            self.broken = error is BrokenExecutor
            future.set_exception(error())
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        pass


def double(job: int) -> int:
    return 2 * job


def run(
    fails: dict[int, list[type[Exception] | None]], ahead: int = 3, jobs: int = 8, most_seconds: float | None = 60.0
) -> list[tuple[int, int | Lost]]:
    made: list[Fake] = []

    def make() -> Executor:
        made.append(Fake(fails))
        return made[-1]

    with closing(Pool(make, double, ahead, most_seconds)) as pool:
        return list(pool.run(iter(range(jobs))))


GOOD = [(job, 2 * job) for job in range(8)]


@pytest.mark.parametrize(
    "fails",
    [
        {},
        {3: [BrokenExecutor]},
        {0: [BrokenExecutor], 1: [BrokenExecutor], 7: [BrokenExecutor]},
        {2: [CancelledError]},
        {5: [None]},
    ],
)
@pytest.mark.parametrize("ahead", [1, 3, 100])
def test_a_worker_that_dies_has_its_jobs_done_again(fails: dict[int, list[type[Exception] | None]], ahead: int) -> None:
    assert run({job: list(tries) for job, tries in fails.items()}, ahead) == GOOD


def test_a_job_that_kills_its_worker_twice_is_lost_and_the_others_are_not() -> None:
    found = run({3: [BrokenExecutor] * 2, 4: [BrokenExecutor]})
    assert found[:3] + found[4:] == GOOD[:3] + GOOD[4:]
    assert isinstance(found[3][1], Lost)
    assert "ended the reader's process" in found[3][1].why


@pytest.mark.parametrize("error", [TimeoutError, CancelledError])
def test_a_job_that_does_not_end_is_lost(error: type[Exception]) -> None:
    found = run({6: [error] * 2}, most_seconds=0.02)
    assert [result for _, result in found if isinstance(result, Lost)] == [found[6][1]]
    assert isinstance(found[6][1], Lost)
    assert "took more than" in found[6][1].why


def test_processes_that_can_not_be_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "PAUSE", 0.0)
    Closed.left = 2
    with closing(Pool(Closed, double, 3)) as pool:
        assert list(pool.run(iter(range(8)))) == GOOD
    Closed.left = 9
    with closing(Pool(Closed, double, 3)) as pool, pytest.raises(NoWorkers, match="try again later"):
        next(pool.run(iter(range(8))))


def test_only_so_many_jobs_are_taken_ahead() -> None:
    taken = []

    def jobs() -> Iterator[int]:
        for job in range(50):
            taken.append(job)
            yield job

    with closing(Pool(lambda: ThreadPoolExecutor(2), double, 4)) as pool:
        for job, result in pool.run(jobs()):
            assert result == 2 * job
            assert len(taken) <= job + 4 + 1


def where(_: int) -> int:
    return os.getpid()


def slow(job: int) -> int:
    time.sleep(0.2)
    return 2 * job


def fatal(job: int) -> int:
    if job == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * job


def hungry(job: int) -> str:
    try:
        return str(len(bytes(job)))
    except MemoryError:
        return "MemoryError"


def test_processes_that_are_killed() -> None:
    with closing(Pool(lambda: process_pool(2), slow, 4)) as pool:
        results = pool.run(iter(range(8)))
        first = next(results)
        executor: Any = pool._executor
        os.kill(next(iter(executor._processes)), signal.SIGKILL)
        assert [first, *results] == GOOD


def test_a_job_that_kills_its_process() -> None:
    with closing(Pool(lambda: process_pool(1), fatal, 2)) as pool:
        found = list(pool.run(iter(range(4))))
    assert [result for _, result in found][:2] == [0, 2]
    assert isinstance(found[2][1], Lost)
    assert found[3][1] == 6


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's data")
def test_a_worker_may_hold_only_so_much() -> None:
    with closing(Pool(lambda: process_pool(1), hungry, 2)) as pool:
        found = [result for _, result in pool.run(iter([10, 2 * pool_module.WORKER_MEMORY, 20]))]
    assert found == ["10", "MemoryError", "20"]


PARENT = """
import sys, time
from corpus_search.workflows.pool import process_pool
from test_pool import where
if __name__ == "__main__":
    pool = process_pool(1)
    print(pool.submit(where, 0).result(), flush=True)
    time.sleep(60)
"""


def test_workers_end_with_their_parent() -> None:
    """Also where it is killed: nothing goes on reading, and nothing holds the corpus."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, env=environment)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not _alive(worker):
            return
        time.sleep(0.1)
    pytest.fail("the worker outlived its parent by ten seconds")


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    ).stdout
    return bool(state.strip()) and not state.startswith("Z")


def test_what_a_worker_settles_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, with what would change it put aside."""
    done: list[object] = []
    monkeypatch.setattr(signal, "signal", lambda *what: done.append(what))
    monkeypatch.setattr(resource, "setrlimit", lambda *what: done.append(what))
    monkeypatch.setattr(threading.Thread, "start", lambda thread: done.append(thread.daemon))
    pool_module._settle()
    most = pool_module.WORKER_MEMORY
    assert (signal.SIGINT, signal.SIG_IGN) in done
    assert (resource.RLIMIT_DATA, (most, most)) in done or sys.platform != "linux"
    assert True in done


def test_what_workers_say_reaches_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    with pool_module._silence():
        os.write(2, b"unheard")
    os.write(2, b"heard")
    assert capfd.readouterr().err == "heard"
    with pool_module._without_interrupts():
        assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_an_orphan_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    pool_module._end_with_parent()  # this process was made by no pool
    assert ended == []
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: threading.Thread(target=int))
    monkeypatch.setattr(threading.Thread, "join", lambda _: None)
    pool_module._end_with_parent()
    assert ended == [1]
