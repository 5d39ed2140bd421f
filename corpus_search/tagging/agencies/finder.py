"""All ways of finding agencies in one passage, as components of a spaCy pipeline; one stretch of text is one agency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from corpus_search.packs.agency_kinds import load_context, load_kinds
from corpus_search.packs.agency_pack import load_agencies
from corpus_search.tagging.agencies.context import REACH, Doubts, Neighbours, before_number
from corpus_search.tagging.agencies.names import NameHit, Names, spellings
from corpus_search.tagging.agencies.naming import Naming
from corpus_search.tagging.agencies.official import Official
from corpus_search.tagging.agencies.places import Gazetteer, place_words
from corpus_search.tagging.agencies.shared import settled
from corpus_search.tagging.agencies.spelling import Speller, bare
from corpus_search.tagging.agencies.trigger import Trigger
from corpus_search.tagging.agencies.words import Token, words_of
from corpus_search.tagging.fences import addresses, inside
from corpus_search.tagging.found import Findings, Found, Missed
from corpus_search.tagging.language import blank_pipeline
from corpus_search.tagging.overlaps import Claimed
from corpus_search.tagging.view import View

ICE = ("Immigration and Customs Enforcement", ("immigration", "federal"))
_BUSINESS = re.compile(
    r",?\s((?:Bar|Grill|Grille|Cafe|Brewing|Brewery|Pizza|Towing|Plumbing|LLC|Inc|Ltd|GmbH|[Bb]\.?[Vv]|N\.?V|Pty|S\.?r\.?l|"
    r"SpA|Oy|plc)\b)(?!\s[a-z])"
)
_JOINED_BEFORE = re.compile(r"\w-\Z")
_JOINED_AFTER = re.compile(r"-\w")
# What a body does, right behind its name: "WMATA PD called".
_ACTS = re.compile(
    r"\s(?:called|calls|stopped|arrested|booked|released|towed|wants?|wanted|says|said|asked|asks|asking|took|picked|found|"
    r"responded|located|confirmed|confirms|notified|brought|dispatch|warrants|detectives?|officers?|"
    r"(?:has|had|have|got|let|never|already|knows?)\s(?:him|her|it|them|one|two|the|a|called|had|got|released|booked|arrested))\b"
)
NEAR_KIND = 25  # characters around a short kind after an unknown place, in which a word of police work must stand
SHORTEST = 3  # characters of initials that are too few to be a sheriff's without another agency near
SHORT = 5  # characters: initials up to this length may be part of a number


@dataclass(slots=True)
class _State:
    """What the components of the pipeline hand on for one passage."""

    finder: AgencyFinder
    view: View
    tokens: list[Token] = field(default_factory=list)
    candidates: list[tuple[int, Found]] = field(default_factory=list)  # (rank: the higher the surer, find)
    doubtful: list[NameHit] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)


class AgencyFinder:
    """Finds agencies in passages. Made once: the packs become spaCy matchers."""

    kind = "agency"

    def __init__(self, own: Path | None = None) -> None:
        pack, kinds = load_agencies(own), load_kinds()
        self._nlp = blank_pipeline()
        places = Gazetteer(pack.places, kinds.shortened)
        self._names = Names(self._nlp, pack.agencies)
        self._naming = Naming(kinds, places, Official(pack.agencies, kinds))
        self._doubts = Doubts(load_context())
        spelt = [form for agency in pack.agencies for name in agency.names for form in spellings(name)]
        words = chain(
            (bare(word) for form in spelt for word in re.findall(r"[^\W_]+", form)),
            (word for kind in kinds.kinds for text in (*kind.full, *kind.short) for word in place_words(text)),
            (word for word in places.all_words() if len(word) >= 7),
            kinds.between,
        )
        self._speller = Speller(words, kinds.misspelt)
        self._norms: dict[str, str] = {}  # word → its norm, set on spaCy's lexeme when the word was first seen
        self._trigger = Trigger(pack.agencies, self._naming.phrases(), self._speller.mend)
        for component in ("agency_words", "agency_names", "agency_kinds", "agency_context"):
            self._nlp.add_pipe(component)

    def may_hold(self, passage: str) -> bool:
        """False only where no agency can be found."""
        return self._trigger.may_hold(passage)

    def find(self, passage: str, before: str = "") -> Findings:
        """The agencies of a passage."""
        view = View.of(passage)
        doc = self._nlp.make_doc(view.text)
        state = doc.user_data["agencies"] = _State(self, view)
        self._nlp(doc)
        fenced = addresses(view.text) if state.candidates else []
        taken = [
            found
            for found in _apart(settled(state.candidates, view.text))
            if not inside(found.start, found.end, fenced)
        ]
        return Findings([_back(view, found) for found in taken], [_missed_back(view, one) for one in state.missed])

    def mend(self, doc: Doc) -> None:
        """Mend the words of a passage; `by_name`, `by_kind` and `by_context` then add candidates."""
        tokens, norms = doc.user_data["agencies"].tokens, self._norms
        for token in doc:
            text: str = token.text
            norm = norms.get(text)
            if norm is None:
                norm = norms[text] = token.lex.norm_ = self._speller.mend(text)
            tokens.append(Token(text, norm, token.idx))

    def by_name(self, doc: Doc) -> None:
        """Add what packs list."""
        state: _State = doc.user_data["agencies"]
        for hit in self._names.find(doc, state.tokens):
            text = state.view.text[hit.start : hit.end]
            if hit.agency.id == "ICE" and text.replace(".", "").replace(" ", "") == "ICE":
                continue  # left to its own rule: frozen water is written so too
            if (business := _BUSINESS.match(state.view.text, hit.end)) is not None:
                state.missed.append(Missed("agency", hit.start, hit.end, f"the name of a business, by “{business[1]}”"))
            elif len(text) <= SHORT and text.isupper() and before_number(state.view.text, hit.end):
                state.missed.append(Missed("agency", hit.start, hit.end, f"“{text}” runs on into a number"))
            elif len(text) <= SHORT and "immigration" not in hit.agency.groups and _hyphened(state.view.text, hit):
                state.missed.append(Missed("agency", hit.start, hit.end, f"“{text}” within words joined by hyphens"))
            elif hit.doubtful is not None:
                state.doubtful.append(hit)
            else:
                state.candidates.append((3, _listed(hit, text)))

    def by_kind(self, doc: Doc) -> None:
        """Add names that are made of a place and a kind."""
        state: _State = doc.user_data["agencies"]
        if not self._naming.may_begin(token.norm for token in state.tokens):
            return
        for named in self._naming.find(words_of(state.tokens, state.view)):
            around = state.view.text[max(0, named.start - NEAR_KIND) : named.end + NEAR_KIND]
            acts = _ACTS.match(state.view.text, named.end) is not None
            vouched = acts or self._doubts.police(around)
            if not (named.sure or vouched) or (
                named.by_position and not vouched and self._doubts.any_technical(around)
            ):
                reason = "a kind after a word that no list knows as a place"
                state.missed.append(Missed("agency", named.start, named.end, reason))
                continue
            found = Found("agency", named.value, named.groups, named.start, named.end, "naming", named.why)
            state.candidates.append((2, found))

    def by_context(self, doc: Doc) -> None:
        """Add doubtful words that something near vouches for."""
        state: _State = doc.user_data["agencies"]
        text = state.view.text
        technical = self._doubts.technical(text)
        if technical and not self._doubts.police(text):
            self._leave_short(state)
        for judged in chain(
            self._doubts.ice(text, state.missed, technical=technical), self._doubts.immigration(text, state.missed)
        ):
            state.candidates.append((1, Found("agency", *ICE, judged.start, judged.end, "ICE", judged.why)))
        sure = Neighbours((found.start, found.end) for _, found in state.candidates)
        for hit in state.doubtful:
            reason = self._doubts.vouched(hit.doubtful, text, hit.start, hit.end, sure) if hit.doubtful else None
            if reason is None:
                state.candidates.append((3, _listed(hit, text[hit.start : hit.end])))
            else:
                state.missed.append(Missed("agency", hit.start, hit.end, reason))
        if not technical:
            self._by_initials(text, state, sure)

    def _leave_short(self, state: _State) -> None:
        """Leave initials among technical words: they mean something else there."""
        reason = "initials among technical words"
        spans = [(found.start, found.end) for _, found in state.candidates]
        spans += [(hit.start, hit.end) for hit in state.doubtful]
        state.missed += [Missed("agency", start, end, reason) for start, end in spans if end - start <= SHORT]
        state.candidates = [one for one in state.candidates if one[1].end - one[1].start > SHORT]
        state.doubtful = [hit for hit in state.doubtful if hit.end - hit.start > SHORT]

    def _by_initials(self, text: str, state: _State, sure: Neighbours) -> None:
        for start, end, groups in self._doubts.initials(text):
            around = text[max(0, start - REACH) : end + REACH]
            made = text[start:end]
            by_cue = (
                made.endswith(("PD", "CSO", "CSD", "SAO")) or (len(made) > SHORTEST and made.endswith("SO"))
            ) and self._doubts.police(around)
            if by_cue or sure.near(start, end):
                why = "initials made as agencies’ are, in talk of police work"
                state.candidates.append((0, Found("agency", text[start:end], groups, start, end, "initials", why)))
            else:
                state.missed.append(Missed("agency", start, end, "initials that nothing near vouches for"))


@Language.component("agency_words")  # type: ignore[untyped-decorator]  # spaCy has no types
def _words(doc: Doc) -> Doc:
    """Give each token the word that it should be as its norm."""
    doc.user_data["agencies"].finder.mend(doc)
    return doc


@Language.component("agency_names")  # type: ignore[untyped-decorator]  # spaCy has no types
def _names(doc: Doc) -> Doc:
    """Find listed names."""
    doc.user_data["agencies"].finder.by_name(doc)
    return doc


@Language.component("agency_kinds")  # type: ignore[untyped-decorator]  # spaCy has no types
def _kinds(doc: Doc) -> Doc:
    """Find names made of a place and a kind."""
    doc.user_data["agencies"].finder.by_kind(doc)
    return doc


@Language.component("agency_context")  # type: ignore[untyped-decorator]  # spaCy has no types
def _context(doc: Doc) -> Doc:
    """Judge doubtful words by what the other components found and by the words around."""
    doc.user_data["agencies"].finder.by_context(doc)
    return doc


def _hyphened(text: str, hit: NameHit) -> bool:
    """Whether words are joined to both ends: "SCA-PPD-Guidance"; "DHS-HSI-LA" is how immigration's own bodies write."""
    return (
        _JOINED_BEFORE.search(text[max(0, hit.start - 2) : hit.start]) is not None
        and _JOINED_AFTER.match(text, hit.end) is not None
    )


def _listed(hit: NameHit, text: str) -> Found:
    why = f"“{' '.join(text.split())}” in the list of agencies"
    return Found("agency", hit.agency.name, hit.agency.groups, hit.start, hit.end, hit.agency.id, why)


def _apart(candidates: Iterable[tuple[int, Found]]) -> list[Found]:
    """The longest first, then the surer rule; what overlaps one taken is left."""
    taken = Claimed()
    for _, found in sorted(candidates, key=lambda one: (one[1].start - one[1].end, -one[0], one[1].start)):
        if next(taken.overlapping(found), None) is None:
            taken.add(found)
    return sorted(taken.finds, key=lambda found: found.start)


def _back(view: View, found: Found) -> Found:
    start, end = view.back(found.start, found.end)
    return Found(found.kind, found.value, found.groups, start, end, found.by, found.why)


def _missed_back(view: View, missed: Missed) -> Missed:
    start, end = view.back(missed.start, missed.end)
    return Missed(missed.kind, start, end, missed.reason)
