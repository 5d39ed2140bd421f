"""The tagging pass: a message's passages through the spaCy pipeline, each passage once however often it is quoted."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from corpus_search import __version__
from corpus_search.model import Message, NearMiss, Record, Tag, Zone
from corpus_search.packs.agency_pack import load_agencies
from corpus_search.tagging.agencies.finder import AgencyFinder
from corpus_search.tagging.fences import inside, search_terms
from corpus_search.tagging.found import Findings, Found, Missed
from corpus_search.tagging.identifiers import IdentifierFinder
from corpus_search.tagging.language import blank_pipeline
from corpus_search.tagging.lookups import LookupFinder
from corpus_search.tagging.parties import PartyResolver
from corpus_search.tagging.passages import Passage, passages
from corpus_search.tagging.plates import PlateFinder
from corpus_search.tagging.plates import load as load_plates
from corpus_search.tagging.redactions import find_boxes, find_marks
from corpus_search.tagging.trigger import Trigger

KEPT = 20_000  # passages whose findings are kept: quoted mail repeats them
BEFORE = 400  # characters before a passage that a finder may look at for cues
_ORDER = {"redaction": 0, "plate": 1, "identifier": 2, "agency": 3, "lookup": 4}


class Tagger:
    """Tags messages by the built-in packs and, where given, a researcher's own."""

    def __init__(self, own: Path | None = None) -> None:
        self._nlp = _pipeline(own)
        self._trigger = Trigger(load_agencies(own).agencies)
        self._plates: PlateFinder = load_plates(own)
        self._lookups = LookupFinder()
        self._identifiers = IdentifierFinder()
        self._parties = PartyResolver(self._agencies_in, own)
        self._kept: OrderedDict[tuple[str, str], Findings] = OrderedDict()
        self.digest = _digest(own)

    @classmethod
    def load(cls, own: Path | None = None) -> Tagger:
        """The tagger with the built-in packs and those of a folder.

        Raises:
            PackError: a pack of the folder can't be used.
        """
        return cls(own)

    def record(self, message: Message) -> Record:
        """The message with its parties' agencies, and its tags."""
        return Record(self._parties.resolve(message), self.tag(message))

    def tag(self, message: Message) -> tuple[Tag, ...]:
        """The tags of a message, in the order of its text."""
        found: list[Tag] = []
        for passage in passages(message.text, message.zones):
            if passage.zone == "furniture":
                continue
            for one in self._in_passage(message.text, passage).found:
                found.append(_tag(one, passage, message.text))
        boxes = [Passage(0, message.text, "own", 0)] if message.redactions else []
        for whole in boxes:
            for one in find_boxes(message.redactions):
                zone = message.zone_at(one.start)
                found.append(_tag(one, whole._replace(zone=zone), message.text))
        return tuple(_apart(found))

    def explain(self, text: str) -> tuple[tuple[Tag, ...], tuple[NearMiss, ...]]:
        """The tags of a piece of text, and what was ruled out and why."""
        tags: list[Tag] = []
        misses: list[NearMiss] = []
        for passage in passages(text, (Zone("own", 0, len(text)),)):
            findings = self._in_passage(text, passage)
            tags += [_tag(one, passage, text) for one in findings.found]
            misses += [_miss(one, passage, text) for one in findings.missed]
        kept = tuple(_apart(tags))
        return kept, tuple(sorted(_unmet(misses, kept), key=lambda miss: (miss.start, miss.kind)))

    def _in_passage(self, text: str, passage: Passage) -> Findings:
        before = text[max(passage.zone_start, passage.start - BEFORE) : passage.start]
        if not self._looks_back(passage.text):
            before = ""
        key = (passage.text, before)
        known = self._kept.get(key)
        if known is None:
            known = self._kept[key] = self._analyse(passage.text, before)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return known

    def _looks_back(self, passage: str) -> bool:
        """Whether what goes before may change what is found: plates in a list under a heading."""
        return len(passage) < 1500 and any(c.isdigit() for c in passage)

    def _analyse(self, passage: str, before: str) -> Findings:
        out = Findings()
        if self._trigger.may_hold(passage):
            doc = self._nlp(passage)
            out = doc.user_data["findings"]
        parts = []
        if self._plates.may_hold(passage):
            parts.append(self._plates.find(passage, before))
        if self._identifiers.may_hold(passage):
            parts.append(self._identifiers.find(passage, before))
        if self._lookups.may_hold(passage):
            things = [(one.start, one.end) for part in parts for one in part.found]
            parts.append(self._lookups.find(passage, before, things))
        found = [*out.found, *find_marks(passage)]
        missed = list(out.missed)
        for part in parts:
            found += part.found
            missed += part.missed
        fenced = search_terms(passage)
        missed += [
            Missed(one.kind, one.start, one.end, "in a list of search terms")
            for one in found
            if inside(one.start, one.end, fenced)
        ]
        return Findings([one for one in found if not inside(one.start, one.end, fenced)], missed)

    def _agencies_in(self, text: str) -> Sequence[Found]:
        """The agencies named in a short text: a display name, a signature."""
        if not self._trigger.may_hold(text):
            return ()
        findings: Findings = self._nlp(text).user_data["findings"]
        return findings.found


