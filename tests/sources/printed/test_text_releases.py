"""Text files of print-outs through the one door: messages with their pages, fields in any layout, what is no mail."""

from __future__ import annotations

import pytest
from reading_support import Read, check_laws

from corpus_search.model import Message, Reading

MEMO = """Ruiz, Kay

From:     {sender}
Sent:     Tuesday, March 06, 2018 {time}
To:       Ruiz, Kay; Lee, Sam
Subject:  {subject}

{words}
"""


def tops(reading: Reading) -> list[Message]:
    return [one for one in reading.messages if one.kind == "message" and not one.quoted]


def memo(sender: str = "Doe, Jane", time: str = "8:12 AM", subject: str = "plate", words: str = "Run it.") -> str:
    return MEMO.format(sender=sender, time=time, subject=subject, words=words)


def own(message: Message) -> str:
    return "".join(message.text[zone.start : zone.end] for zone in message.zones if zone.kind == "own").strip()


def test_each_page_that_begins_with_a_header_is_a_message(read: Read) -> None:
    pages = [
        memo(),
        memo("Lee, Sam", "9:00 AM", "RE: plate", "First page.\n" * 30),
        "It goes on here.\n",
        memo("Poe, Ann", "9:30 AM", "jail"),
    ]
    reading = read("\f".join(pages), "emails.txt")
    check_laws(reading.messages)
    assert [one.sender and one.sender.name for one in tops(reading)] == ["Doe, Jane", "Lee, Sam", "Poe, Ann"]
    assert [[place.number for place in one.places] for one in tops(reading)] == [[1], [2, 3], [4]]
    assert [one.date for one in tops(reading)] == ["2018-03-06T08:12:00", "2018-03-06T09:00:00", "2018-03-06T09:30:00"]
    assert "It goes on here." in own(tops(reading)[1])
    assert reading.pages.text == 4
    first = tops(reading)[0]
    assert first.text.startswith("From: Doe, Jane\n")
    assert [party.name for party in first.to] == ["Ruiz, Kay", "Lee, Sam"]
    assert first.confidence is not None
    assert first.confidence > 0.8


def test_stamps_and_running_lines_stand_in_no_sentence(read: Read) -> None:
    def page(number: int, words: str) -> str:
        return f"City of Anaheim UNCLASSIFIED\n\n{words}\n\nOCSD-{number:06}\n"

    half = "He will be released to the\n"
    reading = read(
        "\f".join(
            [
                page(1, memo(words="Long words.\n" * 20 + half)),
                page(2, "agents at the door tonight."),
                page(3, memo("Lee, Sam")),
            ]
        )
    )
    check_laws(reading.messages)
    first = tops(reading)[0]
    assert "released to the\nagents at the door" in first.text.replace("\n\n", "\n")
    assert [place.bates for place in first.places] == ["OCSD-000001", "OCSD-000002"]
    furniture = "".join(first.text[zone.start : zone.end] for zone in first.zones if zone.kind == "furniture")
    assert "UNCLASSIFIED" in furniture


def test_a_release_stamp_gives_no_date(read: Read) -> None:
    stamp = "UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05774193 Date: 08/31/2015"
    text = f"{stamp}\n\n{'RELEASE IN PART B6':>80}\n\n\n{memo()}\n\n{stamp}\n"
    (one,) = tops(read(text))
    assert one.date == "2018-03-06T08:12:00"
    assert "RELEASE" not in own(one)


