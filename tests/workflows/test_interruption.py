"""What interrupts an ingest: Ctrl-C, a full disk, a second ingest, files that change, any executor. Nothing is lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from corpus_search.store import Store
from corpus_search.workflows.finding import corpus_digest
from corpus_search.workflows.ingest import Request, ingest
from corpus_search.workflows.reporting import problems, records, status
from corpus_search.workflows.work import Job

ROOT = Path(__file__).resolve().parents[2]
RELEASE = ROOT / "fixtures" / "releases" / "Vista Mar PD 2019-03"
PRINTS = ROOT / "fixtures" / "releases" / "Orange Grove Sheriff 2019-02"
MAIL = b"From: a@b.example\nTo: c@d.example\nSubject: %s\nDate: Tue, 06 Mar 2018 08:12:44 -0800\n\nrun 7ABC123 please\n"


def digest(corpus: Path) -> str:
    with Store.open_to_read(corpus) as store:
        return corpus_digest(store)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A release of some seconds: mailboxes, an archive, print-outs."""
    folder = tmp_path / "release"
    shutil.copytree(RELEASE, folder)
    for number in range(12):
        shutil.copy(RELEASE / "Lopez mailbox.mbox", folder / f"copy{number:02}.mbox")
    shutil.copy(PRINTS / "OGCSO_emails_01.pdf", folder)
    return folder


@pytest.fixture
def expected(release: Path, tmp_path: Path) -> str:
    """The digest of an undisturbed ingest, by an executor of this process."""
    ingest(Request(tmp_path / "whole", (release,), release="r", make_executor=lambda: ThreadPoolExecutor(1)))
    return digest(tmp_path / "whole")


def command(corpus: Path, release: Path) -> list[str]:
    tool = [sys.executable, "-m", "corpus_search", "--corpus", str(corpus), "ingest", str(release)]
    return [*tool, "--release", "r", "--workers", "2"]


def test_any_executor_makes_the_same_corpus(release: Path, expected: str, tmp_path: Path) -> None:
    ingest(Request(tmp_path / "c", (release,), release="r", workers=2))
    assert digest(tmp_path / "c") == expected


