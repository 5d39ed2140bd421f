"""Which copy shows more: words that one has and another lacks, as a table."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus_search.conversations.likeness import agreement, likeness, pairs_of_words, sketch
from corpus_search.conversations.showing import MOST, beyond, blacked_out, body, compare, fullest
from corpus_search.model import Message, Place, Record, Redaction, Source, Tag, Zone


def record(
    name: str, text: str, *redactions: tuple[int, int], read_by: str = "text", tags: tuple[Tag, ...] = ()
) -> Record:
    """A message whose first line is its header."""
    head = text.index("\n") + 1
    zones = (Zone("header", 0, head), Zone("own", head, len(text)))
    places = (Place("page", 1, None, read_by),)  # type: ignore[arg-type]
    blacked = tuple(Redaction(*span) for span in redactions)
    return Record(
        Message(name, "message", "r", Source("a", None, "", ""), places, text, zones, redactions=blacked), tags
    )


@pytest.mark.parametrize(
    ("fuller", "other", "lacks"),
    [
        ("can you run 7ABC123 for me", "can you run █ for me", ("7ABC123",)),
        ("the owner is John Smith of Anaheim", "the owner is of Anaheim", ("John Smith",)),
        ("one two three four five six", "one two", ("three four five six",)),
        ("one two\n\nthree", "one two three", ()),
        ("same words", "SAME  words!", ()),
        ("a b c", "", ("a b c",)),
        ("word", "another word", ()),
        ("word", "other", ("word",)),
        ("", "anything", ()),
        ("x1 keep it y2 keep on z3", "keep it keep on", ("x1", "y2", "z3")),
    ],
)
def test_what_a_copy_lacks(fuller: str, other: str, lacks: tuple[str, ...]) -> None:
    assert beyond(fuller, other) == lacks


def test_stretches_are_bounded() -> None:
    fuller = " ".join(f"k{n} k{n} secret{n}" for n in range(200))
    assert len(beyond(fuller, " ".join(f"k{n} k{n}" for n in range(200)))) == MOST


def test_the_fullest_comes_first() -> None:
    whole = record("c", "From: a\nrun 7ABC123 for John Smith please")
    black = record("a", "From: a\nrun █ for █ please", (12, 13), (18, 19))
    cut = record("b", "From: a\nrun 7ABC123")
    scanned = record("d", "From: a\nrun 7ABC123 for John Smith please", read_by="ocr")
    found = compare([black, scanned, cut, whole])
    assert [shown.message.id for shown in found] == ["c", "d", "a", "b"]
    assert [shown.as_much_as(found[0]) for shown in found] == [True, True, False, False]
    assert found[2].lacks == ("7ABC123", "John Smith")
    assert [shown.redactions for shown in found] == [0, 0, 2, 0]
    assert compare([]) == []
    assert fullest([black, scanned, cut, whole]) is whole
    assert fullest([scanned, black]) is scanned
    again = record("e", whole.message.text)
    assert fullest([whole, again]) is whole
    assert fullest([again, whole, black]) is again


def test_marks_that_stand_for_what_is_gone_are_no_words() -> None:
    tag = Tag("redaction", None, (), "[REDACTED", 12, 21, "own", "mark", "")
    marked = record("a", "From: a\nrun [REDACTED] now", (20, 22), tags=(tag,))
    assert blacked_out(marked) == [(12, 22)]
    assert body(marked).split() == ["run", "now"]


@given(st.text(max_size=300), st.text(max_size=300))
@example("0\u0345", "")  # a mark that is a letter in lower case
def test_what_is_lacking_stands_in_the_fuller_text(fuller: str, other: str) -> None:
    squeezed = " ".join(fuller.split())
    assert all(stretch in squeezed for stretch in beyond(fuller, other))
    assert beyond(fuller, fuller) == ()


def test_texts_without_words_are_alike_to_none() -> None:
    assert likeness(pairs_of_words(""), pairs_of_words("some words here")) == (0.0, 0.0)
    assert agreement(b"", sketch(" ".join(map(str, range(40))))) == 0.0
    many = sketch(" ".join(f"w{n}" for n in range(5000)))  # every bin is filled: none borrows
    assert agreement(many, many) == 1.0
