"""Rows to files: cells that a spreadsheet does not run, columns, and a file that is there whole or not at all."""

from __future__ import annotations

import csv
import errno
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus_search.evidence.tables import CannotWrite, UnknownExport, cell, flat, party_cell, write_rows, written


def party(name: str | None, address: str | None = None, agency: str | None = None) -> dict[str, Any]:
    return {"name": name, "address": address, "agency": agency, "groups": [], "redacted": name is None}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (-3, "-3"),
        ("plate", "plate"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-cmd", "'-cmd"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        (["a", "=b"], "a; '=b"),
        ((), ""),
        ({"a": 1}, '{"a": 1}'),
        (party("Ruiz, Dan", "d@x.org", "ICE"), "Ruiz, Dan <d@x.org> [ICE]"),
        (party(None), "(redacted)"),
        (party("=HYPERLINK(1)"), "'=HYPERLINK(1)"),
        ([party("=A()"), party("Kay")], "'=A(); Kay"),
    ],
)
def test_cells(value: Any, shown: str) -> None:
    assert cell(value) == shown


def test_parties() -> None:
    assert party_cell(party(None, "d@x.org")) == "<d@x.org>"
    assert party_cell(party(None, None, "ICE")) == "[ICE]"


ROW = {
    "id": "1",
    "source": {"path": "a.pdf", "member": None, "sha256": "0", "format": "pdf"},
    "places": [{"number": 13, "bates": "A-1"}, {"number": 14, "bates": None}],
    "subject": 'say "x",\nbye',
}


def test_a_row_is_made_flat() -> None:
    assert flat(ROW) == {
        "id": "1",
        "path": "a.pdf",
        "member": None,
        "sha256": "0",
        "pages": [13, 14],
        "bates": ["A-1"],
        "subject": 'say "x",\nbye',
    }


def test_csv_and_jsonl(tmp_path: Path) -> None:
    assert write_rows(tmp_path / "a.CSV", [ROW, ROW]) == 2
    with (tmp_path / "a.CSV").open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == 2
    assert rows[0]["subject"] == 'say "x",\nbye'
    assert rows[0]["pages"] == "13; 14"
    assert write_rows(tmp_path / "a.jsonl", [ROW]) == 1
    assert json.loads((tmp_path / "a.jsonl").read_text()) == ROW
    assert write_rows(tmp_path / "some.csv", [ROW], ["id", "other"]) == 1
    assert (tmp_path / "some.csv").read_text().splitlines() == ["id,other", "1,"]
    assert write_rows(tmp_path / "none.csv", []) == 0


@pytest.mark.parametrize("name", ["a.docx", "a", "a.csv.gz"])
def test_no_other_endings(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownExport, match=r"use \.csv or \.jsonl"):
        write_rows(tmp_path / name, [ROW])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="No such file or directory"):
        write_rows(tmp_path / "none" / "a.csv", [ROW])
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="name another file with --to"):
        write_rows(tmp_path / "file" / "a.csv", [ROW])


def test_a_name_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(CannotWrite):
        write_rows(tmp_path / "a.csv", [ROW])
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), ValueError("x"), KeyboardInterrupt()]
)
def test_what_was_there_stays_where_writing_fails(tmp_path: Path, error: BaseException) -> None:
    file = tmp_path / "a.csv"
    file.write_text("before")

    def rows() -> Iterator[dict[str, Any]]:
        yield ROW
        raise error

    with pytest.raises(CannotWrite if isinstance(error, OSError) else type(error)):
        write_rows(file, rows())
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_lines_are_written_as_they_are(tmp_path: Path) -> None:
    with written(tmp_path / "a") as handle:
        handle.write("a\r\nb\n")
    assert (tmp_path / "a").read_bytes() == b"a\r\nb\n"
