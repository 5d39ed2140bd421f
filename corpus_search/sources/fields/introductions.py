"""Lines that stand over quoted words: "On … wrote:", GroupWise's ">>> name date >>>", dashes with "Original Message"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from corpus_search.model import Party
from corpus_search.packs.print_out_pack import load_print_outs
from corpus_search.sources.fields.header import PrintedHeader
from corpus_search.sources.fields.marks import only_marks
from corpus_search.sources.fields.people import read_people
from corpus_search.sources.fields.printed_dates import find_date
from corpus_search.sources.fields.rows import Row

MOST_ROWS: Final = 4  # over which an introduction may be wrapped
LONGEST: Final = 400  # characters of it
_DASHES: Final = " -_=*—–|~.'"
_RULE: Final = re.compile(r"\s*(?:_{10,400}|\*{20,400})\s*")
_GROUPWISE: Final = re.compile(r"\s{0,3}>>> ?([^>]{2,200}(?:>[^>]{1,60})?) ?>>>\s*")
_BY: Final = re.compile(r"(?:Forwarded|Weitergeleitet|Reenviado|Transféré|Inoltrato) (?:by|von|por|par|da) ", re.IGNORECASE)
_ADDRESSED: Final = re.compile(r"<[^<>\s]{1,100}@[^<>\s]{1,100}>|\S{1,64}@\S{1,100}")
_LEAD: Final = re.compile(
    r"^(?:[-*+ ]{0,4})(?:On|At|In|Op|El|Le|Am|Il|Em|Den|W dniu|Dne|Pe|Quoting|dia)\b[,: ]{0,2}", re.IGNORECASE
)
_FILL: Final = re.compile(
    r"\b(?:mon|tues?|wed|wednes|thu|thurs?|fri|sat|satur|sun)(?:day)?\b[.,]?|\b(?:at|um|a las|à|alle|às|kl\.?|klo|o|om|"
    r"godz\.?|em|lun|mar|mer|jeu|ven|sam|dim|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|"
    r"jueves|viernes|sábado|domingo|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|schrieb|"
    r"(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d{4}|(?:[PMCE]|AK)[SD]T)\b",
    re.IGNORECASE,
)


class Introduction(NamedTuple):
    """The row after it, what it says, and whether it is sure even where no quote marks follow."""

    end: int
    header: PrintedHeader
    sure: bool


def is_rule(text: str) -> bool:
    """A line of underscores or asterisks only, as stands over a quoted header."""
    return _RULE.fullmatch(text) is not None


def separator(text: str) -> str | None:
    """What kind of line over a quote this is: `sure` with its dashes, `bare` without them, None if it is none."""
    if len(text) > 200:
        return None
    stripped = text.strip(_DASHES + "\t>\xa0").rstrip(":：").strip()
    if not stripped:
        return None
    low = stripped.casefold()
    if low in _announcements():
        return "bare"
    if low in _separators():
        return "sure" if text.count("-") + text.count("_") + text.count("=") + text.count("—") >= 3 else "bare"
    if _BY.match(stripped) and text.lstrip()[:1] in "-_*=" and (text.count("-") > 5 or find_date(stripped)):
        return "sure"
    return None


@lru_cache(maxsize=1)
def _separators() -> frozenset[str]:
    return frozenset(word.casefold() for word in load_print_outs().separators)


@lru_cache(maxsize=1)
def _announcements() -> frozenset[str]:
    return frozenset(word.casefold() for word in load_print_outs().announcements)


@lru_cache(maxsize=1)
def _endings() -> re.Pattern[str]:
    ends = "|".join(re.escape(word.strip()) for word in sorted(load_print_outs().ends, key=len, reverse=True))
    return re.compile(
        rf"(?:(?<!\w)(?:{ends})(?: ?\([^()\n]{{0,40}}\))?(?: (?:the following|in [^:\n]{{1,40}}))?|geschreven|schrieb [^:\n]{{2,90}}|<[^<>\s]{{3,120}}>) ?[:：]$",
        re.IGNORECASE,
    )


def introduction(rows: Sequence[Row], at: int) -> Introduction | None:
    """The introduction that begins at this row, if one does."""
    first = rows[at].text.strip()
    if first.startswith(">>>"):
        return _groupwise(rows, at)
    if not first or len(first) > LONGEST or not (first[0].isalnum() or first[0] in "*-+\"'(<[█"):
        return None
    joined, blanks = "", 0
    for end in range(at, min(len(rows), at + MOST_ROWS)):
        text = rows[end].text.strip()
        if not text:
            if end > at and blanks < 1 and _LEAD.match(joined):
                blanks += 1
                continue
            return None
        if end > at and abs(rows[end].depth - rows[at].depth) > 1:
            return None
        joined = f"{joined} {text}" if joined else text
        if len(joined) > LONGEST:
            return None
        bare = joined.rstrip("*_ ").rstrip()
        if bare.endswith((":", "：")) and (match := _endings().search(bare)):
            return _made(bare, match.start(), end + 1, bool(_LEAD.match(joined)))
        if end == at and not (_LEAD.match(joined) or find_date(joined) or "<" in joined):
            return None
    return None


def _made(text: str, stop: int, end: int, led: bool) -> Introduction | None:
    keeps_address = text[stop] == "<"
    german = text[stop : stop + 8].casefold() == "schrieb "
    words = text.rstrip(":： ") if keeps_address or german else text[:stop]
    found = find_date(words)
    addressed = _ADDRESSED.search(words) is not None
    if keeps_address and found is None:
        return None
    if found is None and not addressed and len(words.split()) > (8 if led else 5):
        return None
    rest = words if found is None else words[: found.start] + " " + words[found.end :]
    written = None if found is None else " ".join(_LEAD.sub("", words[: found.end]).split())
    name = _FILL.sub(" ", _LEAD.sub("", rest)) if not _only_address(rest) else rest
    sender = _sender(name)
    if found is None and not addressed and not (sender and _is_name(sender.name)):
        return None
    doubts = () if found is not None and sender is not None else ("the line over it does not say who and when",)
    header = PrintedHeader(sender, date=found.iso if found else None, date_as_written=written, doubts=doubts,
                           sure=0.9 if not doubts else 0.6)  # fmt: skip
    sure = (found is not None and (found.timed or addressed) and (led or addressed or keeps_address)) or (led and addressed)
    return Introduction(end, header, sure)


def _is_name(name: str | None) -> bool:
    """Whether every word begins as a name's words do."""
    return bool(name) and all(word[0].isupper() or not word[0].isalpha() for word in (name or "").split())


def _only_address(text: str) -> bool:
    return text.strip(" ,<>").count(" ") == 0 and "@" in text


def _sender(name: str) -> Party | None:
    name = " ".join(name.replace("( )", " ").replace("(<", "<").replace(">)", ">").split()).strip(" .,;:-*_")
    if only_marks(name):
        return Party(redacted=True)
    people = read_people(name, several=False)
    return people[0] if people else None


def _groupwise(rows: Sequence[Row], at: int) -> Introduction | None:
    text = rows[at].text
    end = at + 1
    if not text.rstrip().endswith(">>>") and end < len(rows):
        text, end = f"{text.rstrip()} {rows[end].text.strip()}", end + 1
    match = _GROUPWISE.fullmatch(text)
    found = find_date(match[1]) if match else None
    if match is None or found is None:
        return None
    name = _FILL.sub(" ", match[1][: found.start] + " " + match[1][found.end :])
    header = PrintedHeader(_sender(name), date=found.iso, date_as_written=match[1][found.start : found.end], sure=0.9)
    return Introduction(end, header, True)
