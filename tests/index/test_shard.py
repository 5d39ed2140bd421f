"""A shard keeps what it was given: words, places, zones, lengths; and finds words by pattern."""

from __future__ import annotations

from array import array
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.index.places_format import WIDE, Places
from corpus_search.index.shard import KEPT, Shard
from corpus_search.index.writing import IndexDoc, write_shard

POSITIONS = st.lists(st.integers(0, 3 * WIDE), min_size=1, max_size=40, unique=True).map(sorted)


@given(POSITIONS)
def test_places_come_back_as_they_went(positions: list[int]) -> None:
    kept = Places()
    value = kept.encode(positions)
    assert list(kept.decode_positions(value)) == positions
    assert kept.decode_frequency(value) == len(positions)


@pytest.mark.parametrize(
    ("positions", "size"), [([0], 3), ([WIDE - 1], 3), ([WIDE], 5), ([1, WIDE - 1], 5), ([1, WIDE], 9)]
)
def test_places_take_no_more_room_than_they_must(positions: list[int], size: int) -> None:
    assert len(Places().encode(positions)) == size


DOCS = [
    IndexDoc(7, (("plate", 0), ("7abc123", 1), ("7abc", 1), ("123", 2), ("plate", 3)), (("header", 0), ("own", 1))),
    IndexDoc(3, (("jail", 0), ("josé", 1), ("漢字", 2)), (("own", 0),)),
    IndexDoc(9, (), ()),
    IndexDoc(11, tuple(("common", at) for at in range(0, 2 * WIDE, 9)), (("own", 0), ("signature", 500))),
]


@pytest.fixture(scope="module")
def shard(tmp_path_factory: pytest.TempPathFactory) -> Shard:
    folder = tmp_path_factory.mktemp("index") / "shard000"
    assert write_shard(folder, DOCS) == [7, 3, 9, 11]
    return Shard(folder)


def test_a_shard_keeps_places_zones_and_lengths(shard: Shard) -> None:
    for doc in DOCS:
        assert shard.length(doc.number) == len(doc.words)
        assert shard.zones(doc.number) == list(doc.zones)
        for word in {word for word, _ in doc.words}:
            assert list(shard.places(word)[doc.number]) == [at for one, at in doc.words if one == word]
    assert shard.place_of == {7: 0, 3: 1, 9: 2, 11: 3}


def test_a_word_that_is_not_there(shard: Shard) -> None:
    assert not shard.has("zebra")
    assert shard.places("zebra") == {}
    assert shard.frequencies("zebra") == {}
    assert shard.numbers_with("zebra") == set()


def test_frequencies_before_and_after_places_are_known(tmp_path: Path) -> None:
    write_shard(tmp_path / "s", DOCS)
    shard = Shard(tmp_path / "s")
    for _ in range(2):
        assert shard.frequencies("plate") == {7: 2}
        assert shard.numbers_with("plate") == {7}
        assert shard.places("plate", among={3}) in ({}, {7: array("H", [0, 3])})
        shard.places("plate")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("pla*", ["plate"]),
        ("*123", ["123", "7abc123"]),
        ("*a*e*", ["plate"]),
        ("7abc*", ["7abc", "7abc123"]),
        ("plate", ["plate"]),
        ("", []),
        ("*字", ["漢字"]),
        (".*", []),
    ],
)
def test_words_by_pattern(shard: Shard, pattern: str, words: list[str]) -> None:
    assert sorted(shard.words_like(pattern)) == words


def test_few_decoded_words_are_kept(tmp_path: Path) -> None:
    words = [f"w{at}" for at in range(KEPT + 50)]
    write_shard(tmp_path / "s", [IndexDoc(1, tuple((word, at) for at, word in enumerate(words)), (("own", 0),))])
    shard = Shard(tmp_path / "s")
    for _ in range(2):
        for at, word in enumerate(words):
            assert list(shard.places(word)[1]) == [at]
    assert len(shard._decoded) <= KEPT


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["a", "b", "ab", "ñ", "0"]), max_size=300),
        min_size=1,
        max_size=12,
    )
)
def test_frequencies_are_how_often_a_word_stands(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("shard")
    docs = [
        IndexDoc(number * 5, tuple((word, at) for at, word in enumerate(text)), (("own", 0),))
        for number, text in enumerate(texts)
    ]
    write_shard(folder, docs)
    shard = Shard(folder)
    for word in ("a", "b", "ab", "ñ", "0"):
        expected = {doc.number: count for doc in docs if (count := Counter(one for one, _ in doc.words)[word])}
        assert shard.frequencies(word) == expected
        assert {number: len(places) for number, places in shard.places(word).items()} == expected
