"""Agencies by the way their names are made: a place and a kind ("Kern Co Sheriff", "Anaheim PD", "Attleboro MA PD").

From the words of a kind the finder walks left: over a state's code and words like County, to the place. A place of the
gazetteer vouches for the shortest kinds; any other capitalised run only for a kind written out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus_search.packs.agency_kinds import Kind, Kinds
from corpus_search.tagging.agencies.official import Official
from corpus_search.tagging.agencies.places import CODES, Gazetteer, place_words, state_of
from corpus_search.tagging.agencies.words import Word

LONGEST_RUN = 4  # capitalised words that may be an unknown place
_PARTING = frozenset(",|-–—•·;()")  # marks between the parts of a contact block's line
_JOINS = frozenset({"of", "de", "del", "la", "las", "los", "-", "s", "'s", "&", "the"})
_BUILDINGS = (
    "center",
    "ctr",
    "facility",
    "institution",
    "complex",
)  # named for persons: "Robert Presley Detention Center"


@dataclass(frozen=True, slots=True)
class Named:
    """An agency found by the making of its name; offsets count into the text of the words."""

    start: int
    end: int
    value: str
    groups: tuple[str, ...]
    why: str
    sure: bool = True  # False: something near must vouch for it


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that stand for a kind: written out, or short."""

    kind: Kind
    full: bool
    named_building: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """A place before a kind: its first word, whether the gazetteer knows it, a state's code, words between."""

    first: int
    last: int  # past its last word
    known: bool
    code: str | None
    between: tuple[str, ...]


