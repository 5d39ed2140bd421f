"""Canonical names: the gazetteer's where it has the body, else the name as written with its kind written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus_search.packs.agency_kinds import Kind, Kinds
from corpus_search.packs.agency_pack import Agency
from corpus_search.tagging.agencies.places import CODES
from corpus_search.tagging.agencies.words import Word

_POSSESSIVE = re.compile(r"\s+(['’]s)\b")
_COMMA = re.compile(r"\s+(,)\s*")
_HYPHEN = re.compile(r"\s*-\s*")
_NAME_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")


class Official:
    """Finds a listed agency by its kind and place, or writes a name out."""

    def __init__(self, agencies: Iterable[Agency], kinds: Kinds) -> None:
        self._no_place = kinds.no_place
        self._counties = kinds.counties
        self._in_full = {text: full for text, full, _ in kinds.shortened if full}
        self._listed: dict[tuple[str, str], list[Agency]] = {}
        for agency in agencies:
            place = self._place_of(agency.name)
            for group in agency.groups:
                if place and not group.startswith("us-"):
                    self._listed.setdefault((group, place), []).append(agency)

    def name(self, kind: Kind, place: Sequence[str], code: str | None) -> Agency | None:
        """The listed agency of this kind and place; None where there is none, or several states have one."""
        words = " ".join(word for word in place if word not in self._no_place)
        group = "dmv" if kind.id == "dmv" else kind.groups[0]
        found = self._listed.get((group, self._in_full.get(words, words)), [])
        if kind.states:
            found = [agency for agency in found if set(kind.groups) == _of_kind(agency)]
        if code is not None:
            found = [agency for agency in found if f"us-{code.lower()}" in agency.groups]
        return found[0] if len({_state(agency) for agency in found}) == 1 else None

    def spelt_out(self, words: Sequence[Word], before: int, kind: Kind, *, full: bool, county: bool) -> str:
        """The name as written, a short kind written out; `before`: how many of the words go before the kind."""
        if full:
            return _titled(" ".join(word.text for word in words))
        place = [word.text for number, word in enumerate(words[:before]) if number == 0 or word.text not in CODES]
        name = _titled(" ".join(self._word_in_full(word, " ".join(place[:at])) for at, word in enumerate(place)))
        if kind.id in ("sheriff", "prosecutor") and not county and "County" not in name:
            name += " County"
        return f"{name} {kind.official}"

    def _word_in_full(self, text: str, before: str) -> str:
        """A shortened word written out, unless what goes before it has done so: "Las Vegas"."""
        word = text.lower()
        if word in self._counties:
            return "Parish" if word == "parish" else "County"
        full = self._in_full.get(word, "")
        return full.title() if full and not before.lower().endswith(full.removesuffix(word).strip() or "\0") else text

    def _place_of(self, name: str) -> str:
        words = re.findall(r"[a-z']+|\d+\w*", name.lower().replace("’", "'").replace("'s", ""))
        return " ".join(word for word in words if word not in self._no_place)


def _of_kind(agency: Agency) -> set[str]:
    """The groups of an agency that say what it is, not where."""
    return {group for group in agency.groups if not group.startswith("us-")}


def _state(agency: Agency) -> str:
    return next((group for group in agency.groups if group.startswith("us-")), "")


def _titled(name: str) -> str:
    """The words of a name joined as names are written, in title case where all was capitals or all lower case."""
    name = _HYPHEN.sub("-", _COMMA.sub(r"\1 ", _POSSESSIVE.sub(r"\1", name)))
    name = re.sub(r"\bDept\b", "Department", " ".join(name.split()))
    if len(name) > 4 and (name.isupper() or name.islower()):
        return _NAME_WORD.sub(lambda word: word.group().capitalize(), name)
    return name
