"""What a finding is about: the plates, or the persons as written, that its messages name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from corpus_search.model import Message, Record
from corpus_search.packs.pattern_pack import Pattern
from corpus_search.patterns.hearing import Heard
from corpus_search.patterns.name_shapes import ROWS
from corpus_search.patterns.names import Named, persons_in
from corpus_search.patterns.sides import Turn

_NUMBER = re.compile(
    r"\b(?:inmates?|booking|bkg|bk|jail|so|x-?ref|pid|cii|cdcr?|sid)(?: ?(?:no\.?|number|num|id|#))? ?[:#]? ?"
    r"(\d{2,6}-\d{2,6}|\d{5,10})(?:(?:,| and| &) ?(\d{2,6}-\d{2,6}|\d{5,10}))?",
    re.IGNORECASE,
)
_HASTY = re.compile(r"^(?:fyi|re|on|about) ([a-z]\.? [a-z]{4,20})$")  # "fyi j aldana"
_PLATE_SHAPE = re.compile(  # six or seven characters: ABC 1234, 123-ABC, 7ABC123, 1ABC 23, C84 KRM
    r"(?<![\w-])(?:[A-Z]{3}[ -]?\d{3,4}|\d{3}[ -]?[A-Z]{3}|\d[A-Z]{3} ?\d{2,3}|[A-Z]\d\d[ -]?[A-Z]{3}"
    r"|(?=[A-Z0-9]*[A-Z])(?=(?:[A-Z]*\d){2})[A-Z0-9]{6,7})(?![\w-])"
)
_ONLY_NUMBER = re.compile(r"\d{5,10}(?=\s*$)")  # a subject that is a booking number and nothing else
_BARE_NUMBER = re.compile(r"(?<![\w/-])\d{4,7}-\d\d(?![\w-])")  # of an inmate: "19044-22"; reports begin with the year
_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESSED = re.compile(
    r"\A\W*(?:(?:hi|hey|hello|dear|good (?:morning|afternoon|evening)|morning|afternoon|thanks|ok|yes|no|re)[ ,-]*)?"
    r"(?:mr|ms|mrs|sgt|lt|det|ofc|dep|chief|capt|sir)?\.? ?([A-Z][a-z]+)(?: ?[,:!\-–]|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_LAST = 300  # characters at the end of a message in which its signature is looked for
_SIGNED = re.compile(r"\n\s*[-–~]* ?([A-Z][a-zA-Z.]*(?: [A-Z][a-zA-Z.]*){0,3})\s*\Z")


def subjects_of(
    pattern: Pattern, heard: Sequence[Heard], turns: Sequence[Turn], common: Collection[str]
) -> tuple[str, ...]:
    """The subjects, in the order in which the conversation names them."""
    involved = {one.turn.message.id for one in heard}
    parts = [turn for turn in turns if turn.message.id in involved]
    if pattern.subjects == "plate":
        return _plates(parts, turns)
    if pattern.subjects == "person":
        asked = {id(one.turn) for one in heard if one.clause.role == "request"}
        return _persons([turn for turn in parts if id(turn) in asked], parts, turns, common)
    return ()


def _plates(parts: Sequence[Turn], turns: Sequence[Turn]) -> tuple[str, ...]:
    """Plates of the messages' own words; where those name none, of their files, what they quote, or other messages."""
    records = [turn.record for turn in parts]
    for zones in (("own",), ("header", "signature"), ("quoted",)):
        found = [plate for record in records for plate in _plates_in(record, zones)]
        if zones == ("own",):
            found += [plate for turn in parts for plate in _plate_shapes(_own(turn.message))]
        if zones == ("header", "signature"):
            found += [plate for turn in parts for plate in _plate_shapes(_bare(turn.message.subject or "").upper())]
        if found:
            return _once(found)
    return _once(plate for turn in turns for plate in _plates_in(turn.record, ("own", "header")))


def _plates_in(record: Record, zones: Collection[str]) -> Iterator[str]:
    """Whole plates; a partial one only where the message has no whole one."""
    found = [tag for tag in record.tags if tag.kind == "plate" and tag.value and tag.zone in zones]
    whole = [tag for tag in found if tag.value and "?" not in tag.value]
    yield from (tag.value for tag in whole or found if tag.value)


