"""Staff who shield somebody from immigration, colleagues in private, one's own damage; a deed beside such words."""

from __future__ import annotations

import pytest

from tests.patterns.conftest import Mail, Teller


@pytest.mark.parametrize(
    ("sender", "asked", "reader", "answer"),
    [
        (
            "police",
            "If anyone from ICE is in the courtroom hallway on the 4th, tell me before the calendar is called. "
            "Nobody is to be pointed out.",
            "clerk",
            "Will do.",
        ),
        (
            "police",
            "My witness is afraid to come to court, she heard ICE waits there. True?",
            "clerk",
            "Use the phone.",
        ),
        ("police", "If an agent calls about the applicants it goes to Legal, not to you.", "clerk", "Understood."),
        ("ice", "Did you draw a tag? Can I borrow your trailer for elk camp?", "police", "Come get it at the house."),
        (
            "ice",
            "Somebody backed into my government car and left. Tag was NCK 4410, need the name for our motor pool.",
            "police",
            "Comes back to a lady in Vienna, it will be in the crash report.",
        ),
    ],
)
def test_shielding_leisure_and_own_damage_are_no_finding(
    teller: Teller, sender: str, asked: str, reader: str, answer: str
) -> None:
    assert teller.names(Mail(sender, reader, asked), Mail(reader, sender, answer)) == []


@pytest.mark.parametrize(
    ("pattern", "story"),
    [
        (
            "credential_sharing",
            [
                Mail(
                    "ice", "police", "It kicked me out and wants the six digits again, tell me when it hits your phone"
                ),
                Mail("police", "ice", "402 118. It expires in a minute"),
            ],
        ),
        (
            "plate_lookup_for_ice",
            [Mail("police", "ice", "If I read your writing right it was NBR2286, a 2007 Altima to an Odalys Fuentes.")],
        ),
        (
            "arrest_or_stop_notification",
            [
                Mail("police", "ice", "Out with a Jose Tecu at mp 218 for speeding, passenger has nothing on him."),
                Mail("ice", "police", "15 to you. Can you keep them there?"),
                Mail("police", "ice", "Writing slow. He says Oaxaca."),
            ],
        ),
        (
            "release_tipoff",
            [Mail("jail", "ice", "Noe Arriaga has 2 days left on his 30, so they let him go after breakfast Friday.")],
        ),
    ],
)
def test_a_deed_is_told_from_its_neighbours(teller: Teller, pattern: str, story: list[Mail]) -> None:
    assert [finding.pattern for finding in teller.found(*story)] == [pattern]
