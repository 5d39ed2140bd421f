"""The nouns of the house: everything that passes between stages, frozen.

Offsets are Unicode code points into `Message.text`, which never changes after reading. Dates are kept as written
(ISO 8601 where they could be read), never converted between time zones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

MessageKind = Literal["message", "document"]
ZoneKind = Literal["header", "own", "quoted", "signature", "disclaimer", "furniture"]
ReadBy = Literal["text", "ocr"]
TagKind = str  # agency, plate, lookup, redaction, identifier … (packs may add kinds)

ZONE_KINDS: Final[tuple[ZoneKind, ...]] = ("header", "own", "quoted", "signature", "disclaimer", "furniture")
PARTY_FIELDS: Final = ("from", "to", "cc", "bcc")
REDACTED_MARK: Final = "█"


def identify(*parts: str | int | None) -> str:
    """A stable id of 20 hexadecimal digits made from the parts alone: the same on every run and machine."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


class Span(NamedTuple):
    """A stretch of a message's text: from `start` up to, not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A released file as received: path relative to the folder given, member inside it, hash of the whole file."""

    path: str
    member: str | None
    sha256: str
    format: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its source something stands: one page, or one message of an mbox (numbers count from 1).

    `start`: where in the message's text the words of this page or row begin (None: not known), until those of the next.
    """

    unit: str
    number: int
    bates: str | None = None
    read_by: ReadBy = "text"
    confidence: float | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the text that is all header, own words, quoted words, …; zones tile the text in order.

    `of` is the id of the quoted message, for a quoted zone whose message is known.
    """

    kind: ZoneKind
    start: int
    end: int
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or recipient. `agency`, `groups` and `why` are filled by the tagging pass; `redacted`: blacked out."""

    name: str | None = None
    address: str | None = None
    agency: str | None = None
    groups: tuple[str, ...] = ()
    redacted: bool = False
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part with a file name: its decoded size in bytes, its hash, and whether its text became a document."""

    name: str | None
    type: str
    size: int
    sha256: str
    text: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One message or document, with one text that every offset counts into.

    A reader fills all but `thread`, `copies` and the agencies of parties: those depend on the whole corpus and are
    filled when a message is loaded from the store. A message that a reader found quoted in another has `within` set
    and `quoted` true; the store hides it where the corpus holds the quoted message whole.
    """

    id: str
    kind: MessageKind
    release: str
    source: Source
    places: tuple[Place, ...]
    text: str
    zones: tuple[Zone, ...]
    within: str | None = None
    quoted: bool = False
    date: str | None = None
    date_as_written: str | None = None
    sender: Party | None = None
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    bcc: tuple[Party, ...] = ()
    subject: str | None = None
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    thread_index: str | None = None
    attachments: tuple[Attachment, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    bulk: bool = False  # sent to a list or by a machine: List-Id, Precedence, Auto-Submitted …
    confidence: float | None = None  # of a print-out: how sure boundary and fields are, 0 to 1; None: not in doubt
    doubts: tuple[str, ...] = ()  # why it is not 1
    thread: str | None = None
    copies: tuple[str, ...] = ()

    def parties(self) -> Iterator[tuple[str, Party]]:
        """Each party with the field it stands in: from, to, cc, bcc."""
        if self.sender is not None:
            yield "from", self.sender
        for name, group in (("to", self.to), ("cc", self.cc), ("bcc", self.bcc)):
            for party in group:
                yield name, party

    def zone_at(self, offset: int) -> ZoneKind:
        """The kind of zone that the offset stands in (`own` where no zone covers it)."""
        for zone in self.zones:
            if zone.start <= offset < zone.end:
                return zone.kind
        return "own"


@dataclass(frozen=True, slots=True)
class Redaction:
    """A blacked-out stretch of the text, with the exemption code as written where one stands on or by it."""

    start: int
    end: int
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """Something that the tagging pass found: what, where, by which rule, and why."""

    kind: TagKind
    value: str | None
    groups: tuple[str, ...]
    text: str
    start: int
    end: int
    zone: ZoneKind
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Something that looked like a tag and was ruled out, and the reason."""

    kind: TagKind
    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """A message with its tags: what searches and patterns work on."""

    message: Message
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """The records of one thread, oldest first (undated last), copies folded into the first of them.

    `copies` maps the id of a record kept to the records that are copies of it.
    """

    thread: str
    records: tuple[Record, ...]
    copies: dict[str, tuple[Record, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record meets a query: the part of the query, and where it is met (no span: met by a fact, not a word)."""

    clause: str
    span: Span | None = None
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that meets a query, with its score and the reasons."""

    record: Record
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of a finding's evidence: a stretch of one message, the part it plays, and the page it stands on."""

    message: str
    role: str
    start: int
    end: int
    text: str
    citation: str = ""


@dataclass(frozen=True, slots=True)
class PolicyState:
    """Whether a rule was in force on the day and binds the local party (None: not known)."""

    id: str
    in_force: bool
    binds: bool | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A cooperation pattern in one conversation: grade, who, what about, the evidence, what was in force."""

    pattern: str
    grade: Literal["A", "B", "C", "D"]
    thread: str
    messages: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    requester: Party | None
    provider: Party | None
    subjects: tuple[str, ...]
    modifiers: tuple[str, ...]
    policies: tuple[PolicyState, ...]
    citations: tuple[str, ...]
    why: str
    score: float = 0.0
    points: tuple[tuple[str, float], ...] = ()  # every part of the score, for --explain


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people and what passed between them; `months` counts conversations by YYYY-MM."""

    requester: Party | None
    provider: Party | None
    patterns: tuple[tuple[str, int], ...]
    conversations: int
    subjects: tuple[str, ...]
    first: str | None
    last: str | None
    regular: bool
    months: tuple[tuple[str, int], ...]
    threads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the material: what, where, and what to do; stored, counted and shown."""

    source: Source
    release: str
    kind: str
    reason: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class PageCount:
    """Pages of page-shaped sources: each in exactly one of text, ocr, unread; `seen` is their sum."""

    text: int = 0
    ocr: int = 0
    unread: int = 0

    @property
    def seen(self) -> int:
        """All pages, however read."""
        return self.text + self.ocr + self.unread

    def __add__(self, other: PageCount) -> PageCount:
        return PageCount(self.text + other.text, self.ocr + other.ocr, self.unread + other.unread)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a unit of a source gave."""

    messages: tuple[Message, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: PageCount = PageCount()
