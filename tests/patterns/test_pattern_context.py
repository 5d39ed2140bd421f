"""What surrounds a finding: sides, circumstances, rules of the day, pairs over time; and laws that hold of any text."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_search.model import Finding, Message, Party, Record, Source
from corpus_search.packs.pattern_pack import Line, Modifier
from corpus_search.packs.policy_pack import PolicyRow, load_policies
from corpus_search.patterns.pairs import Dated, is_regular, pairs_of, with_regular
from corpus_search.patterns.policies import in_force_on, latest_day, states_of
from corpus_search.patterns.sides import goes, side_of, turns
from tests.patterns.conftest import PEOPLE, Mail, Teller

ASK = Mail("ice", "police", "Can you run 7XKD204 for me, who is the RO?")
ANSWER = Mail("police", "ice", "Comes back to a Jose Ibarra, 1120 W 17th.")


@pytest.mark.parametrize(
    ("party", "side"),
    [
        (PEOPLE["ice"], "immigration"),
        (PEOPLE["police"], "local"),
        (PEOPLE["dea"], "federal"),
        (PEOPLE["flock"], "other"),
        (PEOPLE["citizen"], "unknown"),
        (Party("Quigg", None, "Tri-Rivers Fusion Center", ("fusion",)), "local"),
        (Party("Ames", "clerk@millrunborough.us"), "local"),
        (Party("Ames", "clerk@town.example"), "unknown"),
        (None, "unknown"),
    ],
)
def test_sides(party: Party | None, side: str) -> None:
    assert side_of(party) == side


def _turn(sender: Party | None, *readers: Party, number: int = 0) -> Record:
    return Record(
        Message(
            f"m{number}",
            "message",
            "r",
            Source("f", None, "", "mbox"),
            (),
            "text",
            (),
            sender=sender,
            to=tuple(readers),
        )
    )


@pytest.mark.parametrize(
    ("sender", "readers", "direction", "holds"),
    [
        ("ice", ["police"], "immigration>local", True),
        ("ice", ["jail"], "immigration>jail", True),
        ("ice", ["police"], "immigration>jail", False),
        ("ice", ["nobody"], "immigration>local", None),
        ("nobody", ["police"], "immigration>local", None),
        ("nobody", ["other"], "immigration>local", None),
        ("ice", ["flock"], "immigration>local", False),
        ("police", ["clerk"], "local>local", True),
        ("police", ["ice"], "local>local", False),
        ("dea", ["police"], "any>any", True),
        ("flock", ["police"], "local>any", False),
    ],
)
def test_directions(sender: str, readers: list[str], direction: str, holds: bool | None) -> None:
    (turn,) = turns([_turn(PEOPLE[sender], *(PEOPLE[reader] for reader in readers))])
    assert goes(turn, direction) is holds


def test_a_print_out_without_recipients_goes_to_those_who_wrote_before() -> None:
    asked, answered = turns([_turn(PEOPLE["ice"], PEOPLE["police"]), _turn(PEOPLE["police"], number=1)])
    assert asked.readers == {"local"}
    assert answered.readers == {"immigration"}


@pytest.mark.parametrize(
    ("words", "modifier"),
    [
        ("Delete after, didn't come from me.", "secrecy"),
        ("I know we're not supposed to since the new policy.", "policy_aware"),
        ("Lunch is on you.", "favour"),
        ("He is being released right now, hurry.", "urgent"),
        ("It is for the homicide case.", "criminal_nexus"),
    ],
)
def test_circumstances(teller: Teller, words: str, modifier: str) -> None:
    (finding,) = teller.found(ASK, Mail("police", "ice", f"{ANSWER.text} {words}"))
    assert modifier in finding.modifiers
    worth = {one.name: one.points for one in teller.pack.modifiers}
    assert (modifier, worth[modifier]) in finding.points


def test_what_scores_is_cited(teller: Teller) -> None:
    later = Mail("ice", "police", "Got him in the parking lot. I owe you a beer.")
    (finding,) = teller.found(ASK, ANSWER, later)
    assert "favour" in finding.modifiers
    assert "m2" in finding.messages
    assert ("m2", "I owe you a beer.") in [(line.message, line.text) for line in finding.evidence]


@pytest.mark.parametrize("words", ["We come by Tuesday at 0900.", "The invoices go out Friday."])
def test_a_day_named_is_not_urgent(teller: Teller, words: str) -> None:
    (finding,) = teller.found(ASK, Mail("police", "ice", f"{ANSWER.text} {words}"))
    assert "urgent" not in finding.modifiers


def test_told_of_its_own_accord(teller: Teller) -> None:
    (finding,) = teller.found(Mail("jail", "ice", "Medrano just bonded, being released out the front door at 2."))
    assert "unsolicited" in finding.modifiers
    assert "fulfilled" not in finding.modifiers


def _policy(effective: str, until: str = "", **changes: object) -> PolicyRow:
    row = next(iter(load_policies(None)))
    from dataclasses import replace

    return replace(row, effective=effective, until=until, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("effective", "until", "day", "in_force"),
    [
        ("2018-01-01", "", "2017-12-31", False),
        ("2018-01-01", "", "2018-01-01", True),
        ("2018-01-01", "2019-06-30", "2019-07-01", False),
        ("2018-01", "", "2018-01-15", None),
        ("2018", "", "2018-05-05", None),
        ("2018", "", "2019-01-01", True),
        ("2018-01-01", "", None, None),
        ("unknown", "", "2018-01-01", None),
        ("2018-13-45", "", "2018-01-01", None),
    ],
)
def test_what_was_in_force(effective: str, until: str, day: str | None, in_force: bool | None) -> None:
    assert in_force_on(_policy(effective, until), day) is in_force


def test_rules_bind_where_the_body_works() -> None:
    rows = [row for row in load_policies(None) if row.state == "CA" and row.jurisdiction.casefold() == "california"]
    assert rows
    patterns = {name for row in rows for name in row.patterns}
    assert patterns
    here = Party("R", None, "Vista Mar Police", ("police", "us-ca"))
    there = Party("R", None, "Elsewhere Police", ("police", "us-tx"))
    name = rows[0].patterns[0]
    assert states_of(rows, name, here, "2030-01-01")
    assert states_of(rows, name, there, "2030-01-01") == ()
    assert states_of(rows, name, None, "2030-01-01") == ()
    assert states_of(rows, "no_such", here, "2030-01-01") == ()


def test_the_newest_day_counts() -> None:
    assert latest_day(["2018-01-02T08:00:00", None, "2018-03-01"]) == "2018-03-01"
    assert latest_day([None]) is None


@pytest.mark.parametrize(
    ("days", "regular"),
    [
        ([0, 30, 90], True),
        ([0, 30, 91], False),
        ([0, 89], False),
        ([0, 200, 230, 260], True),
        ([], False),
    ],
)
def test_regular_is_three_conversations_within_ninety_days(days: list[int], regular: bool) -> None:
    begin = date(2018, 1, 1)
    assert is_regular((begin + timedelta(days=day)).isoformat() for day in days) is regular


def _finding(teller: Teller, thread: str, day: str) -> Dated:
    from dataclasses import replace

    (finding,) = teller.found(ASK, ANSWER)
    return Dated(replace(finding, thread=thread), day)


def test_pairs_over_time(teller: Teller) -> None:
    known = [Modifier("regular", 2.0, None, Line(Path(), 1))]
    found = [_finding(teller, f"t{n}", day) for n, day in enumerate(("2018-01-05", "2018-01-20", "2018-03-01"))]
    found.append(_finding(teller, "t2", "2018-03-01"))  # a second pattern in it is no second meeting
    marked = with_regular(found, known)
    assert all("regular" in one.modifiers and ("regular", 2.0) in one.points for one in marked)
    assert marked[0].score == found[0].finding.score + 2
    (pair,) = pairs_of(found)
    assert (pair.conversations, pair.first, pair.last, pair.regular) == (3, "2018-01-05", "2018-03-01", True)
    assert pair.months == (("2018-01", 2), ("2018-03", 1))
    assert pair.subjects == ("7XKD204",)
    assert with_regular(found[:2], known) == [one.finding for one in found[:2]]


def test_three_patterns_in_one_conversation_are_not_regular(teller: Teller) -> None:
    same = [_finding(teller, "t", "2018-01-05")] * 3
    assert "regular" not in with_regular(same, [Modifier("regular", 2.0, None, Line(Path(), 1))])[0].modifiers


def test_a_print_out_that_leaves_an_address_out_shows_the_same_pair(teller: Teller) -> None:
    from dataclasses import replace

    first, second = _finding(teller, "t1", "2018-01-05"), _finding(teller, "t2", "2018-01-09")
    provider = second.finding.provider
    assert provider is not None
    named = replace(provider, name="Ott, Faye", address="fott@sacramentopd.org")
    bare = replace(provider, name="Faye Ott", address=None)
    first = Dated(replace(first.finding, provider=named), first.day)
    second = Dated(replace(second.finding, provider=bare), second.day)
    (pair,) = pairs_of([first, second])
    assert pair.conversations == 2
    twin = replace(named, address="f.ott@elsewhere.gov")  # two people of that name: the bare one may be either
    assert len(pairs_of([first, second, Dated(replace(first.finding, provider=twin), "2018-01-10")])) == 3


WORDS = st.sampled_from(
    ["can you run", "7XKD204", "RO is", "ICE", "released", "tonight", "Flock", "reads", "Medrano", "attached", "\n",
     "DOB 1/2/88", "login", "delete this", "gang card", "?", "not able to", "court", "Dept 4", "█", "é", "x" * 300]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)
SENDERS = st.sampled_from(
    [("ice", "police"), ("police", "ice"), ("police", "clerk"), ("nobody", "other"), ("jail", "ice")]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(SENDERS, TEXTS), min_size=1, max_size=4))
def test_laws_of_any_conversation(teller: Teller, story: list[tuple[tuple[str, str], str]]) -> None:
    mails = [Mail(sender, reader, text) for (sender, reader), text in story]
    conversation = teller.conversation(*mails)
    texts = {record.message.id: record.message.text for record in conversation.records}
    found: list[Finding] = teller.found(*mails)
    assert found == teller.found(*mails), "the same again"
    assert len({finding.pattern for finding in found}) == len(found) <= 2
    for finding in found:
        assert finding.evidence
        assert finding.score == sum(points for _, points in finding.points)
        assert len(set(finding.messages)) == len(finding.messages)
        for line in finding.evidence:
            assert line.message in finding.messages
            assert texts[line.message][line.start : line.end] == line.text
        if finding.pattern == "plate_lookup_for_ice" and "7XKD204" in "".join(texts.values()):
            assert set(finding.subjects) <= {"7XKD204"}
