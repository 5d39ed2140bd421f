"""Very large files within bounded memory: a 4 GB mbox, a PDF of 5,000 pages, an Outlook mailbox, made and ingested.

    python benchmarks/bulk/big.py [--mbox] [--pdf] [--pst] [--gigabytes 4] [--messages 20000] [--pages 5000] [--workers 2]

Without one named, the first two. They are made in a temporary folder ($TMPDIR; it takes twice their size) and removed. The memory of the ingest and of all
its processes is read every tenth of a second from /proc: `together` sums what each has for itself (proportional set
size: shared pages are divided among those that share them), `largest` is the greatest resident size of one. Linux only.
"""

from __future__ import annotations

import argparse
import base64
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

LINE = "plate run the gray Tacoma when you get a minute owner thanks release booking detainer Friday jail report"
WORDS = LINE.split()
MAKERS = Path(__file__).resolve().parents[2] / "tests" / "sources"  # what writes mailboxes for the tests


def main() -> None:
    """Make, ingest, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mbox", action="store_true")
    parser.add_argument("--pdf", action="store_true")
    parser.add_argument("--pst", action="store_true")
    parser.add_argument("--gigabytes", type=float, default=4.0)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    both = not (asked.mbox or asked.pdf or asked.pst)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.mbox or both:
            make_mbox(folder / "big.mbox", asked.messages, int(asked.gigabytes * 1e9))
            measure(folder / "big.mbox", folder / "mbox corpus", asked.workers)
            (folder / "big.mbox").unlink()
        if asked.pdf or both:
            make_pdf(folder / "big.pdf", asked.pages)
            measure(folder / "big.pdf", folder / "pdf corpus", asked.workers)
        if asked.pst:
            make_pst(folder / "big.pst", asked.messages)
            measure(folder / "big.pst", folder / "pst corpus", asked.workers)


def make_mbox(file: Path, messages: int, size: int) -> None:
    """Mails of which most bytes are attachments: one in a hundred holds most of them, the rest little."""
    rng = random.Random(1)
    blob = base64.encodebytes(rng.randbytes(57 << 14))  # whole lines: no padding in the middle
    large = max(1, messages // 100)
    times = max(1, (size - messages * 3000) // (large * len(blob)))
    with file.open("wb") as out:
        for number in range(messages):
            text = " ".join(rng.choices(WORDS, k=120))
            out.write(
                b"From a@b.example Tue Mar  6 08:12:44 2018\nFrom: Daniel Ruiz <druiz@anaheim.example>\n"
                b"To: Mark Salas <msalas@ice.example>\nSubject: plate %d\nMessage-ID: <%d@big.example>\n"
                b"Date: Tue, 06 Mar 2018 08:12:44 -0800\nMIME-Version: 1.0\n"
                b'Content-Type: multipart/mixed; boundary="cut"\n\n--cut\nContent-Type: text/plain\n\n%s\n\n--cut\n'
                b'Content-Type: application/octet-stream; name="video.bin"\nContent-Transfer-Encoding: base64\n'
                b'Content-Disposition: attachment; filename="video.bin"\n\n' % (number, number, text.encode())
            )
            for _ in range(times if number % 100 == 0 else 0):
                out.write(blob)
            out.write(blob[:1500] + b"\n--cut--\n\n")


def make_pdf(file: Path, pages: int) -> None:
    """Print-outs of mail, two pages each, as text."""
    from reportlab.pdfgen.canvas import Canvas

    rng = random.Random(2)
    canvas = Canvas(str(file))
    for page in range(pages):
        lines = [" ".join(rng.choices(WORDS, k=12)) for _ in range(40)]
        if page % 2 == 0:
            head = ["From: Daniel Ruiz", f"Sent: Tuesday, March 6, 2018 8:{page // 2 % 60:02} AM", "To: Mark Salas"]
            lines = [*head, f"Subject: plate {page // 2}", "", *lines]
        for at, line in enumerate(lines):
            canvas.drawString(72, 760 - 14 * at, line)
        canvas.drawString(450, 30, f"OCSD-{page + 1:06}")
        canvas.showPage()
    canvas.save()


def make_pst(file: Path, messages: int) -> None:
    """A mailbox with all its mails in one folder."""
    sys.path.append(str(MAKERS))
    from pst_support import Folder, mail, mailbox, person

    rng = random.Random(3)
    sent = datetime(2018, 3, 6, 16, 12, 44)
    people = [person(1, "Salas, Mark", "/O=OCSD/CN=MSALAS", "msalas@ice.example")]
    mails = [
        mail(
            f"plate {number}",
            " ".join(rng.choices(WORDS, k=120)),
            sent + timedelta(minutes=number),
            p0c1a="Ruiz, Daniel",
            p0c1f="/O=OCSD/CN=DRUIZ",
            people=people,
        )
        for number in range(messages)
    ]
    file.write_bytes(mailbox(Folder("Inbox", mails)))


def measure(file: Path, corpus: Path, workers: int) -> None:
    """Ingest and print the time and the most memory that was held."""
    tool = [sys.executable, "-m", "corpus_search", "--corpus", str(corpus)]
    began = time.monotonic()
    running = subprocess.Popen(
        [*tool, "ingest", str(file), "--workers", str(workers)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    together = largest = 0
    while running.poll() is None:
        sizes = [_memory(process) for process in _group(running.pid)]
        together = max(together, sum(pss for pss, _ in sizes))
        largest = max([largest, *(rss for _, rss in sizes)])
        time.sleep(0.1)
    took = time.monotonic() - began
    status = subprocess.run([*tool, "status"], capture_output=True, text=True, check=True).stdout.splitlines()
    print(f"{file.name}, {file.stat().st_size / 1e9:.2f} GB: {took:.0f} s, exit code {running.returncode}")
    print(f"  most memory: {together / 1e6:,.0f} MB together, {largest / 1e6:,.0f} MB in the largest process")
    for line in status:
        print(f"  {line}")


def _group(leader: int) -> list[Path]:
    """The /proc folders of the processes of a group."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(fields[2]) == leader:
            found.append(folder)
    return found


def _memory(process: Path) -> tuple[int, int]:
    """Proportional and resident set size in bytes."""
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    sizes = {name: int(rest.split()[0]) << 10 for name, _, rest in (line.partition(":") for line in lines[1:])}
    return sizes["Pss"], sizes["Rss"]


if __name__ == "__main__":
    main()
