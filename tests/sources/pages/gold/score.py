"""How near a reading of real print-outs comes to the labels, field by field."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus_search import sources
from corpus_search.model import Message, Party, Source
from corpus_search.sources.reading import Unit, together
from gold.digests import digest_party, digest_text

LABELS = Path(__file__).parent / "labels.jsonl"
Label = dict[str, Any]


@dataclass
class Score:
    """Counts of what was looked for, found, and wrongly found, by what it is; and where it went wrong."""

    wanted: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def recall(self, what: str) -> float:
        """Which part of what there is was found."""
        return self.right[what] / max(1, self.wanted[what])

    def precision(self, what: str) -> float:
        """Which part of what was found is there."""
        return self.right[what] / max(1, self.right[what] + self.extra[what])

    def fields(self) -> float:
        """Which part of the header fields of the messages found is right."""
        names = ("from", "to", "cc", "bcc", "date", "subject")
        return sum(self.right[name] for name in names) / max(1, sum(self.wanted[name] for name in names))

    def check(self, what: str, right: bool, where: str) -> None:
        """Count one thing."""
        self.wanted[what] += 1
        self.right[what] += right
        if not right:
            self.misses.append(f"{what}: {where}")


def labels() -> list[tuple[str, list[Label]]]:
    """The labelled files by hash, each with its messages."""
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    return [(line["sha256"], line["messages"]) for line in map(json.loads, lines)]


def is_held(sha256: str) -> bool:
    """Whether a file belongs to the third that nobody looks at while building: by its hash."""
    return int(sha256[:8], 16) % 3 == 0


def files_by_hash(folder: Path) -> dict[str, Path]:
    """The PDFs of a folder by the hash of their bytes."""
    names = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf")
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in names}


def read_pdf(file: Path, sha256: str) -> list[Message]:
    """All messages and documents of a file, through the one door."""
    unit = Unit(str(file), Source(file.name, None, sha256, "pdf"), "gold")
    cutting = sources.cut(unit)
    whole = replace(unit, source=replace(unit.source, format=cutting.format))
    pages = [page for one in cutting.units for page in sources.read_pages(one).pages]
    return list(together([sources.join(whole, pages)]).messages)


def score(files: Sequence[tuple[Path, str, list[Label]]]) -> Score:
    """The score over these files."""
    result = Score()
    for file, sha256, wanted in files:
        read = [one for one in read_pdf(file, sha256) if one.kind == "message"]
        _score_file(file.name, wanted, read, result)
    return result


def _score_file(name: str, wanted: list[Label], read: list[Message], result: Score) -> None:
    tops = [message for message in read if not message.quoted]
    for label in wanted:
        where = f"{name} p. {label['pages'][0]} {label['date']}"
        found = next((one for one in tops if (one.date or "")[:16] == label["date"] and _begins(one, label)), None)
        found = found or next((one for one in tops if _begins(one, label)), None)
        result.check("message", found is not None, where)
        if found is None:
            result.wanted["quoted"] += len(label["quoted"])
            continue
        tops.remove(found)
        _score_fields(label, found, where, result)
        _score_quoted(label, [one for one in read if one.quoted and one.within == found.id], where, result)
    result.extra["message"] += len(tops)
    result.misses += (f"no mail: {name} {one.date} {[place.number for place in one.places][:3]}" for one in tops)


def _begins(message: Message, label: Label) -> bool:
    """Whether the message begins on the label's first page, in the file or in the member that the label names."""
    member = digest_text(message.source.member) if message.source.member else None
    return bool(message.places) and message.places[0].number == label["pages"][0] and member == label["member"]


def _score_fields(label: Label, found: Message, where: str, result: Score) -> None:
    result.check("from", [label["from"]] == list(_digests([found.sender] if found.sender else [])), where)
    for name, group in (("to", found.to), ("cc", found.cc), ("bcc", found.bcc)):
        result.check(name, Counter(label[name]) == Counter(_digests(group)), where)
    result.check("date", (found.date or "")[:16] == label["date"], f"{where} is {found.date}")
    result.check("subject", digest_text(found.subject or "") == label["subject"], where)
    numbers = [place.number for place in found.places]
    ends = label["pages"][1] <= max(numbers) <= label["pages"][1] + 1  # a blank page may follow
    result.check("pages", min(numbers) == label["pages"][0] and ends, f"{where} is {numbers}")
    if label["redactions"] is not None:
        result.check("redactions", len(found.redactions) == label["redactions"], f"{where} {len(found.redactions)}")
    if label["attachments"] is not None:
        result.check("attachments", len(found.attachments) == label["attachments"], where)


def _score_quoted(label: Label, found: list[Message], where: str, result: Score) -> None:
    wanted = Counter((sender, date) for sender, date in label["quoted"])
    got = Counter((next(_digests([one.sender] if one.sender else []), ""), (one.date or "")[:16]) for one in found)
    result.wanted["quoted"] += wanted.total()
    result.right["quoted"] += (wanted & got).total()
    result.extra["quoted"] += (got - wanted).total()
    result.misses += (f"quoted: {where} wants {date}" for _, date in (wanted - got))
    result.misses += (f"quoted: {where} has {date}" for _, date in (got - wanted))


def _digests(parties: Sequence[Party]) -> Iterator[str]:
    for party in parties:
        yield digest_party(party.address or party.name or ("█" if party.redacted else ""))
