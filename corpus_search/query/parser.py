"""The search language: text → tree. One parser for the prompt, for batch files and for patterns.

query   = then
then    = or { THEN[/DAYSd] or }          only of the whole query: a THEN is about a conversation
or      = and { OR and }
and     = near { [AND] near }
near    = unary { (NEAR|BEFORE)/WORDS unary }
unary   = { NOT | - } primary
primary = ( then ) | "phrase" | /regex/ | word | field:value | field:( then ) | zone:field:value
word    = text | te*t | text~
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

import re2

from corpus_search.errors import QueryError
from corpus_search.model import ZONE_KINDS
from corpus_search.query.dates import parse_dates
from corpus_search.query.expr import (
    And,
    Compare,
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
from corpus_search.query.lexer import Token, lex
from corpus_search.query.places import compiled
from corpus_search.query.words import fold, parts, squeeze

PARTY_NAMES = ("from", "to", "cc", "bcc", "party")
TEXT_FIELDS = ("subject", "release", "source", "bates", "attachment", "within", "has", "id", "thread", "format")
NUMBER_FIELDS = ("page", "confidence")
TAG_KINDS = ("agency", "plate", "lookup", "redaction", "identifier", "person", "organisation")
MOST_TOKENS = 2000
DEEPEST = 60  # brackets within brackets, signs before signs, links of one chain

_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?|\.\d{1,9}")


def parse(query: str, kinds: Iterable[str] = TAG_KINDS) -> Expr:
    """The tree of a query; `kinds` are the kinds of tags that there are.

    Raises:
        QueryError: what is wrong, with its place and the nearest right word.
    """
    found = lex(query)
    if len(found) > MOST_TOKENS:
        raise QueryError(f"the query has more than {MOST_TOKENS} parts; split it", query, 0, 0)
    reader = _Reader(query, found, tuple(kinds))
    if reader.peek().kind == "end":
        raise QueryError("the query is empty; give a word, a phrase or a field", query, 0, 1)
    tree = reader.then(0)
    if reader.peek().kind != "end":
        raise reader.error(
            reader.peek(), f"{reader.peek().text!r} closes nothing" if reader.peek().kind == ")" else "unexpected"
        )
    return tree


class _Reader:
    def __init__(self, query: str, found: list[Token], kinds: tuple[str, ...]) -> None:
        self.query = query
        self._tokens = found
        self._at = 0
        self._kinds = kinds

    def peek(self) -> Token:
        return self._tokens[self._at]

    def take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def error(self, token: Token, message: str) -> QueryError:
        return QueryError(message, self.query, token.start, max(token.end, token.start + 1))

    def then(self, depth: int) -> Expr:
        if depth > DEEPEST:
            raise self.error(self.peek(), "too many brackets within brackets")
        left = self.either(depth)
        links = 0
        while self.peek().kind == "THEN":
            token = self.take()
            links = self._one_more(links, token)
            right = self.either(depth)
            self._no_then([right], token)
            left = Then(left, right, token.number)
        return left

    def _one_more(self, links: int, token: Token) -> int:
        if links >= DEEPEST:
            raise self.error(token, f"more than {DEEPEST} parts are joined by {token.kind}; split the query")
        return links + 1

    def _no_then(self, items: Sequence[Expr], token: Token) -> None:
        """A THEN that is a part of something else would be asked of one message: refused, not taken for an OR."""
        if any(isinstance(item, Then) for item in items):
            message = "THEN joins whole steps and can't be a part of one; write a THEN b THEN c, without brackets"
            raise self.error(token, message)

    def either(self, depth: int) -> Expr:
        began = self.peek()
        items = [self.all_of(depth)]
        while self.peek().kind == "OR":
            self.take()
            items.append(self.all_of(depth))
        if len(items) == 1:
            return items[0]
        self._no_then(items, began)
        return Or(tuple(items))

    def all_of(self, depth: int) -> Expr:
        began = self.peek()
        items = [self.near(depth)]
        while True:
            if self.peek().kind == "AND":
                self.take()
            elif self.peek().kind in ("end", ")", "OR", "THEN"):
                break
            items.append(self.near(depth))
        if len(items) == 1:
            return items[0]
        self._no_then(items, began)
        return And(tuple(items))

    def near(self, depth: int) -> Expr:
        left = self.unary(depth)
        links = 0
        while self.peek().kind in ("NEAR", "BEFORE"):
            token = self.take()
            links = self._one_more(links, token)
            right = self.unary(depth)
            for side in (left, right):
                self._placed(side, token)
            left = Near(left, right, int(token.number or 0), token.kind == "BEFORE")
        return left

    def _placed(self, side: Expr, token: Token) -> None:
        if isinstance(side, Or):
            for item in side.items:
                self._placed(item, token)
        elif not isinstance(side, Word | Wild | Fuzzy | Phrase | Near | TagIs | Regex):
            message = f"{token.kind} takes words, phrases, tags, or a bracket of them joined by OR, on both sides"
            raise self.error(token, message)

    def unary(self, depth: int) -> Expr:
        if self.peek().kind in ("NOT", "-"):
            token = self.take()
            if depth > DEEPEST:
                raise self.error(token, "too many signs before signs")
            inner = self.unary(depth + 1)
            self._no_then([inner], token)
            return Not(inner)
        return self.primary(depth)

    def primary(self, depth: int) -> Expr:
        token = self.take()
        if token.kind == "(":
            return self.group(token, depth)
        if token.kind == "phrase":
            return self.phrase(token)
        if token.kind == "regex":
            return self.regex(token)
        if token.kind == "word":
            return self.word(token)
        if token.kind == "field":
            return self.field(token, depth)
        if token.kind == "end":
            raise self.error(token, "something is missing at the end of the query")
        raise self.error(token, f"{token.text} needs something before it")

    def group(self, opened: Token, depth: int) -> Expr:
        if self.peek().kind == ")":
            raise self.error(opened, "this bracket holds nothing")
        inner = self.then(depth + 1)
        if self.peek().kind != ")":
            raise self.error(opened, "this bracket is never closed")
        self.take()
        return inner

    def phrase(self, token: Token) -> Expr:
        words = parts(token.text)
        if not words:
            raise self.error(token, "this phrase holds no word")
        return Phrase(token.text, words)

    def regex(self, token: Token) -> Expr:
        try:
            compiled(token.text)
        except re2.error as error:
            why = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
            raise self.error(token, f"not a regular expression: {why} (RE2 syntax: no look-around)") from error
        if not token.text:
            raise self.error(token, "this regular expression is empty")
        return Regex(token.text)

    def word(self, token: Token) -> Expr:
        text = token.text
        if text.endswith("~") and parts(text[:-1]):
            return Fuzzy(squeeze(text[:-1]))
        if "*" in text:
            if not text.strip("*"):
                raise self.error(token, "* alone is every word; add some letters, such as plate*")
            return Wild(fold(text))
        words = parts(text)
        if not words:
            raise self.error(token, f"{text!r} holds no word; put regular expressions between slashes")
        return Word(text, words)

    def field(self, token: Token, depth: int) -> Expr:
        name = token.text.lower()
        if name in PARTY_NAMES:
            return PartyIs(name, self.value(token, depth))
        if name in ZONE_KINDS or name == "zone":
            return self.zone(token, name, depth)
        if name == "date":
            return parse_dates(self.raw(token), self.query, token)
        if name in NUMBER_FIELDS:
            return self.number(token, name)
        if name in TEXT_FIELDS:
            return Field(name, self.value(token, depth))
        if name in self._kinds:
            return self.tag(token, name)
        known = (*PARTY_NAMES, "date", *NUMBER_FIELDS, *TEXT_FIELDS, *self._kinds, *ZONE_KINDS, "zone")
        near = difflib.get_close_matches(name, known, 1, 0.5)
        hint = f"did you mean {near[0]}:?" if near else f"there are: {', '.join(known)}"
        raise self.error(
            token, f'no field or kind {token.text!r}; {hint} (to search the word itself, put it in "quotes")'
        )

    def zone(self, token: Token, name: str, depth: int) -> Expr:
        if name == "zone":
            message = f"name the zone: {', '.join(f'{kind}:( … )' for kind in ZONE_KINDS)}"
            if self.peek().kind != "field" or self.peek().text.lower() not in ZONE_KINDS:
                raise self.error(token, message)
            token = self.take()
            name = token.text.lower()
        return InZone(name, self.value(token, depth))

    def value(self, field: Token, depth: int) -> Expr:
        token = self.peek()
        if token.kind in ("end", ")") or token.start != field.end:
            raise self.error(field, f"{field.text}: needs a value right after the colon")
        if token.kind == "word" and token.text == "*":
            self.take()
            return Wild("*")
        found = self.primary(depth)
        self._no_then([found], field)
        return found

    def raw(self, field: Token) -> str:
        token = self.peek()
        if token.kind not in ("word", "phrase") or token.start != field.end:
            raise self.error(field, f"{field.text}: needs a value right after the colon")
        return self.take().text

    def number(self, field: Token, name: str) -> Expr:
        text = self.raw(field)
        for sign in ("<=", ">=", "<", ">", "="):
            if text.startswith(sign):
                break
        else:
            sign = "="
        if not _NUMBER.fullmatch(text.removeprefix(sign)):
            raise self.error(field, f"{name}: takes a number, such as {name}:>0.8 or {name}:13")
        return Compare(name, sign, float(text.removeprefix(sign)))  # type: ignore[arg-type]

    def tag(self, field: Token, kind: str) -> Expr:
        text = self.raw(field)
        after = self.peek()
        if after.kind == "word" and after.text == "~" and after.start == self._tokens[self._at - 1].end:
            self.take()  # plate:"7ABC 123"~
            return TagIs(kind, text, True)
        twins = text.endswith("~") and len(text) > 1
        return TagIs(kind, text.removesuffix("~") if twins else text, twins)
