"""Citations: release, file as received, page or message, Bates numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.evidence.citation import bates_range, cite, cite_page, number_runs
from corpus_search.model import Message, Place, Source, Span, Zone


def message(path: str, member: str | None, *places: Place) -> Message:
    return Message("1", "message", "OCSD 2019-02", Source(path, member, "0", "pdf"), places, "", ())


@pytest.mark.parametrize(
    ("places", "cited"),
    [
        ((), "OCSD 2019-02, emails_03.pdf"),
        ((Place("page", 13),), "OCSD 2019-02, emails_03.pdf, p. 13"),
        ((Place("page", 13), Place("page", 14)), "OCSD 2019-02, emails_03.pdf, pp. 13-14"),
        ((Place("page", 13), Place("page", 15)), "OCSD 2019-02, emails_03.pdf, pp. 13, 15"),
        (
            (Place("page", 13, "OCSD-000123"), Place("page", 14, "OCSD-000124")),
            "OCSD 2019-02, emails_03.pdf, pp. 13-14 (OCSD-000123 to -124)",
        ),
        ((Place("page", 13, "OCSD-000123"), Place("page", 14)), "OCSD 2019-02, emails_03.pdf, pp. 13-14 (OCSD-000123)"),
        ((Place("message", 4),), "OCSD 2019-02, emails_03.pdf, message 4"),
        ((Place("row", 4), Place("row", 5)), "OCSD 2019-02, emails_03.pdf, rows 4-5"),
        ((Place("slide", 2),), "OCSD 2019-02, emails_03.pdf, slide 2"),
        ((Place("slide", 2), Place("slide", 9)), "OCSD 2019-02, emails_03.pdf, slides 2, 9"),
    ],
)
def test_cited(places: tuple[Place, ...], cited: str) -> None:
    assert cite(message("emails_03.pdf", None, *places)) == cited


def test_a_member_of_an_archive() -> None:
    cited = cite(message("production.zip", "in/box.mbox", Place("message", 2)))
    assert cited == "OCSD 2019-02, production.zip > in/box.mbox, message 2"


@pytest.mark.parametrize(
    ("page", "cited"),
    [(13, "OCSD 2019-02, a.pdf > b.pdf, p. 13"), (99, "OCSD 2019-02, a.pdf > b.pdf, pp. 13-14")],
)
def test_one_page_cited(page: int, cited: str) -> None:
    assert cite_page(message("a.pdf", "b.pdf", Place("page", 13), Place("page", 14)), page) == cited
    assert cite_page(message("a.pdf", None), page) == "OCSD 2019-02, a.pdf"


TEXT = "From: Kay\n\nfirst page\nsecond page\nfourth page\n\nOCSD-1"


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        (["From: Kay"], "p. 13 (A-1)"),
        (["first page"], "p. 13 (A-1)"),
        (["second"], "p. 14 (A-2)"),
        (["page\nsecond"], "pp. 13-14 (A-1 to -2)"),
        (["first", "fourth"], "pp. 13, 16 (A-1 to -4)"),
        (["OCSD-1"], "pp. 13-16 (A-1 to -4)"),  # a stamp: it may stand on any
    ],
)
def test_the_pages_on_which_words_stand(words: list[str], cited: str) -> None:
    at = TEXT.index
    places = (
        Place("page", 13, "A-1", start=0),
        Place("page", 14, "A-2", start=at("second")),
        Place("page", 15, "A-3"),  # not a word of it
        Place("page", 16, "A-4", start=at("fourth")),
    )
    zones = (Zone("own", 0, at("\n\nOCSD")), Zone("furniture", at("\n\nOCSD"), len(TEXT)))
    made = replace(message("emails_03.pdf", None, *places), text=TEXT, zones=zones)
    spans = [Span(at(word), at(word) + len(word)) for word in words]
    assert cite(made, *spans) == f"OCSD 2019-02, emails_03.pdf, {cited}"


def test_a_header_over_two_pages_may_stand_on_either() -> None:
    text = "From: Kay\nTo: Lee\n\nwords"
    places = (Place("page", 1, start=0), Place("page", 2, start=0))
    zones = (Zone("header", 0, 19), Zone("own", 19, len(text)))
    made = replace(message("a.pdf", None, *places), text=text, zones=zones)
    assert cite(made, Span(10, 17)) == "OCSD 2019-02, a.pdf, pp. 1-2"
    assert cite(made, Span(19, 24)) == "OCSD 2019-02, a.pdf, p. 2"


def test_where_no_page_is_known_to_begin_all_are_cited() -> None:
    made = replace(message("a.pdf", None, Place("page", 13), Place("page", 14)), text=TEXT)
    assert cite(made, Span(0, 4)) == "OCSD 2019-02, a.pdf, pp. 13-14"


@pytest.mark.parametrize(
    ("stamps", "shown"),
    [
        (["A-001"], "A-001"),
        (["A-001", "A-001"], "A-001"),
        (["A-001", "A-010"], "A-001 to -10"),
        (["A-000", "A-000x"], "A-000 to A-000x"),
        (["A-001", "B-002"], "A-001 to B-002"),
        (["draft", "final"], "draft to final"),
        (["A-100", "A-000"], "A-100 to -0"),
        (["2019 A-001.1", "2019 A-001.2"], "2019 A-001.1 to -2"),
    ],
)
def test_bates(stamps: list[str], shown: str) -> None:
    assert bates_range(stamps) == shown


@given(st.lists(st.integers(0, 30), min_size=1))
def test_runs_name_every_number_and_no_other(numbers: list[int]) -> None:
    named: list[int] = []
    for run in number_runs(numbers).split(", "):
        low, _, high = run.partition("-")
        named += range(int(low), int(high or low) + 1)
    assert named == sorted(set(numbers))