@pytest.mark.parametrize("pause", [0.0, 0.4, 0.9, 2.0])
def test_ctrl_c_is_told_and_the_next_run_goes_on(release: Path, expected: str, tmp_path: Path, pause: float) -> None:
    corpus = tmp_path / "c"
    running = subprocess.Popen(
        command(corpus, release), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not corpus.exists():  # it has begun; how long that takes is the machine's affair
        time.sleep(0.01)
    time.sleep(pause)
    with suppress(ProcessLookupError):  # it was done before we came
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, told = running.communicate(timeout=60)
    assert "Traceback" not in told
    if running.returncode not in (0, 3):
        assert running.returncode == 2
        assert "corpus-search: stopped; nothing stored is lost: run the same command to go on\n" in told
    assert subprocess.run(command(corpus, release), capture_output=True, check=False).returncode in (0, 3)
    assert digest(corpus) == expected


def small_files() -> None:
    """In the child before it begins: no file may grow beyond 300,000 bytes, as on a disk that is nearly full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_a_disk_that_takes_no_more(release: Path, expected: str, tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    full = subprocess.run(command(corpus, release), capture_output=True, text=True, check=False, preexec_fn=small_files)
    assert full.returncode == 2
    assert "takes no more" in full.stderr
    assert "run the same command again" in full.stderr
    assert "Traceback" not in full.stderr
    assert subprocess.run(command(corpus, release), capture_output=True, check=False).returncode in (0, 3)
    assert digest(corpus) == expected


def test_two_ingests_at_once_and_a_search_meanwhile(release: Path, expected: str, tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    first = subprocess.Popen(command(corpus, release), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (corpus / "corpus.sqlite3").exists():
        time.sleep(0.02)
    second = subprocess.run(command(corpus, release), capture_output=True, text=True, check=False)
    tool = [sys.executable, "-m", "corpus_search", "--corpus", str(corpus)]
    search = subprocess.run([*tool, "search", "plate"], capture_output=True, text=True, check=False)
    assert search.returncode in (0, 1)
    assert second.returncode == 2
    assert "another run is writing" in second.stderr
    assert first.wait() in (0, 3)
    assert digest(corpus) == expected


def test_a_store_that_was_only_begun(tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    corpus.mkdir()
    for name in ("corpus.sqlite3.new", "corpus.sqlite3.new-wal", "writer.lock"):
        (corpus / name).write_bytes(b"half")
    ingest(Request(corpus, (RELEASE / "cover letter.txt",), make_executor=lambda: ThreadPoolExecutor(1)))
    assert status(corpus)["sources"]["seen"] == 1
    assert not list(corpus.glob("*.new*"))


class Meddling(Executor):
    """Does each job at once; before the jobs of one step, something is done to the files."""

    def __init__(self, step: str, meddle: Callable[[], object]) -> None:
        self.step = step
        self.meddle = meddle

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        job = args[0]
        if isinstance(job, Job) and job.step == self.step:
            self.meddle()
        future.set_result(fn(*args, **kwargs))
        return future


def grow(file: Path) -> None:
    with file.open("ab") as handle:
        handle.write(b"\nmore")


@pytest.mark.parametrize("step", ["cut", "read"])
@pytest.mark.parametrize("meddle", [grow, Path.unlink])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, step: str, meddle: Callable[[Path], object]) -> None:
    folder, corpus = tmp_path / "r", tmp_path / "c"
    folder.mkdir()
    (folder / "a.eml").write_bytes(MAIL % b"one")
    (folder / "b.eml").write_bytes(MAIL % b"two")

    def once() -> None:
        if (folder / "a.eml").exists() and (folder / "a.eml").stat().st_size == len(MAIL % b"one"):
            meddle(folder / "a.eml")

    ingest(Request(corpus, (folder,), release="r", make_executor=lambda: Meddling(step, once)))
    assert [(one.source.path, one.kind) for one in problems(corpus)] == [("a.eml", "changed")]
    assert [record.message.source.path for record in records(corpus)] == ["b.eml"]
    account = status(corpus)["sources"]
    assert (account["seen"], account["read"], account["failed"]) == (2, 1, 1)
    (folder / "a.eml").write_bytes(MAIL % b"one and more")
    ingest(Request(corpus, (folder,), release="r", make_executor=lambda: ThreadPoolExecutor(1)))
    assert list(problems(corpus)) == []
    ingest(Request(tmp_path / "fresh", (folder,), release="r", make_executor=lambda: ThreadPoolExecutor(1)))
    assert digest(corpus) == digest(tmp_path / "fresh")


def test_print_outs_that_change_before_their_pages_are_joined(tmp_path: Path) -> None:
    folder, corpus = tmp_path / "r", tmp_path / "c"
    folder.mkdir()
    shutil.copy(PRINTS / "OGCSO_emails_01.pdf", folder / "a.pdf")
    ingest(Request(corpus, (folder,), make_executor=lambda: Meddling("join", lambda: grow(folder / "a.pdf"))))
    assert [(one.source.path, one.kind) for one in problems(corpus)] == [("a.pdf", "changed")]
    assert status(corpus)["pages"]["seen"] == 0


def test_a_touched_file_is_the_same_file(tmp_path: Path) -> None:
    folder, corpus = tmp_path / "r", tmp_path / "c"
    folder.mkdir()
    (folder / "a.eml").write_bytes(MAIL % b"one")
    ingest(
        Request(corpus, (folder,), make_executor=lambda: Meddling("read", lambda: os.utime(folder / "a.eml", (1, 1))))
    )
    assert list(problems(corpus)) == []


class Stopped(Exception):
    """The run ends here."""


def test_a_file_that_changed_between_a_stopped_run_and_the_next(tmp_path: Path) -> None:
    folder, corpus = tmp_path / "r", tmp_path / "c"
    folder.mkdir()
    (folder / "a.eml").write_bytes(MAIL % b"one")
    (folder / "gone.eml").write_bytes(MAIL % b"gone")

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        ingest(Request(corpus, (folder,), release="r", make_executor=lambda: Meddling("read", stop)))
    (folder / "a.eml").write_bytes(MAIL % b"other")
    (folder / "gone.eml").unlink()
    ingest(Request(corpus, (folder,), release="r", make_executor=lambda: ThreadPoolExecutor(1)))
    assert [record.message.subject for record in records(corpus)] == ["other"]
    assert [(one.source.path, one.kind) for one in problems(corpus)] == [("gone.eml", "changed")]
