"""How near a reading of released text comes to the labels: messages of pages, and quoted messages of documents."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from gold.digests import digest_party, digest_text
from gold.score import Score
from reading_support import read_file

from corpus_search.model import Message, Party

HERE = Path(__file__).parent
ARCHIVE = "OPEN-7-releases.tar.xz"  # the documents, as the collection of real material packs them
Label = dict[str, Any]


def labels(name: str) -> list[Label]:
    """The labels of one set: `pruitt` by page, `clinton` by document."""
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def is_held(label: Label) -> bool:
    """Whether a page or document belongs to the third that nobody looks at while building: by hash."""
    known = label["sha256"] if "document" in label else hashlib.sha256(_key(label).encode()).hexdigest()
    return int(known[:8], 16) % 3 == 0


def files_by_hash(folder: Path) -> dict[str, Path]:
    """The text files of a folder by the hash of their bytes."""
    names = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".txt")
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in names}


def documents(folder: Path, wanted: Sequence[Label]) -> Iterator[tuple[Label, bytes]]:
    """The labelled documents of the packed release, each with its text; none where the release is absent."""
    by_name = {label["document"]: label for label in wanted}
    for packed in folder.rglob(ARCHIVE):
        with tarfile.open(packed) as archive:
            for member in archive:
                label = by_name.get(Path(member.name).stem)
                handle = archive.extractfile(member) if label is not None and member.isfile() else None
                data = handle.read() if handle is not None else b""
                if label is not None and hashlib.sha256(data).hexdigest() == label["sha256"]:
                    yield label, data


def read_messages(file: Path) -> list[Message]:
    """The messages of a file through the one door, those found only quoted among them."""
    return [one for one in read_file(file).messages if one.kind == "message"]


def score_pages(name: str, pages: Sequence[Label], read: Sequence[Message]) -> Score:
    """The score of a file's labelled pages. A message counts for the page on which it begins."""
    result = Score()
    for page in pages:
        here = [one for one in read if one.places and (one.places[0].bates or "").endswith(page["bates"])]
        for label in page["messages"]:
            where = f"{name} {page['bates']} {label['date']}"
            found = _same(label, here)
            result.check("message", found is not None, where)
            if found is not None:
                here.remove(found)
                _score_fields(label, found, where, result)
        result.extra["message"] += len(here)
        result.misses += (f"no message: {name} {page['bates']} {one.date}" for one in here)
    return result


def score_quoted(label: Label, read: Sequence[Message]) -> Score:
    """The score of a document: its quoted messages by sender and minute."""
    result = Score()
    found = [one for one in read if one.quoted]
    for senders, date in label["quoted"]:
        same = (one for one in found if _party(one.sender) in senders and (one.date or "")[: len(date)] == date)
        one = next(same, None)
        result.check("quoted", one is not None, f"{label['document']} wants {date}")
        if one is not None:
            found.remove(one)
    result.extra["quoted"] += len(found)
    result.misses += (f"quoted: {label['document']} has {one.date} {one.date_as_written!r}" for one in found)
    return result


def total(scores: Iterable[Score]) -> Score:
    """Several scores as one."""
    result = Score()
    for one in scores:
        result.wanted += one.wanted
        result.right += one.right
        result.extra += one.extra
        result.misses += one.misses
    return result


def f1(score: Score, what: str) -> float:
    """The harmonic mean of recall and precision."""
    recall, precision = score.recall(what), score.precision(what)
    return 2 * recall * precision / max(0.01, recall + precision)


def _key(label: Label) -> str:
    return f"{label['sha256']}:{label['bates']}"


def _same(label: Label, read: Sequence[Message]) -> Message | None:
    """The message that the label means: by minute; where no minute is right, by sender and subject."""
    by_date = next((one for one in read if (one.date or "")[:16] == label["date"]), None)
    like = (one for one in read if _party(one.sender) == label["from"] and _subject(one) == label["subject"])
    return by_date or next(like, None)


def _score_fields(label: Label, found: Message, where: str, result: Score) -> None:
    result.check("quoted or not", label["top"] != found.quoted, where)
    result.check("from", _party(found.sender) == label["from"], where)
    result.check("date", (found.date or "")[:16] == label["date"], f"{where} is {found.date}")
    if label["subject"] is not None:
        result.check("subject", _subject(found) == label["subject"], where)
    for name, group in (("to", found.to), ("cc", found.cc)):
        if label[name] is not None:
            wanted, got = Counter(label[name]), Counter(_party(party) for party in group)
            differ = max((wanted - got).total(), (got - wanted).total())
            result.check(name, differ <= label["unsure"], f"{where} {differ} of {wanted.total()} differ")


def _party(party: Party | None) -> str:
    return digest_party(party.address or party.name or "") if party is not None else ""


def _subject(message: Message) -> str:
    return digest_text(message.subject or "")
