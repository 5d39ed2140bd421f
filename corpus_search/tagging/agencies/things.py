"""Where "ICE" is a thing that is counted or has a number: an emulator, an engine, a train; and a number to call."""

from __future__ import annotations

import re

# An agency is not counted: "an ICE that steps", "the two ICE."; but "an ICE agent", "two ICE officers".
_COUNTED = re.compile(
    r"(?<!\w)(?:an?|every|another|two|three|four|several)\s{1,3}(?:(?:new|old|second|cheap)\s{1,3})?\Z",
    re.IGNORECASE,
)
_NOTHING_AFTER = re.compile(
    r"\s*(?:[.,;!?)]|\Z)|\s{1,3}(?:that|which|with|and|or|for|from|on|in|to|is|was|are|instead|like|but)(?!\w)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"[A-Za-z]{3,20}\sv?\d{1,3}\.\d{1,3}\s{0,2}\+\s{0,2}\Z")
_TRAIN = re.compile(r"\s\d{1,4}\s{1,3}trains?(?!\w)")
_KIN = re.compile(
    r"\s{0,2}[:=]\s{0,3}(?:my\s)?(?:mom|mum|mother|dad|father|wife|husband|spouse|son|daughter|sister|brother|partner)\b",
    re.IGNORECASE,
)


def thing(text: str, start: int, end: int) -> str | None:
    """Why this "ICE" is a thing by the words right around it; None where they do not tell."""
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if _COUNTED.search(before) and _NOTHING_AFTER.match(after):
        return "“ICE” is counted here, as no agency is"
    if _VERSION.search(before):
        return "“ICE” goes with a version's number, a product"
    if _TRAIN.match(after):
        return "“ICE” bears a number, as trains do"
    return "the number to call in case of emergency" if _KIN.match(after) else None
