"""What a query asks of a message's facts: who, when, which file, what it has; no place in the text."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus_search.model import Message, Party, Record
from corpus_search.query.expr import (
    And,
    Compare,
    DateIn,
    Expr,
    Field,
    Fuzzy,
    InZone,
    Not,
    Or,
    PartyIs,
    Phrase,
    Regex,
    TagIs,
    Then,
    Wild,
    Word,
)
from corpus_search.query.places import compiled
from corpus_search.query.slips import near_spelling
from corpus_search.query.tag_values import names_meet
from corpus_search.query.words import Token, fold, squeeze, squeeze_wild, tokens, wild_fits

_NO_LETTERS = re.compile(r"[^a-z0-9]+")
SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


def text_meets(expr: Expr, text: str) -> bool:
    """Whether a short text (a subject, a file name) meets a word, phrase, pattern or a bracket of them."""
    if isinstance(expr, And):
        return all(text_meets(item, text) for item in expr.items)
    if isinstance(expr, Or):
        return any(text_meets(item, text) for item in expr.items)
    if isinstance(expr, Not):
        return not text_meets(expr.item, text)
    if isinstance(expr, Regex):
        return compiled(expr.pattern).search(text) is not None
    if isinstance(expr, Wild):
        squeezed = squeeze_wild(expr.pattern)
        return wild_fits(expr.pattern, fold(text)) or any(wild_fits(squeezed, token.term) for token in tokens(text))
    terms = list(tokens(text))
    if isinstance(expr, Fuzzy):
        return any(near_spelling(expr.text, token.term) for token in terms)
    if isinstance(expr, Word | Phrase):
        joined = "".join(expr.parts)
        if any(token.term == joined for token in terms):
            return True
        plain = [token.term for position, token in enumerate(terms) if _is_part(terms, position)]
        size = len(expr.parts)
        return any(tuple(plain[at : at + size]) == expr.parts for at in range(len(plain) - size + 1))
    return False


class Ready(NamedTuple):
    """A short text made ready to be asked again and again; of one with other than ASCII letters only the text."""

    text: str
    words: str | None  # folded, each between two blanks
    letters: str  # the same without blanks


def ready(text: str) -> Ready:
    """A text made ready."""
    if not text.isascii():
        return Ready(text, None, "")
    words = _NO_LETTERS.sub(" ", f" {text.lower()} ")
    return Ready(text, words, words.replace(" ", ""))


@lru_cache(maxsize=64)
def _whole_words(letters: str) -> re.Pattern[str]:
    """One word or several, each whole, that have these letters together."""
    return re.compile(f" {' ?'.join(map(re.escape, letters))} ")


def may_meet(expr: Expr, text: Ready) -> bool:
    """A quick look: False only where `text_meets` is sure to be False, for a text that holds what it is asked of."""
    if isinstance(expr, And):
        return all(may_meet(item, text) for item in expr.items)
    if isinstance(expr, Or):
        return any(may_meet(item, text) for item in expr.items)
    if isinstance(expr, Word | Phrase) and text.words is not None:
        return "".join(expr.parts) in text.letters
    return True


def ready_meets(expr: Expr, text: Ready) -> bool:
    """The same as `text_meets`, where it can by a look at the words."""
    if isinstance(expr, Word | Phrase) and text.words is not None and expr.parts:
        if f" {' '.join(expr.parts)} " in text.words:
            return True
        if not _whole_words("".join(expr.parts)).search(text.words):
            return False
    return text_meets(expr, text.text)


def _is_part(terms: Sequence[Token], position: int) -> bool:
    """Whether a token is a word of its own, not the squeezed run that stands before its parts."""
    return position + 1 >= len(terms) or terms[position + 1].position != terms[position].position


def field_met(expr: Field, record: Record) -> bool:
    """Whether a field of the message meets a value."""
    values = _VALUES[expr.name](record)
    if expr.name in ("id", "thread", "within", "has"):
        asked = _plain(expr.value)
        if expr.name == "within" and asked in ("yes", "no"):
            return (record.message.within is not None) == (asked == "yes")
        return asked in values or (asked == "*" and bool(values))
    return any(text_meets(expr.value, value) for value in values)


def came_attached(record: Record) -> bool:
    """Whether this is what a mail brought with it (a document, another mail), not what it quotes."""
    return record.message.within is not None and not record.message.quoted


def asks_texts(expr: Field) -> bool:
    """Whether a field is asked of the text of what came attached as well: `attachment:*` asks for no word."""
    return expr.name == "attachment" and expr.value != Wild("*")


def _plain(expr: Expr) -> str:
    if isinstance(expr, Word | Phrase):
        return fold(expr.text)
    return "*" if isinstance(expr, Wild) else ""


def _has(record: Record) -> set[str]:
    message = record.message
    found = {tag.kind for tag in record.tags} | {zone.kind for zone in message.zones if zone.end > zone.start}
    if message.attachments:
        found |= {"attachment", "attachments"}
    if message.copies:
        found |= {"copy", "copies"}
    if message.date:
        found.add("date")
    if any(place.bates for place in message.places):
        found.add("bates")
    if any(place.read_by == "ocr" for place in message.places):
        found.add("ocr")
    if message.bulk:
        found.add("bulk")
    return found


_VALUES: dict[str, Callable[[Record], Iterable[str]]] = {
    "subject": lambda record: [record.message.subject or ""],
    "release": lambda record: [record.message.release],
    "source": lambda record: [record.message.source.path, record.message.source.member or ""],
    "format": lambda record: [record.message.source.format],
    "bates": lambda record: [place.bates for place in record.message.places if place.bates],
    "attachment": lambda record: [a.name or a.type for a in record.message.attachments],
    "within": lambda record: [record.message.within] if record.message.within else [],
    "id": lambda record: [record.message.id],
    "thread": lambda record: [record.message.thread] if record.message.thread else [],
    "has": _has,
}


def date_met(expr: DateIn, record: Record) -> bool:
    """Whether the message's day lies between two days."""
    day = (record.message.date or "")[:10]
    return bool(day) and (expr.first is None or day >= expr.first) and (expr.last is None or day <= expr.last)


