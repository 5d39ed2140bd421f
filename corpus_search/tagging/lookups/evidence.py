"""What vouches for an act in one passage, and what rules one out: read once, asked for every act."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus_search.packs.lookup_pack import LookupPack
from corpus_search.tagging.covering import COVERS
from corpus_search.tagging.lookups.systems import Named
from corpus_search.tagging.wording import Phrases, compile_phrases
from corpus_search.tagging.words import word_set, words_of

_SENTENCE_END: Final = re.compile(
    r"(?<=[.!?])[\"”')]{0,2}\s+(?=[A-Z0-9\"“(])|\n[ \t>]*\n|\n(?=[ \t>]*(?:[-•*]|\d{1,3}[.)]))|;\s|\n(?=[A-Z][a-z])"
)
# Before the passage nothing is tagged yet: forms that are nearly always plates stand for plates there.
_PLATE: Final = re.compile(r"(?<![\w-])(?:[1-9][A-Z]{3}\d{3}|[1-9][A-Z]\d{5}|\d{5}[A-Z]\d|LIC/[A-Z0-9]{4,8})(?![\w-])")
# A person as look-ups name one: "Abel Quiroga, 4/11/88", "Quiroga, Abel R 041188". Later years are days
# of today's mail.
_PERSON: Final = re.compile(
    r"(?<![\w'’.-])[A-Z][A-Za-zÀ-ÿ'’.-]{1,20}(?:,?[ ][A-Z][A-Za-zÀ-ÿ'’.-]{0,20}){0,3},?[ ]\(?"
    r"(?:0?[1-9]|1[0-2])(?P<by>[/.-])(?:0?[1-9]|[12]\d|3[01])(?P=by)(?:19)?[4-9]\d(?![\w/-])"
    r"|(?<![\w'’.-])[A-Z][A-Za-zÀ-ÿ'’-]{1,20},[ ][A-Z][A-Za-zÀ-ÿ'’-]{1,20}(?:[ ][A-Z][A-Za-zÀ-ÿ'’.-]{0,20})?,?[ ]"
    r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19)?[4-9]\d(?![\w/-])"
)
_CLAUSE_BEGIN: Final = re.compile(
    r"(?:\A|[.!?:;,\n(>–-]\s*|\b(?i:please|pls|plz|and|then|also|just|hey|hi|ok|yo|\w+,)\s+)\Z"
)
_COVERS: Final = tuple(COVERS.values())
_SUBJECT_REACH: Final = 60  # characters before an act in which its subject must stand
_DAY: Final = re.compile(r"\d[/.-]\d{1,2}[/.-]\d|, [A-Z].{1,40}[ ]\d{6}")  # of a date in figures
_BETWEEN_REACH: Final = 48  # characters between a system and what it answers
_CLOSE_BEFORE: Final = 160  # characters before a passage in which a plate is as near as in the sentence before
TOLD: Final = 500  # characters on either side in which records must be spoken of, at most
_TECHNICAL: Final = 2  # words of programs and parts from which on a passage speaks of them


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the packs that vouch for acts or rule them out, compiled."""

    records: Phrases
    doubtful_records: Phrases  # words of other trades too: nothing where programs or parts are spoken of
    not_records: Phrases
    not_acts: Phrases
    no_act_sentences: Phrases
    no_act_passages: Phrases
    technical: frozenset[str]
    subject: re.Pattern[str]  # at the end of what goes before an act: who or what is looked up
    holder: re.Pattern[str]  # the same: an agency

    @classmethod
    def of(cls, pack: LookupPack) -> Words:
        """The words of a pack."""

        def phrases(name: str) -> Phrases:
            return compile_phrases({"word": pack.words.get(name, ())}, pack.lists)

        doubtful = pack.words.get("doubtful_records", ())
        return cls(
            compile_phrases({"word": (*pack.words.get("records", ()), *doubtful)}, pack.lists),
            phrases("doubtful_records"),
            phrases("not_records"),
            phrases("not_acts"),
            phrases("no_act_sentences"),
            phrases("no_act_passages"),
            frozenset(word.lower() for word in pack.words.get("technical", ())),
            _right_before("0[PS]0*", pack.words.get("subjects", ()), pack.words.get("between", ())),
            _right_before("0A0*", (), (*pack.words.get("between", ()), *pack.words.get("parts", ()))),
        )

    def may_tell(self, before: str) -> bool:
        """False only where what goes before a passage can't tell that records are spoken of."""
        return self.records.may_hold(word_set(before)) or _PLATE.search(before) is not None


