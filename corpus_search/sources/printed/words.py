"""What a writer's lines are: own words, the block that signs them, notices that a system adds, marks of a gateway."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from corpus_search.model import ZoneKind
from corpus_search.packs.printed_pack import fold, load_printed
from corpus_search.sources.printed.introductions import is_rule

_JOINED: Final = 3000  # characters of a paragraph that are looked at for a notice
_SIGNED: Final = 22  # lines of a signature, at most
_WIDE: Final = 110  # characters of a line in one
_PHONE: Final = re.compile(r"(?<![\d/])(?:\+?\d{1,3}[ .\-]{0,2})?\(?\d{3}\)?[ .\-/]{1,3}\d{3}[ .\-]{0,2}\d{4}(?!\d)|\+\d[\d ()/.\-]{7,18}\d|\b\d{3}-\d{4}\b")
_MAIL: Final = re.compile(r"[\w.+\-]{1,64}(?:@| at )[\w\-]{1,60}\.[\w.\-]{2,40}|(?:https?://|www\.)\S{3,200}", re.IGNORECASE)
_CONTACT: Final = re.compile(
    r"\b(?:tel(?:ephone)?|ph(?:one)?|fax|facsimile|cell(?:ular)?|mobile|mob|office|desk|direct(?: line)?|pager|dispatch|e-?mail|ext|"
    r"badge|web|voice|switchboard|main)\b ?(?:no\.? ?|number ?|#)?[.:)(#]|\((?:telephone|phone|fax|facsimile|cell|mobile|email|o|c|f|w|m|h)\)",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(
    r"\b[A-Z][A-Za-z.]{1,20},? (?:[A-Z]{2}|[A-Z][a-z]{3,12}),? {0,3}\d{5}(?:-\d{4})?\b|\b(?:P\.? ?O\.? Box|Suite|Ste\.?|Floor|Room|Rm\.?) ?#? ?\d|"
    r"\b\d{1,5} (?:[NSEW]\.?E?W? )?(?:[A-Z0-9][\w.]{0,20} ){1,4}(?:St|Street|Ave|Avenue|Blvd|Boulevard|Rd|Road|Dr|Drive|Way|Lane|Ln|Plaza|Parkway|Pkwy|Hwy|Highway|Court|Ct|Circle|Square)\b"
)
_RANK: Final = re.compile(
    r"\b(?:officer|detective|deputy|sergeant|sgt|lieutenant|lt|captain|chief|agent|special agent|investigator|commander|"
    r"sheriff|undersheriff|corporal|director|manager|analyst|supervisor|attorney|counsel|assistant|secretary|coordinator|"
    r"specialist|administrator|president|vice president|engineer|developer|partner|associate|consultant|clerk|technician|"
    r"department|division|bureau|office of|unit|section|police|county|city of|university|corporation|corp|inc|llc|llp|ltd|"
    r"company|group|agency|bureau|institute|association|chair(?:man|woman|person)?|professor|ph\.?d|esq|trader|services|systems)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"[*_ \t]{0,4}(?:[A-Z][\w.'’\-]{0,20},? ){1,4}(?:[A-Z][\w.'’\-]{0,20},?)(?: (?:Jr|Sr|II|III|IV|Esq|PhD|MD|CPA)\.?)?[*_,. \t]{0,4}")
_DASHES: Final = re.compile(r"--[ \t]{0,2}|—[ \t]{0,2}")
_STARS: Final = re.compile(r"[ \t]{0,20}(?:\*{5,}|-{5,}|_{5,}|={5,}|#{5,}|~{5,})[ \t*_=#~-]{0,20}")


def kinds_of(lines: Sequence[str], begins: bool = True) -> list[ZoneKind]:
    """What each line of one writer's words is; `begins`: the first of them is where the message begins."""
    kinds: list[ZoneKind] = ["own"] * len(lines)
    if begins:
        _banners(lines, kinds)
    _notices(lines, kinds)
    _signature(lines, kinds)
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
        if found < stop and not lines[found - 1].rstrip().endswith((".", "!", "]", "*", ":")) and len(lines[found - 1]) > 60:
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
    match = _notice().search(joined) if len(joined) > 24 else None
    if match is None:
        return None
    row = at + max(nth for nth, start in enumerate(starts) if start <= match.start())
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


def _signature(lines: Sequence[str], kinds: list[ZoneKind]) -> None:
    """The block at the end that says who writes and how to reach them, and the lines of devices."""
    for at, line in enumerate(lines):
        if kinds[at] == "own" and 8 < len(line.strip()) < 120 and _device().fullmatch(line.strip(" \t*_>")):
            kinds[at] = "signature"
    dashes = next((at for at in range(len(lines) - 1, -1, -1) if _DASHES.fullmatch(lines[at])), None)
    if dashes is not None and len([line for line in lines[dashes:] if line.strip()]) <= _SIGNED:
        _sign(lines, kinds, dashes, len(lines))
        return
    end = len(lines)
    while end and (not lines[end - 1].strip() or kinds[end - 1] != "own" or _is_file(lines[end - 1])):
        end -= 1
    begin = _contacts_from(lines, kinds, end)
    if begin is not None:
        _sign(lines, kinds, begin, end)


