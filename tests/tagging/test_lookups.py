"""Look-ups as they are asked for, done and answered in terse mail, and what only sounds like one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from corpus_search.packs.lookup_pack import load_lookups
from corpus_search.tagging.analysis import Analysis
from corpus_search.tagging.found import Found
from corpus_search.tagging.lookups import LookupFinder
from corpus_search.tagging.lookups.systems import SystemNames
from corpus_search.tagging.tagger import Tagger

MARK = re.compile(r"\[(?P<group>rq|pf|rs|sy):(?P<text>[^\]]+)\]")
GROUPS = {"rq": "request", "pf": "perform", "rs": "result", "sy": "system"}
TEXTS = [
    line.replace("⏎", "\n")
    for line in Path(__file__).with_name("lookups.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return Analysis()


@pytest.mark.parametrize("marked", TEXTS)
def test_what_is_marked_is_found_and_nothing_else(analysis: Analysis, marked: str) -> None:
    text = MARK.sub(lambda mark: mark["text"], marked)
    found = [one for one in analysis.of(text, "").found if one.kind == "lookup"]
    wanted = [(GROUPS[mark["group"]], mark["text"]) for mark in MARK.finditer(marked)]
    assert [(one.groups[0], text[one.start : one.end]) for one in found] == wanted


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Policy: please run a plate in CLETS for duty only.", "no act is done in this sentence"),
        ("can you check the room", "no plate, record or system near it"),
        ("Please check the register and the gdb config for the plate", "talk of software"),
        ("LEARN of it", "without a word near it that shows the system"),
        ("our TLO bulletin", "is something else"),
        ("he came back to work with a plate", "words of another use"),
        ("The clerk will be out. Automatic reply: please run 7ABC123", "press, training or an automatic reply"),
        ("Can you see if 7ABC123 comes back stolen", "not done, or only may be"),
        ("Can you see who 7ABC123 comes back to", "asked in this sentence, not answered"),
        ("could you forward the agenda", "no plate, number or record in its sentence"),
    ],
)
def test_a_near_miss_says_why(text: str, reason: str) -> None:
    assert any(reason in miss.reason for miss in Tagger.load().explain(text)[1] if miss.kind == "lookup"), reason


def test_what_goes_before_a_passage_vouches(analysis: Analysis) -> None:
    assert [one.groups for one in analysis.of("can you check it", "Plate 7ABC123 was parked there.").found] == [
        ("request",)
    ]
    assert analysis.of("can you check it", "The printer is down.").found == []
    assert analysis.of("it came back clear", "I sent 7ABC123 over").found != []


def test_a_return_of_vehicle_records_is_one_result(analysis: Analysis) -> None:
    text = "REG VALID FROM: 04/11/18 TO 04/11/19\nLIC#:7ABC123 YRMD:14 MAKE:TOYT BTM:4D\nC.C.:00 POWR:G"
    [one] = [one for one in analysis.of(text, "").found if one.kind == "lookup"]
    assert (one.groups, one.by, text[one.start : one.end]) == (("result",), "return", "REG VALID FROM")


def test_an_own_pack_adds_systems_and_acts(tmp_path: Path) -> None:
    (tmp_path / "lookups.yaml").write_text(
        "systems:\n  - {value: Tri-Net, exact: [TRINET], finds: ['ran it in TRINET'], ignores: ['x']}\n"
        "acts:\n  - {id: mine, act: request, needs: nothing, ways: [shake the tree on],"
        " finds: ['shake the tree on him'],"
        " ignores: ['shake it']}\n",
        encoding="utf-8",
    )
    tags, _ = Tagger.load(tmp_path).explain("Can somebody shake the tree on this guy in TRINET")
    assert [(tag.value, tag.by) for tag in tags if tag.kind == "lookup"] == [
        ("request", "mine"),
        ("Tri-Net", "Tri-Net"),
    ]


PACK = load_lookups()
FINDER = LookupFinder(PACK)
PIECES = st.sampled_from(
    [word for words in PACK.lists.values() for word in words[:12]]
    + [text for act in PACK.acts for text in act.finds]
    + [text for system in PACK.systems for text in (*system.names, *system.exact)]
    + ["REG VALID FROM", "YRMD", "R/O", "plate", "7ABC123", "the", "and", ".", "\n"]
)
DRAWN = st.lists(PIECES, min_size=1, max_size=5).map(" ".join)


@settings(max_examples=600, deadline=None)
@given(DRAWN)
def test_the_cheap_look_loses_nothing(text: str) -> None:
    if FINDER.find(text).found:
        assert FINDER.may_hold(text)


@settings(max_examples=400, deadline=None)
@given(DRAWN, st.one_of(st.just(""), DRAWN))
def test_what_nothing_can_vouch_for_need_not_be_looked_for(text: str, before: str) -> None:
    things = [
        Found("plate", found[0], (), found.start(), found.end(), "", "") for found in re.finditer("7ABC123", text)
    ]
    assert FINDER.find(text, before, things, misses=False).found == FINDER.find(text, before, things).found


NAMED = [
    name for system in PACK.systems for name in (*system.names, *system.exact, *(one.text for one in system.doubtful))
]
JOINED = st.lists(
    st.tuples(
        st.sampled_from([*NAMED, "the", "RUN"]), st.sampled_from([" ", "/", "\n", "", "’s ", "-", "_", "@", "/CA "])
    ),
    min_size=1,
    max_size=5,
).map(lambda parts: "".join(word + joint for word, joint in parts))


@settings(max_examples=600, deadline=None)
@given(JOINED)
def test_a_system_is_named_wherever_its_name_stands(text: str) -> None:
    names = SystemNames(PACK.systems)
    spans = [(one.start(), one.end()) for one in names._named(text)]
    for several in names._names.values():
        for _, expression, _ in several:
            for sought in re.finditer(expression, text, re.ASCII):
                assert any(start < sought.end() and sought.start() < end for start, end in spans)


def test_the_texts_drawn_do_hold_look_ups() -> None:
    find(DRAWN, lambda text: len(FINDER.find(text).found) >= 2)
