"""The contact block under a sender's own words: where it is, and which of its lines name the sender's agency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_search.model import Message, Party

LONGEST = 9  # lines of a block without a zone of its own
_NAME_WORD = re.compile(r"[^\W\d_]{3,}")
_CLOSING = re.compile(
    r"^(?:thanks?|thank you|regards|best|best regards|sincerely|respectfully|cheers|v/r|very respectfully|r/)\b"
    r".{0,30}$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"[a-z]{2}[.?!]\s+[A-Z]|\b(?:please|would|could|should|will|was|were|has|have|is|are|they|he|she|we|you|your|i)\b",
    re.IGNORECASE,
)

# Short forms whose full stop ends no sentence: "Ofc. Ryan Keller", "Traffic Div. East".
_SHORT = re.compile(
    r"\b(?:ofc|off|ofcr|sgt|ssgt|lt|lieut|capt|cpt|cmdr|comm|det|dep|dpty|insp|cpl|maj|col|supv|spvr|agt|inv|dir|asst|assoc"
    r"|spec|tech|sr|jr|mr|mrs|ms|dr|hon|dept|div|bur|sec|st|ave|blvd|rd|hwy|ste|apt|bldg|fl|rm|no|ext|tel|fax|ph|cell"
    r"|co|cnty|inc|corp)\.\s",
    re.IGNORECASE,
)


def signature_lines(message: Message, sender: Party) -> list[str]:
    """The lines of the sender's contact block; empty where no block can be told from the words."""
    own_end = 0
    for zone in message.zones:
        if zone.kind == "quoted":
            break
        if zone.kind == "own":
            own_end = zone.end
        if zone.kind == "signature":
            return _lines(message.text[zone.start : zone.end])
    own = next(
        (message.text[zone.start : zone.end] for zone in message.zones if zone.end == own_end and zone.kind == "own"),
        "",
    )
    return _under_the_name(_lines(own), sender)


def _under_the_name(lines: list[str], sender: Party) -> list[str]:
    """The last lines from the one that is the sender's name on."""
    words = set(_name_words(sender))
    for at in range(len(lines) - 1, max(-1, len(lines) - LONGEST - 1), -1):
        line = lines[at]
        named = words & {word.casefold() for word in _NAME_WORD.findall(line)}
        if (named and len(line.split()) <= 8 and not _is_sentence(line)) or _CLOSING.match(line):
            block = lines[at:]
            return block if not any(_is_sentence(other) for other in block[1:]) else []
    return []


def _is_sentence(line: str) -> bool:
    return _SENTENCE.search(_SHORT.sub("", line)) is not None


def _name_words(sender: Party) -> Iterator[str]:
    for word in _NAME_WORD.findall(sender.name or ""):
        yield word.casefold()
    local = (sender.address or "").partition("@")[0]
    if local and "/" not in local:
        for word in _NAME_WORD.findall(local):
            yield word.casefold()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def names_its_agency(line: str, start: int, end: int) -> bool:
    """Whether an agency found in a line of a contact block is what the line is for, not something that it mentions."""
    if _is_sentence(line):
        return False
    before = line[:start].strip(" ,|-–•·/:()")
    return len(before.split()) <= 6 and end - start >= 2
