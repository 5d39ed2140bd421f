"""Labels of header lines: exactly as known, or nearly so where OCR damaged them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from corpus_search.packs.print_out_pack import load_print_outs, squeezed

LONGEST: Final = 28  # characters of a label
_HEAD: Final = re.compile(r"([^\W\d_][^:：;\n]{0,27}?)[ \t]{0,4}\*{0,2}_?[ \t]?([:：;])\*{0,2}")
_DAMAGED: Final = re.compile(r"([^\s:：;]{1,13}(?: [^\s:：;]{1,5})?) ?([:：;.])(?=\s|$)")
_BARE: Final = re.compile(r"(From|Sent|To|Cc|CC|Subject|Date|Attachments|Importance)(?=\s{2,}\S|\s*$)")
_BARE_SUBJECT: Final = re.compile(r"Subject(?= \S)")
_BARE_SENT: Final = re.compile(
    r"(?:Sent|Date)(?= {1,40}(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[,. ]{1,3}(?:\w{3,9}|\d))", re.IGNORECASE
)
_LOOKS: Final = str.maketrans({"0": "o", "1": "l", "5": "s", "$": "s", "|": "l", "о": "o", "Т": "t", "=": "", "[": "",
                               "(": "c", "8": "b", "е": "e", "©": "c", "'": "", "!": "l", "’": ""})  # fmt: skip
_ENGLISH: Final = {
    "from": "from", "sent": "sent", "date": "sent", "to": "to", "cc": "cc", "bcc": "bcc", "subject": "subject",
    "attachments": "attachments", "importance": "other",
}  # fmt: skip
_SHORT: Final = {"ta": "to", "lo": "to", "tc": "to", "fo": "to", "ce": "cc", "gc": "cc", "go": "cc", "co": "cc", "c": "cc",
                 "oc": "cc", "cg": "cc", "t": "to", "tol": "to", "bce": "bcc", "tq": "to", "te": "to"}  # fmt: skip


class Label(NamedTuple):
    """A label at the beginning of a row: its field, where the value begins, and whether it stands as known."""

    field: str
    value: int
    sure: bool
    weak: bool = False
    capitals: bool = False


def label_of(text: str) -> Label | None:
    """The label that a row begins with, as known: with a colon, in any of the languages."""
    begin = _begin(text)
    match = _HEAD.match(text, begin)
    if match is None:
        return None
    known = _known(match[1].rstrip(" *_"))
    if known is None:
        return None
    field, weak = known
    return Label(field, match.end(), match[2] != ";", weak, match[1].isupper() and len(match[1]) > 2)


def damaged_label(text: str) -> Label | None:
    """The label that a row nearly begins with: damaged by OCR, or without its colon. Believed only within a block."""
    begin = _begin(text)
    if match := _BARE.match(text, begin) or _BARE_SUBJECT.match(text, begin) or _BARE_SENT.match(text, begin):
        return Label(_ENGLISH[match.group().lower()], match.end(), False)
    match = _DAMAGED.match(text, begin)
    if match is None:
        return None
    field = _nearest(match[1])
    return None if field is None else Label(field, match.end(), False)


def _begin(text: str) -> int:
    at = 0
    while at < len(text) and text[at] in " \t*_|•\u200b\ufeff\xa0":
        at += 1
    return at


@lru_cache(maxsize=4096)
def _known(written: str) -> tuple[str, bool] | None:
    pack = load_print_outs()
    key = squeezed(written)
    field = pack.labels.get(key)
    return None if field is None else (field, key in pack.weak)


@lru_cache(maxsize=4096)
def _nearest(written: str) -> str | None:
    """The field whose English label is nearest, where it is near enough."""
    key = squeezed(written).translate(_LOOKS).replace("rn", "m").replace("nn", "m").replace("rm", "m").strip("-.,_*")
    if key in _ENGLISH:
        return _ENGLISH[key]
    if len(key) <= 3:
        return _SHORT.get(key)
    best = [(apart, field) for name, field in _ENGLISH.items() if (apart := _distance(key, name)) <= _slack(name)]
    return min(best)[1] if best else None


def _slack(name: str) -> int:
    return 0 if len(name) < 4 else 1 if len(name) < 7 else 2


def _distance(one: str, other: str) -> int:
    """The number of letters to change, add or drop."""
    before = list(range(len(other) + 1))
    for at, left in enumerate(one, start=1):
        row = [at]
        for place, right in enumerate(other, start=1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (left != right)))
        before = row
    return before[-1]
