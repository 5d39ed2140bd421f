"""Policies as a table: the built-in one, and a researcher's own beside it (`packs/policies*.csv` in the corpus).

The built-in rows were compiled from public pages and expert memory in November 2026; `confidence` and `source` say how
sure each is, and every row of 2025 or later needs a check before anything is published.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from io import StringIO
from pathlib import Path

from corpus_search.errors import PackError

COLUMNS = ("id", "state", "jurisdiction", "name", "effective", "patterns")
_DATE = re.compile(r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?\??)?")
_FLAGS = ("", "yes", "no")


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A rule with its dates. `jurisdiction` is a state's, county's or city's name; `kinds` the groups that it binds.

    Dates are ISO; a month or a year where no day is known; "?" where the date is not sure. `requires_cooperation`: the
    rule does not forbid but demands it.
    """

    id: str
    state: str
    jurisdiction: str
    name: str
    citation: str
    effective: str
    until: str
    binds: str
    kinds: tuple[str, ...]
    bars: str
    exceptions: str
    patterns: tuple[str, ...]
    requires_cooperation: bool
    confidence: str
    source: str

    @property
    def unsure(self) -> bool:
        """Whether the row needs a check before anything is published."""
        return self.confidence != "high" or "?" in self.effective or self.effective >= "2025"


def load_policies(own: Path | None = None) -> tuple[PolicyRow, ...]:
    """The built-in policies and those of a researcher's folder; a row with the same id replaces the built-in one.

    Raises:
        PackError: a row can't be used; each line of the message begins with file:line.
    """
    text = resources.files("corpus_search.packs").joinpath("data/policies.csv").read_text(encoding="utf-8")
    rows = {row.id: row for row in read_policies(text, "policies.csv")}
    for file in sorted(own.glob("policies*.csv")) if own else ():
        rows |= {row.id: row for row in read_policies(file.read_text(encoding="utf-8-sig"), str(file))}
    return tuple(rows[key] for key in sorted(rows))


def read_policies(text: str, name: str) -> Iterator[PolicyRow]:
    """The rows of a table with the columns id, state, jurisdiction, name, effective, patterns and more.

    Raises:
        PackError: all that is wrong with the table, line by line.
    """
    reader = csv.DictReader(StringIO(text))
    lacking = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if lacking:
        raise PackError(f"{name}:1: the table lacks the column {', '.join(lacking)}")
    faults: list[str] = []
    rows = []
    for raw in reader:
        line = {key: (value or "").strip() for key, value in raw.items() if isinstance(key, str)}
        faults += [f"{name}:{reader.line_num}: {fault}" for fault in _faults(line)]
        rows.append(_row(line))
    if faults:
        raise PackError("\n".join(faults))
    yield from rows


def _faults(line: dict[str, str]) -> Iterator[str]:
    if not line.get("id"):
        yield "a policy needs an id"
    if not re.fullmatch(r"[A-Z]{2}", line.get("state", "")):
        yield f"state must be two capital letters (US for all), not {line.get('state')!r}"
    for column in ("effective", "until"):
        if not _DATE.fullmatch(line.get(column, "")):
            yield f"{column} must be YYYY, YYYY-MM or YYYY-MM-DD, not {line.get(column)!r}"
    if line.get("requires_cooperation", "") not in _FLAGS:
        yield "requires_cooperation must be yes or no"


def _row(line: dict[str, str]) -> PolicyRow:
    def parts(column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in line.get(column, "").split(";") if part.strip())

    return PolicyRow(
        id=line.get("id", ""),
        state=line.get("state", ""),
        jurisdiction=line.get("jurisdiction", ""),
        name=line.get("name", ""),
        citation=line.get("citation", ""),
        effective=line.get("effective", ""),
        until=line.get("until", ""),
        binds=line.get("binds", ""),
        kinds=parts("kinds"),
        bars=line.get("bars", ""),
        exceptions=line.get("exceptions", ""),
        patterns=parts("patterns"),
        requires_cooperation=line.get("requires_cooperation") == "yes",
        confidence=line.get("confidence", ""),
        source=line.get("source", ""),
    )
