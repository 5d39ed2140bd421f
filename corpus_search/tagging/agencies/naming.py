"""Agencies by the way their names are made: a place and a kind ("Kern Co Sheriff", "Anaheim PD", "Attleboro MA PD").

A place of the gazetteer vouches for the shortest kinds; any other capitalised run only for a kind written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus_search.packs.agency_kinds import Kind, Kinds
from corpus_search.packs.agency_pack import Agency
from corpus_search.tagging.agencies.official import Official
from corpus_search.tagging.agencies.phrases import Phrase, Phrases
from corpus_search.tagging.agencies.places import Gazetteer, state_of
from corpus_search.tagging.agencies.placing import LONGEST_RUN, Place, Placing
from corpus_search.tagging.agencies.words import Word, parted

_PARTING = frozenset(",|-–—•·;()")  # marks between the parts of a contact block's line
_LOWER = frozenset({"pd", "sheriff", "sheriffs", "probation"})  # short kinds that capitals of the place alone vouch for
# Short kinds that are everyday words in lower case: only "county" makes a name of them.
_EVERYDAY = frozenset({"so", "da", "jail", "sd", "police", "probation", "sp", "doc", "ag", "dol", "sos", "hp"})
# Words between a place and its kind that make a body of any place: "Upper Darby Twp PD", "Tulalip Tribal Police".
_OF_BODIES = frozenset(
    {"township", "twp", "borough", "boro", "parish", "tribal", "nation", "village", "isd", "usd", "campus", "airport"}
    | {"transit", "metro", "university", "college", "port", "harbor", "county", "co"}
)
_SCHOOLS = frozenset({"university", "univ"})  # whose police are not the place's
_LEADING = frozenset({"from", "with", "by", "at", "to", "of", "for", "per", "via", "and", "thru", "through", "w/"})


@dataclass(frozen=True, slots=True)
class Named:
    """An agency found by the making of its name; offsets count into the text of the words."""

    start: int
    end: int
    value: str
    groups: tuple[str, ...]
    why: str
    sure: bool = True  # False: something near must vouch for it
    by_position: bool = False  # sure only by where it stands: alone in its line, or behind a preposition


class Naming:
    """Finds names that are made of a place and a kind."""

    def __init__(self, kinds: Kinds, places: Gazetteer, official: Official) -> None:
        self._kinds = kinds
        self._places = places
        self._official = official
        self._phrases = Phrases(kinds.kinds)
        short = (text for kind in kinds.kinds for text in kind.short)
        self._initials = frozenset(text for text in short if len(text) <= 3 and text != "pd")

    def phrases(self) -> Iterable[tuple[str, ...]]:
        """The words of kinds: every name holds all of at least one."""
        return self._phrases.all()

    def may_begin(self, norms: Iterable[str]) -> bool:
        """Whether a kind can begin among these words."""
        return not self._phrases.firsts.isdisjoint(norms)

    def find(self, words: Sequence[Word]) -> Iterator[Named]:
        """Every such name in a run of words."""
        placing = Placing(words, self._kinds, self._places)
        for at, norm in enumerate(placing.norms):
            if norm in self._phrases.firsts and (named := self._at(placing, at)) is not None:
                yield named

    def _at(self, placing: Placing, at: int) -> Named | None:
        """The name whose kind begins at a word."""
        named = self._with_place_after(placing, at)
        if named is not None:
            return named
        for end, phrases in self._phrases.at(placing.norms, at):
            if parted(placing.words, at, end):
                continue
            for phrase in phrases:
                named = self._with_place_before(placing, at, end, phrase)
                if named is not None:
                    return named
        return None

    def _with_place_before(self, placing: Placing, at: int, end: int, phrase: Phrase) -> Named | None:
        place = placing.before(at, phrase)
        if place is None:
            return None
        words, norms, kind = placing.words, placing.norms, phrase.kind
        county = not self._kinds.counties.isdisjoint(place.between)
        if not (self._fits(place, kind, norms, county) and self._vouched(placing, place, at, end, phrase, county)):
            return None
        if end < len(words) and norms[end] in self._kinds.not_before and words[end].capital:
            return None  # it goes on as another thing's name: "Oklahoma Police Pension"
        if norms[end : end + 1] in (["&"], ["and"]) and norms[end + 1 : end + 2] in (["firefighters"], ["fire"]):
            return None  # a fund of both: "D.C. Police & Firefighters' Retirement Board"
        end = _end(placing, end, phrase)
        first = self._with_prefix(norms, place.first)
        written = norms[place.first : place.last]
        known = None if norms[first] in _SCHOOLS else self._official.name(kind, written, place.code)
        if known is not None and self._lies_there(known, written):
            value, groups = known.name, known.groups
        else:
            value = self._official.spelt_out(words[first:end], at - first, kind, full=phrase.full, county=county)
            groups = (*kind.groups, *self._state(place, written, county))
        why = f"“{_written(words[place.first : place.last])}” and “{_written(words[at:end])}”"
        made = place.known or phrase.full or county or _makes_body(place, first)
        placed = (
            not made and words[at].start > words[at - 1].end and (_alone(words, first, end) or _led(words, first, end))
        )
        return Named(words[first].start, _with_stop(words, end), value, groups, why, made or placed, placed)

    def _lies_there(self, agency: Agency, place: Sequence[str]) -> bool:
        """Whether a listed agency's state is one of those in which the place lies; unknown places lie anywhere."""
        states = {f"us-{code.lower()}" for code in self._places.states(place)}
        of = {group for group in agency.groups if group.startswith("us-")}
        return not states or not of or not states.isdisjoint(of)

    def _fits(self, place: Place, kind: Kind, norms: Sequence[str], county: bool) -> bool:
        """Whether a kind of states has a state before it, and any other more than a state's code."""
        if not kind.states:
            return place.code is None or place.first != place.last
        if county or not (place.code or state_of(norms[place.first : place.last])):
            return False
        return place.code is not None or place.between in ((), ("state",))

    def _state(self, place: Place, written: Sequence[str], county: bool) -> tuple[str, ...]:
        """The group of the state, where the name or the gazetteer leaves one only."""
        if place.code:
            return (f"us-{place.code.lower()}",)
        if county and state_of(written):
            return ()  # "Washington County" lies in many states, none of them Washington's alone
        return _state_group(self._places.states(written))

    def _vouched(self, placing: Placing, place: Place, at: int, end: int, phrase: Phrase, county: bool) -> bool:
        """Whether place and kind together are sure enough."""
        kind_text = " ".join(placing.norms[at:end])
        if kind_text == "sd" and not (county or place.code):
            return False
        if kind_text == "prison" and placing.norms[max(0, place.first - 1)] in ("a", "an"):
            return False  # "a golden prison"
        if kind_text == "police" and state_of(placing.norms[place.first : place.last]):
            return False  # "California Police": those of a whole state are named otherwise
        first, word = placing.words[place.first], placing.words[at]
        if not first.capital:
            return place.known and (county or kind_text not in _EVERYDAY)
        if phrase.full:
            return word.capital or place.known or county
        if kind_text in self._initials and not (county or word.text.isupper()):
            return False
        if place.known or county or place.code or _makes_body(place, self._with_prefix(placing.norms, place.first)):
            return word.capital or county or kind_text in _LOWER
        return kind_text == "pd" and word.text.isupper() and not first.text.isupper()

    def _with_prefix(self, norms: Sequence[str], first: int) -> int:
        """The first word with "City of", "University of" before it."""
        for prefix in self._kinds.prefixes:
            if tuple(norms[max(0, first - len(prefix)) : first]) == prefix:
                return first - len(prefix)
        return first

    def _with_place_after(self, placing: Placing, at: int) -> Named | None:
        """ "Sheriff of Cook County", "Superior Court of California, County of Orange"."""
        words, norms = placing.words, placing.norms
        if not words[at].capital:
            return None
        for form, kind in self._phrases.before_place.items():
            end = at + len(form)
            if tuple(norms[at:end]) != form or end >= len(words):
                continue
            end += norms[end] in ("of", ",")
            of_county = tuple(norms[end : end + 2]) == ("county", "of")
            end += 2 if of_county else 0
            after = end + self._places.begins_at(norms, end)
            named_county = after < len(words) and norms[after] in self._kinds.counties
            if after > end and (of_county or named_county) and not parted(words, at, after):
                return self._of(placing, (at, end, after), kind, named_county=named_county)
        return None

    def _of(self, placing: Placing, at: tuple[int, int, int], kind: Kind, *, named_county: bool) -> Named:
        """The body of a kind that goes before its place; `at`: first word, first word of the place, word past it."""
        begin, first, after = at
        place = placing.norms[first:after]
        title = _written(placing.words[first:after]).title()
        known = self._official.name(kind, place, None)
        value = known.name if known else f"{title} County {kind.official}"
        groups = known.groups if known else (*kind.groups, *_state_group(self._places.states(place)))
        end = placing.words[after - 1 + named_county].end
        return Named(placing.words[begin].start, end, value, groups, f"“{kind.official}” of “{title}”")


