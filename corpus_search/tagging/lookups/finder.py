"""Look-ups in one passage. A system is tagged wherever it is named; an act only where something is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from corpus_search.packs.lookup_pack import ACTS, NEEDS, Act, LookupPack, load_lookups
from corpus_search.tagging.found import Findings, Found, Missed
from corpus_search.tagging.lookups.evidence import Evidence, Words, persons, plate_before
from corpus_search.tagging.lookups.systems import Named, SystemNames
from corpus_search.tagging.wording import Hit, compile_phrases, covered, word_set, words_of

ONE_REQUEST: Final = 40  # characters within which two ways of asking are one request: "do me a solid and run"
_LOOSE: Final = frozenset({"close", "acted", "subject"})  # `needs` of words that say something only by what is near
_NO_NEEDS: Final[frozenset[str]] = frozenset()
_BY_ACTS: Final = frozenset({"told", "subject"})  # met by another act too,
_ONLY_BY_ACTS: Final = frozenset({"acted"})  # and by nothing else
NEEDS_OF_ACTS: Final = frozenset(NEEDS)
ADJOINING: Final = 1  # characters between two ways of saying one thing: "shows a valid DL"
_ASKING: Final = re.compile(r"(?i)\b(?:can|could|would|will|please|pls|plz|mind)\b")

# "pull the last five reads", "please advise RO on": what is asked for, where no pause lies between.
_PAUSE: Final = re.compile(r"[,;:.!?()]|\s[-–]\s")
_ATTRIBUTE: Final = re.compile(r"(?i)(?:\A|\s)(?:an?|the|his|her|their|or)\s\Z")
_WHETHER: Final = re.compile(r"(?i)\b(?:if|whether|who|what|where|how|when|does|do|any)\b[^,;:]*\Z")


_MISREAD: Final = re.compile(r"(?<![A-Za-z0-9_@/.-])[A-Za-z][a-z]{0,15}[015][a-z]{2,15}(?![A-Za-z0-9_@/.-]|\.\w)")
_TWINS: Final = str.maketrans("015", "ols")


class LookupFinder:
    """Finds systems and acts."""

    def __init__(self, pack: LookupPack | None = None, own: Path | None = None) -> None:
        pack = pack or load_lookups(own)
        self._systems = SystemNames(pack.systems)
        acts = sorted(pack.acts, key=lambda act: ACTS.index(act.act))
        self._acts = {f"act_{place}": act for place, act in enumerate(acts)}
        self._by_needs: dict[frozenset[str], frozenset[str]] = {}  # `needs` → the acts that have them
        self._ways = compile_phrases({name: act.ways for name, act in self._acts.items()}, pack.lists)
        self._words = Words.of(pack)
        labels = sorted(pack.words.get("return_labels", ()), key=len, reverse=True)
        self._labels = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, labels)) or '(?!)'})(?![A-Za-z])")
        self._label_keys = frozenset(word for label in labels for word in words_of(label)[:1])

    def may_hold(self, passage: str) -> bool:
        """False only where nothing can be found: no word of a system's name, of an act or of a return."""
        passage = _read(passage)
        words = word_set(passage)
        return self._systems.may_hold(words) or self.looks_back(passage) or not self._label_keys.isdisjoint(words)

    def looks_back(self, passage: str) -> bool:
        """Whether an act may stand in the passage, for which what goes before may vouch."""
        return self._ways.may_hold(word_set(_read(passage)))

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
        stretches = [(one.start, one.end) for one in things if one.kind != "agency"]
        hidden = covered(passage, _known(things, systems))
        people = persons(passage)
        lacking = _NO_NEEDS if misses else self._lacking(words, before, bool(stretches or people), systems, things)
        if said := self._said(hidden, words, lacking):
            evidence = Evidence(self._words, passage, hidden, before, [*stretches, *people], systems)
            evidence.sure_acts = sum(
                _why_not(act, evidence, hit.start, hit.end) is None
                for act, hits in said
                if act.needs == "nothing"
                for hit in hits
            )
            named = [(one.start, one.end) for one in systems]
            named += [(one.start, one.end) for one in things if one.kind == "agency"]
            acts = list(self._acts_in(evidence, said, sorted(named), findings.missed))
        if not acts and not self._label_keys.isdisjoint(words):
            acts = self._returned(passage)
        findings.found += acts
        findings.found.sort(key=lambda found: (found.start, found.end))
        return findings

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

    def _said(self, passage: str, words: frozenset[str], lacking: frozenset[str]) -> list[tuple[Act, list[Hit]]]:
        """The acts of which some words stand in the passage (plates and systems covered), and where.

        Not those with `needs` that are lacking: of them only such as another act vouches for, where one is said.
        """
        if not self._ways.may_hold(words):
            return []
        vouched = (_BY_ACTS & lacking) | (_ONLY_BY_ACTS if lacking else _NO_NEEDS)
        said = self._ways.find_each(passage, self._with_needs(lacking | vouched))
        if said and vouched:
            said |= self._ways.find_each(passage, self._with_needs(NEEDS_OF_ACTS - vouched))
        return [(act, said[name]) for name, act in self._acts.items() if name in said]

    def _with_needs(self, needs: frozenset[str]) -> frozenset[str]:
        """The names of the acts that have one of these `needs`."""
        if needs not in self._by_needs:
            self._by_needs[needs] = frozenset(name for name, act in self._acts.items() if act.needs in needs)
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
        for act, hits in said:
            for hit in hits:
                start, end = _apart_from(named, hit.start, hit.end)
                if _is_taken(act, start, end, taken):
                    continue
                reason = _why_not(act, evidence, start, end)
                if reason is None:
                    reason = _said_otherwise(act, evidence, start, end, asked)
                if reason is None and act.act == "result" and act.needs in _LOOSE:
                    reason = _goes_on(evidence, start, taken)
                if reason is not None:
                    missed.append(Missed("lookup", start, end, reason))
                    continue
                taken.append((start, end, act.act))
                evidence.sure_acts += 1
                if act.act != "request":
                    evidence.note_act(start)
                words = " ".join(evidence.text[start:end].split())
                yield Found("lookup", act.act, (act.act,), start, end, act.id, f"“{words}”: {_needed(act)}")

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


