"""`try`: a piece of text, text on stdin, and lines; offsets count into exactly the text given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_support import Run

TEXT = "can you run 7ABC123 for ICE?"


def test_for_people(run: Run) -> None:
    done = run("try", TEXT)
    assert done.code == 0
    assert "lookup     request (request): “can you run”, 0–11; " in done.out
    assert "plate      7ABC123: “7ABC123”, 12–19; " in done.out
    assert "Immigration and Customs Enforcement (immigration, federal): “ICE”, 24–27; " in done.out


def test_near_misses_are_explained(run: Run) -> None:
    done = run("try", "my VIN is 1HGCM82633A004353 and case 7ABC123 is closed")
    assert done.code == 0
    (shape,) = run("try", "see 1HGCM82633A004353", "--json").lines
    assert set(shape) == {"text", "tags", "near_misses"}
    for miss in shape["near_misses"]:
        assert set(miss) == {"kind", "text", "start", "end", "reason"}


def test_text_on_stdin(run: Run) -> None:
    (shape,) = run("try", "-", "--json", stdin=(TEXT + "\r\n").encode()).lines
    assert shape["text"] == TEXT + "\r\n"
    assert shape["tags"] == run("try", TEXT, "--json").lines[0]["tags"]
    (bad,) = run("try", "-", "--json", stdin=b"run \xff7ABC123").lines
    assert bad["text"] == "run \N{REPLACEMENT CHARACTER}7ABC123"
    assert run("try", "-", "--json").lines[0]["tags"] == []


def test_lines(run: Run) -> None:
    given = [{"id": 1, "text": TEXT}, {"id": None, "text": ""}, {"text": "\n"}, {"id": ["a"], "text": "é " + TEXT}]
    done = run("try", "--lines", stdin="\n\n".join(map(json.dumps, given)).encode())
    assert [line["id"] for line in done.lines] == [1, None, None, ["a"]]
    for line, before in zip(done.lines, given, strict=True):
        assert line["text"] == before["text"]
        for tag in line["tags"]:
            assert line["text"][tag["start"] : tag["end"]] == tag["text"]


def test_half_a_surrogate_comes_back_as_it_went(run: Run) -> None:
    done = run("try", "--lines", stdin=b'{"id": 1, "text": "\\ud800 7ABC123"}\n')
    assert json.loads(done.out)["text"] == "\ud800 7ABC123"


@pytest.mark.parametrize(
    "line",
    [
        b"no JSON",
        b"[1]",
        b'"text"',
        b"3",
        b"null",
        b'{"id": 1}',
        b'{"text": 3}',
        b'{"text": null}',
        b"\xff",
        b"[" * 9999,
    ],
    ids=repr,
)
def test_bad_lines(run: Run, line: bytes) -> None:
    done = run("try", "--lines", stdin=b'{"id": 1, "text": "a"}\n' + line + b'\n{"id": 3, "text": "c"}\n')
    assert done.code == 2
    assert [one["id"] for one in done.lines] == [1], "what came before is answered"
    assert 'line 2 of stdin is not a JSON object with a "text" string' in done.err


def test_own_packs_of_a_corpus_count(run: Run, corpus: Path, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "agencies.yaml").write_text(
        "agencies:\n  - id: zorp\n    name: Zorp County Rangers\n    groups: [police]\n    abbreviations: [ZCRX]\n"
        '    finds: ["call ZCRX about it"]\n',
        encoding="utf-8",
    )
    text = "call ZCRX about it"
    assert run("--corpus", tmp_path, "try", text, "--json").lines[0]["tags"] == [], "a folder is no corpus"
    (tmp_path / "corpus.sqlite3").touch()
    done = run("--corpus", tmp_path, "try", text, "--json")
    assert done.code in (0, 2)