def _sign(lines: Sequence[str], kinds: list[ZoneKind], begin: int, end: int) -> None:
    for at in range(begin, end):
        if kinds[at] == "own" and (lines[at].strip() or at + 1 < end):
            kinds[at] = "signature"


def _contacts_from(lines: Sequence[str], kinds: Sequence[ZoneKind], end: int) -> int | None:
    """The first line of the block of contacts that ends at a line; None where none does."""
    begin, strong, at, gap = None, 0, end - 1, 0
    block: list[int] = []
    while at >= 0 and len(block) < _SIGNED and kinds[at] in ("own", "signature"):
        text = lines[at].strip(" \t*_|>")
        if not text:
            gap += 1
            if gap > 2:
                break
            at -= 1
            continue
        if _is_farewell(text):
            break
        weight = _weight(text)
        if weight == 0 or (gap and weight < 2 and not _NAME.fullmatch(text)):
            break
        if gap and block and not strong:
            break
        gap = 0
        block.append(at)
        strong += weight >= 2
        begin = at
        at -= 1
    if begin is None or not strong:
        return None
    named = _after_farewell(lines, begin, end)
    return named if named is not None else _without_prose(lines, begin, end)


def _after_farewell(lines: Sequence[str], begin: int, end: int) -> int | None:
    """Where a farewell stands above: the name right under it is the writer's own, the block after it is not."""
    above = _before(lines, begin)
    if above < 0 or not _is_farewell(lines[above].strip(" \t*_|>")):
        return None
    if above == begin - 1 and _is_bare_name(lines[begin]):
        return begin + 1 if begin + 1 < end else None
    if _is_bare_name(lines[begin]) and begin + 1 < end and not lines[begin + 1].strip():
        return _next(lines, begin + 1)
    return begin


def _without_prose(lines: Sequence[str], begin: int, end: int) -> int | None:
    first = begin
    if _is_bare_name(lines[begin]) and len(lines[begin].split()) == 1 and begin + 1 < end and not lines[begin + 1].strip():
        first = _next(lines, begin + 1)
    return first if first < end else None


def _weight(text: str) -> int:
    """How much a line is one of contacts: 2 by itself, 1 beside others, 0 none."""
    if len(text) > _WIDE:
        return 0
    if _CONTACT.search(text) or _PLACE.search(text):
        return 2
    if _PHONE.search(text) and len(text) < 60:
        return 2
    if match := _MAIL.search(text):
        return 2 if len(match.group()) >= 0.5 * len(text) else 1 if len(text) < 60 and text[-1] not in ".?!," else 0
    if text[-1:] in ".?!;:" and not re.search(r"\b(?:Inc|Corp|Co|Ltd|Esq|Jr|Sr|Ph\.?D|L\.?L\.?P|N\.?A|\b[A-Z])\.$", text):
        return 0
    words = text.split()
    if len(words) > 9:
        return 0
    capital = sum(word[0].isupper() or not word[0].isalpha() or word in ("of", "and", "the", "for", "de", "in", "at", "to") for word in words)
    return 1 if capital == len(words) and (words[0][0].isupper() or not words[0][0].isalpha()) and (len(words) > 1 or _RANK.search(text) or len(text) > 2) else 0


def _is_farewell(text: str) -> bool:
    if len(text) > 40:
        return False
    return fold(text.strip(" ,.!-–—*")) in load_printed().farewells


def _is_bare_name(line: str) -> bool:
    """Whether the line is a name, perhaps of one word, without a rank, a place or a number."""
    text = line.strip(" \t*_,.-")
    words = text.split()
    return (
        0 < len(words) <= 4
        and all(word[0].isupper() for word in words)
        and not any(char.isdigit() or char in "@/|:" for char in text)
        and not _RANK.search(text)
    )


def _is_file(line: str) -> bool:
    """A line that names an attached file: " - budget.xls", "<<memo.doc>>"."""
    text = line.strip()
    return len(text) < 120 and re.fullmatch(r"(?:[-•] ?|<{1,2} ?)[^\n]{1,100}\.\w{2,4}(?: ?>{1,2})?", text) is not None


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


@lru_cache(maxsize=1)
def _notice() -> re.Pattern[str]:
    return re.compile("|".join(load_printed().disclaimers), re.IGNORECASE)


@lru_cache(maxsize=1)
def _device() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load_printed().devices) + ")", re.IGNORECASE)
