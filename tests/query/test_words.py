"""What a word is: parts and joined runs, folded; patterns over words; pieces that a regular expression needs."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.query.literals import MOST_OPTIONS, needed_words
from corpus_search.query.places import compiled
from corpus_search.query.words import LONGEST, fold, parts, squeeze, squeeze_wild, tokens, wild_fits


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
    assert time.process_time() - begun < 60  # going back from each letter would take hours
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
    ("pattern", "runs"),
    [
        (r"7XKD ?204", [["*7xkd204*"], ["*7xkd 204*"]]),
        (r"(?i:reg to|RO is)", [["*reg"], None]),
        (r"registered|owner", [["*registered*"], ["*owner*"]]),
        (r"\d{3} \w+", None),
        (r"plate \d", [["*plate"]]),
        (r"the plate is .*", [["*the plate is"]]),
        (r"a plate of mine", [["plate of mine*"]]),
        (r" a plate, of: me\b", [["a plate of"]]),
        (r"flash +write\s+bank", [["*flash write bank*"]]),
        (r"flash\s*write", [["*flashwrite*"], ["*flash write*"]]),
        (
            r"can (?:you|u) (?:please )?run",
            [["*can u please run*"], ["*can u run*"], ["*can you please run*"], ["*can you run*"]],
        ),
        (r"gr[ae]y", [["*gray*"], ["*grey*"]]),
        (r"foo[ \t,]bar", [["*foo bar*"]]),
        (r"foo[^ ]bar", [["*foo*", "*bar*"]]),
        (r"foo[[:alpha:]]bar", [["*foo*", "*bar*"]]),
        (r"foo[[:^space:]x]bar", [["*foo*", "*bar*"]]),
        (r"fooébar", [["*foo*", "*bar*"]]),
        (r"foo_bar", [["*foo bar*"]]),
        (r"(?:abc){2,}d", [["*abc*"]]),
        (r"(?:abc)?def", [["*abcdef*"], ["*def*"]]),
        (r"(?:abc)*", None),
        (r"re2 takes \pL+", None),
        (r"\Qabc", None),
        ("(?:abc|xyz)\\d(?:foo|bar)", [["*abc*", "*foo*"], ["*abc*", "*bar*"], ["*xyz*", "*foo*"], ["*xyz*", "*bar*"]]),
    ],
)
def test_words_that_a_match_must_hold(pattern: str, runs: list[list[str] | None] | None) -> None:
    found = needed_words(pattern)
    if runs is None or None in runs:
        assert found is None
    else:
        assert {tuple(" ".join(run) for run in option) for option in found or ()} == {
            tuple(sorted(one or ())) for one in runs
        }


@pytest.mark.parametrize(
    "pattern", ["(?:abc|xyz)" * 7, f"(?:{'(?:abc|xyz)' * 7})|def", f"(?:{'(?:abc|xyz)' * 7})+", "x?" * 90]
)
def test_ways_are_not_many(pattern: str) -> None:
    assert len(needed_words(pattern) or ()) <= MOST_OPTIONS


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
        " ?",
        r"\s+",
        "[ ,]",
        "[ab]",
        "the ",
        " k",
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


def stand_in_a_row(run: tuple[str, ...], words: dict[int, set[str]]) -> bool:
    """Whether the words of a run stand one after the other."""
    return any(
        all(any(wild_fits(word, one) for one in words.get(at + step, ())) for step, word in enumerate(run))
        for at in words
    )


def test_every_match_holds_the_words() -> None:
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
        words: dict[int, set[str]] = {}
        for token in tokens(text):
            words.setdefault(token.position, set()).add(token.term)
        assert any(all(stand_in_a_row(run, words) for run in runs) for runs in options)

    check()
    assert len(asked) > 15
