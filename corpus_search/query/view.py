"""A record as searches see it: its words with their places, by term; made once for a record, when first asked."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict, defaultdict
from functools import cached_property
from typing import NamedTuple

from corpus_search.model import Record, Tag, Zone
from corpus_search.query.words import Token, fold, tokens

KEPT = 512  # records whose words are kept: patterns ask many questions of the same few


class Met(NamedTuple):
    """A stretch of text where something is met, in word positions and in characters."""

    first: int
    last: int
    start: int
    end: int


class View:
    """The words of one record."""

    def __init__(self, record: Record) -> None:
        self.record = record

    @cached_property
    def tokens(self) -> list[Token]:
        """All words, squeezed runs and plates included, in order of position."""
        found = list(tokens(self.record.message.text))
        starts = [token.start for token in found]
        known = {(token.term, token.position) for token in found} if self.tags("plate") else set()
        plates = []
        for tag in self.record.tags:
            if tag.kind == "plate" and tag.value and found:
                at = max(0, bisect_right(starts, tag.start) - 1)
                term = fold(tag.value)
                if (term, found[at].position) not in known:
                    known.add((term, found[at].position))
                    plates.append(Token(term, found[at].position, tag.start, tag.end))
        return sorted(found + plates, key=lambda token: token.position) if plates else found

    @cached_property
    def by_term(self) -> dict[str, list[Met]]:
        """The places of each word."""
        places: dict[str, list[Met]] = defaultdict(list)
        for token in self.tokens:
            places[token.term].append(Met(token.position, token.position, token.start, token.end))
        return dict(places)

    @property
    def places(self) -> dict[str, list[int]]:
        """The positions of each word, plates as they are read included."""
        return {term: [met.first for met in places] for term, places in self.by_term.items()}

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def met(self, start: int, end: int) -> Met:
        """A stretch of characters as a stretch of words."""
        listed = self.tokens
        if not listed:
            return Met(0, 0, start, end)
        first = listed[max(0, bisect_right(self._starts, start) - 1)].position
        last = listed[max(0, bisect_right(self._starts, max(start, end - 1)) - 1)].position
        return Met(first, last, start, end)

    def tags(self, kind: str) -> list[Tag]:
        """The tags of a kind."""
        return [tag for tag in self.record.tags if tag.kind == kind]

    def zones(self, kind: str) -> list[Zone]:
        """The zones of a kind."""
        return [zone for zone in self.record.message.zones if zone.kind == kind]


class _Views:
    """The views made last, by the record's identity (a record is frozen, but its text is long to hash)."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, View] = OrderedDict()

    def of(self, record: Record) -> View:
        view = self._kept.get(id(record))
        if view is not None and view.record is record:
            self._kept.move_to_end(id(record))
            return view
        view = self._kept[id(record)] = View(record)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return view


view_of = _Views().of
