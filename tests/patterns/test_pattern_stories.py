"""What a conversation amounts to: stories from raw words to pattern, grade, evidence and people."""

from __future__ import annotations

import pytest

from corpus_search.model import Finding
from corpus_search.packs.pattern_loading import load_patterns
from corpus_search.patterns.examples import outcome
from corpus_search.workflows.work import tagger_for
from tests.patterns.conftest import Mail, Teller

ASK = Mail("ice", "police", "Morning, can you run 7XKD204 for me and tell me who the RO is?", "plate")
ANSWER = Mail("police", "ice", "Comes back to a Jose Ibarra, 1120 W 17th, reg good to 10/19.", "RE: plate")


@pytest.mark.parametrize("name", [pattern.name for pattern in load_patterns().patterns])
def test_every_pattern_keeps_its_own_examples(name: str) -> None:
    pack = load_patterns()
    pattern = next(one for one in pack.patterns if one.name == name)
    tag = tagger_for(None).record
    assert pattern.finds
    assert pattern.ignores
    for example in pattern.finds:
        found = outcome(pattern, pack, example, tag)
        assert found.grade is not None, f"{example.line}: {found.why}"
    for example in pattern.ignores:
        found = outcome(pattern, pack, example, tag)
        assert found.grade is None, f"{example.line}: {found.why}"


def test_a_request_and_its_answer(teller: Teller) -> None:
    (finding,) = teller.found(ASK, ANSWER)
    assert (finding.pattern, finding.grade) == ("plate_lookup_for_ice", "A")
    assert finding.subjects == ("7XKD204",), "the answer does not repeat the plate"
    assert finding.messages == ("m0", "m1")
    assert finding.requester is not None
    assert finding.provider is not None
    assert (finding.requester.name, finding.provider.name) == ("Salas, Mario", "Ruiz, Dana")
    assert {line.role for line in finding.evidence} == {"request", "fulfilment"}
    assert "fulfilled" in finding.modifiers
    assert finding.score == sum(points for _, points in finding.points)


