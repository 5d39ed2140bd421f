"""What a query is, as a tree: frozen nodes that the parser makes and `match` and the index evaluate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Union


@dataclass(frozen=True, slots=True)
class Word:
    """A word; `parts` are its folded pieces ("7abc", "123" for 7ABC-123)."""

    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wild:
    """A word with `*` for any characters, folded."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word as OCR or haste may have written it (at most one slip up to 5 characters, two beyond)."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other; `text` as written."""

    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Two things at most `distance` words apart; `ordered`: the first before the second."""

    left: Expr
    right: Expr
    distance: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression (RE2: linear time) over the real text, blanks included."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Field:
    """A fact about the message: subject, source, bates, id …; `value` is a Word, Phrase, Wild, Fuzzy or Regex."""

    name: str
    value: Expr


@dataclass(frozen=True, slots=True)
class PartyIs:
    """A sender or recipient (`field`: from, to, cc, bcc, party) of whom the query holds."""

    field: str
    query: Expr


@dataclass(frozen=True, slots=True)
class DateIn:
    """A day from `first` to `last`, both ISO days, both included; None: open."""

    first: str | None
    last: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A number of the message compared: confidence, page."""

    name: str
    sign: Literal["<", "<=", ">", ">=", "="]
    value: float


@dataclass(frozen=True, slots=True)
class TagIs:
    """A tag of this kind whose value, group or text is `value`; "*": any. `twins`: OCR twins count."""

    kind: str
    value: str
    twins: bool = False


@dataclass(frozen=True, slots=True)
class InZone:
    """The query, inside zones of one kind only."""

    zone: str
    query: Expr


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    item: Expr


@dataclass(frozen=True, slots=True)
class Then:
    """In one conversation: a message that meets `left` and a later one that meets `right`, within so many days."""

    left: Expr
    right: Expr
    days: float | None


Expr = Union[  # noqa: UP007 - the nodes refer to it before it is made
    Word, Wild, Fuzzy, Phrase, Near, Regex, Field, PartyIs, DateIn, Compare, TagIs, InZone, And, Or, Not, Then
]