def _makes_body(place: Place, first: int) -> bool:
    """Whether "Township", "Tribal" between place and kind, or "Borough of" before them, make a body of any place."""
    return first != place.first or not _OF_BODIES.isdisjoint(place.between)


def _end(placing: Placing, end: int, phrase: Phrase) -> int:
    """Where the name ends: with its number, without a possessive."""
    words = placing.words
    if phrase.kind.numbered and end < len(words) and words[end].text[:1].isdigit():
        return end + 1
    possessive = placing.norms[end - 1] == "s" and "'" in words[end - 1].text.replace("’", "'")
    return end - 1 if possessive and not phrase.full else end


def _with_stop(words: Sequence[Word], end: int) -> int:
    """Where the last word ends, with an abbreviation's full stop in mid-sentence ("Sheriff's Dept. has")."""
    word = words[end - 1]
    if word.norm not in ("dept", "ofc", "ctr") or end >= len(words):
        return word.end
    follows = words[end]
    return word.end + 1 if follows.start == word.end + 2 and not follows.capital else word.end


def _written(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _alone(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether a name fills its line, or its part of one, as in a contact block: "Crime Analyst, Westvale PD"."""
    before = first == 0 or words[first - 1].ends_line or words[first - 1].text in _PARTING
    after = end == len(words) or words[end - 1].ends_line or words[end].text in _PARTING
    return before and after and end - first <= LONGEST_RUN


def _led(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether "PD" and the name before it follow a preposition in running text: "a report from Gaffney PD"."""
    before = words[first - 1] if first else None
    led = before is not None and before.text in _LEADING and not before.ends_line
    return led and words[end - 1].text == "PD" and all(word.text[1:].islower() for word in words[first : end - 1])


def _state_group(states: Sequence[str]) -> tuple[str, ...]:
    return (f"us-{states[0].lower()}",) if len(states) == 1 else ()
