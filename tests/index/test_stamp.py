"""An index is opened only where this account made it and its files are as they were."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_search.index.stamp import MANIFEST, key_file, sign, trusted

FACTS = {"version": 3, "shards": ["shard000"]}


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "index"
    (folder / "shard000").mkdir(parents=True)
    (folder / "shard000" / "words.seg").write_bytes(b"words")
    sign(folder, FACTS)
    return folder


def test_what_was_signed_here_is_trusted(index: Path) -> None:
    assert trusted(index) == FACTS
    assert stat.S_IMODE(key_file().stat().st_mode) == 0o600


def test_a_key_lasts(index: Path) -> None:
    key = key_file().read_bytes()
    sign(index, FACTS)
    assert key_file().read_bytes() == key


def _other_body(index: Path) -> None:
    outer = json.loads((index / MANIFEST).read_text())
    outer["body"] = outer["body"].replace("shard000", "shard666")
    (index / MANIFEST).write_text(json.dumps(outer))


def _other_key(_: Path) -> None:
    key_file().write_bytes(b"x" * 32)


DOINGS: dict[str, Callable[[Path], object]] = {
    "a file more": lambda index: (index / "shard000" / "extra").write_bytes(b"x"),
    "a file changed": lambda index: (index / "shard000" / "words.seg").write_bytes(b"other"),
    "a file gone": lambda index: (index / "shard000" / "words.seg").unlink(),
    "no manifest": lambda index: (index / MANIFEST).unlink(),
    "no JSON": lambda index: (index / MANIFEST).write_text("{"),
    "a list": lambda index: (index / MANIFEST).write_text("[]"),
    "a number": lambda index: (index / MANIFEST).write_text('{"body": 3, "signature": 4}'),
    "no signature": lambda index: (index / MANIFEST).write_text('{"body": "{}"}'),
    "a signature of other letters": lambda index: (index / MANIFEST).write_text('{"body": "{}", "signature": "é"}'),
    "other facts": _other_body,
    "another key": _other_key,
    "no key": lambda _: key_file().unlink(),
}


@pytest.mark.parametrize("doing", DOINGS)
def test_anything_else_is_not(index: Path, doing: str) -> None:
    DOINGS[doing](index)
    assert trusted(index) is None


def test_locks_do_not_count(index: Path) -> None:
    (index / "shard000" / "words_WRITELOCK").write_bytes(b"")
    assert trusted(index) == FACTS
