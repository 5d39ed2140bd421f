"""Phrases as a researcher writes them in a pack, made into one search over a passage.

A phrase is words with blanks between them. `(a|b c)` is a choice; a word or choice with `?` after it may be left out.
`$name` stands for a list of words that the pack defines, `_` for any word, `_1` for one with a digit in it, `_C` for
one that begins with a capital (in a phrase with `Aa`), `9` for a number of one to four digits, `_P`, `_S` and `_A` for
a plate or number, a system and an agency that were found before (see `covering.py`), `~3` for up to three words of the
same clause, a comma after them allowed. What stands after `>` must follow, but is no part of what is found. Letters
match in either case unless the phrase has the mark `Aa` in front; a blank matches any run of up to three blanks or
line breaks; ' also matches the typographic apostrophe and its absence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heappop, heapreplace
from typing import Final, NamedTuple

from corpus_search.errors import PackError
from corpus_search.tagging.words import Words, words_in, words_of

_PART: Final = re.compile(r"\((?P<choice>[^()]*)\)(?P<may>\?)?|(?P<word>[^\s()]+)")
_BLANK: Final = r"[ \t\r\n\xa0]{1,3}"
_CASED: Final = "Aa "
_ANY: Final = r"[A-Za-z0-9(\"“][A-Za-z0-9'’\-]*"
_TOKENS: Final = {
    "_": _ANY,
    "_1": r"(?=[A-Za-z-]{0,8}[0-9])[A-Za-z0-9-]{2,9}",
    "9": r"[0-9]{1,4}",
    "_C": r"[A-Z][A-Za-z'’-]+",
    "_P": r"0P0*",
    "_S": r"0S0*",
    "_A": r"0A0*",
}
_GAP: Final = re.compile(r"~(?P<most>[1-9])\Z")
_BETWEEN: Final = r"[A-Za-z0-9(\"“#][A-Za-z0-9'’/&)\"”-]*,?"  # a word of a gap
_FOLLOWS: Final = r"[ \t\r\n\xa0:;,.=\-]{1,4}"  # what may stand before the words that must follow
# Words so frequent in any mail that their presence decides nothing; a phrase is looked for by its other words.
_COMMON_WORDS: Final = """
a an and any are as at be been but by can could did do does for from get go got had has have he her here him his i
if in is it its just me my need no not of off on or our out please she so some still that the their them then there
these they this to u up us was we were what when who will with would you your
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())


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
    needs: tuple[frozenset[str], ...]  # of each of these, every match holds a word (lower case)
    begins: frozenset[str] | None  # every match begins with one of these words; None: with any

    def may_stand(self, words: frozenset[str]) -> bool:
        """False only where it can't stand among these words."""
        for need in self.needs:  # a loop: this is asked hundreds of times of a passage, a generator costs twice as much
            if need.isdisjoint(words):
                return False
        return self.begins is None or not self.begins.isdisjoint(words)

    def search(self, words: Words, start: int = 0) -> re.Match[str] | None:
        """The first match from `start` on; tried only where a word stands with which a match begins."""
        compiled = _compiled(self.expression)
        if self.begins is None:
            return compiled.search(words.text, start)
        at = [place for word in self.begins & words.distinct for place in words.places(word) if place >= start]
        if len(at) > 1:
            at.sort()
        for place in at:
            if (match := compiled.match(words.text, place)) is not None:
                return match
        return None