class Evidence:
    """One passage: where its sentences end, and what stands in them; `hidden` is it with plates and systems covered."""

    def __init__(
        self,
        words: Words,
        passage: str,
        hidden: str,
        before: str,
        things: Sequence[tuple[int, int]],
        systems: Sequence[Named],
    ) -> None:
        self.text = passage
        self._before = before
        self._things = sorted(things)
        self.systems = list(systems)
        self._covered = hidden
        self._acted: list[tuple[int, bool]] = []  # where an act stands, and whether it answers
        present = words_of(passage)
        self.words = word_set(passage)
        self._ends = [gap.end() for gap in _SENTENCE_END.finditer(passage)]
        barred = _spans(words.not_records, passage, self.words)
        self._records = [
            span
            for span in _spans(words.records, passage, self.words)
            if not any(low < span[1] and span[0] < high for low, high in barred)
        ]
        self._not_acts = _spans(words.not_acts, passage, self.words)
        self._no_acts = _spans(words.no_act_sentences, passage, self.words)
        self.no_act = bool(_spans(words.no_act_passages, passage, self.words)) or bool(
            before and _spans(words.no_act_passages, before, word_set(before))
        )
        counted = sum(word in words.technical for word in present)
        known = bool(self._things or systems)
        self.technical = counted >= _TECHNICAL and not self._things and counted > len(systems)
        self.a_little_technical = counted > 0 and not known
        if self.a_little_technical:
            doubtful = _spans(words.doubtful_records, passage, self.words)
            self._records = [span for span in self._records if span not in doubtful]
        self._words = words
        self.sure_acts = 0  # acts found so far, and those whose words tell by themselves: they vouch for the others

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence in which a place stands."""
        place = bisect_right(self._ends, at)
        low = self._ends[place - 1] if place else 0
        high = self._ends[place] if place < len(self._ends) else len(self.text)
        return low, high

    def has_record(self, low: int, high: int, start: int, end: int) -> bool:
        """Whether a plate, number or word for records stands in a stretch, words outside the act itself."""
        place = bisect_left(self._things, (low, -1))
        if place < len(self._things) and self._things[place][0] < high:
            return True
        return self._other(self._records, low, high, start, end)

    def has_thing(self, low: int, high: int, start: int, end: int) -> bool:
        """The same, or a system named there."""
        if self.has_record(low, high, start, end):
            return True
        return any(low <= one.start < high and _apart((one.start, one.end), start, end) for one in self.systems)

    def told(self, start: int, end: int) -> bool:
        """Whether records are spoken of in the passage, outside the act itself, or right before the passage."""
        if self.sure_acts:
            return True
        if self.has_thing(start - TOLD, end + TOLD, start, end):
            return True
        if not self._before or start > TOLD:
            return False
        present = word_set(self._before)
        if self._words.records.may_hold(present) and _spans(self._words.records, self._before, present):
            return True
        return _PLATE.search(self._before) is not None

    def has_subject(self, start: int, end: int) -> bool:
        """Whether right before stands what is looked up: a plate, number or system, or a word for it where told."""
        found = self._right_before(self._words.subject, start)
        return found is not None and (found["found"].startswith(_COVERS) or self.told(start, end))

    def has_holder(self, start: int) -> bool:
        """Whether an agency stands right before."""
        return self._right_before(self._words.holder, start) is not None

    def _right_before(self, what: re.Pattern[str], start: int) -> re.Match[str] | None:
        low = max(self.sentence(start)[0], start - _SUBJECT_REACH)
        return what.search(self._covered[low:start])

    def denied(self, act: str, start: int) -> bool:
        """Whether the words before say that it is not done, or only may be: "does not put", "if it comes back"."""
        before = self.text[max(self.sentence(start)[0], start - _SUBJECT_REACH) : start]
        return _UNDONE[act].search(before) is not None

    def note_act(self, start: int, *, answers: bool) -> None:
        """An act done or answered was found there."""
        self._acted.append((start, answers))

    def acted(self, start: int) -> bool:
        """Whether an act done or answered goes before, in the same sentence or the one before it."""
        return bool(self._acts_before(start))

    def done(self, start: int) -> bool:
        """Whether an act done goes before in the same way, and no answer to it yet."""
        acts = self._acts_before(start)
        return bool(acts) and not max(acts)[1]

    def _acts_before(self, start: int) -> list[tuple[int, bool]]:
        low = self.sentence(start)[0]
        before = self.sentence(low - 1)[0] if low else 0
        return [act for act in self._acted if before <= act[0] < start]

    def has_plate(self, start: int) -> bool:
        """Whether a plate or identifying number stands in the sentence."""
        low, high = self.sentence(start)
        place = bisect_left(self._things, (low, -1))
        return place < len(self._things) and self._things[place][0] < high

    def has_close(self, start: int, end: int) -> bool:
        """Whether a plate, number or system stands in the sentence or a neighbouring one, or was right before."""
        low, high = self.sentence(start)
        if low:
            low = self.sentence(low - 1)[0]
        elif plate_before(self._before):
            return True
        high = self.sentence(high)[1] if high < len(self.text) else high
        place = bisect_left(self._things, (low, -1))
        if place < len(self._things) and self._things[place][0] < high:
            return True
        return any(low <= one.start < high and _apart((one.start, one.end), start, end) for one in self.systems)

    def asks(self, start: int) -> bool:
        """Whether a question mark follows in the sentence: "Is he in CalGang? dob 3/9/97"."""
        return "?" in self.text[start : self.sentence(start)[1]]

    def ends_system(self, start: int) -> bool:
        """Whether a system's name ends right before, but for a word such as "both", "also", "only"."""
        for one in self.systems:
            if one.end <= start <= one.end + _BETWEEN_REACH and _BETWEEN.fullmatch(self.text, one.end, start):
                return True
        return False

    def begins_clause(self, start: int) -> bool:
        """Whether a clause begins there: after a mark, "please", "and", or at the beginning of all."""
        return _CLAUSE_BEGIN.search(self.text[max(0, start - 24) : start]) is not None

    def other_use(self, start: int, end: int) -> bool:
        """Whether the words are part of a phrase that means something else."""
        return any(low < end and start < high for low, high in self._not_acts)

    def no_act_in(self, low: int, high: int, start: int, end: int) -> str | None:
        """What says that no act is done in a sentence: policy, press, refusal, plan."""
        for first, last in self._no_acts:
            if low <= first < high and not (first < end and start < last and first >= start and last <= end):
                return " ".join(self.text[first:last].split())[:40]
        return None

    @staticmethod
    def _other(spans: Sequence[tuple[int, int]], low: int, high: int, start: int, end: int) -> bool:
        place = bisect_left(spans, (low, -1))
        while place < len(spans) and spans[place][0] < high:
            if _apart(spans[place], start, end):
                return True
            place += 1
        return False


