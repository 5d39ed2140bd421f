"""Whose words are whose: own, and those of each message that a body quotes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.model import Message, Place, Source
from corpus_search.sources.zones import divide


def divided(text: str) -> tuple[Message, ...]:
    """A body as a message without a header, and the messages that it quotes."""
    source = Source("mail.eml", None, "0" * 64, "eml")
    return divide(Message("host", "message", "R", source, (Place("message", 1),), text, ()), 0)


def words(message: Message, kind: str) -> str:
    return "".join(message.text[zone.start : zone.end] for zone in message.zones if zone.kind == kind).strip()


OUTLOOK = """From: Doe, Jane (ERO) <jane.doe@ice.example.gov>
Sent: Tuesday, March 06, 2018 8:12 AM
To: Ruiz, Kay; Lee, Sam
Cc: Desk
Subject: RE: plate

Can you run it?
"""
NOTES = """---------------------- Forwarded by Kay Ruiz/OCSD on 03/06/2018 09:40
AM ---------------------------


Jane Doe
03/06/2018 08:12 AM
To: Kay Ruiz/OCSD@OCSD, Sam
Lee/OCSD@OCSD
cc:
Subject: plate

Can you run it?
"""
FORMS = {
    "gmail": "On Tue, Mar 6, 2018 at 8:12 AM, Jane Doe <jane.doe@ice.example.gov> wrote:\n> Can you run it?\n",
    "gmail wrapped": "On Tue, Mar 6, 2018 at 8:12 AM, Jane Doe\n<jane.doe@ice.example.gov> wrote:\n\n"
    "> Can you run it?\n",
    "apple": "On Mar 6, 2018, at 8:12 AM, Jane Doe <jane.doe@ice.example.gov> wrote:\n\n> Can you run it?\n",
    "no marks": "On Mar 6, 2018, at 8:12 AM, Jane Doe <jane.doe@ice.example.gov> wrote:\n\nCan you run it?\n",
    "spanish": "El mar., 6 mar. 2018 a las 8:12, Jane Doe (<jane.doe@ice.example.gov>) escribió:\n> Can you run it?\n",
    "french": "Le 6 mars 2018 à 08:12, Jane Doe <jane.doe@ice.example.gov> a écrit :\n> Can you run it?\n",
    "outlook": OUTLOOK,
    "outlook announced": "-----Original Message-----\n" + OUTLOOK,
    "outlook under a rule": "________________________________\n" + OUTLOOK,
    "outlook quoted": "".join(f"> {line}\n" for line in OUTLOOK.splitlines()),
    "forwarded by gmail": "---------- Forwarded message ---------\nFrom: Jane Doe <jane.doe@ice.example.gov>\n"
    "Date: Tue, Mar 6, 2018 at 8:12 AM\nSubject: plate\nTo: Kay <kay@oc.example.org>\n\n\nCan you run it?\n",
    "forwarded by apple": "Begin forwarded message:\n\nFrom: Jane Doe <jane.doe@ice.example.gov>\nSubject: plate\n"
    "Date: March 6, 2018 at 8:12:00 AM PST\nTo: Kay <kay@oc.example.org>\n\nCan you run it?\n",
    "groupwise": ">>> Jane Doe <jane.doe@ice.example.gov> 3/6/2018 8:12 AM >>>\nCan you run it?\n",
    "notes": NOTES,
    "blackberry": "----- Original Message -----\nFrom: Jane Doe\nTo: Kay Ruiz\n"
    "Sent: Tue Mar 06 08:12:00 2018\nSubject: plate\n\n"
    "Can you run it?\n",
    "german": "Von: Jane Doe\nGesendet: Dienstag, 6. März 2018 08:12\nAn: Kay Ruiz\n"
    "Betreff: AW: plate\n\nCan you run it?\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_one_quoted_message(form: str) -> None:
    host, *quoted = divided("Will do.\n\nKay\n\n" + FORMS[form])
    assert words(host, "own") == "Will do.\n\nKay"
    assert len(quoted) == 1
    (one,) = quoted
    assert one.date is not None
    assert one.date[:16] == "2018-03-06T08:12"
    assert one.sender is not None
    assert {"jane", "doe"} <= set(
        f"{one.sender.name} {one.sender.address}".lower().replace(",", " ").replace(".", " ").split()
    )
    assert words(one, "own") == "Can you run it?"
    assert (one.within, one.quoted, one.kind, one.places) == ("host", True, "message", host.places)
    assert [zone.of for zone in host.zones if zone.kind == "quoted"] == [one.id]


@pytest.mark.parametrize(
    "text",
    [
        "From: the front desk to the back, nobody knew.\n\nTo: be or not.\n",
        "He wrote:\n\nnothing of note.\n",
        "On the other hand, it rained.\n",
        "See you at 8:12 AM on March 6, 2018.\nTo do: the plates.\n",
        "Date: to be set\nSubject: to change\n",
    ],
)
def test_prose_quotes_nobody(text: str) -> None:
    host, *quoted = divided(text)
    assert not quoted
    assert words(host, "own") == text.strip()


def test_answers_between_the_lines_are_own() -> None:
    host, one = divided(
        "See below.\n\nOn Mar 6, 2018, at 8:12 AM, Jane Doe <j@ice.example.gov> wrote:\n> Is he in custody?\n\nYes.\n\n"
        "> Until when?\n\nMonday.\n"
    )
    assert words(host, "own").split() == ["See", "below.", "Yes.", "Monday."]
    assert words(one, "own").split("\n") == ["Is he in custody?", "Until when?"] or "Until when?" in words(one, "own")
    assert [zone.of for zone in host.zones if zone.kind == "quoted"] == [one.id, one.id]


def test_a_thread_gives_each_message_once() -> None:
    thread = (
        "Done.\n\n"
        + OUTLOOK
        + "\n"
        + OUTLOOK.replace("8:12", "7:05").replace("Doe, Jane", "Lee, Sam").replace("run", "see")
    )
    host, first, second = divided(thread)
    assert [one.date for one in (first, second)] == ["2018-03-06T08:12:00", "2018-03-06T07:05:00"]
    assert words(first, "own") == "Can you run it?"
    assert words(second, "own") == "Can you see it?"
    assert {first.within, second.within} == {"host"}
    assert len({host.id, first.id, second.id}) == 3
    assert [party.name for party in first.to] == ["Ruiz, Kay", "Lee, Sam"]
    assert first.subject == "RE: plate"


def test_marks_of_a_wrapped_introduction_are_mended() -> None:
    text = (
        "Ok\n\nOn Wed, Mar 7, 2018 at 9:00 AM, Sam Lee <sam@oc.example.org> wrote:\n> fine\n>\n"
        "> > On Tue, Mar 6, 2018 at 8:12 AM, Jane Doe <jane.doe@ice.example.gov>\n> wrote:\n> >\n"
        "> > > Can you run it?\n"
    )
    _, first, second = divided(text)
    assert words(first, "own") == "fine"
    assert second.date == "2018-03-06T08:12:00"
    assert words(second, "own") == "Can you run it?"


def test_a_blacked_out_sender_is_redacted() -> None:
    _, one = divided(
        "Ok\n\nFrom: (b)(6); (b)(7)(C)\nSent: Tuesday, March 06, 2018 8:12 AM\nTo: Ruiz, Kay\n"
        "Subject: plate\n\nRun it.\n"
    )
    assert one.sender is not None
    assert one.sender.redacted


LINES = st.sampled_from(
    [
        *"\n".join(FORMS.values()).split("\n"),
        "",
        "> x",
        ">> y",
        "--",
        "Thanks,",
        "Kay",
        "█",
        "[EXTERNAL]",
        "To:",
        "From:",
        "\ufeff",
    ]
)


@given(st.lists(LINES, max_size=40))
def test_zones_tile_every_body(lines: list[str]) -> None:
    every = divided("\n".join(lines))
    ids = {one.id for one in every}
    assert len(ids) == len(every)
    for message in every:
        at = 0
        for zone in message.zones:
            assert zone.start == at < zone.end
            assert zone.of is None or zone.of in ids
            at = zone.end
        assert at == len(message.text)


@pytest.mark.parametrize(
    "text",
    [
        "On " * 60_000,
        "On \n" * 40_000,
        ">" * 300_000,
        "> " * 150_000,
        "From: " * 40_000,
        "From: x\n" * 20_000,
        "To: a@b.example;\n" * 20_000,
        "-----Original Message-----\n" * 4_000,
        "_" * 200_000 + "\n",
        "Sent: 1/1/2001 1:01 AM " * 8_000,
        "(see attached file: " * 10_000,
        "Thanks,\n" * 20_000,
        "wrote:\n" * 30_000,
    ],
)
def test_time_is_linear(text: str) -> None:
    def spent(body: str) -> float:
        begun = time.process_time()
        divided(body)
        return time.process_time() - begun

    assert spent(text[: len(text) // 4]) < 30
    assert spent(text) < 60  # a second or two where nothing else runs; hours if it were not linear
