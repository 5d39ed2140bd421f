"""All links of a corpus at once, from facts alone: the same whatever the order in which files came.

A conversation is joined by References and In-Reply-To, by Outlook's Thread-Index, by being quoted or attached, by
being a copy, and last by a reply's subject shared by the same people within a bounded time — never by subject alone.
What is held grows by some bytes a message; the rest stands on disk (`on_disk`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from corpus_search.conversations.copies import find_copies
from corpus_search.conversations.facts import LinkFacts, Links
from corpus_search.conversations.groups import Groups
from corpus_search.conversations.keys import is_reply, moment, people_keys, sender_keys, subject_stem
from corpus_search.conversations.near import OwnTexts
from corpus_search.conversations.on_disk import FactsOnDisk, Rows

REPLY_WITHIN = timedelta(days=30)
LOOK_BACK = 60  # earlier messages of the same subject that a reply is compared with


def link(facts: Iterable[LinkFacts], own_texts: OwnTexts) -> Iterator[tuple[int, Links]]:
    """The links of every message, each with its row number. All is decided before the first is given."""
    held = FactsOnDisk(facts)
    copies = find_copies(held, own_texts)
    return _links(held, copies, _threads(held, copies))


def _links(facts: FactsOnDisk, copies: Groups, threads: Groups) -> Iterator[tuple[int, Links]]:
    """Groups are called by their smallest ids: a conversation by that of a message which no other holds whole."""
    with facts:
        copy = copies.firsts(n for n, _, _ in facts.ids())
        whole = copies.firsts(n for n, _, quoted in facts.ids() if not quoted)

        def holder(n: int, quoted: bool) -> int | None:
            return whole[copies.find(n)] if quoted and not copies.alone(n) and whole[copies.find(n)] >= 0 else None

        head = threads.firsts(n for n, _, quoted in facts.ids() if holder(n, quoted) is None)
        for n, name, quoted in facts.ids():
            first = -1 if threads.alone(n) else head[threads.find(n)]
            held_by = holder(n, quoted)
            yield (
                n,
                Links(
                    thread=name if first < 0 else facts.name(first),
                    copy_of=None if copies.alone(n) else facts.name(copy[copies.find(n)]),
                    held_by=None if held_by is None else facts.name(held_by),
                ),
            )


def _threads(facts: FactsOnDisk, copies: Groups) -> Groups:
    """Conversations; message ids and thread indexes that no released message has still hold their replies together."""
    threads = Groups(like=copies)
    with Rows("name", "n") as named:
        named.add((name, n) for n, names in facts.named() for name in names)
        for (name, one), (other_name, other) in pairwise(named.read("name")):
            if name == other_name:
                threads.join(one, other)
    _join_by_subject(facts, threads)
    return threads


def _join_by_subject(facts: FactsOnDisk, threads: Groups) -> None:
    with Rows("subject", "moment", "id", "n") as subjects:
        subjects.add(
            (stem, when[0].isoformat(), one.id, one.n)
            for one in facts
            if one.kind == "message" and (when := moment(one.date)) and (stem := subject_stem(one.subject))
        )
        runs = ([n for *_, n in run] for run in subjects.shared("subject", "moment", "id", "n"))
        for members in facts.buckets(runs):
            earlier: deque[tuple[datetime, LinkFacts]] = deque(maxlen=LOOK_BACK)
            for one in members:
                then = moment(one.date)
                assert then is not None  # only such were kept
                if is_reply(one.subject):
                    _join_reply(one, then[0], earlier, threads)
                earlier.append((then[0], one))


def _join_reply(reply: LinkFacts, when: datetime, earlier: deque[tuple[datetime, LinkFacts]], threads: Groups) -> None:
    """Join a reply to the latest earlier message of its subject that the same people were in."""
    sender, people = sender_keys(reply), people_keys(reply)
    for then, one in reversed(earlier):
        if when - then > REPLY_WITHIN:
            return
        wrote = sender_keys(one)
        answered = not sender or bool(sender & people_keys(one))
        addressed = not wrote or bool(wrote & people)
        if (sender or wrote) and answered and addressed:
            threads.join(reply.n, one.n)
            return
