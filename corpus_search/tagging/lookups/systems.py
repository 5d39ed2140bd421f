"""Systems of records named in a passage; a name that is also an ordinary word only in company that shows the system."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Final

from corpus_search.packs.agency_pack import Doubtful
from corpus_search.packs.lookup_pack import System
from corpus_search.tagging.found import Missed
from corpus_search.tagging.words import words_in, words_of

REACH: Final = 100  # characters on either side in which a word must vouch for a doubtful name
BESIDE: Final = 50  # characters on either side in which a word says that it is something else


@dataclass(frozen=True, slots=True)
class Named:
    """A system named in a passage."""

    start: int
    end: int
    value: str
    written: str


class SystemNames:
    """Finds systems by their names."""

    def __init__(self, systems: Sequence[System]) -> None:
        self._known: dict[str, list[tuple[System, Doubtful | None]]] = {}
        plain: list[str] = []
        exact: list[str] = []
        for system in systems:
            for name in system.names:
                self._known.setdefault(name.lower(), []).append((system, None))
                plain.append(name)
            for text in system.exact:
                self._known.setdefault(text, []).append((system, None))
                exact.append(text)
            for doubtful in system.doubtful:
                self._known.setdefault(doubtful.text, []).append((system, doubtful))
                exact.append(doubtful.text)
        # The longest word of a name → the names' expressions, and the word with which each begins.
        self._names: dict[str, list[tuple[int, str, str]]] = {}
        ordered = sorted({(name, name in exact) for name in (*plain, *exact)}, key=lambda one: (-len(one[0]), one[0]))
        for order, (name, is_exact) in enumerate(ordered):
            self._names.setdefault(_longest_word(name), []).append(
                (order, _expression(name, is_exact), _first_word(name))
            )
        self.keys: Final = frozenset(filter(None, self._names))

    def may_hold(self, words: frozenset[str]) -> bool:
        """False only where no system is named: none of the words of their names is there."""
        return not self.keys.isdisjoint(words)

    def find(self, text: str, missed: list[Missed], plates: Sequence[tuple[int, int]] = ()) -> Iterator[Named]:
        """Each system named; what only looks like one goes to `missed`.

        A plate or a system beyond doubt that stands near a doubtful name vouches for it.
        """
        named = [(found, self._meant(found[0])) for found in self._named(text)]
        vouching = [*plates, *(found.span() for found, known in named if any(doubt is None for _, doubt in known))]
        for found, known in named:
            start, end = found.span()
            reason = ""
            for system, doubtful in known:
                reason = _doubt(doubtful, text, start, end, vouching) if doubtful is not None else ""
                if not reason:
                    yield Named(start, end, system.value, found[0])
                    break
            else:
                missed.append(Missed("lookup", start, end, reason))

    def _named(self, text: str) -> Iterator[re.Match[str]]:
        """Each name, left to right, none overlapping another; of those that begin at one place the longest."""
        words = words_in(text)
        found = [
            (match.start(), match.lastindex, order, match)
            for word in self._names.keys() & words.distinct
            for order, expression, first in self._names[word]
            for place in (words.places(first) if first else range(len(text)))
            if (match := _compiled(expression).match(text, place)) is not None
        ]
        done = 0
        for start, _, _, match in sorted(found, key=itemgetter(0, 1, 2)):
            if start >= done:
                yield match
                done = match.end()

    def _meant(self, written: str) -> list[tuple[System, Doubtful | None]]:
        """The systems that a name may mean, and what is doubtful about each."""
        written = " ".join(written.split())
        return self._known.get(written) or self._known.get(written.lower()) or []


def _expression(name: str, exact: bool) -> str:
    """A name apart from other words; one that is `exact` (in its own case) also beside a slash: "CLETS/NCIC"."""
    form = re.escape(name).replace(r"\ ", r"\s{1,3}")
    if not exact:
        return rf"(?<![\w@./-])((?i:{form}))(?!\w|@|-\w|[./]\w|['’]d\b)"
    return (
        rf"(?<![\w@./-])({form})(?!\w|@|-\w|[./]\w|['’]d\b)"
        rf"|(?<=/)({form})(?!\w|@|[./-]\w)|(?<![\w@./-])({form})(?=/[A-Z]{{2}})"
    )


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.ASCII)


def _longest_word(name: str) -> str:
    return max(words_of(name), key=len, default="")


def _first_word(name: str) -> str:
    """The word with which a name begins; empty where something else goes before it."""
    return words_of(name)[0] if name[0].isascii() and name[0].isalnum() else ""


@cache
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words) or "(?!)", re.IGNORECASE)


def _doubt(doubtful: Doubtful, text: str, start: int, end: int, vouching: Sequence[tuple[int, int]]) -> str:
    """Why a doubtful name is not the system here; empty where it is."""
    low, high = max(0, start - REACH), end + REACH
    if doubtful.text.isupper() and _WORKS.match(text, end):
        return ""
    nearer = text[max(0, start - BESIDE) : end + BESIDE]
    if doubtful.unless and (against := _any_word(doubtful.unless).search(nearer)):
        return f"“{text[start:end]}” beside “{against[0]}” is something else"
    answers = _ANSWERS.match(text, end) is not None
    if (answers or not doubtful.text.islower()) and any(
        first - REACH <= end and start <= last + REACH for first, last in vouching
    ):
        return ""
    around = f"{text[low:start]}\0{text[end:high]}"
    if not doubtful.text.islower() and _HOLDS.match(text, end):
        return ""
    if doubtful.near and _any_word(doubtful.near).search(around) is None and not _is_used(doubtful, text, start, end):
        return f"“{text[start:end]}” without a word near it that shows the system"
    return ""


def _is_used(doubtful: Doubtful, text: str, start: int, end: int) -> bool:
    """Whether a name is used as a system's is; what a name answers counts only where it is written as initials are."""
    if _USED.search(text[max(0, start - REACH) : start]):
        return True
    return doubtful.text.isupper() and _ANSWERS.match(text, end) is not None


