"""The same message in other words: redacted differently, cut differently, read by OCR; and documents released again.

Headers say most (`copies`); where they are blacked out, misread or missing, the words of the texts decide, and only
where no header speaks against it. A notice that is sent every week in the same words is not one message: a group never
comes to hold two moments, or two message ids, that contradict each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import Final

from corpus_search.conversations.facts import LinkFacts
from corpus_search.conversations.groups import Groups
from corpus_search.conversations.keys import KEPT, moment, same_moment, same_sender, subject_stem
from corpus_search.conversations.likeness import buckets, likeness, pairs_of_words

# Shares of the pairs of words, measured on released mail (docs/measurements.md, "Nearly the same"): of all pairs that
# either text has, or of the shorter text's.
SAME_MINUTE: Final = 0.6  # of the shorter text's, where both are dated to the same minute
SHARED: Final = 0.65  # of all, where a date is missing
HELD: Final = 0.8  # and of the shorter text's
CUT: Final = 0.9  # or: of the shorter text's, where the subject is the same
OTHER_ZONE: Final = 0.8  # of all, where clocks differ by whole hours
DOCUMENT: Final = 0.9  # of all, for documents: two versions of a policy are two documents
CLEARLY: Final = 0.15  # a text without a date that is as like to two messages, but for so much, joins neither
SLIPS: Final = 0.8  # likeness of two subjects that may be one
MANY: Final = 40  # of a larger bucket each is compared with a few neighbours: a bound on hostile or automatic mail
NEIGHBOURS: Final = 4
RUN: Final = 500  # pairs whose texts are held at a time
OwnTexts = Callable[[Iterable[int]], Mapping[int, str]]
Pair = tuple[LinkFacts, LinkFacts]
Alike = tuple[float, LinkFacts, LinkFacts]


def join_near(facts: Sequence[LinkFacts], own_texts: OwnTexts, groups: Groups) -> None:
    """Join, in `groups`, what is the same by its words; the outcome does not depend on the order of `facts`."""
    for kind in ("message", "document"):  # documents last: whether they are one depends on the mails they came with
        found = list(_alike(_pairs([one for one in facts if one.kind == kind], groups), own_texts))
        clear = sorted(_clear(found), key=lambda pair: (-pair[0], pair[1].id, pair[2].id))
        roots = {groups.find(one.id) for _, *pair in clear for one in pair}
        known = _Known((one for one in facts if groups.find(one.id) in roots), groups)
        for _, one, other in clear:
            known.join(one, other)


def _clear(found: Sequence[Alike]) -> Iterator[Alike]:
    """Without the pairs of a text that has no date and is as like to messages of different moments."""
    dated: dict[str, list[tuple[float, str | None]]] = defaultdict(list)
    for score, one, other in found:
        dated[one.id].append((score, other.date))
        dated[other.id].append((score, one.date))
    doubtful = set()
    for _, one, other in found:
        for bare in (one, other):
            if moment(bare.date) is None:
                best = max(score for score, _ in dated[bare.id])
                dates = {date for score, date in dated[bare.id] if score >= best - CLEARLY and moment(date) is not None}
                if any(not _one_moment(a, b) for a, b in combinations(sorted(filter(None, dates))[:MANY], 2)):
                    doubtful.add(bare.id)
    return (pair for pair in found if pair[1].id not in doubtful and pair[2].id not in doubtful)


class _Known:
    """What is known of each group: the moments, the message ids and the hosts of its members."""

    def __init__(self, facts: Iterable[LinkFacts], groups: Groups) -> None:
        self._groups = groups
        self._hosts: dict[str, set[str]] = defaultdict(set)
        self._dates: dict[str, set[str]] = defaultdict(set)
        self._ids: dict[str, set[str]] = defaultdict(set)
        for one in facts:
            root = groups.find(one.id)
            if one.date and moment(one.date) is not None:
                self._dates[root].add(one.date)
            if one.message_id:
                self._ids[root].add(one.message_id)
            if one.within:
                self._hosts[root].add(one.within)

    def join(self, one: LinkFacts, other: LinkFacts) -> None:
        """Make the two groups one, unless what is known of them contradicts."""
        a, b = self._groups.find(one.id), self._groups.find(other.id)
        ids = self._ids[a], self._ids[b]
        if a == b or (all(ids) and not ids[0] & ids[1]):
            return
        if any(not _one_moment(first, second) for first in self._dates[a] for second in self._dates[b]):
            return
        if {a, b} & {self._groups.find(host) for host in self._hosts[a] | self._hosts[b]}:
            return  # one quotes the other
        self._groups.join(a, b)
        root = self._groups.find(a)
        for known in (self._dates, self._ids, self._hosts):
            known[root] = known[a] | known[b]


def _pairs(facts: Sequence[LinkFacts], groups: Groups) -> list[Pair]:
    """Pairs that may be the same by their sketches, and that no header keeps apart, in order of id."""
    by_id = {one.id: one for one in facts}
    named = {one.id for one in facts if one.message_id}  # of two of them the ids, which `copies` has compared, say more
    roots = {one.id: groups.find(one.id) for one in facts}
    found: set[tuple[str, str]] = set()
    for names in buckets({one.id: one.sketch for one in facts}, named):
        for one, other in _within([by_id[name] for name in names]):
            pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
            if pair not in found and roots[one.id] != roots[other.id] and _may_be_one(one, other, groups):
                found.add(pair)
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
        if a[1] and b[1] and same_moment(one.date, other.date):
            return True  # a name misread by OCR does not count against the minute
        if not _one_moment(one.date, other.date):
            return False
    return same_sender(one, other) is not False and _same_subject(one, other)


def _one_moment(one: str | None, other: str | None) -> bool:
    """Whether two dates may be one moment; without offsets, clocks of two time zones may have been written."""
    a, b = moment(one), moment(other)
    if a is None or b is None or a[2] or b[2] or not (a[1] and b[1]):
        return same_moment(one, other)
    apart = abs(int((a[0] - b[0]).total_seconds()) // 60)
    return apart <= 14 * 60 + 1 and min(apart % 60, 60 - apart % 60) <= 1


def _same_subject(one: LinkFacts, other: LinkFacts) -> bool:
    """Whether the subjects may be one, read by OCR perhaps; one may be missing."""
    a, b = subject_stem(one.subject), subject_stem(other.subject)
    return not a or not b or a == b or _slipped(a[:200], b[:200])


@lru_cache(maxsize=KEPT)
def _slipped(one: str, other: str) -> bool:
    """Whether two subjects may be one but for slips of OCR; the quick ratios are never below the true one."""
    matcher = SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= SLIPS and matcher.quick_ratio() >= SLIPS and matcher.ratio() >= SLIPS


def _alike(pairs: Sequence[Pair], own_texts: OwnTexts) -> Iterator[Alike]:
    """Of these pairs those whose words are the same, with their likeness."""
    for start in range(0, len(pairs), RUN):
        run = pairs[start : start + RUN]
        texts = own_texts(facts.n for pair in run for facts in pair)
        word_pairs = {n: pairs_of_words(text) for n, text in texts.items()}  # many pairs name the same text
        for one, other in run:
            shared, held = likeness(word_pairs.get(one.n, frozenset()), word_pairs.get(other.n, frozenset()))
            if _decided(one, other, shared, held):
                yield max(shared, held), one, other


def _decided(one: LinkFacts, other: LinkFacts, shared: float, held: float) -> bool:
    if one.kind == "document":
        return shared >= DOCUMENT
    a, b = moment(one.date), moment(other.date)
    if a is not None and b is not None:
        return held >= SAME_MINUTE if same_moment(one.date, other.date) else shared >= OTHER_ZONE
    stem = subject_stem(one.subject)
    cut = bool(stem) and stem == subject_stem(other.subject) and held >= CUT
    return cut or (shared >= SHARED and held >= HELD)
