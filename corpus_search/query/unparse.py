"""A tree back to query text; parsing it gives the same tree."""

from __future__ import annotations

from corpus_search.query.expr import (
    And,
    Compare,
    DateIn,
    Expr,
    Field,
    Fuzzy,
    InZone,
    Near,
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


def unparse(expr: Expr) -> str:
    """The query text of a tree."""
    match expr:
        case Word(text) | Wild(text):
            return text
        case Fuzzy(text):
            return f"{text}~"
        case Phrase(text):
            return f'"{text}"'
        case Regex(pattern):
            return "/" + pattern.replace("/", "\\/") + "/"
        case Near(left, right, distance, ordered):
            return f"{_tight(left)} {'BEFORE' if ordered else 'NEAR'}/{distance} {_tight(right)}"
        case Field(name, value) | PartyIs(name, value) | InZone(name, value):
            return f"{name}:{_value(value)}"
        case DateIn(_, _, text):
            return f"date:{text}"
        case Compare(name, sign, number):
            return f"{name}:{sign}{f'{number:.9f}'.rstrip('0').rstrip('.')}"
        case TagIs(kind, value, twins):
            shown = f"{value}{'~' if twins else ''}"
            return f'{kind}:"{shown}"' if _falls_apart(shown) else f"{kind}:{shown}"
        case Not(item):
            return f"NOT {unparse(item) if isinstance(item, Not) else _tight(item)}"
        case And(items):
            return " ".join(_tight(item) for item in items)
        case Or(items):
            return " OR ".join(_tight(item) for item in items)
        case Then(left, right, days):
            mark = "THEN" if days is None else f"THEN/{days:g}d"
            return f"{unparse(left) if isinstance(left, Then) else _tight(left)} {mark} {_tight(right)}"
    raise AssertionError(expr)


def _falls_apart(value: str) -> bool:
    """Whether a value of a tag would be read as something else without quotes."""
    return not value or value.startswith("/") or any(c.isspace() or c in "()" for c in value)


def _tight(expr: Expr) -> str:
    """In brackets where it would otherwise fall apart."""
    text = unparse(expr)
    return f"({text})" if isinstance(expr, And | Or | Then | Near | Not) else text


def _value(expr: Expr) -> str:
    """As the value of a field: in brackets unless it is one word, phrase or pattern."""
    text = unparse(expr)
    return text if isinstance(expr, Word | Wild | Fuzzy | Phrase | Regex) else f"({text})"
