"""All links of a corpus at once, from facts alone: the same whatever the order in which files came.

A conversation is joined by References and In-Reply-To, by Outlook's Thread-Index, by being quoted or attached, by
being a copy, and last by a reply's subject shared by the same people within a bounded time — never by subject alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from corpus_search.conversations.copies import find_copies
from corpus_search.conversations.facts import LinkFacts, Links
from corpus_search.conversations.groups import Groups
from corpus_search.conversations.keys import is_reply, moment, people_keys, sender_keys, subject_stem
from corpus_search.conversations.near import OwnTexts

REPLY_WITHIN = timedelta(days=30)
LOOK_BACK = 60  # earlier messages of the same subject that a reply is compared with


def link(facts: Sequence[LinkFacts], own_texts: OwnTexts) -> dict[int, Links]:
    """The links of every message, by row number."""
    hosts = {one.id: one for one in facts}
    facts = [_with_host(one, hosts) for one in sorted(facts, key=lambda one: one.id)]
    del hosts  # what links take grows with the corpus: nothing is held longer than it is asked for
    copies = find_copies(facts, own_texts)
    groups = copies.members()
    held = _held(facts, groups)
    threads = _threads(facts, groups)
    smallest: dict[str, str] = {}
    for one in facts:  # in order of id: the first seen is the smallest
        if one.id not in held:
            smallest.setdefault(threads.find(one.id), one.id)
    copy_of = {name: root for root, names in groups.items() for name in names}
    return {
        one.n: Links(
            thread=smallest.get(threads.find(one.id), one.id),
            copy_of=copy_of.get(one.id),
            held_by=held.get(one.id),
        )
        for one in facts
    }


def _with_host(one: LinkFacts, hosts: dict[str, LinkFacts]) -> LinkFacts:
    """A quoted message with what its host tells of it: the subject, where it has none, and what the host answers."""
    host = hosts.get(one.within or "")
    if not one.quoted or host is None:
        return one
    return replace(one, subject=host.subject if one.subject is None else one.subject, in_reply_to=host.in_reply_to)


def _held(facts: Iterable[LinkFacts], groups: dict[str, list[str]]) -> dict[str, str]:
    """Quoted messages that the corpus holds whole → the smallest id of those that do."""
    quoted = {one.id for one in facts if one.quoted}
    held = {}
    for names in groups.values():
        whole = [name for name in names if name not in quoted]
        if whole:
            held.update({name: whole[0] for name in names if name in quoted})
    return held


def _threads(facts: Sequence[LinkFacts], copies: dict[str, list[str]]) -> Groups:
    """Conversations; message ids and thread indexes that no released message has still hold their replies together."""
    threads = Groups()
    for root, names in copies.items():
        for name in names:
            threads.join(root, name)
    for one in facts:
        if one.within:
            threads.join(one.id, one.within)
        if one.kind != "message":
            continue
        if one.message_id:
            threads.join(one.id, "id" + one.message_id)
        for reference in (one.in_reply_to, *one.references):
            if reference:
                threads.join(one.id, "id" + reference)
        if one.thread_index:
            threads.join(one.id, "index" + one.thread_index)
    _join_by_subject(facts, threads)
    return threads


def _join_by_subject(facts: Iterable[LinkFacts], threads: Groups) -> None:
    by_stem: dict[str, list[tuple[datetime, LinkFacts]]] = defaultdict(list)
    for one in facts:
        when = moment(one.date)
        stem = subject_stem(one.subject)
        if one.kind == "message" and when is not None and stem:
            by_stem[stem].append((when[0], one))
    for members in by_stem.values():
        if len(members) < 2:
            continue
        members.sort(key=lambda member: (member[0], member[1].id))
        for position, (then, one) in enumerate(members):
            if is_reply(one.subject):
                _join_reply(one, then, members[max(0, position - LOOK_BACK) : position], threads)


def _join_reply(
    reply: LinkFacts, when: datetime, earlier: Sequence[tuple[datetime, LinkFacts]], threads: Groups
) -> None:
    """Join a reply to the latest earlier message of its subject that the same people were in."""
    sender, people = sender_keys(reply), people_keys(reply)
    for then, one in reversed(earlier):
        if when - then > REPLY_WITHIN:
            return
        wrote = sender_keys(one)
        answered = not sender or bool(sender & people_keys(one))
        addressed = not wrote or bool(wrote & people)
        if (sender or wrote) and answered and addressed:
            threads.join(reply.id, one.id)
            return
