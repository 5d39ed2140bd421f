"""Scores the headers of the Clinton release's texts against labels typed by hand.

    python benchmarks/print_outs/clinton.py DATA [--sample N] [--held] [--misses FIELD]

DATA is the folder of released mail. Counted are documents that have a line From and a line Sent, and each field only
where the label has it (To: only where the page shows one). A third, by hash of the document's number, is kept aside:
`--held` scores it, and shows no misses. Labels have typing errors of their own, so that names are compared loosely, as
data/README.md says: letters and digits only, in either order, by the table of aliases, alike by 0.8 to any way of writing the
person that the table has; of subjects the first 15 letters without RE and FW; of To three of four.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import re
import tarfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from corpus_search.model import Message, Party, Source
from corpus_search.sources import text
from corpus_search.sources.nested import open_within
from corpus_search.sources.reading import Budget, Origin

ALIKE = 0.8
_FROM = re.compile(r"^\s*From\b", re.MULTILINE)
_SENT = re.compile(r"^\s*Sent\b", re.MULTILINE)
_TO = re.compile(r"^\s*To:?(?:[ \t]+(?P<people>[^\s][^\n]*))?$", re.MULTILINE)
_REPLY = re.compile(r"^(?:(?:re|fw|fwd) ?: ?)+", re.IGNORECASE)
Row = dict[str, str]


def documents(data: Path) -> Iterator[tuple[str, bytes]]:
    """The documents' numbers and texts."""
    packed = next(data.rglob("OPEN-7-releases.tar.xz"))
    with tarfile.open(packed) as archive:
        for member in archive:
            handle = archive.extractfile(member) if member.isfile() and member.name.endswith(".txt") else None
            if handle is not None:
                yield Path(member.name).stem, handle.read()


def labels(data: Path) -> dict[str, list[Row]]:
    """The rows of labels by document."""
    found: dict[str, list[Row]] = {}
    with gzip.open(next(data.rglob("OPEN-emails.csv.gz")), "rt", encoding="utf-8", errors="replace") as handle:
        for row in csv.DictReader(handle):
            found.setdefault(row["docID"], []).append(row)
    return found


def aliases(data: Path) -> dict[str, str]:
    """The usual name of each way of writing one."""
    with next(data.rglob("hrc_names.csv")).open(encoding="utf-8", errors="replace") as handle:
        return {squeezed(row["originalName"]): squeezed(row["commonName"]) for row in csv.DictReader(handle)}


def squeezed(written: str) -> str:
    """Letters and digits in lower case."""
    return "".join(char for char in written.lower() if char.isalnum())


def alike(one: str, other: str) -> bool:
    """Whether two squeezed texts are the same but for slips."""
    if not one or not other:
        return False
    if one == other:
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def ways(party: Party, names: dict[str, str]) -> set[str]:
    """The ways in which a party may be named."""
    made: set[str] = set()
    for written in (party.name, party.address):
        if not written:
            continue
        local = written.split("@")[0] if "@" in written else written
        words = re.findall(r"[^\W_]+", written.split("@")[0])
        made |= {squeezed(written), squeezed(local), "".join(sorted(word.lower() for word in words))}
    return made | {names[one] for one in made if one in names}


def named(party: Party, wanted: str, names: dict[str, str]) -> bool:
    """Whether the party is the one that the label names."""
    words = re.findall(r"[^\W_]+", wanted.split("@")[0])
    targets = {squeezed(wanted), squeezed(wanted.split("@")[0]), "".join(sorted(word.lower() for word in words))}
    targets |= {names[one] for one in targets if one in names}
    have = ways(party, names)
    if have & targets:
        return True
    written = {one for one, usual in names.items() if usual in targets and len(one) > 3}
    if any(alike(one, other) for one in have for other in written):
        return True
    return any(
        alike(one, other) or (len(other) > 3 and (other in one or one in other)) for one in have for other in targets
    )


