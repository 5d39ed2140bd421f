"""Mail that two sides which share buildings and machines write all day: asked and answered, and yet no finding."""

from __future__ import annotations

import pytest

from tests.patterns.conftest import Mail, Teller


@pytest.mark.parametrize(
    ("body", "asked", "answered"),
    [
        ("jail", "Can we meet next week to introduce my new supervisor?", "Wednesday at 10 works. Call me then."),
        ("police", "We moved offices. Please update your contact list.", "Updated."),
        ("jail", "What is the guest wifi password in the lobby?", "It is Justice2018, posted by the elevators."),
        ("jail", "Your kiosk at our building is out of paper.", "Tech is coming Thursday."),
        ("police", "Is the courthouse closed on Cesar Chavez day?", "Yes, closed Monday. Opens again at 8 Tuesday."),
        ("police", "I was the driver of 8GTV553 in the crash on Front St. Is the report ready?", "Yes, at records."),
    ],
)
def test_what_is_asked_for_oneself_is_no_finding(teller: Teller, body: str, asked: str, answered: str) -> None:
    assert teller.names(Mail("ice", body, asked), Mail(body, "ice", answered)) == []


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        ("Lt. Whitcomb is being released from duty rotation Friday, cake at 2.", "On my way with balloons."),
        ("Your delivery of detainee property boxes is at the loading dock.", "Driver will be there at noon."),
        ("The headquarters move is Friday, our fax will be down until Monday.", "Thanks"),
    ],
)
def test_what_is_told_of_rooms_and_colleagues_is_no_finding(teller: Teller, told: str, taken: str) -> None:
    assert teller.names(Mail("jail", "ice", told), Mail("ice", "jail", taken)) == []


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Any of yours getting out tonight?", "Two kickouts at 2300, front door."),
        ("Can we come through the sally port Tuesday?", "Fine, I'll have Control open it for you."),
        ("Is he still in custody? When does he get out?", "Tomorrow at 5, side door."),
    ],
)
def test_nobody_need_be_named_where_somebody_is_meant(teller: Teller, asked: str, answered: str) -> None:
    assert [name for name in teller.names(Mail("ice", "jail", asked), Mail("jail", "ice", answered)) if " A" in name]


def test_words_of_the_subject_count(teller: Teller) -> None:
    reset = Mail("jail", "ice", "I reset it. It is the same as before with a 2 at the end.", "RE: password expired")
    assert teller.names(reset) == ["jail_database_access C"]


@pytest.mark.parametrize(
    ("asker", "asked", "answerer", "answer"),
    [
        ("ice", "How many people with detainers did you release last year?", "jail", "212, see the published table."),
        (
            "ice",
            "Could you send our former deputy Katz's dates of service? He applied here.",
            "police",
            "2011 to 2014.",
        ),
        ("ice", "Your kiosk locked me out, who do I call?", "jail", "Help desk. We don't reset by email."),
        (
            "jail",
            "Judge wants to know why agents sat in the hallway. Call his clerk.",
            "ice",
            "My supervisor will call.",
        ),
        ("ice", "Roster for the ICE beds please, billing shows 91 and I count 88.", "jail", "Attached, 91 is right."),
        ("police", "Take every federal agency off our Flock sharing, CBP too.", "clerk", "Done, CBP removed."),
        (
            "police",
            "Anything on a kid they call Ice? Runs with Nelson St.",
            "clerk",
            "Marcus Toomer, FI card in the file.",
        ),
    ],
)
def test_figures_staff_beds_and_complaints_are_no_finding(
    teller: Teller, asker: str, asked: str, answerer: str, answer: str
) -> None:
    assert teller.names(Mail(asker, answerer, asked), Mail(answerer, asker, answer)) == []
