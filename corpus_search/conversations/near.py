"""The same message in other words: redacted differently, cut differently, read by OCR; and documents released again.

Headers say most (`copies`); where they are blacked out, misread or missing, the words of the texts decide, and only
where no header speaks against it. A notice that is sent every week in the same words is not one message: a group never
comes to hold two moments, or two message ids, that contradict each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from corpus_search.conversations.facts import LinkFacts
from corpus_search.conversations.groups import Groups
from corpus_search.conversations.keys import moment, same_moment, same_sender, subject_stem
from corpus_search.conversations.likeness import buckets, likeness

SHARED: Final = (
    0.5  # share of all pairs of words that the two must have in common: docs/measurements.md, "Nearly the same"
)
CONTAINED: Final = 0.85  # or: share of the shorter one's pairs that stand in the longer one
MANY: Final = 40  # of a larger bucket each is compared with a few neighbours: a bound on hostile or automatic mail
NEIGHBOURS: Final = 4
RUN: Final = 500  # pairs whose texts are held at a time
OwnTexts = Callable[[Iterable[int]], Mapping[int, str]]
Pair = tuple[LinkFacts, LinkFacts]


def join_near(facts: Sequence[LinkFacts], own_texts: OwnTexts, groups: Groups) -> None:
    """Join, in `groups`, what is the same by its words; the outcome does not depend on the order of `facts`."""
    known = _Known(facts, groups)
    for kind in ("message", "document"):  # documents last: whether they are one depends on the mails they came with
        alike = _alike(_pairs([one for one in facts if one.kind == kind], groups), own_texts)
        for _, one, other in sorted(alike, key=lambda found: (-found[0], found[1].id, found[2].id)):
            known.join(one, other)


class _Known:
    """What is known of each group: the moments and the message ids of its members."""

    def __init__(self, facts: Iterable[LinkFacts], groups: Groups) -> None:
        self._groups = groups
        self._dates: dict[str, set[str]] = defaultdict(set)
        self._ids: dict[str, set[str]] = defaultdict(set)
        for one in facts:
            root = groups.find(one.id)
            if one.date and moment(one.date) is not None:
                self._dates[root].add(one.date)
            if one.message_id:
                self._ids[root].add(one.message_id)

    def join(self, one: LinkFacts, other: LinkFacts) -> None:
        """Make the two groups one, unless what is known of them contradicts."""
        a, b = self._groups.find(one.id), self._groups.find(other.id)
        ids = self._ids[a], self._ids[b]
        if a == b or (all(ids) and not ids[0] & ids[1]):
            return
        if any(not same_moment(first, second) for first in self._dates[a] for second in self._dates[b]):
            return
        self._groups.join(a, b)
        root = self._groups.find(a)
        self._dates[root] = self._dates[a] | self._dates[b]
        self._ids[root] = self._ids[a] | self._ids[b]


def _pairs(facts: Sequence[LinkFacts], groups: Groups) -> list[Pair]:
    """Pairs that may be the same by their sketches, and that no header keeps apart, in order of id."""
    by_id = {one.id: one for one in facts}
    found: set[tuple[str, str]] = set()
    for names in buckets({one.id: one.sketch for one in facts}):
        bucket = [by_id[name] for name in names]
        if all(one.message_id for one in bucket):
            continue  # their ids, which `copies` has compared, say more
        for one, other in _within(bucket):
            if not groups.together(one.id, other.id) and _may_be_one(one, other, groups):
                found.add((min(one.id, other.id), max(one.id, other.id)))
    return [(by_id[one], by_id[other]) for one, other in sorted(found)]


def _within(bucket: Sequence[LinkFacts]) -> Iterator[Pair]:
    if len(bucket) <= MANY:
        yield from combinations(bucket, 2)
        return
    ordered = sorted(bucket, key=lambda one: (_half_hour(one), subject_stem(one.subject), one.id))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            yield one, other


def _half_hour(one: LinkFacts) -> str:
    """The minute of the half hour: it is the same in every time zone."""
    when = moment(one.date)
    if when is None:
        return ""
    return f"{when[0].minute % 30:02}" if when[1] else str(when[0].date())


def _may_be_one(one: LinkFacts, other: LinkFacts, groups: Groups) -> bool:
    """Whether the words may decide: no header says that the two are not the same."""
    if other.id == one.within or one.id == other.within or (one.message_id and other.message_id):
        return False
    if one.kind == "document":
        return one.within == other.within is None or groups.together(one.within or "", other.within or " ")
    if one.within and one.within == other.within and one.quoted and other.quoted:
        return False  # quoted twice in one host: two quotations, kept apart
    a, b = moment(one.date), moment(other.date)
    if a is not None and b is not None:
        if not same_moment(one.date, other.date):
            return False
        if a[1] and b[1]:
            return True  # a name misread by OCR does not count against the minute
    return same_sender(one, other) is not False


def _alike(pairs: Sequence[Pair], own_texts: OwnTexts) -> Iterator[tuple[float, LinkFacts, LinkFacts]]:
    """Of these pairs those whose words are the same, with their likeness."""
    for start in range(0, len(pairs), RUN):
        run = pairs[start : start + RUN]
        texts = own_texts(facts.n for pair in run for facts in pair)
        for one, other in run:
            shared, contained = likeness(texts.get(one.n, ""), texts.get(other.n, ""))
            if shared >= SHARED or contained >= CONTAINED:
                yield max(shared, contained), one, other
