from __future__ import annotations

from pathlib import Path

import pytest

from corpus_search.errors import PackError
from corpus_search.packs.agency_kinds import load_context, load_kinds, read_kinds
from corpus_search.packs.agency_pack import load_agencies, read_agencies
from corpus_search.packs.digest import digest
from corpus_search.packs.party_pack import PartyPack

GROUPS = {
    "immigration", "federal", "state", "police", "sheriff", "jail", "probation", "prosecutor", "dmv", "court", "fusion",
    "task_force", "vendor", "corrections",
}  # fmt: skip


def test_the_built_in_pack_is_whole() -> None:
    pack = load_agencies()
    named = [one for one in pack.agencies if not one.id.startswith("local:")]
    assert len({one.id for one in named}) == len(named)
    for one in pack.agencies:
        assert one.groups, one.where
        assert {group for group in one.groups if not group.startswith("us-")} <= GROUPS, one.where
    assert all(one.finds and one.ignores for one in named)
    assert len(pack.agencies) > 1_300
    assert len(pack.places) > 4_000
    assert all(kind.finds and kind.ignores for kind in load_kinds().kinds)
    assert load_context().police


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "agencies:\n  - {id: A, nam: B}",
            ["p:2: unknown key 'nam'; did you mean 'name'?", "p:2: 'groups' is missing", "p:2: 'finds' is missing"],
        ),
        (
            "agencies:\n  - {id: A, name: B, groups: [x], finds: [a], ignores: [b],"
            " doubtful: [{text: C, near: polic}]}",
            ["no cues 'polic'"],
        ),
        ("agencys: []", ["p:1: unknown key 'agencys'; did you mean 'agencies'?", "p:1: 'agencies' is missing"]),
        ("", ["p:1: 'agencies' is missing"]),
        ("cues: {police: [a]}\nagencies:\n  - x", ["p:3: this should be a mapping"]),
    ],
)  # fmt: skip
def test_faults_of_agencies(text: str, faults: list[str]) -> None:
    with pytest.raises(PackError) as error:
        read_agencies(text, "p", {"police": ("officer",)})
    for fault in faults:
        assert fault in str(error.value)


def test_faults_of_kinds() -> None:
    with pytest.raises(PackError, match="k:2: 'official' is missing"):
        read_kinds("kinds:\n  - {id: a, groups: [b], full: [c], finds: [d], ignores: [e]}", "k")


def test_faults_of_tables(tmp_path: Path) -> None:
    (tmp_path / "domains.csv").write_text("domain,agency\nx.org,X\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"domains\.csv:2: a row needs the columns domain, match"):
        PartyPack(tmp_path)
    (tmp_path / "places.csv").write_text("town\nX\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"places\.csv:1: the first line must name"):
        load_agencies(tmp_path)


def test_an_own_domain_goes_before(tmp_path: Path) -> None:
    (tmp_path / "domains.csv").write_text(
        "domain,match,agency,groups,state,shared\nocsd.org,suffix,Mine,jail,CA,\n", encoding="utf-8"
    )
    assert PartyPack(tmp_path).listed["ocsd.org"][1].agency == "Mine"


def test_the_digest_changes_with_any_pack(tmp_path: Path) -> None:
    bare = digest()
    assert digest() == bare
    assert digest(tmp_path) == bare
    (tmp_path / "agencies.yaml").write_text("agencies: []", encoding="utf-8")
    one = digest(tmp_path)
    (tmp_path / "agencies.yaml").write_text("agencies: [ ]", encoding="utf-8")
    assert len({bare, one, digest(tmp_path)}) == 3
