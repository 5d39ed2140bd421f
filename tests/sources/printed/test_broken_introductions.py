"""Introductions of quoted words that programs broke over lines, or set in narrow columns."""

from __future__ import annotations

import pytest

from corpus_search.sources.printed.dates import read_printed_date
from corpus_search.sources.printed.split import split_quoted

BROKEN = {
    "address on a line with fewer marks": "> ok\n>\n> > On Tue, Mar 6, 2018 at 8:12 AM, Kay Roe <\n> kroe@x.gov\n"
    "> > >\n"
    "> > wrote:\n> >\n> > run it",
    "bracket as a quote mark": "ok\n\nOn Tue, Mar 6, 2018 at 8:12 AM, Kay Roe <kroe@x.gov\n> wrote:\n\n> run it",
    "date first": "ok\n\n2018-03-06 8:12 GMT-08:00 Kay Roe <kroe@x.gov>:\n\nrun it",
    "verb last": "ok\n\nKay Roe <kroe@x.gov> hat am 6. März 2018 um 8:12 geschrieben:\n\nrun it",
    "address as a name": 'ok\n\nOn Mar 6, 2018, at 8:12 AM, "kroe@x.gov"\n<kroe@x.gov> wrote:\n\nrun it',
    "narrow columns": "ok\n\n                    Kay Roe\n                    <kroe@x.        To:     Doe\n"
    "                    gov>            cc:     Li\n                                    Subject:     plate\n"
    "                    03/06/2018 08:12\n                    AM\n\nrun it",
    "name and date beside the first label": "ok\n\nkroe@x.gov 03/06/18 08:12 AM  To: Doe@x.gov  cc: Li  Subject: plate"
    "\n\nrun it",
}


@pytest.mark.parametrize("name", BROKEN)
def test_sender_and_date(name: str) -> None:
    blocks = [one.block for one in split_quoted(BROKEN[name]).quoted if one.block is not None]
    assert len(blocks) == 1
    assert "kroe@x.gov" in (blocks[0].value("from") or "")
    assert (read_printed_date(blocks[0].value("date")) or "")[:16] == "2018-03-06T08:12"


def test_what_only_begins_as_one_stays_as_it_is() -> None:
    text = "On Tue, Mar 6, 2018 at 8:12 AM, Kay Roe <\n> said so\n> > and wrote: no"
    assert not [one for one in split_quoted(text).quoted if one.block is not None]
