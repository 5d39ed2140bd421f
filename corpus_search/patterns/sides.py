"""Who stands where: the side of a sender or recipient, and the direction of a message. Never from words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from corpus_search.model import Message, Party, Record, ZoneKind

Side = Literal["immigration", "local", "federal", "other", "unknown"]
LOCAL_GROUPS = frozenset(
    {"police", "sheriff", "jail", "probation", "prosecutor", "dmv", "court", "state", "corrections", "parole", "fusion"}
)
# A public body not otherwise known, by its address: a town, a county, a clerk's office.
_GOVERNMENT = re.compile(
    r"\.(?:us|gov)>?$"
    r"|@(?:[\w-]+\.)*(?:dmv|rmv|bmv|dol|courts?|clerk|probation|parole|corrections|jail|booking|police|pd|sheriff|so|da)\."
    r"|@[\w.-]*(?:police|sheriff|county|borough|township|village|cityof|townof|parish|probation|courts?|jail)[\w-]*\.\w+>?$",
    re.IGNORECASE,
)
# A rank or office of a local body before or after a name, where the address tells nothing.
_LOCAL_RANK = re.compile(
    r"\b(?:sgt|lt|lieut\w*|capt|chief|ch|cpl|dep|deputy|det|ofc|ofcr|undersheriff|sheriff|maj|cmdr|ptl|tpr|trooper|bailiff"
    r"|jailer|warden|dispatch\w*|disp|clerk|dda|ada|dpo|probation officer|records)\b",
    re.IGNORECASE,
)
# Who stands against both sides, though a public body's address may say no more than ".gov".
_DEFENDERS = re.compile(r"@[\w.-]*(?:public-?defend|pubdef|defender|legal-?aid|legal-?services)", re.IGNORECASE)
FEDERAL_GROUPS = frozenset({"federal", "task_force"})


@dataclass(frozen=True, slots=True)
class Turn:
    """A record with the sides of its sender and of those it went to, and the groups of both."""

    record: Record
    sender: Side
    readers: frozenset[Side]
    sender_groups: frozenset[str] = frozenset()
    reader_groups: frozenset[str] = frozenset()
    hidden: bool = False  # whether who wrote or read it is blacked out or has no address

    @property
    def message(self) -> Message:
        """The message."""
        return self.record.message


def side_of(party: Party | None) -> Side:
    """The side of a party, from its agency's groups."""
    if party is None:
        return "unknown"
    groups = set(party.groups)
    if "immigration" in groups:
        return "immigration"
    if party.address is not None and _DEFENDERS.search(party.address):
        return "other"
    if groups & (LOCAL_GROUPS | {"local"}):
        return "local"
    if groups & FEDERAL_GROUPS:
        return "federal"
    if party.agency is None and party.address is not None and _GOVERNMENT.search(party.address):
        return "local"
    if party.agency is None and "personal" not in groups and party.name and _LOCAL_RANK.search(party.name):
        return "local"
    return "unknown" if party.agency is None else "other"


def turns(records: Iterable[Record]) -> list[Turn]:
    """The records with their sides.

    A message without known recipients is taken to go to the other known writers of the conversation: a print-out
    often drops the To line, and a reply goes to those who wrote before.
    """
    listed = list(records)
    senders = {record.message.id: side_of(record.message.sender) for record in listed}
    writers = set(senders.values()) - {"unknown"}
    found = []
    for record in listed:
        message = record.message
        sender = senders[message.id]
        named = frozenset(side_of(party) for field, party in message.parties() if field != "from")
        readers = named - {"unknown"}
        if not readers and not (named and message.within is None and len(listed) == 1):
            readers = frozenset(writers - {sender})
        groups = frozenset(group for field, party in message.parties() if field != "from" for group in party.groups)
        own = frozenset(message.sender.groups) if message.sender is not None else frozenset()
        hidden = any(side_of(party) == "unknown" and not party.address for _, party in message.parties())
        turn = Turn(record, sender, frozenset(readers), own, groups, hidden or message.sender is None)
        found += [*_quoted_before(turn), turn]
    return found


def _quoted_before(turn: Turn) -> Iterator[Turn]:
    """What a message from one side to the other quotes of nobody named: taken to be its reader's words."""
    message = turn.message
    if message.within or {turn.sender, *turn.readers} != {"local", "immigration"}:
        return
    quoted = [zone for zone in message.zones if zone.kind == "quoted"]
    if not quoted or any(zone.of for zone in quoted):
        return
    zones = tuple(replace(zone, kind=_TURNED.get(zone.kind, zone.kind)) for zone in message.zones)
    words = replace(message, zones=zones, sender=next(iter(message.to), None), within=message.id, attachments=())
    tags = tuple(replace(tag, zone=_TURNED.get(tag.zone, tag.zone)) for tag in turn.record.tags)
    side: Side = "immigration" if turn.sender == "local" else "local"
    yield Turn(Record(words, tags), side, frozenset({turn.sender}), turn.reader_groups, turn.sender_groups)


_TURNED: dict[ZoneKind, ZoneKind] = {"quoted": "own", "own": "quoted"}


def goes(turn: Turn, direction: str) -> bool | None:
    """Whether a message goes in a direction such as "local>immigration"; None where a side is not known.

    A side may be a group of local bodies ("probation>immigration"). "any>…" takes any sender; "local>local" is a
    message without a reader on the immigration side.
    """
    wanted_from, _, wanted_to = direction.partition(">")
    sender = _is(turn.sender, turn.sender_groups, wanted_from)
    if sender is False:
        return False
    reader = _local_reader(turn) if turn.sender == "immigration" and wanted_to == "local" else _reaches(turn, wanted_to)
    if reader is False or (sender is None and reader is None):
        return False
    return True if sender and reader else None


def _local_reader(turn: Turn) -> bool | None:
    """Whether a local body is among the readers of what immigration writes; None where no reader is known."""
    return "local" in turn.readers or (None if not turn.readers else False)


def _reaches(turn: Turn, wanted: str) -> bool | None:
    if wanted == "any":
        return True
    if wanted == "local":
        return "immigration" not in turn.readers
    if wanted in turn.readers or wanted in turn.reader_groups:
        return True
    return None if not turn.readers and wanted not in LOCAL_GROUPS else False


def _is(side: Side, groups: frozenset[str], wanted: str) -> bool | None:
    if wanted == "any" or wanted in groups:
        return True
    if side == "unknown":
        return None if wanted not in LOCAL_GROUPS else False  # "court", "dmv" …: only where it is known to be one
    return side == wanted
