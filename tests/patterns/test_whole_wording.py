"""What a conversation reads like as a whole, where no single phrase need be known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.packs.pattern_wording import Wording, load_wording
from corpus_search.patterns.sides import turns
from corpus_search.patterns.wording import LEAST, MOST, read, words_of
from tests.patterns.conftest import Mail, Teller


@pytest.mark.parametrize(
    ("reads_like", "neighbour", "story"),
    [
        (
            "plate_lookup_for_ice",
            "alpr_search_on_behalf",
            [
                Mail("ice", "police", "Whose name is on the tag 7XKD204?"),
                Mail("police", "ice", "Title is in his aunt's"),
            ],
        ),
        (
            "alpr_search_on_behalf",
            "plate_lookup_for_ice",
            [
                Mail("ice", "police", "Where has the blue van been parking at night? Last two weeks of cameras."),
                Mail("police", "ice", "Eleven captures, always eastbound before six."),
            ],
        ),
        (
            "credential_sharing",
            "jail_database_access",
            [Mail("police", "ice", "Just sign in as me, the password is on the sticky note")],
        ),
        (
            "release_tipoff",
            "delayed_or_staged_release",
            [Mail("jail", "ice", "Lopez posted bond, he walks out the front at nine tonight")],
        ),
    ],
)
def test_neighbours_are_told_apart(teller: Teller, reads_like: str, neighbour: str, story: list[Mail]) -> None:
    points = read(turns(teller.conversation(*story).records), load_wording())
    assert points[reads_like] > points[neighbour]
    assert points[reads_like] == max(points.values())


@pytest.mark.parametrize(
    "story",
    [
        [Mail("ice", "jail", "Invoice for March is attached, per diem at the contract rate.")],
        [
            Mail(
                "police", "clerk", "Council wants the immigration policy on the agenda, counsel is reviewing the draft."
            )
        ],
    ],
)
def test_ordinary_mail_reads_like_nothing(teller: Teller, story: list[Mail]) -> None:
    points = read(turns(teller.conversation(*story).records), load_wording())
    assert all(each < 0 for each in points.values())


def test_words_that_nobody_knows_tell_nothing(teller: Teller) -> None:
    records = teller.conversation(Mail("ice", "jail", "zzyx qwv")).records
    assert read(turns(records), Wording()) == {}


def test_who_says_a_word_is_kept_with_it(teller: Teller) -> None:
    asked = words_of(turns(teller.conversation(Mail("ice", "jail", "release")).records))
    told = words_of(turns(teller.conversation(Mail("jail", "ice", "release")).records))
    assert {"release", "f:release"} <= asked
    assert {"release", "l:release"} <= told


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording()


@given(text=st.text(max_size=300))
def test_points_stay_within_their_bounds(teller: Teller, wording: Wording, text: str) -> None:
    points = read(turns(teller.conversation(Mail("ice", "jail", text)).records), wording)
    assert all(LEAST <= each <= MOST for each in points.values())
    assert all((each * 2).is_integer() for each in points.values())


def test_what_clearly_reads_like_a_pattern_needs_no_listed_phrase(teller: Teller) -> None:
    asked = "Could you see if Ernesto Tepaz 3/3/85 has any reports with your department? Need a place to start."
    answer = "He was a witness in a bar fight last year. Listed 40 Pond St apt 2 and a cell 555-0172."
    finding = teller.found(Mail("ice", "police", asked), Mail("police", "ice", answer))[0]
    assert (finding.pattern, finding.grade) == ("person_record_lookup", "A")
    assert {line.message for line in finding.evidence} == {"m0", "m1"}