@dataclass(frozen=True, slots=True)
class Phrases:
    """Groups of phrases as one search; `by_key`: word → the phrases of which every match holds it (lower case)."""

    by_key: Mapping[str, tuple[_Phrase, ...]]

    @property
    def keys(self) -> frozenset[str]:
        """Every match holds at least one of these words (lower case)."""
        return frozenset(self.by_key)

    def keys_of(self, name: str) -> frozenset[str]:
        """The same of one group."""
        return frozenset(word for word, phrases in self.by_key.items() if any(one.name == name for one in phrases))

    def may_hold(self, words: Iterable[str]) -> bool:
        """False only where no phrase can stand among these lower-case words (see `words_of`)."""
        return not self.by_key.keys().isdisjoint(words)

    def find(self, text: str) -> Iterator[Hit]:
        """Each phrase in the text, left to right, none overlapping another.

        Only phrases whose key words stand in the text are looked for, so that thousands cost what a few do.
        """
        words = words_in(text)
        yield from _in_order(words, self._asked(words.distinct))

    def find_each(self, text: str) -> dict[str, list[Hit]]:
        """The same for each group by itself: its phrases overlap none of its own, whatever the other groups hold."""
        words = words_in(text)
        groups: dict[str, list[_Phrase]] = {}
        for phrase in self._asked(words.distinct):
            groups.setdefault(phrase.name, []).append(phrase)
        found = ((name, list(_in_order(words, phrases))) for name, phrases in groups.items())
        return {name: hits for name, hits in found if hits}

    def may_stand(self, words: frozenset[str]) -> bool:
        """Like `may_hold`, a closer look: False only where no phrase has all of the words that it needs."""
        by_key = self.by_key
        return any(phrase.may_stand(words) for word in by_key.keys() & words for phrase in by_key[word])

    def without(self, names: Collection[str]) -> Phrases:
        """The phrases of the other groups."""
        kept = {word: tuple(one for one in phrases if one.name not in names) for word, phrases in self.by_key.items()}
        return Phrases({word: phrases for word, phrases in kept.items() if phrases})

    def _asked(self, words: frozenset[str]) -> Collection[_Phrase]:
        """The phrases that may stand among these words."""
        by_key = self.by_key
        return {
            phrase.order: phrase for word in by_key.keys() & words for phrase in by_key[word] if phrase.may_stand(words)
        }.values()


def _in_order(words: Words, phrases: Iterable[_Phrase]) -> Iterator[Hit]:
    """Each match, left to right, none overlapping another; where several begin at one place the first phrase wins."""
    ahead = [
        (match.start(), phrase.order, match.end(), phrase)
        for phrase in phrases
        if (match := phrase.search(words)) is not None
    ]
    heapify(ahead)  # by the next match of each phrase; of two phrases no order is the same
    done = 0
    while ahead:
        start, order, end, phrase = ahead[0]
        if start >= done:
            yield Hit(start, end, phrase.name)
            done = end
        if match := phrase.search(words, done):
            heapreplace(ahead, (match.start(), order, match.end(), phrase))
        else:
            heappop(ahead)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """Compiled when it is first looked for: most of the thousands never are, in a short run."""
    return re.compile(expression, re.ASCII)


def compile_phrases(groups: Mapping[str, Iterable[str]], lists: Mapping[str, Iterable[str]] | None = None) -> Phrases:
    """One search for all phrases of all groups; the longest phrase wins where several begin at one place.

    Group names must be Python identifiers. PackError names a phrase that can't be read.
    """
    named = {name: list(words) for name, words in (lists or {}).items()}
    compiled = [
        (name, *_compile(phrase, named)) for name, phrases in groups.items() for phrase in dict.fromkeys(phrases)
    ]
    by_key: dict[str, list[_Phrase]] = {}
    for order, (name, expression, needs, begins) in enumerate(
        sorted(compiled, key=lambda one: (-len(one[1]), one[0], one[1]))
    ):
        phrase = _Phrase(order, name, rf"(?<![A-Za-z0-9_@]){expression}(?![A-Za-z0-9_])", needs[1:], begins)
        for word in needs[0]:
            by_key.setdefault(word, []).append(phrase)
    return Phrases({word: tuple(phrases) for word, phrases in by_key.items()})


