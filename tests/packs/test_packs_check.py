"""`packs check` runs the examples of every pack: the built-in are as they should be, a wrong one is named by line."""

from __future__ import annotations

from pathlib import Path

from corpus_search.workflows.checking import check_packs

LOOKUPS = """systems:
  - {value: Tri-Net, exact: [TRINET], finds: ["ran it in TRINET", "ran it in QNET"], ignores: ["x"]}
"""


def test_the_built_in_packs_are_as_they_should_be() -> None:
    lines = list(check_packs(()))
    assert [line.text for line in lines if not line.ok] == []
    assert {"agencies", "systems", "acts", "identifiers"} <= {line.text.partition(":")[0] for line in lines}


def test_a_wrong_example_of_a_researcher_s_is_told_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "lookups.yaml").write_text(LOOKUPS, encoding="utf-8")
    (tmp_path / "model.yaml").write_text("people_and_organisations: false", encoding="utf-8")
    (tmp_path / "people.yaml").write_text("people: []", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("x: y", encoding="utf-8")
    lines = list(check_packs((tmp_path,)))
    wrong = [line.text for line in lines if not line.ok]
    assert wrong[0].endswith("lookups.yaml:2: Tri-Net is missed in: ran it in QNET")
    assert wrong[1].endswith("other.yaml:1: no pack by its name or its keys — see docs/packs.md")
