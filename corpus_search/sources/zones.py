"""A mail's text into zones, and the messages that it quotes: for mail as sent and for print-outs.

`divide` is all that a reader needs: it takes a message whose text is header lines, an empty line and a body, and gives
it back with zones that tile the text, followed by each message that it quotes. Those are flat: where A quotes B, which
quotes C, both B and C lie within A, each with the lines of its own header and its own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from corpus_search.model import Attachment, Message, Party, Place, Redaction, Zone, ZoneKind, identify
from corpus_search.sources.printed.blocks import Block
from corpus_search.sources.printed.dates import read_printed_date
from corpus_search.sources.printed.people import read_people, read_sender
from corpus_search.sources.printed.signers import NOBODY, Signer, signer_of
from corpus_search.sources.printed.split import Quoted, Split, joined_runs, split_quoted
from corpus_search.sources.printed.words import kinds_of
from corpus_search.sources.printed.yearless import DOUBT, UNSURE, read_near

MOST: Final = 400  # messages quoted in one: what is quoted beyond them stays quoted words only
_BLACKED: Final = re.compile("█+")
_NAMES: Final = re.compile(r";|(?<=\.\w{3})[,\s] ?|(?<=\.\w{4})[,\s] ?")  # between the names of attached files
_NO_NAME: Final = re.compile(r"\W*|\d{1,4}|yes|no|none|true|false", re.IGNORECASE)
_SHOWN: Final = {
    "from": "From", "to": "To", "cc": "Cc", "bcc": "Bcc", "date": "Date", "subject": "Subject",
    "attachments": "Attachments",
}  # fmt: skip
PlaceOf = Callable[[int, int], tuple[Place, ...]]  # the places of a stretch of a message's text


def divide(
    message: Message, head: int, place_of: PlaceOf | None = None, tail: int = 0, *, day_first: bool = False
) -> tuple[Message, ...]:
    """The message with the zones of its body, then the messages that it quotes, in the order in which they stand.

    `head` is the length of the header lines at the top of its text (the empty line after them not counted), `tail`
    that of the furniture at its end. `day_first`: 6/3/2018 is the sixth of March. Linear in the length of the text.
    """
    stop = len(message.text) - tail
    begin = min(stop, head + 2) if head else 0
    split = split_quoted(message.text[begin:stop]) if stop > begin else None
    zones: list[Zone] = [Zone("header", 0, begin)] if begin else []
    quoted: dict[int, Message] = {}
    if split is not None:
        offsets = _offsets(split, begin)
        stretches = _stretches(split)
        for one in split.quoted[:MOST]:
            if day_first and one.block is not None:
                one = replace(one, block=replace(one.block, day_first=True))
            made = _quoted_message(message, one, split, stretches.get(one.number, []), offsets, place_of)
            if made is not None and not _is_itself(made, message):
                quoted[one.number] = made
        zones += _body_zones(split, offsets, quoted, _signer(message.sender))
    if tail:
        zones.append(Zone("furniture", stop, len(message.text)))
    return (replace(message, zones=tuple(joined_zones(zones))), *quoted.values())


def header_lines(block: Block) -> str:
    """The fields of a header as readable lines: labels in one form, values as printed and on one line."""
    lines = []
    for field in block.fields:
        if field.name == "body":
            continue
        label = _SHOWN.get(field.name, field.label)
        value = " ".join([*field.value.split(), *field.marks])
        if value:
            lines.append(f"{label}: {value}")
    return "\n".join(lines)


def filled(message: Message, block: Block, near: str | None = None) -> Message:
    """The message with the people, date and subject of a printed header.

    `near` is a date not before it, from which one that is printed without its year takes that.
    """
    people = {
        name: tuple(
            party for field in block.fields if field.name == name for party in read_people(field.value, field.marks)
        )
        for name in ("to", "cc", "bcc")
    }
    sender = next((field for field in block.fields if field.name == "from"), None)
    written = block.value("date") or block.value("late")
    date = read_printed_date(written, day_first=block.day_first)
    if date is None and written and (date := read_near(written, near)) and message.confidence is not None:
        message = replace(message, confidence=round(message.confidence - UNSURE, 2), doubts=(*message.doubts, DOUBT))
    return replace(
        message,
        sender=read_sender(sender.value, sender.marks) if sender else None,
        to=people["to"],
        cc=people["cc"],
        bcc=people["bcc"],
        date=date,
        date_as_written=written or None,
        attachments=tuple(_named(block.value("attachments") or "")),
        subject=" ".join((block.value("subject") or "").split()) or None,
    )


def _named(written: str) -> Iterator[Attachment]:
    """The files that a header names: of what was attached to a print-out no more is known than its name."""
    for name in _NAMES.split(written[:20_000]):
        if not _NO_NAME.fullmatch(name.strip()):
            yield Attachment(name.strip(), "", 0, "")


def joined_zones(zones: Sequence[Zone]) -> Iterator[Zone]:
    """Neighbours of the same kind as one; empty ones left out."""
    before: Zone | None = None
    for zone in zones:
        if zone.start == zone.end:
            continue
        if before is not None and (before.kind, before.of) == (zone.kind, zone.of):
            before = replace(before, end=zone.end)
            continue
        if before is not None:
            yield before
        before = zone
    if before is not None:
        yield before


def blacked(text: str, codes: Sequence[str | None]) -> tuple[Redaction, ...]:
    """The blacked-out stretches of a text, with their codes where there is one for each."""
    spans = [match.span() for match in _BLACKED.finditer(text)]
    known = codes if len(codes) == len(spans) else [None] * len(spans)
    return tuple(Redaction(start, end, code) for (start, end), code in zip(spans, known, strict=True))


def begun(places: Sequence[Place], head: Iterable[Place], lines: Iterable[tuple[Place, int]]) -> tuple[Place, ...]:
    """The places with where each begins: those on which the header stands at 0, the others at their first line.

    `lines` gives the place of each line after the header, and where it begins.
    """
    starts: dict[int, int] = {place.number: 0 for place in (*places[:1], *head)}
    for place, at in lines:
        starts.setdefault(place.number, at)
    return tuple(replace(place, start=starts.get(place.number)) for place in places)


def _offsets(split: Split, begin: int) -> list[int]:
    """Where each line begins in the message's text, and where the last ends."""
    offsets = [begin]
    for line in split.lines:
        offsets.append(offsets[-1] + len(line) + 1)
    offsets[-1] -= 1
    return offsets


