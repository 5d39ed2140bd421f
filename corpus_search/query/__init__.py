"""The search language: text ⇄ tree; does a record meet it, and where."""

from corpus_search.query.expr import Expr
from corpus_search.query.match import has_then, match, match_conversation, reasons_in_steps, steps_of
from corpus_search.query.parser import parse
from corpus_search.query.unparse import unparse

__all__ = [
    "Expr",
    "has_then",
    "match",
    "match_conversation",
    "parse",
    "reasons_in_steps",
    "steps_of",
    "unparse",
]
