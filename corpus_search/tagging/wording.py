"""Phrases as a researcher writes them in a pack, made into one search over a passage.

A phrase is words with blanks between them. `(a|b c)` is a choice; a word or choice with `?` after it may be left out.
`$name` stands for a list of words that the pack defines, `_` for any word, `_1` for one with a digit in it, `_C` for
one that begins with a capital (in a phrase with `Aa`), `9` for a number of one to four digits; a `*` at the end of a
word is any ending. What stands after `>` must follow, but is no part of what is found. Letters match in either case
unless the phrase has the mark `Aa` in front; a blank matches any run of up to three blanks or line breaks; ' also
matches the typographic apostrophe and its absence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heappop, heapreplace
from typing import Final, NamedTuple

from corpus_search.errors import PackError

_PART: Final = re.compile(r"\((?P<choice>[^()]*)\)(?P<may>\?)?|(?P<word>[^\s()]+)")
_WORD: Final = re.compile(r"[a-z0-9]+")
_BLANK: Final = r"[ \t\r\n\xa0]{1,3}"
_CASED: Final = "Aa "
_ANY: Final = r"[A-Za-z0-9(\"“][A-Za-z0-9'’\-]*"
_TOKENS: Final = {
    "_": _ANY,
    "_1": r"(?=[A-Za-z-]{0,8}[0-9])[A-Za-z0-9-]{2,9}",
    "9": r"[0-9]{1,4}",
    "_C": r"[A-Z][A-Za-z'’-]+",
}
_FOLLOWS: Final = r"[ \t\r\n\xa0:;,.=\-]{1,4}"  # what may stand before the words that must follow
# Words so frequent in any mail that their presence decides nothing; a phrase is looked for by its other words.
_COMMON: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "go",
        "got",
        "had",
        "has",
        "have",
        "he",
        "her",
        "here",
        "him",
        "his",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "just",
        "me",
        "my",
        "need",
        "no",
        "not",
        "of",
        "off",
        "on",
        "or",
        "our",
        "out",
        "please",
        "she",
        "so",
        "some",
        "still",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "u",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


class Hit(NamedTuple):
    """Where a phrase stands, and the name of the group of phrases that it belongs to."""

    start: int
    end: int
    name: str


class _Phrase(NamedTuple):
    """One phrase: its place among those that begin at one place (the longest first), its group, and its search."""

    order: int
    name: str
    expression: str

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match from `start` on."""
        return _compiled(self.expression).search(text, start)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Groups of phrases as one search; `by_key`: word → the phrases of which every match holds it (lower case)."""

    by_key: Mapping[str, tuple[_Phrase, ...]]

    @property
    def keys(self) -> frozenset[str]:
        """Every match holds at least one of these words (lower case)."""
        return frozenset(self.by_key)

    def may_hold(self, words: Iterable[str]) -> bool:
        """False only where no phrase can stand among these lower-case words (see `words_of`)."""
        return not self.by_key.keys().isdisjoint(words)

    def find(self, text: str, words: Iterable[str] | None = None) -> Iterator[Hit]:
        """Each phrase in the text, left to right, none overlapping another; `words`: those of the text, if known.

        Only phrases whose key words stand in the text are looked for, so that thousands cost what a few do.
        """
        present = self.by_key.keys() & (words_of(text) if words is None else words)
        asked = {phrase.order: phrase for word in present for phrase in self.by_key[word]}
        ahead: list[tuple[int, int, int]] = []  # (start, order, end) of the next match of each phrase
        for order, phrase in asked.items():
            if match := phrase.search(text):
                ahead.append((match.start(), order, match.end()))
        heapify(ahead)
        done = 0
        while ahead:
            start, order, end = ahead[0]
            if start >= done:
                yield Hit(start, end, asked[order].name)
                done = end
            if match := asked[order].search(text, done):
                heapreplace(ahead, (match.start(), order, match.end()))
            else:
                heappop(ahead)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """Compiled when it is first looked for: most of the thousands never are, in a short run."""
    return re.compile(expression, re.ASCII)


def words_of(text: str) -> list[str]:
    """The runs of ASCII letters and digits of a text, in lower case."""
    return _WORD.findall(text.lower())


def compile_phrases(groups: Mapping[str, Iterable[str]], lists: Mapping[str, Iterable[str]] | None = None) -> Phrases:
    """One search for all phrases of all groups; the longest phrase wins where several begin at one place.

    Group names must be Python identifiers. PackError names a phrase that can't be read.
    """
    named = {name: list(words) for name, words in (lists or {}).items()}
    compiled = [
        (name, *_compile(phrase, named)) for name, phrases in groups.items() for phrase in dict.fromkeys(phrases)
    ]
    by_key: dict[str, list[_Phrase]] = {}
    for order, (name, expression, keys) in enumerate(sorted(compiled, key=lambda one: (-len(one[1]), one[0], one[1]))):
        phrase = _Phrase(order, name, rf"(?<![A-Za-z0-9_@]){expression}(?![A-Za-z0-9_])")
        for word in keys:
            by_key.setdefault(word, []).append(phrase)
    return Phrases({word: tuple(phrases) for word, phrases in by_key.items()})


def _compile(phrase: str, lists: Mapping[str, list[str]]) -> tuple[str, frozenset[str]]:
    cased = phrase.startswith(_CASED)
    parts = list(_PART.finditer(phrase.removeprefix(_CASED) if cased else phrase))
    expression = ""
    needed: list[list[str]] = []
    following: str | None = None
    for part in parts:
        if part[0] == ">":
            following = ""
            continue
        choice, may = part["choice"], bool(part["may"])
        if choice is None:
            word = part["word"]
            may = may or (word.endswith("?") and len(word) > 1)
            choice = word.removesuffix("?")
        words = _expand(choice, lists, phrase)
        body = _either(words)
        if following is not None:
            following += f"(?:{_FOLLOWS}{body})?" if may else f"{_FOLLOWS}{body}"
        elif may:
            # Before the first word that must stand, an optional one carries the blank behind it.
            expression += f"(?:{_BLANK}{body})?" if needed else f"(?:{body}{_BLANK})?"
        else:
            expression += f"{_BLANK if needed else ''}{body}"
            needed.append(words)
    if not needed:
        raise PackError(f"phrase {phrase!r}: every word may be left out; leave at least one without ?")
    keys = _key_words(needed)
    if following:
        expression += f"(?={following}(?![A-Za-z0-9_]))"
    return (expression if cased else f"(?i:{expression})"), keys


def _expand(choice: str, lists: Mapping[str, list[str]], phrase: str) -> list[str]:
    words: list[str] = []
    for word in choice.split("|"):
        if not word.startswith("$"):
            words.append(word)
        elif word[1:] in lists:
            words.extend(lists[word[1:]])
        else:
            raise PackError(f"phrase {phrase!r}: no list is called {word}")
    return words


def _either(words: list[str]) -> str:
    ordered = sorted({_literal(word) for word in words}, key=lambda text: (-len(text), text))
    return ordered[0] if len(ordered) == 1 else f"(?:{'|'.join(ordered)})"


def _literal(word: str) -> str:
    if word in _TOKENS:
        return _TOKENS[word]
    escaped = re.escape(word).replace(r"\ ", _BLANK).replace("'", "['’`]?")
    return re.sub(r"\\\*$", r"[A-Za-z]*", escaped)


def _key_words(needed: list[list[str]]) -> frozenset[str]:
    """The words of the obligatory part that ordinary mail holds least often."""

    def keys(words: list[str]) -> frozenset[str] | None:
        found: set[str] = set()
        for word in words:
            runs = words_of(word)
            if not runs or "'" in word or word.endswith("*") or word in _TOKENS:
                return None
            found.add(max(runs, key=lambda run: (run not in _COMMON, len(run))))
        return frozenset(found)

    choices = [found for words in needed if (found := keys(words)) is not None]
    if not choices:  # a word with * or ': its beginning serves, read up to that mark
        return frozenset(run for words in needed for word in words for run in words_of(word)[:1])
    return min(choices, key=lambda found: (len(found & _COMMON), len(found)))
