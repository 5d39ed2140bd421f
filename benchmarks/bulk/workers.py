"""One worker against two, on the same files in turn: seconds, and how much faster two are.

    python benchmarks/bulk/workers.py PATHS... [--rounds 2] [--ocr never] [--printed]

Each ingest is a process of its own into a fresh corpus in a temporary folder. What is printed of each: its seconds, the
messages and pages in the account. The ratio is that of the fastest runs. Only a machine that does nothing else tells.
With --printed, PATHS are released text files, whose pages are printed into PDFs first.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES = 40  # of a PDF that is made


def main() -> None:
    """Run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--ocr", choices=["auto", "never", "force"], default="auto")
    parser.add_argument("--printed", action="store_true")
    asked = parser.parse_args()
    if asked.printed:
        with tempfile.TemporaryDirectory() as folder:
            print_out(asked.paths, Path(folder))
            compare([Path(folder)], asked.rounds, asked.ocr)
    else:
        compare(asked.paths, asked.rounds, asked.ocr)


def compare(paths: list[Path], rounds: int, ocr: str) -> None:
    """One and two workers in turn."""
    fastest: dict[int, float] = {}
    for _ in range(rounds):
        for workers in (1, 2):
            seconds = ingest(paths, workers, ocr)
            fastest[workers] = min(seconds, fastest.get(workers, seconds))
    print(f"two workers are {fastest[1] / fastest[2]:.2f} times as fast as one")


def print_out(paths: list[Path], folder: Path) -> None:
    """The pages of released text files (form feeds part them) as PDFs with a text layer, of PAGES pages each."""
    from reportlab.pdfgen.canvas import Canvas

    files = [
        file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path]) if file.is_file()
    ]
    pages = [page for file in files for page in file.read_text("utf-8", "replace").split("\f") if page.strip()]
    for start in range(0, len(pages), PAGES):
        canvas = Canvas(str(folder / f"{start // PAGES:04}.pdf"))
        for page in pages[start : start + PAGES]:
            canvas.setFont("Courier", 8)
            for at, line in enumerate(page.expandtabs().split("\n")[:84]):
                canvas.drawString(36, 770 - 9 * at, line.encode("latin-1", "replace").decode("latin-1")[:120])
            canvas.showPage()
        canvas.save()


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
