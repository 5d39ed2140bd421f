"""Look-ups in one passage. A system is tagged wherever it is named; an act only where something is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import re2

from corpus_search.packs.agency_pack import Doubtful
from corpus_search.packs.lookup_pack import LookupPack, System, load_lookups
from corpus_search.tagging.found import Findings, Found, Missed

REACH = 100  # characters on either side in which a word must vouch for a doubtful system
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“])|\n[ \t>]*\n|\n(?=[ \t>]*(?:[-•*]|\d+[.)]))|;\s")
_PLATE_LIKE = re.compile(r"\b(?=[A-Z0-9-]{5,8}\b)(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]+\b")
_RETURN = re.compile(
    r"\b(?:REG VALID FROM|YRMD|LIC ?#|R/O ?:|L/O ?:|BTM ?:|RCID|OCID|REC STATUS|CLEARANCE INFORMATION RECORDS)\b",
    re.IGNORECASE,
)
_CODE_KEYS = re.compile(r"\b(?:RQ|RNQ|DQ|KQ|IAQ|QW|QWA|QV|QH|QR|IQ|FQ|NLQ|LPQ)\.(?=[A-Z0-9]{2,9}\.)")


class LookupFinder:
    """Finds systems and acts."""

    def __init__(self, pack: LookupPack | None = None) -> None:
        pack = pack or load_lookups()
        self._systems: dict[str, tuple[System, Doubtful | None]] = {}
        plain: list[str] = []
        exact: list[str] = []
        for system in pack.systems:
            for name in system.names:
                self._systems[name.lower()] = (system, None)
                plain.append(name)
            for text in system.exact:
                self._systems[text] = (system, None)
                exact.append(text)
            for doubtful in system.doubtful:
                self._systems.setdefault(doubtful.text, (system, doubtful))
                exact.append(doubtful.text)
        self._named = re.compile(
            rf"(?<![\w@.-])(?:(?P<exact>{_either(exact)})|(?i:(?P<plain>{_either(plain)})))(?!\w|@|\.(?:com|gov|org|net|us)\b)"
        )
        self._acts = [(name, _ways(ways)) for name, ways in pack.acts.items()]
        self._any_act = _cheap(way for ways in pack.acts.values() for way in ways)
        self._objects = re.compile(rf"(?<!\w)(?i:{_either(pack.objects)})(?!\w)")
        self._not_acts = _ways(pack.not_acts)
        self._no_act = _ways(pack.no_act_sentences)

    def may_hold(self, passage: str) -> bool:
        """False only where nothing can be found: passages without a letter."""
        return _LETTERS.search(passage) is not None

    def find(self, passage: str, before: str = "", things: Sequence[tuple[int, int]] = ()) -> Findings:
        """Systems and acts of a passage; `things` are stretches known to be looked up: plates, identifiers."""
        findings = Findings()
        findings.found += self._systems_in(passage, findings.missed)
        if not self._may_act(passage):
            return findings
        start = 0
        for stop in (*(gap.start() for gap in _SENTENCE_END.finditer(passage)), len(passage)):
            near = [(a - start, b - start) for a, b in things if start <= a < stop]
            self._acts_in(passage, start, stop, findings, near, bool(things))
            start = stop
        findings.found.sort(key=lambda found: found.start)
        return findings

    def _may_act(self, text: str) -> bool:
        """False only where no act can stand."""
        try:
            return self._any_act.search(text) is not None
        except UnicodeEncodeError:  # a lone surrogate, which RE2 can't take: then look closely
            return True

    def _systems_in(self, passage: str, missed: list[Missed]) -> Iterator[Found]:
        for found in self._named.finditer(passage):
            start, end = found.span()
            text = " ".join((found.group("exact") or found.group("plain").lower()).split())
            system, doubtful = self._systems[text]
            if doubtful is not None and (reason := _doubt(doubtful, passage, start, end)):
                missed.append(Missed("lookup", start, end, reason))
                continue
            yield Found(
                "lookup",
                system.value,
                ("system",),
                start,
                end,
                system.value,
                f"“{found.group()}” in the list of systems",
            )

    def _acts_in(
        self,
        passage: str,
        start: int,
        stop: int,
        findings: Findings,
        near: Sequence[tuple[int, int]],
        things: bool,
    ) -> None:
        sentence = passage[start:stop]
        if not self._may_act(sentence):
            return
        barred = self._no_act.search(sentence)
        not_acts = [found.span() for found in self._not_acts.finditer(sentence)]
        taken: list[tuple[int, int]] = []
        for name, ways in self._acts:
            group = name.partition("_")[0]
            for found in ways.finditer(sentence):
                low, high = found.span()
                while high > low and sentence[high - 1].isspace():
                    high -= 1
                if high <= low or any(low < b and a < high for a, b in taken):
                    continue
                reason = self._why_not(passage, sentence, low, high, name, not_acts, barred, near, things)
                if reason is not None:
                    findings.missed.append(Missed("lookup", start + low, start + high, reason))
                    continue
                taken.append((low, high))
                why = f"“{' '.join(sentence[low:high].split())}” with something to look up"
                findings.found.append(Found("lookup", group, (group,), start + low, start + high, group, why))

    def _why_not(
        self,
        passage: str,
        sentence: str,
        low: int,
        high: int,
        name: str,
        not_acts: list[tuple[int, int]],
        barred: re.Match[str] | None,
        near: Sequence[tuple[int, int]],
        things: bool,
    ) -> str | None:
        """Why these words are no act here; None where they are."""
        if any(a < high and low < b for a, b in not_acts):
            return "words of another use"
        if barred is not None:
            return f"no act is done in this sentence (“{' '.join(barred.group().split())[:40]}”)"
        if name == "result_of_system":
            before = sentence[max(0, low - 40) : low]
            return None if self._system_ends(before) else "no system right before it"
        rest = sentence[:low] + " " * (high - low) + sentence[high:]
        if near or _PLATE_LIKE.search(rest) or self._named.search(rest):
            return None
        if name == "perform_in_system":
            return "no system or plate in its sentence"
        inner = self._objects.search(sentence[low:high])
        vouched = things or _RECORD_WORDS.search(passage) is not None
        if name == "result":
            return None if vouched or inner else "no record, plate or system near it"
        if self._objects.search(rest) or (inner and vouched):
            return None
        return "nothing near it that could be looked up"

    def _system_ends(self, before: str) -> bool:
        """Whether a system's name ends right before, but for "both", "also", "only"."""
        return any(
            re.fullmatch(r"(?:\s+(?:both|also|only|still|just))?\s+", before[found.end() :]) is not None
            for found in self._named.finditer(before)
        )


