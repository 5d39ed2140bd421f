"""A cheap look at a passage: can it hold a plate at all? It never says no where a plate would be found."""

from __future__ import annotations

import re
from typing import Final

from corpus_search.tagging.plates.reach import any_form
from corpus_search.tagging.plates.rules import PlateRules
from corpus_search.tagging.words import word_set, words_in

# A digit with a letter beside it. It is the digit that is looked for, since a search that begins with few characters is
# several times faster than one that begins with any letter; what goes before is looked back at, at each distance.
_BLANK: Final = r"[\s\-–—‑·•./\xa0]"
_BEFORE: Final = "|".join(rf"(?<=[A-Za-z]{_BLANK * distance}[0-9])" for distance in range(4))
_MIXED: Final = re.compile(rf"[0-9](?:{_BLANK}{{0,3}}[A-Za-z]|{_BEFORE})")
_PARTLY: Final = re.compile(r"[?*_#](?:(?=[A-Z0-9])|(?<=[A-Z0-9].))")  # a mark for a character that is not known
_BLACKED: Final = ("[", "XX", "****", "(b)", "█", "■")
_WORD: Final = re.compile(r"[A-Za-z]*[a-z]{2}")


class Look:
    """Knows the words without which nothing but the likeliest forms is a plate."""

    def __init__(self, rules: PlateRules) -> None:
        self._code_words = frozenset(rules.code_words)
        keys: set[str] = set()
        for name in ("looked_up", "answered", "near", "message", "vehicle", "vanity", "partial", "starts", "ends"):
            keys |= rules.cues.keys_of(name)
        self._plate = (
            rules.plate_words.keys
            | rules.cues.keys_of("vanity")
            | rules.cues.keys_of("partial")
            | {"lic", "lip", "lpn"}
        )
        self._cues = frozenset(keys) | self._plate
        self._states = rules.states
        # Without a cue and a state in capitals, only a form as likely as this can be a plate.
        short = rules.weights["tag_at"] - rules.weights["state_fits"] - 1e-9
        self._alone = any_form([form for form, prior in rules.forms.items() if prior >= short])

    def may_hold(self, passage: str, before: str) -> bool:
        """False only where no plate can be found."""
        mixed = _MIXED.search(passage) is not None
        unknown = _is_unknown(passage)
        words = word_set(passage)
        coded = 0
        if not mixed and not unknown:
            coded = sum(word in self._code_words for word in words)
            if not coded and self._plate.isdisjoint(words):
                return False
        if not self._cues.isdisjoint(words) or unknown:
            return True
        if mixed and _WORD.search(passage) is None:
            return True  # bare characters: a list whose heading stands in an earlier passage
        if before and not self._cues.isdisjoint(word_set(before)):
            return True
        if self._alone.search(passage) is not None or self._states.stands_in(passage):
            return True
        return sum(word in self._code_words for word in words) >= 2


def _is_unknown(passage: str) -> bool:
    """Whether something blacked out stands there, or a string of which not all is known."""
    words = words_in(passage)
    return (
        any(mark in passage for mark in _BLACKED)
        or _PARTLY.search(passage) is not None
        or words.hold("redact")
        or words.hold("withheld")
    )
