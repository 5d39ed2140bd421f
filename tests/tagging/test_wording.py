"""Phrases as researchers write them: what each sign means, what can't be read, and that nothing that stands is lost."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from corpus_search.errors import PackError
from corpus_search.packs.lookup_pack import load_lookups
from corpus_search.tagging.covering import covered
from corpus_search.tagging.phrasing import _parts
from corpus_search.tagging.wording import Hit, compile_phrases
from corpus_search.tagging.words import word_set, words_in


def found(phrase: str, text: str, **lists: list[str]) -> list[str]:
    return [text[hit.start : hit.end] for hit in compile_phrases({"a": [phrase]}, lists).find(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "hits"),
    [
        ("run (him|her)", "Run her, then RUN  him", ["Run her", "RUN  him"]),
        ("can you please? run", "can you run / can you please\nrun", ["can you run", "can you please\nrun"]),
        ("(the|a)? plate", "the plate, plate", ["the plate", "plate"]),
        ("need _ plate", "need his plate", ["need his plate"]),
        ("run _1", "run 7ABC123 and run them", ["run 7ABC123"]),
        ("9 hits", "14 hits", ["14 hits"]),
        ("Aa reg to _C", "reg to Lopez, reg to him, REG TO Kim", ["reg to Lopez"]),
        ("can you ~2 run", "can you or Kay run, can you or Kay now please run", ["can you or Kay run"]),
        ("can you ~3 run", "can you. Now run", []),
        ("can ~2 run", "can you, please run", ["can you, please run"]),
        ("ran > (him|her)", "ran her, ran it", ["ran"]),
        ("ran > ~2 back", "ran it and back, ran off", ["ran"]),
        ("any > (hot)? hits", "any hot hits, any hits, any bits", ["any", "any"]),
        ("don't run", "don’t run, dont run, don't run", ["don’t run", "dont run", "don't run"]),
        ("run", "rerun run_it @run run", ["run"]),
    ],
)
def test_what_signs_mean(phrase: str, text: str, hits: list[str]) -> None:
    assert found(phrase, text) == hits


def test_lists_and_the_longest_first() -> None:
    phrases = compile_phrases({"short": ["run"], "long": ["$who run it"]}, {"who": ["you", "they"]})
    assert [(hit.name, hit.start) for hit in phrases.find("they run it and run")] == [("long", 0), ("short", 16)]


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("run?", "every word may be left out"),
        ("$nobody runs", "no list is called $nobody"),
        ("~3 run", "begins with a gap"),
        ("come (a|on (b|c)|d)", "a bracket too many"),
        ("_ _1", "no word in it by which it could be looked for"),
    ],
)
def test_what_can_not_be_read(phrase: str, fault: str) -> None:
    with pytest.raises(PackError, match="phrase") as error:
        compile_phrases({"a": [phrase]})
    assert fault in str(error.value)


PACK = load_lookups()
WAYS = [way for act in PACK.acts for way in act.ways]
SAID = sorted({word for way in WAYS for word in way.replace("|", " ").replace("(", " ").replace(")", " ").split()})
PIECES = st.sampled_from(
    [word.strip("?$~'\"") for word in SAID]
    + ["can you run", "7ABC123", "0P00000", "came back", "don’t", "don`t", "ﬁx", "İ", "_", "@", ",", "\n", "/", "14"]
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", "  ", "", "\n"])).map("".join), max_size=9).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(WAYS), TEXTS)
def test_the_look_at_words_loses_no_phrase(way: str, text: str) -> None:
    phrases = compile_phrases({"a": [way]}, PACK.lists)
    every = [phrase for several in phrases.by_key.values() for phrase in several]
    if any(re.search(phrase.expression, text, re.ASCII) for phrase in every):
        assert phrases.may_hold(word_set(text))
        assert phrases.may_stand(word_set(text))
        assert list(phrases.find(text))


EXAMPLES = {"_": "it", "_1": "7ABC123", "9": "14", "_C": "Lopez", "_P": "0P00000", "_S": "0S00", "_A": "0A00"}


@st.composite
def written(draw: st.DrawFn, way: str) -> str:
    """A text that says a phrase, or nearly: other words in it, apostrophes and blanks as people write them."""
    text = ""
    for words, may in _parts(way.removeprefix("Aa ").replace(" > ", " "), PACK.lists, way):
        if may and draw(st.booleans()):
            continue
        word = draw(st.sampled_from(words))
        if word.startswith("~"):
            word = draw(st.sampled_from(["", "him or", "the old, grey one"]))
        word = EXAMPLES.get(word, word).replace("'", draw(st.sampled_from(["'", "’", ""])))
        text += draw(st.sampled_from([" ", " ", " ", "  ", "\n", "-"])) + draw(
            st.sampled_from([word, word, word.upper()])
        )
    return draw(st.sampled_from(["", "so", "run,"])) + text + draw(st.sampled_from(["", " it", "."]))


SAYING = st.sampled_from(WAYS).flatmap(lambda way: st.tuples(st.just(way), st.one_of(written(way), TEXTS)))


@settings(max_examples=2000, deadline=None)
@given(SAYING, st.integers(0, 20))
def test_a_phrase_is_tried_wherever_it_may_begin(saying: tuple[str, str], start: int) -> None:
    way, text = saying
    for several in compile_phrases({"a": [way]}, PACK.lists).by_key.values():
        for phrase in several:
            found = phrase.search(words_in(text), start)
            sought = re.compile(phrase.expression, re.ASCII).search(text, start)
            assert (found and found.span()) == (sought and sought.span())


def test_most_texts_that_say_a_phrase_hold_it() -> None:
    find(SAYING, lambda saying: len(saying[1]) > 40 and bool(found_in(*saying)))


def found_in(way: str, text: str) -> list[Hit]:
    return list(compile_phrases({"a": [way]}, PACK.lists).find(text))


def test_the_texts_drawn_do_hold_phrases() -> None:
    phrases = compile_phrases({"a": WAYS}, PACK.lists)
    find(TEXTS, lambda text: len(list(phrases.find(text))) >= 2)


@given(st.text())
def test_words_stand_where_they_are_read(text: str) -> None:
    words = words_in(text)
    assert words.in_order() == re.findall("[a-z0-9]+", re.sub("[A-Z]", lambda char: char[0].lower(), text))
    for word in words.distinct:
        sought = re.finditer(rf"(?ia)(?<![a-z0-9]){word}(?![a-z0-9])", text)
        assert words.places(word) == [found.start() for found in sought]


def test_hostile_text_takes_linear_time() -> None:
    phrases = compile_phrases({"a": WAYS}, PACK.lists)
    start = time.perf_counter()
    for text in ("can you " * 900, "please " * 900, "any way " * 800, "ran it " * 900, "(" * 6000):
        list(phrases.find(text))
    assert time.perf_counter() - start < 60


def test_what_was_found_is_covered_by_words_of_its_length() -> None:
    text = "DMV has 7 ABC 123 for OCSD"
    hidden = covered(text, [(22, 26, "agency"), (8, 17, "plate"), (0, 3, "system"), (1, 5, "plate")])
    assert hidden == "0S0 has 0P0000000 for 0A00"
    assert [hit.start for hit in compile_phrases({"a": ["_S has > _P"]}).find(hidden)] == [0]
