"""Conversations, copies, and quoted messages held whole: as a table of small corpora, and as a law of order."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.conversations import copies, near, on_disk
from corpus_search.conversations.facts import LinkFacts, Links
from corpus_search.conversations.groups import Groups
from corpus_search.conversations.keys import is_reply, person_keys, same_moment, subject_stem
from corpus_search.conversations.likeness import sketch
from corpus_search.conversations.link import link

RUIZ = "Ruiz, Daniel"
SALAS = "Salas, Mark"


def mail(name: str, **changes: object) -> LinkFacts:
    """A message of Ruiz to Salas; `name` is its id, `body` its own words."""
    people = changes.pop("people", (("from", RUIZ, "druiz@anaheim.example"), ("to", SALAS, "msalas@ice.example")))
    base = LinkFacts(
        n=0,
        id=name,
        kind="message",
        within=None,
        quoted=False,
        date="2018-03-06T08:12:00-08:00",
        subject="plate",
        message_id=None,
        in_reply_to=None,
        references=(),
        thread_index=None,
        body_digest=str(changes.pop("body", name)),
        people=people,  # type: ignore[arg-type]
    )
    return replace(base, **changes)  # type: ignore[arg-type]


BACK = (("from", SALAS, "msalas@ice.example"), ("to", RUIZ, "druiz@anaheim.example"))


def linked(*facts: LinkFacts, texts: Mapping[str, str] | None = None) -> dict[str, Links]:
    """The links by id; the messages come into the store in this order."""
    facts = tuple(replace(one, n=n) for n, one in enumerate(facts, start=1))
    by_number = {one.n: one.id for one in facts}

    def own(numbers: Iterable[int]) -> Mapping[int, str]:
        return {n: (texts or {}).get(by_number[n], by_number[n]) for n in numbers}

    return {by_number[n]: links for n, links in link(facts, own)}


def test_a_reply_joins_by_in_reply_to() -> None:
    found = linked(
        mail("a", message_id="<1@x>"),
        mail("b", subject="other", date="2018-09-06T08:12:00-08:00", message_id="<2@x>", in_reply_to="<1@x>"),
    )
    assert found["a"].thread == found["b"].thread == "a"


def test_two_replies_to_unreleased_mail_share_a_conversation() -> None:
    found = linked(
        mail("a", subject="RE: one", references=("<gone@x>",)),
        mail("b", subject="RE: two", references=("<gone@x>",), date="2019-01-01"),
    )
    assert found["a"].thread == found["b"].thread


def test_thread_index_joins() -> None:
    found = linked(mail("a", thread_index="01d3"), mail("b", subject="x", date=None, thread_index="01d3"))
    assert found["a"].thread == found["b"].thread


@pytest.mark.parametrize(
    ("subject", "date", "people", "joined"),
    [
        ("RE: plate", "2018-03-06T08:40:00-08:00", BACK, True),
        ("plate", "2018-03-06T08:40:00-08:00", BACK, False),  # no reply mark
        ("RE: plate", "2018-06-06T08:40:00-08:00", BACK, False),  # months later
        ("RE: plate", "2018-03-06T08:40:00-08:00", (("from", "Other, Person", "o@x.example"),), False),
        ("RE: RE: FW: Plate ", "2018-03-07T08:40:00-08:00", BACK, True),
    ],
)
def test_a_subject_joins_only_with_the_same_people_in_bounded_time(
    subject: str, date: str, people: object, joined: bool
) -> None:
    found = linked(mail("a"), mail("b", subject=subject, date=date, people=people))
    assert (found["a"].thread == found["b"].thread) is joined


def test_the_same_mail_in_two_mailboxes_is_linked_and_kept() -> None:
    found = linked(mail("a", message_id="<1@x>", body="same"), mail("b", message_id="<1@x>", body="same"))
    assert found["a"].copy_of == found["b"].copy_of == "a"
    assert found["a"].held_by is None
    assert found["b"].held_by is None


def test_a_print_out_in_local_time_is_a_copy_of_the_mail() -> None:
    words = "can you run 7ABC123 for me when you get a sec"
    found = linked(
        mail("a", message_id="<1@x>", date="2018-03-06T16:12:31+00:00"),
        mail("b", date="2018-03-06T08:12:00", people=(("from", RUIZ, None), ("to", SALAS, None))),
        texts={"a": words, "b": words + " Sent from my iPhone"},
    )
    assert found["a"].copy_of == found["b"].copy_of


def test_a_quoted_message_held_whole_is_only_linked() -> None:
    found = linked(
        mail("whole", body="w"),
        mail("host", subject="RE: plate", date="2018-03-06T09:00:00-08:00", people=BACK),
        mail("quoted", within="host", quoted=True, date="2018-03-06T08:12:00", body="cut"),
        texts={"whole": "run the plate please", "quoted": "run the plate"},
    )
    assert found["quoted"].held_by == "whole"
    assert len({one.thread for one in found.values()}) == 1


def test_a_quoted_message_held_nowhere_is_kept_once_for_each_host() -> None:
    found = linked(
        mail("h1", subject="RE: x", date="2018-03-06T09:00:00-08:00", people=BACK),
        mail("h2", subject="FW: x", date="2018-03-06T10:00:00-08:00", people=BACK),
        mail("q1", within="h1", quoted=True, subject="x", body="same"),
        mail("q2", within="h2", quoted=True, subject="x", body="same"),
    )
    assert found["q1"].held_by is found["q2"].held_by is None
    assert found["q1"].copy_of == found["q2"].copy_of == "q1"
    assert found["h1"].thread == found["h2"].thread


def test_different_mails_of_one_minute_are_no_copies() -> None:
    found = linked(mail("a"), mail("b"), texts={"a": "run 7ABC123", "b": "lunch at noon on friday then"})
    assert found["a"].copy_of is None


@pytest.mark.parametrize(
    ("subject", "stem", "reply"),
    [
        ("RE: Plate", "plate", True),
        ("Fwd: RE[2]: AW:  plate\tcheck", "plate check", True),
        ("[EXTERNAL] Re: plate", "plate", True),
        ("report", "report", False),
        ("Re", "re", False),
        ("", "", False),
        (None, "", False),
    ],
)
def test_subjects(subject: str | None, stem: str, reply: bool) -> None:
    assert subject_stem(subject) == stem
    assert is_reply(subject) is reply


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ruiz, Daniel", "Det. Daniel Ruiz", True),
        ("Daniel Ruiz (SHERIFF)", "RUIZ, DANIEL", True),
        ("Ruiz, Daniel", "Ruiz, David", False),
        ("Ruiz", "Ruiz", False),  # one word is no person's key
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert bool(person_keys(one, None) & person_keys(other, None)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2018-03-06T08:12:00-08:00", "2018-03-06T16:12:30+00:00", True),
        ("2018-03-06T08:12:00-08:00", "2018-03-06T08:12:00", True),
        ("2018-03-06T08:12:00", "2018-03-06T09:12:00", False),
        ("2018-03-06", "2018-03-06T09:12:00", True),
        ("2018-03-06", "2018-03-07", False),
        ("2018-03-06T16:12:00+00:00", "2018-03-06T08:13:00", True),
        ("junk", "2018-03-06", False),
        (None, None, False),
    ],
)
def test_moments(one: str | None, other: str | None, same: bool) -> None:
    assert same_moment(one, other) is same


NAMES = st.sampled_from([f"m{n}" for n in range(12)])
MAILS = st.lists(
    st.builds(
        mail,
        NAMES,
        message_id=st.sampled_from([None, "<1@x>", "<2@x>"]),
        in_reply_to=st.sampled_from([None, "<1@x>", "<2@x>", "<gone@x>"]),
        subject=st.sampled_from(["plate", "RE: plate", "FW: other", None]),
        date=st.sampled_from([None, "2018-03-06", "2018-03-06T08:12:00", "2018-03-06T16:12:00+00:00"]),
        within=st.sampled_from([None, "m0", "m1"]),
        body=st.sampled_from(["", "x", "y"]),
        people=st.sampled_from([BACK, (), (("from", RUIZ, None),)]),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
).map(lambda facts: [replace(one, quoted=one.within is not None and one.within != one.id) for one in facts])
joined_something = {"yes": 0}


@settings(max_examples=150, deadline=None)
@given(MAILS, st.randoms(use_true_random=False))
def test_links_do_not_depend_on_the_order_of_arrival(facts: list[LinkFacts], rng: random.Random) -> None:
    first = linked(*facts)
    shuffled = list(facts)
    rng.shuffle(shuffled)
    assert linked(*shuffled) == first
    joined_something["yes"] += len({one.thread for one in first.values()}) < len(first)


def test_the_law_above_is_not_vacuous() -> None:
    assert joined_something["yes"] > 20


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_groups_are_what_a_slow_closure_gives(pairs: list[tuple[int, int]]) -> None:
    groups = Groups()
    slow = {n: {n} for n in range(50)}
    for one, other in pairs:
        groups.join(one, other)
        merged = slow[one] | slow[other]
        for n in merged:
            slow[n] = merged
    for n, members in slow.items():
        assert groups.find(n) == min(members)
        assert groups.alone(n) is (len(members) == 1)
        assert sorted(groups.members(n)) == sorted(members)
        assert all(groups.together(n, other) is (other in members) for other in slow)
    more = Groups(like=groups)
    more.join(48, 49)
    assert not groups.together(48, 49)
    assert more.together(48, 49)


def test_a_quotation_without_date_or_subject_is_what_its_host_answers() -> None:
    found = linked(
        mail("whole", message_id="<1@x>", body="w"),
        mail("host", message_id="<2@x>", in_reply_to="<1@x>", subject="RE: plate", people=BACK),
        mail("quoted", within="host", quoted=True, date=None, subject=None, people=(("from", RUIZ, None),), body="q"),
        texts={"whole": "run the plate please and call me", "quoted": "run the plate please"},
    )
    assert found["quoted"].held_by == "whole"


def test_what_is_held_at_a_time_changes_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [
        mail(
            f"m{n:03}",
            message_id=f"<{n}@x>" if n % 3 else None,
            in_reply_to=f"<{n - 7}@x>",
            subject="RE: plate" if n % 2 else None,
            date=f"2018-03-06T08:{n % 20:02}:00-08:00",
            body=f"body {n % 11}",
            sketch=sketch(f"{n % 5} " * 20),
        )
        for n in range(90)
    ]
    texts = {one.id: f"{int(one.id[1:]) % 5} " * 20 for one in facts}
    all_at_once = linked(*facts, texts=texts)
    assert len({one.thread for one in all_at_once.values()}) < 20
    assert len({one.copy_of for one in all_at_once.values()}) > 3
    monkeypatch.setattr(near, "KEPT_GROUPS", 1)
    for module in (near, copies, on_disk):
        monkeypatch.setattr(module, "RUN", 2)
    assert linked(*facts, texts=texts) == all_at_once


def test_memory_grows_by_some_bytes_a_message() -> None:
    def held(size: int) -> int:
        facts = (
            replace(
                mail("m", message_id=f"<{n}@x>", in_reply_to=f"<{n - 40}@x>", subject=f"plate {n % 50}"),
                n=n,
                id=f"m{n:07}",
            )
            for n in range(size)
        )
        tracemalloc.start()
        count = sum(1 for _ in link(facts, lambda numbers: dict.fromkeys(numbers, "")))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == size
        return most

    few, many = held(1_000), held(5_000)
    assert many - few < 4_000 * 150  # bytes; the facts themselves would be ten times as many
