"""The tagging pass: a message's passages analysed, each once however often it is quoted, and its parties resolved."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus_search.model import Message, NearMiss, Record, Tag, Zone
from corpus_search.packs.digest import digest
from corpus_search.packs.party_pack import PartyPack
from corpus_search.tagging.analysis import Analysis
from corpus_search.tagging.found import Found, Missed
from corpus_search.tagging.parties import PartyResolver
from corpus_search.tagging.passages import Passage, passages
from corpus_search.tagging.redactions import find_boxes
from corpus_search.tagging.unmarked import unmarked

KEPT = 20_000  # passages whose findings are kept: quoted mail repeats them
BEFORE = 400  # characters before a passage that a finder may look at for cues
MARKED = 2  # as many times that is taken of quoted words, whose marks are left out


class Tagger:
    """Tags messages by the built-in packs and, where given, a researcher's own (`<corpus>/packs`).

    `digest` changes with any pack and with the code that applies them: stored tags made with another one are stale.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._analysis = Analysis(own)
        self._parties = PartyResolver(self._agencies_in, PartyPack(own))
        self._kept: OrderedDict[tuple[str, str], Sequence[Found]] = OrderedDict()
        self.digest = digest(own)

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
        tags: list[Tag] = []
        for passage in passages(message.text, message.zones):
            if passage.zone == "quoted" and ">" in passage.text:
                tags += self._in_quotation(message.text, passage)
            elif passage.zone != "furniture":
                before = self._before(message.text, passage)
                tags += [_tag(one, passage, message.text) for one in self._known(passage.text, before)]
        return _with_boxes(tags, message) if message.redactions else tuple(tags)

    def explain(self, text: str) -> tuple[tuple[Tag, ...], tuple[NearMiss, ...]]:
        """The tags of a piece of text, and what was ruled out and why."""
        tags: list[Tag] = []
        misses: list[NearMiss] = []
        for passage in passages(text, (Zone("own", 0, len(text)),)):
            findings = self._analysis.of(passage.text, self._before(text, passage))
            tags += [_tag(one, passage, text) for one in findings.found]
            misses += [_miss(one, passage, text) for one in findings.missed]
        return tuple(tags), tuple(misses)

    def _in_quotation(self, text: str, passage: Passage) -> Iterator[Tag]:
        """The tags of a quoted passage, which is read without the marks of its lines."""
        plain = unmarked(passage.text)
        before = unmarked(self._before(text, passage._replace(text=plain.text), MARKED * BEFORE)).text[-BEFORE:]
        for one in self._known(plain.text, before):
            yield _tag(replace(one, start=plain.start(one.start), end=plain.end(one.end)), passage, text)

    def _known(self, passage: str, before: str) -> Sequence[Found]:
        """What is found in a passage; one that came before is not analysed again."""
        key = (passage, before)
        known = self._kept.get(key)
        if known is None:
            known = self._kept[key] = self._analysis.of(passage, before, misses=False).found
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return known

    def _before(self, text: str, passage: Passage, reach: int = BEFORE) -> str:
        """What goes before a passage in its zone, where that may change what is found in it."""
        if not self._analysis.looks_back(passage.text):
            return ""
        return text[max(passage.zone_start, passage.start - reach) : passage.start]

    def _agencies_in(self, text: str) -> Sequence[Found]:
        """The agencies named in a short text: a display name, a signature."""
        agencies = self._analysis.agencies
        return agencies.find(text).found if agencies.may_hold(text) else ()


def _tag(one: Found, passage: Passage, text: str) -> Tag:
    start, end = passage.start + one.start, passage.start + one.end
    return Tag(one.kind, one.value, one.groups, text[start:end], start, end, passage.zone, one.by, one.why)


def _miss(one: Missed, passage: Passage, text: str) -> NearMiss:
    start, end = passage.start + one.start, passage.start + one.end
    return NearMiss(one.kind, text[start:end], start, end, one.reason)


def _with_boxes(tags: list[Tag], message: Message) -> tuple[Tag, ...]:
    """The tags with the stretches that the reader found blacked out, in place of written marks within them."""
    boxes = [
        _tag(one, Passage(0, message.text, message.zone_at(one.start), 0), message.text)
        for one in find_boxes(message.redactions)
    ]
    covered = {at for box in boxes for at in range(box.start, box.end)}
    kept = [tag for tag in tags if tag.kind != "redaction" or covered.isdisjoint(range(tag.start, tag.end))]
    return tuple(sorted((*kept, *boxes), key=lambda tag: (tag.start, tag.end, tag.kind)))
