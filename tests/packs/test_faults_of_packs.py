"""What is wrong in a researcher's packs of look-ups and identifiers is told by file and line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_search.errors import PackError
from corpus_search.packs.identifier_pack import load_identifiers, read_identifiers
from corpus_search.packs.lookup_pack import load_lookups, read_lookups


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "acts:\n  - {id: a, act: ask, needs: luck, at: end, ways: [x], finds: [x], ignores: [y]}",
            [
                "l:2: act: 'ask' is not one of request, perform, result",
                "l:2: needs: 'luck' is not one of",
                "at: 'end' is not beginning",
            ],
        ),
        ("systems:\n  - {valu: X, finds: [a], ignores: [b]}", ["l:2: unknown key 'valu'; did you mean 'value'?"]),
        ("acs: []", ["l:1: unknown key 'acs'; did you mean 'acts'?"]),
    ],
)
def test_look_ups(text: str, faults: list[str]) -> None:
    with pytest.raises(PackError) as error:
        read_lookups(text, "l")
    for fault in faults:
        assert fault in str(error.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "entries:\n  - {id: a, called: b, cues: [c], shape: '(', value: digits, finds: [], ignores: []}",
            "no regular expression",
        ),
        (
            "entries:\n  - {id: a, called: b, cues: [c], shape: x, marked: dash, value: d, finds: [], ignores: []}",
            "marked: 'dash' is neither colon nor said",
        ),
        ("entrys: []", "i:1: unknown key 'entrys'; did you mean 'entries'?"),
    ],
)
def test_identifiers(text: str, fault: str) -> None:
    with pytest.raises(PackError) as error:
        read_identifiers(text, "i")
    assert fault in str(error.value)


def test_a_researcher_s_own_go_before(tmp_path: Path) -> None:
    (tmp_path / "lookups.yaml").write_text(
        "systems:\n  - {value: Tri-Net, exact: [TRINET], doubtful: [{text: TN3, near: [$query]}],"
        " finds: ['ran it in TRINET'], ignores: ['x']}\n",
        encoding="utf-8",
    )
    (tmp_path / "identifiers.yaml").write_text(
        "entries:\n  - {id: locker, called: a locker, cues: [locker], shape: '\\d{4}', value: digits,"
        " finds: [{text: 'locker 1234', values: ['1234']}], ignores: ['locker']}\n",
        encoding="utf-8",
    )
    pack = load_lookups(tmp_path)
    assert pack.systems[0].value == "Tri-Net"
    assert "ran" in pack.systems[0].doubtful[0].near
    assert load_identifiers(tmp_path).kinds[0].id == "locker"
