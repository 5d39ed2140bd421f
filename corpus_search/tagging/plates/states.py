"""The state that is written beside a plate: CA 7ABC123, 7ABC123 (CA), LIS/CA, "Texas paper tag", "all CA"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from corpus_search.tagging.plates.forms import Jurisdiction
from corpus_search.tagging.words import words_in, words_of

# What may stand between a state and its plate: plate words and marks.
_GLUE: Final = re.compile(
    r"(?:[\s:#=/.,\-(\"'*]|(?i:\b(?:plates?|plt|lic(?:en[sc]e)?|tags?|lp|reg(?:istration)?|no|num(?:ber)?|is|was|temp|"
    r"paper|exempt|dealer|vanity|personali[sz]ed|partial|commercial|comm?|mc|motorcycle|trailer|vehicle|veh|txt|mx|"
    r"lobster|apportioned|rental)\b))*\Z"
)
_PLATE_WORD: Final = re.compile(r"(?i)\b(?:plates?|plt|lic(?:en[sc]e)?|tags?|lp)\b")
_AFTER: Final = re.compile(
    r"[\s,]{0,3}(?:[(/\-]|\.?[ ]?(?:LIS|ST|STATE)[/:][ ]?"
    r"|(?P<all>(?i:all|both|each)[ ](?:of them[ ])?(?:are[ ])?(?:from[ ]|out of[ ])?)"
    r"|(?:out of |from |of )?)[ ]?"
)
_CAPITALS: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,3}(?![A-Za-z0-9])")
LEFT: Final = 64  # characters before a plate in which its state can stand
_LONGEST: Final = 26  # characters of the longest name of a state


@dataclass(frozen=True, slots=True)
class NamedState:
    """A state beside a plate, as it is written there.

    `sure`: not an ordinary word too; `adjacent`: nothing but a blank or mark between; `marked`: in brackets or behind
    a stroke; `all`: said of a whole list.
    """

    jurisdiction: Jurisdiction
    sure: bool
    adjacent: bool
    marked: bool = False
    all: bool = False


class States:
    """Finds the state written right before or right after a candidate."""

    def __init__(self, jurisdictions: Sequence[Jurisdiction], word_codes: Collection[str]) -> None:
        self._word_codes = frozenset(code.upper() for code in word_codes)
        self._by_written: dict[str, Jurisdiction] = {}
        for jurisdiction in jurisdictions:
            for written in jurisdiction.written:
                self._by_written.setdefault(written.lower(), jurisdiction)
        ordered = sorted({w for j in jurisdictions for w in j.written}, key=lambda w: (-len(w), w))
        codes = "|".join(re.escape(w) for w in ordered if len(w) <= 3)
        names = "|".join(re.escape(w).replace(r"\ ", r"[ ]") for w in ordered if len(w) > 3)
        either = rf"(?:{codes}|(?i:{names}))"
        self._before = re.compile(rf"(?<![A-Za-z0-9])({either})\Z")
        self._before_any_case = re.compile(rf"(?<![A-Za-z0-9])((?i:{either}))\Z")
        self._capitals = frozenset(written for written in ordered if _CAPITALS.fullmatch(written))
        rest = [written for written in ordered if written not in self._capitals]
        short = "|".join(re.escape(written) for written in rest if len(written) <= 3) or "(?!)"
        self._rest = re.compile(rf"(?<![A-Za-z0-9])(?:{short}|(?i:{names}))(?![A-Za-z0-9])")
        self._first_words = frozenset(words_of(written)[0] for written in rest)
        self._every_first_word = frozenset(words_of(written)[0] for written in ordered)
        self._after = re.compile(rf"({either})(?![A-Za-z0-9])")
        self._after_any_case = re.compile(rf"((?i:{either}))(?![A-Za-z0-9])")

    def stands_in(self, text: str) -> bool:
        """Whether a state is written somewhere (codes in capitals, names in any case)."""
        if not self._capitals.isdisjoint(_CAPITALS.findall(text)):
            return True
        words = words_in(text)
        return any(
            self._rest.match(text, place) is not None
            for word in self._first_words & words.distinct
            for place in words.places(word)
        )

    def places(self, text: str) -> list[int]:
        """Where a state is written, in order (codes in capitals, names in any case)."""
        words = words_in(text)
        found = [code.start() for code in _CAPITALS.finditer(text) if code[0] in self._capitals]
        for word in self._first_words & words.distinct:
            found += [place for place in words.places(word) if self._rest.match(text, place) is not None]
        return sorted(found)

    def may_begin(self, text: str) -> list[int]:
        """Where a word stands with which a state begins, a code in small letters too, in order."""
        words = words_in(text)
        return sorted(place for word in self._every_first_word & words.distinct for place in words.places(word))

    def named(self, word: str) -> bool:
        """Whether the word alone is written for some state (codes in capitals, names in any case)."""
        return word.lower() in self._by_written and (len(word) > 3 or word.isupper())

    def before(self, text: str, start: int, *, lower: bool = False) -> NamedState | None:
        """The state before `start`, plate words and marks between; `lower`: the plate is in small letters."""
        low = max(0, start - LEFT)
        left = text[low:start]
        glue = _GLUE.search(left)
        if glue is None:
            return None
        worded = _PLATE_WORD.search(glue[0]) is not None
        # A full stop may belong to the state's abbreviation: "Wyo. plate".
        for cut in (left[: glue.start()], left[: glue.start() + 1]):
            match = (self._before_any_case if worded or lower else self._before).search(cut[-_LONGEST:])
            if match is not None:
                adjacent = not worded and len(glue[0]) <= 2 and "," not in glue[0]
                return self._state(match[1], worded or glue[0][:1] in ("/", "("), adjacent, False, False)
        return None

    def after(self, text: str, end: int, *, lower: bool = False) -> NamedState | None:
        """The state after `end`: 7ABC123 (CA), 7ABC123/CA, 7ABC123.LIS/CA, 7ABC123 CA, out of CA, all CA."""
        glue = _AFTER.match(text, end)
        if glue is None:
            return None
        match = (self._after_any_case if lower else self._after).match(text, glue.end())
        if match is None:
            return None
        marked = "(" in glue[0] or "/" in glue[0]
        return self._state(match[1], marked or glue["all"] is not None, True, glue["all"] is not None, marked)

    def _state(self, written: str, worded: bool, adjacent: bool, all_of: bool, marked: bool) -> NamedState:
        sure = (
            worded or written.rstrip(".").upper() not in self._word_codes or (len(written) > 3 and written[-1] != ".")
        )
        # A code in small letters is a word until a plate word or mark stands by it.
        if len(written) == 2 and written.islower() and not worded and written.upper() in self._word_codes:
            sure = False
        return NamedState(self._by_written[written.lower()], sure, adjacent and not written.islower(), marked, all_of)
