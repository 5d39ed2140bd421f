"""What decides: where words, tags and expressions stand, near each other and in zones; tags by value; rank."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.errors import CorpusSearchError, ExitCode, PartMissing, QueryError
from corpus_search.model import Conversation, Message, Reason, Record, Source, Span, Tag, Zone
from corpus_search.query import has_then, match, match_conversation, parse, steps_of
from corpus_search.query.rank import MOST, Counted, counts_of, found_of, scored, together
from corpus_search.query.tag_values import names_meet, plate_meets, tag_meets
from corpus_search.query.view import KEPT, View, view_of
from corpus_search.query.words import tokens

HEADER = "Subject: plate check\n\n"
TEXT = HEADER + "can you run 7ABC-123 for Sheriff's ICE task, the plate is 7ABC 123.\n\nDan Ruiz"
OWN_END = TEXT.index("Dan Ruiz")


def tag(kind: str, value: str | None, text: str, *groups: str, zone: str = "own", by: str = "rule") -> Tag:
    start = TEXT.index(text)
    return Tag(kind, value, groups, text, start, start + len(text), zone, by, "why")  # type: ignore[arg-type]


RECORD = Record(
    Message(
        "m",
        "message",
        "R",
        Source("a.mbox", None, "", "mbox"),
        (),
        TEXT,
        (Zone("header", 0, len(HEADER)), Zone("own", len(HEADER), OWN_END), Zone("signature", OWN_END, len(TEXT))),
    ),
    (
        tag("plate", "7ABC123", "7ABC-123"),
        tag("plate", "7ABC123", "7ABC 123"),
        tag("agency", "Immigration and Customs Enforcement", "ICE", "immigration", "federal"),
        tag("lookup", "request", "can you run", "request", by="ask"),
    ),
)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("plate", ["plate", "plate"]),
        ("7abc123", ["7ABC-123", "7ABC 123"]),
        ("7ABC-123", ["7ABC-123", "7ABC 123"]),
        ("sheriffs", ["Sheriff's"]),
        ("sheriff", ["Sheriff"]),
        ("sheriff*", ["Sheriff's"]),
        ("7abc-1*", ["7ABC-123", "7ABC 123"]),
        ("*riff*", ["Sheriff's"]),
        ("shreiff~", ["Sheriff's"]),
        ('"can you run"', ["can you run"]),
        ('"run"', ["run"]),
        ('"you can"', None),
        ("/7ABC[ -]?123/", ["7ABC-123", "7ABC 123"]),
        ("/x*/", None),
        ("run NEAR/2 you", ["you run"]),
        ("run BEFORE/2 you", None),
        ("you BEFORE/1 run", ["you run"]),
        ("can NEAR/1 run", None),
        ("can NEAR/2 run", ["can you run"]),
        ("run NEAR/3 plate:7ABC123", ["run 7ABC-123"]),
        ("plate:* NEAR/2 (for OR is)", ["7ABC-123 for", "is 7ABC 123"]),
        ("/you/ NEAR/1 /run/", ["you run"]),
        ("run NEAR/0 run", None),
        ("plate:7ABC123", ["7ABC-123", "7ABC 123"]),
        ("agency:ICE", ["ICE"]),
        ("agency:immigration", ["ICE"]),
        ("lookup:ask", ["can you run"]),
        ("agency:police", None),
        ("header:plate", ["plate"]),
        ("own:(plate -zebra)", ["plate"]),
        ("signature:ruiz", ["Ruiz"]),
        ("signature:plate", None),
        ("quoted:plate", None),
        ("own:(header:plate)", None),
        ("own:own:plate", ["plate"]),
        ("own:plate:*", ["7ABC-123", "7ABC 123"]),
        ("header:plate:*", None),
        ("plate plate", ["plate", "plate"]),
        ("run -zebra", ["run"]),
        ("run -plate", None),
        ("zebra OR run", ["run"]),
        ("zebra OR lion", None),
        ("run THEN zebra", ["run"]),
    ],
)
def test_where_it_is_met(query: str, places: list[str] | None) -> None:
    reasons = match(parse(query), RECORD)
    found = None if reasons is None else [TEXT[one.span.start : one.span.end] for one in reasons if one.span]
    assert found == places


def test_reasons_name_the_clause_and_the_tag() -> None:
    reasons = match(parse("run plate:7ABC123 NOT zebra"), RECORD) or ()
    assert [(reason.clause, reason.tag is not None) for reason in reasons] == [
        ("run", False),
        ("plate:7ABC123", True),
        ("plate:7ABC123", True),
    ]


def test_a_text_without_words() -> None:
    bare = Record(
        Message("b", "message", "R", Source("a", None, "", "mbox"), (), "█ --", ()),
        (Tag("redaction", None, (), "█", 0, 1, "own", "r", "w"),),
    )
    assert match(parse("redaction:*"), bare) == (Reason("redaction:*", Span(0, 1), bare.tags[0]),)
    assert match(parse("a*"), bare) is None


def test_views_are_kept_for_the_records_asked_last() -> None:
    records = [Record(Message(str(at), "message", "R", RECORD.message.source, (), "a", ())) for at in range(KEPT + 5)]
    views = [view_of(record) for record in records]
    assert view_of(records[-1]) is views[-1]
    assert view_of(records[0]) is not views[0]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", "a-b"]), max_size=12), st.integers(0, 4), st.booleans())
def test_near_is_what_its_definition_says(words: list[str], distance: int, ordered: bool) -> None:
    text = " ".join(words)
    record = Record(Message("m", "message", "R", RECORD.message.source, (), text, ()))
    places = {term: {one.position for one in tokens(text) if one.term == term} for term in ("a", "b")}
    expected = {
        (min(one, other), max(one, other))
        for one in places["a"]
        for other in places["b"]
        if 0 < (other - one if ordered else abs(other - one)) <= distance
    }
    found = match(parse(f"a {'BEFORE' if ordered else 'NEAR'}/{distance} b"), record) or ()
    view = View(record)
    assert {(view.met(*one.span).first, view.met(*one.span).last) for one in found if one.span} == expected


@pytest.mark.parametrize(
    ("plate", "groups", "asked", "twins", "met"),
    [
        ("7ABC123", (), "7abc-123", False, True),
        ("7ABC123", (), "7ABC124", False, False),
        ("7ABC123", (), "7ABC12?", False, True),
        ("7ABC123", (), "7ABC1?", False, False),
        ("7ABC12?", (), "7ABC123", False, True),
        ("7ABC123", (), "7ABC*", False, True),
        ("7ABC123", (), "*123", False, True),
        ("7ABC123", (), "7A8C123", False, False),
        ("7ABC123", (), "7A8C123", True, True),
        ("7ABC1O3", (), "7ABC103", True, True),
        ("7ABC1O?", (), "7ABC1Q3", True, True),
        (None, ("redacted",), "redacted", False, True),
        (None, (), "7ABC123", False, False),
        ("7ABC123", ("us-ca",), "US-CA", False, True),
    ],
)
def test_plates(plate: str | None, groups: tuple[str, ...], asked: str, twins: bool, met: bool) -> None:
    assert plate_meets(plate, groups, asked, twins) is met
    one = Tag("plate", plate, groups, "x", 0, 1, "own", "r", "w")
    assert tag_meets(one, asked, twins) is met


@pytest.mark.parametrize(
    ("name", "asked", "met"),
    [
        ("Immigration and Customs Enforcement", "ICE", True),
        ("Immigration and Customs Enforcement", "immigration and customs enforcement", True),
        ("Immigration and Customs Enforcement", "immigration*", True),
        ("Immigration and Customs Enforcement", "*customs*", True),
        ("Immigration and Customs Enforcement", "customs", False),
        ("Sheriff’s Department", "sheriffs department", True),
        ("Sheriff’s Department", "SD", True),
        (None, "ICE", False),
        ("x", "police", True),
    ],
)
def test_names(name: str | None, asked: str, met: bool) -> None:
    assert names_meet(name, ("police",), asked) is met


@pytest.mark.parametrize(("asked", "met"), [("*", True), ("as it stands", True), ("THE-RULE", True), ("other", False)])
def test_other_ways_to_a_tag(asked: str, met: bool) -> None:
    assert tag_meets(Tag("lookup", "request", (), "As it stands", 0, 12, "own", "the-rule", "w"), asked) is met


def test_steps_of_a_conversation() -> None:
    tree = parse("run THEN/2d plate THEN ruiz")
    assert has_then(tree)
    assert not has_then(parse("run plate"))
    assert steps_of(tree) == [(parse("run"), None), (parse("plate"), 2.0), (parse("ruiz"), None)]

    def said(at: int, text: str) -> Record:
        date = f"2018-03-0{at}T08:00:00-08:00"
        return Record(Message(str(at), "message", "R", RECORD.message.source, (), text, (), date=date))

    records = (said(1, "run it"), said(2, "the plate"), said(3, "plate of Ruiz"), said(4, "ruiz"), said(5, "nothing"))
    found = match_conversation(tree, Conversation("t", records)) or []
    assert [record.message.id for record, _ in found] == ["1", "2", "3", "4"]
    assert [reason.clause for reason in {one.message.id: met for one, met in found}["3"]] == ["plate", "ruiz"]
    assert match_conversation(parse("ruiz THEN run"), Conversation("t", records)) is None


def test_rank() -> None:
    assert counts_of([Reason("a")] * (MOST + 9) + [Reason("b")]) == {"a": MOST, "b": 1}
    hits = [Counted(1, {"a": 1}, 100), Counted(2, {"a": 3}, 100), Counted(3, {"a": 3, "rare": 1}, 100)]
    found = found_of([*hits, Counted(4, {"a": 3}, 900)])
    order = [number for _, number in sorted(zip(scored(found), found.numbers.tolist(), strict=True), reverse=True)]
    assert order == [3, 2, 1, 4] or order == [3, 2, 4, 1]
    assert found.only(found.numbers > 2).numbers.tolist() == [3, 4]
    assert scored(found_of([])).tolist() == []


def test_what_two_ways_found_is_counted_together() -> None:
    one = found_of([Counted(7, {"a": 2, "b": 1}, 10), Counted(2, {"a": 1}, 5)])
    other = found_of([Counted(7, {"a": MOST}, 10), Counted(9, {"c": 1}, 6)])
    both = together([one, other])
    assert both.numbers.tolist() == [2, 7, 9]
    assert both.lengths.tolist() == [5, 10, 6]
    assert {clause: met.tolist() for clause, met in both.counts.items()} == {
        "a": [1, MOST, 0],
        "b": [0, 1, 0],
        "c": [0, 0, 1],
    }


@given(
    st.lists(
        st.builds(
            Counted,
            st.integers(1, 10**6),
            st.dictionaries(st.sampled_from("abcd"), st.integers(1, MOST), max_size=4),
            st.integers(0, 5000),
        ),
        max_size=30,
        unique_by=lambda one: one.number,
    )
)
def test_scores_are_what_their_formula_says(hits: list[Counted]) -> None:
    met = Counter(clause for hit in hits for clause in hit.counts)
    for hit, score in zip(hits, scored(found_of(hits)), strict=True):
        norm = 1.2 * (0.25 + 0.75 * hit.length / 200)
        expected = sum(
            (1 + math.log1p((len(hits) - met[clause] + 0.5) / (met[clause] + 0.5))) * count * 2.2 / (count + norm)
            for clause, count in hit.counts.items()
        )
        assert score == pytest.approx(expected, abs=1e-6)


def test_errors_carry_their_exit_code() -> None:
    assert CorpusSearchError("x").exit_code == ExitCode.COULD_NOT == 2
    assert PartMissing("x").exit_code == 4
    error = QueryError("m", "query", 2, 4)
    assert (str(error), error.query, error.start, error.end) == ("m", "query", 2, 4)
