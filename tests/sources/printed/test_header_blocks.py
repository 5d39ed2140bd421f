"""Header blocks in the layouts of many programs, whole and damaged, and what is none."""

from __future__ import annotations

import pytest

from corpus_search.sources.printed.blocks import Block
from corpus_search.sources.printed.markers import Markers

WANTED = {"from": "Roe, Kay", "to": "Doe, John; Li, Bo", "subject": "RE: plate"}


def header(text: str) -> Block | None:
    """The first header in the lines."""
    lines = text.split("\n")
    markers = Markers(lines, [0] * len(lines))
    found = (markers.at(row) for row in range(len(lines)))
    return next((marker.block for marker in found if marker is not None), None)


LAYOUTS = {
    "Outlook memo": "Delgado, Raymond\n______________\nFrom:      Roe, Kay\n"
    "Sent:      Tuesday, March 06, 2018 8:12 AM\n"
    "To:        Doe, John; Li, Bo\nSubject:   RE: plate\n\nok",
    "Outlook quoted": "From: Roe, Kay\nSent: Tuesday, March 6, 2018 8:12 AM\nTo: Doe, John; Li, Bo\n"
    "Subject: RE: plate\n\nok",
    "subject first": "Subject: RE: plate\nDate: 3/6/18 8:12 AM\nFrom: Roe, Kay\nTo: Doe, John; Li, Bo\n\nok",
    "a wrapped list": "From:      Roe, Kay\nSent:      Tuesday, March 06, 2018 8:12 AM\nTo:        Doe, John;\n"
    "           Li, Bo\nSubject:   RE: plate\n\nok",
    "a list over a page's end": "From: Roe, Kay\nDate: 3/6/2018 8:12 AM\nTo: Doe, John;\n\n\nLi, Bo\n"
    "Subject: RE: plate\n\nok",
    "labels, then values": "From:\nTo:\nSubject:\nDate:\n\nRoe, Kay\nDoe, John; Li, Bo\nRE: plate\n"
    "03/06/2018 08:12 AM\n\nok",
    "values under labels": "From:\nRoe, Kay\nTo:\nDoe, John; Li, Bo\nDate:\n03/06/2018 08:12 AM\nSubject:\n"
    "RE: plate\nCc:\n\nok",
    "glued": "From: Roe, Kay\nTo:Doe, John; Li, BoSubject:RE: plateDate:03/06/2018 08:12 AM\nok",
    "words of the body glued on": "From: Roe, Kay\nTo: Doe, John; Li, Bo\n"
    "Subject:RE: plateDate:03/06/2018 08:12 AMThank you",
    "damaged": "Frorn: Roe, Kay\nSent Tuesday, March 06, 2018 8:12 AM\nT0: Doe, John; Li, Bo\nSubject RE: plate\n\nok",
    "marks in the margin": "From: Roe, Kay                                B6\nSent: Tuesday, March 06, 2018 8:12 AM\n"
    "                                    B6\nTo: Doe, John; Li, Bo        1.4(B)\nSubject: RE: plate\n\nok",
    "a table": "Custodian: Doe, John\nControl Number: 0001\nFrom: Roe, Kay\nSent: 3/6/2018 8:12:44 AM\n"
    "To: Doe, John; Li, Bo\n"
    "Subject: RE: plate\nImportance: High\n\nok",
    "a table without colons": "From    Roe, Kay\nSent    3/6/2018 8:12 AM\nTo      Doe, John; Li, Bo\n"
    "Subject  RE: plate\n\nok",
    "bold": "*From:* Roe, Kay\n*Sent:* Tuesday, March 6, 2018 8:12 AM\n*To:* Doe, John; Li, Bo\n"
    "*Subject:* RE: plate\n\nok",
    "Spanish": "De: Roe, Kay\nEnviado el: martes, 6 de marzo de 2018 8:12\nPara: Doe, John; Li, Bo\n"
    "Asunto: RE: plate\n\nok",
    "French": "De : Roe, Kay\nEnvoyé : mardi 6 mars 2018 08:12\nÀ : Doe, John; Li, Bo\nObjet : RE: plate\n\nok",
    "German": "Von: Roe, Kay\nGesendet: Dienstag, 6. März 2018 08:12\nAn: Doe, John; Li, Bo\nBetreff: RE: plate\n\nok",
    "Polish": "Od: Roe, Kay\nWysłano: wtorek, 6 marca 2018 08:12\nDo: Doe, John; Li, Bo\nTemat: RE: plate\n\nok",
    "Russian": "От: Roe, Kay\nОтправлено: 6 марта 2018 г. 8:12\nКому: Doe, John; Li, Bo\nТема: RE: plate\n\nok",
    "Japanese": "差出人: Roe, Kay\n送信日時: 2018年3月6日 8:12\n宛先: Doe, John; Li, Bo\n件名: RE: plate\n\nok",
    "Notes in two columns": "Roe, Kay       To       Doe, John; Li, Bo\n03/06/2018 08:12 AM    cc\n"
    "    Subject  RE: plate\n\nok",
    "Notes in two columns, by OCR": "Roe, Kay  To  Doe, John; Li, Bo\n03/06/2018 08:12 AM  cc  Ann Li\n\nbec\n\n"
    "Subject RE: plate\n\nok",
    "name over date": "Roe, Kay\n03/06/2018 08:12 AM\nTo: Doe, John; Li, Bo\ncc:\nSubject: RE: plate\n\nok",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_header(layout: str) -> None:
    block = header(LAYOUTS[layout])
    assert block is not None
    assert {name: block.value(name) for name in WANTED} == WANTED
    from corpus_search.sources.printed.dates import read_printed_date

    assert (read_printed_date(block.value("date")) or "")[:16] == "2018-03-06T08:12"


NO_HEADER = {
    "prose": "From: the front desk\nWe will meet on Monday.",
    "prose with two labels": "From: the front desk\nTo: whom it may concern\n\nWe will meet on Monday.",
    "one label": "Subject: the plate",
    "a log": "Date: 3/6/2018 8:12 AM\nStatus: open\nLocation: Main St",
    "a form": "Name: Doe\nDate: 3/6/2018\nTo: pay\nAmount: 5",
    "words that look like labels": "Form: 12\nRate: 5\nData: none\nObject: table",
}


@pytest.mark.parametrize("name", NO_HEADER)
def test_what_is_no_header(name: str) -> None:
    assert header(NO_HEADER[name]) is None


def test_the_body_begins_where_the_header_ends() -> None:
    text = "From: Roe, Kay\nTo: Doe, John\nSubject:RE: plateDate:03/06/2018 08:12 AMThank you"
    block = header(text)
    assert block is not None
    assert text.split("\n")[block.stop - 1][block.column :] == "Thank you"


def test_a_subject_ends_at_an_announcement_a_salutation_a_stamp() -> None:
    top = "From:      Roe, Kay\nSent:      Tuesday, March 06, 2018 8:12 AM\nTo:        Doe, John\nSubject:   plate\n"
    for below in ("          Original Message ----\nFrom: x", "           Sir,\n\nok", "\nok"):
        block = header(top + below)
        assert block is not None
        assert block.value("subject") == "plate"


def test_damage_and_detached_values_are_told() -> None:
    damaged, apart = header(LAYOUTS["damaged"]), header(LAYOUTS["labels, then values"])
    assert damaged is not None
    assert apart is not None
    assert damaged.doubts == ("label read as 'Frorn'",)
    assert apart.detached
    assert apart.doubts == ("values stand apart from their labels",)
    plain = header(LAYOUTS["Outlook memo"])
    assert plain is not None
    assert plain.doubts == ()


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ("a@x.gov\nb@x.gov;\nc@x.gov\nplate\n3/6/2018 8:12 AM", ["a@x.gov", "b@x.gov; c@x.gov", "plate"]),
        ("a@x.gov\nb@x.gov\nthe plate of\nthe van\n3/6/2018 8:12 AM", ["a@x.gov", "b@x.gov", "the plate of the van"]),
        ("Kay Roe\nb@x.gov\n3/6/2018 8:12 AM", ["Kay Roe", "b@x.gov", ""]),
    ],
)
def test_values_apart_are_paired_by_what_they_are(values: str, wanted: list[str]) -> None:
    block = header(f"From:\nTo:\nSubject:\nDate:\n\n{values}\n\nok")
    assert block is not None
    assert [block.value(name) for name in ("from", "to", "subject")] == wanted
