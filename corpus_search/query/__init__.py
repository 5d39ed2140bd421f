"""The search language: text ⇄ tree; does a record meet it, and where."""

from corpus_search.query.expr import Expr
from corpus_search.query.match import has_then, match, match_conversation
from corpus_search.query.parser import parse
from corpus_search.query.unparse import unparse

__all__ = ["Expr", "has_then", "match", "match_conversation", "parse", "unparse"]