class Naming:
    """Finds names that are made of a place and a kind."""

    def __init__(self, kinds: Kinds, places: Gazetteer, official: Official) -> None:
        self._kinds = kinds
        self._places = places
        self._official = official
        self._place_words = frozenset(places.all_words())
        self._phrases: dict[tuple[str, ...], list[_Phrase]] = defaultdict(list)
        self._before: dict[tuple[str, ...], Kind] = {}
        for kind in kinds.kinds:
            for full, texts in ((True, kind.full), (False, kind.short)):
                for text in texts:
                    for form in forms(text):
                        self._phrases[form].append(_Phrase(kind, full, kind.id == "jail" and text.endswith(_BUILDINGS)))
            for text in kind.of:
                for form in forms(text):
                    self._before[form] = kind
        self._initials = frozenset(
            text for kind in kinds.kinds for text in kind.short if len(text) <= 3 and text != "pd"
        )
        self._longest = max(map(len, self._phrases), default=1)
        self._firsts = frozenset(form[0] for form in (*self._phrases, *self._before))

    def phrases(self) -> Iterable[tuple[str, ...]]:
        """The words of kinds: every name holds all of at least one."""
        return (*self._phrases, *self._before)

    def may_begin(self, norms: Iterable[str]) -> bool:
        """Whether a kind can begin among these words."""
        return not self._firsts.isdisjoint(norms)

    def find(self, words: Sequence[Word]) -> Iterator[Named]:
        """Every such name in a run of words."""
        norms = [word.norm for word in words]
        for at, norm in enumerate(norms):
            if norm in self._firsts and (named := self._at(words, norms, at)) is not None:
                yield named

    def _at(self, words: Sequence[Word], norms: Sequence[str], at: int) -> Named | None:
        """The name whose kind begins at a word."""
        named = self._with_place_after(words, norms, at)
        if named is not None:
            return named
        for length in range(min(self._longest, len(words) - at), 0, -1):
            phrases = self._phrases.get(tuple(norms[at : at + length]))
            if phrases is None or _apart(words, at, at + length):
                continue
            for phrase in phrases:
                found = self._with_place_before(words, norms, at, at + length, phrase)
                if found is not None:
                    return found
        return None

    def _with_place_before(
        self, words: Sequence[Word], norms: Sequence[str], at: int, end: int, phrase: _Phrase
    ) -> Named | None:
        place = self._place_before(words, norms, at, phrase)
        if place is None:
            return None
        county = any(word in self._kinds.counties for word in place.between)
        written = norms[place.first : place.last]
        state = place.code or state_of(written)
        kind = phrase.kind
        if kind.states and (county or state is None or (place.code is None and place.between not in ((), ("state",)))):
            return None
        if not kind.states and place.code is not None and place.first == place.last:
            return None
        if not self._vouched(words, place, at, end, phrase, county) or self._another_name(words, norms, end):
            return None
        end = _end(words, norms, end, phrase)
        first = self._with_prefix(norms, place.first)
        known = self._official.name(kind, written, place.code)
        value = (
            known.name
            if known
            else self._official.spelt_out(words[first:end], at - first, kind, full=phrase.full, county=county)
        )
        states = (place.code,) if place.code else self._places.states(written)
        if county and state_of(written):
            states = ()  # "Washington County" lies in many states, none of them Washington's alone
        groups = known.groups if known else (*kind.groups, *_state_group(states))
        why = f"“{_written(words[place.first : place.last])}” and “{_written(words[at:end])}”"
        sure = place.known or phrase.full or county or _alone(words, first, end)
        return Named(words[first].start, _with_stop(words, end), value, groups, why, sure)

    def _place_before(self, words: Sequence[Word], norms: Sequence[str], at: int, phrase: _Phrase) -> _Place | None:
        """Walk left from a kind to its place."""
        between: list[str] = []
        code: str | None = None
        last = at
        while last > 0 and not words[last - 1].ends_line:
            word = words[last - 1]
            count = self._places.ending_at(norms, last)
            if count > 1 and not _apart(words, last - count, last):
                break  # "Union City", "Kansas City": the word between belongs to the place
            if code is None and word.text in CODES and (phrase.kind.states or last > 1):
                code = word.text
            elif norms[last - 1] in self._kinds.between and last > 1:
                between.insert(0, norms[last - 1])
            else:
                break
            last -= 1
        if code is not None and phrase.kind.states and (last == 0 or not self._is_place_word(words, norms, last)):
            return _Place(last, last + 1, True, code, tuple(between))
        return self._place_ending(
            words, norms, last, code, tuple(between), phrase, wrapped=words[last - 1].ends_line if last else False
        )

    def _is_place_word(self, words: Sequence[Word], norms: Sequence[str], end: int) -> bool:
        return self._places.ending_at(norms, end) > 0 and words[end - 1].text[:1].isupper()

    def _place_ending(
        self, words: Sequence[Word], norms: Sequence[str], last: int, code: str | None, between: tuple[str, ...],
        phrase: _Phrase, *, wrapped: bool,
    ) -> _Place | None:  # fmt: skip
        count = self._places.ending_at(norms, last)
        if count and not _apart(words, last - count, last) and self._may_be_place(words, norms, last - count, last):
            first = last - count
            if first and words[first - 1].text == "-":
                first -= self._run_before(words, norms, first)  # "Burbank-Glendale-Pasadena"
            elif phrase.named_building and between in ((), ("ice",)):
                first -= self._run_before(words, norms, first)
            elif count == 1 and words[first].text[:1].isupper():
                first -= self._longer_name(words, norms, first, phrase)
            return _Place(first, last, True, code, between)
        if wrapped:
            return None
        run = self._run_before(words, norms, last)
        return _Place(last - run, last, False, code, between) if run else None

    def _longer_name(self, words: Sequence[Word], norms: Sequence[str], first: int, phrase: _Phrase) -> int:
        """How many words before a known place are the beginning of a longer name ("Orange Grove", "Loma Vista").

        A person's name after a rank is none, and the first word of a sentence only where it is a word of places.
        """
        run = self._run_before(words, norms, first)
        if run == 0:
            return 0
        begin = first - run
        before = words[begin - 1] if begin else None
        if before is not None and before.norm in self._kinds.not_places and before.text[:1].isupper():
            return 0
        starts = before is None or before.ends_sentence or before.ends_line
        if norms[begin] in self._place_words:
            return run
        tail = norms[first] in self._kinds.everyday  # "Vista" alone is seldom the place
        return run if (phrase.full or tail) and not starts else 0

    def _may_be_place(self, words: Sequence[Word], norms: Sequence[str], first: int, last: int) -> bool:
        """Whether words of the gazetteer are meant as a place: everyday words only with a capital."""
        if words[first].text[:1].isupper():
            return last - first > 1 or norms[first] not in self._kinds.not_places
        name = " ".join(norms[first:last])
        return len(name) > 3 and name not in self._kinds.everyday and name not in self._kinds.not_places

    def _run_before(self, words: Sequence[Word], norms: Sequence[str], last: int) -> int:
        """How many capitalised words right before are one run that may be a place's name."""
        count = 0
        while count < LONGEST_RUN and last - count > 0:
            at = last - count - 1
            word, norm = words[at], norms[at]
            if word.ends_line or (at + 1 < len(words) and not _touching(word, words[at + 1])):
                break
            if (
                word.text[:1].isupper() and norm not in self._kinds.not_places and any(c.isalpha() for c in word.text)
            ) or (
                (count or norm == "-")
                and norm in _JOINS
                and at > 0
                and _continues(words, norms, at, self._kinds.not_places)
            ):
                count += 1
            else:
                break
        return count

    def _vouched(self, words: Sequence[Word], place: _Place, at: int, end: int, phrase: _Phrase, county: bool) -> bool:
        """Whether place and kind together are sure enough."""
        kind_text = " ".join(word.norm for word in words[at:end])
        if kind_text == "sd" and not (county or place.code):
            return False
        if kind_text == "police" and state_of([word.norm for word in words[place.first : place.last]]):
            return False  # "California Police": those of a whole state are named otherwise
        if not words[place.first].text[:1].isupper():
            return self._vouched_in_lower_case(words, place, at, kind_text, county)
        if phrase.full:
            return words[at].text[:1].isupper() or place.known or county
        if kind_text in self._initials and not (county or words[at].text.isupper()):
            return False
        shouting = words[at].text[:1].isupper()
        if place.known or county or place.code:
            return shouting or county or kind_text in ("pd", "sheriff", "sheriffs", "probation")
        return kind_text == "pd" and words[at].text.isupper() and not words[place.first].text.isupper()

    def _another_name(self, words: Sequence[Word], norms: Sequence[str], end: int) -> bool:
        """Whether the name goes on as another thing's: "Oklahoma Police Pension"."""
        return end < len(words) and norms[end] in self._kinds.not_before and words[end].text[:1].isupper()

    def _vouched_in_lower_case(
        self, words: Sequence[Word], place: _Place, at: int, kind_text: str, county: bool
    ) -> bool:
        if not place.known:
            return False
        return county or kind_text not in (
            "so",
            "da",
            "jail",
            "sd",
            "police",
            "probation",
            "sp",
            "doc",
            "ag",
            "dol",
            "sos",
            "hp",
        )

    def _with_prefix(self, norms: Sequence[str], first: int) -> int:
        """The first word with "City of", "University of" before it."""
        for prefix in self._kinds.prefixes:
            if tuple(norms[max(0, first - len(prefix)) : first]) == prefix:
                return first - len(prefix)
        return first

    def _with_place_after(self, words: Sequence[Word], norms: Sequence[str], at: int) -> Named | None:
        """ "Sheriff of Cook County", "Superior Court of California, County of Orange"."""
        for form, kind in self._before.items():
            end = at + len(form)
            if tuple(norms[at:end]) != form or not words[at].text[:1].isupper() or end >= len(words):
                continue
            if norms[end] in ("of", ","):
                end += 1
            of_county = tuple(norms[end : end + 2]) == ("county", "of")
            end += 2 if of_county else 0
            count = self._places.begins_at(norms, end)
            after = end + count
            named_county = after < len(words) and norms[after] in self._kinds.counties
            if not count or not (of_county or named_county) or _apart(words, at, after):
                continue
            place = norms[end:after]
            known = self._official.name(kind, place, None)
            after += named_county
            title = " ".join(word.text for word in words[end : end + count]).title()
            value = known.name if known else f"{title} County {kind.official}"
            groups = known.groups if known else (*kind.groups, *_state_group(self._places.states(place)))
            return Named(words[at].start, words[after - 1].end, value, groups, f"“{kind.official}” of “{title}”")
        return None


