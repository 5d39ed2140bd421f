"""Exemption codes and other marks that are printed on or by a redaction."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from corpus_search.packs.printed_pack import load_printed

LONGEST: Final = 60  # characters of a mark

# "(b)(7)(C)", "b7C", "(k)(2)", and what OCR makes of them: "(bX6)", "lb)(6)", "(b)(?)(E)", "(b)(6}".
_FEDERAL: Final = (
    r"\[?[(\[l]? ?[bcjkBJK] ?[)\]X]{0,2} ?\(? ?(?:[0-9]{1,2}|\?) ?[)\]}X]{0,2}"
    r"(?: ?\(? ?[A-Fa-f6] ?\)?)?\]?|1\.[45] ?\(?[A-H]\)?"
)
_FILLING: Final = r"\[?X{2,}\]?"
_NOTHING: Final = re.compile(r"[\W_]*|([Xx█■])\1*")


def code_in(text: str) -> str | None:
    """The mark, as written, if the text is nothing but an exemption code or a word such as REDACTED."""
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST or not _mark().fullmatch(text):
        return None
    return text


def says_nothing(text: str) -> bool:
    """Whether text under a box tells nothing: marks, signs, filling, a letter whose edge the box touches."""
    squeezed = "".join(text.split())
    if sum(map(str.isalnum, squeezed)) < 2:
        return True
    return _NOTHING.fullmatch(squeezed) is not None or code_in(text) is not None


@lru_cache(maxsize=1)
def _mark() -> re.Pattern[str]:
    pack = load_printed()
    words = "|".join(map(re.escape, sorted(pack.code_words, key=len, reverse=True)))
    one = rf"(?:{_FEDERAL}|\[?(?:{pack.codes})\]?|\[?(?:{words})\]?|{_FILLING})"
    return re.compile(rf"{one}(?:[ ;,:&/]{{1,3}}{one}){{0,7}}[;,.]?")
