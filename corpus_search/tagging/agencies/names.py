"""Agencies by the names and initials that packs list: spaCy phrase matchers, doubtful ones left for others to judge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from corpus_search.packs.agency_pack import Agency, Doubtful
from corpus_search.tagging.agencies.spelling import bare, mended_initials
from corpus_search.tagging.agencies.words import Token

_GLUED = re.compile(r"[A-Z]{3,6}[Il1|][A-Z]{3,6}\Z")  # OCR reads the slash of "LASD/CBP" as a letter
_GLUE = re.compile(r"[Il1|]")


class NameHit(NamedTuple):
    """Where a listed name stands (characters), its agency, and the doubt about it, if any."""

    start: int
    end: int
    agency: Agency
    doubtful: Doubtful | None


class Names:
    """The names of packs as phrase matchers: in any case by mended words, as written by the tokens themselves."""

    def __init__(self, nlp: Language, agencies: Sequence[Agency]) -> None:
        self._nlp = nlp
        self._any = PhraseMatcher(nlp.vocab, attr="NORM")
        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._initials: dict[str, list[tuple[Agency, Doubtful | None]]] = {}
        self._keys: dict[str, list[tuple[Agency, Doubtful | None]]] = {}
        for agency in agencies:
            for name in agency.names:
                self._add_any(name, agency, None)
            for text in agency.exact:
                self._add_exact(text, agency, None)
            for doubtful in agency.doubtful:
                add = self._add_exact if doubtful.exact else self._add_any
                add(doubtful.text, agency, doubtful)

    def find(self, doc: Doc, tokens: Sequence[Token]) -> Iterator[NameHit]:
        """Every listed name in a passage; `tokens` are the doc's, whose norms are their mended words."""
        for matcher in (self._any, self._exact):
            for key, first, last in matcher(doc):
                start, end = tokens[first].start, tokens[last - 1].start + len(tokens[last - 1].text)
                for agency, doubtful in self._keys[self._nlp.vocab.strings[key]]:
                    yield NameHit(start, end, agency, doubtful)
        for text, _, start in tokens:
            if not text.islower():
                mended = mended_initials(text)
                for agency, doubtful in self._initials.get(mended, ()):
                    if doubtful is None or mended == text:  # two doubts at once are too many
                        yield NameHit(start, start + len(text), agency, doubtful)
                if _GLUED.match(text):
                    yield from self._glued(text, start)

    def _glued(self, text: str, start: int) -> Iterator[NameHit]:
        for seam in _GLUE.finditer(text, 3):
            left, right = text[: seam.start()], text[seam.end() :]
            if left in self._initials and right in self._initials:
                for part, at in ((left, start), (right, start + seam.end())):
                    agency, doubtful = self._initials[part][0]
                    yield NameHit(at, at + len(part), agency, doubtful)
                return

    def _add_any(self, name: str, agency: Agency, doubtful: Doubtful | None) -> None:
        for form in spellings(name):
            doc = self._nlp.make_doc(form)
            for token in doc:
                token.norm_ = bare(token.text)  # of the pattern alone: the lexeme keeps its own
            self._add(self._any, f"any {form}", doc, agency, doubtful)

    def _add_exact(self, text: str, agency: Agency, doubtful: Doubtful | None) -> None:
        doc = self._nlp.make_doc(text)
        if len(doc) == 1:
            self._initials.setdefault(text, []).append((agency, doubtful))
        else:
            self._add(self._exact, f"exact {text}", doc, agency, doubtful)

    def _add(self, matcher: PhraseMatcher, key: str, doc: Doc, agency: Agency, doubtful: Doubtful | None) -> None:
        known = self._keys.setdefault(key, [])
        if not known:
            matcher.add(key, [doc])
        known.append((agency, doubtful))


def spellings(name: str) -> Iterable[str]:
    """A name with its possessive as written, run together and lost, "&" as "and"."""
    lowered = name.replace("’", "'").lower()
    yield lowered
    for country in ("u.s. ", "us "):
        if lowered.startswith(country):
            yield "u. s. " + lowered.removeprefix(country)
            yield "united states " + lowered.removeprefix(country)
    if "'s" in lowered:
        yield lowered.replace("'s", "s")
        yield lowered.replace("'s", "")
    if " & " in lowered:
        yield lowered.replace(" & ", " and ")
    elif " and " in lowered:
        yield lowered.replace(" and ", " & ")
