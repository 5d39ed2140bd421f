"""The same message in several places: released twice, in two mailboxes, printed and as mail, whole and quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, combinations, islice
from typing import Final

from corpus_search.conversations.facts import LinkFacts
from corpus_search.conversations.groups import Groups
from corpus_search.conversations.keys import moment, same_moment, same_sender, sender_keys, subject_stem
from corpus_search.conversations.near import OwnTexts, join_near
from corpus_search.conversations.on_disk import FactsOnDisk, Rows

MANY = 40  # in a larger bucket only equal bodies are compared: a bound on hostile or automatic mail
CONTAINED = 0.75  # share of the shorter body's words that must stand in the longer one
RUN = 200  # pairs whose texts are held at a time
_WORD = re.compile(r"\w+")
_NONE: frozenset[str] = frozenset()
Key = tuple[str, ...] | None
Doubt = tuple[LinkFacts, LinkFacts]


def find_copies(facts: FactsOnDisk, own_texts: OwnTexts) -> Groups:
    """Groups of messages that are the same message. The outcome does not depend on the order in which they came."""
    groups = Groups()
    doubtful: list[Doubt] = []
    for one, other in _worth_comparing(facts):
        verdict = _same(one, other)
        if verdict:
            groups.join(one.n, other.n)
        elif verdict is None and not groups.together(one.n, other.n):
            doubtful.append((one, other))
            if len(doubtful) == RUN:
                _join_contained(doubtful, own_texts, groups)
                doubtful.clear()
    _join_contained(doubtful, own_texts, groups)
    join_near(facts, own_texts, groups)
    return groups


def _join_contained(doubtful: Sequence[Doubt], own_texts: OwnTexts, groups: Groups) -> None:
    """Join pairs of which the words decide; a text that many pairs name is cut into words once."""
    pairs = [pair for pair in doubtful if not groups.together(pair[0].n, pair[1].n)]
    texts = own_texts(facts.n for pair in pairs for facts in pair)
    words = {n: frozenset(_WORD.findall(text.casefold())) for n, text in texts.items()}
    for one, other in pairs:
        if _contained(words.get(one.n, _NONE), words.get(other.n, _NONE)):
            groups.join(one.n, other.n)


def _worth_comparing(facts: FactsOnDisk) -> Iterator[Doubt]:
    """Pairs of equal message id or body, equal subject and minute of the hour, quoted and answered."""
    with Rows("id", "n", "named", *KEYS) as keyed:
        keyed.add((one.id, one.n, bool(one.message_id), *_keys(one)) for one in facts if one.kind == "message")
        for name in KEYS:
            runs = keyed.shared(name, "id", "n", "named")
            # Of two that both have message ids, these decide: such pairs come by the id, or by what was answered.
            worth = (run for run in runs if name in BY_ID or not all(named for *_, named in run))
            for bucket in facts.buckets([n for _, _, n, _ in run] for run in worth):
                yield from _pairs(bucket)


def _keys(one: LinkFacts) -> Iterator[str | None]:
    return ("\n".join(key) if key else None for key in (key_of(one) for key_of in KEYS.values()))


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


KEYS: Final[Mapping[str, Callable[[LinkFacts], Key]]] = {
    "message_id": _by_id,
    "answered": _by_answered,
    "body": _by_body,
    "moment": _by_moment,
}
BY_ID: Final = ("message_id", "answered")


def _pairs(bucket: Iterator[LinkFacts]) -> Iterator[Doubt]:
    few = list(islice(bucket, MANY + 1))
    if len(few) <= MANY:
        yield from combinations(few, 2)
        return
    first: dict[tuple[str, str | None], LinkFacts] = {}
    for one in chain(few, bucket):
        when = moment(one.date)
        alike = first.setdefault((one.body_digest, str(when[0])[:16] if when else None), one)
        if alike is not one:
            yield alike, one


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
