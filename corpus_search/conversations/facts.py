"""What is needed of messages to link them, and the links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What is needed of one message to link it to others.

    `host`: the row number of the message that `within` names, where the corpus has it. `people`: (field, name, address)
    of each party. `sketch`: see `likeness`.
    """

    n: int
    id: str
    kind: str
    within: str | None
    quoted: bool
    date: str | None
    subject: str | None
    message_id: str | None
    in_reply_to: str | None
    body_digest: str
    people: tuple[tuple[str, str | None, str | None], ...]
    references: tuple[str, ...] = ()
    thread_index: str | None = None
    sketch: bytes = b""
    host: int | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """What linking found for one message; `held_by`: the message that the corpus holds whole."""

    thread: str
    copy_of: str | None
    held_by: str | None


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party as stored, for recognising people over the corpus."""

    message: int
    field: str
    position: int
    name: str | None
    address: str | None
    agency: str | None
    groups: tuple[str, ...]
