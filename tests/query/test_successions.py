"""What follows what in all conversations at once is what `chain.linked` says of each."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.query.chain import Step, linked, moment_of
from corpus_search.query.rank import Integers
from corpus_search.query.successions import Moments, Stage, followed, moments_of

DATES = [
    "2018-03-06T08:12:00-08:00",
    "2018-03-06T16:12:00+00:00",
    "2018-03-06T08:12:00",
    "2018-03-06T08:12:00.250000",
    "2018-03-06",
    "2018-03-06T23:59:59.999999-08:00",
    "2018-03-07",
    "2018-03-07T00:00:00+13:00",
    "2018-03-08T09:00:00",
    "2019-01-01T00:00:00+00:00",
    "no date",
    None,
]
MESSAGES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(DATES)), min_size=1, max_size=14)
STEPS = st.lists(
    st.tuples(st.sets(st.integers(0, 13)), st.sampled_from([None, 0.0, 1.0, 2.0, 300.0])), min_size=1, max_size=4
)


@settings(max_examples=300, deadline=None)
@given(MESSAGES, STEPS)
def test_all_conversations_at_once(
    messages: list[tuple[int, str | None]], steps: list[tuple[set[int], float | None]]
) -> None:
    met = [(sorted(number for number in numbers if number < len(messages)), days) for numbers, days in steps]
    expected: list[list[int]] = [[] for _ in met]
    for thread in range(3):
        ways = linked(
            [
                Step([(one, moment_of(messages[one][1])) for one in numbers if messages[one][0] == thread], days)
                for numbers, days in met
            ]
        )
        if len(met) == 1 and ways:  # one step is no succession: there the undated count too
            ways = [[one for one in ways[0] if moment_of(messages[one][1]) is not None]]
        for so_far, way in zip(expected, ways or (), strict=False):
            so_far += way
    moments = moments_of(date for _, date in messages)
    threads = np.array([thread for thread, _ in messages])
    found = followed([stage(numbers, threads, moments, days) for numbers, days in met])
    assert [sorted(one.tolist()) for one in found] == [sorted(one) for one in expected]


def stage(numbers: list[int], threads: Integers, moments: Moments, days: float | None) -> Stage:
    """A step met by these messages."""
    rows = np.array(numbers, np.int64)
    return Stage(rows, threads[rows], moments.at(rows), days)