@pytest.mark.parametrize(
    ("story", "amounts_to"),
    [
        pytest.param([ASK], ["plate_lookup_for_ice C"], id="a request alone"),
        pytest.param([ANSWER], ["plate_lookup_for_ice C"], id="an answer alone"),
        pytest.param(
            [Mail("police", "ice", "Ran 7XKD204 like you asked, RO is a Jose Ibarra.")],
            ["plate_lookup_for_ice B"],
            id="an answer that refers to the request",
        ),
        pytest.param(
            [ASK, Mail("police", "ice", "Called you, left you a voicemail.", "RE: plate")],
            ["plate_lookup_for_ice B"],
            id="answered by word of mouth",
        ),
        pytest.param(
            [ASK, Mail("police", "ice", "I'm off today, I'll do it when I'm back in.", "RE: plate")],
            ["plate_lookup_for_ice C"],
            id="put off",
        ),
        pytest.param(
            [ASK, Mail("police", "ice", "I'll do it when I'm back in.", "RE: plate"), ANSWER],
            ["plate_lookup_for_ice A"],
            id="put off, then answered",
        ),
        pytest.param(
            [ASK, Mail("police", "ice", "See attached.", "RE: plate", ("RO_return.pdf",))],
            ["plate_lookup_for_ice A"],
            id="answered with a file",
        ),
        pytest.param(
            [ASK, Mail("police", "ice", "Sorry, under SB 54 we are not able to run plates for you.", "RE: plate")],
            [],
            id="refused",
        ),
        pytest.param(
            [ASK, Mail("police", "clerk", "Fay, can you take this one? I'm swamped.", "FW: plate"), ANSWER],
            ["plate_lookup_for_ice A"],
            id="handed on inside, then answered",
        ),
        pytest.param(
            [
                Mail("jail", "ice", "FYI your guy Medrano just bonded, out the front door in about 45 min."),
                Mail("ice", "jail", "Thanks, on our way."),
            ],
            ["release_tipoff A"],
            id="a tip that is taken up",
        ),
        pytest.param(
            [Mail("jail", "ice", "FYI your guy Medrano just bonded, out the front door in about 45 min.")],
            ["release_tipoff C"],
            id="a tip",
        ),
        pytest.param(
            [
                Mail("police", "clerk", "14 Flock searches under you, reason 'ICE assist', no case. What were those?"),
                Mail("clerk", "police", "Those are mine, the ICE officer asked me to look up plates and told him."),
            ],
            ["alpr_search_on_behalf B"],
            id="admitted inside",
        ),
        pytest.param(
            [
                Mail("police", "flock", "Please re-enable National Lookup, our friends at ICE can't see our reads."),
                Mail("flock", "police", "Hi, National Lookup is enabled again and shared."),
            ],
            ["alpr_bulk_sharing A"],
            id="ordered of a vendor and done",
        ),
        pytest.param(
            [
                Mail(
                    "nobody", "other", "can you run plate 7XKD204 thru DMV and tell me who the RO is? ICE detainer case"
                )
            ],
            ["plate_lookup_for_ice D"],
            id="nobody's side is known",
        ),
        pytest.param(
            [
                Mail("citizen", "police", "Jason from ICE here on my private mail. Can you run 4KTW910 for us?"),
                Mail("police", "citizen", "RO is Fidel Quezada on Alameda"),
            ],
            ["plate_lookup_for_ice D"],
            id="who says to be of immigration at a private address",
        ),
        pytest.param(
            [Mail("citizen", "police", "Can you run the plate 7XKD204 and tell me who owns it? Is it ICE?")],
            [],
            id="a citizen asks",
        ),
        pytest.param(
            [Mail("police", "clerk", "can you run 7XKD204 and tell me who the RO is?"), ANSWER],
            ["plate_lookup_for_ice C"],
            id="what is asked inside is no request of immigration",
        ),
        pytest.param(
            [Mail("dea", "police", ASK.text), Mail("police", "dea", ANSWER.text)], [], id="another federal agency"
        ),
        pytest.param([Mail("police", "clerk", ASK.text), Mail("clerk", "police", ANSWER.text)], [], id="local only"),
        pytest.param(
            [Mail("police", "clerk", "Chief says ICE came up at the meeting again. Coffee?")],
            [],
            id="talk about cooperation",
        ),
    ],
)
def test_what_it_amounts_to(teller: Teller, story: list[Mail], amounts_to: list[str]) -> None:
    assert teller.names(*story) == amounts_to


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("press", "Morning clips: said in a statement that deputies ran plates."),
        ("automatic", "This is an automated message, do not reply."),
        ("policy", "Reminder, effective today: deputies shall not run plates for anybody."),
        ("training", "Register for the webinar, RSVP by Monday."),
        ("formal", "Search warrant signed by Judge Orr attached, AUSA Kim has the case."),
        ("records_request", "The CPRA request asks for responsive emails, here are the search terms."),
        ("employment", "Background investigator here, applicant: Kelly R., signed release attached."),
        ("victim", "The victim advocate asks."),
        ("consular", "The consulate was notified under the Vienna Convention."),
        ("own_matter", "One of our rentals was vandalized in your garage, 7XKD204."),
        ("contract", "Invoice for the bed days under the IGSA attached."),
        ("meeting", "Quarterly meeting: where do we park, is there a visitor lot?"),
        ("private", "Love you, see you at practice."),
        ("deconfliction", "Deconfliction only, no assistance requested."),
        ("ended", "All ICE accounts were removed in May."),
    ],
)
def test_what_speaks_against(teller: Teller, name: str, words: str) -> None:
    asked = Mail("ice", "police", f"{words} Plate 7XKD204?")
    assert teller.pack.against[name].points <= -3
    assert not [one for one in teller.names(asked) if one.startswith("plate")], "what speaks against outweighs"
    assert teller.names(Mail("ice", "police", "Plate 7XKD204?")) == ["plate_lookup_for_ice C"]


def test_an_old_mail_that_speaks_against_is_too_far_away(teller: Teller) -> None:
    survey = Mail("police", "clerk", "For the survey: Shares were removed.", day="2020-03-06T08:00:00")
    assert teller.names(ASK, ANSWER, survey) == ["plate_lookup_for_ice A"]


def test_two_things_asked_and_given(teller: Teller) -> None:
    asked = "Could you (1) tell me who owns MO plate CF4 K2J and (2) check your plate readers for it, last 60 days?"
    given = "1) Yadira Camey, 4410 Tesson\n2) 6 reads in Flock, all mornings at Gravois, last seen 0640"
    found = teller.found(Mail("ice", "police", asked), Mail("police", "ice", given))
    assert {one.pattern for one in found} == {"plate_lookup_for_ice", "alpr_search_on_behalf"}


