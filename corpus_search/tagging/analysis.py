"""Everything that is found in one passage: each finder asked where a cheap look says that it may find something."""

from __future__ import annotations

import re
from pathlib import Path

from corpus_search.packs.model_pack import wants_model
from corpus_search.tagging.agencies import AgencyFinder
from corpus_search.tagging.fences import inside, search_terms
from corpus_search.tagging.found import Findings, Found, Missed
from corpus_search.tagging.identifiers import IdentifierFinder
from corpus_search.tagging.lookups import LookupFinder
from corpus_search.tagging.named_by_model import NamesByModel
from corpus_search.tagging.overlaps import apart, unmet
from corpus_search.tagging.plates import PlateFinder
from corpus_search.tagging.plates import load as load_plates
from corpus_search.tagging.redactions import find_marks

LONGEST_LIST = 1500  # characters: a longer passage stands for itself, whatever heading goes before
# Identifiers that stand in any mail, and do not show that records are looked up.
_IN_ANY_MAIL = frozenset({"phone", "case", "credential"})
_DIGIT = re.compile(r"\d")


class Analysis:
    """Analyses passages by the built-in packs and, where given, a researcher's own."""

    def __init__(self, own: Path | None = None) -> None:
        self.agencies = AgencyFinder(own)
        self._plates: PlateFinder = load_plates(own)
        self._identifiers = IdentifierFinder(own=own)
        self._lookups = LookupFinder(own=own)
        self._names = NamesByModel() if wants_model(own) else None

    def looks_back(self, passage: str) -> bool:
        """Whether what goes before may change what is found: plates under a heading, acts whose object it names."""
        if len(passage) >= LONGEST_LIST:
            return False
        if _DIGIT.search(passage) is not None or self._lookups.looks_back(passage):
            return True
        return self._plates.may_hold(passage)

    def of(self, passage: str, before: str, *, misses: bool = True) -> Findings:
        """The finds of a passage, none claiming what another claims with more right, and the near misses.

        Without `misses` the finds are the same, and what only nearly was one need not be told.
        """
        passage, before = _whole(passage), _whole(before)
        found: list[Found] = list(find_marks(passage))
        missed: list[Missed] = []
        parts: list[Findings] = []
        if self.agencies.may_hold(passage):
            parts.append(self.agencies.find(passage, before))
        if self._plates.may_hold(passage, before):
            parts.append(self._plates.find(passage, before, misses=misses))
        if self._identifiers.may_hold(passage):
            parts.append(self._identifiers.find(passage, before))
        for part in parts:
            found += part.found
            missed += part.missed
        if self._lookups.may_hold(passage):
            things = [
                one
                for one in found
                if one.kind in ("plate", "agency") or (one.kind == "identifier" and _IN_ANY_MAIL.isdisjoint(one.groups))
            ]
            part = self._lookups.find(passage, before, things, misses=misses)
            found += part.found
            missed += part.missed
        if self._names is not None:
            found += self._names.find(passage, found)
        if not found and not (misses and missed):
            return _NOTHING
        fenced = search_terms(passage)
        if fenced:
            barred = [one for one in found if inside(one.start, one.end, fenced)]
            missed += [Missed(one.kind, one.start, one.end, "in a list of search terms") for one in barred]
            found = [one for one in found if one not in barred]
        kept = apart(found)
        return Findings(kept, list(unmet(missed, kept)) if misses else [])


_NOTHING = Findings()
_LONE = re.compile(r"[\ud800-\udfff]")


def _whole(text: str) -> str:
    """The text with half characters, which mail that was cut holds and spaCy can't take, marked as unknown ones."""
    return text if text.isascii() else _LONE.sub("\ufffd", text)
