"""Who stands where: the side of a sender or recipient, and the direction of a message. Never from words alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from corpus_search.model import Message, Party, Record

Side = Literal["immigration", "local", "federal", "other", "unknown"]
LOCAL_GROUPS = frozenset(
    {"police", "sheriff", "jail", "probation", "prosecutor", "dmv", "court", "state", "local", "corrections", "parole"}
)
FEDERAL_GROUPS = frozenset({"federal", "task_force", "fusion"})


@dataclass(frozen=True, slots=True)
class Turn:
    """A record with the sides of its sender and of those it went to."""

    record: Record
    sender: Side
    readers: frozenset[Side]

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
    if groups & LOCAL_GROUPS:
        return "local"
    if groups & FEDERAL_GROUPS:
        return "federal"
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
        found.append(Turn(record, sender, frozenset(readers)))
    return found


def goes(turn: Turn, direction: str) -> bool | None:
    """Whether a message goes in a direction such as "local>immigration"; None where a side is not known.

    "any>…" takes any sender. "local>local" is a message without a reader on the immigration side.
    """
    wanted_from, _, wanted_to = direction.partition(">")
    sender = _is(turn.sender, wanted_from)
    if sender is False:
        return False
    if wanted_to == "any":
        reader: bool | None = True
    elif wanted_to == "local":
        reader = "immigration" not in turn.readers
    elif wanted_to in turn.readers:
        reader = True
    else:
        reader = None if not turn.readers or turn.readers == {"unknown"} else False
    if reader is False:
        return False
    return True if sender and reader else None


def _is(side: Side, wanted: str) -> bool | None:
    if wanted == "any":
        return True
    if side == "unknown":
        return None
    return side == wanted
