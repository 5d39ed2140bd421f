"""Places of the gazetteer, as words of a passage: which run of words is a place, and in which states it lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from corpus_search.tagging.agencies.spelling import bare
from corpus_search.tagging.language import SEAMS

STATES = {
    "alabama": "al", "alaska": "ak", "arizona": "az", "arkansas": "ar", "california": "ca", "colorado": "co",
    "connecticut": "ct", "delaware": "de", "florida": "fl", "georgia": "ga", "hawaii": "hi", "idaho": "id",
    "illinois": "il", "indiana": "in", "iowa": "ia", "kansas": "ks", "kentucky": "ky", "louisiana": "la", "maine": "me",
    "maryland": "md", "massachusetts": "ma", "michigan": "mi", "minnesota": "mn", "mississippi": "ms", "missouri": "mo",
    "montana": "mt", "nebraska": "ne", "nevada": "nv", "new hampshire": "nh", "new jersey": "nj", "new mexico": "nm",
    "new york": "ny", "north carolina": "nc", "north dakota": "nd", "ohio": "oh", "oklahoma": "ok", "oregon": "or",
    "pennsylvania": "pa", "rhode island": "ri", "south carolina": "sc", "south dakota": "sd", "tennessee": "tn",
    "texas": "tx", "utah": "ut", "vermont": "vt", "virginia": "va", "washington": "wa", "west virginia": "wv",
    "wisconsin": "wi", "wyoming": "wy",
}  # fmt: skip
CODES = frozenset(code.upper() for code in STATES.values()) | {"DC"}
LONGEST = 4  # words of a place
_SEAM = re.compile("|".join(SEAMS))
_WORD = re.compile(r"[^\W_]+(?:'(?!s\b)[^\W_]+)*|'s\b|[^\w\s.]")


def place_words(name: str) -> tuple[str, ...]:
    """The words of a place's name as the tokenizer would part them ("DuPage" is two), full stops left out."""
    return tuple(bare(word) for word in _WORD.findall(_SEAM.sub(" ", name.replace("’", "'")).lower()))


# States as police mail shortens them, besides the codes of the post.
SHORTENED: Final = {
    "ala": "al", "ariz": "az", "calif": "ca", "cal": "ca", "colo": "co", "conn": "ct", "fla": "fl", "mass": "ma",
    "mich": "mi", "minn": "mn", "neb": "ne", "nebr": "ne", "nev": "nv", "nys": "ny", "okla": "ok", "penn": "pa",
    "penna": "pa", "tenn": "tn", "tex": "tx", "wash": "wa", "wisc": "wi", "wyo": "wy",
}  # fmt: skip


class Gazetteer:
    """Known places by their words."""

    def __init__(self, places: Mapping[str, Iterable[str]], shortened: Iterable[tuple[str, str, str]] = ()) -> None:
        self._places: dict[tuple[str, ...], tuple[str, ...]] = {
            place_words(name): tuple(states) for name, states in places.items()
        }
        for name, _, code in shortened:
            if code:
                self._places.setdefault(place_words(name), (code,))
        for name, code in STATES.items():
            self._places[place_words(name)] = (code.upper(),)
        self.words = frozenset(self.all_words())

    def ending_at(self, words: Sequence[str], end: int) -> int:
        """How many words right before `end` are a place, the most that are; 0 where none."""
        for count in range(min(LONGEST, end), 0, -1):
            if tuple(words[end - count : end]) in self._places:
                return count
        return 0

    def begins_at(self, words: Sequence[str], start: int) -> int:
        """How many words from `start` on are a place, the most that are; 0 where none."""
        for count in range(min(LONGEST, len(words) - start), 0, -1):
            if tuple(words[start : start + count]) in self._places:
                return count
        return 0

    def states(self, words: Sequence[str]) -> tuple[str, ...]:
        """The states that a place lies in, as codes."""
        return self._places.get(tuple(words), ())

    def all_words(self) -> Iterable[str]:
        """Every word of every place, as often as it stands there."""
        return (word for words in self._places for word in words)


def state_of(words: Sequence[str]) -> str | None:
    """The code of a state named in full, or shortened so that only a state can be meant."""
    name = " ".join(words)
    code = STATES.get(name) or SHORTENED.get(name)
    return code.upper() if code else None
