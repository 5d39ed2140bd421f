"""Canonical names: the gazetteer's where it has the body, else the name as written with its kind written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus_search.packs.agency_kinds import Kind
from corpus_search.packs.agency_pack import Agency
from corpus_search.tagging.agencies.places import CODES
from corpus_search.tagging.agencies.words import Word

# Words of names that say the kind of body, not where it is.
_NO_PLACE = frozenset(
    "county city town village township borough of the police department dept office sheriff sheriffs s coroner district attorney "
    "attorneys probation parole adult jail bureau division services service state patrol highway correction corrections "
    "motor vehicles licensing department justice rehabilitation prisons secretary dmv and safety public first judicial "
    "enforcement commonwealth prosecutor prosecutors prosecuting".split()
)
_FULL_PLACE = {"oc": "orange", "la": "los angeles", "sac": "sacramento", "sf": "san francisco", "sj": "san jose",
               "philly": "philadelphia", "nyc": "new york", "slo": "san luis obispo", "coco": "contra costa", "ca": "california",
               "cal": "california", "calif": "california", "vegas": "las vegas"}  # fmt: skip


class Official:
    """Finds a listed agency by its kind and place."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._listed: dict[tuple[str, str], list[Agency]] = {}
        for agency in agencies:
            place = _place_of(agency.name)
            for group in agency.groups:
                if place and not group.startswith("us-"):
                    self._listed.setdefault((group, place), []).append(agency)

    def name(self, kind: Kind, place: Sequence[str], code: str | None) -> Agency | None:
        """The listed agency of this kind and place: the first of the list that fits the state, where they agree on it."""
        words = " ".join(word for word in place if word not in _NO_PLACE)
        words = _FULL_PLACE.get(words, words)
        group = "dmv" if kind.id == "dmv" else kind.groups[0]
        found = self._listed.get((group, words), [])
        if kind.states:
            found = [agency for agency in found if set(kind.groups) <= set(agency.groups)]
        if code is not None:
            found = [agency for agency in found if f"us-{code.lower()}" in agency.groups]
        if not found or len({_state(agency) for agency in found if agency.id.startswith("known:")} or {_state(a) for a in found}) > 1:
            return None
        return found[0]


def _state(agency: Agency) -> str:
    return next((group for group in agency.groups if group.startswith("us-")), "")


def _place_of(name: str) -> str:
    words = re.findall(r"[a-z']+|\d+\w*", name.lower().replace("’", "'").replace("'s", ""))
    return " ".join(word for word in words if word not in _NO_PLACE)


def spelt_out(words: Sequence[Word], kind: Kind, full: bool, county: bool) -> str:
    """The name as written, a short kind written out, in title case where it was all capitals or all lower case."""
    texts = [word.text for word in words]
    if full:
        return _titled(" ".join(texts))
    at = len(texts) - 1
    while at > 0 and words[at].norm in ("pd", "so", "sheriff", "sheriffs", "s", "sd", "da", "dao", "dps", "police", "dmv", "doc",
                                        "doj", "mvd", "rmv", "bmv", "mvc", "dol", "sos", "ag", "probation", "parole", "prison",
                                        "p.d", "s.o", "d.a", "hp", "sp", "office", "p", "d", "o", "a", "tribal", "airport", "school"):  # fmt: skip
        at -= 1
    texts = [text for number, text in enumerate(texts[: at + 1]) if number == 0 or text not in CODES]
    place = [_FULL_PLACE.get(text.lower(), text).title() if text.lower() in _FULL_PLACE else text for text in texts]
    written = [("County" if text.lower() in ("co", "cty", "cnty") else text) for text in place]
    name = _titled(" ".join(written))
    if kind.id in ("sheriff", "prosecutor") and not county and "County" not in name and "Parish" not in name:
        name += " County"
    return f"{name} {kind.official}"


def _titled(name: str) -> str:
    name = re.sub(r"\s+(['’]s\b|[,-])\s*", lambda mark: mark.group(1) + (" " if mark.group(1) != "-" else ""), name).strip()
    name = re.sub(r"\bDept\b", "Department", re.sub(r"\s{2,}", " ", name))
    if len(name) > 4 and (name.isupper() or name.islower()):
        return re.sub(r"[A-Za-z]+(?:['’][A-Za-z]+)?", lambda word: word.group().capitalize(), name)
    return name
