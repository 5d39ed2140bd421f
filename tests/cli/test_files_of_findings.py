"""`--to`: hits, tags and findings as files; nothing private in findings that leave; `findings diff`."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from cli_support import Run


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
@pytest.mark.parametrize("arguments", [("search", "plate", "--limit", "0"), ("tags", "--kind", "plate")], ids=str)
def test_tables(run: Run, corpus: Path, tmp_path: Path, arguments: tuple[str, ...], ending: str) -> None:
    file = tmp_path / f"out.{ending}"
    done = run("--corpus", corpus, *arguments, "--to", file)
    assert (done.code, done.out) == (0, "")
    count = len(run("--corpus", corpus, *arguments, "--json").lines)
    assert f"{count} {'hit' if arguments[0] == 'search' else 'tag'}s in {file}" in done.err
    if ending == "jsonl":
        assert file.read_text() == run("--corpus", corpus, *arguments, "--json").out
    else:
        with file.open(newline="", encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
        assert len(rows) == count
        assert {"path", "pages", "bates", "citation"} <= set(rows[0])


def test_no_hit_is_still_a_file(run: Run, corpus: Path, tmp_path: Path) -> None:
    done = run("--corpus", corpus, "search", "zzzz", "--to", tmp_path / "none.csv")
    assert done.code == 1
    assert (tmp_path / "none.csv").exists()


@pytest.mark.parametrize("ending", ["csv", "jsonl", "md"])
def test_findings_for_others_hold_nothing_private(run: Run, corpus: Path, tmp_path: Path, ending: str) -> None:
    masked, unmasked = tmp_path / f"m.{ending}", tmp_path / f"u.{ending}"
    done = run("--corpus", corpus, "patterns", "run", "--to", masked)
    assert done.code == 0
    assert "private particulars masked" in done.err
    assert "masked" not in run("--corpus", corpus, "patterns", "run", "--unmasked", "--to", unmasked).err
    closed, open_ = masked.read_text(), unmasked.read_text()
    for private in ("7XKD204", "6TPV871", "8MKL330", "5-RVN-119", "Medrano", "Ana Delgado", "Ibarra"):
        assert private in open_
        assert private not in closed
    assert not re.search(r"\b\d{3}-\d{2}-\d{4}\b|\b\d{1,2}/\d{1,2}/\d{2}\b", closed)
    for official in ("Salas, Mark R", "Mark.R.Salas@ice.dhs.gov", "Lopez, Andrew", "alopez@vistamarpd.org"):
        assert official in closed
    again = tmp_path / f"again.{ending}"
    run("--corpus", corpus, "patterns", "run", "--to", again)
    assert again.read_bytes() == masked.read_bytes(), "the same corpus gives the same file"


def test_differences(run: Run, corpus: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    run("--corpus", corpus, "patterns", "run", "--to", old)
    heading, first, *rest = old.read_text().splitlines()
    changed = json.loads(first) | {"grade": "D"}
    new.write_text("\n".join([heading, json.dumps(changed), *rest[1:]]) + "\n")
    same = run("findings", "diff", old, old)
    assert (same.code, same.out) == (1, "")
    done = run("findings", "diff", old, new)
    assert done.code == 0
    assert sorted(line.split()[0] for line in done.out.splitlines()) == ["changed", "gone"]
    assert re.search(
        rf"changed +{changed['pattern']}  grade D \(was {json.loads(first)['grade']}\)  Vista Mar", done.out
    )
    shapes = run("findings", "diff", old, new, "--json").lines
    assert {shape["change"] for shape in shapes} == {"changed", "gone"}
    assert [set(shape) for shape in shapes] == [{"change", "finding", "before"}] * 2
    back = run("findings", "diff", new, old)
    assert sorted(line.split()[0] for line in back.out.splitlines()) == ["changed", "new"]
