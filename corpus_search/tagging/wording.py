"""Phrases of packs made into one search over a passage, which tries each only where it may stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heappop, heapreplace
from typing import NamedTuple

from corpus_search.tagging.phrasing import compile_phrase
from corpus_search.tagging.words import Words, words_in


class Hit(NamedTuple):
    """Where a phrase stands, and the name of the group of phrases that it belongs to."""

    start: int
    end: int
    name: str


class _Phrase(NamedTuple):
    """One phrase: its place among those that begin at one place (the longest first), its group, and its search."""

    order: int
    name: str
    expression: str
    needs: tuple[frozenset[str], ...]  # of each of these, every match holds a word (lower case)
    begins: frozenset[str] | None  # every match begins with one of these words; None: with any
    seconds: frozenset[str] | None  # and of these, one comes next; None: any may

    def may_stand(self, words: frozenset[str]) -> bool:
        """False only where it can't stand among these words."""
        for need in self.needs:  # a loop: this is asked hundreds of times of a passage, a generator costs twice as much
            if need.isdisjoint(words):
                return False
        return self.begins is None or not self.begins.isdisjoint(words)

    def search(self, words: Words, start: int = 0) -> re.Match[str] | None:
        """The first match from `start` on; tried only where two words stand with which a match may begin.

        That spares more than the trying: most phrases of a pack are never compiled, which takes a millisecond each.
        """
        if self.begins is None:
            return _compiled(self.expression).search(words.text, start)
        seconds = self.seconds
        at = [
            place
            for word in self.begins & words.distinct
            for place in words.places(word)
            if place >= start and (seconds is None or words.after(place, word) in seconds)
        ]
        if len(at) > 1:
            at.sort()
        for place in at:
            if (match := _compiled(self.expression).match(words.text, place)) is not None:
                return match
        return None


@dataclass(frozen=True, slots=True)
class Phrases:
    """Groups of phrases as one search; `by_key`: word → the phrases of which every match holds it (lower case)."""

    by_key: Mapping[str, tuple[_Phrase, ...]]

    @property
    def keys(self) -> frozenset[str]:
        """Every match holds at least one of these words (lower case)."""
        return frozenset(self.by_key)

    def keys_of(self, name: str) -> frozenset[str]:
        """The same of one group."""
        return frozenset(word for word, phrases in self.by_key.items() if any(one.name == name for one in phrases))

    def may_hold(self, words: Iterable[str]) -> bool:
        """False only where no phrase can stand among these lower-case words (see `words_of`)."""
        return not self.by_key.keys().isdisjoint(words)

    def find(self, text: str) -> Iterator[Hit]:
        """Each phrase in the text, left to right, none overlapping another.

        Only phrases whose key words stand in the text are looked for, so that thousands cost what a few do.
        """
        words = words_in(text)
        yield from _in_order(words, self._asked(words.distinct))

    def find_each(self, text: str) -> dict[str, list[Hit]]:
        """The same for each group by itself: its phrases overlap none of its own, whatever the other groups hold."""
        words = words_in(text)
        groups: dict[str, list[_Phrase]] = {}
        for phrase in self._asked(words.distinct):
            groups.setdefault(phrase.name, []).append(phrase)
        found = ((name, list(_in_order(words, phrases))) for name, phrases in groups.items())
        return {name: hits for name, hits in found if hits}

    def may_stand(self, words: frozenset[str]) -> bool:
        """Like `may_hold`, a closer look: False only where no phrase has all of the words that it needs."""
        by_key = self.by_key
        return any(phrase.may_stand(words) for word in by_key.keys() & words for phrase in by_key[word])

    def without(self, names: Collection[str]) -> Phrases:
        """The phrases of the other groups."""
        kept = {word: tuple(one for one in phrases if one.name not in names) for word, phrases in self.by_key.items()}
        return Phrases({word: phrases for word, phrases in kept.items() if phrases})

    def _asked(self, words: frozenset[str]) -> Collection[_Phrase]:
        """The phrases that may stand among these words."""
        by_key = self.by_key
        return {
            phrase.order: phrase for word in by_key.keys() & words for phrase in by_key[word] if phrase.may_stand(words)
        }.values()


def _in_order(words: Words, phrases: Iterable[_Phrase]) -> Iterator[Hit]:
    """Each match, left to right, none overlapping another; where several begin at one place the first phrase wins."""
    ahead = [
        (match.start(), phrase.order, match.end(), phrase)
        for phrase in phrases
        if (match := phrase.search(words)) is not None
    ]
    heapify(ahead)  # by the next match of each phrase; of two phrases no order is the same
    done = 0
    while ahead:
        start, order, end, phrase = ahead[0]
        if start >= done:
            yield Hit(start, end, phrase.name)
            done = end
        if match := phrase.search(words, done):
            heapreplace(ahead, (match.start(), order, match.end(), phrase))
        else:
            heappop(ahead)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """Compiled when it is first looked for: most of the thousands never are, in a short run."""
    return re.compile(expression, re.ASCII)


def compile_phrases(groups: Mapping[str, Iterable[str]], lists: Mapping[str, Iterable[str]] | None = None) -> Phrases:
    """One search for all phrases of all groups; the longest phrase wins where several begin at one place.

    Group names must be Python identifiers. PackError names a phrase that can't be read.
    """
    named = {name: list(words) for name, words in (lists or {}).items()}
    compiled = [
        (name, compile_phrase(phrase, named)) for name, phrases in groups.items() for phrase in dict.fromkeys(phrases)
    ]
    by_key: dict[str, list[_Phrase]] = {}
    compiled.sort(key=lambda one: (-len(one[1].expression), one[0], one[1].expression))
    for order, (name, one) in enumerate(compiled):
        expression = rf"(?<![A-Za-z0-9_@]){one.expression}(?![A-Za-z0-9_])"
        phrase = _Phrase(order, name, expression, one.needs[1:], one.begins, one.seconds)
        for word in one.needs[0]:
            by_key.setdefault(word, []).append(phrase)
    return Phrases({word: tuple(phrases) for word, phrases in by_key.items()})