def persons(passage: str) -> list[tuple[int, int]]:
    """Where a person stands by name and date of birth."""
    if _DAY.search(passage) is None:
        return []
    return [found.span() for found in _PERSON.finditer(passage)]


def plate_before(before: str) -> bool:
    """Whether a plate stands right before a passage."""
    return bool(before) and _PLATE.search(before, max(0, len(before) - _CLOSE_BEFORE)) is not None


def _apart(span: tuple[int, int], start: int, end: int) -> bool:
    """Whether words are none of an act's own: outside it, or between its first and its last."""
    return span[1] <= start or end <= span[0] or (start < span[0] and span[1] < end)


def _right_before(cover: str, words: Sequence[str], between: Sequence[str]) -> re.Pattern[str]:
    """What covers something found, or one of the words, with at most three words between it and the end."""
    either = "|".join(sorted(map(re.escape, words), key=len, reverse=True)).replace(r"\ ", r"\s{1,3}") or "(?!)"
    fill = "|".join(sorted(map(re.escape, between), key=len, reverse=True)).replace("'", "['’]?") or "(?!)"
    fill = re.sub(r"(?<=\|)9(?=\||\Z)", "[0-9]{1,4}", fill)
    return re.compile(
        rf"(?<![\w'’])(?P<found>{cover}|(?i:{either}))(?:['’]?s)?(?:,?\s?\(?[A-Z]{{2}})?[)\"”]?[\s,:=–-]{{0,4}}"
        rf"(?:(?i:{fill})[\s,]{{1,3}}){{0,3}}['’]?\Z"
    )


_UNDONE: Final = {
    # "no wants" is no want, nor is "you do not need to know".
    "request": re.compile(
        r"(?i)\b(?:no|any|zero|neg|outstanding|active|not|never|do(?:es)?n[’']?t|didn[’']?t)\s\Z"
        r"|\b(?:(?:ca|could|did)n[’']?t|cannot|can\snot)\s(?:find|see|get|locate)\s\Z"
    ),
    "perform": re.compile(
        r"(?i)(?:\b(?:not|never|cannot|nobody|no[ ]?one|to|will|would|can|could|may|might|must|should|shall|rather)"
        r"|\b(?:do|does|did|ca|could|would|wo|should|has|have|had|is|was|are|were)n[’']?t|[’']ll)\s(?:\w+\s)?\Z"
    ),
    "result": re.compile(
        r"(?i)\b(?:if|when|whenever|whether|unless|until|once|in case)\s(?:[\w’']+\s){0,4}\Z"
        r"|\b(?:will|would|should|may|might|must)\s(?:\w+\s)?\Z"
        # "asking again who the car comes back to", "that's all MULES gave me"
        r"|\b(?:ask(?:s|ed|ing)?|to know|wonder(?:s|ed|ing)?|no idea|not sure|don[’']?t know)\b[^.;,?]{0,30}"
        r"\b(?:who|whose|what|where|if|whether|how)\b[^.;,?]{0,40}\Z|\bthat[’']?s\sall\s\w{2,12}\s\Z"
    ),
}
# Between a system and what it answers: "LPR on 75 picked it up", "DMV still has".
_BETWEEN: Final = re.compile(
    r"(?:['’]s)?(?:\s(?:on|at|by|near|in|from)(?:\s[\w&.-]{1,15}){1,3}|\s(?:return|hit)\sfrom\s\w{1,15})?(?:\s(?:both|also|only|still|just|last|first|never|itself|now|then|all|return|search|query|report|printout|photo|check|database|records?))?[\s:,-]{1,3}"
)


def _spans(phrases: Phrases, text: str, present: frozenset[str]) -> list[tuple[int, int]]:
    if not phrases.may_hold(present):
        return []
    return [(hit.start, hit.end) for hit in phrases.find(text)]
