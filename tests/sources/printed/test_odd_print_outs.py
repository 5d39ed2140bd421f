"""Print-outs whose values stand apart from their labels, dates without a year, and what only looks like a message."""

from __future__ import annotations

import pytest
from reading_support import Read, check_laws

from corpus_search.model import Message
from corpus_search.sources.printed.yearless import find_yearless, read_near

WORDS = "Thanks for sending that over so quickly.\nNobody saw who was driving it.\n"


def messages(read: Read, text: str) -> list[Message]:
    found = read(text, "emails.txt").messages
    check_laws(found)
    return [one for one in found if one.kind == "message"]


def tops(read: Read, text: str) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (one.sender.name if one.sender else None, one.date, one.subject)
        for one in messages(read, text)
        if not one.quoted
    ]


def test_a_table_of_fields_has_day_and_time_in_rows_of_their_own_and_empty_cells(read: Read) -> None:
    table = (
        "Custodian             Roe, Kay\n\nEmail From            Roe, Kay <kroe@ogso.gov>\n\n"
        "Email To              Lee, Sam <slee@ogso.gov>\n\nEmail CC\n\nDate Sent             3/6/2018\n\n"
        "Time Sent             4:12:44 PM\n\nEmail Subject         plate\n\nAttachment Count      0\n\n" + WORDS
    )
    assert tops(read, table) == [("Roe, Kay", "2018-03-06T16:12:44", "plate")]


def test_values_may_stand_above_their_labels(read: Read) -> None:
    header = "Roe, Kay <kroe@ogso.gov>\nFrom:\nTuesday, March 06, 2018 8:12 AM\nSent:\nLee, Sam\nTo:\nplate\nSubject:\n"
    [message] = messages(read, f"{header}\n{WORDS}")
    assert message.sender is not None
    assert (message.sender.address, message.date, message.subject) == ("kroe@ogso.gov", "2018-03-06T08:12:00", "plate")
    assert [party.name for party in message.to] == ["Lee, Sam"]
    assert "values stand above their labels" in message.doubts
    assert message.confidence is not None
    assert message.confidence < 0.9


def test_values_below_their_labels_stay_with_them(read: Read) -> None:
    header = (
        "FROM\nRoe, Kay <kroe@ogso.gov>\nTO\nLee, Sam <slee@ogso.gov>\nDATE\nMarch 6, 2018 8:12 AM\nSUBJECT\nplate\n"
    )
    assert tops(read, f"{header}\n{WORDS}") == [("Roe, Kay", "2018-03-06T08:12:00", "plate")]


@pytest.mark.parametrize(
    ("written", "near", "wanted"),
    [
        ("Tue, Mar 6, 8:12 AM", "2018-03-09T10:00:00", "2018-03-06T08:12:00"),
        ("Mon, Mar 5, 4:40 PM", "2018-03-05T17:00:00", "2018-03-05T16:40:00"),
        ("Tue, Mar 6, 8:12 AM", "2020-01-01", "2018-03-06T08:12:00"),  # the weekday tells which year
        ("Dec 30 at 8:12 AM", "2018-01-02T08:00:00", "2017-12-30T08:12:00"),
        ("Thu 6/14 2:15 PM", "2018-06-20", "2018-06-14T14:15:00"),
        ("6. März um 8:12", "2018-03-09", "2018-03-06T08:12:00"),
        ("Tue, Mar 6, 8:12 AM", None, None),
        ("Feb 29 at 8:12 AM", "2018-03-01", "2016-02-29T08:12:00"),
        ("Mar 6", "2018-03-09", None),
        ("May 32 at 8:12 AM", "2018-06-01", None),
        ("room 4 at 8:12 AM", "2018-06-01", None),
    ],
)
def test_the_year_is_taken_from_the_dates_beside_it(written: str, near: str | None, wanted: str | None) -> None:
    assert read_near(written, near) == wanted


