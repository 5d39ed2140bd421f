"""Scores where quoted messages begin, and what are signatures, against the hand-annotated zones of Quagga.

    python benchmarks/print_outs/quoted.py DATA            all but a third kept aside by hash
    python benchmarks/print_outs/quoted.py DATA --held     that third: figures only
    python benchmarks/print_outs/quoted.py DATA --errors   each wrong and each missed boundary (or --signatures) too

DATA is the folder of released mail; Quagga's annotations lie below it, packed parts too. A boundary is right where the
first line of the header that was found is that of the annotated one, or within two lines of it (rules and empty lines
are drawn in by one and not by the other). A line such as "Forwarded by" with the header right under it is one boundary. Signatures count by lines that are not empty; Quagga
holds some notices for parts of them, and leaves some blocks of contacts in its outros: there a line counts for nothing,
as under the delimiter "-- ", which makes a signature whatever the annotator thought.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus_search.sources.printed.split import split_quoted
from corpus_search.sources.printed.words import kinds_of

_FIELDS = re.compile(r"^[> \t]*(?:To|Subject|From)\b|wrote:", re.MULTILINE)
NEAR = 2  # lines by which a boundary may be off


@dataclass(slots=True)
class Count:
    """Right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"right {self.right}, wrong {self.wrong}, missed {self.missed}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


Annotated = tuple[str, str, list[tuple[str, int, int]]]  # name, text, (type, start, end)


def annotated(data: Path, part: str) -> Iterator[Annotated]:
    """The annotated mails of a part (Enron or ASF)."""
    folder = next(data.rglob("HPI-Information-Systems+Quagga")) / "Datasets" / part
    for file in sorted(folder.rglob("*.ann")):
        yield from _read(file.name, file.read_bytes())
    for packed in sorted(folder.rglob("*.tar.xz")):
        with tarfile.open(packed) as archive:
            members = [member for member in archive if member.isfile() and member.name.endswith(".ann")]
            for member in sorted(members, key=lambda one: one.name):
                handle = archive.extractfile(member)
                assert handle is not None
                yield from _read(member.name, handle.read())


def _read(name: str, raw: bytes) -> Iterator[Annotated]:
    try:
        made = json.loads(raw)
    except ValueError:
        return  # some files hold nothing
    yield name, made["text"], [(one["type"], one["start"], one["end"]) for one in made["denotations"]]


def lines_between(text: str, start: int, end: int) -> list[int]:
    """The numbers of the lines in a stretch that are not empty."""
    first = text.count("\n", 0, start)
    return [first + nth for nth, line in enumerate(text[start:end].split("\n")) if line.strip(" \t>")]


def boundaries_of(text: str, zones: Sequence[tuple[str, int, int]]) -> list[int]:
    """The first line of each annotated header, those that follow each other without a word between as one."""
    headers = sorted((start, end) for kind, start, end in zones if kind == "Header")
    found: list[int] = []
    before, bare = -1, False
    for start, end in headers:
        lines = lines_between(text, start, end)
        if lines and (not bare or text[before:start].strip(" \t\n>")):
            found.append(lines[0])
        before, bare = end, not _FIELDS.search(text[start:end])
    return found


def score_boundaries(mail: Annotated, count: Count, errors: list[str]) -> None:
    """Count the boundaries of one mail."""
    name, text, zones = mail
    wanted = boundaries_of(text, zones)
    split = split_quoted(text)
    got = []
    for quoted in split.quoted:
        first, stop = quoted.header
        rows = [row for row in range(first, stop) if split.contents[row].strip()]
        if rows:
            got.append(rows[0])
    left = list(wanted)
    for row in got:
        near = [one for one in left if abs(one - row) <= NEAR]
        if near:
            left.remove(min(near, key=lambda one: abs(one - row)))
            count.right += 1
        else:
            count.wrong += 1
            errors.append(f"wrong  {name}:{row + 1}: {split.lines[row][:100]!r}")
    count.missed += len(left)
    errors += (f"missed {name}:{row + 1}: {split.lines[row][:100]!r}" for row in left)


def score_signatures(mail: Annotated, count: Count, errors: list[str]) -> None:
    """Count the lines of signatures of one mail."""
    name, text, zones = mail
    wanted = {row for kind, start, end in zones if kind == "Body/Signature" for row in lines_between(text, start, end)}
    split = split_quoted(text)
    got = set()
    for owner in {*split.owners}:
        headers = set() if not owner else set(range(*split.quoted[owner - 1].header))
        rows = [row for row, mine in enumerate(split.owners) if mine == owner and row not in headers]
        kinds = kinds_of([split.contents[row] for row in rows])
        got |= {
            row for row, kind in zip(rows, kinds, strict=True) if kind == "signature" and split.contents[row].strip()
        }
        got |= {row for row, kind in zip(rows, kinds, strict=True) if kind == "disclaimer" and row in wanted}
    got -= under_delimiter(split.contents, split.owners) - wanted
    got -= {
        row for kind, start, end in zones if kind == "Body/Outro" for row in lines_between(text, start, end)
    } - wanted
    count.right += len(wanted & got)
    count.wrong += len(got - wanted)
    count.missed += len(wanted - got)
    errors += (
        f"{'wrong ' if row in got else 'missed'} {name}:{row + 1}: {split.lines[row][:100]!r}"
        for row in sorted(wanted ^ got)
    )


def under_delimiter(contents: Sequence[str], owners: Sequence[int]) -> set[int]:
    """The lines under "-- ", which are a signature by definition."""
    found: set[int] = set()
    owner = None
    for row, text in enumerate(contents):
        if text.rstrip() == "--":
            owner = owners[row]
        elif owners[row] != owner:
            owner = None
        if owner is not None:
            found.add(row)
    return found


def is_held(name: str) -> bool:
    """Whether a mail belongs to the third that is not looked at while building."""
    return hashlib.sha256(name.encode()).digest()[0] % 3 == 0


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--signatures", action="store_true")
    given = parser.parse_args()
    for what, score in (("boundaries", score_boundaries), ("signatures", score_signatures)):
        every = Count()
        for part in ("Enron", "ASF"):
            count, errors = Count(), list[str]()
            for mail in annotated(given.data, part):
                if is_held(mail[0].rsplit("/", 1)[-1]) == given.held:
                    score(mail, count, errors)
            print(f"{what} {part}: {count}")
            if given.errors and not given.held and given.signatures == (what == "signatures"):
                print(*errors, sep="\n")
            every = Count(every.right + count.right, every.wrong + count.wrong, every.missed + count.missed)
        print(f"{what}: {every}")


if __name__ == "__main__":
    main()
