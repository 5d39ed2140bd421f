"""Other identifiers: they decide what is no plate, and what is masked when something leaves the corpus.

Each needs its cue right before it, but for the few whose form tells by itself: a VIN by its check digit, an A-number, a
social security or telephone number as they are usually written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from corpus_search.packs.identifier_pack import IdentifierKind, IdentifierPack, load_identifiers
from corpus_search.tagging.found import Findings, Found, Missed
from corpus_search.tagging.identifier_values import value_of, vin_is_valid
from corpus_search.tagging.wording import compile_phrases
from corpus_search.tagging.words import word_set

_GAP: Final = re.compile(r"[ \t]?(?:[:#=/.-]|\bis\b|\bno\.|\n)?[ \t]?[:#=/\"“(]?[ \t]?")
_SAID: Final = re.compile(r"[:=/]|\b(?:is|to|pw|pin|was)\s*\Z", re.IGNORECASE)
_EDGE: Final = re.compile(r"[A-Za-z0-9]|[-/][A-Za-z0-9]")


class IdentifierFinder:
    """Finds identifiers by the kinds of the packs."""

    def __init__(self, pack: IdentifierPack | None = None, own: Path | None = None) -> None:
        pack = pack or load_identifiers(own)
        self._kinds = pack.kinds
        cued = {f"kind_{place}": kind.cues for place, kind in enumerate(pack.kinds) if kind.cues}
        self._cues = compile_phrases(cued, pack.lists)
        alone = [f"(?P<kind_{place}>{kind.alone})" for place, kind in enumerate(pack.kinds) if kind.alone]
        self._alone = re.compile(rf"(?<![\w#/.-])(?:{'|'.join(alone) or '(?!)'})(?![\w-]|\.\d)")

    def may_hold(self, passage: str) -> bool:
        """False only where nothing can be found: no cue and no digits in the form of one that tells by itself."""
        return self._may_be_cued(passage) or self._alone.search(passage) is not None

    def find(self, passage: str, before: str = "") -> Findings:
        """The identifiers of a passage."""
        findings = Findings()
        taken = bytearray(len(passage))
        for start, end, kind, cue in (*self._cued(passage), *self._uncued(passage)):
            if any(taken[start:end]):
                continue
            written = passage[start:end]
            if kind.check == "vin" and not vin_is_valid(written.upper()) and not cue:
                findings.missed.append(Missed("identifier", start, end, "17 characters, but the check digit is wrong"))
                continue
            taken[start:end] = b"\1" * (end - start)
            why = f"{kind.called}, “{cue}” before it" if cue else f"{kind.called} by its form"
            findings.found.append(
                Found("identifier", value_of(kind.value, written), (kind.group,), start, end, kind.id, why)
            )
        findings.found.sort(key=lambda one: one.start)
        return findings

    def _may_be_cued(self, passage: str) -> bool:
        words = word_set(passage)
        return self._cues.may_hold(words) and self._cues.may_stand(words)

    def _cued(self, passage: str) -> Iterator[tuple[int, int, IdentifierKind, str]]:
        if not self._may_be_cued(passage):
            return
        for hit in self._cues.find(passage):
            kind = self._kinds[int(hit.name.removeprefix("kind_"))]
            gap = _GAP.match(passage, hit.end)
            start = gap.end() if gap else hit.end
            cue = passage[hit.start : hit.end]
            between = gap[0] if gap else ""
            if kind.marked == "colon" and not any(mark in between for mark in ":="):
                continue
            if kind.marked == "said" and not _SAID.search(cue + between):
                continue
            found = kind.shape.match(passage, start) if kind.shape is not None else None
            if found is not None and not _EDGE.match(passage, found.end()) and start > hit.end - 1:
                end = found.end() - (len(found[0]) - len(found[0].rstrip(".:")))
                yield start, end, kind, cue

    def _uncued(self, passage: str) -> Iterator[tuple[int, int, IdentifierKind, str]]:
        for found in self._alone.finditer(passage):
            yield found.start(), found.end(), self._kinds[int((found.lastgroup or "").removeprefix("kind_"))], ""
