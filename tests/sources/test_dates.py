from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.sources.dates import read_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Tue, 6 Mar 2018 08:12:44 -0800", "2018-03-06T08:12:44-08:00"),
        ("Tue, 6 Mar 2018 8:12:44 -0800 (PST)", "2018-03-06T08:12:44-08:00"),
        ("6 Mar 2018 08:12 GMT", "2018-03-06T08:12:00+00:00"),
        ("Tue, 06 Mar 2018 08:12:44 PST", "2018-03-06T08:12:44-08:00"),
        ("Tue, 06 Mar 2018 08:12:44 PDT", "2018-03-06T08:12:44-07:00"),
        ("Tue, 06 Mar 2018 08:12:44 -0000", "2018-03-06T08:12:44+00:00"),
        ("Tue, 06 Mar 2018 08:12:44 XYZ", "2018-03-06T08:12:44"),
        ("Tue, 06 Mar 2018 08:12:44 +9900", "2018-03-06T08:12:44"),
        ("Tue, 06 Mar 2018 08:12 UTC+1", "2018-03-06T08:12:00+01:00"),
        ("6 Mar 18 08:12 EST", "2018-03-06T08:12:00-05:00"),
        ("6 Mar 98 08:12 EST", "1998-03-06T08:12:00-05:00"),
        ("Tue Apr  1 19:47:56 2008", "2008-04-01T19:47:56"),
        ("Tue Apr  1 19:47:56 PDT 2008", "2008-04-01T19:47:56-07:00"),
        ("Tue Apr  1 19:47:56 2008 +0200", "2008-04-01T19:47:56+02:00"),
        ("Friday, February 16, 2018 9:59 PM", "2018-02-16T21:59:00"),
        ("Friday, February 16, 2018 12:05 AM", "2018-02-16T00:05:00"),
        ("Fri 2/16/2018 9:59 PM", "2018-02-16T21:59:00"),
        ("Mar 6, 2018 at 8:12 a.m.", "2018-03-06T08:12:00"),
        ("3/6/18 13:05 PM", "2018-03-06T13:05:00"),
        ("16/02/2018 10:00", "2018-02-16T10:00:00"),
        ("2018-03-06T08:12:00-08:00", "2018-03-06T08:12:00-08:00"),
        ("2018-03-06 08:12:00.123Z", "2018-03-06T08:12:00+00:00"),
        ("2018/03/06 8:12", "2018-03-06T08:12:00"),
        ("2018-03-06", "2018-03-06"),
        ("March 6th, 2018", "2018-03-06"),
        ("Mon, 06 Mar 2018 25:61:00 -0800", "2018-03-06"),
        ("Tue, 06 Mar 2018 08:12:60 +0000", "2018-03-06T08:12:59+00:00"),
        ("20080401T194756", "2008-04-01T19:47:56"),
        ("6 of March 2018", "2018-03-06"),
        ("Tue, 31 Feb 2018 10:00:00 +0000", None),
        ("13/13/2018", None),
        ("Tue, 6 Mar 1018 08:12:44 -0800", None),
        ("March 6", None),
        ("10:30", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_dates(written: str | None, expected: str | None) -> None:
    assert read_date(written) == expected


@given(st.text(max_size=60))
def test_any_text_gives_an_iso_date_or_none(written: str) -> None:
    found = read_date(written)
    assert found is None or datetime.fromisoformat(found)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31)), st.integers(-13, 13))
def test_what_mail_programs_write_is_kept(moment: datetime, hours: int) -> None:
    moment = moment.replace(microsecond=0)
    sign = "-" if hours < 0 else "+"
    written = f"{moment:%a, %d %b %Y %H:%M:%S} {sign}{abs(hours):02}00"
    assert read_date(written) == f"{moment.isoformat()}{sign}{abs(hours):02}:00"
