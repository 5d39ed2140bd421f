"""What stands beside a header and is none of it (stamps, codes, dirt), and gaps where words were taken out."""

from __future__ import annotations

import pytest
from reading_support import Read, check_laws

from corpus_search.model import Message

REST = "Sent:      Thursday, July 12, 2012 10:13 AM\nTo:        Lee, Sam\nSubject:   bus\n\nYes.\n"
SIX = "From:      Roe, Kay <kroe@ogso.gov>\n"


def only(read: Read, text: str) -> Message:
    messages = [one for one in read(text, "emails.txt").messages if one.kind == "message" and not one.quoted]
    check_laws(tuple(messages))
    assert len(messages) == 1
    return messages[0]


def names(message: Message) -> list[str | None]:
    return [party.name or party.address for party in message.to]


def test_a_stamp_beside_the_fields_is_none_of_them(read: Read) -> None:
    text = """
                                                                   RELEASE
                                                                   IN PART B6

From:      Roe, Kay <kroe@ogso.gov>               Classified by DAS, A/GIS, DoS on
Sent:      Thursday, July 12, 2012 10:13 AM
To:        Lee, Sam                               11-30-2015 - Class: CONFIDENTIAL
Subject:   Re: the bus                            - Reason: 1.4(D) - Declassify on:
                                                  07-12-2022

On the list.
"""
    message = only(read, text)
    assert (message.subject, names(message), message.date) == ("Re: the bus", ["Lee, Sam"], "2012-07-12T10:13:00")
    aside = message.text[message.zones[-1].start :]
    assert message.zones[-1].kind == "furniture"
    assert (
        "Classified by DAS, A/GIS, DoS on 11-30-2015 - Class: CONFIDENTIAL - Reason: 1.4(D) - Declassify on:" in aside
    )
    assert "RELEASE IN PART B6" in aside


def test_a_stamp_that_runs_into_a_value_is_cut_off(read: Read) -> None:
    text = (
        f"{SIX}Sent:      Thursday, July 12, 2012 10:13 AM\nTo:        Lee, Sam\n"
        "Subject:   Re: the bus CONFIDENTIAL — Reason: 1.4(B), 1.4(D) — Declassify on: 11/14/2025\n\nYes.\n"
    )
    assert only(read, text).subject == "Re: the bus"


@pytest.mark.parametrize(
    ("to", "wanted"),
    [
        ("kroe                 Sam Lee", ["kroe", "Sam Lee"]),
        ("'kroe                 Lee, Sam; Poe, Ann", ["kroe", "Lee, Sam", "Poe, Ann"]),
        ("Lee, Sam;            Poe, Ann", ["Lee, Sam", "Poe, Ann"]),
        ("Lee, Sam             <slee@ogso.gov>", ["Lee, Sam"]),
        ("Lee, Sam             slee@ogso.gov", ["Lee, Sam"]),
        ("Lee,                 Sam", ["Lee, Sam"]),
        ("Lee, Sam                                          I", ["Lee, Sam"]),
        ("Lee, Sam                                          B61", ["Lee, Sam"]),
        ("Lee, Sam\n                               Ann Poe; Cy Dow", ["Lee, Sam", "Ann Poe", "Cy Dow"]),
        ("Dow, Cy; Poe, Ann\nA; Lee, Sam", ["Dow, Cy", "Poe, Ann A", "Lee, Sam"]),
    ],
)
def test_a_wide_gap_parts_people(read: Read, to: str, wanted: list[str]) -> None:
    text = f"{SIX}Sent:      Thursday, July 12, 2012 10:13 AM\nTo:        {to}\nSubject:   the bus\n\nYes.\n"
    message = only(read, text)
    assert names(message) == wanted
    assert message.subject == "the bus"


def test_a_code_in_the_margin_of_an_empty_field_is_a_person_taken_out_and_dirt_is_none(read: Read) -> None:
    text = "From:      Roe, Kay\nSent:      Thursday, July 12, 2012 10:13 AM\nTo:        {}\nSubject:   bus\n\nYes.\n"
    assert [party.redacted for party in only(read, text.format("                              B6")).to] == [True]
    assert only(read, text.format("                              ")).to == ()


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        ("Subject:\n                                                  B6\n           the bus at ten", "the bus at ten"),
        ("Subject:\n                        at ten", "at ten"),
        ("           the bus at ten\nSubject:", "the bus at ten"),
        ("Subject:   the bus            B1\n                              1.4(B)\nLatest from Jo.", "the bus"),
        ("Subject:   the bus\n\n                              B6\n\n   Original Message ----      B5", "the bus"),
    ],
)
def test_a_subject_is_found_above_and_below_its_label(read: Read, lines: str, subject: str) -> None:
    text = f"{SIX}Sent:      Thursday, July 12, 2012 10:13 AM\nTo:        Lee, Sam\n{lines}\n\nYes.\n"
    assert only(read, text).subject == subject


@pytest.mark.parametrize(
    "broken", ["Thursday, July 12,\n           2012 10:13 AM", "Thursday, July n,\n           2012 10:13 AM"]
)
def test_a_date_that_wraps_breaks_no_header(read: Read, broken: str) -> None:
    message = only(read, f"{SIX}Sent:      {broken}\nTo:        Lee, Sam\nSubject:   bus\n\nYes.\n")
    assert (message.subject, names(message)) == ("bus", ["Lee, Sam"])
    assert message.date == (None if " n," in broken else "2012-07-12T10:13:00")


def test_a_label_is_known_with_a_blank_in_its_damage(read: Read) -> None:
    message = only(read, f"f ronn:    Roe, Kay\n{REST}")
    assert message.sender is not None
    assert message.sender.name == "Roe, Kay"


def test_an_address_that_is_whited_out_leaves_a_name(read: Read) -> None:
    message = only(read, f"From:      Kay Roe [mailto           ]\n{REST}")
    assert message.sender is not None
    assert (message.sender.name, message.sender.address) == ("Kay Roe", None)


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("• Roe, Kay <kroe@ogso.gov>", "Roe, Kay", "kroe@ogso.gov"),
        ("Roe, Kay •", "Roe, Kay", None),
        ("Kay Roe >", "Kay Roe", None),
        ("Roe, Kay <kroe@ogso.gov?>", "Roe, Kay", "kroe@ogso.gov"),
        ("Roe, Kay <kroe( _>", "Roe, Kay", "kroe"),
        ("Kay Roe <_>", "Kay Roe", None),
        ("Roe, Kay <kroe©ogso.goy>", "Roe, Kay", "kroe@ogso.gov"),
        ("Roe, Kay (OGSO)", "Roe, Kay (OGSO)", None),
        ("Roe, Kay J.", "Roe, Kay J.", None),
    ],
)
def test_specks_at_the_edges_of_a_sender_are_none_of_it(
    read: Read, written: str, name: str, address: str | None
) -> None:
    message = only(read, f"From:      {written}\n{REST}")
    assert message.sender is not None
    assert (message.sender.name, message.sender.address) == (name, address)
