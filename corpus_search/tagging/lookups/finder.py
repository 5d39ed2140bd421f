"""Look-ups in one passage. A system is tagged wherever it is named; an act only where something is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Final

from corpus_search.packs.lookup_pack import ACTS, NEEDS, Act, LookupPack, load_lookups
from corpus_search.packs.lookup_reading import Reading, load_reading
from corpus_search.tagging.covering import covered
from corpus_search.tagging.found import Findings, Found, Missed
from corpus_search.tagging.lookups.evidence import Evidence, Words, persons, plate_before
from corpus_search.tagging.lookups.ruling import goes_on, is_taken, needed, said_otherwise, why_not
from corpus_search.tagging.lookups.second import VOUCHED, SecondOpinion
from corpus_search.tagging.lookups.systems import Named, SystemNames
from corpus_search.tagging.wording import Hit, Phrases, compile_phrases
from corpus_search.tagging.words import word_set, words_of

_LOOSE: Final = frozenset(
    {"close", "acted", "done", "subject"}
)  # `needs` of words that say something only by what is near
_LATE: Final = frozenset({"close", "plate"})  # `needs` of the loosest ways of asking
_NO_NEEDS: Final[frozenset[str]] = frozenset()
_BY_ACTS: Final = frozenset({"told", "subject"})  # met by another act too,
_ONLY_BY_ACTS: Final = frozenset({"acted", "done"})  # and by nothing else
NEEDS_OF_ACTS: Final = frozenset(NEEDS)


_MISREAD: Final = re.compile(r"(?<![A-Za-z0-9_@/.-])[A-Za-z][a-z]{0,15}[015][a-z]{2,15}(?![A-Za-z0-9_@/.-]|\.\w)")
_MAY_BE_MISREAD: Final = re.compile(r"[015][a-z]")  # the same, without what makes a search slow
_TWINS: Final = str.maketrans("015", "ols")


class LookupFinder:
    """Finds systems and acts."""

    def __init__(self, pack: LookupPack | None = None, own: Path | None = None, reading: Reading | None = None) -> None:
        pack = pack or load_lookups(own)
        self._second = SecondOpinion(load_reading() if reading is None else reading, pack)
        self._systems = SystemNames(pack.systems)
        acts = sorted(pack.acts, key=lambda act: ACTS.index(act.act))
        self._acts = {f"act_{place}": act for place, act in enumerate(acts)}
        self._by_needs: dict[frozenset[str], Phrases] = {}  # `needs` → the ways of acts that have none of them
        self._ways = compile_phrases({name: act.ways for name, act in self._acts.items()}, pack.lists)
        # Asked three times of each passage: before it is analysed, as a cheap look, and when it is searched.
        self._may_act = lru_cache(maxsize=32)(lambda passage: self._ways.may_stand(word_set(passage)))
        self._words = Words.of(pack)
        labels = sorted(pack.words.get("return_labels", ()), key=len, reverse=True)
        self._labels = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, labels)) or '(?!)'})(?![A-Za-z])")
        self._label_keys = frozenset(word for label in labels for word in words_of(label)[:1])

    def may_hold(self, passage: str) -> bool:
        """False only where nothing can be found: no word of a system, an act or a return, nor two of the trade."""
        passage = _read(passage)
        words = word_set(passage)
        return (
            self._systems.may_hold(words)
            or self.looks_back(passage)
            or not self._label_keys.isdisjoint(words)
            or self._second.may_add(passage)
        )

    def looks_back(self, passage: str) -> bool:
        """Whether an act may stand in the passage, for which what goes before may vouch."""
        return self._may_act(_read(passage))

    def find(self, passage: str, before: str = "", things: Sequence[Found] = (), *, misses: bool = True) -> Findings:
        """Systems and acts of a passage; `things`: plates, identifying numbers and agencies that were found.

        Without `misses` the finds are the same, and words for which nothing could vouch are not even looked for.
        """
        findings = Findings()
        passage = _read(passage)
        systems: list[Named] = []
        words = word_set(passage)
        if self._systems.may_hold(words):
            plates = [(one.start, one.end) for one in things if one.kind == "plate"]
            systems = list(self._systems.find(passage, findings.missed, plates))
            findings.found += [_system(one) for one in systems]
        acts: list[Found] = []
        if self.looks_back(passage):
            acts = list(self._acts_of(passage, before, things, systems, findings.missed, misses=misses))
        if not acts and not self._label_keys.isdisjoint(words):
            acts = self._returned(passage)
        if self._is_reread(passage, acts, things, systems):
            acts = self._reread(passage, before, things, systems, acts, findings.missed)
        findings.found += acts
        findings.found.sort(key=lambda found: (found.start, found.end))
        return findings

    def _is_reread(
        self, passage: str, acts: Sequence[Found], things: Sequence[Found], systems: Sequence[Named]
    ) -> bool:
        """Whether a second opinion is asked: acts were found, or others may stand where records are spoken of."""
        if acts:
            return self._second.tells
        found = sum(VOUCHED if one.kind != "agency" else 1 for one in things) + VOUCHED * len(systems)
        return self._second.may_add(passage, found) and self.may_hold(passage)

    def _reread(
        self,
        passage: str,
        before: str,
        things: Sequence[Found],
        systems: Sequence[Named],
        acts: Sequence[Found],
        missed: list[Missed],
    ) -> list[Found]:
        """The acts that a second opinion bears out, and those that it adds."""
        hidden = covered(passage, _known(things, systems))
        stretches = [(one.start, one.end) for one in things if one.kind != "agency"]

        @cache
        def evidence() -> Evidence:
            return Evidence(self._words, passage, hidden, before, stretches, systems)

        return list(self._second.on(hidden, acts, evidence, missed))

    def _acts_of(
        self,
        passage: str,
        before: str,
        things: Sequence[Found],
        systems: Sequence[Named],
        missed: list[Missed],
        *,
        misses: bool,
    ) -> Iterator[Found]:
        stretches = [(one.start, one.end) for one in things if one.kind != "agency"]
        people = persons(passage)
        known = bool(stretches or people)
        lacking = _NO_NEEDS if misses else self._lacking(word_set(passage), before, known, systems, things)
        hidden = covered(passage, _known(things, systems))
        said = self._said(hidden, lacking)
        if not said:
            return
        evidence = Evidence(self._words, passage, hidden, before, [*stretches, *people], systems)
        evidence.sure_acts = sum(
            why_not(act, evidence, hit.start, hit.end) is None
            for act, hits in said
            if act.needs == "nothing"
            for hit in hits
        )
        named = [(one.start, one.end) for one in systems]
        named += [(one.start, one.end) for one in things if one.kind == "agency"]
        yield from self._acts_in(evidence, said, sorted(named), missed)

    def _lacking(
        self, words: frozenset[str], before: str, plates: bool, systems: Sequence[Named], things: Sequence[Found]
    ) -> frozenset[str]:
        """The `needs` that nothing in the passage meets, nor before it; `plates`: some, or other numbers or persons."""
        plates = plates or plate_before(before)
        record = plates or self._words.records.may_hold(words)
        thing = record or bool(systems)
        met = {
            "plate": plates,
            "close": plates or bool(systems),
            "system": bool(systems),
            "agency": any(one.kind == "agency" for one in things),
            "record": record,
            "thing": thing,
            "told": thing or (bool(before) and self._words.may_tell(before)),
        }
        met["subject"] = met["told"]  # a plate, a number and a system are things
        return frozenset(need for need, meets in met.items() if not meets)

    def _said(self, passage: str, lacking: frozenset[str]) -> list[tuple[Act, list[Hit]]]:
        """The acts of which some words stand in the passage (plates and systems covered), and where.

        Not those with `needs` that are lacking: of them only such as another act vouches for, where one is said.
        """
        vouched = (_BY_ACTS & lacking) | (_ONLY_BY_ACTS if lacking else _NO_NEEDS)
        said = self._without(lacking | vouched).find_each(passage)
        if said and vouched:
            said |= self._without(NEEDS_OF_ACTS - vouched).find_each(passage)
        return [(act, said[name]) for name, act in self._acts.items() if name in said]

    def _without(self, needs: frozenset[str]) -> Phrases:
        """The ways of the acts that have none of these `needs`."""
        if needs not in self._by_needs:
            left = frozenset(name for name, act in self._acts.items() if act.needs in needs)
            self._by_needs[needs] = self._ways.without(left)
        return self._by_needs[needs]

    def _acts_in(
        self,
        evidence: Evidence,
        said: Sequence[tuple[Act, list[Hit]]],
        named: Sequence[tuple[int, int]],
        missed: list[Missed],
    ) -> Iterator[Found]:
        taken: list[tuple[int, int, str]] = []
        asked: dict[int, int] = {}  # sentence: where its request begins
        for act, hits in _first_asked(said, evidence, named):
            for hit in hits:
                start, end = _apart_from(named, hit.start, hit.end)
                if is_taken(act, start, end, taken):
                    continue
                reason = why_not(act, evidence, start, end)
                if reason is None:
                    reason = said_otherwise(act, evidence, start, end, asked)
                if reason is None and act.act == "result" and act.needs in _LOOSE:
                    reason = goes_on(evidence, start, taken)
                if reason is not None:
                    missed.append(Missed("lookup", start, end, reason))
                    continue
                taken.append((start, end, act.act))
                evidence.sure_acts += 1
                if act.act != "request":
                    evidence.note_act(start, answers=act.act == "result")
                words = " ".join(evidence.text[start:end].split())
                yield Found("lookup", act.act, (act.act,), start, end, act.id, f"“{words}”: {needed(act)}")

    def _returned(self, passage: str) -> list[Found]:
        """A block of labels as a state's vehicle records return it, as one result, at its owner or first label."""
        labels = list(self._labels.finditer(passage))
        if len({found[0] for found in labels}) < 3 and not _strong_labels(labels):
            return []
        at = next((found for found in labels if found[0].startswith("R/O")), labels[0])
        end = at.end() - (at[0].endswith(":"))
        return [
            Found("lookup", "result", ("result",), at.start(), end, "return", "labels of a return of vehicle records")
        ]


