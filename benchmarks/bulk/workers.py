"""One worker against two, on the same files in turn: seconds, and how much faster two are.

    python benchmarks/bulk/workers.py PATHS... [--rounds 2] [--ocr never]

Each ingest is a process of its own into a fresh corpus in a temporary folder. What is printed of each: its seconds, the
messages and pages in the account. The ratio is that of the fastest runs. Only a machine that does nothing else tells.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--ocr", choices=["auto", "never", "force"], default="auto")
    asked = parser.parse_args()
    fastest: dict[int, float] = {}
    for _ in range(asked.rounds):
        for workers in (1, 2):
            seconds = ingest(asked.paths, workers, asked.ocr)
            fastest[workers] = min(seconds, fastest.get(workers, seconds))
    print(f"two workers are {fastest[1] / fastest[2]:.2f} times as fast as one")


def ingest(paths: list[Path], workers: int, ocr: str) -> float:
    """Seconds of one ingest, as a user's command."""
    with tempfile.TemporaryDirectory() as folder:
        tool = [sys.executable, "-m", "corpus_search", "--corpus", folder + "/corpus"]
        began = time.perf_counter()
        command = [*tool, "ingest", *map(str, paths), "--workers", str(workers), "--ocr", ocr]
        subprocess.run(command, capture_output=True, check=False)
        seconds = time.perf_counter() - began
        told = json.loads(subprocess.run([*tool, "status", "--json"], capture_output=True, check=True).stdout)
    rate = (told["messages"] + told["pages"]["seen"]) / seconds
    print(
        f"{workers} workers: {seconds:.1f} s, {told['messages']} messages, {told['pages']['seen']} pages: {rate:.0f} a second",
        flush=True,
    )
    return seconds


if __name__ == "__main__":
    main()
