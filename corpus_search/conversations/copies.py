"""The same message in several places: released twice, in two mailboxes, printed and as mail, whole and quoted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from corpus_search.conversations.facts import LinkFacts
from corpus_search.conversations.groups import Groups
from corpus_search.conversations.keys import moment, same_moment, same_sender, sender_keys, subject_stem
from corpus_search.conversations.near import OwnTexts, join_near

MANY = 40  # in a larger bucket only equal bodies are compared: a bound on hostile or automatic mail
CONTAINED = 0.75  # share of the shorter body's words that must stand in the longer one
_WORD = re.compile(r"\w+")


def find_copies(facts: Sequence[LinkFacts], own_texts: OwnTexts) -> Groups:
    """Groups of ids of messages that are the same message. The outcome does not depend on the order of `facts`."""
    groups = Groups()
    doubtful: list[tuple[LinkFacts, LinkFacts]] = []
    for bucket in _buckets(facts):
        for one, other in _pairs(bucket):
            verdict = _same(one, other)
            if verdict:
                groups.join(one.id, other.id)
            elif verdict is None and not groups.together(one.id, other.id):
                doubtful.append((one, other))
    for start in range(0, len(doubtful), 500):
        run = doubtful[start : start + 500]
        texts = own_texts(facts.n for pair in run for facts in pair)
        for one, other in run:
            if _contained(texts.get(one.n, ""), texts.get(other.n, "")):
                groups.join(one.id, other.id)
    join_near(facts, own_texts, groups)
    return groups


def _buckets(facts: Iterable[LinkFacts]) -> Iterator[list[LinkFacts]]:
    """Runs worth comparing: equal message id or body, equal subject and minute of the hour, quoted and answered."""
    by_key: dict[tuple[str, ...], list[LinkFacts]] = defaultdict(list)
    for one in facts:
        if one.kind != "message":
            continue
        stem = subject_stem(one.subject)
        if one.message_id:
            by_key["id", one.message_id, stem].append(one)
        if one.quoted and one.in_reply_to:
            by_key["answered", one.in_reply_to].append(one)
        elif one.message_id:
            by_key["answered", one.message_id].append(one)
        if one.body_digest:
            by_key["body", one.body_digest, stem].append(one)
        when = moment(one.date)
        if when is not None and when[1]:
            by_key["minute", stem, str(when[0].minute % 30)].append(one)
        elif when is not None:
            by_key["day", stem, str(when[0].date())].append(one)
    for bucket in by_key.values():
        if len(bucket) > 1:
            yield bucket


def _pairs(bucket: list[LinkFacts]) -> Iterator[tuple[LinkFacts, LinkFacts]]:
    if len(bucket) <= MANY:
        yield from combinations(bucket, 2)
        return
    alike: dict[tuple[str, str | None], list[LinkFacts]] = defaultdict(list)
    for one in bucket:
        when = moment(one.date)
        alike[one.body_digest, str(when[0])[:16] if when else None].append(one)
    for same in alike.values():
        first = same[0]
        for other in same[1:]:
            yield first, other


def _same(one: LinkFacts, other: LinkFacts) -> bool | None:
    """True: copies; False: not; None: if one's words stand in the other's."""
    if other.id == one.within or one.id == other.within:
        return False
    if one.within and one.within == other.within and one.quoted and other.quoted:
        return False  # quoted twice in one host: two quotations, kept apart
    if one.message_id and other.message_id:
        return one.message_id == other.message_id and _alike(one, other)
    sender = same_sender(one, other)
    if sender is False:
        return False
    dated = moment(one.date) is not None and moment(other.date) is not None
    if dated and not same_moment(one.date, other.date):
        return False
    if one.body_digest and one.body_digest == other.body_digest and (dated or sender):
        return True
    if not dated:
        return None if _answered(one, other) or _answered(other, one) else False
    if not one.body_digest or not other.body_digest:
        return bool(sender) and bool(subject_stem(one.subject))
    return None


def _answered(quoted: LinkFacts, whole: LinkFacts) -> bool:
    """Whether the whole message is the one that the host of the quoted one answers."""
    return quoted.quoted and not whole.quoted and bool(whole.message_id) and quoted.in_reply_to == whole.message_id


def _alike(one: LinkFacts, other: LinkFacts) -> bool:
    """Guards against ids that a broken program gave to different messages."""
    if one.body_digest == other.body_digest:
        return True
    return same_moment(one.date, other.date) and bool(sender_keys(one) & sender_keys(other))


def _contained(one: str, other: str) -> bool:
    """Whether most words of the shorter text stand in the longer one (cut or redacted differently, read by OCR)."""
    a, b = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    if not a or not b:
        return False
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return len(small & large) >= CONTAINED * len(small)
