"""What a word is: parts and joined runs, folded; patterns over words; pieces that a regular expression needs."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.query.literals import MOST_OPTIONS, needed_words
from corpus_search.query.places import compiled
from corpus_search.query.words import LONGEST, fold, parts, places, squeeze, squeeze_wild, tokens, wild_fits


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Run 7ABC-123.", [("run", 0), ("7abc123", 1), ("7abc", 1), ("123", 2)]),
        ("Sheriff’s Dept", [("sheriffs", 0), ("sheriff", 0), ("s", 1), ("dept", 2)]),
        ("druiz@x.org", [("druizxorg", 0), ("druiz", 0), ("x", 1), ("org", 2)]),
        ("José ÑANDÚ", [("jose", 0), ("nandu", 1)]),
        ("a_b", [("ab", 0), ("a", 0), ("b", 1)]),
        ("-- ... █", []),
        ("a - b", [("a", 0), ("b", 1)]),
        ("a-\uff9e \uff9e b", [("a", 0), ("b", 3)]),
    ],
)
def test_words_of_a_text(text: str, words: list[tuple[str, int]]) -> None:
    assert [(token.term, token.position) for token in tokens(text)] == words


def test_a_very_long_run_is_found_by_its_parts() -> None:
    run = "-".join(["abcdefgh"] * 11)
    assert len(squeeze(run)) > LONGEST
    assert {token.term for token in tokens(run)} == {"abcdefgh"}


@pytest.mark.parametrize("letters", ["a" * 2_000_000, "A1" * 1_000_000, "é" * 1_000_000, "a-" * 500_000])
def test_letters_without_a_blank_are_looked_at_once(letters: str) -> None:
    begun = time.process_time()
    found = list(tokens(letters))
    assert time.process_time() - begun < 10  # going back from each letter would take hours
    assert found[0].start == 0


@given(st.text(max_size=60))
def test_words_stand_where_they_say(text: str) -> None:
    found = list(tokens(text))
    assert [token.position for token in found] == sorted(token.position for token in found)
    for token in found:
        stretch = text[token.start : token.end]
        assert token.term in (fold(stretch), squeeze(stretch))
    assert [token.term for token in found if fold(text[token.start : token.end]) == token.term][:1] == list(
        parts(text)[:1]
    )


@pytest.mark.parametrize(
    ("pattern", "squeezed"),
    [
        ("plate*", "plate*"),
        ("7abc-1*", "7abc1*"),
        ("o'nei*", "onei*"),
        ("*@ice.dhs.gov", "*icedhsgov"),
        ("*", "*"),
        ("*-*", ""),
    ],
)
def test_patterns_without_joints(pattern: str, squeezed: str) -> None:
    assert squeeze_wild(pattern) == squeezed


def test_patterns_fit_as_a_regular_expression_would() -> None:
    fits: list[bool] = []

    @settings(max_examples=300, deadline=None)
    @given(st.text(alphabet="ab*", min_size=1, max_size=6), st.text(alphabet="abc", max_size=8))
    def check(pattern: str, text: str) -> None:
        shape = ".*".join(map(re.escape, pattern.split("*")))
        fits.append(re.fullmatch(shape, text) is not None)
        assert wild_fits(pattern, text) is fits[-1]

    check()
    assert min(fits.count(True), fits.count(False)) > 30


def test_a_hostile_word_costs_its_length() -> None:
    assert not wild_fits("*a*a*a*a*a*a*b", "a" * 200_000)


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        (r"7XKD ?204", [["204", "7xkd"]]),
        (r"(?i:reg to|RO is)", None),
        (r"registered|owner", [["registered"], ["owner"]]),
        (r"\d{3} \w+", None),
        (r"plate \d", [["plate"]]),
        (r"(?:abc){2,}d", [["abc"]]),
        (r"(?:abc)?def", [["def"]]),
        (r"(?:abc)*", None),
        (r"re2 takes \pL+", None),
        (r"\Qabc", None),
        ("(?:abc|xyz)" * 7, None),
        (f"(?:{'(?:abc|xyz)' * 7})|def", None),
        (f"(?:{'(?:abc|xyz)' * 7})+", None),
        ("(?:abc|xyz)\\d(?:foo|bar)", [["abc", "foo"], ["abc", "bar"], ["xyz", "foo"], ["xyz", "bar"]]),
    ],
)
def test_pieces_that_a_match_must_hold(pattern: str, pieces: list[list[str]] | None) -> None:
    found = needed_words(pattern)
    assert found is None or len(found) <= MOST_OPTIONS
    assert (found and sorted(map(sorted, found))) == (pieces and sorted(map(sorted, pieces)))


ATOMS = st.sampled_from(
    [
        "abc",
        "xyz",
        "ABC",
        "é",
        "a1b2",
        " ",
        r"\.",
        "-",
        "_",
        r"\d",
        ".",
        "[abc]",
        r"\b",
        "^",
        "$",
        "abc{2}",
        "xyz+",
        "q?",
    ]
)
SHAPES = st.recursive(
    st.lists(ATOMS, min_size=1, max_size=4).map("".join),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda some: f"(?:{'|'.join(some)})"),
        inner.map(lambda one: f"(?i:{one})"),
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}"])).map(lambda one: f"(?:{one[0]}){one[1]}"),
    ),
    max_leaves=5,
)


def test_every_match_holds_the_pieces() -> None:
    asked: list[str] = []

    @settings(max_examples=200, deadline=None)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        pattern = data.draw(SHAPES)
        options = needed_words(pattern)
        if options is None:
            return
        text = data.draw(st.from_regex(pattern))
        if compiled(pattern).search(text) is None:  # Python's \d, \b and case know more letters than RE2's
            return
        asked.append(pattern)
        words = [token.term for token in tokens(text)]
        assert any(all(any(piece in word for word in words) for piece in pieces) for pieces in options)

    check()
    assert len(asked) > 15


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["7ABC-123", "a", "ab", "A.B", "abc", "a-b", "é", " ", "\n", "o'neil", "_", "x" * 50]),
        max_size=14,
    )
)
def test_places_are_those_of_the_words(pieces: list[str]) -> None:
    for text in ("".join(pieces), " ".join(pieces)):
        found, starts = places(text)
        expected: dict[str, list[int]] = {}
        for token in tokens(text):
            expected.setdefault(token.term, []).append(token.position)
        assert found == expected
        assert starts == [part.start() for part in re.finditer(r"[^\W_]+", text)]
