"""What stands around a candidate: cue words with their distance, read once for a passage."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from corpus_search.tagging.plates.rules import PlateRules
from corpus_search.tagging.plates.states import LEFT, NamedState
from corpus_search.tagging.wording import Hit
from corpus_search.tagging.words import word_set

FAR: Final = 8  # words between a plate word and its plate, at most
REACH: Final = 90  # characters that eight words may take
_BREAK: Final = re.compile(r"[a-z0-9)][.!?]\s+[A-Z][a-z]|(?<![:\s])\s*\n[ \t]*\r?\n")
_WORD: Final = re.compile(r"[A-Za-z0-9/'’]+")
_DIRECT_CHARS: Final = re.compile(r"[\sA-Za-z0-9:#=/.,\-–—(\"'“‘*\[?]*")


class Surroundings:
    """The cue words of one passage (with `before` in front), by kind, to be asked about any candidate in it."""

    def __init__(self, rules: PlateRules, text: str) -> None:
        self._rules = rules
        self.text = text
        self.words = word_set(text)
        self._found: dict[str, list[Hit]] = {}
        self._cues: dict[str, list[Hit]] | None = None  # all kinds at once, when one is first asked for
        self._states: list[int] | None = None  # where one is written
        self._state_words: list[int] | None = None  # where one may begin

    def hits(self, name: str) -> list[Hit]:
        """All hits of one kind of cue, in order."""
        if name not in self._found:
            self._found[name] = self._look_for(name)
        return self._found[name]

    def _look_for(self, name: str) -> list[Hit]:
        rules = self._rules
        named = {"plate": rules.plate_words, "lookalike": rules.lookalike_cues, "technical": rules.technical}.get(name)
        if named is not None:
            return list(named.find(self.text)) if named.may_hold(self.words) else []
        if self._cues is None:
            self._cues = rules.cues.find_each(self.text) if rules.cues.may_hold(self.words) else {}
        return self._cues.get(name, [])

    def last_before(self, name: str, start: int) -> Hit | None:
        """The nearest cue of this kind that ends before `start`, within reach."""
        hits = self.hits(name)
        place = bisect_right(hits, start, key=lambda hit: hit.end) - 1
        if place < 0 or start - hits[place].end > REACH:
            return None
        return hits[place]

    def first_after(self, name: str, end: int) -> Hit | None:
        """The nearest cue of this kind that begins at or after `end`, within reach."""
        hits = self.hits(name)
        place = bisect_left(hits, end, key=lambda hit: hit.start)
        if place >= len(hits) or hits[place].start - end > REACH:
            return None
        return hits[place]

    def count_in(self, name: str, start: int, end: int) -> int:
        """How many cues of this kind stand in a stretch."""
        hits = self.hits(name)
        first = bisect_left(hits, start, key=lambda hit: hit.start)
        return bisect_left(hits, end, key=lambda hit: hit.start) - first

    def ending_between(self, name: str, low: int, high: int) -> Sequence[Hit]:
        """The cues of this kind that end in a stretch."""
        hits = self.hits(name)
        first = bisect_left(hits, low, key=lambda hit: hit.end)
        return hits[first : bisect_right(hits, high, lo=first, key=lambda hit: hit.end)] if hits else hits

    def stands_between(self, name: str, low: int, high: int) -> bool:
        """Whether a cue of this kind reaches into a stretch."""
        hits = self.hits(name)
        first = bisect_left(hits, low, key=lambda hit: hit.end)
        return first < len(hits) and hits[first].start <= high

    def gap_words(self, start: int, end: int) -> int:
        """The number of words between two places; FAR + 1 where a sentence ends between them."""
        gap = self.text[start:end]
        if len(gap) > REACH or _BREAK.search(gap):
            return FAR + 1
        return len(_WORD.findall(gap))

    def is_direct(self, start: int, end: int) -> bool:
        """Whether only filling words, states and marks stand between two places."""
        gap = self.text[start:end]
        if len(gap) > REACH or not _DIRECT_CHARS.fullmatch(gap) or _BREAK.search(gap):
            return False
        words = _WORD.findall(gap)
        return len(words) <= 6 and all(self.fills(word) for word in words)

    def fills(self, word: str) -> bool:
        """Whether a word between a plate word and its plate changes nothing: "is", "on the", a state."""
        return word.lower() in self._rules.fillers or self._rules.states.named(word)

    def direct_before(self, name: str, start: int) -> Hit | None:
        """The cue of this kind that stands right before `start`; words that only seem to be one are none."""
        hit = self.last_before(name, start)
        if hit is None or hit.name == "no_plate_word" or not self.is_direct(hit.end, start):
            return None
        return hit

    def plate_before(self, start: int) -> Hit | None:
        """The nearest word that says plate, in the same sentence and at most eight words before `start`."""
        hit = self.last_before("plate", start)
        if hit is None or hit.name == "no_plate_word" or self.gap_words(hit.end, start) > FAR:
            return None
        return hit

    def state_before(self, start: int, *, lower: bool = False) -> NamedState | None:
        """The state before `start` (see `States.before`), which is looked for only where one may stand."""
        if not self.state_may_stand_before(start):
            return None
        return self._rules.states.before(self.text, start, lower=lower)

    def state_may_stand_before(self, start: int) -> bool:
        """Whether a word with which a state begins stands so close before `start` that `state_before` may find it."""
        if self._state_words is None:
            self._state_words = self._rules.states.may_begin(self.text)
        place = bisect_left(self._state_words, start - LEFT)
        return place < len(self._state_words) and self._state_words[place] <= start

    def state_between(self, low: int, high: int) -> bool:
        """Whether a state is written in a stretch (codes in capitals, names in any case)."""
        if self._states is None:
            self._states = self._rules.states.places(self.text)
        place = bisect_left(self._states, low)
        return place < len(self._states) and self._states[place] <= high

    def any(self, name: str) -> bool:
        """Whether a cue of this kind stands anywhere."""
        return bool(self.hits(name))

    def sentence_has(self, name: str, start: int, end: int) -> bool:
        """Whether a cue of this kind stands in the same sentence, at most eight words away."""
        left = self.last_before(name, start)
        if left is not None and self.gap_words(left.end, start) <= FAR:
            return True
        right = self.first_after(name, end)
        return right is not None and self.gap_words(end, right.start) <= FAR
