"""The same message in other words: redacted differently, cut differently, read by OCR; and documents released again.

Headers say most (`copies`); where they are blacked out, misread or missing, the words of the texts decide, and only
where no header speaks against it. A notice that is sent every week in the same words is not one message: a group never
comes to hold two moments, or two message ids, that contradict each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations, groupby, islice
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

from corpus_search.conversations.facts import LinkFacts
from corpus_search.conversations.groups import Groups
from corpus_search.conversations.keys import KEPT, moment, same_moment, same_sender, subject_stem
from corpus_search.conversations.likeness import BINS, ROWS, bands, likeness, pairs_of_words
from corpus_search.conversations.on_disk import FactsOnDisk, Rows

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
RUN: Final = 200  # pairs whose texts are held at a time
ALIKE: Final = ("score", "one_id", "other_id", "one", "other", "one_date", "other_date")
OwnTexts = Callable[[Iterable[int]], Mapping[int, str]]
KEPT_GROUPS: Final = 10_000  # groups of which is held what is known
Pair = tuple[LinkFacts, LinkFacts]


def join_near(facts: FactsOnDisk, own_texts: OwnTexts, groups: Groups) -> None:
    """Join, in `groups`, what is the same by its words; the outcome does not depend on the order of arrival."""
    for kind in ("message", "document"):  # documents last: whether they are one depends on the mails they came with
        with Rows(*ALIKE) as alike:
            alike.add(
                (score, one.id, other.id, one.n, other.n, one.date, other.date)
                for score, one, other in _alike(_may_be_alike(facts, kind, groups), own_texts)
            )
            doubtful = _doubtful(alike)
            known = _Known(facts, groups)
            for one, other in alike.read("score DESC", "one_id", "other_id", columns=("one", "other")):
                if one not in doubtful and other not in doubtful:
                    known.join(one, other)


def _doubtful(alike: Rows) -> set[int]:
    """The texts without a date that are as like to messages of different moments: they are joined to none."""
    scores: dict[int, dict[str, float]] = defaultdict(dict)  # of each: the dates of what is like it, and how like
    columns = ("score", "one", "other", "one_date", "other_date")
    for score, one, other, one_date, other_date in alike.read(columns=columns):
        for bare, its, date in ((one, one_date, other_date), (other, other_date, one_date)):
            if moment(its) is None:
                like = scores[bare]
                like[date or ""] = max(score, like.get(date or "", 0))
    return {bare for bare, like in scores.items() if _several_moments(like)}


def _several_moments(like: Mapping[str, float]) -> bool:
    best = max(like.values())
    dates = sorted(date for date, score in like.items() if score >= best - CLEARLY and moment(date) is not None)
    return any(not _one_moment(a, b) for a, b in combinations(dates[:MANY], 2))


class _Group(NamedTuple):
    """What is known of a group: the moments, the message ids and the hosts of its members."""

    dates: frozenset[str]
    ids: frozenset[str]
    hosts: frozenset[int]


class _Known:
    """What is known of each group; of those asked for last it is held."""

    def __init__(self, facts: FactsOnDisk, groups: Groups) -> None:
        self._facts = facts
        self._groups = groups
        self._held: dict[int, _Group] = {}

    def join(self, one: int, other: int) -> None:
        """Make the two groups one, unless what is known of them contradicts."""
        a, b = self._groups.find(one), self._groups.find(other)
        if a == b:
            return
        first, second = self._group(a), self._group(b)
        if first.ids and second.ids and not first.ids & second.ids:
            return
        if any(not _one_moment(date, its) for date in first.dates for its in second.dates):
            return
        if {a, b} & {self._groups.find(host) for host in first.hosts | second.hosts}:
            return  # one quotes the other
        self._groups.join(a, b)
        self._held[self._groups.find(a)] = _Group(
            first.dates | second.dates, first.ids | second.ids, first.hosts | second.hosts
        )

    def _group(self, root: int) -> _Group:
        known = self._held.get(root)
        if known is None:
            if len(self._held) >= KEPT_GROUPS:
                self._held.clear()
            members = list(self._facts.of(self._groups.members(root)))
            known = self._held[root] = _Group(
                frozenset(one.date for one in members if one.date and moment(one.date) is not None),
                frozenset(one.message_id for one in members if one.message_id),
                frozenset(one.host for one in members if one.host is not None),
            )
        return known


def _may_be_alike(facts: FactsOnDisk, kind: str, groups: Groups) -> Iterator[Pair]:
    """Pairs that may be the same by their sketches, and that no header keeps apart."""
    with Rows("one", "other") as proposed:
        proposed.add((min(pair), max(pair)) for pair in _proposed(facts, kind, groups))
        both = ((at, n) for at, pair in enumerate(proposed.read("one", "other", distinct=True)) for n in pair)
        for _, pair in groupby(facts.along(both), itemgetter(0)):
            one, other = sorted((fact for _, fact in pair), key=attrgetter("id"))
            if _may_be_one(one, other, groups):
                yield one, other


def _proposed(facts: FactsOnDisk, kind: str, groups: Groups) -> Iterator[tuple[int, int]]:
    """Pairs whose sketches agree in a band; of two with message ids the ids, which `copies` has compared, say more."""
    bands_of = [f"band{at}" for at in range(BINS // ROWS)]
    with Rows("n", "named", *bands_of) as sketches:
        sketches.add((n, named, *bands(sketch)) for n, named, sketch in facts.sketches(kind))
        for band in bands_of:
            for run in sketches.shared(band, "named", "n"):
                numbers = [n for *_, n in run]
                unnamed = sum(not named for _, named, _ in run)  # they come first
                if not unnamed:
                    continue
                if len(numbers) > MANY:
                    yield from _neighbours(facts, numbers)
                    continue
                roots = [groups.find(n) for n in numbers]
                yield from (
                    (numbers[one], numbers[other])
                    for one in range(unnamed)
                    for other in range(one + 1, len(numbers))
                    if roots[one] != roots[other]
                )


def _neighbours(facts: FactsOnDisk, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each with a few that are next to it by the minute of the half hour and the subject."""
    ordered = sorted((_half_hour(one), subject_stem(one.subject), one.id, one.n) for one in facts.of(numbers))
    for at, (*_, one) in enumerate(ordered):
        for *_, other in ordered[at + 1 : at + 1 + NEIGHBOURS]:
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
        if one.host is None or other.host is None:
            return one.within == other.within
        return groups.together(one.host, other.host)
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


def _alike(pairs: Iterator[Pair], own_texts: OwnTexts) -> Iterator[tuple[float, LinkFacts, LinkFacts]]:
    """Of these pairs those whose words are the same, with their likeness."""
    while run := list(islice(pairs, RUN)):
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
