"""A reply makes grade A only where it bears on the matter: it gives, does or takes up."""

from __future__ import annotations

import pytest

from tests.patterns.conftest import Mail, Teller

ASK = "Morning, can you run 7XKD204 for me and tell me who the registered owner is?"
TIP = "Heads up, Luis Ortega posted bond, he walks out the front door at nine tonight."


def grade(teller: Teller, *story: Mail) -> str:
    found = teller.found(*story)
    return found[0].grade if found else "none"


@pytest.mark.parametrize(
    "reply",
    [
        "Comes back to a Jose Ibarra, 1120 W 17th.",
        "Done, see your fax.",
        "No record on that one in DMV.",
        "Sure, will do.",
        "Thanks for your patience. RO is Jose Ibarra.",
        "Yes, ran it this morning, Ibarra on 17th. Call me with questions.",
        "Will text you the owner when DMV is back up, it's an Ibarra I think.",
    ],
)
def test_a_reply_that_gives_or_does_is_an_answer(teller: Teller, reply: str) -> None:
    assert grade(teller, Mail("ice", "police", ASK), Mail("police", "ice", reply)) == "A"


@pytest.mark.parametrize(
    "reply",
    [
        "Thanks",
        "Thank you Mario!",
        "Thanks for your email.",
        "ok will call you",
        "Good morning Mario,\n\nI'll call you this afternoon.\n\nDana",
        "Give me a call when you get this.",
        "Let's talk tomorrow",
        "Got your message. Dana",
        "Hi Mario, which plate?",
        "What's the case number on this? Is it criminal?",
        "I am out of the office until Monday with limited access to email. For records call the front desk.",
        "Automatic reply: I am on annual leave until June 4. Yes, messages are read.",
    ],
)
def test_a_reply_that_says_nothing_is_no_answer(teller: Teller, reply: str) -> None:
    assert grade(teller, Mail("ice", "police", ASK), Mail("police", "ice", reply)) in ("B", "C")


def test_a_file_answers_whatever_stands_beside_it(teller: Teller) -> None:
    reply = Mail("police", "ice", "Thanks", attachments=("DMV_return.pdf",))
    assert grade(teller, Mail("ice", "police", ASK), reply) == "A"


@pytest.mark.parametrize(
    ("reply", "wanted"),
    [
        ("Thanks, we'll have two guys there.", "A"),
        ("Which door?", "A"),
        ("I am out of the office until Monday. Thank you.", "C"),
        ("Automatic reply: I am on leave through Friday, call the duty desk. Thanks", "C"),
    ],
)
def test_a_tip_is_taken_up_by_somebody_who_read_it(teller: Teller, reply: str, wanted: str) -> None:
    assert grade(teller, Mail("jail", "ice", TIP), Mail("ice", "jail", reply)) == wanted


@pytest.mark.parametrize(
    ("reply", "wanted"),
    [("Opened, all 40 cameras.", "A"), ("Thanks", "C"), ("Which agencies?", "C")],
)
def test_an_order_is_carried_out_by_what_is_done(teller: Teller, reply: str, wanted: str) -> None:
    order = Mail("police", "clerk", "Please share our plate reader data with the ICE agents in the Flock portal.")
    assert grade(teller, order, Mail("clerk", "police", reply)) == wanted
