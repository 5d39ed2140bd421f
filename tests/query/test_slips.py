"""Words as OCR or haste writes them: which are near, and that a word list is never asked for too few."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.query.slips import allowed, may_be, near_spelling, shaped, within


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [
        ("clets", "clets", True),
        ("clets", "c1ets", True),
        ("clets", "clet", True),
        ("clets", "cletss", True),
        ("clets", "celts", True),
        ("clets", "clt", False),
        ("clets", "clest", True),
        ("detainer", "detaniers", True),
        ("detainer", "xxdetainer", True),
        ("detainer", "xedtainer", True),
        ("detainer", "retained", True),
        ("detainer", "contained", False),
        ("warrant", "vvarrant", True),
        ("warrant", "vvarrarnt", False),
        ("modern", "rnodem", True),
        ("hold", "liold", True),
        ("8b0i1l", "8boill", True),
        ("ice", "icy", True),
        ("ice", "dice", True),
        ("ice", "mice1", False),
    ],
)
def test_what_is_near(word: str, other: str, near: bool) -> None:
    assert near_spelling(word, other) is near


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "xabc", 1), ("abcd", "badc", 2), ("ca", "abc", 3), ("", "ab", 2)],
)
def test_how_many_slips_apart(one: str, other: str, slips: int) -> None:
    assert [within(one, other, limit) for limit in range(4)] == [limit >= slips for limit in range(4)]


LETTERS = "abcdilmnorsvwz0158"
WORDS = st.one_of(
    st.text(alphabet=LETTERS, min_size=1, max_size=7),
    st.text(alphabet=LETTERS, min_size=8, max_size=12),
    st.text(alphabet=LETTERS, min_size=13, max_size=30),
    st.text(alphabet="ab.*+(é漢½", min_size=1, max_size=8),
    st.sampled_from(["detainer", "immigration", "vvarrant", "clets", "a" * 300]),
)


def slip(word: str, kind: str, at: int, letter: str) -> str:
    """A word with one more slip."""
    at %= len(word) + 1
    if kind == "more":
        return word[:at] + letter + word[at:]
    if kind == "other":
        return word[:at] + letter + word[at + 1 :]
    if kind == "missing":
        return word[:at] + word[at + 1 :]
    if kind == "alike":
        return word.replace("m", "rn").replace("w", "vv").replace("0", "o").replace("1", "l").replace("5", "s")
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


SLIPS = st.lists(
    st.tuples(
        st.sampled_from(["more", "other", "missing", "swapped", "alike"]),
        st.integers(0, 300),
        st.sampled_from(LETTERS),
    ),
    max_size=3,
)


def test_a_list_is_asked_for_every_near_word() -> None:
    near: list[bool] = []

    @settings(max_examples=300, deadline=None)
    @given(WORDS, SLIPS)
    def check(word: str, slips: list[tuple[str, int, str]]) -> None:
        other = word
        for kind, at, letter in slips:
            other = slip(other, kind, at, letter)
        near.append(other != "" and near_spelling(word, other))
        if near[-1]:
            assert re2.compile(f"(?m)^(?:{may_be(word)})$").findall(f"\n{other}\nzz\n"), other

    check()
    assert sum(near) > 0.4 * len(near) > 60, "most of the drawn words were near"


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_what_is_shaped_alike_is_near(word: str, other: str) -> None:
    assert near_spelling(word, word)
    if shaped(word) == shaped(other):
        assert near_spelling(word, other)
        assert near_spelling(other, word)


def test_the_expression_of_a_long_word_stays_small() -> None:
    assert allowed("a" * 2000) == 2
    for size in (1, 5, 6, 12, 13, 100, 2000):
        assert len(may_be("abcdefgh"[size % 8] * size)) < 15_000
