"""Times of day and offsets from UTC as they are printed; nothing is converted."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

# RFC 5322's zone names and Europe's that stand for one offset; minutes from UTC.
_ZONES: Final = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "cet": 60, "cest": 120, "met": 60,
    "mest": 120, "eet": 120, "eest": 180, "bst": 60,
}  # fmt: skip
CLOCK: Final = re.compile(
    r"(?:[ \t\xa0,T–-]|at\b|um\b|à\b|a las\b|kl\.?|alle\b|às\b|om\b|o godz\.?|klo\b|v\b|в\b|г\.|ore\b|"
    r"\([^()\d]{1,12}\)|[월화수목금토일]요일|(?:星期|周)[一二三四五六日天]|[月火水木金土日]曜日?){0,8}"
    r"(?P<before>上午|下午|午前|午後|오전|오후)? ?"
    r"(?P<hour>[0-9OolI]{1,2}) ?(?P<colon>[:;.hH]) ?(?P<minute>[0-5OolIS][0-9OolISB])"
    r"(?: ?[:;.] ?(?P<second>[0-5OolI][0-9OolIS])(?:[.,]\d{1,9})?)?"
    r"(?: {0,3}(?P<half>[AaPp])[. ]{0,2}[Mm](?![a-z])\.?| {0,3}(?P<after>SA|CH|πμ|μμ|π\.μ\.|μ\.μ\.|ص|م)(?!\w))?"
)
# Before and after noon in other languages.
_HALVES: Final = {"上午": "a", "午前": "a", "오전": "a", "下午": "p", "午後": "p", "오후": "p"} | {
    "SA": "a",
    "πμ": "a",
    "π.μ.": "a",
    "ص": "a",
    "CH": "p",
    "μμ": "p",
    "μ.μ.": "p",
    "م": "p",
}
_ZONE: Final = re.compile(
    r" {0,2}[(\[]?(?P<zone>(?:UTC|GMT)? ?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?!\d)|"
    r"[A-Z]{1,4}T?\b)[)\]]?"
)
_MENDED: Final = str.maketrans("OolISBZ", "0011582")


def number_in(digits: str | None) -> int:
    """The number that figures say, OCR's slips among them mended."""
    return int((digits or "0").translate(_MENDED).replace(" ", "") or 0)


def read_time(match: re.Match[str]) -> str | None:
    """The time of a match of `CLOCK`; None where there is no such time."""
    hour, minute, second = (number_in(match[name]) for name in ("hour", "minute", "second"))
    half = match["half"] or _HALVES.get(match["before"] or match["after"] or "")
    if match["colon"] == "." and not half and match["second"] is None and hour < 1:
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in "pP" else 0)
    try:
        return time(hour, minute, min(second, 59)).isoformat()
    except ValueError:
        return None


def read_offset(text: str, end: int) -> tuple[str, int]:
    """The offset from UTC that is written from here on ("" for none), and where it ends."""
    match = _ZONE.match(text, end)
    if match is None:
        return "", end
    if match["sign"]:
        hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
        if hours > 14 or minutes > 59:
            return "", end
        return f"{'+' if not hours and not minutes else match['sign']}{hours:02}:{minutes:02}", match.end()
    zone = match["zone"].lower()
    if zone not in _ZONES:
        return "", end
    minutes = abs(_ZONES[zone])
    return f"{'-' if _ZONES[zone] < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}", match.end()
