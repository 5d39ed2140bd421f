"""The citation of a message: release, file as received, page or message, Bates numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus_search.model import Message, Place

_NUMBER = re.compile(r"\d+\Z")
_NAMES = {"page": ("p.", "pp."), "message": ("message", "messages"), "row": ("row", "rows")}


def cite(message: Message) -> str:
    """Such as "OCSD 2019-02, emails_03.pdf, pp. 13-14 (OCSD-000123 to -124)"."""
    parts = [message.release, message.source.path]
    if message.source.member:
        parts[-1] += f" > {message.source.member}"
    if where := _where(message.places):
        parts.append(where)
    bates = [place.bates for place in message.places if place.bates]
    return ", ".join(parts) + (f" ({bates_range(bates)})" if bates else "")


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
