"""Where in the messages of a shard the words of a query stand, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_search.index.postings import SHIFT, Keys, Mask, keys_of_any, stand_in
from corpus_search.index.shard import Shard
from corpus_search.query import Expr
from corpus_search.query.expr import Fuzzy, Near, Or, Phrase, Wild, Word
from corpus_search.query.literals import Run
from corpus_search.query.slips import near_words
from corpus_search.query.words import squeeze_wild

PAIRS: Final = 1_000_000  # looked at together: bounds the memory
LAST: Final = (1 << SHIFT) - 1  # the last position that a document can have


class Stretches(NamedTuple):
    """The first and last place of each stretch, distinct, in order of the first."""

    first: Keys
    last: Keys


def only_words(expr: Expr) -> bool:
    """Whether the index alone decides it: words, phrases and patterns, alone or near each other."""
    if isinstance(expr, Near):
        return only_words(expr.left) and only_words(expr.right)
    if isinstance(expr, Or):
        return all(map(only_words, expr.items))
    return isinstance(expr, Word | Phrase | Wild | Fuzzy)


def frequencies(expr: Expr, shard: Shard, zone: str | None) -> NDArray[np.int64]:
    """Of each document, at how many places (of zones of one kind) it meets what `only_words` allows."""
    if zone is None and isinstance(expr, Word | Phrase) and len(expr.parts) == 1:
        found = shard.postings(expr.parts[0])
        counts = np.zeros(len(shard), np.int64)
        counts[found.docs] = found.counts
        return counts
    firsts = stretches(expr, shard).first
    if zone is not None:
        firsts = firsts[shard.in_zone(firsts, zone)]
    return np.bincount(firsts >> SHIFT, minlength=len(shard))


def stretches(expr: Expr, shard: Shard) -> Stretches:
    """Where words, phrases, patterns, or pairs of them near each other, stand in a shard."""
    if isinstance(expr, Word):
        found = _anywhere(shard, ["".join(expr.parts)])
        return _whole_or_parts(found, _following(shard, expr.parts)) if len(expr.parts) > 1 else found
    if isinstance(expr, Phrase):
        return _following(shard, expr.parts)
    if isinstance(expr, Wild):
        return _anywhere(shard, shard.words_like(squeeze_wild(expr.pattern)))
    if isinstance(expr, Fuzzy):
        return _anywhere(shard, near_words(expr.text, shard.lexicon))
    if isinstance(expr, Or):
        return _merged([stretches(item, shard) for item in expr.items])
    assert isinstance(expr, Near)
    return _near(stretches(expr.left, shard), stretches(expr.right, shard), expr)


def _anywhere(shard: Shard, words: Sequence[str], among: Mask | None = None) -> Stretches:
    """The places of any of the words (in some documents); two that begin at one position are one place."""
    keys = keys_of_any([shard.postings(word) for word in words], among)
    return Stretches(keys, keys)


def _following(shard: Shard, parts: Sequence[str]) -> Stretches:
    """Where words stand one after the other."""
    return _in_a_row(shard, [[part] for part in parts])


def _in_a_row(shard: Shard, choices: Sequence[Sequence[str]]) -> Stretches:
    """Where one of the words of each choice stands after one of the choice before; the rarest are looked at first."""
    among = np.logical_and.reduce([shard.holding(choice) for choice in choices])
    places = [(_anywhere(shard, choice, among).first, step) for step, choice in enumerate(choices)]
    (rarest, at), *others = sorted(places, key=lambda one: len(one[0]))
    starts = rarest - at
    for keys, step in others:
        starts = starts[stand_in(starts + step, keys)]
    return Stretches(starts, starts + len(choices) - 1)


def holding_runs(options: Sequence[Sequence[Run]], shard: Shard) -> Mask:
    """Which documents hold all runs of words of one of the options; see `query.literals`."""
    every = {run for runs in options for run in runs}
    words = {word: shard.words_like(word) for run in every for word in run}
    held: dict[Run, Mask] = {}
    for run in every:
        if len(run) == 1:
            held[run] = shard.holding(words[run[0]])
        else:
            held[run] = np.zeros(len(shard), np.bool_)
            held[run][_in_a_row(shard, [words[word] for word in run]).first >> SHIFT] = True
    return np.asarray(np.logical_or.reduce([np.logical_and.reduce([held[run] for run in runs]) for runs in options]))


def _whole_or_parts(whole: Stretches, parts: Stretches) -> Stretches:
    """Where a joined word stands whole or by its parts; where both begin at one position, that is one place."""
    alone = ~stand_in(whole.first, parts.first)
    return _merged([Stretches(whole.first[alone], whole.last[alone]), parts])


def _merged(groups: Iterable[Stretches]) -> Stretches:
    listed = list(groups)
    first, last = np.concatenate([one.first for one in listed]), np.concatenate([one.last for one in listed])
    order = np.lexsort((last, first))
    first, last = first[order], last[order]
    new = np.ones(len(first), np.bool_)
    new[1:] = (first[1:] != first[:-1]) | (last[1:] != last[:-1])
    return Stretches(first[new], last[new])


def _near(left: Stretches, right: Stretches, expr: Near) -> Stretches:
    """Pairs within the distance, each as the stretch from the beginning of one to the end of the other."""
    own, end = left.first & ~LAST, left.first | LAST  # of the document
    low = left.last + 1 if expr.ordered else np.maximum(left.first - expr.distance - 8, own)
    begin = np.searchsorted(right.first, low)
    counts = np.searchsorted(right.first, np.minimum(left.last + expr.distance, end), "right") - begin
    counts = np.maximum(counts, 0)
    so_far = np.cumsum(counts)
    found = [Stretches(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    at = 0
    while at < len(counts):
        before = so_far[at] - counts[at]
        stop = max(at + 1, int(np.searchsorted(so_far, before + PAIRS, "right")))
        run = slice(at, stop)
        ones = np.repeat(np.arange(at, stop), counts[run])
        others = np.arange(len(ones)) + np.repeat(begin[run] - (so_far[run] - counts[run] - before), counts[run])
        found.append(_joined(_at(left, ones), _at(right, others), expr))
        at = stop
    return _merged(found)


def _at(stretches: Stretches, places: NDArray[np.int64]) -> Stretches:
    return Stretches(stretches.first[places], stretches.last[places])


def _joined(a: Stretches, b: Stretches, expr: Near) -> Stretches:
    """Pairs that do not overlap and are near enough, as one stretch each."""
    near = (b.first > a.last) & (b.first - a.last <= expr.distance)
    if not expr.ordered:
        near |= (a.first > b.last) & (a.first - b.last <= expr.distance)
    first, last = np.minimum(a.first, b.first)[near], np.maximum(a.last, b.last)[near]
    return _merged([Stretches(first, last)])


__all__ = ["Stretches", "frequencies", "holding_runs", "only_words", "stretches"]
