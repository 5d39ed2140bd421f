"""What a writer's lines are: own words, the block that signs them, notices that a system adds, marks of a gateway."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from corpus_search.model import ZoneKind
from corpus_search.packs.printed_pack import load_printed
from corpus_search.query.literals import needed_words
from corpus_search.sources.printed.announcements import is_rule
from corpus_search.sources.printed.signatures import sign
from corpus_search.sources.printed.signers import NOBODY, Signer

_JOINED: Final = 3000  # characters of a paragraph that are looked at for a notice
_SPOKEN: Final = re.compile(r"(?<![\w.])I(?:['’](?:m|ll|ve|d))?(?![\w.)\-/])")
_HEADING: Final = re.compile(
    r"[\W_]{0,60}(?:disclaimer|(?:confidentiality |legal |privacy )?(?:notice|warning))[\W_]{0,60}", re.IGNORECASE
)
_STARS: Final = re.compile(r"[ \t]{0,20}(?:(?:\* ?){5,120}|(?:- ?){5,120}|_{5,}|={5,}|#{5,}|~{5,})[ \t*_=#~-]{0,20}")


def kinds_of(lines: Sequence[str], begins: bool = True, signer: Signer = NOBODY) -> list[ZoneKind]:
    """What each line of one writer's words is.

    `begins`: the first of them is where the message begins. `signer`: by what the writer is known.
    """
    kinds: list[ZoneKind] = ["own"] * len(lines)
    if begins:
        _banners(lines, kinds)
    _notices(lines, kinds)
    sign(lines, kinds, signer)
    _blanks(lines, kinds)
    return kinds


def _banners(lines: Sequence[str], kinds: list[ZoneKind]) -> None:
    """Marks of a gateway above the words: "[EXTERNAL]", "CAUTION: This email originated outside …"."""
    at = _next(lines, 0)
    while at < len(lines):
        stop = at
        joined = ""
        found = 0
        while stop < len(lines) and stop < at + 6 and lines[stop].strip():
            joined = f"{joined} {lines[stop].strip()}".strip()
            stop += 1
            if _banner().fullmatch(joined[:700]):
                found = stop
        if not found:
            # What is left of a banner that goes on in a second paragraph ends with the first words of a person.
            return
        if (
            found < stop
            and not lines[found - 1].rstrip().endswith((".", "!", "]", "*", ":"))
            and len(lines[found - 1]) > 60
        ):
            found = stop
        kinds[at:found] = ["furniture"] * (found - at)
        at = _next(lines, found)


def _notices(lines: Sequence[str], kinds: list[ZoneKind]) -> None:
    """Confidentiality notices, reports of virus scanners and the like, with the rules that frame them."""
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        stop = at
        while stop < len(lines) and lines[stop].strip() and stop < at + 60:
            stop += 1
        begin = _notice_in(lines, at, stop)
        if begin is not None:
            first, last = _framed(lines, begin, stop)
            kinds[first:last] = ["disclaimer"] * (last - first)
            at = last
        at = max(stop, at)


def _notice_in(lines: Sequence[str], at: int, stop: int) -> int | None:
    """The line at which a notice begins in a paragraph."""
    joined, starts = "", []
    for row in range(at, stop):
        starts.append(len(joined))
        joined += " ".join(lines[row].split()) + " "
        if len(joined) > _JOINED:
            break
    begin = _notice_begins(joined) if len(joined) > 24 else None
    if begin is None or _SPOKEN.search(joined, max(0, begin - 200)):
        return None  # "I think this is subject to the public records act" is said by a person
    row = at + max(nth for nth, start in enumerate(starts) if start <= begin)
    while row > at and _runs_on(lines[row - 1]) and not is_rule(lines[row - 1]):
        row -= 1
    return row


def _runs_on(line: str) -> bool:
    """Whether a sentence goes on after the line."""
    text = line.rstrip()
    return len(text) >= 58 and not text.endswith((".", "!", "?", ":", ">", "*"))


def _framed(lines: Sequence[str], begin: int, stop: int) -> tuple[int, int]:
    """The notice with its frame of stars or dashes, and all that stands within the frame."""
    first, last = begin, stop
    above = _before(lines, begin)
    if above >= 0 and len(lines[above]) < 60 and _HEADING.fullmatch(lines[above]):
        first = begin = above
        above = _before(lines, begin)
    inner = any(_STARS.fullmatch(line) for line in lines[begin:stop])
    if above >= 0 and _STARS.fullmatch(lines[above]):
        first = above
    elif not inner:
        row = above
        while row >= 0 and begin - row < 12 and not _STARS.fullmatch(lines[row]):
            row -= 1
        closing = next((at for at in range(stop, min(len(lines), stop + 25)) if _STARS.fullmatch(lines[at])), None)
        if row >= 0 and closing is not None and begin - row < 12 and len(lines[row].strip()) > 8:
            first = row
    if first < begin or inner:
        closing = next((at for at in range(last, min(len(lines), last + 25)) if _STARS.fullmatch(lines[at])), None)
        if closing is not None and not any(_STARS.fullmatch(line) for line in lines[begin:stop]):
            last = closing + 1
    return first, last


def _blanks(lines: Sequence[str], kinds: list[ZoneKind]) -> None:
    """Empty lines are of the kind of the line before them."""
    for at in range(1, len(lines)):
        if not lines[at].strip():
            kinds[at] = kinds[at - 1]


def _next(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _before(lines: Sequence[str], at: int) -> int:
    at -= 1
    while at >= 0 and not lines[at].strip():
        at -= 1
    return at


@lru_cache(maxsize=1)
def _banner() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load_printed().banners) + ")", re.IGNORECASE)


def _notice_begins(text: str) -> int | None:
    """Where the first words of a notice begin in a text."""
    asked = _notice()
    if text.isascii():
        lower = text.lower()
        present = {piece for piece in _pieces() if piece in lower}
        asked = tuple(one for one in asked if not present.isdisjoint(one[0]))
    found = [match.start() for _, expression in asked if (match := expression.search(text)) is not None]
    return min(found, default=None)


@lru_cache(maxsize=1)
def _notice() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    """The expressions of notices, each with pieces of words of which all that it matches holds one (lower case)."""
    return tuple((needed_pieces(one), re.compile(one, re.IGNORECASE)) for one in load_printed().disclaimers)


@lru_cache(maxsize=1)
def _pieces() -> frozenset[str]:
    """The pieces of all notices."""
    return frozenset().union(*(pieces for pieces, _ in _notice()))


def needed_pieces(expression: str) -> frozenset[str]:
    """The longest piece of a word in each way to match it; "" where there is a way without any."""
    ways = needed_words(expression) or [[]]
    return frozenset(max((word.strip("*") for run in way for word in run), key=len, default="") for way in ways)
