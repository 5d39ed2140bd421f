"""Identifiers: one value however a number is written, and what needs a cue."""

from __future__ import annotations

import pytest

from corpus_search.tagging.identifier_values import value_of, vin_is_valid
from corpus_search.tagging.identifiers import IdentifierFinder


@pytest.fixture(scope="module")
def identifiers() -> IdentifierFinder:
    return IdentifierFinder()


@pytest.mark.parametrize(
    ("how", "written", "value"),
    [
        ("compact", "d 123-4567", "D1234567"),
        ("compact", "714 555 0148", "7145550148"),
        ("digits", "(714) 555-0148", "7145550148"),
        ("a_number", "A 12 345 678", "A012345678"),
        ("a_number", "AXXX-XXX-123", "A??????123"),
        ("date", "1988-03-14", "1988-03-14"),
        ("date", "3/14/88", "1988-03-14"),
        ("date", "3-14-1988", "1988-03-14"),
        ("date", "14MAR88", "1988-03-14"),
        ("date", "March 14, 1988", "1988-03-14"),
        ("date", "031488", "1988-03-14"),
        ("date", "03/14/05", "2005-03-14"),
        ("date", "13/45/88", "13/45/88"),
        ("date", "soon", "soon"),
        ("secret", "Winter2019!", "secret"),
    ],
)
def test_values_compare(how: str, written: str, value: str) -> None:
    assert value_of(how, written) == value


@pytest.mark.parametrize(
    ("vin", "valid"),
    [
        ("1HGCM82633A004352", True),
        ("1HGCM82643A004352", False),
        ("1HGCM82633A00435", False),
        ("1HGCM82633A00435O", False),
    ],
)
def test_check_digits(vin: str, valid: bool) -> None:
    assert vin_is_valid(vin) is valid


def test_a_vin_with_a_wrong_check_digit_is_a_near_miss(identifiers: IdentifierFinder) -> None:
    findings = identifiers.find("the key 1HGCM82643A004352 is here")
    assert findings.found == []
    assert "check digit" in findings.missed[0].reason
    assert [one.by for one in identifiers.find("VIN 1HGCM82643A004352").found] == ["vin"]


def test_one_stretch_is_one_identifier(identifiers: IdentifierFinder) -> None:
    text = "A# 201 555 332, DOB 3/14/88, CII A12345678, cell 714-555-0148"
    found = identifiers.find(text).found
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert [one.by for one in found][:1] == ["a_number"]
    assert not identifiers.may_hold("nothing of that kind here")
