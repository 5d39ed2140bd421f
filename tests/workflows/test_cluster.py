"""A release read by a Dask cluster of two workers at two addresses: the same corpus, whatever happens to one."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_search.errors import CorpusSearchError
from corpus_search.store import Store
from corpus_search.workflows.cluster import NoScheduler, cluster_pool
from corpus_search.workflows.finding import corpus_digest
from corpus_search.workflows.ingest import Request, ingest

distributed = pytest.importorskip("distributed")
RELEASE = Path(__file__).resolve().parents[2] / "fixtures" / "releases" / "Vista Mar PD 2019-03"


def digest(corpus: Path) -> str:
    with Store.open_to_read(corpus) as store:
        return corpus_digest(store)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("dask")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "dask"]
    scheduler = subprocess.Popen(
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"], **quiet
    )
    hosts = ["127.0.0.1", "127.0.0.2" if sys.platform == "linux" else "127.0.0.1"]
    options = ["--nthreads", "1", "--no-dashboard", "--no-nanny"]
    workers = [subprocess.Popen([*dask, "worker", address, "--host", host, *options], **quiet) for host in hosts]
    with distributed.Client(address, timeout="30s") as client:
        client.wait_for_workers(2, timeout=60)
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def test_the_cluster_makes_the_same_corpus(cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path) -> None:
    address, _ = cluster
    ingest(Request(tmp_path / "here", (RELEASE,)))
    ingest(Request(tmp_path / "there", (RELEASE,), make_executor=cluster_pool(address)))
    assert digest(tmp_path / "here") == digest(tmp_path / "there")


def test_a_worker_killed_in_the_middle_loses_nothing(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    release = tmp_path / "release"
    shutil.copytree(RELEASE, release)
    for number in range(60):
        shutil.copy(RELEASE / "Lopez mailbox.mbox", release / f"copy{number:02}.mbox")
    ingest(Request(tmp_path / "here", (release,), workers=2))
    killer = subprocess.Popen(
        [sys.executable, "-c", f"import os, time; time.sleep(1.5); os.kill({workers[1].pid}, {signal.SIGKILL})"]
    )
    ingest(Request(tmp_path / "there", (release,), make_executor=cluster_pool(address)))
    killer.wait()
    time.sleep(0.1)
    assert digest(tmp_path / "here") == digest(tmp_path / "there")


def test_nobody_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoScheduler, match="dask scheduler") as caught:
        cluster_pool("tcp://127.0.0.1:9")()
    assert isinstance(caught.value, CorpusSearchError)