def _compile(
    phrase: str, lists: Mapping[str, list[str]]
) -> tuple[str, tuple[frozenset[str], ...], frozenset[str] | None]:
    """A phrase's expression; sets of words of each of which a match holds one, the rarest first; its first words."""
    cased = phrase.startswith(_CASED)
    found, mark, ahead = phrase.removeprefix(_CASED).partition(" > ")
    expression = ""
    needed: list[list[str]] = []
    first: list[str] = []
    for words, may in _parts(found, lists, phrase):
        if not needed:
            first += words
        body = _either(words)
        if gap := _GAP.match(words[0]):
            if not needed:
                raise PackError(f"phrase {phrase!r}: begins with a gap; begin with the first word")
            expression += rf"(?:{_BLANK}{_BETWEEN}){{0,{gap['most']}}}?"
        elif may:
            # Before the first word that must stand, an optional one carries the blank behind it.
            expression += f"(?:{_BLANK}{body})?" if needed else f"(?:{body}{_BLANK})?"
        else:
            expression += f"{_BLANK if needed else ''}{body}"
            needed.append(words)
    if not needed:
        raise PackError(f"phrase {phrase!r}: every word may be left out; leave at least one without ?")
    if mark:
        expression += f"(?={_following(ahead, lists, phrase)}(?![A-Za-z0-9_]))"
        needed += (words for words, may in _parts(ahead, lists, phrase) if not may and not _GAP.match(words[0]))
    return (expression if cased else f"(?i:{expression})"), _key_words(needed, phrase), _first_words(first)


def _following(ahead: str, lists: Mapping[str, list[str]], phrase: str) -> str:
    """What must follow the words that are found."""
    expression = ""
    for words, may in _parts(ahead, lists, phrase):
        body = f"{_FOLLOWS}{_either(words)}"
        if gap := _GAP.match(words[0]):
            expression += rf"(?:{_FOLLOWS}{_BETWEEN}){{0,{gap['most']}}}?"
        else:
            expression += f"(?:{body})?" if may else body
    return expression


def _parts(text: str, lists: Mapping[str, list[str]], phrase: str) -> Iterator[tuple[list[str], bool]]:
    """The words of each part of a phrase, and whether it may be left out."""
    if (left := _PART.sub("", text).strip()) != "":
        raise PackError(f"phrase {phrase!r}: a bracket too many ({left}); brackets hold words and | only")
    for part in _PART.finditer(text):
        choice, may = part["choice"], bool(part["may"])
        if choice is None:
            word = part["word"]
            may = word.endswith("?") and len(word) > 1
            choice = word.removesuffix("?")
        yield _expand(choice, lists, phrase), may


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
    return re.escape(word).replace(r"\ ", _BLANK).replace("'", "['’`]?")


def _key_words(needed: list[list[str]], phrase: str) -> tuple[frozenset[str], ...]:
    """The words of each obligatory part, those that ordinary mail holds least often first."""
    choices = [found for words in needed if (found := _keys_of(words)) is not None]
    if not choices:
        raise PackError(f"phrase {phrase!r}: no word in it by which it could be looked for; name one")
    return tuple(sorted(choices, key=lambda found: (len(found & _COMMON), len(found))))


def _keys_of(words: list[str]) -> frozenset[str] | None:
    """One word of each alternative; None where one of them has none: any word, a number."""
    found: set[str] = set()
    for word in words:
        runs = words_of(word)
        if not runs or word in _TOKENS:
            return None
        key = max(runs, key=lambda run: (run not in _COMMON, len(run)))
        found.add(key)
        if "'" in word:  # "don't" is "don" and "t", "dont" is one
            found.update(words_of(word.replace("'", "")))
    return frozenset(found)


def _first_words(words: list[str]) -> frozenset[str] | None:
    """The words with which a match begins that begins with one of these; None where that may be any word."""
    first: set[str] = set()
    for word in words:
        if word in _TOKENS or not (word[0].isascii() and word[0].isalnum()):
            return None
        # "don't" begins with "don", "dont" with itself.
        first |= {words_of(word.replace("'", "", left_out))[0] for left_out in range(word.count("'") + 1)}
    return frozenset(first)