_LETTERS = re.compile(r"[A-Za-z]{2}")
_RECORD_WORDS = re.compile(
    r"(?i:\b(?:plates?|tags?|lic|licen[sc]e|vin|ro|r/o|owner|reg|registered|registration|dmv|ncic|wants|warrants|record|records|rap|history|"
    r"dob|lpr|alpr|flock|vigilant|learn|reads?|camera|vehicle|booking|inmate|prints|dl|photo|soundex|ran|name|address|stolen|rms|jail)\b)"
)


def _either(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or "(?!)"


def _ways(ways: Iterable[str]) -> re.Pattern[str]:
    """Ways of saying as one expression; a blank is any blanks (line ends too), each way whole words."""
    shapes = [way.strip().replace("'?", "['’]?").replace(" ?", "\\s{0,3}").replace(" ", "\\s{1,3}") for way in ways]
    return re.compile("|".join(rf"(?<![\w-])(?:{shape})(?!\w)" for shape in shapes), re.IGNORECASE)


def _cheap(ways: Iterable[str]) -> Any:
    """A look in linear time (RE2) that meets whatever the ways meet; what they ask of their surroundings is left out."""
    shapes = []
    for way in ways:
        shape = way.strip().partition("(?=")[0].strip().replace("'?", "['’]?")
        shape = shape.replace(" ?", f"{_ANY_BLANK}{{0,3}}").replace(" ", f"{_ANY_BLANK}{{1,3}}")
        shapes.append(f"(?:{shape})")
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = 256 << 20
    return re2.compile("|".join(shapes), options)


_ANY_BLANK = r"[\s\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{1c}-\x{1f}\x0b]"


@lru_cache(maxsize=2048)
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)


def _doubt(doubtful: Doubtful, text: str, start: int, end: int) -> str | None:
    """Why a doubtful name is not the system here; None where it is."""
    around = text[max(0, start - REACH) : start] + "\x00" + text[end : end + REACH]
    if doubtful.unless and (against := _any_word(doubtful.unless).search(text[max(0, start - REACH) : end + REACH])):
        return f"“{text[start:end]}” beside “{against.group()}” is something else"
    if doubtful.near and _any_word(doubtful.near).search(around) is None:
        return f"“{text[start:end]}” without a word near it that shows the system"
    return None
