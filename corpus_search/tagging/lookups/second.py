"""A second opinion on the acts that the packs see in a passage: some are none after all, and some they do not know."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from corpus_search.packs.lookup_pack import BUILT_IN, LookupPack
from corpus_search.packs.lookup_reading import Reading
from corpus_search.tagging.found import Found, Missed
from corpus_search.tagging.lookups.evidence import Evidence
from corpus_search.tagging.lookups.reading import ACTS, Passage, Read, read, stretches, telling
from corpus_search.tagging.words import word_set

SURE: Final = 0.7  # share of one from which words are an act that the packs do not know …
DOUBTED: Final = 0.03  # … and under which an act of the packs is none
VOUCHED: Final = 2  # how much must vouch for an act that the packs do not know: words of the trade, each one …
WORTH: Final = {"<plate>": 2, "<system>": 2, "<agency>": 1}  # … and what was found
LONGEST: Final = 200  # characters that an act and a word may have, at most
WITHIN: Final = 300  # characters on either side in which it vouches
BESIDE: Final = 1  # characters from an act of the packs within which other words are part of it
BY: Final = "reading"  # what found the acts that no pack knows
_CALLED: Final = {"request": "a request", "perform": "a look-up done", "result": "an answer"}


class Near:
    """What vouches in a passage that look-ups are spoken of, and where."""

    def __init__(self, passage: Passage, vouching: frozenset[str], acts: Sequence[Found]) -> None:
        telling = [(word.start, word.text) for word in passage.words if word.text in vouching or word.text in WORTH]
        self._telling = sorted([*telling, *((one.start, "") for one in acts)])
        self._starts = [start for start, _ in self._telling]

    def is_vouched(self, start: int, end: int) -> bool:
        """Whether enough stands near a place."""
        worth = 0
        met: set[str] = set()
        for place in range(bisect_left(self._starts, start - WITHIN), len(self._telling)):
            at, text = self._telling[place]
            if at >= end + WITHIN:
                break
            if text in WORTH or text not in met:
                met.add(text)
                worth += WORTH.get(text, 1 if text else VOUCHED)
            if worth >= VOUCHED:
                return True
        return False


def _stand_together(text: str, words: Collection[str]) -> bool:
    """Whether two of the words stand so near each other that both may vouch for one place; looked for as letters."""
    places: list[tuple[int, str]] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            places.append((at, word))
            at = text.find(word, at + 1)
    places.sort()
    return any(
        one != other and place - first <= 2 * WITHIN + LONGEST for (first, one), (place, other) in pairwise(places)
    )


class SecondOpinion:
    """What learnt weights make of a passage and of the acts that the packs see in it."""

    def __init__(self, reading: Reading, pack: LookupPack) -> None:
        self._reading = reading
        self._needs = {act.id: act.needs for act in pack.acts}
        self.tells = bool(reading.weights)  # without weights the packs stand alone
        # What researchers wrote themselves stands, whatever it reads like.
        self._doubtable = frozenset(act.id for act in pack.acts if act.where.partition(":")[0] in BUILT_IN)
        self._vouching = frozenset(word.lower() for word in pack.words.get("vouching", ()))

    def may_add(self, passage: str, found: int = 0) -> bool:
        """False only where no act is found that the packs do not know: too little vouches for it in one place.

        `found`: what plates, systems and agencies that were found are worth.
        """
        words = word_set(passage)
        if self._reading.heads.isdisjoint(words):
            return False
        present = self._vouching & words
        if len(present) + found < VOUCHED:
            return False
        return found > 0 or _stand_together(passage.lower(), present)

    def on(
        self, hidden: str, acts: Sequence[Found], evidence: Callable[[], Evidence], missed: list[Missed]
    ) -> Iterator[Found]:
        """The acts of a passage (`hidden`: what was found in it covered), those of the packs and others.

        `evidence` is asked only where words read like an act; an act that is none after all goes to `missed`.
        """
        passage = Passage(hidden, [(one.start, one.end, one.groups[0], self._needs.get(one.by, "")) for one in acts])
        near = Near(passage, self._vouching, acts)
        told = read(passage, self._reading, near.is_vouched)
        taken: list[tuple[int, int]] = []
        for one in acts:
            share = self._doubted(passage, told, one)
            if share is None:
                taken.append((one.start, one.end))
                yield one
            else:
                reason = f"reads like none: {share:.2f} of 1 for {_CALLED[one.groups[0]]}"
                missed.append(Missed("lookup", one.start, one.end, reason))
        unknown = stretches(passage, told, SURE)
        asked = {evidence().sentence(one.start)[0] for one in acts if one.groups[0] == "request"} if unknown else set()
        for other in unknown:
            if any(other.start <= end + BESIDE and start - BESIDE <= other.end for start, end in taken):
                continue
            said = _barred(evidence(), other)
            sentence = evidence().sentence(other.start)[0]
            if said is None and other.act == "request" and sentence in asked:
                said = "asked already in this sentence"
            if said is None:
                asked |= {sentence} if other.act == "request" else set()
                yield self._found(passage, other, evidence().text)
            else:
                missed.append(Missed("lookup", other.start, other.end, said))

    def _doubted(self, passage: Passage, told: Mapping[int, tuple[float, float, float]], one: Found) -> float | None:
        """What share the words of an act have, where that is too little for it."""
        if one.by not in self._doubtable:
            return None
        place = ACTS.index(one.groups[0])
        within = [
            told[at][place] for at in told if passage.words[at].start < one.end and one.start < passage.words[at].end
        ]
        most = max(within, default=1.0)
        return most if most < DOUBTED else None

    def _found(self, passage: Passage, one: Read, text: str) -> Found:
        signs = telling(passage.signs(one.at), one.act, self._reading)
        words = " ".join(text[one.start : one.end].split())
        why = f"“{words}” reads like {_CALLED[one.act]}: {one.share:.2f} of 1 ({signs})"
        return Found("lookup", one.act, (one.act,), one.start, one.end, BY, why)


def _barred(evidence: Evidence, one: Read) -> str | None:
    """What says that words are no act whatever they read like: another use, policy, press, training, talk of parts."""
    low, high = evidence.sentence(one.start)
    if evidence.other_use(one.start, one.end):
        return "words of another use"
    if evidence.denied(one.act, one.start):
        return "not done, or only may be, by the words before it"
    if evidence.no_act:
        return "press, training or an automatic reply"
    if evidence.technical or evidence.a_little_technical:
        return "talk of software or parts"
    said = evidence.no_act_in(low, one.end if one.act == "request" else high, one.start, one.end)
    return None if said is None else f"no act is done in this sentence (“{said}”)"
