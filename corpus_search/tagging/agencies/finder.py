"""All ways of finding agencies in one passage, overlaps resolved: one stretch of text is one agency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from corpus_search.packs.agency_pack import Agency, Doubtful, load_agencies
from corpus_search.tagging.agencies.context import (
    REACH,
    Judged,
    before_number,
    find_ice,
    find_immigration,
    find_initials,
)
from corpus_search.tagging.agencies.naming import Named, Naming
from corpus_search.tagging.found import Findings, Found, Missed

_RUN_TOGETHER = re.compile(r"(?<=[a-z])(?=[A-Z(])|(?<=\))(?=[A-Z])|(?<=[A-Z]{3})(?=\()")
IMMIGRATION = "Immigration and Customs Enforcement"


class AgencyFinder:
    """Finds agencies in passages. Made once: the gazetteer becomes spaCy phrase matchers."""

    def __init__(self, nlp: Language, own: Path | None = None) -> None:
        pack = load_agencies(own)
        self._nlp = nlp
        self._agencies = pack.agencies
        self._naming = Naming(pack.places)
        self._any = PhraseMatcher(nlp.vocab, attr="NORM")
        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._doubtful: dict[str, Doubtful] = {}
        self._words = frozenset(_words(pack.agencies))
        self._near = _deletions(self._words)
        self._add(pack.agencies)

    def _add(self, agencies: Iterable[Agency]) -> None:
        names: dict[str, list[Doc]] = {}
        exact: dict[str, list[Doc]] = {}
        for number, agency in enumerate(agencies):
            for name in agency.names:
                for form in _forms(name):
                    names.setdefault(f"{number}", []).append(self._normed(form))
            for text in agency.exact:
                exact.setdefault(f"{number}", []).append(self._nlp.make_doc(text))
            for at, doubtful in enumerate(agency.doubtful):
                key = f"{number}/{at}"
                self._doubtful[key] = doubtful
                target = exact if doubtful.exact else names
                make = self._nlp.make_doc if doubtful.exact else self._normed
                target[key] = [make(doubtful.text)]
        for key, docs in names.items():
            self._any.add(key, docs)
        for key, docs in exact.items():
            self._exact.add(key, docs)

    def _normed(self, text: str) -> Doc:
        doc = self._nlp.make_doc(text)
        for token in doc:
            token.norm_ = bare(token.text)
        return doc

    def norm(self, doc: Doc) -> None:
        """Give each token its bare form, slips of OCR and spelling in words of agencies' names mended."""
        for token in doc:
            token.norm_ = self._mended(token.text)

    def _mended(self, text: str) -> str:
        word = bare(text)
        if len(word) < 7 or word in self._words:
            return word
        shaped = _shape(word)
        if shaped in self._words:
            return shaped
        for cut in _cuts(shaped):
            near = self._near.get(cut)
            if near is not None:
                return near
        return word

    def find(self, doc: Doc) -> Findings:
        """The agencies of a passage."""
        text = doc.text
        findings = Findings()
        self.norm(doc)
        candidates: list[tuple[int, Found]] = []
        for matcher in (self._any, self._exact):
            for key, first, last in matcher(doc):
                span = doc[first:last]
                found = self._by_name(self._nlp.vocab.strings[key], span.start_char, span.end_char, text, findings)
                if found is not None:
                    candidates.append((3, found))
        candidates += [(2, _found(named.value, named.groups, named, "naming")) for named in self._naming.find(text)]
        ice = ("immigration", "federal")
        candidates += [(1, _found(IMMIGRATION, ice, judged, "ICE")) for judged in find_ice(text, findings.missed)]
        candidates += [
            (1, _found(IMMIGRATION, ice, judged, "ICE")) for judged in find_immigration(text, findings.missed)
        ]
        for start, end, groups in find_initials(text):
            why = "initials made as agencies’ are, in talk of police work"
            candidates.append((0, Found("agency", text[start:end], groups, start, end, "initials", why)))
        findings.found = [found for found in _apart(candidates) if not _fenced(text, found)]
        return findings

    def _by_name(self, key: str, start: int, end: int, text: str, findings: Findings) -> Found | None:
        agency = self._agencies[int(key.partition("/")[0])]
        if agency.id == "ICE" and text[start:end].replace(".", "") == "ICE":
            return None  # left to its own rule: frozen water is written so too
        if end - start <= 5 and text[start:end].isupper() and before_number(text, end):
            return None
        doubtful = self._doubtful.get(key)
        if doubtful is not None:
            verdict = _vouched(doubtful, text, start, end)
            if verdict is not None:
                findings.missed.append(Missed("agency", start, end, verdict))
                return None
        why = f"“{' '.join(text[start:end].split())}” in the list of agencies"
        return Found("agency", agency.name, agency.groups, start, end, agency.id, why)


