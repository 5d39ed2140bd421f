from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.tagging.fences import _ANNOUNCED, _PIECES, addresses, inside, search_terms
from corpus_search.tagging.words import words_in


@pytest.mark.parametrize(
    ("text", "fenced"),
    [
        ("write to r.pike@ice.dhs.gov today", ["r.pike@ice.dhs.gov"]),
        ("█@ ice.dhs.gov", ["@ ice.dhs.gov"]),
        ("see https://www.ice.gov/a?b=ICE now", ["https://www.ice.gov/a?b=ICE"]),
        ("open ICE-list.xlsx", ["ICE-list.xlsx"]),
        ("go to ice.gov.", ["ice.gov"]),
        ("ncoesel at DEALogic.nl Mon", ["at DEALogic.nl"]),
        ("call ICE. Then go", []),
        ("key wriPTrtm8wQoN5EYPvCqg3EiDOJPzqA6wq", ["wriPTrtm8wQoN5EYPvCqg3EiDOJPzqA6wq"]),
        ("CaliforniaDepartmentofFishAndWildlife", []),
    ],
)
def test_addresses_links_and_files(text: str, fenced: list[str]) -> None:
    assert [text[start:end] for start, end in addresses(text)] == fenced


@pytest.mark.parametrize(
    "text",
    [
        'search terms: "ICE", "ERO", "HSI"',
        "Keywords: ICE, immigration, Border Patrol",
        "emails containing the following terms: ICE; ERO; HSI",
        "all mail that contains any of the words ICE, HSI or CBP",
        "search terms used:\n- ICE\n- ERO\n- HSI\n",
        "the following keywords (ICE OR HSI OR CBP)",
    ],
)
def test_lists_of_search_terms(text: str) -> None:
    fences = search_terms(text)
    for word in ("ICE",):
        at = text.index(word)
        assert inside(at, at + len(word), fences)


@pytest.mark.parametrize(
    "text", ["ICE and HSI came by", "in terms of ICE, HSI and others", "search for ICE", "keyword ICE"]
)
def test_no_list(text: str) -> None:
    assert search_terms(text) == []


@pytest.mark.parametrize(
    "text",
    ["keywords: " + "a, " * 20_000, "keywords " * 3_000, "@" * 30_000, "a." * 20_000, "search terms: " + "x" * 30_000],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.perf_counter()
    search_terms(text[:6000])
    addresses(text[:6000])
    assert time.perf_counter() - start < 60, "some milliseconds on an idle machine, hours if it were not linear"


@given(st.from_regex(_ANNOUNCED, fullmatch=True, alphabet=st.characters(max_codepoint=127)))
def test_a_piece_by_which_lists_are_looked_for_stands_in_every_announcement(text: str) -> None:
    assert any(map(words_in(text).hold, _PIECES))
