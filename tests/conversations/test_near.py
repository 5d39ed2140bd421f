"""The same message in other words: sketches, likeness, and what is joined by them; never what a header keeps apart."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.conversations import likeness as likeness_module
from corpus_search.conversations.facts import LinkFacts
from corpus_search.conversations.groups import Groups
from corpus_search.conversations.likeness import (
    BINS,
    ROWS,
    agreement,
    bands,
    likeness,
    pairs_of_words,
    placed_words,
    sketch,
    words,
)
from corpus_search.conversations.near import MANY, join_near
from corpus_search.conversations.on_disk import FactsOnDisk

TEXT = (
    "Hey Andy, got another one for you. Can you run 7XKD204 and tell me who the registered owner is? "
    "Gray Tacoma, parks by the swap meet on Sundays. No rush, whenever you get a minute is fine with me."
)
READ_BY_OCR = TEXT.replace("another", "anothcr").replace("7XKD204", "7XKD2O4").replace("Tacoma,", "Tacorna.")
REDACTED = TEXT.replace("7XKD204", "█").replace("Gray Tacoma", "█").replace("Andy", "█")
CUT = TEXT[: TEXT.index("Gray")]
OTHER = (
    "Lunch is moved to noon on Friday, the place on Main with the patio, bring the twelve forms from last week please."
)
RUIZ = (("from", "Ruiz, Daniel", "druiz@anaheim.example"),)
MISREAD = (("from", "Rulz, Danlel", "dru1z@anahelm.example"),)


def fact(name: str, text: str, **changes: object) -> LinkFacts:
    """A message of Ruiz, without message id unless one is given."""
    base = LinkFacts(
        n=0,
        id=name,
        kind="message",
        within=None,
        quoted=False,
        date="2018-03-06T08:12:00",
        subject="plate",
        message_id=None,
        in_reply_to=None,
        references=(),
        thread_index=None,
        body_digest=text,
        people=RUIZ,
        sketch=sketch(text),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def joined(*facts: LinkFacts, known: Sequence[tuple[str, str]] = ()) -> dict[str, list[str]]:
    """The groups of at least two ids, by the smallest, when these were `known` to be the same before."""
    facts = tuple(replace(one, n=n) for n, one in enumerate(facts, start=1))
    number = {one.id: one.n for one in facts}
    texts = {one.n: one.body_digest for one in facts}
    groups = Groups()
    for one, other in known:
        groups.join(number[one], number[other])

    def own(numbers: Iterable[int]) -> Mapping[int, str]:
        return {n: texts[n] for n in numbers}

    with FactsOnDisk(facts) as held:
        join_near(held, own, groups)
    by_root: dict[int, list[str]] = {}
    for one in sorted(facts, key=lambda one: one.id):
        by_root.setdefault(groups.find(one.n), []).append(one.id)
    return {names[0]: names for names in by_root.values() if len(names) > 1}


TOGETHER = {"a": ["a", "b"]}


@pytest.mark.parametrize(
    ("other", "changes"),
    [
        (REDACTED, {}),
        (READ_BY_OCR, {"people": MISREAD, "subject": "p1ate"}),
        (CUT, {"date": "2018-03-06T08:12:00", "people": ()}),
        (READ_BY_OCR, {"date": None, "subject": "pIate"}),
        (TEXT, {"date": None, "subject": None, "people": ()}),
        (CUT, {"date": None}),
        (TEXT, {"date": "2018-03-06T11:12:00"}),  # quoted in another time zone, no offsets written
        (TEXT, {"date": "2018-03-06"}),
        (TEXT, {"date": None, "within": "host", "quoted": True}),
    ],
)
def test_the_same_message_in_other_words(other: str, changes: dict[str, object]) -> None:
    assert joined(fact("a", TEXT), fact("b", other, **changes)) == TOGETHER


@pytest.mark.parametrize(
    ("other", "changes"),
    [
        (OTHER, {}),
        (TEXT, {"date": "2018-03-13T08:12:00"}),  # the same words a week later
        (TEXT, {"date": "2018-03-06T08:40:00"}),
        (TEXT, {"date": None, "subject": "lunch on friday"}),
        (TEXT, {"date": None, "people": (("from", "Other, Person", "other@x.example"),)}),
        (TEXT, {"within": "a", "quoted": True}),
        (TEXT, {"kind": "document"}),
        (CUT, {"date": None, "subject": None}),  # too little is left of it to be sure
        ("Thanks!", {}),
    ],
)
def test_what_is_not_joined(other: str, changes: dict[str, object]) -> None:
    assert joined(fact("a", TEXT), fact("b", other, **changes)) == {}


def test_ids_say_more_than_words() -> None:
    assert joined(fact("a", TEXT, message_id="<1@x>"), fact("b", TEXT, message_id="<2@x>")) == {}
    known = fact("a", TEXT, message_id="<1@x>"), fact("b", TEXT, message_id="<2@x>"), fact("c", REDACTED)
    assert joined(*known) == {"a": ["a", "c"]}


def test_two_quotations_in_one_host_are_kept_apart() -> None:
    quoted = {"within": "h", "quoted": True}
    assert joined(fact("a", TEXT, **quoted), fact("b", REDACTED, **quoted)) == {}


def test_a_text_without_a_date_that_two_weeks_have_joins_neither() -> None:
    weekly = fact("a", TEXT), fact("b", TEXT, date="2018-03-13T09:01:00")
    assert joined(*weekly, fact("c", TEXT, date=None)) == {}
    assert joined(weekly[0], fact("b", OTHER, date="2018-03-13T09:01:00"), fact("c", TEXT, date=None)) == {
        "a": ["a", "c"]
    }


def test_groups_that_contradict_each_other_stay_two() -> None:
    late = fact("late", "", date="2018-05-01T10:00:00")
    known = [("b", "late")]
    assert joined(fact("a", TEXT), fact("b", TEXT, date=None), late, known=known) == {"b": ["b", "late"]}


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ((None, None), TOGETHER),
        (("m1", "m2"), TOGETHER),
        (("m1", "m3"), {}),
        (("m1", None), {}),
    ],
)
def test_documents_are_joined_alone_or_with_their_mails(
    hosts: tuple[str | None, str | None], expected: dict[str, list[str]]
) -> None:
    mails = [fact(name, "", date=None, people=()) for name in ("m1", "m2", "m3")]
    attached = [
        fact(name, TEXT, kind="document", within=host, date=None, people=(), subject=name)
        for name, host in zip("ab", hosts, strict=True)
    ]
    assert joined(*mails, *attached, known=[("m1", "m2")]) == {"m1": ["m1", "m2"], **expected}


def test_two_versions_of_a_document_are_two() -> None:
    versions = [fact(name, text, kind="document", date=None) for name, text in (("a", TEXT), ("b", REDACTED))]
    assert joined(*versions) == {}


def test_a_bucket_of_many_is_compared_in_bounded_steps() -> None:
    days = [fact(f"m{day:03}", TEXT, date=f"2018-03-{day % 28 + 1:02}T08:12:00") for day in range(4 * MANY)]
    groups = joined(
        *days, fact("x1", REDACTED, date="2018-07-01T09:44:00"), fact("x2", TEXT, date="2018-07-01T09:44:00")
    )
    assert groups["x1"] == ["x1", "x2"]
    by_id = {one.id: one for one in days}
    assert all(len({by_id[name].date for name in names}) == 1 for root, names in groups.items() if root != "x1")


WORDS = st.lists(st.sampled_from([f"word{n}" for n in range(300)]), min_size=40, max_size=160)


@given(WORDS, st.integers(0, 30), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_sketches_tell_about_how_much_two_texts_share(listed: list[str], changes: int, rng: random.Random) -> None:
    other = list(listed)
    for at in rng.sample(range(len(listed)), min(changes, len(listed))):
        other[at] = f"new{at}"
    one, two = " ".join(listed), " ".join(other)
    a, b = pairs_of_words(one), pairs_of_words(two)
    shared, held = likeness(a, b)
    assert 0 <= shared <= held <= 1
    assert likeness(b, a) == (shared, held)
    assert abs(agreement(sketch(one), sketch(two)) - shared) < 0.35  # 64 bins: a deviation of 0.06, a margin of five


@given(st.text(max_size=400))
def test_a_sketch_depends_on_the_words_alone(text: str) -> None:
    made = sketch(text)
    assert len(made) in (0, 2 * BINS)
    assert (made == b"") is (len(words(text)) < likeness_module.LEAST_WORDS)
    assert sketch("  " + text.replace(" ", "\n\n") + " ") == made
    for word, start, end in placed_words(text):
        assert words(text[start:end]) == [word] or not text.isascii()


TEXTS = (TEXT, REDACTED, READ_BY_OCR, CUT, OTHER, OTHER + " " + CUT, "")
FACTS = st.lists(
    st.builds(
        fact,
        st.sampled_from([f"m{n}" for n in range(14)]),
        st.sampled_from(TEXTS),
        kind=st.sampled_from(["message", "message", "message", "document"]),
        date=st.sampled_from([None, "2018-03-06", "2018-03-06T08:12:00", "2018-03-13T08:12:00", "junk"]),
        subject=st.sampled_from(["plate", "RE: plate", None]),
        message_id=st.sampled_from([None, None, "<1@x>", "<2@x>"]),
        within=st.sampled_from([None, "m0"]),
        people=st.sampled_from([RUIZ, MISREAD, ()]),
    ),
    max_size=14,
    unique_by=lambda one: one.id,
)
seen = {"joined": 0}


@settings(max_examples=200, deadline=None)
@given(FACTS, st.randoms(use_true_random=False))
def test_the_outcome_depends_on_no_order_and_contradicts_nothing(facts: list[LinkFacts], rng: random.Random) -> None:
    first = joined(*facts)
    shuffled = list(facts)
    rng.shuffle(shuffled)
    assert joined(*shuffled) == first
    by_id = {one.id: one for one in facts}
    for names in first.values():
        seen["joined"] += 1
        members = [by_id[name] for name in names]
        assert len({one.message_id for one in members if one.message_id}) <= 1
        assert len({one.kind for one in members}) == 1
        days = {one.date for one in members if one.date and re.match(r"\d{4}", one.date)}
        assert not {"2018-03-06T08:12:00", "2018-03-13T08:12:00"} <= days
        assert all(one.within != other.id and other.within != one.id for one, other in combinations(members, 2))


def test_the_law_above_is_not_empty() -> None:
    assert seen["joined"] > 100


@given(st.lists(st.sampled_from([sketch(text) for text in TEXTS if text]), min_size=2, max_size=2))
def test_texts_are_compared_where_a_band_is_the_same(two: list[bytes]) -> None:
    one, other = two
    agreed = [a == b for a, b in zip(bands(one), bands(other), strict=True)]
    assert len(agreed) == BINS // ROWS
    assert all(agreed) is (one == other)
    assert b"".join(bands(one)) == one
