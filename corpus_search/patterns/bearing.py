"""Whether a reply bears on the matter: thanks, a promise to call, an absence note or a question back answer nothing."""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus_search.model import Span
from corpus_search.patterns.sides import Turn

LONGEST = 400  # characters of own words that can be empty talk
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_WORD = re.compile(r"[\w'’]+")
_LOOSE = re.compile(  # words that may stand beside empty talk
    "ok|okay|k|sure|oh|hey|hi|so|and|but|just|also|again|then|well|now|still|will|we|i|it|u|you|do"
    "|sir|ma'am|maam|bro|brother|mr|mrs|ms|sgt|sergeant|lt|lieutenant|capt|captain|det|detective|ofc|officer|deputy|dep"
    "|chief|cpl|agent"
)


def says_nothing(turn: Turn, empty: Collection[Span], names: Collection[str]) -> bool:
    """Whether every sentence of the message's own words is a question or consists of empty talk and names.

    `empty` is where it thanks, greets, promises to call or says that the mail came; `names` are in lower case.
    """
    message = turn.message
    own = [zone for zone in message.zones if zone.kind == "own"]
    if message.attachments or not own or sum(zone.end - zone.start for zone in own) > LONGEST:
        return False
    sentences = [
        Span(met.start(), met.end())
        for zone in own
        for met in _SENTENCE.finditer(message.text, zone.start, zone.end)
        if met.group().strip(" \t.!")
    ]
    return bool(sentences) and all(_is_empty(message.text, one, empty, names) for one in sentences)


def _is_empty(text: str, sentence: Span, empty: Collection[Span], names: Collection[str]) -> bool:
    inside = sorted((one for one in empty if sentence.start <= one.start < sentence.end), key=lambda one: one.start)
    left, at = "", sentence.start
    for one in inside:
        left += text[at : max(at, one.start)] + " "
        at = max(at, min(one.end, sentence.end))
    left += text[at : sentence.end]
    words = [word.casefold() for word in _WORD.findall(left)]
    if text[sentence.start : sentence.end].endswith("?") and not any(char.isdigit() for char in left):
        return True
    known = [word for word in words if word in names]
    return all(_LOOSE.fullmatch(word) or word in names for word in words) and bool(inside or known)
