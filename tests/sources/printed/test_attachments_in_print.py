"""Attached files that a print-out names: with a label, counted under the recipients, listed under the words."""

from __future__ import annotations

import pytest
from reading_support import Read

from corpus_search.model import Message

WEB = """RE: hold on 21-3345

Ngo, Pete (Probation)
Wed 6/16/2021 1:09 PM

To:Roe, Ana <Ana.M.Roe@ice.dhs.gov>;
{listed}

He checks in with me on Thursday at 10.
"""
MEMO = """From:     Ngo, Pete
Sent:     Wednesday, June 16, 2021 1:09 PM
To:       Roe, Ana
Subject:  hold
{listed}
He checks in with me on Thursday at 10.
"""
GMAIL = """Springfield Mail - hold
hold
1 message

Pete Ngo <pngo@tularecounty.ca.gov>                     Wed, Jun 16, 2021 at 1:09 PM
To: Ana Roe <aroe@ice.dhs.gov>

He checks in with me on Thursday at 10.

{listed}
"""


def first(read: Read, text: str) -> Message:
    message = read(text, "emails.txt").messages[0]
    assert message.kind == "message"
    return message


def files(message: Message) -> list[str]:
    return [one.name for one in message.attachments]


def own(message: Message) -> str:
    return "".join(message.text[zone.start : zone.end] for zone in message.zones if zone.kind == "own").strip()


@pytest.mark.parametrize("page", [WEB, MEMO])
@pytest.mark.parametrize(
    ("listed", "wanted"),
    [
        ("1 attachments (88 KB)\nscan0031.pdf;", ["scan0031.pdf"]),
        ("2 attachments (1.2 MB)\nscan0031.pdf; Roster June.xlsx;", ["scan0031.pdf", "Roster June.xlsx"]),
        ("2 attachments (1 MB)\nscan0031.pdf;\nroster.docx", ["scan0031.pdf", "roster.docx"]),
        ("2 Anlagen (88 KB)\nPlan.pdf; Bild.png", ["Plan.pdf", "Bild.png"]),
        ("1 archivo adjunto (88 KB)\nplan.pdf;", ["plan.pdf"]),
    ],
)
def test_files_counted_under_the_recipients_are_attachments(
    read: Read, page: str, listed: str, wanted: list[str]
) -> None:
    message = first(read, page.format(listed=listed))
    assert files(message) == wanted
    assert own(message) == "He checks in with me on Thursday at 10."
    assert "88 KB" in message.text or "MB" in message.text


def test_files_listed_under_the_words_are_attachments(read: Read) -> None:
    message = first(read, GMAIL.format(listed="2 attachments\n\nscan0031.pdf\n88K\nRoster June.xlsx  12K"))
    assert files(message) == ["scan0031.pdf", "Roster June.xlsx"]
    assert "He checks in with me" in own(message)


@pytest.mark.parametrize(
    "said", ["2 attachments", "2 attachments\nto follow", "I sent 2 attachments (88 KB)\nscan.pdf"]
)
def test_words_about_attachments_are_words(read: Read, said: str) -> None:
    for page in (MEMO, WEB, GMAIL):
        message = first(read, page.format(listed=f"\n{said}"))
        assert files(message) == []
        assert said.split("\n")[0] in own(message)