def test_a_wink_is_no_second_finding(teller: Teller) -> None:
    winks = Mail("police", "ice", ANSWER.text + " Delete after pls, lunch is on you.", "RE: plate")
    (finding,) = teller.found(ASK, winks)
    assert finding.pattern == "plate_lookup_for_ice"
    assert {"secrecy", "favour"} <= set(finding.modifiers)


def test_a_channel_that_needs_no_deed(teller: Teller) -> None:
    said = "Don't email me these anymore, everything on here is public records. Text me the names or use my gmail."
    assert teller.names(Mail("police", "ice", said)) == ["off_record_channel C"]


def test_a_plan_is_none_without_a_way_round(teller: Teller) -> None:
    assert not teller.names(Mail("police", "ice", "Under the new law we are not able to tell you dates anymore."))
    way = "Officially no. Here's how we get around it: put 1326 on the top line, then Records can answer."
    assert "policy_avoidance C" in teller.names(Mail("police", "ice", way))


class TestQuotes:
    def test_the_request_stands_only_in_what_is_quoted(self, teller: Teller) -> None:
        answer = Mail(
            "police",
            "ice",
            "Comes back to a Jose Ibarra on W 17th.",
            quoted="> can you run 7XKD204 for me, need the RO",
        )
        (finding,) = teller.found(answer)
        assert (finding.pattern, finding.grade, finding.subjects) == ("plate_lookup_for_ice", "A", ("7XKD204",))
        assert finding.messages == ("m0",)

    def test_what_a_colleague_wrote_is_passed_on(self, teller: Teller) -> None:
        inside = Mail("police", "clerk", "14 reads in Flock on 7XKD204, mostly nights on La Habra Blvd.")
        passed = Mail("clerk", "ice", "This is yours.", "FW: reads", quoted=inside.text, quotes=0)
        assert teller.names(inside, passed) == ["alpr_search_on_behalf C"]

    def test_old_mail_sent_up_for_review_is_none(self, teller: Teller) -> None:
        old = Mail("police", "ice", "Lou, Chavez gets out at noon, out the front door.", within=1)
        review = Mail("police", "clerk", "Found this in my archive. That deputy has retired.")
        assert teller.names(old, review) == []


def test_evidence_stands_in_the_text(teller: Teller) -> None:
    conversation = teller.conversation(ASK, ANSWER)
    texts = {record.message.id: record.message.text for record in conversation.records}
    finding: Finding
    for finding in teller.found(ASK, ANSWER):
        for line in finding.evidence:
            assert texts[line.message][line.start : line.end] == line.text
            assert line.text.strip() == line.text


def test_words_that_a_reply_quotes_are_evidence_only_where_they_stand(teller: Teller) -> None:
    told = "Ran 7ABC123 for you, comes back to Juan Perez."
    taken = Mail("ice", "police", "Great, thanks. Can you run 6XYZ789 too?", "RE: plate", quoted=told, quotes=0)
    (finding,) = teller.found(Mail("police", "ice", told, "plate"), taken)
    lines = [(line.message, line.text) for line in finding.evidence]
    assert ("m0", told) in lines
    assert ("m1", "Can you run 6XYZ789 too?") in lines
    assert ("m1", told) not in lines


@pytest.mark.parametrize(
    "reply",
    [
        "Hi Al, that falls under the new ordinance so my hands are tied.",
        "I can't help with that one, orders from above.",
        "Not without a court order, Al.",
        "Regrettably the driver privacy policy bars it.",
    ],
)
def test_a_short_reply_with_a_hindrance_that_hands_nothing_over_is_a_refusal(teller: Teller, reply: str) -> None:
    assert (
        teller.names(Mail("ice", "police", "Can you run 7XKD204? Who is the RO?"), Mail("police", "ice", reply)) == []
    )


@pytest.mark.parametrize(
    "reply", ["Can't talk now. Comes back to Jose Ibarra, 12 Elm.", "Sorry, was off. See attached."]
)
def test_a_hindrance_beside_what_was_asked_for_is_no_refusal(teller: Teller, reply: str) -> None:
    (name,) = teller.names(Mail("ice", "police", "Can you run 7XKD204? Who is the RO?"), Mail("police", "ice", reply))
    assert name == "plate_lookup_for_ice A"


def test_thanks_from_the_immigration_side_are_no_request(teller: Teller) -> None:
    (finding,) = teller.found(ASK, ANSWER, Mail("ice", "police", "You rock. The RO is his cousin, thanks!"))
    roles = {line.role for line in finding.evidence if line.message == "m2"}
    assert "taken up" in roles
    assert "request" not in roles
