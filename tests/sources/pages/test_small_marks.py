from __future__ import annotations

import time

import pytest

from corpus_search.sources.pages.rows import rows_of
from corpus_search.sources.pages.words import Box, Word


def word(text: str, left: float, top: float, width: float = 20, height: float = 10) -> Word:
    return Word(text, Box(left, top, left + width, top + height))


@pytest.mark.parametrize(
    ("mark", "top", "height"),
    [("-", 105, 1.5), (",", 109, 3), ("“", 99.5, 3), (".", 109, 1)],
)
def test_a_mark_that_is_its_ink_alone_stays_in_its_row(mark: str, top: float, height: float) -> None:
    words = [word("CBP", 10, 100), word(mark, 31, top, 4, height), word("NTC", 36, 100), word("Chino", 10, 125)]
    assert [row.text for row in rows_of(words)] == [f"CBP {mark} NTC", "Chino"]


def test_a_mark_between_rows_is_a_row() -> None:
    words = [word("one", 10, 100), word("-", 10, 130, 4, 1.5), word("two", 10, 160)]
    assert [row.text for row in rows_of(words)] == ["one", "-", "two"]


def test_marks_alone() -> None:
    assert rows_of([]) == []
    assert [row.text for row in rows_of([word("-", 10, 100, 4, 1), word("█", 40, 96)])] == ["-  █"]


def test_the_gaps_between_spaced_words_are_kept() -> None:
    left, words = 10.0, []
    for letter in "WARNING TO ALL":
        if letter == " ":
            left += 3
            continue
        words.append(word(letter, left, 100, 8))
        left += 8 + 3
    assert [row.text for row in rows_of(words)] == ["WARNING TO ALL"]


def test_a_page_of_marks_takes_no_long_time() -> None:
    marks = [word("-", at % 500, at // 500 * 12 + 5, 1, 1) for at in range(20_000)]
    words = [word("word", at % 25 * 20, at // 25 * 12) for at in range(1000)]
    start = time.process_time()
    assert rows_of(words + marks)
    assert time.process_time() - start < 60
