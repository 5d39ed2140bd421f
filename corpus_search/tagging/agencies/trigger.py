"""A cheap look that tells which passages may hold an agency; the others need no spaCy. It never loses a tag.

Every way of finding an agency needs one of a few words: the rarest word of a listed name, the first word of a kind,
initials, "ice", "immigration"; and of a name of several words a second one. The look takes a passage's words as the
tokenizer parts them and mends them as the finder does, so it asks exactly what the finder will ask; each distinct word
is judged once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from corpus_search.packs.agency_pack import Agency
from corpus_search.tagging.agencies.names import spellings
from corpus_search.tagging.agencies.spelling import bare, mended_initials
from corpus_search.tagging.language import SEAMS
from corpus_search.tagging.words import word_set

_WORD = re.compile(r"[^\W_]+(?:['’`´.][^\W_]+)*\.?|\|[A-Z]{2}")
_SEAM = re.compile("|".join(SEAMS))
_RUN = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"(?:[^\W_]\.){1,9}[^\W_](?![^\W_])")  # initials, a word run together with them: "I.C.E.the"
_SPACED = re.compile(r"[A-Z](?<![^\Wa-z].)[\s>|]+[A-Z][\s>|]+[A-Z](?!\w)")  # "I C E"; a search for a capital is fast
_MADE = re.compile(r"[A-Z]{1,5}(?:PD|SO|SD|DA|SAO)\Z")
_ICE = re.compile(r"(?i:[i1l]c[e3])")  # with what reading by machine makes of it
_ALWAYS = frozenset({"ice", "immigration", "imigration", "migra"})
# Kinds so short that they are everyday words: they count only in capitals, or after "county".
_EVERYDAY = frozenset({"so", "da", "doc", "ag", "hp", "sp", "sd", "dol", "sos"})
_COUNTY = frozenset({"county", "co", "cty", "cnty", "parish"})
_AFTER_COUNTY = re.compile(r"(?i)\b(?:county|co|cty|cnty|parish)\b\.?\s{1,3}(?:so|da|doc|sd)\b")
_FREQUENT = frozenset(
    {"and", "of", "the", "for", "service", "services", "center", "office", "department", "state", "county"}
    | {"city", "united", "special", "support", "general", "law", "new", "national", "security", "federal"}
    | {"information", "operations", "team", "program", "border", "air", "field", "u", "s", "us", "a", "i"}
    | {"c", "e", "h"}
)
_LITTLE = frozenset({"and", "of", "the", "for"})
_NOTHING: frozenset[str] = frozenset()
KEPT = 40_000  # distinct words whose judgement is kept: the frequent ones are soon judged again
NORMS = 8_000  # words of which is kept what they may be read as


class Trigger:
    """Whether a passage may hold an agency."""

    def __init__(
        self, agencies: Iterable[Agency], kinds: Iterable[tuple[str, ...]], mend: Callable[[str], str]
    ) -> None:
        self._mend = mend
        # Of each word that a find needs: the words of which it needs one more, for every way to find it.
        partners: dict[str, set[str] | None] = dict.fromkeys(_ALWAYS)
        kinds = list(kinds)
        told = ({_rarest_of(phrase) for phrase in kinds} | _ALWAYS) - _EVERYDAY
        for phrase in kinds:
            _enter(partners, _rarest_of(phrase), phrase)
        exact: set[str] = set()
        for agency in agencies:
            for name in (*agency.names, *(one.text for one in agency.doubtful if not one.exact)):
                for form in spellings(name):
                    runs = [bare(run) for run in _RUN.findall(form)]
                    _enter(partners, next((run for run in runs if run in told), _rarest_of(runs)), runs)
            for text in (*agency.exact, *(one.text for one in agency.doubtful if one.exact)):
                runs = [piece for run in _RUN.findall(text) for piece in _SEAM.split(run) if piece]
                exact.add(_rarest_of(runs) if any(len(run) > 1 for run in runs) else "".join(runs))
        self._partners = {word: frozenset(others) if others else None for word, others in partners.items()}
        self._exact = frozenset(exact)
        self._judged: dict[str, frozenset[str]] = {}  # words that tell something (see `_needed_beside`)
        self._dull: set[str] = set()  # words that tell nothing
        self._norms: dict[str, frozenset[str]] = {}

    def may_hold(self, passage: str) -> bool:
        """False only where no agency can be found."""
        words = set(_WORD.findall(passage))
        asked: set[str] = set()
        for word in words - self._dull:
            known = self._judged.get(word)
            if known is None:
                known = self._judge(word)
            if known is not None:
                if not known:
                    return True
                asked |= known
        if asked and any(not asked.isdisjoint(self._norms_of(word)) for word in words):
            return True
        if _SPACED.search(passage) is not None:
            return True
        return not _COUNTY.isdisjoint(word_set(passage)) and _AFTER_COUNTY.search(passage) is not None

    def _judge(self, word: str) -> frozenset[str] | None:
        """What a word that was not met before tells, kept for the next time."""
        if len(self._judged) + len(self._dull) > KEPT:
            self._judged.clear()
            self._dull.clear()
        known = self._needed_beside(word)
        if known is None:
            self._dull.add(word)
        else:
            self._judged[word] = known
        return known

    def _needed_beside(self, word: str) -> frozenset[str] | None:
        """None where a word tells nothing; else the words of which a find needs one more, if it needs any."""
        needed: set[str] = set()
        tells = False
        for part in _parts(word):
            if part != word and part.lower() in _COUNTY:  # "theCo Doc": a county that was run together with a word
                tells, needed = True, needed | _EVERYDAY
            known = self._tells(part)
            if known is not None:
                if not known:
                    return known
                tells = True
                needed |= known
        return frozenset(needed) if tells else None

    def _norms_of(self, word: str) -> frozenset[str]:
        """What a word may be read as, whole and in parts."""
        known = self._norms.get(word)
        if known is None:
            if len(self._norms) > NORMS:
                self._norms.clear()
            parts = _parts(word)
            known = self._norms[word] = frozenset({*map(self._mend, parts), *map(bare, parts)})
        return known

    def _tells(self, part: str) -> frozenset[str] | None:
        """The same of a part of a word."""
        norm = self._mend(part)
        if norm in _EVERYDAY and not part.isupper():
            return None
        if _MADE.match(part) or self._is_exact(part.replace(".", "")):
            return _NOTHING
        found = [self._partners[word] for word in {norm, bare(part)} if word in self._partners]
        if not found:
            return None
        return _NOTHING.union(*filter(None, found)) if all(found) else _NOTHING

    def _is_exact(self, part: str) -> bool:
        """Whether a part of a word is initials, or begins with some that were run together with others."""
        initials = mended_initials(part)
        if part in self._exact or initials in self._exact or initials.upper() in ("ICE", "IC3") or _ICE.fullmatch(part):
            return True
        return (
            part.isupper()
            and len(part) >= 7
            and any(left in self._exact for left in (part[:3], part[:4], part[:5], part[:6]))
        )


def _parts(word: str) -> set[str]:
    """A word, and what it falls into at its seams and marks."""
    parts = {word, *_SEAM.split(word), *_RUN.findall(word)}
    parts |= {initials.replace(".", "") for initials in _DOTTED.findall(word)}
    parts |= {run for part in tuple(parts) for run in (*_SEAM.split(part), *_RUN.findall(part))}
    return set(filter(None, parts))


def _enter(partners: dict[str, set[str] | None], word: str, phrase: Sequence[str]) -> None:
    """Note that a find needs this word, and what other word of the phrase besides."""
    others = [other for other in phrase if other != word and len(other) > 1 and other not in _LITTLE]
    if not others:
        partners[word] = None
    elif (known := partners.setdefault(word, set())) is not None:
        known.add(_rarest_of(others))


def _rarest_of(words: Sequence[str]) -> str:
    """The word of a name that ordinary mail holds least often."""
    return max(words, key=lambda word: (word.lower() not in _FREQUENT, len(word)), default="")
