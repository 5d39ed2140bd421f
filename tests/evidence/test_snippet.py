"""The stretch of a message that shows a hit best."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.evidence.snippet import WIDTH, snippet
from corpus_search.model import Message, Reason, Source, Span, Zone


def message(text: str, *zones: Zone) -> Message:
    return Message("1", "message", "R", Source("a", None, "", "mbox"), (), text, zones)


def shown(text: str, *zones: Zone, spans: list[tuple[int, int]]) -> tuple[str, list[str]]:
    found, marks = snippet(message(text, *zones), [Reason("x", Span(*span)) for span in spans])
    return found, [found[mark.start : mark.end] for mark in marks]


def test_a_short_text_is_shown_whole() -> None:
    assert shown("can you run 7ABC123", spans=[(8, 11), (12, 19)]) == ("can you run 7ABC123", ["run", "7ABC123"])


def test_without_a_place_the_own_words_begin() -> None:
    text = "Subject: x\n\nown words"
    zones = (Zone("header", 0, 12), Zone("own", 12, 21))
    assert snippet(message(text, *zones), [Reason("from:x")]) == ("…own words", ())
    assert snippet(message("", *()), []) == ("", ())


def test_cut_at_blanks() -> None:
    text = "word " * 200 + "target" + " word" * 200
    found, marked = shown(text, spans=[(1000, 1006)])
    assert marked == ["target"]
    assert found.startswith("…word ")
    assert found.endswith(" word…")
    assert len(found) <= WIDTH + 2


def test_the_body_goes_before_the_header() -> None:
    text = "Subject: plate\n\nthe plate"
    _, marked = shown(text, Zone("header", 0, 16), Zone("own", 16, 25), spans=[(9, 14), (20, 25)])
    assert marked == ["plate"]
    _, marked = shown(text, Zone("header", 0, 16), Zone("own", 16, 25), spans=[(9, 14)])
    assert marked == ["plate"], "the header, where nothing else is met"


def test_where_most_stands() -> None:
    text = "run " + "x " * 400 + "run a plate for ice"
    _, marked = shown(text, spans=[(0, 3), (804, 807), (810, 815), (820, 823)])
    assert marked == ["run", "plate", "ice"]


def test_a_very_long_stretch_is_cut() -> None:
    found, marked = shown("a" * 5000, spans=[(0, 5000)])
    assert len(found) <= WIDTH + 1
    assert len(marked) == 1


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="ab \n", max_size=700),
    st.lists(st.tuples(st.integers(0, 700), st.integers(1, 60)), max_size=6),
)
def test_marks_stand_on_what_was_met(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(low, min(len(text), low + size)) for low, size in places if low < len(text)]
    found, marks = snippet(message(text), [Reason("x", span) for span in spans])
    bare = found.strip("…")
    assert bare in text
    assert len(bare) <= WIDTH + 1
    for mark in marks:
        assert found[mark.start : mark.end] in {text[span.start : span.end] for span in spans}
    assert bool(marks) == bool(spans)