def compare_met(expr: Compare, record: Record) -> bool:
    """Whether a number of the message stands in the relation asked for. A message not in doubt has confidence 1."""
    if expr.name == "page":
        return any(SIGNS[expr.sign](place.number, expr.value) for place in record.message.places)
    confidence = record.message.confidence
    return SIGNS[expr.sign](1.0 if confidence is None else confidence, expr.value)


def parties_of(message: Message, field: str) -> list[Party]:
    """The parties of a field; of `party`: all."""
    return [party for name, party in message.parties() if field in (name, "party")]


def party_met(expr: PartyIs, record: Record) -> bool:
    """Whether a party of the field is one of whom the query holds."""
    return any(_about(expr.query, party) for party in parties_of(record.message, expr.field))


def _about(expr: Expr, party: Party) -> bool:
    if isinstance(expr, And):
        return all(_about(item, party) for item in expr.items)
    if isinstance(expr, Or):
        return any(_about(item, party) for item in expr.items)
    if isinstance(expr, Not):
        return not _about(expr.item, party)
    if isinstance(expr, TagIs):
        if expr.kind != "agency":
            return False
        if expr.value == "*":
            return party.agency is not None
        return names_meet(party.agency, party.groups, expr.value)
    if isinstance(expr, Field) and expr.name == "has":
        return party.redacted and _plain(expr.value) in ("redaction", "redacted")
    if isinstance(expr, InZone | Then | PartyIs | DateIn | Compare | Field):
        return False
    texts = [text for text in (party.name, party.address, party.agency) if text]
    if any(text_meets(expr, text) for text in texts):
        return True
    return isinstance(expr, Word) and any(squeeze(text) == squeeze(expr.text) for text in texts)
