"""The second opinion on look-ups: acts that no phrase knows, acts of the packs that are none, what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.packs.lookup_pack import LookupPack, load_lookups
from corpus_search.packs.lookup_reading import Reading, load_reading
from corpus_search.tagging.analysis import Analysis
from corpus_search.tagging.found import Found
from corpus_search.tagging.lookups import LookupFinder
from corpus_search.tagging.lookups.reading import ACTS, Passage, shares, words_in
from corpus_search.tagging.lookups.second import BY

PACK = load_lookups()
# Read by the packs alone, and with what was learnt.
ALONE, BOTH = LookupFinder(PACK, reading=Reading()), LookupFinder(PACK)
LEARNT = load_reading()
LABELLED = Path(__file__).parents[2] / "fixtures" / "labelled" / "sentences"
TAUGHT = [json.loads(line)["text"] for line in (LABELLED / "taught.jsonl").read_text(encoding="utf-8").splitlines()]
WORDS = sorted({word for text in TAUGHT for word in text.split()})
TEXTS = st.one_of(st.sampled_from(TAUGHT), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))


def acts(finder: LookupFinder, text: str) -> list[Found]:
    """The acts that a finder finds in a text without anything else."""
    return [one for one in finder.find(text).found if one.groups[0] in ACTS]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return Analysis()


def test_an_act_that_only_reads_like_one_says_what_told_it(analysis: Analysis) -> None:
    text = "The readers picked the truck up eleven times, plate 7HXK204, per dispatch."
    found = [one for one in analysis.of(text, "").found if one.by == BY]
    assert [(one.value, text[one.start : one.end].split()[0]) for one in found] == [("result", "picked")]
    assert "reads like an answer: 0." in found[0].why
    assert "“" in found[0].why.partition("(")[2]  # the words that told it


def test_an_act_that_reads_like_none_says_so() -> None:
    act = next(act for act in PACK.acts if act.needs == "nothing" and act.finds)
    against = Reading({"bias": (-9.0, -9.0, -9.0)}, frozenset({"run"}))
    findings = LookupFinder(PACK, reading=against).find(act.finds[0])
    assert acts(ALONE, act.finds[0])
    assert not [one for one in findings.found if one.groups[0] in ACTS]
    assert any("reads like none: 0.00 of 1" in one.reason for one in findings.missed)


def test_what_researchers_wrote_stands_whatever_it_reads_like(tmp_path: Path) -> None:
    (tmp_path / "lookups_mine.yaml").write_text(
        "acts:\n- id: mine\n  act: perform\n  needs: nothing\n  ways: [fed the beast]\n  finds: []\n  ignores: []\n",
        encoding="utf-8",
    )
    finder = LookupFinder(own=tmp_path, reading=Reading({"bias": (-9.0, -9.0, -9.0)}, frozenset({"beast"})))
    assert [one.by for one in acts(finder, "I fed the beast again.")] == ["mine"]


@pytest.mark.parametrize(
    "text",
    [
        "We have three cars down for service and nobody to cover.",  # of the trade one word only
        "Stronger interdiction has also made it harder and costlier to get products in.",
        "Could you provide details about your testing environment?",
        "Per policy no plate is run for ICE, whoever has the vehicle or the warrant asks.",
        "In a press release the sheriff said deputies had come up with two vehicles and a suspect.",
    ],
)
def test_ordinary_mail_and_policy_stay_clean(analysis: Analysis, text: str) -> None:
    assert [one for one in analysis.of(text, "").found if one.by == BY] == []


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_without_what_was_learnt_the_packs_stand_alone(text: str) -> None:
    nothing = LookupFinder(LookupPack((), (), {}, PACK.words), reading=Reading())
    assert acts(nothing, text) == []
    assert all(one.by != BY for one in ALONE.find(text).found)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_it_adds_acts_apart_from_those_of_the_packs_and_lets_their_others_be(text: str) -> None:
    both = acts(BOTH, text)
    kept = {(one.start, one.end, one.by) for one in both if one.by != BY}
    assert kept <= {(one.start, one.end, one.by) for one in acts(ALONE, text)}
    added = [one for one in both if one.by == BY]
    assert not any(one.start < end and start < one.end for one in added for start, end, _ in kept)
    assert BOTH.may_hold(text) or not both


def test_the_laws_are_not_empty() -> None:
    added = sum(one.by == BY for text in TAUGHT for one in acts(BOTH, text))
    assert added > 50
    assert sum(len(acts(ALONE, text)) for text in TAUGHT) > 50


@given(st.text(max_size=80))
def test_words_keep_their_places_and_shares_are_of_one(text: str) -> None:
    passage = Passage(text, [])
    for at, word in enumerate(passage.words):
        if word.text[0] not in "<#":
            assert text[word.start : word.end].lower().replace("’", "'") == word.text
        each = shares(passage.signs(at), LEARNT)
        assert 0 <= min(each) <= sum(each) <= 1.000001


def test_what_was_found_is_one_word() -> None:
    assert [word.text for word in words_in("Ran 0P00000 in 0S00\nat 0A0000, 10:30 on 3/4.")] == [
        *("ran", "<plate>", "in", "<system>", "at", "<agency>", ",", "#time", "on", "#date", "."),
    ]  # fmt: skip
