"""The weights of what words of look-ups read like: read, and refused where a line is not as it should be."""

from __future__ import annotations

import pytest

from corpus_search.errors import PackError
from corpus_search.packs.lookup_reading import load_reading, read_reading

FIRST = "sign\trequest\tperform\tresult\n"


def test_weights_are_hundredths_and_what_is_left_out_is_nought() -> None:
    reading = read_reading(f"{FIRST}heads\trun ran\nw:run\t120\t\t-30\nbias\t-5\n".replace("-5\n", "-5\t-5\t-5\n"))
    assert reading.weights == {"w:run": (1.2, 0.0, -0.3), "bias": (-0.05, -0.05, -0.05)}
    assert reading.heads == {"run", "ran"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("word\trequest\tperform\tresult\n", ":1: the first line"),
        (f"{FIRST}w:run\t120\t3\n", ":2: 2 weights, and there are 3 acts"),
        (f"{FIRST}w:run\t1\t2\t3\nw:ran\t1\tx\t3\n", ":3: a weight that is no whole number"),
    ],
)
def test_a_line_that_is_not_as_it_should_be_is_named(text: str, told: str) -> None:
    with pytest.raises(PackError, match=told):
        read_reading(text)


def test_the_built_in_weights_are_of_words_that_acts_are_made_of() -> None:
    reading = load_reading()
    assert {"run", "ran", "check", "hits", "registered"} <= reading.heads
    assert all(any(weights) for weights in reading.weights.values())