def _stretches(split: Split) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for owner, first, stop in joined_runs(split):
        found.setdefault(owner, []).append((first, stop))
    return found


def _signer(sender: Party | None) -> Signer:
    return signer_of(sender.name, sender.address) if sender is not None and not sender.redacted else NOBODY


def _body_zones(split: Split, offsets: Sequence[int], quoted: dict[int, Message], signer: Signer) -> Iterator[Zone]:
    runs = joined_runs(split)
    for nth, (owner, first, stop) in enumerate(runs):
        if owner:
            of = quoted[owner].id if owner in quoted else None
            yield Zone("quoted", offsets[first], offsets[stop], of)
            continue
        for kind, start, end in _kinds(split.lines[first:stop], nth == 0, signer):
            yield Zone(kind, offsets[first + start], offsets[first + end])


def _kinds(lines: Sequence[str], begins: bool, signer: Signer) -> Iterator[tuple[ZoneKind, int, int]]:
    """Runs of lines of one kind."""
    kinds = kinds_of(lines, begins, signer)
    start = 0
    for at in range(1, len(kinds) + 1):
        if at == len(kinds) or kinds[at] != kinds[start]:
            yield kinds[start], start, at
            start = at


def _quoted_message(
    host: Message,
    quoted: Quoted,
    split: Split,
    stretches: Sequence[tuple[int, int]],
    offsets: Sequence[int],
    place_of: PlaceOf | None,
) -> Message | None:
    """The quoted message, where its header says who wrote it or when."""
    block = quoted.block
    if block is None or not (block.value("from") or block.value("date") or block.has("from")) or not stretches:
        return None
    head = header_lines(block)
    lines = _words(quoted, split, stretches)
    words = [word for _, word in lines]
    body = "\n".join(words)
    text = "\n\n".join(part for part in (head, body) if part)
    if not text:
        return None
    begin = len(head) + 2 if head and body else len(head)
    zones = [Zone("header", 0, begin)] if head else []
    at = begin
    sender = next((field for field in block.fields if field.name == "from"), None)
    signer = _signer(read_sender(sender.value, sender.marks) if sender else None)
    for kind, start, end in _kinds(words, True, signer) if body else ():
        size = sum(len(word) + 1 for word in words[start:end])
        zones.append(Zone(kind, at, min(len(text), at + size)))
        at += size
    spans = [(offsets[first], offsets[stop]) for first, stop in stretches]
    places = place_of(spans[0][0], spans[-1][1]) if place_of else ()
    if place_of and len(places) > 1:
        own = accumulate((len(word) + 1 for word in words), initial=begin)
        rows = zip((row for row, _ in lines), own, strict=False)  # `own` has one more: where the last line ends
        head_places = [place_of(offsets[row], offsets[row])[0] for row in range(*quoted.header)]
        places = begun(places, head_places, ((place_of(offsets[row], offsets[row])[0], at) for row, at in rows))
    codes = [one.code for one in host.redactions if any(start <= one.start < end for start, end in spans)]
    made = Message(
        id=identify(host.id, "quoted", quoted.number),
        kind="message",
        release=host.release,
        source=host.source,
        places=places or host.places,
        text=text,
        zones=tuple(joined_zones(zones)),
        within=host.id,
        quoted=True,
        redactions=blacked(text, codes),
        confidence=None if host.confidence is None else round(max(0.3, host.confidence - 0.1 * len(block.doubts)), 2),
        doubts=block.doubts if host.confidence is not None else (),
    )
    return filled(made, block, host.date)


def _is_itself(quoted: Message, host: Message) -> bool:
    """Whether what seems to be quoted is the message's own header, said once more by a program."""
    return (
        quoted.date is not None
        and (quoted.date, quoted.subject, quoted.sender) == (host.date, host.subject, host.sender)
        and "envelope properties" in host.text.casefold()
    )


def _words(quoted: Quoted, split: Split, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    """The quoted message's lines after its header: the row of each, and its words without marks.

    Without empty lines at either end.
    """
    first, stop = quoted.header
    column = quoted.block.column if quoted.block else 0
    words = []
    for start, end in stretches:
        for row in range(start, end):
            if not first <= row < stop:
                words.append((row, split.contents[row].rstrip()))
            elif row == stop - 1 and column:
                words.append((row, split.contents[row][column:].strip()))
    low, high = 0, len(words)
    while low < high and not words[low][1].strip("\ufeff\u200b"):
        low += 1
    while high > low and not words[high - 1][1]:
        high -= 1
    return words[low:high]
