"""A cheap look that tells which passages may hold an agency; the others need no spaCy. It never loses a tag.

Every way of finding an agency needs a word of a known name, initials, or a kind of body after a capital or a place:
the look asks for the rarest such word of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus_search.packs.agency_pack import Agency

_KINDS = re.compile(
    r"(?i:sher[il1]ff|pol[il1]ce|\bp\.?d\b|\bs\.?o\b|jail|detention|correction|probation|attorney|prosecut|\bd\.?a\b|court|"
    r"pretrial|patrol|troopers?|\bdmv\b|\brmv\b|\bbmv\b|\bmvd\b|\bmvc\b|\bdol\b|\bdoc\b|motor\s+vehicles|licensing|"
    r"secretary\s+of\s+state|public\s+safety|\bdps\b|marshal|prison|justice\s+center|imm?i[gq]r[ao]t[il1]on|"
    r"\b(?:[1il|]ce|ic3)\b|\bi\.c\.e|migra)"
)
_INITIALS = re.compile(r"[A-Z]{1,5}(?:PD|SO|SD)\b")


class Trigger:
    """Whether a passage may hold an agency."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        texts: set[str] = set()
        for agency in agencies:
            for name in (*agency.names, *(one.text for one in agency.doubtful if not one.exact)):
                if _KINDS.search(name) is None:
                    texts.add(_rarest(name))
            for text in (*agency.exact, *(one.text for one in agency.doubtful if one.exact)):
                if _KINDS.search(text) is None:
                    texts.add(text.lower())
        whole = sorted({text for text in texts if len(text) <= 6})
        stems = sorted({text[:5] for text in texts if len(text) > 6})
        self._words = frozenset(re.findall(r"[a-z0-9]+", " ".join(whole)))
        self._stems = frozenset(stems)

    def may_hold(self, passage: str) -> bool:
        """False only where no agency can be found."""
        if _KINDS.search(passage) or _INITIALS.search(passage):
            return True
        lowered = passage.lower()
        for word in _WORD.findall(lowered):
            if word in self._words or word[:5] in self._stems:
                return True
        return _DAMAGED.search(lowered) is not None


_WORD = re.compile(r"[a-z0-9]+")
_DAMAGED = re.compile(r"[a-z](?:rn|vv|[015|])[a-z]{2}")  # a word that OCR may have damaged beyond its stem
_FREQUENT = frozenset(
    [
        "and",
        "of",
        "the",
        "for",
        "service",
        "services",
        "center",
        "office",
        "department",
        "state",
        "county",
        "city",
        "united",
        "special",
        "support",
        "general",
        "law",
        "new",
        "national",
        "security",
        "federal",
        "information",
        "operations",
        "team",
        "program",
        "border",
        "air",
        "field",
    ]
)


def _rarest(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name.lower())
    return max(words, key=lambda word: (word not in _FREQUENT, len(word)), default=name.lower())
