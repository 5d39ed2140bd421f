"""Query text → tokens, each with its place, so that every error can point at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus_search.errors import QueryError
from corpus_search.model import PARTY_FIELDS, ZONE_KINDS

Kind = Literal["(", ")", "word", "phrase", "regex", "field", "AND", "OR", "NOT", "-", "NEAR", "BEFORE", "THEN", "end"]
_FIELD = re.compile(r"([A-Za-z][A-Za-z_]*):(?!//)")
_WORD = re.compile(r"[^\s()\"]+")
_OPERATOR = re.compile(
    r"(AND|OR|NOT)(?=[\s()\"]|$)|(NEAR|BEFORE)/(\d{1,3})(?=[\s()\"]|$)|THEN(?:/(\d{1,4})d)?(?=[\s()\"]|$)"
)
_MISSHAPEN = re.compile(r"(NEAR|BEFORE)(?:/[^\s()\"]*)?(?=[\s()\"]|$)|(THEN)/[^\s()\"]*")
_PARTIES = frozenset(PARTY_FIELDS) | {"party"}
_OF_PARTIES = frozenset({"agency", "has"})


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query: its kind, its text (of a field: the name), a number (distance, days), and its place."""

    kind: Kind
    text: str
    start: int
    end: int
    number: float | None = None


def lex(query: str) -> list[Token]:
    """The tokens of a query, with an `end` at the end.

    Raises:
        QueryError: a quote or regular expression that is not closed, NEAR without a distance, THEN/3 without a unit.
    """
    found: list[Token] = []
    at = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        last = found[-1] if found else None
        field = last.text.lower() if last is not None and last.kind == "field" and last.end == at else None
        token = _next(query, at, field)
        found.append(token)
        at = token.end
    found.append(Token("end", "", len(query), len(query)))
    return found


def _next(query: str, at: int, field: str | None) -> Token:
    """The token that begins here; `field`: the field whose value it is."""
    char = query[at]
    if char == "(":
        return Token("(", char, at, at + 1)
    if char == ")":
        return Token(")", char, at, at + 1)
    if char == '"':
        return _quoted(query, at)
    if char == "/":
        return _regex(query, at)
    if field is None:
        if char == "-" and at + 1 < len(query) and not query[at + 1].isspace():
            return Token("-", char, at, at + 1)
        if operator := _OPERATOR.match(query, at):
            return _operator(operator)
        if misshapen := _MISSHAPEN.match(query, at):
            raise _refused(misshapen, query)
    if (inner := _FIELD.match(query, at)) and _may_hold(field, inner.group(1).lower()):
        return Token("field", inner.group(1), at, inner.end())
    word = _WORD.match(query, at)
    assert word is not None
    return Token("word", word.group(), at, word.end())


def _may_hold(field: str | None, inner: str) -> bool:
    """Whether a field can stand here: of a zone (`own:plate:*`) any, of a party what can be asked of one.

    The value of any other field is a text that may hold a colon (`subject:re:plate`).
    """
    if field is None or field == "zone" or field in ZONE_KINDS:
        return True
    return field in _PARTIES and inner in _OF_PARTIES


def _refused(found: re.Match[str], query: str) -> QueryError:
    name = found.group(1) or found.group(2)
    how = "days, such as THEN/3d" if name == "THEN" else f"a distance in words (up to 999), such as {name}/5"
    return QueryError(f"{name} needs {how}", query, found.start(), found.end())


def _operator(found: re.Match[str]) -> Token:
    name, near, distance, days = found.groups()
    if name:
        return Token(name, name, found.start(), found.end())  # type: ignore[arg-type]
    if near:
        return Token(near, near, found.start(), found.end(), float(distance))  # type: ignore[arg-type]
    return Token("THEN", "THEN", found.start(), found.end(), float(days) if days else None)


def _quoted(query: str, at: int) -> Token:
    close = query.find('"', at + 1)
    if close < 0:
        raise QueryError('this quote is never closed; add a " after the phrase', query, at, len(query))
    return Token("phrase", query[at + 1 : close], at, close + 1)


def _regex(query: str, at: int) -> Token:
    position = at + 1
    while position < len(query):
        if query[position] == "\\":
            position += 2
            continue
        if query[position] == "/":
            return Token("regex", query[at + 1 : position].replace("\\/", "/"), at, position + 1)
        position += 1
    message = 'this regular expression is never closed; end it with / (a word that begins with / goes in "quotes")'
    raise QueryError(message, query, at, len(query))
