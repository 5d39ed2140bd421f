"""A signature that runs over to the next page is the mail's, and no page that was attached to it."""

from __future__ import annotations

import hashlib

import pytest

from corpus_search.model import Message, Source
from corpus_search.sources import text
from corpus_search.sources.nested import open_within
from corpus_search.sources.reading import Budget, Origin

MAIL = """\
From: Keller, Ryan
Sent: Tuesday, March 6, 2018 8:12 AM
To: Stroud, Jason P
Subject: Arcos
Attachments: list.xlsx

See the attached list for Friday. He is on it twice,
once under the name of his brother.

"""
SIGNED = ["Ofc. Ryan Keller", "Traffic Unit", "Port Laurel Police Department", "(555) 010-0100"]
ATTACHED = [
    "PORT LAUREL POLICE DEPARTMENT\nARREST LOG\n\n14 Main Street\n",
    "Arrest Log\n\nDate  Name  Place\n",
    "Port Laurel Police Department\nDaily Log\n" + "03/05 stop on Main Street, nothing found\n" * 9,
]


def released(pages: str) -> list[Message]:
    raw = pages.encode()
    source = Source("x.txt", None, hashlib.sha256(raw).hexdigest(), "text")
    assert text.READER.read_data is not None
    return list(text.READER.read_data(raw, Origin(source, "R", open_within, Budget(1 << 30))).messages)


@pytest.mark.parametrize("farewell", ["", "Thanks,\n\n"])
@pytest.mark.parametrize("over", [1, 2, 3, 4])
def test_the_rest_of_a_signature_stays_with_its_mail(over: int, farewell: str) -> None:
    above, below = SIGNED[:-over], SIGNED[-over:]
    messages = released(MAIL + farewell + "\n".join(above) + "\f" + "\n".join(below))
    assert [(one.kind, one.subject) for one in messages] == [("message", "Arcos")]
    assert all(row in messages[0].text for row in SIGNED)
    assert [place.number for place in messages[0].places] == [1, 2]


@pytest.mark.parametrize("page", ATTACHED)
def test_a_page_that_is_attached_is_a_document(page: str) -> None:
    messages = released(MAIL + "\n".join(SIGNED) + "\f" + page)
    assert [one.kind for one in messages] == ["message", "document"]
