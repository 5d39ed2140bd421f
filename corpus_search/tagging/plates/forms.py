"""What a plate can look like: its form, the serials of each state, and how a state is written beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_BETWEEN: Final = re.compile(r"[^A-Za-z0-9?]+")
_FORM: Final = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "9" * 10 + "A" * 26)
# State codes that are also words: they count only beside a plate word or within / and ( ).
_WORD_CODES: Final = frozenset(
    [
        "IN",
        "OR",
        "ME",
        "OK",
        "HI",
        "PA",
        "LA",
        "MA",
        "ID",
        "DE",
        "AL",
        "CO",
        "MO",
        "OH",
        "ON",
        "SO",
        "US",
        "AM",
        "AS",
        "AB",
        "BA",
        "PR",
        "VI",
        "CAN",
        "MM",
        "DC",
        "BC",
    ]
)
_AFTER: Final = re.compile(r"[\s,]{0,3}(?:[(/\-]|\.?[ ]?LIS[/:][ ]?|(?:all |out of |from )?)[ ]?")


def normalise(written: str) -> str:
    """The plate as it is stored and searched: upper case, no blanks, hyphens, dots; wildcards as ?."""
    return _BETWEEN.sub("", re.sub(r"[*_#]", "?", written)).upper()


def form_of(value: str) -> str:
    """The plate with each digit as 9 and each letter as A (7ABC123: 9AAA999)."""
    return value.translate(_FORM)


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A state, province or country that issues plates: its tag group, how it is written, its serials."""

    group: str
    name: str
    written: tuple[str, ...]
    serials: re.Pattern[str]

    def issues(self, value: str) -> bool:
        """Whether one of its serials has this form."""
        return self.serials.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class NamedState:
    """A state named beside a candidate; `sure` is false where the code may be an ordinary word."""

    jurisdiction: Jurisdiction
    sure: bool
    start: int
    end: int


class States:
    """Finds the state written right before or right after a candidate."""

    def __init__(self, jurisdictions: Sequence[Jurisdiction]) -> None:
        self._by_written: dict[str, Jurisdiction] = {}
        for jurisdiction in jurisdictions:
            for written in jurisdiction.written:
                self._by_written.setdefault(written.lower(), jurisdiction)
        ordered = sorted({w for j in jurisdictions for w in j.written}, key=lambda w: (-len(w), w))
        codes = "|".join(re.escape(w) for w in ordered if len(w) <= 3)
        names = "|".join(re.escape(w).replace(r"\ ", r"[ ]") for w in ordered if len(w) > 3)
        either = rf"(?:{codes}|(?i:{names}))"
        self._before = re.compile(rf"(?<![A-Za-z0-9])({either})\Z")
        self._before_lower = re.compile(rf"(?<![A-Za-z0-9])((?i:{either}))\Z")
        self._after = re.compile(rf"({either})(?![A-Za-z0-9])")
        self.words: Mapping[str, Jurisdiction] = self._by_written

    def named(self, word: str) -> bool:
        """Whether the word alone is written for some state (upper-case codes, names in any case)."""
        return word.lower() in self._by_written and (len(word) > 3 or word.isupper())

    def before(self, text: str, start: int, glue: re.Pattern[str], plate_word: bool) -> NamedState | None:
        """The state right before `start`; plate words and marks (`glue`) may stand between."""
        left = text[max(0, start - 60) : start]
        between = glue.search(left)
        if between is None:
            return None
        cut = left[: between.start()]
        match = (self._before_lower if plate_word else self._before).search(cut[-24:])
        if match is None:
            return None
        code = match[1]
        sure = code.upper() not in _WORD_CODES or plate_word or between[0][:1] in "/("
        base = max(0, start - 60) + max(0, len(cut) - 24)
        return NamedState(self._by_written[code.lower()], sure, base + match.start(1), base + match.end(1))

    def after(self, text: str, end: int, plate_word: bool) -> NamedState | None:
        """The state right after `end`: 7ABC123 (CA), 7ABC123/CA, 7ABC123.LIS/CA, 7ABC123 CA, out of CA."""
        glue = _AFTER.match(text, end)
        if glue is None:
            return None
        match = self._after.match(text, glue.end())
        if match is None:
            return None
        sure = match[1].upper() not in _WORD_CODES or any(mark in glue[0] for mark in "(/")
        return NamedState(self._by_written[match[1].lower()], sure, match.start(1), match.end(1))
