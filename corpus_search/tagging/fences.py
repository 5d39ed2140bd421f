"""Stretches in which nothing is tagged: lists of search terms (the requester's own), and mail addresses for agencies."""

from __future__ import annotations

import re

# "search terms: ICE, ERO, 247, plate" or «the terms "ICE" OR "HSI"»: what somebody looked for is no find.
_SEARCH_TERMS = re.compile(
    r"(?:\b(?:key ?words?|search(?:ed|ing)?(?:\s+(?:for|on))?(?:\s+the)?(?:\s+following)?\s+(?:terms?|words?|phrases?|strings?)|"
    r"terms?\s+(?:searched|used|such\s+as|include[sd]?|including)|following\s+(?:search\s+)?(?:terms?|key ?words?)|"
    r"contain(?:ing|s|ed)?\s+(?:any\s+of\s+)?(?:the\s+)?(?:following\s+)?(?:terms?|words?|key ?words?|phrases?|strings?)|"
    r"(?:boolean|query)\s*(?:terms?|string)?)\b)[^\n:]{0,60}?[:\n(\"“-]?\s*(?P<list>(?:[\"“'(]?[^\n,;|]{1,40}[\"”')]?(?:\s*[,;|]\s*|\s+OR\s+|\s+or\s+|\s+and\s+|\s*\n\s*(?=[-•*\"“])))"
    r"{1,80}[^\n.]{0,60})",
    re.IGNORECASE,
)


def search_terms(passage: str) -> list[tuple[int, int]]:
    """Stretches that list search terms."""
    return [found.span("list") for found in _SEARCH_TERMS.finditer(passage)]


def inside(start: int, end: int, stretches: list[tuple[int, int]]) -> bool:
    """Whether a stretch stands in one of these."""
    return any(low <= start and end <= high for low, high in stretches)