def _pipeline(own: Path | None) -> Language:
    nlp = blank_pipeline()
    finder = AgencyFinder(nlp, own)

    def agencies(doc: Doc) -> Doc:
        doc.user_data["findings"] = finder.find(doc)
        return doc

    Language.component("corpus_search_agencies", func=agencies)
    nlp.add_pipe("corpus_search_agencies")
    return nlp


def _tag(one: Found, passage: Passage, text: str) -> Tag:
    start, end = passage.start + one.start, passage.start + one.end
    return Tag(one.kind, one.value, one.groups, text[start:end], start, end, passage.zone, one.by, one.why)


def _miss(one: Missed, passage: Passage, text: str) -> NearMiss:
    start, end = passage.start + one.start, passage.start + one.end
    return NearMiss(one.kind, text[start:end], start, end, one.reason)


def _apart(tags: Iterable[Tag]) -> list[Tag]:
    """Tags without those that another kind claims with more right: a blacked-out plate stays plate and redaction."""
    kept: list[Tag] = []
    for tag in sorted(tags, key=lambda one: (_ORDER.get(one.kind, 9), one.start, -one.end)):
        rivals = [other for other in kept if other.start < tag.end and tag.start < other.end]
        if any(_yields(tag, other) for other in rivals):
            continue
        kept.append(tag)
    return sorted(kept, key=lambda one: (one.start, one.end, one.kind))


def _yields(tag: Tag, other: Tag) -> bool:
    if tag.kind == other.kind:
        return True
    if "redaction" in (tag.kind, other.kind):
        return False
    return (tag.kind, other.kind) in {
        ("identifier", "plate"),
        ("lookup", "agency"),
        ("agency", "plate"),
        ("agency", "identifier"),
    }


def _unmet(misses: Iterable[NearMiss], tags: Sequence[Tag]) -> Iterable[NearMiss]:
    """Near misses that no tag of their kind covers, each stretch once."""
    seen: set[tuple[str, int, int]] = set()
    for miss in misses:
        key = (miss.kind, miss.start, miss.end)
        covered = any(tag.kind == miss.kind and tag.start < miss.end and miss.start < tag.end for tag in tags)
        if key not in seen and not covered:
            seen.add(key)
            yield miss


def _digest(own: Path | None) -> str:
    """A hash of this version and of every pack: tags made with another one are stale."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=12)
    folder = resources.files("corpus_search.packs").joinpath("data")
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_file():
            digest.update(entry.read_bytes())
    for file in sorted(own.glob("*.*")) if own else ():
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
