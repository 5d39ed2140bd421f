"""Agencies in texts such as police and jail mail hold: what must be tagged, with its span, and nothing else."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.packs.agency_kinds import load_kinds
from corpus_search.packs.agency_pack import load_agencies
from corpus_search.tagging.agencies import AgencyFinder
from corpus_search.tagging.fences import inside, search_terms

MARKED = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
TEXTS = [
    line.replace("⏎", "\n")
    for line in Path(__file__).with_name("agencies.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def found(agencies: AgencyFinder, text: str) -> list[str]:
    fences = search_terms(text)
    return [text[one.start : one.end] for one in agencies.find(text).found if not inside(one.start, one.end, fences)]


@pytest.mark.parametrize("marked", TEXTS)
def test_what_is_marked_is_found_and_nothing_else(agencies: AgencyFinder, marked: str) -> None:
    text = MARKED.sub(r"\1", marked)
    assert found(agencies, text) == MARKED.findall(marked)
    assert not MARKED.search(marked) or agencies.may_hold(text)


@pytest.mark.parametrize("agency", [one for one in load_agencies().agencies if one.finds], ids=lambda one: one.id)
def test_each_entry_meets_its_own_examples(agencies: AgencyFinder, agency) -> None:
    for text in agency.finds:
        assert agency.name in [one.value for one in agencies.find(text).found], (agency.where, text)
    for text in agency.ignores:
        assert agency.name not in [one.value for one in agencies.find(text).found], (agency.where, text)


@pytest.mark.parametrize("kind", load_kinds().kinds, ids=lambda one: one.id)
def test_each_kind_meets_its_own_examples(agencies: AgencyFinder, kind) -> None:
    for text in kind.finds:
        assert found(agencies, text), (kind.where, text)
    for text in kind.ignores:
        assert not found(agencies, text), (kind.where, text)


@pytest.mark.parametrize(
    ("text", "value", "groups"),
    [
        ("Anaheim PD", "Anaheim Police Department", {"police", "us-ca"}),
        ("Kern Co Sheriff", "Kern County Sheriff", {"sheriff", "us-ca"}),
        ("Attleboro MA PD", "Attleboro Police Department", {"police", "us-ma"}),
        ("OC Sheriff", "Orange County Sheriff-Coroner Department", {"sheriff", "us-ca"}),
        ("Orange County Sheriff’s Department", "Orange County Sheriff-Coroner Department", {"sheriff", "us-ca"}),
        ("ICE/ERO", "Enforcement and Removal Operations", {"immigration", "federal"}),
        ("1CE detainer", "Immigration and Customs Enforcement", {"immigration", "federal"}),
        ("HSI", "Homeland Security Investigations", {"immigration", "federal"}),
        ("YOLO COUNTY JAIL", "Yolo County Jail", {"jail", "us-ca"}),
        ("Texas DPS", "Texas Department of Public Safety", {"state", "police", "us-tx"}),
        ("Oregon DMV", "Oregon DMV", {"dmv", "state", "us-or"}),
        ("Flock Safety - Eugene OR PD", "Eugene Police Department", {"police", "us-or"}),
        ("Burbank-Glendale-Pasadena Airport Police", "Burbank-Glendale-Pasadena Airport Police", {"police"}),
        ("salinas pd", "Salinas Police Department", {"police", "us-ca"}),
    ],
)
def test_canonical_name_and_groups(agencies: AgencyFinder, text: str, value: str, groups: set[str]) -> None:
    [one] = agencies.find(text).found
    assert (one.value, set(one.groups)) == (value, groups)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("black ice on the grade", "frozen water"),
        ("ICE CREAM social", "goes with"),
        ("his BP was 140/90", "140/90"),
        ("CHP 180 form", "number"),
        ("his immigration status", "subject"),
        ("the ice is nice", "without a word near it"),
        ("an eval board from TorvexPD is on my desk", "no list knows"),
        ("got a dev kit from Torvex PD and bricked the bootloader", "no list knows"),
        ("the other TAPs work via the ICE after booting", "technical"),
        ("Best regards,\nDEA bv", "business"),
    ],
)
def test_a_near_miss_says_why(agencies: AgencyFinder, text: str, reason: str) -> None:
    assert any(reason in one.reason for one in agencies.find(text).missed)


def test_an_own_pack_adds_agencies_and_places(tmp_path: Path) -> None:
    (tmp_path / "agencies.yaml").write_text(
        "agencies:\n  - {id: TRI, name: Tri-Rivers Task Force, groups: [task_force], names: [tri-rivers task force],"
        " exact: [TRTF], finds: ['TRTF'], ignores: ['x']}\n",
        encoding="utf-8",
    )
    (tmp_path / "places.csv").write_text("place,states\nZyxburg,CA\n", encoding="utf-8")
    mine = AgencyFinder(tmp_path)
    assert [one.value for one in mine.find("TRTF and Zyxburg PD").found] == [
        "Tri-Rivers Task Force",
        "Zyxburg Police Department",
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=120)
    | st.lists(st.sampled_from(["ICE", "Anaheim", "PD", "\n", " ", "é", "🚔", "ſ", "İ"])).map("".join)
)
def test_spans_are_of_the_text_and_do_not_overlap(agencies: AgencyFinder, text: str) -> None:
    end = 0
    for one in agencies.find(text).found:
        assert end <= one.start < one.end <= len(text)
        assert not text[one.start].isspace()
        assert not text[one.end - 1].isspace()
        end = one.end


def test_long_and_hostile_passages_take_linear_time(agencies: AgencyFinder) -> None:
    start = time.perf_counter()
    for text in (
        "ICE " * 1500,
        "Police " * 900,
        "A" * 6000,
        "County " * 850,
        "of the " * 850,
        "(" * 6000,
        "I C E " * 1000,
    ):
        agencies.find(text)
    assert time.perf_counter() - start < 90
