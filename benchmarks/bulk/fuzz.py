"""Damaged files for every reader: none may crash its process, hang, or break a law of what is read.

    python benchmarks/bulk/fuzz.py SEEDS... [--seconds 120] [--limit 60] [--reader pdf ...] [--seed N] [--keep FOLDER]

SEEDS are files and folders of whole files; a few of each packed and office format are made besides. Each is cut, repeated,
swapped with pieces of others, and changed byte by byte and number by number, at random (the seed is printed), and read
through the one door in a process of its own that is ended where a file takes more than --limit seconds. What crashed,
hung or broke a law is kept in --keep (name: reader, what happened, number). Printed for each reader: files read, how many
gave messages, the slowest (seconds of the processor), and what the readers raised that nobody foresaw (a problem line for the user, all the same).
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
import shutil
import sys
import tempfile
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sealed import damaged_mailbox
from whole_files import LARGEST, by_format

from corpus_search import sources
from corpus_search.model import Message, Reading, Source
from corpus_search.sources.formats import READERS
from corpus_search.sources.reading import ReadOptions, Unit, together

MEMORY = 3 << 30
SEALED = 0.5  # of the mailboxes are damaged where something stands in them, and their checksums made right again
UNFORESEEN = re.compile(r"the reader failed on it \((\w+)")
TOKENS = [
    b"\x00",
    b"\xff" * 4,
    b"\x7f\xff\xff\xff",
    b"--",
    b"From ",
    b"\n\n",
    b"\r\n",
    b"=?utf-8?B?",
    b"%PDF",
    b"obj",
    b"stream",
    b"PK\x03\x04",
]


@dataclass
class Told:
    """What became of the files of one reader."""

    files: int = 0
    with_messages: int = 0
    slowest: float = 0.0
    unforeseen: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)


def main() -> None:
    """Fuzz each reader in turn; exit code 1 where a case was kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=Path, nargs="*")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--reader", nargs="*", default=[reader.format for reader in READERS])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--keep", type=Path, default=Path("found cases"))
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.seconds:.0f} s a reader")
    with tempfile.TemporaryDirectory() as folder:
        files = by_format(asked.seeds, Path(folder))
        kept = 0
        for fmt in asked.reader:
            if not files[fmt]:
                print(f"{fmt:>10}: no whole file to begin with")
                continue
            told = _fuzz(fmt, files[fmt], asked, Path(folder))
            kept += len(told.kept)
            unforeseen = ", ".join(f"{name} {count}" for name, count in told.unforeseen.most_common())
            print(
                f"{fmt:>10}: {told.files:>7,} files, {told.with_messages:>7,} gave messages or documents, slowest "
                f"{told.slowest:.1f} s; kept {told.kept or 'none'}; unforeseen: {unforeseen or 'none'}",
                flush=True,
            )
    sys.exit(bool(kept))


def _fuzz(fmt: str, seeds: list[bytes], asked: argparse.Namespace, folder: Path) -> Told:
    """Run a process for the reader until the time is over; begin another where one crashed or hung."""
    told = Told()
    context = multiprocessing.get_context("spawn")
    ends = time.monotonic() + asked.seconds
    number = 0
    while (left := ends - time.monotonic()) > 0:
        case = folder / f"case{number}"
        began = context.Value("d", 0.0)
        answers = context.SimpleQueue()
        process = context.Process(target=_work, args=(fmt, seeds, asked.seed + number, left, case, began, answers))
        process.start()
        what = _watch(process, began, answers, asked.limit, told)
        if what:
            asked.keep.mkdir(exist_ok=True)
            kept = asked.keep / f"{fmt} {what} {asked.seed + number}"
            if case.exists():
                shutil.copy(case, kept)
            told.kept.append(kept.name)
        number += 1
    return told


