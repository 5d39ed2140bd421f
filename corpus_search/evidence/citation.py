"""The citation of a message: release, file as received, page or message, Bates numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from corpus_search.model import Message, Place, Span

_NUMBER = re.compile(r"\d+\Z")
_NAMES = {"page": ("p.", "pp."), "message": ("message", "messages"), "row": ("row", "rows")}


def cite(message: Message, *spans: Span) -> str:
    """Such as "OCSD 2019-02, emails_03.pdf, pp. 13-14 (OCSD-000123 to -124)"; with spans: the pages of those alone."""
    parts = [message.release, message.source.path]
    if message.source.member:
        parts[-1] += f" > {message.source.member}"
    places = places_of(message, spans) if spans else message.places
    return ", ".join([*parts, placed(places)] if places else parts)


def placed(places: Sequence[Place]) -> str:
    """Such as "pp. 13-14 (OCSD-000123 to -124)"."""
    bates = [place.bates for place in places if place.bates]
    return _where(places) + (f" ({bates_range(bates)})" if bates else "")


def places_of(message: Message, spans: Iterable[Span]) -> tuple[Place, ...]:
    """The places on which stretches of a message's text stand: all of it where that is not known (of stamps, say)."""
    begun = [place for place in message.places if place.start is not None]
    starts = [place.start or 0 for place in begun]
    found: set[int] = set()
    for span in spans:
        if not begun or message.zone_at(span.start) == "furniture":
            return message.places
        first = max(0, bisect_right(starts, span.start) - 1)
        if message.zone_at(span.start) == "header":
            first = bisect_left(starts, starts[first])  # any of the pages that the header runs over
        found.update(range(first, max(first + 1, bisect_left(starts, span.end))))
    return tuple(begun[at] for at in sorted(found))


def cite_page(message: Message, page: int) -> str:
    """The citation of one page of it."""
    places = [place for place in message.places if place.number == page] or list(message.places)
    where = _where(places)
    path = message.source.path + (f" > {message.source.member}" if message.source.member else "")
    return f"{message.release}, {path}, {where}" if where else f"{message.release}, {path}"


def _where(places: Sequence[Place]) -> str:
    if not places:
        return ""
    one, many = _NAMES.get(places[0].unit, (places[0].unit, places[0].unit + "s"))
    runs = number_runs(place.number for place in places)
    return f"{one if runs.isdecimal() else many} {runs}"


def number_runs(numbers: Iterable[int]) -> str:
    """Such as "13-14, 17" for 13, 14, 17."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def bates_range(stamps: Sequence[str]) -> str:
    """Such as "OCSD-000123 to -124": the last number without the zeros and prefix that it shares with the first."""
    first, last = stamps[0], stamps[-1]
    if first == last:
        return first
    a, b = _NUMBER.search(first), _NUMBER.search(last)
    if a and b and first[: a.start()] == last[: b.start()]:
        return f"{first} to -{b.group().lstrip('0') or '0'}"
    return f"{first} to {last}"
