from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.tagging.view import View

TEXTS = st.text(alphabet="ab \t\n\r>|\xa0", max_size=60)


@pytest.mark.parametrize(
    ("passage", "view"),
    [
        ("Customs and\n> Border Protection", "Customs and Border Protection"),
        ("Orange   County\tSheriff", "Orange County Sheriff"),
        ("one line", "one line"),
        ("a\r\n\r\n  b", "a b"),
    ],
)
def test_a_wrapped_name_is_one_name(passage: str, view: str) -> None:
    assert View.of(passage).text == view


@given(TEXTS)
def test_every_word_maps_back_to_itself(passage: str) -> None:
    view = View.of(passage)
    at = 0
    for word in view.text.split(" "):
        if word:
            start, end = view.back(at, at + len(word))
            assert passage[start:end] == word
        at += len(word) + 1


@given(TEXTS)
def test_no_letter_is_lost(passage: str) -> None:
    assert [c for c in View.of(passage).text if c in "ab"] == [c for c in passage if c in "ab"]


def test_it_knows_where_lines_broke() -> None:
    view = View.of("Anaheim\nPD is here")
    assert view.crosses_break(0, 10)
    assert not view.crosses_break(8, 18)
