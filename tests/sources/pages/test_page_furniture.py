"""Stamps, page numbers and running lines are found by place and repetition, and marked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.sources.lines import Box, Line, Page
from corpus_search.sources.pages.furniture import mark
from corpus_search.sources.pages.hyphens import rejoined

BODY = ("From: Lopez, Andrew", "Sent: Tuesday, March 6, 2018 8:12 AM", "Comes back to the same house")


def page(number: int, *, head: Sequence[str] = (), body: Sequence[str] = BODY, foot: Sequence[str] = ()) -> Page:
    """A page with lines at its head, in its middle and at its foot."""
    lines = [Line(text, Box(54, 20 + 12 * at, 300, 30 + 12 * at)) for at, text in enumerate(head)]
    lines += [Line(text, Box(54, 150 + 14 * at, 500, 161 + 14 * at)) for at, text in enumerate(body)]
    lines += [Line(text, Box(54, 740 + 12 * at, 300, 750 + 12 * at)) for at, text in enumerate(foot)]
    return Page(number, tuple(lines), (612, 792))


def marked(pages: Sequence[Page]) -> list[dict[str, str]]:
    return [{line.text: line.furniture for line in one.lines if line.furniture} for one in mark(pages)]


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("OGSD-{:06d}", 101),
        ("OCSD{:06d}", 98),
        ("LHPD {:05d}", 45),
        ("ACLU-NC-{:06d}", 123),
        ("2018-ICLI-00035 {:d}", 1832),
        ("Feb-17-2017 {:06d}", 1635),
        ("CBP-2019-{:06d}", 12),
        ("{:06d}", 17),
        ("BERNCO_{:07d}", 1234),
    ],
)
def test_bates_numbers_count_on(form: str, first: int) -> None:
    pages = [page(at + 1, foot=[form.format(first + at)]) for at in range(4)]
    assert [one.bates for one in mark(pages)] == [form.format(first + at) for at in range(4)]
    assert marked(pages) == [{form.format(first + at): "bates"} for at in range(4)]


def test_bates_numbers_after_a_page_number_and_stamped_twice() -> None:
    pages = [page(at + 1, foot=[f"{at + 1}  OGSD-{at + 101:06d}", f"DEF{at + 5001:06d}"]) for at in range(3)]
    assert [one.bates for one in mark(pages)] == [f"OGSD-{at + 101:06d} / DEF{at + 5001:06d}" for at in range(3)]


def test_a_stamp_in_a_sentence_is_read_and_the_sentence_kept() -> None:
    pages = [page(at + 1, foot=[f"was the last time that OGSD-{at + 101:06d} he called"]) for at in range(3)]
    assert [one.bates for one in mark(pages)] == [f"OGSD-{at + 101:06d}" for at in range(3)]
    assert all("bates" not in kinds.values() for kinds in marked(pages))


def test_a_stamp_on_the_row_of_the_last_line_is_set_apart() -> None:
    pages = [page(at + 1, body=["see you", f"at the back lot  OGSD-{at + 101:06d}"]) for at in range(3)]
    assert [[line.text for line in one.lines] for one in mark(pages)] == [
        ["see you", "at the back lot", f"OGSD-{at + 101:06d}"] for at in range(3)
    ]


def test_one_page_with_a_stamp_that_can_be_nothing_else() -> None:
    assert mark([page(1, foot=["OGCSO-000150"])])[0].bates == "OGCSO-000150"


@pytest.mark.parametrize(
    "foot", ["(714) 555-0163", "Santa Ana, CA 92701", "Page 3", "Case 18-03311", "Suite 400", "x2217"]
)
def test_other_numbers_are_no_bates_numbers(foot: str) -> None:
    assert [one.bates for one in mark([page(1, foot=[foot]), page(2, foot=[foot])])] == [None, None]


def test_running_lines_differ_by_a_counter_only() -> None:
    pages = [page(at, head=["PRA 19-0045  Release Date: 02/27/2019"], foot=[f"Page {at} of 9"]) for at in range(1, 6)]
    assert {kind for kinds in marked(pages) for kind in kinds.values()} == {"running"}
    assert all(len(kinds) == 2 for kinds in marked(pages))


def test_header_fields_that_recur_are_no_furniture() -> None:
    pages = [page(at, head=["From: Lopez, Andrew", "To: Salas, Mark"]) for at in range(1, 6)]
    assert marked(pages) == [{}] * 5


def test_page_numbers_and_addresses_of_browsers() -> None:
    foot = ["https://mail.google.com/mail/u/0/?ik=5f2c&view=pt  1/2"]
    assert marked([page(1, foot=foot), page(2, foot=["- 2 -"])]) == [{foot[0]: "page"}, {"- 2 -": "page"}]


def test_a_line_repeated_over_the_page_break() -> None:
    cut = "you are driving the district into bankruptcy"
    pages = [page(1, body=[*BODY, cut]), page(2, body=[cut, "and so on"])]
    assert marked(pages) == [{}, {cut: "repeated"}]


@given(st.lists(st.lists(st.text(max_size=40), max_size=6), max_size=6))
def test_nothing_is_taken_away(bodies: list[list[str]]) -> None:
    pages = [page(at, body=body, foot=[f"OGSD-{at:06d}"]) for at, body in enumerate(bodies, start=1)]
    assert [[line.text for line in one.lines] for one in mark(pages)] == [
        [line.text for line in one.lines] for one in pages
    ]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (
            ("handed to immigra-", "tion on Friday", "immigration came"),
            ["handed to immigration", "on Friday", "immigration came"],
        ),
        (
            ("call law-", "enforcement now", "for law-enforcement"),
            ["call law-enforcement", "now", "for law-enforcement"],
        ),
        (("the follow-", "up to it", "follow it up"), ["the follow-", "up to it", "follow it up"]),
        (("an ar\u00ad", "rest. Then", "x"), ["an arrest.", "Then", "x"]),
        (("plate 7ABC-", "abc", "x"), ["plate 7ABC-", "abc", "x"]),
        (("it ends -", "and goes on", "x"), ["it ends -", "and goes on", "x"]),
        (("a deten-", "tion", "x"), ["a detention", "x"]),
    ],
)
def test_words_parted_at_a_lines_end(lines: Sequence[str], joined: list[str]) -> None:
    assert [line.text for line in rejoined([page(1, body=lines)])[0].lines] == joined


def test_what_is_known_of_a_line_moves_with_its_words() -> None:
    first, second = (
        Line("to immigra-"),
        Line("tion, █ 7ABC123", redactions=((6, "(b)(6)"),), twins=((8, 15, "7A8C123"),)),
    )
    whole, rest = rejoined([Page(1, (first, second))])[0].lines
    assert (whole.text, rest.text) == ("to immigration,", "█ 7ABC123")
    assert rest.redactions == ((0, "(b)(6)"),)
    assert rest.twins == ((2, 9, "7A8C123"),)
