"""Whose a mail domain is: the tables first, the longest listed ending winning; then how the domain is made."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus_search.packs.party_pack import Making, Owner, PartyPack

_STATES = frozenset(
    {"al", "ak", "az", "ar", "ca", "co", "ct", "de", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky"}
    | {"la", "me", "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd"}
    | {"oh", "ok", "or", "pa", "ri", "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy", "dc"}
)
_STATE_ENDING = re.compile(
    r"(?P<stem>[a-z-]{3,}?(?:pd|police|sheriff|so|jail|county|court|courts|corrections|-))-?(?P<state>[a-z]{2})\Z"
)
_PUBLIC = ("gov", "us", "org")
_LEVELS = {"federal": "federal", "state": "state", "local": "local", "tribal": "local"}


class Domains:
    """Looks up mail domains."""

    def __init__(self, pack: PartyPack) -> None:
        self._pack = pack
        self.owner = lru_cache(maxsize=20_000)(self._owner)

    def _owner(self, domain: str) -> Owner | None:
        """Whose a domain is; None where nothing is known. A look-alike is nobody's, and closed to other evidence."""
        name = repaired(domain)
        labels = name.split(".")
        if len(labels) < 2:
            return None
        for first in range(len(labels) - 1):
            listed = self._pack.listed.get(".".join(labels[first:]))
            if listed is not None and (first == 0 or not listed[0]):
                return listed[1]
        if name in self._pack.free_mail:
            return Owner(None, ("personal",), "a free-mail domain")
        if name.endswith(".dhs.gov"):
            return Owner("Department of Homeland Security", ("immigration", "federal"), "a domain under dhs.gov")
        if name.endswith(".mil"):
            return Owner("Department of Defense", ("federal",), "a .mil domain")
        if self._poses(labels):
            return Owner(None, (), f"the domain {name} only looks like an authority's", closed=True)
        return self._by_making(name, labels)

    def _poses(self, labels: list[str]) -> bool:
        """Whether a domain is made to look like one of another ending: "ice-dhs.gov.example.com", "dhs-gov.com"."""
        if "gov" in labels[:-1] or "mil" in labels[:-1]:
            return True
        words = [word for label in labels[:-1] for word in label.split("-")]
        posing = [word for word in words if word in self._pack.posing]
        return labels[-1] != "gov" and len(set(posing)) >= 2

    def _by_making(self, name: str, labels: list[str]) -> Owner | None:
        registered, stem, bare, state = _parts(labels)
        level, of = self._pack.levels.get(registered, ("", "")) if labels[-1] == "gov" else ("", "")
        places = tuple(f"us-{code}" for code in dict.fromkeys((state, of.lower())) if code in _STATES and code != "dc")
        if level == "federal":
            return Owner(registered, ("federal",), f"{registered} in the list of .gov domains")
        group = None
        if labels[-1] in self._pack.official_endings:
            group = self._made_as(labels, stem)
            if group is not None and stem != bare:
                places = tuple(f"us-{code}" for code in (of.lower(),) if code in _STATES)
            group = group or self._made_as(labels, bare)
        if group == "other":
            return Owner(None, (), f"the making of the domain {name}", closed=True)
        if group is None and labels[-1] == "gov":
            group = _LEVELS.get(level, "local")  # a .gov is a government's; those that no list has are small places'
        if group is None:
            return None
        agency = name if group not in ("state", "local") else None
        return Owner(agency, (group, *places), f"the making of the domain {name}", shared=group in ("local", "state"))

    def _made_as(self, labels: list[str], stem: str) -> str | None:
        """The kind of body that the making of a domain tells."""
        if stem in self._pack.not_law:
            return None
        hosts = frozenset(labels[:-1])
        for making in self._pack.makings:
            if hosts & making.labels:
                return making.group
            if any(stem.endswith(end) and len(stem) > len(end) + 1 for end in making.ends):
                return making.group
            if labels[-1] in _PUBLIC and self._ends_short(stem, making):
                return making.group
            if any(stem.startswith(begin) and len(stem) > len(begin) + 2 for begin in making.begins):
                return making.group
        return None

    def _ends_short(self, stem: str, making: Making) -> bool:
        """Whether a stem ends with "so" or "da", and not as everyday words do."""
        long_enough = any(stem.endswith(end) and len(stem) > len(end) + 4 for end in making.short_ends)
        return long_enough and not stem.endswith(self._pack.not_short)


def repaired(domain: str) -> str:
    """A domain in lower case, blanks and marks that OCR or redaction left taken out ("ice.dhs. qov")."""
    name = re.sub(r"[\s<>()\[\]]+", "", domain).lower().strip(".,;:")
    return re.sub(r"[.,](?:qov|g0v|gow)$", ".gov", name.replace(",", "."))


def _parts(labels: list[str]) -> tuple[str, str, str, str]:
    """The registered domain, its stem, the stem without a state's letters, and the state that the name tells."""
    if labels[-1] == "us" and len(labels) > 2 and labels[-2] in _STATES:
        return ".".join(labels[-3:]), labels[-3], labels[-3], labels[-2]
    registered, stem = ".".join(labels[-2:]), labels[-2]
    if labels[-1] == "gov" and stem in _STATES:
        stem_under = labels[-3] if len(labels) > 2 else stem
        return registered, stem_under, stem_under, stem
    ending = _STATE_ENDING.match(stem)
    if ending is not None and ending.group("state") in _STATES:
        return registered, stem, ending.group("stem"), ending.group("state")
    return registered, stem, stem, ""