@pytest.mark.parametrize(
    "header",
    [
        "From: Jane Doe <jane@ice.example.gov>\nSubject: plate\nDate: March 6, 2018 at 8:12:00 AM PST\n"
        "To: Kay <kay@oc.example.org>",
        "Frorn: Jane Doe <jane©ice.example.gov>\nSent: Tuesday, March 06, 2018 8:12 AM\nTo: Kay\nSubjcct: plate",
        "From:     Jane Doe <jane@ice.example.gov>\nSent      Tuesday, March 06, 2018 8:12 AM\n"
        "To:       Kay\nSubject   plate",
        "Ruiz, Kay\n\nFrom: Jane Doe <jane@ice.example.gov>\nTo: Kay\nSubject:plateDate:03/06/2018 08:12 AM",
        "From:\nTo:\nSubject:\nDate:\n\nJane Doe <jane@ice.example.gov>\nkay@oc.example.org\nplate\n"
        "03/06/2018 08:12 AM",
        "Message Date: 3/6/2018 8:12:00 AM\nFrom: Jane Doe <jane@ice.example.gov>\nTo: Kay\nSubject: plate",
        "De: Jane Doe <jane@ice.example.gov>\nEnviado el: martes, 6 de marzo de 2018 8:12\nPara: Kay\nAsunto: plate",
        "Von: Jane Doe <jane@ice.example.gov>\nGesendet: Dienstag, 6. März 2018 08:12\nAn: Kay\nBetreff: plate",
        "FROM: Jane Doe <jane@ice.example.gov>\nDATE: 3/6/2018 8:12 AM\nTO: Kay\nSUBJECT: plate",
        "From: Jane Doe [mailto:jane@ice.example.gov]\nSent: Tuesday, March 06, 2018 8:12 AM\nTo: Kay\n"
        "Cc:\nSubject: plate",
    ],
)
def test_layouts(read: Read, header: str) -> None:
    reading = read(f"{header}\n\nPlease run it.\n", "page.txt")
    check_laws(reading.messages)
    (one,) = tops(reading)
    assert one.sender is not None
    assert (one.sender.name, one.sender.address) == ("Jane Doe", "jane@ice.example.gov")
    assert one.date is not None
    assert one.date[:16] == "2018-03-06T08:12"
    assert one.subject == "plate"
    assert len(one.to) == 1
    assert own(one) == "Please run it."


def test_what_is_blacked_out_is_said(read: Read) -> None:
    (one,) = tops(
        read(
            "From: (b)(6); (b)(7)(C)\nSent: Tuesday, March 06, 2018 8:12 AM\nTo: @ice.dhs.gov\n"
            "Subject: plate\n\nRun it.\n"
        )
    )
    assert one.sender is not None
    assert one.sender.redacted
    assert (one.to[0].redacted, one.to[0].address) == (True, "@ice.dhs.gov")


@pytest.mark.parametrize(
    "text",
    [
        "MEMORANDUM\n\nTO: All deputies\nFROM: Sheriff\nDATE: March 6, 2018\nSUBJECT: Detainers\n\n"
        "No one is held on a detainer.\n",
        "Dear Ms. Ruiz,\n\nFrom: the desk of nobody in particular. We ask for all mail.\n\nSincerely,\nSam Lee\n",
        "Policy 428\n\nPurpose\nTo: guide members.\nDate: see above\n",
        "Name,Plate,Reason\nA,7ABC123,bolo\nB,6XYZ987,warrant\n",
    ],
)
def test_what_is_no_mail_is_a_document(read: Read, text: str) -> None:
    reading = read(text, "letter.txt")
    check_laws(reading.messages)
    assert not tops(reading)
    assert {one.kind for one in reading.messages} == {"document"}


def test_pages_of_nothing_but_stamps_are_kept(read: Read) -> None:
    reading = read(
        "UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05779436 Date: "
        "09/30/2015\n\n    RELEASE IN FULL\n"
    )
    assert [one.kind for one in reading.messages] == ["document"]
    check_laws(reading.messages)


def test_ids_do_not_depend_on_the_run(read: Read) -> None:
    text = memo(
        words="Ok\n\nFrom: A B <a@b.example>\nSent: Monday, March 05, 2018 8:00 AM\nTo: C D\nSubject: x\n\nHi\n"
    )
    assert [one.id for one in read(text).messages] == [one.id for one in read(text).messages]
    quoted = [one for one in read(text).messages if one.quoted]
    assert [one.date for one in quoted] == ["2018-03-05T08:00:00"]
    assert quoted[0].within == tops(read(text))[0].id
