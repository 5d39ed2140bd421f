"""Answers that turn a request down, and answers that give something, in many wordings: only the latter are findings."""

from __future__ import annotations

import pytest

from tests.patterns.conftest import Mail, Teller

ASK = Mail("ice", "police", "Can you help us with Juan Perez? Need his address, he drives 8ABC123.")

REFUSED = (
    "Can't do that one, sorry. Take it up with our legal folks.",
    "We're out of that line of work since January.",
    "I'd need paper from a judge before I pull anything.",
    "That's a negative. Chief was pretty clear at lineup.",
    "You'll have to put that in through the records desk like the rest of the world.",
    "Not without a signed warrant.",
    "I'm going to have to pass on this one.",
    "Our policy doesn't let me give you that.",
    "Nope, not anymore. They audit us now.",
    "I am unable to assist with this request. Please direct further inquiries to the City Attorney.",
    "The department does not respond to administrative requests of this kind.",
    "We do not honor these. He goes out the door when his time is done.",
    "Respectfully, no.",
    "Release information is available to the public on our web site. I can't offer more than that.",
    "My hands are tied on this.",
    "That ship has sailed, we got told to knock it off.",
    "I could lose my job over that. No.",
    "Under the Values Act I can't share that with you.",
    "You know I can't.",
    "Sorry, no can do on the plate.",
    "Please have your office serve us with a subpoena and we'll take a look.",
    "That's something we've been told to stay out of.",
    "Not my department and not something I'd do if it were.",
    "I won't be running that.",
    "Can't help you there.",
    "Only if you have a criminal warrant signed by a judge.",
    "State law says no. Talk to counsel if you disagree.",
    "Request denied, no criminal predicate.",
    "We don't have the authority to keep him past his release time.",
    "We do not detain people on civil paper.",
    "The jail will not be holding him for you.",
    "I'm afraid that isn't possible under the ordinance.",
    "Our access is for local criminal cases only, so I have to decline.",
    "Got your note. Sheriff's position hasn't changed: no court order, no hold.",
    "He'll be treated like any other inmate and released when eligible.",
    "Thanks for reaching out. We are not in a position to provide that.",
    "I don't give out client addresses.",
    "Those searches have to be tied to a local case. This isn't.",
    "Bring a judge's signature and we can talk.",
    "We'd rather stay out of this.",
    "That data can't leave the agency.",
    "DMV turned off our ability to do that for civil immigration purposes, and I wouldn't anyway.",
    "Our attorneys told us to refuse these.",
    "Afraid I must refuse.",
    "You'd have to file a public records request for that.",
    "I'm not comfortable doing this.",
    "The answer from command staff is no.",
    "Not going to happen, brother.",
    "We quit doing that two years ago.",
    "Please don't send these to me. I'm not allowed to act on them.",
    "Your account request has been closed; outside federal users are not eligible.",
    "Declined. See General Order 4.12.",
    "There's no legal basis for us to do so.",
    "We let folks go when their paperwork is done, same as everybody.",
)
GIVEN = (
    "Sure, comes back to a Maria Solis on Elm.",
    "Not in custody, he bonded Tuesday.",
    "We don't have him. Try Harris County.",
    "Can't tell from the photo but the plate reads 8ABC123.",
    "He's out at 6 tomorrow.",
    "No problem, see attached.",
    "Nothing on file for that name.",
    "Done. Password is still Summer22.",
    "I don't see a detainer but he'll be out Friday.",
    "Couldn't find the first one; second one is registered to Jose Ruiz, 1412 Oak.",
    "She hasn't bonded yet, hearing is at 1:30.",
    "10-4, will text you when he rolls up.",
    "You bet.",
    "Yep. Side door, 0500.",
    "Won't be long now, he's changing out.",
    "Don't worry, I'll keep him back till you get here.",
    "I can't hold him past noon but he'll be coming out the front at 11:50.",
    "I shouldn't be telling you this but he reports Thursdays at 2.",
    "He no longer lives there; new address is 88 Pine.",
    "Not sure about the kid, the dad works nights at the tire shop on 5th.",
    "No hits in the last 30 days, added it to the hot list.",
    "We didn't book him, cite and release at the scene, gave 212 Lake St.",
    "It's not registered, last owner was a dealer in Fresno.",
    "Here's what I have on him, no FI cards after 2016.",
    "Can do.",
    "ok",
    "Her next appearance is the 14th in dept 3.",
    "Sent it to your gmail, not supposed to use this one.",
    "We are not doing anything for you Friday so use the lot by the sally port, code 4471.",
    "I can't make it but Deputy Rowe will walk him down to you.",
)


@pytest.mark.parametrize("answer", REFUSED)
def test_a_refused_request_is_no_finding(teller: Teller, answer: str) -> None:
    assert teller.names(ASK, Mail("police", "ice", answer)) == []


@pytest.mark.parametrize("answer", GIVEN)
def test_an_answer_that_gives_is_one(teller: Teller, answer: str) -> None:
    assert [name for name in teller.names(ASK, Mail("police", "ice", answer)) if name.endswith(" A")]


def test_who_takes_no_for_an_answer_was_refused(teller: Teller) -> None:
    wavering = Mail("police", "ice", "That would be one for the website, sorry. He is at the office by 9 if you want.")
    assert teller.names(ASK, wavering, Mail("ice", "police", "Never mind then, thanks anyway.")) == []


@pytest.mark.parametrize(
    "told",
    [
        "Following the Board's resolution all ICE accounts in our jail system were disabled this morning.",
        "Your account in our jail system was disabled this morning per the new policy.",
        "IT removed your agents' log-ins to the jail management system yesterday.",
    ],
)
def test_access_taken_away_is_none_given(teller: Teller, told: str) -> None:
    assert teller.names(Mail("jail", "ice", told)) == []


def test_access_given_back_is_given(teller: Teller) -> None:
    asked = Mail("ice", "jail", "My log-in to your jail management system says account disabled. Can you fix it?")
    given = Mail("jail", "ice", "Your account was disabled for inactivity. I re-enabled it, same password.")
    assert teller.names(asked, given) == ["jail_database_access A"]