# Used as a place where one looks ("ran him in X", "nothing in X", "per X"), or as what answers ("X kicked back two").
_USED: Final = re.compile(
    r"\b(?:(?i:r[au]n|running|check\w*|chk\w*|look\w*|search\w*|quer\w+|hits?|printout|pull\w*|throw|threw|put|plug\w*|"
    r"pop(?:ped)?|toss(?:ed)?|stick|stuck|typed?|punch(?:ed)?|feed|fed|keyed|brought|log|scan\w*|these|"
    r"days|back|photos?|mugs?|pops?|popped|turn\w*|came|comes|went|isn[’']?t|not|appears?|listed|dug|add\w*|use|used|using|"
    r"reads?|nothing|anything|things?|any|no|neg|negative|found|find|shows?|showed|got|try|tried|see|login|account|entry|entered|"
    r"inquiry|history|record|records)\b[^.\n]{0,40})\b(?i:in|into|thru|through|via|per|from|on|with|of|my|our|your)\s\Z"
    r"|\b(?i:tried|checked|chkd|queried|searched|hit up|poked around in|do(?:es)?n[’']?t match|matches|hit)\s\Z"
)
_WORKS: Final = re.compile(
    r"\s(?:was|is|went|goes|will be|has been|came)\s(?:\w{1,8}\s)?(?:down|offline|back up|slow|back online)\b"
    r"|\s(?:\w{1,8}\s)?(?:ha(?:s|d)n[’']?t|did(?:n[’']?t| not)|has(?: not)?|never)\s"
    r"(?:been\s)?(?:updated?|refresh(?:ed)?|caught up)\b"
)
# What only a system says of somebody or of a car: "puts it at the mall", "has the van", "ties her to".
_HOLDS: Final = re.compile(
    r"\s(?i:has|had|puts?|places|ties|links|shows?|showed|lists?|caught|picked up|pinged|gave)\s"
    r"(?i:(?:it|him|her|them)\s(?:at|as|in|on|under|to|with|near|by|last)|(?:the|that|your|his|her)\s(?:car|van|truck|suv|plate|tag|vehicle)"
    r"|no (?:hits|reads|record|wants|return)|nothing (?:on|for|under|since)"
    r"|\w+ (?:hits|reads|contacts|addresses|arrests))\b"
)
_ANSWERS: Final = re.compile(
    r"\s(?i:kick(?:s|ed)|spit|spat|came|comes|shows?|showed|has|had|lists?|says|said|return(?:s|ed)|gave|gives|hits?|got|"
    r"confirms?|query|search|check|inquiry|printout|results?|return|report|neg|negative|nothing|no hits?|"
    r"reads|match|lights|lit|replie[sd]|checks|says?|still|only|never|hit|hits|has|is (?:showing|neg|clear|down|empty)|"
    r"pick(?:s|ed)|caught|pinged|captured|puts?|on (?:\d|the)\w*\s\w+)\b"
)