def _plate_shapes(text: str) -> Iterator[str]:
    """Letters and digits in the shape of a plate, which a mail about plates need not call one."""
    for met in _PLATE_SHAPE.finditer(text):
        yield re.sub(r"[ -]", "", met.group())


def _persons(
    asked: Sequence[Turn], parts: Sequence[Turn], turns: Sequence[Turn], common: Collection[str]
) -> tuple[str, ...]:
    """Whom one side asked about; else whom the other tells of; else whom the rest of the conversation names."""
    others = frozenset(words_of_people(turns))
    told = [turn for turn in parts if turn.sender != "immigration"]
    rest = [turn for turn in turns if turn not in told]
    for group in (asked, told, rest):
        if names := _named(group, others, common):
            return _in_full(names, turns, others, common)
    return ()


def _in_full(
    names: Sequence[str], turns: Sequence[Turn], others: Collection[str], common: Collection[str]
) -> tuple[str, ...]:
    """The names, a surname alone as the full name that another message of the conversation gives."""
    if all(" " in name for name in names):
        return tuple(names)
    full = [one.text for turn in turns for one in persons_in(_own(turn.message), others, common) if one.full]

    def longer(name: str) -> str:
        return next((text for text in full if " " not in name and name in re.split(r"[ ,]+", text)), name)

    return _once(longer(name) for name in names)


def names_somebody(turn: Turn, turns: Sequence[Turn], common: Collection[str]) -> bool:
    """Whether a message's own words or its subject name a person who neither writes nor reads in the conversation."""
    return bool(_named([turn], frozenset(words_of_people(turns)), common))


def _named(turns: Iterable[Turn], others: Collection[str], common: Collection[str]) -> tuple[str, ...]:
    """The persons of these messages: of their own words, else by number, else of their subjects.

    Full names go before surnames alone: a surname beside them is mostly somebody met in passing.
    """
    listed = list(turns)
    own: list[Named] = []
    for turn in listed:
        own += persons_in(_own(turn.message), {*others, *_passing(turn.message)}, common)
    titles: list[Named] = []
    for turn in listed:
        title = turn.message.subject or ""
        hasty = _HASTY.search(title)
        titles += [Named(0, hasty.group(1), True)] if hasty else persons_in(_title(title), others, common)
    chosen = [one for one in own if one.full] or [one for one in titles if one.full] or own
    if chosen:
        return _once(one.text for one in chosen)
    numbers = _once(number for turn in listed for number in _numbers(_own(turn.message)))
    if not numbers:
        subjects = [turn.message.subject or "" for turn in listed]
        numbers = _once(met.group() for subject in subjects if (met := _ONLY_NUMBER.match(subject)))
    return numbers or _once(one.text for one in titles)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(text.split()) for text in texts))


def _bare(subject: str) -> str:
    """The subject without RE and FW."""
    return re.sub(r"^(?:(?:re|fw|fwd|aw|wg)\s*:\s*)+", "", subject.strip(), flags=re.IGNORECASE)


def _title(subject: str) -> str:
    """The subject without RE and FW, as a sentence in which a lone name is spoken of."""
    bare = _bare(subject)
    return f"about {bare} today" if bare else ""


def _own(message: Message) -> str:
    """The message's own words."""
    return "\n".join(message.text[zone.start : zone.end] for zone in message.zones if zone.kind == "own")


def words_of_people(turns: Iterable[Turn]) -> Iterator[str]:
    """Words of the names and mailboxes of everybody who writes or is written to."""
    for turn in turns:
        for _, party in turn.message.parties():
            for text in (party.name or "", (party.address or "").partition("@")[0]):
                yield from (word.casefold() for word in _WORD.findall(text))


def _passing(message: Message) -> frozenset[str]:
    """Words by which the message addresses its reader and is signed."""
    own = _own(message).strip()
    found = {met.group(1).casefold() for met in [_ADDRESSED.search(own)] if met}
    signed = _SIGNED.search(own[-_LAST:])
    if signed and not any(rows.end() >= len(own) for rows in ROWS.finditer(own)):  # the last of a list signs nothing
        found |= {word.casefold() for word in _WORD.findall(signed.group(1))}
    return frozenset(found)


def _numbers(text: str) -> Iterator[str]:
    yield from _BARE_NUMBER.findall(text)
    for met in _NUMBER.finditer(text):
        yield from (number for number in met.groups() if number)
