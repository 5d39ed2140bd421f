"""Dates as programs print them and OCR damages them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.sources.printed.dates import find_date, read_printed_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Tuesday, March 06, 2018 8:12 AM", "2018-03-06T08:12:00"),
        ("Tuesday, March 6, 2018 8:12:44 AM", "2018-03-06T08:12:44"),
        ("Tue 3/6/2018 8:12 AM", "2018-03-06T08:12:00"),
        ("3/6/2018 8:12:44 PM", "2018-03-06T20:12:44"),
        ("3/6/2018 4:12:44 PM +00:00", "2018-03-06T16:12:44+00:00"),
        ("3/6/18 8:12 AM", "2018-03-06T08:12:00"),
        ("03/06/2018 08:12 AM", "2018-03-06T08:12:00"),
        ("Tue, Mar 6, 2018 at 8:12 AM", "2018-03-06T08:12:00"),
        ("Mar 6, 2018, at 8:12 AM", "2018-03-06T08:12:00"),
        ("Tue, 06 Mar 2018 08:12:44 -0800", "2018-03-06T08:12:44-08:00"),
        ("Tue Mar 06 08:12:44 2018", "2018-03-06T08:12:44"),
        ("06-Mar-18", "2018-03-06"),
        ("2018-03-06 08:12", "2018-03-06T08:12:00"),
        ("2018-03-06T16:12:44Z", "2018-03-06T16:12:44+00:00"),
        ("March 6, 2018 at 8:12:44 AM PST", "2018-03-06T08:12:44-08:00"),
        ("8:12 AM, March 6, 2018", "2018-03-06T08:12:00"),
        ("Tuesday, March 6, 2018 8:12\u202fAM", "2018-03-06T08:12:00"),
        ("Tuesday, March 6, 2018 12:05 AM", "2018-03-06T00:05:00"),
        ("March 6, 2018", "2018-03-06"),
    ],
)
def test_forms_of_programs(written: str, iso: str) -> None:
    assert read_printed_date(written) == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("martes, 6 de marzo de 2018 8:12", "2018-03-06T08:12:00"),
        ("mardi 6 mars 2018 08:12", "2018-03-06T08:12:00"),
        ("Dienstag, 6. März 2018 08:12", "2018-03-06T08:12:00"),
        ("dinsdag 6 maart 2018 8:12", "2018-03-06T08:12:00"),
        ("terça-feira, 6 de março de 2018 08:12", "2018-03-06T08:12:00"),
        ("2018年3月6日 8:12", "2018-03-06T08:12:00"),
    ],
)
def test_other_languages(written: str, iso: str) -> None:
    assert read_printed_date(written, day_first=True) == iso


def test_the_day_comes_first_where_the_label_says_so() -> None:
    assert read_printed_date("6/3/2018 8:12", day_first=True) == "2018-03-06T08:12:00"
    assert read_printed_date("6/3/2018 8:12") == "2018-06-03T08:12:00"
    assert read_printed_date("16/02/2018") == "2018-02-16"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Tuesday. March 06. 2018 8: 12 AM", "2018-03-06T08:12:00"),
        ("Tuesday, March 06, 2Ol8 8:l2 AM", "2018-03-06T08:12:00"),
        ("Friday, July 22, 201110:50 AM", "2011-07-22T10:50:00"),
        ("Sunday, Decernber 13, 2009 10:56 AM", "2009-12-13T10:56:00"),
        ("Friday, October 15,2010 9:13 PM", "2010-10-15T21:13:00"),
        ("Wednesday, October 26, 201.1 6:04 AM", "2011-10-26T06:04:00"),
        ("Wednesday, ep em er 8, 2010 3:48 PM", "2010-09-08T15:48:00"),
        ("Wednesday, July'20, 2011 3:37 PM", "2011-07-20T15:37:00"),
    ],
)
def test_damage_is_mended_where_the_rest_bears_it_out(written: str, iso: str) -> None:
    assert read_printed_date(written) == iso


@pytest.mark.parametrize(
    "written",
    [
        "",
        "the front desk",
        "8:12 AM",
        "Sunday, January          12:07 PM",
        "714-555-0100",
        "Saturda M. 14 I 1 5:40 AM",
        "February 30, 2018",
    ],
)
def test_nothing_is_made_up(written: str) -> None:
    assert read_printed_date(written) is None


def test_words_glued_to_a_date_are_left() -> None:
    found = find_date("09/10/2013 06:08 PMThank you Peter")
    assert found is not None
    assert found.iso == "2013-09-10T18:08:00"
    assert "09/10/2013 06:08 PMThank you Peter"[found.end :] == "Thank you Peter"


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1)),
    st.sampled_from(
        ["%A, %B %d, %Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p", "%a, %d %b %Y %H:%M:%S", "%a %b %d %H:%M:%S %Y"]
    ),
)
def test_what_is_printed_is_read(when: datetime, form: str) -> None:
    iso = read_printed_date(when.strftime(form))
    assert iso is not None
    assert iso[:16] == when.isoformat()[:16]


@given(st.text("0123456789/:., APMapmJanuryFebMcTsdWd-'", max_size=60))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = find_date(text)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        datetime.fromisoformat(found.iso)