def test_a_line_of_any_length_has_no_yearless_date() -> None:
    assert find_yearless("Mar " * 100_000) is None


def test_quoted_messages_without_a_year_say_so(read: Read) -> None:
    text = (
        "From: Roe, Kay <kroe@ogso.gov>\nSent: Tue, Mar 6, 2018 8:12 AM\nTo: Lee, Sam\nSubject: RE: plate\n\nDone.\n\n"
        "From: Lee, Sam\nSent: Mon, Mar 5, 4:40 PM\nTo: Roe, Kay\nSubject: plate\n\nRun it?\n\n"
        "On Mar 4, at 9:10 AM, Roe, Kay <kroe@ogso.gov> wrote:\n\n> Call me.\n"
    )
    _, one, other = messages(read, text)
    assert (one.date, other.date) == ("2018-03-05T16:40:00", "2018-03-04T09:10:00")
    assert other.sender is not None
    assert (other.sender.name, other.sender.address) == ("Roe, Kay", "kroe@ogso.gov")
    for quoted in (one, other):
        assert any("no year" in doubt for doubt in quoted.doubts)


def plain(sender: str, date: str, to: str, subject: str) -> str:
    return f"From: {sender}\nSent: {date}\nTo: {to}\nSubject: {subject}\n\n{WORDS}"


def test_what_an_answer_quotes_may_begin_a_page_after_a_half_empty_one(read: Read) -> None:
    full = WORDS * 20
    pages = [
        plain("Roe, Kay", "Tuesday, March 6, 2018 8:12 AM", "Lee, Sam", "RE: plate"),
        plain("Lee, Sam", "Monday, March 5, 2018 4:40 PM", "Roe, Kay", "plate"),
        plain("Dow, Cy", "Friday, March 9, 2018 8:12 AM", "Roe, Kay", "jail list") + full,
    ]
    assert [subject for _, _, subject in tops(read, "\f".join(pages))] == ["RE: plate", "jail list"]


def test_messages_printed_newest_first_that_quote_each_other_stay_apart(read: Read) -> None:
    newest = plain("Roe, Kay", "Tuesday, March 6, 2018 8:12 AM", "Lee, Sam", "RE: plate")
    older = plain("Lee, Sam", "Monday, March 5, 2018 4:40 PM", "Roe, Kay", "plate")
    other = plain("Dow, Cy", "Friday, March 2, 2018 8:12 AM", "Roe, Kay", "jail list") + WORDS * 20
    found = tops(read, "\f".join([f"{newest}\n-----Original Message-----\n{older}", older, other]))
    assert [subject for _, _, subject in found] == ["RE: plate", "plate", "jail list"]


def test_the_envelope_of_a_groupwise_mail_is_no_mail(read: Read) -> None:
    text = (
        "From:      Ruth Vance\nTo:        Dan Ochoa\nDate:      3/6/2018 8:12 AM\nSubject:   sheet\n\n" + WORDS + "\f"
        "Mail Envelope Properties   (5A9E5C12.ABC : 17 : 44120)\n\nSubject:         sheet\n"
        "Creation Date:   3/6/2018 8:12 AM\nFrom:            Ruth Vance\nCreated By:      RVANCE@co.orange.ca.us\n\n"
        "Recipients          Action         Date & Time\nsheriff.po1         Delivered      3/6/2018 8:12 AM\n"
    )
    assert len(messages(read, text)) == 1


def test_the_number_of_a_text_message_is_no_subject(read: Read) -> None:
    parties = "From: +17145550199 Sam Lee\nTo: +17145550100 Kay Roe\n"
    one = f"# {{}}\n{parties}Timestamp: 3/6/2018 8:{{}}:44 AM\nBody:\nIs he out\n\n"
    found = tops(read, one.format(1, 12) + one.format(2, 14))
    assert [subject for _, _, subject in found] == [None, None]
    assert [date for _, date, _ in found] == ["2018-03-06T08:12:44", "2018-03-06T08:14:44"]
