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
RUN = 500  # pairs whose texts are held at a time
_WORD = re.compile(r"\w+")
_NONE: frozenset[str] = frozenset()
Key = tuple[str, ...] | None
Doubt = tuple[LinkFacts, LinkFacts]


def find_copies(facts: Sequence[LinkFacts], own_texts: OwnTexts) -> Groups:
    """Groups of ids of messages that are the same message. The outcome does not depend on the order of `facts`."""
    groups = Groups()
    doubtful: list[Doubt] = []
    for bucket in _buckets(facts):
        for one, other in _pairs(bucket):
            verdict = _same(one, other)
            if verdict:
                groups.join(one.id, other.id)
            elif verdict is None and not groups.together(one.id, other.id):
                doubtful.append((one, other))
    _join_contained(doubtful, own_texts, groups)
    join_near(facts, own_texts, groups)
    return groups


def _join_contained(doubtful: Sequence[Doubt], own_texts: OwnTexts, groups: Groups) -> None:
    """Join pairs of which the words decide, some at a time; a text that many pairs name is cut into words once."""
    for start in range(0, len(doubtful), RUN):
        run = [pair for pair in doubtful[start : start + RUN] if not groups.together(pair[0].id, pair[1].id)]
        texts = own_texts(facts.n for pair in run for facts in pair)
        words = {n: frozenset(_WORD.findall(text.casefold())) for n, text in texts.items()}
        for one, other in run:
            if _contained(words.get(one.n, _NONE), words.get(other.n, _NONE)):
                groups.join(one.id, other.id)


def _buckets(facts: Iterable[LinkFacts]) -> Iterator[list[LinkFacts]]:
    """Runs worth comparing: equal message id or body, equal subject and minute of the hour, quoted and answered."""
    messages = [one for one in facts if one.kind == "message"]
    for key_of in (_by_id, _by_answered, _by_body, _by_moment):  # one key at a time: memory stays that of one
        by_key: dict[tuple[str, ...], list[LinkFacts]] = defaultdict(list)
        for one in messages:
            if key := key_of(one):
                by_key[key].append(one)
        yield from (bucket for bucket in by_key.values() if len(bucket) > 1)


def _by_id(one: LinkFacts) -> Key:
    return (one.message_id, subject_stem(one.subject)) if one.message_id else None


def _by_answered(one: LinkFacts) -> Key:
    answered = one.in_reply_to if one.quoted and one.in_reply_to else one.message_id
    return (answered,) if answered else None


def _by_body(one: LinkFacts) -> Key:
    return (one.body_digest, subject_stem(one.subject)) if one.body_digest else None


def _by_moment(one: LinkFacts) -> Key:
    """The subject with the minute of the half hour, which is the same in every time zone, or with the day."""
    when = moment(one.date)
    if when is None:
        return None
    return (subject_stem(one.subject), str(when[0].minute % 30) if when[1] else str(when[0].date()))


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


def _contained(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most words of the shorter text stand in the longer one (cut or redacted differently, read by OCR)."""
    if not one or not other:
        return False
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return len(small & large) >= CONTAINED * len(small)
