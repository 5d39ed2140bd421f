"""The place before a kind: found by walking left, over a state's code and words like County, to its first word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus_search.packs.agency_kinds import Kinds
from corpus_search.tagging.agencies.phrases import Phrase
from corpus_search.tagging.agencies.places import CODES, Gazetteer
from corpus_search.tagging.agencies.words import Word, parted

LONGEST_RUN = 4  # capitalised words that may be an unknown place
_DIRECTIONS = frozenset({"n", "s", "e", "w", "north", "south", "east", "west"})
_JOINS = frozenset({"of", "de", "del", "la", "las", "los", "-", "s", "&", "the"})
# Codes as sentences write them, those that are words left out.
_TITLED_CODES = frozenset(code.title() for code in CODES) - {
    "In",
    "Or",
    "Me",
    "Oh",
    "Ok",
    "Hi",
    "Al",
    "De",
    "Id",
    "Co",
    "Ma",
}
_OF_COUNTIES = frozenset({"sheriff", "jail"})  # groups of bodies that counties have


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its first word and the word past its last; whether the gazetteer knows it; a state's code that follows
    it; the words between it and the kind."""

    first: int
    last: int
    known: bool
    code: str | None
    between: tuple[str, ...]


class Placing:
    """Finds the places before kinds in one run of words."""

    def __init__(self, words: Sequence[Word], kinds: Kinds, places: Gazetteer) -> None:
        self.words = words
        self.norms = [word.norm for word in words]
        self._kinds = kinds
        self._places = places

    def before(self, at: int, phrase: Phrase) -> Place | None:
        """The place before the kind that begins at a word."""
        between: list[str] = []
        code: str | None = None
        last = at
        if at > 1 and self.words[at - 1].ends_line and self.norms[at - 1] in self._kinds.counties:
            return self._above(at)
        while last > 0 and not self.words[last - 1].ends_line:
            count = self._places.ending_at(self.norms, last)
            if count > 1 and not parted(self.words, last - count, last):
                break  # "Union City", "Kansas City": the word between belongs to the place
            word = self.words[last - 1]
            if word.text == "CO" and last > 1 and not _OF_COUNTIES.isdisjoint(phrase.kind.groups):
                between.insert(0, word.norm)  # "ADAMS CO SO": a county, not Colorado
            elif code is None and word.text in CODES and (phrase.kind.states or last > 1):
                code = word.text
            elif code is None and phrase.kind.states and phrase.full and word.text in _TITLED_CODES:
                code = word.text.upper()  # "Pa. State Police"
            elif word.norm in self._kinds.between and last > 1:
                between.insert(0, word.norm)
            else:
                break
            last -= 1
        if code is not None and phrase.kind.states and not self._capital_place(last):
            return Place(last, last + 1, True, code, tuple(between))
        return self._ending_at(last, code, tuple(between), phrase)

    def _above(self, at: int) -> Place | None:
        """A known county on the line above its kind: "San Diego County / Probation Department"."""
        count = self._places.ending_at(self.norms, at - 1)
        first = at - 1 - count
        known = count and not parted(self.words, first, at) and self.words[first].capital
        return Place(first, at - 1, True, None, (self.norms[at - 1],)) if known else None

    def _capital_place(self, end: int) -> bool:
        return end > 0 and self._places.ending_at(self.norms, end) > 0 and self.words[end - 1].capital

    def _ending_at(self, last: int, code: str | None, between: tuple[str, ...], phrase: Phrase) -> Place | None:
        count = self._places.ending_at(self.norms, last)
        first = last - count
        if count and not parted(self.words, first, last) and self._may_be_place(first, last):
            return Place(first - self._longer_by(first, count, between, phrase), last, True, code, between)
        if last and self.words[last - 1].ends_line:
            return None
        run = self._run_before(last)
        return Place(last - run, last, False, code, between) if run else None

    def _may_be_place(self, first: int, last: int) -> bool:
        """Whether words of the gazetteer are meant as a place: everyday words only with a capital."""
        if self.words[first].capital:
            return last - first > 1 or self.norms[first] not in self._kinds.not_places
        name = " ".join(self.norms[first:last])
        return len(name) > 3 and name not in self._kinds.everyday and name not in self._kinds.not_places

    def _longer_by(self, first: int, count: int, between: tuple[str, ...], phrase: Phrase) -> int:
        """How many words before a known place are the beginning of a longer name."""
        if first and self.words[first - 1].text == "-" and self.words[first - 1].end == self.words[first].start:
            return self._run_before(first)  # "Burbank-Glendale-Pasadena"
        if phrase.building and between in ((), ("ice",)):
            return self._run_before(first)
        if first and self.norms[first - 1] in _DIRECTIONS and self._names(self.words[first - 1]):
            return 1  # "N. Las Vegas", "East St. Louis"
        return self._unlisted(first, phrase) if count == 1 and self.words[first].capital else 0

    def _unlisted(self, first: int, phrase: Phrase) -> int:
        """How many words make a listed one-word place a longer one that no list has: "Orange Grove", "Loma Vista".

        A person's name after a rank is none, and the first word of a sentence only where it is a word of places.
        """
        run = self._run_before(first)
        begin = first - run
        before = self.words[begin - 1] if begin else None
        if run == 0 or (before is not None and self._is_rank(before)):
            return 0
        if self.norms[begin] in self._places.words:
            return run
        # A line that breaks within a sentence, or ends a title in a contact block, does not make the next word one.
        starts = before is None or before.ends_sentence or (before.ends_line and not phrase.full)
        tail = self.norms[first] in self._kinds.everyday  # "Vista" alone is seldom the place
        return run if (phrase.full or tail) and not starts else 0

    def _is_rank(self, before: Word) -> bool:
        """Whether a person's name may follow on the same line."""
        return before.norm in self._kinds.not_places and before.capital and not before.ends_line

    def _run_before(self, last: int) -> int:
        """How many capitalised words right before are one run that may be a place's name."""
        count = 0
        while count < LONGEST_RUN and last - count > 0:
            at = last - count - 1
            word = self.words[at]
            if word.ends_line or (at + 1 < len(self.words) and not _touching(word, self.words[at + 1])):
                break
            joins = (count or word.norm == "-") and word.norm in _JOINS and self._continues(at)
            if not (self._names(word) or joins):
                break
            count += 1
        return count

    def _names(self, word: Word) -> bool:
        return word.capital and word.norm not in self._kinds.not_places

    def _continues(self, at: int) -> bool:
        """Whether a joining word stands between words of a name: "Coeur d'Alene", "Prince George's County"."""
        if at == 0 or not self._names(self.words[at - 1]):
            return False
        before, word = self.words[at - 1], self.words[at]
        if word.norm == "-":  # with blanks it parts: "Flock Safety - Eugene PD"
            return before.end == word.start and at + 1 < len(self.words) and word.end == self.words[at + 1].start
        return _touching(before, word)


def _touching(word: Word, other: Word) -> bool:
    return other.start - word.end <= 2 and not word.ends_sentence
