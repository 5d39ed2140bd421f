"""The words of a passage for finders of names: spaCy's tokens without full stops, mended, with the ends of lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus_search.tagging.view import View

# After these a full stop does not end a sentence.
_SHORTENED = frozenset(
    {"co", "cty", "cnty", "dept", "st", "mt", "ft", "twp", "sgt", "lt", "det", "ofc", "ofcr", "capt"}
    | {"cmdr", "cpl", "dep", "inv", "mr", "mrs", "ms", "dr", "no", "ave", "u.s", "u.s.a", "ctr", "div"}
)


class Word(NamedTuple):
    """A token: as written, as it should be spelt in lower case, and where it stands."""

    text: str
    norm: str
    start: int
    end: int
    ends_sentence: bool
    ends_line: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def parted(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a sentence ends within these words."""
    return any(words[at].ends_sentence for at in range(first, last - 1))


class Token(NamedTuple):
    """A token of spaCy's, read once: its text, its mended norm, where it begins."""

    text: str
    norm: str
    start: int


def words_of(tokens: Sequence[Token], view: View) -> list[Word]:
    """The words of a passage."""
    words: list[Word] = []
    for number, (text, norm, start) in enumerate(tokens):
        if text == "." or text.isspace():
            continue
        end = start + len(text)
        stop = number + 1 < len(tokens) and tokens[number + 1].text == "."
        initial = len(text) == 1 and text.isalpha()
        words.append(
            Word(
                text,
                norm,
                start,
                end,
                text in (";", "!", "?") or (stop and not initial and norm not in _SHORTENED),
                end + stop in view.breaks,
            )
        )
    return words
