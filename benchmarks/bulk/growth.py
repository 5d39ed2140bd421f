"""How the cost of an ingest grows with its size: rate and memory along the way, in one run for each size.

    python benchmarks/bulk/growth.py DATA --sizes 10000 50000 200000 [--workers 2] [--keep FOLDER]

DATA is a folder with mboxes (pipermail months, gz or not); their mails are repeated with changed words to each size, as
`benchmarks/run.py` does. Each ingest is a user's command into a fresh corpus. Printed of each: the whole rate; the slowest
and the fastest stretch of a tenth of the mails while they were read; the steps after the reading; and the memory of all its
processes together (proportional set size, each shared page counted once), its greatest in the first and in the last half.
Linux only. With --keep the corpora stay, to be searched with `benchmarks/run.py --corpus`.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from run import mails_of, write  # the benchmark beside this folder

EVERY = 2.0  # seconds between two looks


@dataclass
class Seen:
    """What was seen of a run: (second, messages stored, bytes of memory) at each look."""

    looks: list[tuple[float, int, int]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def stored(self) -> int:
        """Messages stored in the end, those found within others included."""
        return max((stored for _, stored, _ in self.looks), default=0)

    def stretches(self) -> list[float]:
        """Messages a second over each tenth of them, the first left out: the workers begin in it."""
        reached = [self.reached(self.stored * tenth // 10) for tenth in range(1, 11)]
        return [self.stored / 10 / max(later - sooner, EVERY) for sooner, later in itertools.pairwise(reached)]

    def reached(self, number: int) -> float:
        """The second at which so many messages were stored."""
        return next((at for at, stored, _ in self.looks if stored >= number), self.seconds)

    def peaks(self) -> tuple[float, float]:
        """MB at most, in the first half of the run and in the last."""
        halves = [
            [memory for at, _, memory in self.looks if (at > self.seconds / 2) == last] or [0] for last in (False, True)
        ]
        return max(halves[0]) / 1e6, max(halves[1]) / 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 50_000, 200_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    mails = mails_of(asked.data)
    print(
        "| mails (messages) | whole | mails/s | messages/s, each tenth of the reading | after the reading | memory, first / last half |"
    )
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in asked.sizes:
            source = Path(folder) / f"mail{size}"
            source.mkdir()
            write(mails, size, source)
            seen = ingest(source, (asked.keep or Path(folder)) / f"corpus{size}", asked.workers)
            rates, (first, last) = seen.stretches(), seen.peaks()
            print(
                f"| {size:,} ({seen.stored:,}) | {seen.seconds:.0f} s | {size / seen.seconds:.0f} | {min(rates):.0f} to {max(rates):.0f}/s | "
                f"{seen.seconds - seen.reached(seen.stored):.0f} s | {first:.0f} / {last:.0f} MB |",
                flush=True,
            )
            print(f"<!-- tenths: {' '.join(f'{rate:.0f}' for rate in rates)} -->", flush=True)


def ingest(source: Path, corpus: Path, workers: int) -> Seen:
    """Run it, looking on."""
    command = [sys.executable, "-m", "corpus_search", "--corpus", str(corpus), "ingest", str(source)]
    seen, began = Seen(), time.monotonic()
    running = subprocess.Popen(
        [*command, "--workers", str(workers)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while running.poll() is None:
        seen.looks.append((time.monotonic() - began, stored(corpus), memory(running.pid)))
        time.sleep(EVERY)
    seen.seconds = time.monotonic() - began
    return seen


def stored(corpus: Path) -> int:
    """Messages in the store now."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{corpus}/corpus.sqlite3?mode=ro", uri=True)) as base:
        return int(base.execute("SELECT MAX(n) FROM messages").fetchone()[0] or 0)
    return 0


def memory(parent: int) -> int:
    """Bytes of a process and all below it, each page that they share counted once."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, IndexError, ValueError):
            above = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            below.setdefault(above, []).append(int(entry.name))
    total, left = 0, [parent]
    while left:
        process = left.pop()
        left += below.get(process, [])
        with suppress(OSError, AttributeError):
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss: +(\d+)", rollup, re.M)[1]) * 1024  # type: ignore[index]
    return total


if __name__ == "__main__":
    main()
