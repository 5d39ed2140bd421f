"""Phrases as a researcher writes them in a pack, each as an expression, and what it needs to stand in a text.

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
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from corpus_search.errors import PackError
from corpus_search.tagging.words import words_of

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


class Compiled(NamedTuple):
    """A phrase as an expression; sets of words (lower case) of each of which every match holds one, the rarest first.

    `begins`, `seconds`: with one of these words every match begins, and one of these comes next (as part of it, or of
    what must follow); None: any may.
    """

    expression: str
    needs: tuple[frozenset[str], ...]
    begins: frozenset[str] | None
    seconds: frozenset[str] | None


def compile_phrase(phrase: str, lists: Mapping[str, list[str]]) -> Compiled:
    """A phrase read. PackError says what can't be read in it."""
    cased = phrase.startswith(_CASED)
    found, mark, ahead = phrase.removeprefix(_CASED).partition(" > ")
    expression = ""
    needed: list[list[str]] = []
    parts = list(_parts(found, lists, phrase))
    for words, may in parts:
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
        following = list(_parts(ahead, lists, phrase))
        needed += (words for words, may in following if not may and not _GAP.match(words[0]))
        parts += following
    written = expression if cased else f"(?i:{expression})"
    return Compiled(written, _key_words(needed, phrase), _first_words(parts), _second_words(parts))


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


def _first_words(parts: Sequence[tuple[list[str], bool]]) -> frozenset[str] | None:
    """The words with which a match of these parts begins; None where that may be any word, or they may be left out."""
    first: set[str] = set()
    for words, may in parts:
        if any(word in _TOKENS or not (word[0].isascii() and word[0].isalnum()) for word in words):
            return None
        first |= {words_of(form)[0] for word in words for form in _forms(word)}
        if not may:
            return frozenset(first)
    return None


def _second_words(parts: Sequence[tuple[list[str], bool]]) -> frozenset[str] | None:
    """The words that come second in a match of these parts; None where that may be any word, or there need be none."""
    second: set[str] = set()
    for nth, (words, may) in enumerate(parts):
        after = _first_words(parts[nth + 1 :])
        for runs in (words_of(form) for word in words for form in _forms(word)):
            if len(runs) > 1:
                second.add(runs[1])
            elif after is None:
                return None
            else:
                second |= after
        if not may:
            break
    return frozenset(second)


def _forms(word: str) -> Iterator[str]:
    """The forms in which a word may stand: "don't" with its apostrophe, and without."""
    for left_out in range(word.count("'") + 1):
        yield word.replace("'", "", left_out)
