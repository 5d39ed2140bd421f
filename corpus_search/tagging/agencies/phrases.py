"""The words that stand for kinds of bodies ("police department", "pd"), in all spellings of their possessive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus_search.packs.agency_kinds import Kind
from corpus_search.tagging.agencies.places import place_words

# Buildings that are named for persons: "Robert Presley Detention Center".
_BUILDINGS = ("center", "ctr", "facility", "institution", "complex")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand for a kind: written out, or short."""

    kind: Kind
    full: bool
    building: bool


class Phrases:
    """Which kinds a run of words stands for."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self._phrases: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
        self.before_place: dict[tuple[str, ...], Kind] = {}  # "Sheriff of", "Superior Court of"
        for kind in kinds:
            for full, texts in ((True, kind.full), (False, kind.short)):
                for text in texts:
                    building = kind.id == "jail" and text.endswith(_BUILDINGS)
                    for form in forms(text):
                        self._phrases[form].append(Phrase(kind, full, building))
            for text in kind.of:
                self.before_place |= dict.fromkeys(forms(text), kind)
        self._longest = max(map(len, self._phrases), default=1)
        self.firsts = frozenset(form[0] for form in self.all())

    def all(self) -> Iterable[tuple[str, ...]]:
        """The words of every phrase."""
        return (*self._phrases, *self.before_place)

    def at(self, norms: Sequence[str], start: int) -> Iterator[tuple[int, list[Phrase]]]:
        """The ends of phrases that begin at a word, the longest first, with what they stand for."""
        for length in range(min(self._longest, len(norms) - start), 0, -1):
            found = self._phrases.get(tuple(norms[start : start + length]))
            if found is not None:
                yield start + length, found


def forms(text: str) -> Iterator[tuple[str, ...]]:
    """The words of a kind in all spellings: the possessive as written, run together and lost."""
    lowered = text.lower()
    for ending in ("'s", "s", " s", "") if "'s" in lowered else ("'s",):
        yield place_words(lowered.replace("'s", ending))
