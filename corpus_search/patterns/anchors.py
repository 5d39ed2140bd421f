"""Whether an exchange is about anybody at all, and how much of a pattern stands in words rather than in who writes.

Two sides that share a building also write of keys, faxes and rooms. What a pattern looks for is done to people: where
an exchange names and means nobody, has no plate and brings no file, that speaks against it (`nobody` in the packs).
Patterns that may concern nobody, of a door or an account, must at least stand in words.
"""

from __future__ import annotations

from corpus_search.model import Span
from corpus_search.packs.pattern_pack import Pattern
from corpus_search.patterns.exchange import NOBODY, Exchange
from corpus_search.patterns.hearing import Heard, worth
from corpus_search.patterns.sides import Turn

WHO_WRITES = 1.0  # of the points that a pattern needs, those that may come from who takes part and not from words


def concerns_nobody(pattern: Pattern) -> bool:
    """Whether a deed of the pattern may concern nobody in particular: a door, an account, the channel."""
    return pattern.subjects == "none" or NOBODY in pattern.despite


def counting_against(pattern: Pattern, exchange: Exchange) -> dict[str, tuple[Heard, ...]]:
    """What speaks against the pattern in the exchange, without what does not count against this one."""
    despite = {NOBODY, *pattern.despite} if concerns_nobody(pattern) else pattern.despite
    return {name: heard for name, heard in exchange.against.items() if name not in despite}


def stands_in_words(pattern: Pattern, cues: dict[str, tuple[Heard, ...]], exchange: Exchange) -> bool:
    """Whether the words of an exchange carry a pattern, where no person is named and no file handed over."""
    if pattern.channel or exchange.about_somebody or exchange.brings_a_file:
        return True
    if not concerns_nobody(pattern) and NOBODY not in exchange.against:
        return True
    said = sum(max(0.0, worth(heard)) for heard in cues.values() if any(map(_in_words, heard)))
    return said + max(0.0, exchange.wording.get(pattern.name, 0.0)) >= pattern.needs - WHO_WRITES


def _in_words(heard: Heard) -> bool:
    """Whether a cue is met by the body or the subject line, not by an address, a signature or who takes part."""
    if not heard.spans:
        return bool(heard.clause.words)  # in the subject, which has no place of its own in the text
    return any(_is_words(heard.turn, span) for span in heard.spans)


def _is_words(turn: Turn, span: Span) -> bool:
    message = turn.message
    zone = next((zone for zone in message.zones if zone.start <= span.start < zone.end), None)
    if zone is None or zone.kind != "header":
        return zone is not None and zone.kind in ("own", "quoted")
    return message.text[span.start : span.end] in (message.subject or "")
