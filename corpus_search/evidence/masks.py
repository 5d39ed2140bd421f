"""What leaves the corpus is masked: log-ins and passwords, SSN, dates of birth, plates and names of private persons.

Officials' names and addresses stay: they are what the findings are about. The mask is the kind in brackets, so that a
reader sees that something stood there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from corpus_search.evidence.private_forms import AFTER_NAME, PRIVATE, owners_in
from corpus_search.model import Evidence, Finding, Party, Record, Tag

Mark = tuple[int, int, str]
_PARTICLES: Final = frozenset(
    {"de", "la", "las", "los", "el", "del", "da", "dos", "van", "von", "der", "al", "bin", "san"}
)
# Words that are names and words: as a part of a name they are masked only where they are written as one.
_ALSO_WORDS: Final = re.compile(
    "will|may|mark|grant|young|june|april|august|early|rich|bill|art|chase|price|long|green|brown|white|black|king|"
    "best|love|case|day|cook|hand|field|page|read|wells|reed|gray|stone|park|hill|street|west|north",
    re.IGNORECASE,
)
IDENTIFIERS = {
    "ssn": "SSN",
    "dob": "date of birth",
    "credential": "log-in",
    "a_number": "A-number",
    "dl": "driver licence",
    "vin": "VIN",
    "cii": "CII number",
    "sid": "SID number",
    "fbi": "FBI number",
    "booking": "booking number",
    "phone": "phone",
}


def masked(finding: Finding, records: Mapping[str, Record]) -> Finding:
    """The finding with private particulars masked in its evidence, its subjects, and what is said of it."""
    officials = _official_words([finding.requester, finding.provider], records.values())
    names = private_names(finding, officials)
    return replace(
        finding,
        evidence=tuple(_mask_evidence(line, records.get(line.message), names) for line in finding.evidence),
        subjects=tuple(_mask_subject(subject) for subject in finding.subjects),
        why=mask_text(finding.why, (), 0, names),
    )


def private_names(finding: Finding, officials: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The names of persons that the finding is about, and each name's own words; the longest first.

    Persons are its subjects, and whom the evidence names as an owner or a relative, but those who write themselves.
    """
    names = {subject for subject in finding.subjects if not _is_number(subject)}
    for line in finding.evidence:
        for start, end in owners_in(line.text):
            found = line.text[start:end]
            if not officials & {word.casefold() for word in _words(found)} and not _is_abbreviation(found):
                names.add(found)
    words = {word for name in names for word in _words(name) if _tells(word, name)}
    return tuple(sorted({*names, *words}, key=lambda name: (-len(name), name)))


def _tells(word: str, name: str) -> bool:
    """Whether a word of a name tells who it is: no particle, initial, or abbreviation ("Ruiz Gomez DOB")."""
    abbreviated = len(word) < 4 and word.isupper() and not name.isupper()
    return len(word) > 1 and not abbreviated and word.casefold() not in _PARTICLES


def mask_text(text: str, tags: Iterable[Tag], offset: int, names: Sequence[str]) -> str:
    """The text with its plates, identifiers and private names masked; tags' offsets count from `offset`."""
    marks: list[Mark] = []
    for tag in tags:
        low, high = max(0, tag.start - offset), min(len(text), tag.end - offset)  # a line may end within one
        if low < high and (label := _label(tag)) is not None:
            marks.append((low, high, label))
    for label, pattern in PRIVATE:
        marks += [(*found.span("it"), label) for found in pattern.finditer(text)]
    bare = _bare(text)
    for name in names:
        marks += _marks_of(name, bare)
    out, at = [], 0
    for low, high, label in _united(marks):
        out += [text[at:low], f"[{label}]"]
        at = high
    return "".join([*out, text[at:]])


def _marks_of(name: str, bare: str) -> Iterator[Mark]:
    """Where a private name stands in a text without accents, and a date of birth right after it."""
    shape = r"\s+".join(map(re.escape, _bare(name).split()))
    strict = len(name) < 3 or _ALSO_WORDS.fullmatch(name) is not None
    for found in re.finditer(rf"(?<!\w){shape}(?!\w)", bare, re.IGNORECASE):
        if strict and found[0][0].islower():
            continue
        yield found.start(), found.end(), "name"
        if birth := re.compile(AFTER_NAME).match(bare, found.end()):
            yield *birth.span("it"), "date of birth"


def _united(marks: Iterable[Mark]) -> list[Mark]:
    """Marks that overlap made one, called as the one that begins first, the longest of these."""
    out: list[Mark] = []
    for low, high, label in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if out and low < out[-1][1]:
            out[-1] = (out[-1][0], max(high, out[-1][1]), out[-1][2])
        else:
            out.append((low, high, label))
    return out


def _bare(text: str) -> str:
    """The text without accents, each character still in its place."""
    return text if text.isascii() else "".join(unicodedata.normalize("NFKD", char)[0] for char in text)


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name)


def _is_abbreviation(found: str) -> bool:
    """Whether it is letters that stand for a body: "comes back to CHP"."""
    return re.fullmatch(r"[A-Z]{2,4}", found) is not None


def _official_words(parties: Iterable[Party | None], records: Iterable[Record]) -> frozenset[str]:
    """Words of the names and bodies of everybody who writes or is written to."""
    everybody = [*parties, *(party for record in records for _, party in record.message.parties())]
    texts = [text for party in everybody if party is not None for text in (party.name, party.agency) if text]
    texts += [tag.text for record in records for tag in record.tags if tag.kind in ("agency", "lookup")]
    return frozenset(word.casefold() for text in texts for word in _words(text) if len(word) > 2)


def _label(tag: Tag) -> str | None:
    if tag.kind == "plate":
        return "plate"
    if tag.kind == "identifier":
        return next((IDENTIFIERS[group] for group in tag.groups if group in IDENTIFIERS), None)
    return None


def _mask_evidence(line: Evidence, record: Record | None, names: Sequence[str]) -> Evidence:
    tags = record.tags if record is not None else ()
    return replace(line, text=mask_text(line.text, tags, line.start, names))


def _mask_subject(subject: str) -> str:
    return "[plate]" if _is_number(subject) else "[name]"


def _is_number(subject: str) -> bool:
    return any(c.isdigit() or c == "?" for c in subject)
