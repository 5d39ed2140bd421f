"""What leaves the corpus is masked: log-ins and passwords, SSN, dates of birth, plates and names of private persons.

Officials' names and addresses stay: they are what the findings are about. The mask is the kind in brackets, so that a
reader sees that something stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus_search.model import Evidence, Finding, Record, Tag

_PATTERNS = (
    ("SSN", re.compile(r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])|\b(?:ssn?|soc)\b\W{0,3}\d{9}\b", re.IGNORECASE)),
    (
        "date of birth",
        re.compile(
            r"\b(?:dob|d\.o\.b\.?|born|birth ?date|date of birth)\b\W{0,4}(?:on )?\d{1,4}[-/. ]\d{1,2}[-/. ]\d{2,4}",
            re.IGNORECASE,
        ),
    ),
    (
        "log-in",
        re.compile(
            r"\b(?:passwords?|passwd|pwd?|passcode|pin|user ?(?:name|id)|log-?in|token|code)\b(?: is|:| =|=| -)? ?"
            r"(?=\S*[\d!@#$%&*])[^\s,;]{3,40}",
            re.IGNORECASE,
        ),
    ),
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
    """The finding with private particulars masked in its evidence and subjects."""
    private = private_words(finding)
    return replace(
        finding,
        evidence=tuple(_mask_evidence(line, records.get(line.message), private) for line in finding.evidence),
        subjects=tuple(_mask_subject(subject) for subject in finding.subjects),
    )


def private_words(finding: Finding) -> tuple[str, ...]:
    """The names of persons that the finding is about, and each name's longer words."""
    names = [subject for subject in finding.subjects if not _is_number(subject)]
    words = [word for name in names for word in re.split(r"[\s,]+", name) if len(word) > 2]
    return tuple(sorted({*names, *words}, key=len, reverse=True))


def mask_text(text: str, tags: Iterable[Tag], offset: int, names: Sequence[str]) -> str:
    """The text with its plates, identifiers and private names masked; tags' offsets count from `offset`."""
    marks: list[tuple[int, int, str]] = []
    for tag in tags:
        low, high = tag.start - offset, tag.end - offset
        if low >= 0 and high <= len(text) and (label := _label(tag)) is not None:
            marks.append((low, high, label))
    for label, pattern in _PATTERNS:
        marks += [(found.start(), found.end(), label) for found in pattern.finditer(text)]
    for name in names:
        shape = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        marks += [(found.start(), found.end(), "name") for found in shape.finditer(text)]
    out, at = [], 0
    for low, high, label in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if low >= at:
            out += [text[at:low], f"[{label}]"]
            at = high
    return "".join([*out, text[at:]])


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