def _found(value: str, groups: tuple[str, ...], at: Named | Judged, by: str) -> Found:
    return Found("agency", value, groups, at.start, at.end, by, at.why)


def bare(text: str) -> str:
    """A token in lower case without apostrophe: "’s" is then the "s" that OCR leaves of it."""
    return text.lower().replace("’", "'").strip("'") or text


def _forms(name: str) -> Iterable[str]:
    """A name with its possessive as written, run together, and without it."""
    lowered = name.replace("’", "'")
    yield lowered
    if "'s" in lowered:
        yield lowered.replace("'s", "s")
        yield lowered.replace("'s", " s")
    if " & " in lowered:
        yield lowered.replace(" & ", " and ")


def _words(agencies: Iterable[Agency]) -> Iterable[str]:
    for agency in agencies:
        if not agency.id.startswith("local:"):
            for name in agency.names:
                yield from (word for word in re.findall(r"[a-z]{7,}", name))
    yield from ("sheriff", "sheriffs", "department", "detention", "correctional", "probation", "attorney", "district")


_SHAPES = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("5", "s"), ("|", "l"))


@lru_cache(maxsize=50_000)
def _shape(word: str) -> str:
    for wrong, right in _SHAPES:
        word = word.replace(wrong, right)
    return word


def _cuts(word: str) -> Iterable[str]:
    """The word, and the word with any one letter left out."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _deletions(words: Iterable[str]) -> dict[str, str]:
    """One-letter deletions → word: two words one slip apart share one (symmetric deletion)."""
    table: dict[str, str] = {}
    for word in sorted(words):
        if len(word) >= 9 or word in ("sheriff", "custorns"):
            for cut in _cuts(word):
                table.setdefault(cut, word)
    return table


@lru_cache(maxsize=4096)
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)


def _vouched(doubtful: Doubtful, text: str, start: int, end: int) -> str | None:
    """Why a doubtful text is not the agency here; None where it is."""
    around = text[max(0, start - REACH) : start] + "\x00" + text[end : end + REACH]
    whole = text[max(0, start - REACH) : end + REACH]
    if doubtful.unless and (against := _any_word(doubtful.unless).search(whole)):
        return f"“{text[start:end]}” beside “{against.group()}” is something else"
    near = tuple(word for word in doubtful.near or () if word != doubtful.text.lower())
    if doubtful.near is not None and not (near and _any_word(near).search(around)):
        return f"“{text[start:end]}” without a word near it that vouches for the agency"
    return None


def _apart(candidates: Iterable[tuple[int, Found]]) -> list[Found]:
    """The longest first, then the surer rule; what overlaps one taken is left."""
    taken: list[Found] = []
    for _, found in sorted(candidates, key=lambda one: (one[1].start - one[1].end, -one[0], one[1].start)):
        if all(found.end <= other.start or found.start >= other.end for other in taken):
            taken.append(found)
    return sorted(taken, key=lambda found: found.start)


_ADDRESS = re.compile(r"[\w.+-]*@[\w.-]+|https?://\S+|www\.\S+|\S+\.(?:gov|org|com|net|pdf|docx?|xlsx?)\b")


def _fenced(text: str, found: Found) -> bool:
    """Whether a find stands inside an address, a link or a file's name."""
    low = max(text.rfind(" ", 0, found.start), text.rfind("\n", 0, found.start), text.rfind("<", 0, found.start)) + 1
    return any(
        fence.start() <= found.start and found.end <= fence.end()
        for fence in _ADDRESS.finditer(text, low, min(len(text), found.end + 120))
    )
