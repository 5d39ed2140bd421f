"""The tagging pass over whole messages: zones, offsets, redactions, each passage once, and why a thing is no tag."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus_search.model import Message, Party, Redaction, Source, Zone
from corpus_search.tagging.found import Findings, Found, Missed
from corpus_search.tagging.overlaps import apart, unmet
from corpus_search.tagging.tagger import Tagger

LABELLED = Path(__file__).parents[2] / "fixtures" / "labelled" / "messages" / "open.jsonl"


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    return Tagger.load()


def message(text: str, *zones: Zone, redactions: tuple[Redaction, ...] = (), sender: Party | None = None) -> Message:
    source = Source("a", None, "0" * 64, "eml")
    return Message(
        "1",
        "message",
        "r",
        source,
        (),
        text,
        zones or (Zone("own", 0, len(text)),),
        sender=sender,
        redactions=redactions,
    )


def test_offsets_count_into_the_text(tagger: Tagger) -> None:
    text = "From: a@ocsd.org\n\nICE wants him.\n\nCall Anaheim\n> PD, please"
    tags = tagger.tag(message(text, Zone("header", 0, 18), Zone("own", 18, len(text))))
    assert [(tag.text, tag.zone) for tag in tags] == [("ICE", "own"), ("Anaheim\n> PD", "own")]
    assert all(text[tag.start : tag.end] == tag.text for tag in tags)


def test_furniture_is_left_out(tagger: Tagger) -> None:
    text = "ICE FOIA RELEASE\n\nHSI called."
    assert [tag.text for tag in tagger.tag(message(text, Zone("furniture", 0, 18), Zone("own", 18, len(text))))] == [
        "HSI"
    ]


def test_a_box_of_the_page_goes_before_a_written_mark(tagger: Tagger) -> None:
    text = "ask █ about it and (b)(6) too"
    tags = tagger.tag(message(text, redactions=(Redaction(4, 5, "(b)(7)(C)"),)))
    assert [(tag.kind, tag.value, tag.by) for tag in tags] == [
        ("redaction", "(b)(7)(C)", "redaction box"),
        ("redaction", "(b)(6)", "redaction mark"),
    ]


def test_a_list_of_search_terms_is_no_find_and_says_so(tagger: Tagger) -> None:
    tags, misses = tagger.explain('Search terms: "ICE", "HSI", "Border Patrol"')
    assert tags == ()
    assert {miss.reason for miss in misses if miss.kind == "agency"} == {"in a list of search terms"}


def test_a_repeated_passage_is_analysed_once(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    analysis = tagger._analysis.of

    def spy(_: object, passage: str, before: str, *, misses: bool) -> Findings:
        seen.append(passage)
        return analysis(passage, before, misses=misses)

    monkeypatch.setattr(type(tagger._analysis), "of", spy)
    text = "Lunch with HSI tomorrow.\n\nLunch with HSI tomorrow."
    tags = tagger.tag(message(text))
    assert [tag.start for tag in tags if tag.kind == "agency"] == [11, 37]
    assert seen == ["Lunch with HSI tomorrow."]


def test_the_record_holds_parties_and_tags(tagger: Tagger) -> None:
    record = tagger.record(message("HSI called.", sender=Party("Kay", "kay@ocsd.org")))
    assert record.message.sender is not None
    assert record.message.sender.groups == ("sheriff", "us-ca")
    assert [tag.text for tag in record.tags] == ["HSI"]


def test_tagging_again_gives_the_same(tagger: Tagger) -> None:
    fresh = Tagger.load()
    assert fresh.digest == tagger.digest
    for line in LABELLED.read_text(encoding="utf-8").splitlines()[:20]:
        text = json.loads(line)["text"]
        assert fresh.explain(text) == tagger.explain(text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "█", "\ud800 ICE", "ICE\x00HSI", "x" * 100_000, "🚔 Anaheim PD 🚔"])
def test_odd_texts(tagger: Tagger, text: str) -> None:
    tags, _ = tagger.explain(text)
    assert all(text[tag.start : tag.end] == tag.text for tag in tags)


def one(kind: str, start: int, end: int) -> Found:
    return Found(kind, kind, (), start, end, "t", "t")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ((one("agency", 0, 3), one("lookup", 0, 3)), ["agency"]),
        ((one("plate", 0, 7), one("agency", 0, 3)), ["plate"]),
        ((one("identifier", 0, 7), one("plate", 0, 7)), ["plate"]),
        ((one("redaction", 0, 1), one("plate", 0, 1)), ["plate", "redaction"]),
        ((one("agency", 0, 3), one("agency", 2, 5)), ["agency"]),
        ((one("lookup", 0, 3), one("plate", 4, 9)), ["lookup", "plate"]),
    ],
)
def test_what_overlaps(given: tuple[Found, ...], kept: list[str]) -> None:
    assert [found.kind for found in apart(given)] == kept


def test_a_near_miss_that_a_find_covers_is_dropped() -> None:
    misses = [
        Missed("agency", 0, 3, "a"),
        Missed("agency", 0, 3, "b"),
        Missed("plate", 0, 3, "c"),
        Missed("agency", 9, 12, "d"),
    ]
    assert [miss.reason for miss in unmet(misses, [one("agency", 9, 12)])] == ["a", "c"]