def forms(text: str) -> Iterator[tuple[str, ...]]:
    """The words of a kind in all spellings: the possessive as written, run together and lost."""
    lowered = text.lower()
    variants = {lowered}
    if "'s" in lowered:
        variants |= {lowered.replace("'s", "s"), lowered.replace("'s", " s"), lowered.replace("'s", "")}
    for variant in sorted(variants):
        yield place_words(variant) if "." not in variant else (*place_words(variant),)


def _end(words: Sequence[Word], norms: Sequence[str], end: int, phrase: _Phrase) -> int:
    """Where the name ends: with its number, without a possessive."""
    if phrase.kind.numbered and end < len(words) and words[end].text[:1].isdigit():
        return end + 1
    if not phrase.full and norms[end - 1] == "s" and "'" in words[end - 1].text.replace("’", "'"):
        return end - 1
    return end


def _with_stop(words: Sequence[Word], end: int) -> int:
    """Where the last word ends, with an abbreviation's full stop in mid-sentence ("Sheriff's Dept. has")."""
    word = words[end - 1]
    if word.norm not in ("dept", "ofc", "ctr") or end >= len(words):
        return word.end
    follows = words[end]
    return word.end + 1 if follows.start == word.end + 2 and not follows.text[:1].isupper() else word.end


def _apart(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a sentence ends, or an empty line stands, within these words."""
    return any(words[at].ends_sentence for at in range(first, last - 1))


def _written(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _alone(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether a name fills its line, or its part of one, as in a contact block: "Crime Analyst, Westvale PD"."""
    before = first == 0 or words[first - 1].ends_line or words[first - 1].text in _PARTING
    after = end == len(words) or words[end - 1].ends_line or words[end].text in _PARTING
    return before and after and end - first <= LONGEST_RUN


def _touching(word: Word, other: Word) -> bool:
    return other.start - word.end <= 2 and not word.ends_sentence


def _continues(words: Sequence[Word], norms: Sequence[str], at: int, not_places: frozenset[str]) -> bool:
    before = words[at - 1]
    return before.text[:1].isupper() and norms[at - 1] not in not_places and _touching(before, words[at])


def _state_group(states: Sequence[str]) -> tuple[str, ...]:
    return (f"us-{states[0].lower()}",) if len(states) == 1 else ()
