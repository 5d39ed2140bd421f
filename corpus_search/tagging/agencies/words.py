"""The words of a passage for finders of names: spaCy's tokens without full stops, mended, with where they end a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc

from corpus_search.tagging.view import View

# After these a full stop does not end a sentence.
_SHORTENED = frozenset(
    "co cty cnty dept st mt ft twp sgt lt det ofc ofcr capt cmdr cpl dep inv mr mrs ms dr no ave u.s u.s.a ctr div".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A token: as written, as it should be spelt in lower case, and where it stands."""

    text: str
    norm: str
    start: int
    end: int
    token: int
    ends_sentence: bool
    ends_line: bool


def words_of_doc(doc: Doc, view: View, mend: Callable[[str], str]) -> list[Word]:
    """The words of a passage."""
    words: list[Word] = []
    tokens = list(doc)
    for number, token in enumerate(tokens):
        text: str = token.text
        if text.isspace() or (text == "." and words):
            continue
        start: int = token.idx
        end = start + len(text)
        norm = mend(text)
        stop = number + 1 < len(tokens) and tokens[number + 1].text == "."
        initial = len(text) == 1 and text.isalpha()
        words.append(
            Word(
                text,
                norm,
                start,
                end,
                number,
                text in (";", "!", "?") or (stop and not initial and norm not in _SHORTENED),
                end in view.breaks,
            )
        )
    return words
