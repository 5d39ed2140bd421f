"""What follows what: `linked` against the plain definition, all ways through all steps."""

from __future__ import annotations

import time
from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.query.chain import Moment, Step, comes_after, linked, moment_of


@pytest.mark.parametrize(
    ("earlier", "later", "days", "follows"),
    [
        ("2018-03-06T08:00:00-08:00", "2018-03-06T08:00:01-08:00", None, True),
        ("2018-03-06T08:00:00-08:00", "2018-03-06T08:00:00-08:00", None, False),
        ("2018-03-06T08:00:00-08:00", "2018-03-06T10:59:00-05:00", None, False),
        ("2018-03-06T08:00:00-08:00", "2018-03-06T11:01:00-05:00", None, True),
        ("2018-03-06T08:00:00", "2018-03-06T09:00:00", None, True),
        ("2018-03-06T09:00:00", "2018-03-06T08:00:00", None, False),
        ("2018-03-06", "2018-03-06", None, True),
        ("2018-03-06", "2018-03-05", None, False),
        # one knows its zone and the other does not, or has no time: the days decide
        ("2018-03-06T23:00:00-08:00", "2018-03-06T08:00:00", None, True),
        ("2018-03-06T23:00:00-08:00", "2018-03-06", None, True),
        ("2018-03-06T23:00:00-08:00", "2018-03-05", None, False),
        # at most so many days
        ("2018-03-06T08:00:00Z", "2018-03-09T08:00:00Z", 3, True),
        ("2018-03-06T08:00:00Z", "2018-03-09T08:00:01Z", 3, False),
        ("2018-03-06", "2018-03-09", 3, True),
        ("2018-03-06", "2018-03-10", 3, False),
        ("2018-03-06T23:59:00", "2018-03-06", 0, True),
        ("2018-03-06", "2018-03-06T10:00:00", 0, False),
        ("0001-01-01", "9999-12-31", 9999, False),
        ("0001-01-01", "9999-12-31", None, True),
    ],
)
def test_what_comes_after_what(earlier: str, later: str, days: float | None, follows: bool) -> None:
    first, second = moment_of(earlier), moment_of(later)
    assert first is not None
    assert second is not None
    assert comes_after(first, second, days) is follows
    assert (linked([Step([("a", first)]), Step([("b", second)], days)]) is not None) is follows


@pytest.mark.parametrize("date", [None, "", "2018-03", "no date", "2018-02-30"])
def test_no_moment(date: str | None) -> None:
    assert moment_of(date) is None


def test_one_step_needs_no_date() -> None:
    assert linked([Step([("a", None), ("b", None)])]) == [["a", "b"]]
    assert linked([Step([])]) is None
    assert linked([Step([("a", None)]), Step([("b", None)])]) is None


def test_a_message_does_not_follow_itself() -> None:
    day = moment_of("2018-03-06")
    assert linked([Step([("a", day)]), Step([("a", day)])]) is None
    assert linked([Step([("a", day), ("b", day)]), Step([("a", day)])]) == [["b"], ["a"]]


def ways_through(steps: list[Step[int]]) -> list[list[int]] | None:
    """The definition: try every choice of one message a step, keep those in which each follows the one before."""
    found: list[set[int]] = [set() for _ in steps]
    for way in product(*(step.met for step in steps)):
        pairs = zip(way, way[1:], steps[1:], strict=False)
        if all(
            one[0] != other[0] and one[1] and other[1] and comes_after(one[1], other[1], step.days)
            for one, other, step in pairs
        ):
            for at, (key, _) in enumerate(way):
                found[at].add(key)
    if not all(found):
        return None
    return [[key for key, _ in step.met if key in kept] for step, kept in zip(steps, found, strict=True)]


DATES = st.builds(
    lambda day, hour, kind: (
        f"2018-03-{day:02}" + ("" if kind == "day" else f"T{hour:02}:00:00{'' if kind == 'clock' else kind}")
    ),
    st.integers(1, 6),
    st.sampled_from([0, 8, 9, 23]),
    st.sampled_from(["day", "clock", "-08:00", "+00:00", "+09:00"]),
)


@st.composite
def chains(draw: st.DrawFn) -> list[Step[int]]:
    dates = draw(st.lists(st.one_of(st.none(), DATES, DATES, DATES), min_size=1, max_size=7))
    moments: list[tuple[int, Moment | None]] = [(key, moment_of(date)) for key, date in enumerate(dates)]
    return [
        Step(
            [one for one in moments if draw(st.sampled_from([True, True, False]))],
            draw(st.sampled_from([None, None, 0.0, 1.0, 3.0])) if at else None,
        )
        for at in range(draw(st.integers(2, 4)))
    ]


def test_linked_is_what_all_ways_through_give() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=250, deadline=None)
    @given(chains())
    def check(steps: list[Step[int]]) -> None:
        expected = ways_through(steps)
        seen["none" if expected is None else "ways"] += 1
        assert linked(steps) == expected

    check()
    assert min(seen["ways"], seen["none"]) > 20, "there were ways, and there were none"


@pytest.mark.parametrize("kinds", [("",), ("T08:00:00",), ("T08:00:00Z",), ("", "T08:00:00", "T08:00:00Z")])
def test_a_conversation_of_thousands_takes_a_moment(kinds: tuple[str, ...]) -> None:
    count = 8_000
    dates = [f"{1000 + at % 5000:04}-01-01{kinds[at % len(kinds)]}" for at in range(count)]
    met = [(key, moment_of(date)) for key, date in enumerate(dates)]
    began = time.process_time()
    linked([Step(met), Step(met, 1.0), Step(met, 1.0)])
    assert time.process_time() - began < 60