@lru_cache(maxsize=32)
def _read(passage: str) -> str:
    """The passage with figures within words as the letters that reading by machine took for them: "p1ease run"."""
    if _MAY_BE_MISREAD.search(passage) is None:
        return passage
    return _MISREAD.sub(lambda word: word[0].translate(_TWINS), passage)


def _known(things: Sequence[Found], systems: Sequence[Named]) -> Iterator[tuple[int, int, str]]:
    """What was found, for `covered`."""
    for one in systems:
        yield one.start, one.end, "system"
    for thing in things:
        yield thing.start, thing.end, "agency" if thing.kind == "agency" else "plate"


def _first_asked(
    said: Sequence[tuple[Act, list[Hit]]], evidence: Evidence, named: Sequence[tuple[int, int]]
) -> Iterator[tuple[Act, list[Hit]]]:
    """The acts, requests in the order of the text: the first of a sentence is its trigger, whichever pack says it.

    Of two requests that overlap, the one whose act comes first goes first. The loosest ones, and those that only their
    place in the sentence makes requests, come after all.
    """
    asked: list[tuple[int, int, Act, Hit]] = []
    for act, hits in said:
        if act.act != "request":
            continue
        for hit in hits:
            start, end = _apart_from(named, hit.start, hit.end)
            if any(start <= high and low <= end for low, high, _, _ in asked):
                continue
            if why_not(act, evidence, start, end) is None:
                asked.append((start, end, act, hit))
    for _, _, act, hit in sorted(asked, key=itemgetter(0)):
        if not act.at and act.needs not in _LATE:
            yield act, [hit]
    yield from said


def _strong_labels(labels: Sequence[re.Match[str]]) -> bool:
    return (
        len(
            {found[0] for found in labels} & {"REG VALID FROM", "YRMD", "BTM", "R/O", "R/O:", "VEH REG", "MRI", "LIC#:"}
        )
        >= 2
    )


def _apart_from(named: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """An act without a system or agency named in it: what goes before the name, or else what comes after."""
    for low, high in named:
        if start < high and low < end:
            before, after = low - 1 - start, end - high - 1
            if before >= max(after, 2):
                return start, low - 1
            return min(high + 1, end), end
    return start, end


def _system(one: Named) -> Found:
    return Found(
        "lookup", one.value, ("system",), one.start, one.end, one.value, f"“{one.written}” is a system of records"
    )
