"""Stretches in which no agency is tagged: mail and web addresses, file names, and lists of search terms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_search.tagging.words import words_in

# "search terms: ICE, ERO, 247, plate" or «the terms "ICE" OR "HSI"»: what somebody looked for is no find.
_ANNOUNCED = re.compile(
    r"\b(?:key ?words?|"
    r"search(?:ed|ing)?(?: (?:for|on))?(?: the)?(?: following)? (?:terms?|words?|phrases?|strings?|criteria)|"
    r"terms? (?:searched|used|such as|include[sd]?|including)|following (?:search )?(?:terms?|key ?words?|words?)|"
    r"contain(?:ing|s|ed)?(?: any of| one of| all of)?(?: the)?(?: following)? "
    r"(?:terms?|words?|key ?words?|phrases?|strings?)|"
    r"(?:boolean|query) ?(?:terms?|strings?))\b",
    re.IGNORECASE,
)
_PIECES = ("key", "search", "term", "following", "contain", "boolean", "query")  # one stands in every announcement
_TERM = r"[^\s,;|\"“”'‘’.()]{1,40}"
_ITEM = re.compile(
    rf"[\s(:“\"'‘–-]*(?:[-•*·]\s*)?[\"“'‘(]?{_TERM}(?: (?!(?:OR|or|AND|and)\b){_TERM}){{0,4}}[\"”’')]{{0,2}}"
    r"(?P<gap>\s*(?:,|;|\||/|\bOR\b|\bor\b|\bAND\b|\band\b|\n))?"
)
_LONGEST_LEAD = 60  # characters between the announcement and the list
_MOST_ITEMS = 200
_ADDRESS = re.compile(
    r"[\w.+-]*\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+){0,5}|\bat [\w-]+(?:\.[\w-]+){0,4}\.[a-z]{2,6}\b|\bhttps?://\S+|\bwww\.\S+|"
    r"(?<![\w@.])[\w/\\-]+(?:\.[\w-]+){0,4}\.(?:gov|org|com|net|mil|pdf|docx?|xlsx?|pptx?|csv|txt|msg|pst|jpe?g|png|html?)\b(?:/\S*)?",
    re.IGNORECASE,
)


_MACHINE = re.compile(r"[A-Za-z0-9+/=_-]{24,}")  # keys, signatures, encoded parts


def addresses(text: str) -> list[tuple[int, int]]:
    """Mail addresses, web addresses, file names and what only machines read."""
    fences = [found.span() for found in _ADDRESS.finditer(text)] if "@" in text or "." in text else []
    return fences + [found.span() for found in _MACHINE.finditer(text) if _is_machine_s(found.group())]


def _is_machine_s(word: str) -> bool:
    """Whether a long word is no run of words, since digits stand in it."""
    return sum(c.isdigit() for c in word) >= 2 and not word.isupper()


def search_terms(passage: str) -> list[tuple[int, int]]:
    """Stretches that list search terms: at least two, after words that announce them."""
    if not any(map(words_in(passage).hold, _PIECES)):
        return []
    stretches: list[tuple[int, int]] = []
    for announced in _ANNOUNCED.finditer(passage):
        start = _list_start(passage, announced.end())
        end, items = start, 0
        while items < _MOST_ITEMS and (item := _ITEM.match(passage, end)) is not None:
            items += 1
            end = item.end()
            if item.group("gap") is None:
                break
        if items >= 2:
            stretches.append((start, end))
    return stretches


def _list_start(passage: str, at: int) -> int:
    """Where the list begins: after a colon or at a quotation mark close by, else right here."""
    lead = passage[at : at + _LONGEST_LEAD]
    marks = [found for found in (lead.find(":"), lead.find('"'), lead.find("“")) if found >= 0]
    return at + min(marks) if marks else at


def inside(start: int, end: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch stands in one of these."""
    return any(low <= start and end <= high for low, high in stretches)
