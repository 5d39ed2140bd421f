"""Kills ingests at random moments, lets each go on to its end, and compares what is in the corpus then.

    python benchmarks/bulk/kills.py PATH... [--kills 30] [--seed N] [--workers 2]

Each time a new corpus is begun; at a random moment of the time that an undisturbed ingest takes, either the parent or one
of its worker processes is ended by SIGKILL (every other time the parent); then the same command is run until it comes to
its end. Compared with the undisturbed corpus: a digest over messages, links and tags, one over the findings of all
patterns, the account, and whether the index is fresh. Exit code 1 where anything differs. POSIX only (`ps`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from corpus_search.evidence.shapes import finding_shape
from corpus_search.store import Store
from corpus_search.workflows.finding import corpus_digest, find
from corpus_search.workflows.reporting import status

RUNS_AT_MOST = 5  # after a kill, the command is given as often as this to come to its end


@dataclass(frozen=True)
class Seen:
    """What a corpus holds."""

    messages: str
    findings: str
    account: str


def main() -> None:
    """Kill, compare, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}")
    rng = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        began = time.monotonic()
        _start(whole, arguments.paths, arguments.workers).wait()
        took = time.monotonic() - began
        expected = seen(whole)
        print(f"undisturbed: {took:.1f} s, {expected.account}")
        differing = 0
        for number in range(arguments.kills):
            corpus = Path(folder) / f"killed{number}"
            told = _killed(corpus, arguments.paths, arguments.workers, rng.uniform(0, took), number % 2 == 0, rng)
            found = seen(corpus)
            differing += found != expected
            print(f"{number + 1:>3}: {told}: {'equal' if found == expected else f'DIFFERS: {found}'}", flush=True)
            shutil.rmtree(corpus)
    print(f"{arguments.kills - differing} of {arguments.kills} equal")
    sys.exit(bool(differing))


def _start(corpus: Path, paths: list[Path], workers: int) -> subprocess.Popen[bytes]:
    """An ingest in a process group of its own, so that its workers can be found."""
    tool = [sys.executable, "-m", "corpus_search", "--corpus", str(corpus), "ingest", "--workers", str(workers)]
    return subprocess.Popen(
        [*tool, *map(str, paths)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _killed(corpus: Path, paths: list[Path], workers: int, moment: float, parent: bool, rng: random.Random) -> str:
    """Kill one process of an ingest at a moment; run to the end; say what was done."""
    running = _start(corpus, paths, workers)
    try:
        running.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        victim = running.pid
        if not parent and (children := _children(running.pid)):
            victim = rng.choice(children)
        try:
            os.kill(victim, signal.SIGKILL)
            told = f"{'parent' if victim == running.pid else 'worker'} killed after {moment:.1f} s"
        except ProcessLookupError:
            told = f"a worker had ended by itself after {moment:.1f} s"
    else:
        told = "had ended before"
    code = running.wait()
    again = 0
    while code not in (0, 3) and again < RUNS_AT_MOST:
        code = _start(corpus, paths, workers).wait()
        again += 1
    return f"{told}, run again {again} times, exit code {code}"


def _children(group: int) -> list[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,pgid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return [pid for pid, its_group in pairs if its_group == group and pid != group]


def seen(corpus: Path) -> Seen:
    """What the corpus holds now; `already` is left out of the account: the files did come again."""
    with Store.open_to_read(corpus) as store:
        messages = corpus_digest(store)
    lines = [json.dumps(finding_shape(finding), sort_keys=True) for finding in find(corpus)]
    account = status(corpus)
    account["sources"] = {name: count for name, count in account["sources"].items() if name not in ("already", "seen")}
    digest = hashlib.blake2b("\n".join(lines).encode(), digest_size=12).hexdigest()
    return Seen(messages, f"{len(lines)} findings {digest}", json.dumps(account))


if __name__ == "__main__":
    main()
