"""A shard keeps what it was given: words, places, zones, lengths; and finds words by pattern."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.index.places_format import WIDE, Places
from corpus_search.index.postings import SHIFT
from corpus_search.index.shard import Shard
from corpus_search.index.stretches import frequencies
from corpus_search.index.writing import IndexDoc, write_shard
from corpus_search.query.expr import Near, Phrase, Word

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


def doc(number: int, words: Iterable[str], *zones: tuple[str, int]) -> IndexDoc:
    """A message of these words, one after the other."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word, []).append(at)
    return IndexDoc(number, places, sum(map(len, places.values())), zones)


DOCS = [
    IndexDoc(7, {"plate": [0, 3], "7abc123": [1], "7abc": [1], "123": [2]}, 5, (("header", 0), ("own", 1))),
    doc(3, ["jail", "josé", "漢字"], ("own", 0)),
    doc(9, []),
    IndexDoc(11, {"common": list(range(0, 2 * WIDE, 9))}, 14564, (("own", 0), ("signature", 500))),
]


@pytest.fixture(scope="module")
def shard(tmp_path_factory: pytest.TempPathFactory) -> Shard:
    folder = tmp_path_factory.mktemp("index") / "shard000"
    assert write_shard(folder, DOCS) == [7, 3, 9, 11]
    return Shard(folder)


def places(shard: Shard, word: str) -> list[tuple[int, int]]:
    """(document, position) of each place of a word."""
    return [(key >> SHIFT, key % (1 << SHIFT)) for key in shard.postings(word).keys().tolist()]


def test_a_shard_keeps_places_and_lengths(shard: Shard) -> None:
    assert shard.numbers.tolist() == [doc.number for doc in DOCS]
    assert shard.lengths.tolist() == [doc.length for doc in DOCS]
    for word in {word for doc in DOCS for word in doc.places}:
        assert places(shard, word) == [(place, at) for place, doc in enumerate(DOCS) for at in doc.places.get(word, ())]


@pytest.mark.parametrize("kind", ["header", "own", "signature", "quoted"])
def test_a_shard_keeps_zones(shard: Shard, kind: str) -> None:
    every = [(place, at) for place in range(len(DOCS)) for at in range(600)]
    keys = np.array([place << SHIFT | at for place, at in every])
    expected = [
        next((zone for zone, first in reversed(DOCS[place].zones) if first <= at), None) == kind for place, at in every
    ]
    assert shard.in_zone(keys, kind).tolist() == expected


def test_a_shard_without_zones(tmp_path: Path) -> None:
    write_shard(tmp_path / "s", [doc(1, ["a"])])
    shard = Shard(tmp_path / "s")
    assert not shard.in_zone(shard.postings("a").keys(), "own").any()


def test_a_word_that_is_not_there(shard: Shard) -> None:
    assert places(shard, "zebra") == []
    assert not shard.holding(["zebra"]).any()
    assert shard.holding(["zebra", "plate", "josé"]).tolist() == [True, True, False, False]


def test_places_among_some_documents(shard: Shard) -> None:
    postings = shard.postings("plate")
    assert postings.keys(np.array([False, True, True, True])).tolist() == []
    assert postings.keys(np.array([True, False, False, False])).tolist() == postings.keys().tolist() == [0, 3]


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


def test_decoded_words_take_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_search.index.shard.KEPT", 20_000)
    words = [f"w{at}" for at in range(60)]
    write_shard(tmp_path / "s", [doc(1, words, ("own", 0))])
    shard = Shard(tmp_path / "s")
    for _ in range(2):
        for at, word in enumerate(words):
            assert places(shard, word) == [(0, at)]
    kept = shard._decoded.values()
    assert sum(one.size for one in kept) == shard._size <= 20_000
    assert 20 < len(kept) < len(words)


WORDS = ["a", "b", "ab", "ñ", "0"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=300), min_size=1, max_size=12)


def shard_of(folder: Path, texts: list[list[str]], most_bytes: int = 1 << 20) -> Shard:
    """A shard of these texts, the first half of each its own words, the rest quoted."""
    docs = [doc(at * 5, text, ("own", 0), ("quoted", len(text) // 2)) for at, text in enumerate(texts)]
    write_shard(folder, docs, most_bytes)
    return Shard(folder)


@settings(max_examples=25, deadline=None)
@given(TEXTS, st.sampled_from([1, 2000, 1 << 20]))
def test_frequencies_are_how_often_a_word_stands(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], most_bytes: int
) -> None:
    """However little of it is held in memory while it is written."""
    shard = shard_of(tmp_path_factory.mktemp("shard"), texts, most_bytes)
    for word in WORDS:
        asked = Word(word, (word,))
        assert frequencies(asked, shard, None).tolist() == [text.count(word) for text in texts]
        own = [text[: len(text) // 2].count(word) for text in texts]
        assert frequencies(asked, shard, "own").tolist() == own
        assert shard.holding([word]).tolist() == [word in text for text in texts]


@settings(max_examples=15, deadline=None)
@given(TEXTS, st.lists(st.sampled_from(WORDS), min_size=2, max_size=4))
def test_phrases_are_words_in_a_row(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], asked: list[str]
) -> None:
    shard = shard_of(tmp_path_factory.mktemp("shard"), texts)
    expected = [sum(text[at : at + len(asked)] == asked for at in range(len(text) - len(asked) + 1)) for text in texts]
    assert frequencies(Phrase(" ".join(asked), tuple(asked)), shard, None).tolist() == expected


@pytest.mark.parametrize("pairs", [1, 7, 1_000_000])
@pytest.mark.parametrize("ordered", [False, True])
def test_nearness_does_not_depend_on_how_many_pairs_are_looked_at_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pairs: int, ordered: bool
) -> None:
    monkeypatch.setattr("corpus_search.index.stretches.PAIRS", pairs)
    texts = [["a", "b", "a", "0", "b", "b"] * 5, [], ["b", "0", "0", "0", "a"], ["a"] * 9]
    expected = [
        len(
            {
                (min(one, other), max(one, other))
                for one, word in enumerate(text)
                for other, second in enumerate(text)
                if (word, second) == ("a", "b") and 0 < (other - one if ordered else abs(other - one)) <= 3
            }
        )
        for text in texts
    ]
    near = Near(Word("a", ("a",)), Word("b", ("b",)), 3, ordered)
    assert frequencies(near, shard_of(tmp_path / "s", texts), None).tolist() == expected


def test_a_word_of_many_messages_takes_several_blocks(tmp_path: Path) -> None:
    write_shard(tmp_path / "s", [doc(number, ["all", f"w{number % 3}"]) for number in range(1000)])
    shard = Shard(tmp_path / "s")
    assert places(shard, "all") == [(number, 0) for number in range(1000)]
    assert places(shard, "w2") == [(number, 1) for number in range(2, 1000, 3)]
