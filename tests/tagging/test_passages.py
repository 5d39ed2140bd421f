from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus_search.model import Zone
from corpus_search.tagging.passages import LONGEST, passages

TEXTS = st.lists(st.sampled_from(["word ", "\n", "\n\n", "> quoted\n", "\n>\n", "x" * 900, " "]), max_size=40).map(
    "".join
)


def test_paragraphs_of_each_zone() -> None:
    text = "From: a\n\nHello.\n\nBye."
    zones = (Zone("header", 0, 9), Zone("own", 9, len(text)))
    assert [(one.text, one.zone) for one in passages(text, zones)] == [
        ("From: a", "header"),
        ("Hello.", "own"),
        ("Bye.", "own"),
    ]


@given(TEXTS, st.integers(0, 200))
def test_nothing_but_blanks_is_left_out(text: str, cut: int) -> None:
    cut = min(cut, len(text))
    zones = (Zone("own", 0, cut), Zone("quoted", cut, len(text)))
    covered = set()
    for one in passages(text, zones):
        assert text[one.start : one.start + len(one.text)] == one.text
        assert len(one.text) <= LONGEST + 1
        covered |= set(range(one.start, one.start + len(one.text)))
    left = "".join(c for at, c in enumerate(text) if at not in covered)
    assert not left.strip(" \n\t>|")


def test_without_zones_all_is_own() -> None:
    assert [one.zone for one in passages("a\n\nb", ())] == ["own", "own"]


def test_a_passage_without_a_blank_is_cut_all_the_same() -> None:
    assert max(len(one.text) for one in passages("x" * (3 * LONGEST), ())) <= LONGEST