def check(row: Row, message: Message, names: dict[str, str], shows_to: bool) -> Iterator[tuple[str, bool]]:
    """Each field that the label has, and whether it is right."""
    for wanted in (row["originalFrom"] or row["from"],):
        if wanted:
            right = message.sender is not None and (
                named(message.sender, wanted, names) or named(message.sender, row["from"], names)
            )
            yield "from", right
    if row["docDate"]:
        yield "day", (message.date or "")[:10] == row["docDate"]
    wanted = squeezed(_REPLY.sub("", row["subject"]))[:15]
    if wanted:
        yield "subject", alike(squeezed(_REPLY.sub("", message.subject or ""))[:15], wanted)
    people = [one for one in re.split(r"[;,](?![^()]*\))", row["originalTo"] or row["to"]) if squeezed(one)]
    if people and shows_to:
        usual = row["to"]
        right = sum(
            any(named(party, one, names) or named(party, usual, names) for party in message.to) for one in people
        )
        yield "to", right * 4 >= len(people) * 3


def score(wanted: Sequence[Row], message: Message, names: dict[str, str], shows_to: bool) -> dict[str, bool]:
    """The fields of the label that fits best: some documents have several."""
    every = [dict(check(row, message, names, shows_to)) for row in wanted]
    return max(every, key=lambda one: sum(one.values()), default={})


def shows_to(shown: str) -> bool:
    """Whether the first line "To" of a page names somebody."""
    match = _TO.search(shown)
    return (
        match is not None and len(squeezed(match["people"] or "")) > 1 or (match is not None and match["people"] == "H")
    )


def read(number: str, raw: bytes) -> list[Message]:
    """The messages and documents of a text."""
    source = Source(f"{number}.txt", None, hashlib.sha256(raw).hexdigest(), "text")
    origin = Origin(source, "clinton", open_within, Budget(1 << 30))
    return list(text.READER.read_data(raw, origin).messages) if text.READER.read_data else []


def is_held(number: str) -> bool:
    """Whether a document belongs to the third that is not looked at while building."""
    return hashlib.sha256(number.encode()).digest()[0] % 3 == 0


def main() -> None:
    """Print the scores, and the misses of a field."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="about so many documents, by hash")
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--misses", default="")
    given = parser.parse_args()
    gold, names = labels(given.data), aliases(given.data)
    right, wanted, notes = Counter[str](), Counter[str](), []
    seen = spent = 0.0
    for number, raw in documents(given.data):
        if is_held(number) != given.held or (given.sample and _share(number) >= given.sample / 16000):
            continue
        begun = time.process_time()
        messages = read(number, raw)
        spent += time.process_time() - begun
        seen += 1
        if raw.strip() and not messages:
            notes.append(f"lost {number}")
        shown = raw.decode("utf-8", "replace")
        if number not in gold or not (_FROM.search(shown) and _SENT.search(shown)):
            continue
        first = next((one for one in messages if one.kind == "message"), None)
        wanted["message"] += 1
        right["message"] += first is not None
        wanted["alone"] += 1
        right["alone"] += sum(one.kind == "message" and not one.quoted for one in messages) == 1
        if given.misses == "alone" and sum(one.kind == "message" and not one.quoted for one in messages) != 1:
            notes.append(f"{number}: {[(one.kind, one.date) for one in messages if not one.quoted]}")
        first = first or messages[0]
        for field, good in score(gold[number], first, names, shows_to(shown)).items():
            wanted[field] += 1
            right[field] += good
            if not good and field == given.misses:
                said = {
                    "from": first.sender,
                    "day": (first.date, first.date_as_written),
                    "subject": first.subject,
                    "to": first.to,
                }
                notes.append(
                    f"{number} {first.kind}: {said[field]} <> {[(r['docDate'], r['originalFrom'], r['originalTo'], r['subject']) for r in gold[number]]}"
                )
    for field, count in wanted.items():
        print(f"{field}: {right[field]}/{count} = {right[field] / count:.4f}")
    print(
        f"{seen:.0f} documents, {seen / spent:.0f}/s of processor time, lost: {sum(note.startswith('lost') for note in notes)}"
    )
    if not given.held:
        print(*notes, sep="\n")


def _share(number: str) -> float:
    return int.from_bytes(hashlib.sha256(number.encode()).digest()[1:4], "big") / (1 << 24)


if __name__ == "__main__":
    main()
