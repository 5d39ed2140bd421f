"""What the tagging pass finds in real mail of which the reader knows what it may hold, and how fast it is.

    python benchmarks/tagging/neutral.py PATH... [--most N] [--seed S] [--draw KIND [--count N]] [--all KIND]

For each PATH (a file or folder of released mail): up to N messages and documents, from its files in an order drawn by
the seed. Printed: finds by kind, a thousand messages; false plates and acts are to be counted from what `--all plate` and
`--all lookup` print, where a text is ordinary office mail all of them. `--draw agency --count 200` prints as many
distinct finds, drawn by the same seed over all paths, each with what stands around it, to be read by hand. Words a second
are of processor time, for the tagging pass alone, reading left out.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from corpus_search import sources
from corpus_search.model import Message, Source, Tag
from corpus_search.sources.reading import ReadOptions, Unit
from corpus_search.tagging.tagger import Tagger

AROUND = 70  # characters shown on either side of a find
ACTS = ("request", "perform", "result")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("paths", nargs="+", type=Path)
    options.add_argument("--most", type=int, default=3000, help="messages a path")
    options.add_argument("--seed", type=int, default=2019)
    options.add_argument("--draw", metavar="KIND", help="print finds of a kind, drawn by the seed")
    options.add_argument("--count", type=int, default=100, help="how many to draw")
    options.add_argument("--all", metavar="KIND", help="print all finds of a kind; systems of look-ups left out")
    chosen = options.parse_args()
    tagger = Tagger.load()
    tagger.explain("Can you run 7ABC123 for ICE?")  # what is made when first used is made now
    drawn: list[str] = []
    for path in chosen.paths:
        messages = list(islice(read(path, chosen.seed), chosen.most))
        began = time.process_time()
        tagged = [(message, tagger.record(message).tags) for message in messages]
        spent = time.process_time() - began
        report(path, tagged, spent)
        for message, tags in tagged:
            drawn += [line(message, tag) for tag in tags if tag.kind == chosen.draw]
            for tag in tags:
                if tag.kind == chosen.all and "system" not in tag.groups:
                    print(line(message, tag))
    drawn = sorted(set(drawn))
    for one in random.Random(chosen.seed).sample(drawn, min(chosen.count, len(drawn))):
        print(one)


def read(path: Path, seed: int) -> Iterator[Message]:
    """The messages and documents of a file or folder, its files in an order drawn by the seed."""
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    random.Random(seed).shuffle(files)
    for file in files:
        source = Source(file.name, None, "0" * 64, "")
        cutting = sources.cut(Unit(str(file), source, path.name, options=ReadOptions(ocr="never")))
        if cutting.joined:
            pages = [page for unit in cutting.units for page in sources.read_pages(unit).pages]
            yield from sources.join(cutting.units[0], pages).messages if cutting.units else ()
        else:
            for unit in cutting.units:
                yield from sources.read(unit).messages


def report(path: Path, tagged: list[tuple[Message, tuple[Tag, ...]]], spent: float) -> None:
    """Finds by kind, absolute and a thousand messages; speed."""
    kinds = Counter(kind for _, tags in tagged for kind in map(counted_as, tags))
    words = sum(len(message.text.split()) for message, _ in tagged)
    count = max(1, len(tagged))
    print(f"{path.name}: {len(tagged)} messages, {words} words, {words / max(spent, 1e-9):.0f} words/s")
    for kind, finds in sorted(kinds.items()):
        print(f"  {kind:16} {finds:6}  {1000 * finds / count:8.2f} per 1,000 messages")


def counted_as(tag: Tag) -> str:
    """The kind under which a find is counted: acts and systems apart, plates not wholly known apart."""
    if tag.kind == "lookup":
        return "lookup act" if set(ACTS) & set(tag.groups) else "lookup system"
    if tag.kind == "plate":
        return next((f"plate {group}" for group in ("redacted", "partial") if group in tag.groups), "plate")
    return tag.kind


def line(message: Message, tag: Tag) -> str:
    """One find on a line: its kind, groups and value, what stands around it, and which rule made it."""
    before = " ".join(message.text[max(0, tag.start - AROUND) : tag.start].split(" "))
    after = message.text[tag.end : tag.end + AROUND]
    around = f"{before}[[{tag.text}]]{after}".replace("\n", "⏎")
    return f"{','.join(tag.groups)} {tag.value!r} ({tag.by}; {message.source.path}) …{around}…"


if __name__ == "__main__":
    main()
