"""Doubtful words decided by what stands around them: "ice", "immigration", initials that many bodies share."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus_search.packs.agency_kinds import Context
from corpus_search.packs.agency_pack import Doubtful
from corpus_search.tagging.agencies.things import thing
from corpus_search.tagging.found import Missed

REACH = 90  # characters on either side that a vouching word may stand in
LONGEST_NAME = 120  # characters of an agency's name, at most
NEXT_DOOR = 60  # characters on either side that another agency may vouch from
_ICE = re.compile(
    r"(?<![\w@.&-])(?:ICE|Ice|ice|1CE|lCE|\|CE|IC3|1ce|I\.C\.E\.?(?!\w)|I C E(?! \w\b))"
    r"(?![\w@]|\.(?:gov|dhs)|-(?:cold|breaker|free|age)\b)"
)
_IMMIGRATION = re.compile(r"(?<![\w@.-])[i1l|]mm?[i1l]g[r][ao]t[i1l]on(?![\w-])", re.IGNORECASE)
_FOREIGN = re.compile(r"\b(?!American\b)[A-Z][a-z]{2,}(?:an|ese|ish|ch|qi|li)\s+\Z")  # "Haitian immigration"
_DAMAGED_ICE = frozenset({"1CE", "lCE", "|CE", "IC3"})
# What goes before and after "Immigration" where a capital within a sentence makes it a name.
_NAMED_BEFORE = re.compile(r"\b(?!(?:of|on|about|in)\b)[a-z]{2,}\s\Z")
_NAMED_AFTER = re.compile(r"\s*(?:[.,;!?)]|$|(?:as|if|when|but|so|because|since|that)\b)")
_SENTENCE = re.compile(r"[.!?;:,)\]>\"”–—-]\s*\Z")
_STRONG = re.compile(
    r"(?:['’]s)?\s*(?:hold|detainer|officer|agent|pick ?-?up|picks? up|picked|p/u|van|ero\b|hsi\b|custody|list\b|"
    r"warrant|guys?\b|liaison)",
    re.IGNORECASE,
)
# Initials made as agencies' are; the shape alone proves nothing.
_INITIALS = re.compile(
    r"(?<![\w@./&-])(?:[A-Z]{1,5}PD|U[A-Z]{2,4} PD|[A-Z]{1,3}U PD|"
    r"[A-Z]{1,3}CS[OD]|[A-Z]{2,3}S[OD]|[A-Z]{2}DA|[A-Z]{2,3}SAO)(?![\w@/&]|\.\w|-\d)"
)
_MADE = (
    ("PD", ("police",)),
    ("SAO", ("prosecutor",)),
    ("SO", ("sheriff",)),
    ("SD", ("sheriff",)),
    ("DA", ("prosecutor",)),
)
_SERIAL = re.compile(
    r"[- ·#/]{0,2}#?\d{2,}(?!\d)"
    r"(?!(?:st|nd|rd|th)?\s(?i:pct|precinct|dist|district|div|division|squad|area|zone|post)\b)"
    r"|-[A-Z]{1,2}-?\d"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A doubtful word that is the agency, and why."""

    start: int
    end: int
    why: str


