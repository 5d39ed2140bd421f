"""A cheap look that tells which passages may hold an agency; the others need no spaCy. It never loses a tag.

Every way of finding an agency needs one of a few words: the rarest word of a listed name, the first word of a kind,
initials, "ice", "immigration". The look takes a passage's words as the tokenizer parts them and mends them as the
finder does, so it asks exactly what the finder will ask; each distinct word is judged once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from corpus_search.packs.agency_pack import Agency
from corpus_search.tagging.agencies.spelling import bare, mended_initials
from corpus_search.tagging.language import SEAMS

_WORD = re.compile(r"[^\W_]+(?:['’`´.][^\W_]+)*\.?|\|[A-Z]{2}")
_SEAM = re.compile("|".join(SEAMS))
_RUN = re.compile(r"[^\W_]+")
_SPACED = re.compile(r"(?<![^\Wa-z])[A-Z][\s>|]+[A-Z][\s>|]+[A-Z](?!\w)")  # "I C E"
_MADE = re.compile(r"[A-Z]{1,5}(?:PD|SO|SD|DA)\Z")
_ALWAYS = frozenset({"ice", "immigration", "imigration", "migra"})
# Kinds so short that they are everyday words: they count only with a capital, or after "county".
_EVERYDAY = frozenset({"so", "da", "doc", "ag", "hp", "sp", "sd", "dol", "sos"})
_AFTER_COUNTY = re.compile(r"(?i)\b(?:county|co|cty|cnty|parish)\b\.?\s{1,3}(?:so|da|doc|sd)\b")
_FREQUENT = frozenset(
    {"and", "of", "the", "for", "service", "services", "center", "office", "department", "state", "county"}
    | {"city", "united", "special", "support", "general", "law", "new", "national", "security", "federal"}
    | {"information", "operations", "team", "program", "border", "air", "field", "u", "s", "us", "a", "i"}
    | {"c", "e", "h"}
)
KEPT = 200_000  # distinct words whose judgement is kept


class Trigger:
    """Whether a passage may hold an agency."""

    def __init__(
        self, agencies: Iterable[Agency], kinds: Iterable[tuple[str, ...]], mend: Callable[[str], str]
    ) -> None:
        self._mend = mend
        words = {_rarest_of(phrase) for phrase in kinds} | _ALWAYS
        told = words - _EVERYDAY
        exact: set[str] = set()
        for agency in agencies:
            for name in (*agency.names, *(one.text for one in agency.doubtful if not one.exact)):
                runs = [bare(run) for run in _RUN.findall(name.lower())]
                words.add(next((run for run in runs if run in told), _rarest_of(runs)))
            for text in (*agency.exact, *(one.text for one in agency.doubtful if one.exact)):
                runs = _RUN.findall(text)
                exact.add(_rarest_of(runs) if any(len(run) > 1 for run in runs) else "".join(runs))
        self._words = frozenset(words)
        self._exact = frozenset(exact)
        self._judged: dict[str, bool] = {}

    def may_hold(self, passage: str) -> bool:
        """False only where no agency can be found."""
        judged = self._judged
        for word in set(_WORD.findall(passage)):
            known = judged.get(word)
            if known is None:
                if len(judged) > KEPT:
                    judged.clear()
                known = judged[word] = self._telling(word)
            if known:
                return True
        return _SPACED.search(passage) is not None or _AFTER_COUNTY.search(passage) is not None

    def _telling(self, word: str) -> bool:
        """Whether a word is one of those that every find needs at least one of."""
        parts = {word, *_SEAM.split(word), *_RUN.findall(word)}
        parts |= {run for part in tuple(parts) for run in (*_SEAM.split(part), *_RUN.findall(part))}
        return any(map(self._tells, filter(None, parts)))

    def _tells(self, part: str) -> bool:
        norm = self._mend(part)
        if norm in _EVERYDAY and part[0].islower():
            return False
        if norm in self._words or bare(part) in self._words or _MADE.match(part):
            return True
        part = part.replace(".", "")
        initials = mended_initials(part)
        if part in self._exact or initials in self._exact or initials.upper() in ("ICE", "IC3"):
            return True
        return (
            part.isupper()
            and len(part) >= 7
            and any(left in self._exact for left in (part[:3], part[:4], part[:5], part[:6]))
        )


def _rarest_of(words: Sequence[str]) -> str:
    """The word of a name that ordinary mail holds least often."""
    return max(words, key=lambda word: (word.lower() not in _FREQUENT, len(word)), default="")
