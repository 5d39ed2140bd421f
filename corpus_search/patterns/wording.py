"""What a conversation reads like as a whole: every word a little, where no single phrase need be known.

Cues know phrases; people write the same thing in others. Words that go with a pattern in labelled conversations speak
for it, those of its neighbours and of ordinary mail against it: the weights are of one regression over the patterns and
none of them. It adds to the points of cues or takes from them; between the two sides it may stand for them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from corpus_search.model import Span
from corpus_search.packs.pattern_wording import Wording
from corpus_search.patterns.sides import Turn

FEW = 15  # known words up to which each tells nearly as much as alone: of more, each tells less
TOO_FEW = 8  # known words up to which the whole tells less than half of what they say
MOST_WORDS = 3_000  # of one message: a bound on hostile texts
# How much the reading weighs against the points of cues: learnt from conversations that neither of them knew.
EACH_POINT = 2.5  # points for each step on the scale of the regression
EVEN = 2.5  # points where it is of two minds: most of what it knows is ordinary mail
MOST, LEAST = 12.0, -12.0  # points for a pattern and against it
SURE = 2.5  # points from which a conversation reads like a pattern even where no cue is met
# Who takes part is told by sides: that a mail names them as well tells only how the labelled ones were chosen.
NAMES = frozenset({"ice", "ice's", "hsi", "cbp", "ero", "dhs", "immigration", "usbp"})
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d[\d:/.-]*")
_SENTENCE = re.compile(r"[^\s.!?][^.!?\n]*[.!?]*")
_ANSWERED = re.compile(r"(?:(?:re|fw|fwd)\s*:\s*)+", re.IGNORECASE)
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
_SIDES = {"immigration": "f", "local": "l"}


def read(turns: Sequence[Turn], wording: Wording) -> dict[str, float]:
    """Points by pattern, for it against ordinary mail; nothing where no word is known."""
    known = [weights for word in sorted(words_of(turns)) if (weights := wording.weights.get(word)) is not None]
    if not known:
        return {}
    each = scale(len(known)) * len(known) / (len(known) + TOO_FEW)
    told = [each * sum(column) for column in zip(*known, strict=True)]
    return {name: _points(value) for name, value in zip(wording.columns, told, strict=True)}


def is_sure(points: float | None) -> bool:
    """Whether a conversation reads like a pattern, whatever phrases it uses."""
    return points is not None and points >= SURE


def best_sentence(turn: Turn, name: str, wording: Wording) -> Span | None:
    """The sentence of a message's own words that most reads like the pattern; None where none does."""
    at = wording.columns.index(name)
    side = _SIDES.get(turn.sender, "u")
    best: tuple[float, Span] | None = None
    for zone in turn.message.zones:
        if zone.kind != "own":
            continue
        for met in _SENTENCE.finditer(turn.message.text, zone.start, zone.end):
            known = [wording.weights[word] for word in _words(met.group(), side) if word in wording.weights]
            worth = sum(weights[at] for weights in known)
            if worth > (best[0] if best is not None else 0.0):
                best = worth, Span(met.start(), met.start() + len(met.group().rstrip(" .!?")))
    return None if best is None else best[1]


def scale(known: int) -> float:
    """What each of so many known words counts: few words tell little, and many not more than they should."""
    return 1 / math.sqrt(known + FEW)


def _points(value: float) -> float:
    """Within bounds, in halves: points are added up by readers too."""
    return round(min(MOST, max(LEAST, EACH_POINT * value + EVEN)) * 2) / 2


def words_of(turns: Iterable[Turn]) -> frozenset[str]:
    """The words of messages' own text and subjects, alone, in pairs and with the side that writes; who takes part."""
    found: set[str] = set()
    for turn in turns:
        message = turn.message
        if message.kind != "message":
            continue
        own = "\n".join(message.text[zone.start : zone.end] for zone in message.zones if zone.kind == "own")
        side = _SIDES.get(turn.sender, "u")
        found |= _words(own, side) | _words(_ANSWERED.sub("", message.subject or ""), side)
        for attachment in message.attachments:
            found.update(f"file:{word}" for word in re.findall("[a-z]{2,}", (attachment.name or "").lower()))
        found.update(f"from:{group}" for group in turn.sender_groups)
        found.update(f"to:{group}" for group in turn.reader_groups)
    return frozenset(found)


def _words(text: str, side: str) -> set[str]:
    words = list(_stems(text))
    return {
        *words,
        *(f"{one} {other}" for one, other in pairwise(words)),
        *(f"{side}:{word}" for word in words),
    }


def _stems(text: str) -> Iterator[str]:
    """Words without their endings; numbers by their shape."""
    for number, met in enumerate(_WORD.finditer(text.lower().replace("’", "'"))):
        if number == MOST_WORDS:
            return
        if met.group() not in NAMES:
            yield _shape(met.group()) if met.group()[0].isdigit() else _stem(met.group())


def _stem(word: str) -> str:
    if len(word) > 5:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                return word[: -len(ending)]
    return word


def _shape(number: str) -> str:
    if ":" in number:
        return "#time"
    if "/" in number or number.count("-") == 2:
        return "#date"
    return f"#{min(5, sum(char.isdigit() for char in number))}"