class Doubts:
    """Judges doubtful words by the words of a pack."""

    def __init__(self, context: Context) -> None:
        ice, immigration = context.words["ice"], context.words["immigration"]
        self._ice = {name: _pattern(name, words) for name, words in ice.items()}
        self._immigration = {name: _pattern(name, words) for name, words in immigration.items()}
        self._police = _whole_words(context.police)
        self._never = frozenset(context.words["initials"]["never"])
        self._technical = _whole_words(context.technical)

    def technical(self, text: str) -> bool:
        """Whether a passage is a programmer's or a machine's: initials mean something else there."""
        return (
            len({found.group().lower() for found in self._technical.finditer(text)}) >= 2
            or _CODE.search(text) is not None
        )

    def any_technical(self, text: str) -> bool:
        """Whether a word of a programmer's or a machine's stands in a text."""
        return self._technical.search(text) is not None

    def police(self, text: str) -> bool:
        """Whether a word of police work stands in a text."""
        return self._police.search(text) is not None

    def ice(self, text: str, missed: list[Missed], *, technical: bool) -> Iterator[Judged]:
        """Where "ICE", in any case or damaged by OCR, is the agency and not frozen water."""
        shouted = _shouted(text)
        words = list(_ICE.finditer(text))
        things = [self._thing(text, found.start(), found.end()) for found in words]
        told = next(filter(None, things), None)  # what one of them is, the others of a passage are too
        for found, reason in zip(words, things, strict=True):
            start, end = found.start(), found.end()
            if (
                told is not None
                and not _STRONG.match(text, end)
                and not _STRONG_NEAR.search(text[max(0, start - REACH) : end + REACH])
            ):
                reason = reason or f"{told}, as another in this passage"
            reason = reason or self._no_ice(text, start, end, technical, shouted)
            if reason is not None:
                missed.append(Missed("agency", start, end, reason))
            else:
                word = found.group()
                yield Judged(
                    start, end, "the agency’s initials" if word.isupper() else f"“{word}” where an agency acts"
                )

    def _thing(self, text: str, start: int, end: int) -> str | None:
        """Why this "ice" is a thing, where no word near it shows the agency."""
        around = text[max(0, start - REACH) : start] + " | " + text[end : end + REACH]
        return None if self._ice["cues"].search(around) else thing(text, start, end)

    def _no_ice(self, text: str, start: int, end: int, technical: bool, shouted: bool) -> str | None:
        """Why this "ice" is not the agency; None where it is."""
        word, before, after = text[start:end], text[max(0, start - 40) : start], text[end : end + 60]
        around = text[max(0, start - REACH) : start] + " | " + text[end : end + REACH]
        if (next_word := self._ice["not_before"].match(after)) is not None:
            return f"“{word}” goes with “{' '.join(next_word.group().split())}”, not an agency"
        capitals = word.isupper() or word in _DAMAGED_ICE
        cue = self._ice["cues"].search(around)
        if cue is None and (other := self._ice["others"].search(around)) is not None:
            return f"an engine, a train, a tool or an exchange, by “{other.group()}” near it"
        shouting = capitals and shouted
        if (technical and not _STRONG_NEAR.search(around)) or (cue is None and self._technical.search(around)):
            return "a technical term, by the words around it"
        if capitals and not shouting:
            return self._frozen(around, before, cue, sure=True)
        if (reason := self._frozen(around, before, cue, sure=False)) is not None:
            return reason
        if shouting:
            return (
                None if cue else f"“{word}” in capitals like its whole line, and no word near it that shows the agency"
            )
        return None if self._acting(before, after, cue) else f"“{word}” without a word near it that shows the agency"

    def _frozen(self, around: str, before: str, cue: re.Match[str] | None, *, sure: bool) -> str | None:
        """Whether water or a drug is meant. `sure`: written as initials, so that more must speak against the agency."""
        ends = self._ice["not_after"].search(before)
        if ends is not None:
            words = ends.group().lower().split()
            certain = not sure or not _ALWAYS_FROZEN.isdisjoint(words)
            if certain or (cue is None and self._ice["frozen"].search(around)):
                return f"frozen water, a drug or an emergency number, by “{' '.join(words)}” before it"
        near = self._ice["frozen"].search(around)
        if near is not None and (cue is None if sure else not _STRONG_NEAR.search(around)):
            return f"frozen water or a drug, by “{near.group()}” near it"
        return None

    def _acting(self, before: str, after: str, cue: re.Match[str] | None) -> bool:
        """Whether a lower-case "ice" does, or is done by, what an agency does."""
        if _STRONG.match(after):
            return True
        acts = self._ice["acts"].match(after) is not None
        told = self._ice["told"].search(before)
        begins = not before.strip() or _SENTENCE.search(before) is not None
        ends = not after.strip() or after.lstrip()[:1] in ".,!?;:)-–\n"
        called = told is not None and told.group().split()[0].lower() in _CALLING
        if called and (ends or acts or cue is not None):
            return True
        if acts and (told is not None or begins) and (cue is not None or begins or told is not None):
            return True
        # "because of the ice": with an article only what it does shows the agency.
        return told is not None and ends and cue is not None and told.group().strip().lower() not in _ARTICLES

    def immigration(self, text: str, missed: list[Missed]) -> Iterator[Judged]:
        """Where "immigration" acts or qualifies officers, and so is the agency."""
        for found in _IMMIGRATION.finditer(text):
            start, end = found.start(), found.end()
            before, after = text[max(0, start - 40) : start], text[end : end + 60]
            if (
                _FOREIGN.search(before)
                or self._immigration["not_after"].search(before)
                or self._immigration["not_before"].match(after)
            ):
                missed.append(Missed("agency", start, end, "“immigration” names a subject here, not an agency"))
            elif self._immigration["acts"].match(after):
                yield Judged(start, end, "“immigration” acts here")
            elif (told := self._immigration["told"].search(before)) and _is_told(told.group(), after):
                yield Judged(start, end, "“immigration” is told or asked here")
            elif found.group()[0] == "I" and _NAMED_BEFORE.search(before) and _NAMED_AFTER.match(after):
                yield Judged(start, end, "“Immigration”, written as a body's name")
            else:
                missed.append(Missed("agency", start, end, "“immigration” neither acts nor qualifies an officer"))

    def initials(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Initials made as agencies' are (NOPD, HCSO); whether they are one is for others to vouch."""
        for found in _INITIALS.finditer(text):
            if found.group() in self._never or before_number(text, found.end()):
                continue
            groups = next(groups for ending, groups in _MADE if found.group().endswith(ending))
            yield found.start(), found.end(), groups

    def vouched(self, doubtful: Doubtful, text: str, start: int, end: int, others: Neighbours) -> str | None:
        """Why a doubtful text is not the agency here; None where it is. `others`: agencies that are sure."""
        whole = text[max(0, start - REACH) : end + REACH]
        if doubtful.unless and (against := _whole_words(doubtful.unless).search(whole)):
            return f"“{text[start:end]}” beside “{against.group()}” is something else"
        if doubtful.near is None or others.near(start, end):
            return None
        around = text[max(0, start - REACH) : start] + " | " + text[end : end + REACH]
        near = tuple(word for word in doubtful.near if word != doubtful.text.lower())
        if near and (_whole_words(near).search(around) or _says(near, doubtful.text.lower(), text, start, end)):
            return None
        return f"“{text[start:end]}” without a word near it that vouches for the agency"


def _says(near: tuple[str, ...], doubtful: str, text: str, start: int, end: int) -> bool:
    """Whether the doubtful words stand in a phrase of `near` that holds them: "homeland guys"."""
    phrases = tuple(phrase for phrase in near if doubtful in phrase)
    if not phrases:
        return False
    low, high = max(0, start - REACH), end + REACH
    return any(
        found.start() < end - low and start - low < found.end()
        for found in _whole_words(phrases).finditer(text[low:high])
    )


def _is_told(told: str, after: str) -> bool:
    """Whether a verb of telling, or a preposition at whose end the clause ends, makes "immigration" a body."""
    return told.split()[0].lower() not in _PREPOSITIONS or not after.strip() or after.lstrip()[:1] in ".,!?;:)-–/"


_ARTICLES = frozenset({"the", "an", "our"})
_PREPOSITIONS = frozenset({"by", "w/", "with", "to", "from", "for", "over"})
_ALWAYS_FROZEN = frozenset({"black", "dry", "crushed", "shaved", "emergency"})
_CALLING = frozenset(
    {"call", "called", "calling", "tell", "told", "telling", "notify", "notified", "notifying", "contact"}
    | {"contacted", "contacting", "text", "texted", "email", "emailed", "let", "ask", "asked", "asking", "w/"}
    | {"with", "alert", "alerted", "inform", "informed", "advise", "advised", "waiting", "heard", "hear"}
    | {"hold", "holds", "holding", "held", "released", "release", "turned"}
)
_STRONG_NEAR = re.compile(
    r"\b(?:agents?|officers?|detainers?|custody|immigration|deport\w*|released?|inmates?|sally)\b", re.IGNORECASE
)
_CODE = re.compile(
    r"(?:^|\s)#\s+#(?:\s|$)|\b[A-Z]+_[A-Z0-9]+_[A-Z0-9_]+\b|\b[a-z]+_[a-z]+_[a-z]+\b|\w\(\)|->\w|#include|"
    r"\b0x[0-9a-f]{2,}|\bdiff --git|\w+::\w+|[{};]\s*$",
    re.MULTILINE,
)


class Neighbours:
    """The agencies of a passage that are sure: one that stands close by vouches for a doubtful word."""

    def __init__(self, sure: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(set(sure))

    def near(self, start: int, end: int) -> bool:
        """Whether another agency stands within `NEXT_DOOR` of a stretch."""
        first = bisect_left(self._spans, (start - NEXT_DOOR - LONGEST_NAME, 0))
        for low, high in self._spans[first:]:
            if low >= end + NEXT_DOOR:
                return False
            if (low, high) != (start, end) and start < high + NEXT_DOOR:
                return True
        return False


def before_number(text: str, end: int) -> bool:
    """Whether initials run on into a number: a plate, a form, a case number ("CHP 180", "ISP-I-09-63")."""
    return _SERIAL.match(text, end) is not None


def _shouted(text: str) -> bool:
    """Whether a passage is all in capitals, so that capitals mean nothing."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


@lru_cache(maxsize=4096)
def _whole_words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_either(words)})(?!\w)", re.IGNORECASE)


def _pattern(part: str, words: Iterable[str]) -> re.Pattern[str]:
    """A part's words as a pattern: to match right after the word, to search right before it, or anywhere near."""
    either = _either(words)
    if part in ("not_before", "acts"):
        return re.compile(rf"(?:['’]s)?[\s-]{{0,3}}(?:{either})(?!\w)", re.IGNORECASE)
    if part in ("not_after", "told"):
        return re.compile(rf"(?<!\w)(?:{either})\s{{1,3}}[(\"“'‘]?\Z", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return "|".join(
        re.escape(word)
        .replace(r"\ ", r"\s{1,3}")
        .replace(r"\*", r"\w{0,12}")
        .replace(r"\#", r"\d{1,3}")
        .replace("'", "['’]?")
        for word in sorted(words, key=lambda word: (-len(word), word))
    )