def _read(passage: str) -> str:
    """The passage with figures within words as the letters that reading by machine took for them: "p1ease run"."""
    return _MISREAD.sub(lambda word: word[0].translate(_TWINS), passage)


def _known(things: Sequence[Found], systems: Sequence[Named]) -> Iterator[tuple[int, int, str]]:
    """What was found, for `covered`."""
    for one in systems:
        yield one.start, one.end, "system"
    for thing in things:
        yield thing.start, thing.end, "agency" if thing.kind == "agency" else "plate"


def _is_taken(act: Act, start: int, end: int, taken: Sequence[tuple[int, int, str]]) -> bool:
    """Whether an act stands there already, or right beside it another of the same kind."""
    for low, high, kind in taken:
        gap = ADJOINING if kind == act.act else -1
        if start <= high + gap and low - gap <= end:
            return True
    return False


def _said_otherwise(act: Act, evidence: Evidence, start: int, end: int, asked: dict[int, int]) -> str | None:
    """Why an act is none beside a request of its sentence: one request has one trigger, what is asked is no answer."""
    sentence = evidence.sentence(start)[0]
    if act.act == "request":
        known = asked.setdefault(sentence, start)
        again = known != start and (abs(known - start) < ONE_REQUEST or not _ASKING.match(evidence.text, start))
        return "asked already in this sentence" if again else None
    since = asked.get(sentence, start)
    if since < start and _WHETHER.search(evidence.text, since, start):
        return "asked in this sentence, not answered"
    if since < start and not _PAUSE.search(evidence.text, since, start):
        return "what is asked for in this sentence"
    return None


def _goes_on(evidence: Evidence, start: int, taken: Sequence[tuple[int, int, str]]) -> str | None:
    """Why a state or count is no answer of its own: it stands in the clause of one, "came back with a warrant"."""
    low = evidence.sentence(start)[0]
    if any(
        low <= end <= start and kind == "result" and not _PAUSE.search(evidence.text, end, start)
        for _, end, kind in taken
    ):
        return "part of the answer before it"
    if _ATTRIBUTE.search(evidence.text[max(low, start - 6) : start]):
        return "an attribute of what follows it"
    return None


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


def _needed(act: Act) -> str:
    return {
        "nothing": "said only of look-ups",
        "record": "with a plate, number or record in the sentence",
        "thing": "with something to look up in the sentence",
        "told": "records are spoken of near it",
        "system": "said of the system before it",
        "agency": "said by the agency before it",
        "subject": "said of what is looked up, right before it",
        "plate": "with a plate or number in the sentence",
        "close": "with a plate, number or system close by",
        "acted": "said of what was looked up before",
    }[act.needs]


def _why_not(act: Act, evidence: Evidence, start: int, end: int) -> str | None:
    """Why these words are no act here; None where they are."""
    if start >= end:
        return "only the name of a system"
    low, high = evidence.sentence(start)
    if evidence.other_use(start, end):
        return "words of another use"
    if act.at == "beginning" and not evidence.begins_clause(start):
        return "no order: not at the beginning of a clause"
    if act.at == "question" and not evidence.asks(start):
        return "no question"
    if act.at == "asking" and not (evidence.begins_clause(start) and evidence.asks(start)):
        return "no question that begins there"
    if evidence.denied(act.act, start):
        return "not done, or only may be, by the words before it"
    if act.needs == "system":
        return None if evidence.ends_system(start) else "no system right before it"
    if evidence.no_act:
        return "press, training or an automatic reply"
    # Why somebody asks ("I don't have access") may follow; what rules a request out goes before it.
    said = evidence.no_act_in(low, end if act.act == "request" else high, start, end)
    if said is not None:
        return f"no act is done in this sentence (“{said}”)"
    if evidence.technical or (act.needs == "nothing" and evidence.a_little_technical):
        return "talk of software or parts"
    if act.needs == "record" and not evidence.has_record(low, high, start, end):
        return "no plate, number or record in its sentence"
    if act.needs == "thing" and not evidence.has_thing(low, high, start, end):
        return "nothing in its sentence that could be looked up"
    if act.needs == "plate" and not evidence.has_plate(start):
        return "no plate or number in its sentence"
    if act.needs == "close" and not evidence.has_close(start, end):
        return "no plate, number or system close by"
    if act.needs == "agency" and not evidence.has_holder(start):
        return "no agency right before it"
    if act.needs == "subject" and not evidence.has_subject(start, end):
        return "nothing right before it that is looked up"
    if act.needs == "acted" and not evidence.acted(start):
        return "nothing was looked up before it"
    if act.needs == "told" and not evidence.told(start, end):
        return "no plate, record or system near it"
    return None