def _watch(process: Any, began: Any, answers: Any, limit: float, told: Told) -> str:
    """Wait for the process; "" where all went well, else what happened."""
    what = ""
    while process.is_alive() or not answers.empty():
        while not answers.empty():
            messages, took, unforeseen, law = answers.get()
            told.files += 1
            told.with_messages += messages
            told.slowest = max(told.slowest, took)
            told.unforeseen.update(unforeseen)
            what = what or law
        since = began.value
        if process.is_alive() and since and time.time() - since > limit:
            process.kill()
            process.join()
            return "hung"
        time.sleep(0.02)
    process.join()
    return what or ("" if process.exitcode == 0 else f"crashed {process.exitcode}")


def _work(fmt: str, seeds: list[bytes], seed: int, seconds: float, case: Path, began: Any, answers: Any) -> None:
    """Read damaged files until the time is over or a law is broken."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    rng = random.Random(f"{seed} {fmt}")
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        seed_file = rng.choice(seeds)
        if fmt == "pst" and rng.random() < SEALED:
            case.write_bytes(damaged_mailbox(seed_file, rng))
        else:
            case.write_bytes(damaged(seed_file, rng.choice(seeds), rng))
        began.value = time.time()
        start = time.process_time()
        reading = read(case)
        took = time.process_time() - start
        began.value = 0.0
        law = broken(reading.messages)
        reasons = [found for problem in reading.problems if (found := UNFORESEEN.search(problem.reason))]
        answers.put((bool(reading.messages), took, [found.group(1) for found in reasons], law))
        if law:
            return


def damaged(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """A whole file with one to eight faults."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        at, length = rng.randrange(len(out) + 1), rng.choice((1, 4, 40, 400, 4000))
        kind = rng.randrange(8)
        if kind == 0:
            del out[at:]
        elif kind == 1:
            del out[at : at + length]
        elif kind == 2:
            out[at:at] = out[at : at + length] * rng.choice((1, 2, 50))
        elif kind == 3:
            begin = rng.randrange(len(other) + 1)
            out[at : at + length] = other[begin : begin + length]
        elif kind == 4:
            out[at:at] = rng.choice(TOKENS) * rng.choice((1, 1, 3, 1000))
        elif kind == 5 and out:
            out[min(at, len(out) - 1)] ^= 1 << rng.randrange(8)
        elif kind == 6:
            out[at : at + 4] = rng.randbytes(4)
        elif numbers := [*re.finditer(rb"\d+", out)][:2000]:
            found = rng.choice(numbers)
            out[found.start() : found.end()] = rng.choice((b"0", b"-1", b"99999999999", b"4294967295", b"1"))
    return bytes(out[: 4 * LARGEST])


def read(file: Path) -> Reading:
    """A file through the one door, all its units together; scans are not read by OCR."""
    unit = Unit(str(file), Source(file.name, None, "", ""), "R", options=ReadOptions("never"))
    cutting = sources.cut(unit)
    problems = Reading(problems=cutting.problems)
    if not cutting.joined:
        return together([problems, *(sources.read(one) for one in cutting.units)])
    runs = [sources.read_pages(one) for one in cutting.units]
    pages = [page for run in runs for page in run.pages]
    joined = [sources.join(replace(cutting.units[0], start=0, stop=-1), pages)] if cutting.units else []
    return together([problems, *(Reading((), run.problems, run.count) for run in runs), *joined])


def broken(messages: tuple[Message, ...]) -> str:
    """The law that does not hold of these messages; "" where all do."""
    ids = {message.id for message in messages}
    if len(ids) != len(messages):
        return "the same id twice"
    for message in messages:
        ends = [0, *(zone.end for zone in message.zones)]
        if [zone.start for zone in message.zones] != ends[:-1] or ends[-1] != len(message.text):
            return "zones do not tile the text"
        if message.within is not None and message.within not in ids:
            return "a host that is not there"
        if any(one.start < 0 or one.end > len(message.text) for one in message.redactions):
            return "a redaction beyond the text"
    return ""


if __name__ == "__main__":
    main()
