"""Quoted words without their marks, and where they stand with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.model import Message, Source, Zone
from corpus_search.tagging.tagger import Tagger
from corpus_search.tagging.unmarked import unmarked


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("> can you\n> run it", "can you\nrun it"),
        (">can you\n>>run it", "can you\nrun it"),
        ("> > can you\n> > run it", "can you\nrun it"),
        ("  > | can you", "can you"),
        ("no mark > here", "no mark > here"),
        ("", ""),
        (">", ""),
    ],
)
def test_marks_left_out(marked: str, plain: str) -> None:
    assert unmarked(marked).text == plain


@given(st.text("ab>| \n\t", max_size=60))
def test_every_character_is_where_it_is_said_to_be(text: str) -> None:
    made = unmarked(text)
    for at, char in enumerate(made.text):
        assert text[made.start(at)] == char
        assert made.end(at + 1) == made.start(at) + 1
    assert [made.start(at) for at in range(len(made.text))] == sorted({made.start(at) for at in range(len(made.text))})


QUOTED = "> Hey Andy, can you please\n> run plate 7ABC\n> 123 for ICE?\n"


def test_what_runs_over_marked_lines_is_tagged_where_it_stands() -> None:
    text = f"ok\n\n{QUOTED}"
    zones = (Zone("own", 0, 4), Zone("quoted", 4, len(text)))
    message = Message("1", "message", "R", Source("a.eml", None, "0", "eml"), (), text, zones)
    tags = [(tag.kind, tag.value, text[tag.start : tag.end], tag.zone) for tag in Tagger.load().tag(message)]
    assert tags == [
        ("lookup", "request", "can you please\n> run", "quoted"),
        ("plate", "7ABC123", "7ABC\n> 123", "quoted"),
        ("agency", "Immigration and Customs Enforcement", "ICE", "quoted"),
    ]
