"""Rows to a file: CSV for a spreadsheet, JSON Lines for a script. Written beside the name and then moved there."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from corpus_search.errors import CorpusSearchError

Shape = dict[str, Any]


class UnknownExport(CorpusSearchError):
    """The file's ending says no format that we write."""


class CannotWrite(CorpusSearchError):
    """The file can't be written."""


@contextmanager
def written(file: Path) -> Iterator[TextIO]:
    """A text file that appears under its name only when all of it is written.

    Raises:
        CannotWrite: its folder is not there, takes no more, or may not be written to.
    """
    part = file.with_name(file.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as handle:
            yield handle
        part.replace(file)
    except OSError as error:
        _discard(part)
        raise CannotWrite(f"{file} can't be written ({error.strerror}); name another file with --to") from error
    except BaseException:
        _discard(part)
        raise


def _discard(part: Path) -> None:
    with suppress(OSError):  # its folder may be what is missing
        part.unlink(missing_ok=True)


def cell(value: Any) -> str:
    """A value as a cell. A text that a spreadsheet would run as a formula gets a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(cell(one) for one in value)
    if isinstance(value, dict):
        return cell(party_cell(value)) if "address" in value else json.dumps(value, ensure_ascii=False)
    text = str(value)
    return "'" + text if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def party_cell(party: Shape) -> str:
    """A party as `Name <address> [agency]`."""
    address = f"<{party['address']}>" if party["address"] else ""
    agency = f"[{party['agency']}]" if party["agency"] else ""
    return " ".join(part for part in (party["name"] or "", address, agency) if part) or "(redacted)"


def flat(row: Shape) -> Shape:
    """A row without nesting: a source's fields, and the numbers and Bates stamps of places, as columns."""
    out: Shape = {}
    for key, value in row.items():
        if key == "source":
            out |= {"path": value["path"], "member": value["member"], "sha256": value["sha256"]}
        elif key == "places":
            out["pages"] = [place["number"] for place in value]
            out["bates"] = [place["bates"] for place in value if place["bates"]]
        else:
            out[key] = value
    return out


def write_rows(file: Path, rows: Iterable[Shape], columns: Sequence[str] | None = None) -> int:
    """Write rows as the file's ending says (.csv, .jsonl); returns how many.

    Raises:
        UnknownExport: another ending.
        CannotWrite: the file can't be written.
    """
    writers: dict[str, Callable[[TextIO, Iterable[Shape], Sequence[str] | None], int]] = {
        ".csv": _csv,
        ".jsonl": _jsonl,
    }
    writer = writers.get(file.suffix.lower())
    if writer is None:
        raise UnknownExport(f"{file}: no export to {file.suffix or 'a file without ending'}; use .csv or .jsonl")
    with written(file) as handle:
        return writer(handle, rows, columns)


def _csv(handle: TextIO, rows: Iterable[Shape], columns: Sequence[str] | None) -> int:
    out = csv.writer(handle)
    count = 0
    for row in rows:
        line = flat(row)
        if not count:
            columns = columns or list(line)
            out.writerow(columns)
        out.writerow([cell(line.get(column)) for column in columns or line])
        count += 1
    return count


def _jsonl(handle: TextIO, rows: Iterable[Shape], _columns: Sequence[str] | None) -> int:
    count = 0
    for row in rows:
        handle.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count
