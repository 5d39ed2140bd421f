"""Initials that several bodies share are nobody's in particular, unless the text names the place."""

from __future__ import annotations

import pytest

from corpus_search.tagging.agencies import AgencyFinder


@pytest.mark.parametrize(
    ("text", "value", "groups"),
    [
        ("MPD officers have him in custody", "MPD", {"police"}),
        ("MPD officers in Merced have him in custody", "Merced Police Department", {"police", "us-ca"}),
        ("Maricopa asked: is MCSO holding him?", "Maricopa County Sheriff", {"sheriff", "us-az"}),
        ("the District of Columbia Police", "District of Columbia Police Department", {"police", "us-dc"}),
        ("the New Jersey Attorney General's Office", "New Jersey Attorney General's Office", {"state", "us-nj"}),
    ],
)
def test_whose_they_are(agencies: AgencyFinder, text: str, value: str, groups: set[str]) -> None:
    assert (value, groups) in [(one.value, set(one.groups)) for one in agencies.find(text).found]


@pytest.mark.parametrize(
    "text",
    [
        "# HSI controllers\n#\n# HSI clients\nCONFIG_HSI_CHAR=m",
        "a hectic year for immigration litigation",
        "issues, from immigration to taxes",
        "a Haitian immigration official said so",
        "please contact your OPLA analyst about the council",
    ],
)
def test_what_is_none(agencies: AgencyFinder, text: str) -> None:
    assert agencies.find(text).found == []
