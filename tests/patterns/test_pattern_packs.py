"""Packs of patterns: what is wrong with one is told as file and line; a researcher's pack extends a built-in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_search.errors import PackError
from corpus_search.packs.pattern_loading import load_pattern_file, load_patterns, read_patterns
from corpus_search.packs.pattern_shared import load_shared
from corpus_search.packs.pattern_words import says
from corpus_search.patterns.examples import outcome
from corpus_search.workflows.checking import check_patterns, new_pattern
from corpus_search.workflows.work import tagger_for

CLAUSES = """
pattern: sheet_by_fax
title: A booking sheet faxed
clauses:
  request: {role: request, from: immigration, to: local, own: '"booking sheet"'}
  answer: {role: fulfilment, from: local, to: immigration, own: faxed}
  called: {role: reference, from: local, to: immigration, own: "$called"}
grades:
  - A: request THEN/14d answer
  - B: request THEN called
  - C: answer
unless: [press, weather]
bars:
  weather:
    scope: conversation
    own: snow
finds:
  - - {from: immigration, text: Can you fax me the booking sheet?}
    - {from: local, text: Faxed it at noon.}
ignores:
  - - {from: local, to: local, text: Faxed the lunch menu.}
"""


def _outcome(text: str, *messages: dict[str, object]) -> str | None:
    from corpus_search.packs.pattern_pack import Example, Line

    shared = load_shared()
    (pattern,) = read_patterns(text, Path("own.yaml"), shared)
    pack = shared.pack
    example = Example(messages, Line(Path("own.yaml"), 1))
    return outcome(pattern, pack, example, tagger_for(None).record).grade


ASK: dict[str, object] = {"from": "immigration", "text": "Can you fax me the booking sheet?"}
GIVE: dict[str, object] = {"from": "local", "text": "Faxed it at noon."}


class TestClausesAndGrades:
    def test_the_best_grade_is_taken(self) -> None:
        assert _outcome(CLAUSES, ASK, GIVE) == "A"
        assert _outcome(CLAUSES, GIVE) == "C"

    def test_a_tip_that_is_taken_up_is_complete(self) -> None:
        assert _outcome(CLAUSES, GIVE, {"from": "immigration", "text": "Got it, thanks"}) == "A"

    def test_a_reference(self) -> None:
        assert _outcome(CLAUSES, ASK, {"from": "local", "text": "called you"}) == "B"

    def test_bars(self) -> None:
        assert _outcome(CLAUSES, ASK, GIVE, {"from": "local", "text": "Did you see the snow?"}) is None
        assert _outcome(CLAUSES, {"from": "local", "text": "Google alert: faxed it at noon"}) is None

    def test_the_other_way_round(self) -> None:
        assert _outcome(CLAUSES, {"from": "immigration", "text": "Faxed it at noon."}) is None


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("pattern: a\ntitle: A\nfinds: []\nignores: []", ["own.yaml:1: it needs cues:"]),
        ("pattern: a\ntitel: A", ["unknown key 'titel'; did you mean 'title'?", "own.yaml:1: 'title' is missing"]),
        (CLAUSES.replace("request THEN/14d answer", "asked THEN answer"), ["own.yaml:9: no clause 'asked'"]),
        (CLAUSES.replace("from: immigration", "from: mars"), ["own.yaml:5: no side 'mars'"]),
        (CLAUSES.replace("own: faxed", "own: '/(/'"), ["own.yaml:6: not a regular expression"]),
        (CLAUSES.replace("$called", "$phoned"), ["own.yaml:7: no words $phoned"]),
        (CLAUSES.replace("[press, weather]", "[press, tides]"), ["own.yaml:12: no bar 'tides'"]),
        (CLAUSES.replace("scope: conversation", "scope: town"), ["scope must be message or conversation"]),
        (CLAUSES.replace("title: A", "subjects: cars\ntitle: A"), ["subjects must be one of plate, person, none"]),
        ("pattern: a\ntitle: A\ncues: {x: {points: many, own: y}}\nfinds: []\nignores: []", ["'many' is no number"]),
        ("pattern: a\ntitle: A\ncues: {x: {points: 2}}\nfinds: []\nignores: []", ["own.yaml:3: it needs own:"]),
        (
            "pattern: a\ntitle: A\ncues: {x: {points: 2, own: y}}\ndespite: [rain]\nmust_say: [z]\n"
            "finds: []\nignores: []",
            ["own.yaml:4: nothing named 'rain' speaks against", "own.yaml:5: no cue 'z'; there are: x"],
        ),
        ("extends: no_such\ncues: {x: {points: 2, own: y}}", ["own.yaml:1: no pattern to extend"]),
        ("- a\n- b", ["own.yaml:1: this should be a mapping"]),
    ],
)
def test_every_fault_has_file_and_line(text: str, faults: list[str]) -> None:
    with pytest.raises(PackError) as caught:
        read_patterns(text, Path("own.yaml"), load_shared())
    for fault in faults:
        assert fault in str(caught.value)
    assert all(line.startswith("own.yaml:") for line in str(caught.value).splitlines())


def test_a_fault_is_short_however_long_the_query() -> None:
    text = CLAUSES.replace("own: faxed", "own: '/(" + "a|" * 5_000 + "/'")
    with pytest.raises(PackError) as caught:
        read_patterns(text, Path("own.yaml"), load_shared())
    assert max(map(len, str(caught.value).splitlines())) < 400


def test_the_built_in_patterns_are_the_twenty(built_in: Path) -> None:
    pack = load_patterns()
    assert len(pack.patterns) == 20
    assert all(pattern.definition and pattern.support and pattern.cues for pattern in pack.patterns)
    assert all(cue.points < 0 for cue in pack.against.values())
    assert {file.name for file in built_in.glob("*.yaml")} >= {"shared.yaml", "records.yaml", "channel.yaml"}


def test_a_researchers_pack_extends_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "extends: plate_lookup_for_ice\nneeds: 9\nasked: 3\ndespite: [press]\n"
        "cues: {owner: {points: 7, own: dueno}, named: {points: 2, most: 3, says: [la placa]}}\n",
        encoding="utf-8",
    )
    (tmp_path / "other.yaml").write_text(CLAUSES.lstrip(), encoding="utf-8")
    (tmp_path / "people.yaml").write_text("people: []\n", encoding="utf-8")
    pack = load_patterns(tmp_path)
    by_name = {pattern.name: pattern for pattern in pack.patterns}
    mine = by_name["plate_lookup_for_ice"]
    assert (mine.needs, mine.asked, mine.cues["owner"].points, mine.cues["named"].most) == (9, 3, 7, 3)
    assert "press" in mine.despite
    assert (
        mine.cues["a_plate"]
        == load_patterns().patterns[[p.name for p in pack.patterns].index(mine.name)].cues["a_plate"]
    )
    assert "sheet_by_fax" in by_name
    assert len(by_name) == 21


@pytest.mark.parametrize(
    ("entries", "text"),
    [
        (["can you run"], "Can  YOU\nrun it"),
        (["don't"], "don’t"),
        (["w/o", r"l\/p"], "w/o a l/p"),
        (["(a|b) c"], "b c"),
    ],
)
def test_ways_of_saying(entries: list[str], text: str) -> None:
    import re2

    assert re2.search(says(entries)[1:-1].replace("\\/", "/"), text)


class TestChecking:
    def test_a_good_pack(self, tmp_path: Path) -> None:
        file = tmp_path / "own.yaml"
        file.write_text(CLAUSES.lstrip(), encoding="utf-8")
        assert [(line.ok, line.text) for line in check_patterns(file)] == [
            (True, "sheet_by_fax: 2 of 2 examples as they should be")
        ]

    def test_which_clause_failed_for_which_example(self, tmp_path: Path) -> None:
        file = tmp_path / "own.yaml"
        file.write_text(CLAUSES.lstrip().replace("Faxed it at noon", "Sent it at noon"), encoding="utf-8")
        bad, summary = check_patterns(file)
        assert not bad.ok
        assert bad.text.startswith(f"{file}:17: sheet_by_fax should find this, and does not: message 1: holds request")
        assert "fails answer (line 5)" in bad.text
        assert summary.text == "sheet_by_fax: 1 of 2 examples as they should be"

    def test_which_cue_failed(self, tmp_path: Path) -> None:
        file = tmp_path / "own.yaml"
        file.write_text(
            "pattern: a\ntitle: A\nneeds: 4\ncues:\n  tea: {points: 2, own: tea}\n  milk: {points: 3, own: milk}\n"
            "finds:\n  - - {from: local, text: we have tea}\nignores:\n  - - {from: local, text: tea with milk}\n",
            encoding="utf-8",
        )
        missed, found, summary = check_patterns(file)
        assert "needs 4 points; says tea (+2); fails milk (line 6); against it: nothing" in missed.text
        assert f"{file}:10: a should not find this, and does: grade C" in found.text
        assert summary.text == "a: 0 of 2 examples as they should be"

    def test_a_new_one_from_the_template(self, tmp_path: Path) -> None:
        file = new_pattern("records_by_fax", tmp_path / "records_by_fax.yaml")
        assert all(line.ok for line in check_patterns(file))
        assert [pattern.name for pattern in load_pattern_file(file).patterns] == ["records_by_fax"]

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match="can't be read"):
            load_pattern_file(tmp_path / "none.yaml")
