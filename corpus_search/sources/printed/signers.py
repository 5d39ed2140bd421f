"""Who signs: names as people sign with them, what they are and where they work; lines that tell of somebody else."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from corpus_search.packs.printed_pack import fold
from corpus_search.sources.printed.marks import is_mark

Signer = frozenset[str]  # the words by which a sender is known, folded: of the name, and the address's local part
NOBODY: Final[Signer] = frozenset()
_WIDE: Final = 120  # characters of a name, with what stands behind it on its line

_TITLE: Final = re.compile(
    r"\b(?:officer|detectives?|deputy|sergeant|lieutenant|captain|chief|agent|investigator|commander|sheriff|undersheriff|"
    r"corporal|director|manager|analyst|supervisor|attorney|counsel|assistant|secretary|coordinator|specialist|"
    r"administrator|president|clerk|technician|patrolman|trooper|ranger|marshal|warden|dispatcher|jailer|bailiff|"
    r"prosecutor|judge|paralegal|counselor|advisor|advocate|examiner|inspector|superintendent|engineer|associate|writer|reporter|"
    r"det|dep|sgt|lt|capt|cpl|ofc|ptl|dpo|dda|ddo|sddo|iea)\b",
    re.IGNORECASE,
)
_BODY: Final = re.compile(
    r"\b(?:jail|detention|corrections?|custody|intake|booking|records|patrol|investigations?|operations|courts?|probation|"
    r"parole|team|center|task force|enforcement|removal|customs|program|finance|grants|crimes?|homicide|narcotics|"
    r"gangs?|warrants|communications|academy|laborator(?:y|ies)|dep(?:artmen)?t|div(?:ision)?|office|station|district|bureau|"
    r"unit|section|police|sheriff['’]?s|county|city of|command|branch|squad|desk|support|headquarters|precinct|affairs|"
    r"resources|facility|substation|university|agency|services|corporation|inc|llc)\b",
    re.IGNORECASE,
)
# "ERO San Francisco"; no state of an address, and no word for a record.
_ACRONYM: Final = re.compile(
    r"(?<![\w@.])(?!(?:II|III|IV|RO|DOB|OLN|CDL|AM|PM|CA|TX|FL|NY|AZ|NM|FYI|PS)\b)[A-Z]{2,6}\b"
)
_RANKS: Final = re.compile(
    r"(?:(?:asst|assistant|capt(?:ain)?|chief|cmdr|commander|cpl|corporal|dep(?:uty)?|det(?:ective)?|do|ddo|sddo|dpo|hon|"
    r"inv(?:estigator)?|judge|lieutenant|lt|mr|mrs|ms|dr|ofc|ofcr|officer|ptl|sergeant|sgt|sheriff|special agent|sa|"
    r"agent|supervisor|trooper|undersheriff|warden)\b\.? ?){1,3}(?=[A-Z])",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r" ?(?:,|#|[(/|–—]| - ) ?(?=\w)")  # between a name and what the person is
_GENERATION: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "esq", "phd"})
_WORD: Final = re.compile(r"[^\W\d_]+")
# What is told of somebody or something; who signs says only who and where they themselves are. "Will" may be a name,
# "IT" a department.
_TOLD: Final = re.compile(
    r"\b(?:[Hh]e|HE|[Ss]he|SHE|[Hh]is|HIS|[Hh]er|[Hh]im|[Tt]hey|THEY|[Tt]heir|THEIR|[Tt]hem|[Ii]t|is|IS|isn['’]t|are|was|"
    r"WAS|wasn['’]t|were|has|HAS|have|had|will|would|could|did|didn['’]t|does|doesn['’]t|been|lives?|LIVES|lived|stays?|"
    r"STAYS|stayed|staying|living|resides?|drives|works|worked|comes|came|moved|gave|gets|got|says|said|told|shows|"
    r"showed|listed|registered|belongs)\b|"
    r"^(?:[Rr]/?[Oo]|RO|[Rr]eg(?:istered)?|REG|[Pp]late|PLATE|[Vv]eh(?:icle)?|VEH|DOB|[Dd]ob|CDL|OLN|LKA|[Nn]ame|NAME|"
    r"[Cc]omes? back|[Rr]eturns?)(?:[:;,]|\b\.? ?(?:[Tt][Oo]|[Ii][Ss]|[Oo][Ff]|[Oo][Nn]|[A-Z0-9(-]))"
)


def is_told(text: str) -> bool:
    """Whether a line tells something of somebody else ("His cell is …", "Reg to …"), and so signs nothing."""
    return _TOLD.search(text) is not None


def says_post(text: str) -> bool:
    """Whether a line says what somebody is or where they work."""
    return _TITLE.search(text) is not None or _BODY.search(text) is not None or _ACRONYM.search(text) is not None


def says_title(text: str) -> bool:
    """Whether a line says what somebody is."""
    return _TITLE.search(text) is not None


def name_of(line: str) -> str:
    """The name on a line, without the rank before it and the post behind it; empty where the line is none.

    "Det. Dennis Hargrove", "Tyler Fenn, IEA", "A. Weller"; a redacted one is a name too.
    """
    text = line.strip(" \t*_-–—~")
    if len(text) > _WIDE:
        return ""
    if text and (is_mark(text) or not text.strip("█ ")):
        return text
    ranks = _RANKS.match(text)
    text = text[ranks.end() :] if ranks else text
    tail = _TAIL.search(text)
    if tail is not None and (says_post(text[tail.end() :]) or text[tail.end() :].isdigit()):
        text = text[: tail.start()]
    words = text.replace(",", " ").split()
    shaped = all(word[0].isupper() and not any(char.isdigit() or char in "@/|:&!?" for char in word) for word in words)
    return text if 0 < len(words) <= 4 and shaped and not _TITLE.search(text) and not _BODY.search(text) else ""


def behind_name(line: str) -> str:
    """What stands behind a name on its line: "IEA" in "Tyler Fenn, IEA"."""
    name = name_of(line)
    return line[line.index(name) + len(name) :] if name and name in line else ""


def is_person(line: str) -> bool:
    """Whether a line is plainly a person's name: two words or more, or a rank and one."""
    name = name_of(line)
    return bool(name) and (len(name.split()) > 1 or _RANKS.match(line.strip(" \t*_-–—~")) is not None)


def signer_of(name: str | None, address: str | None) -> Signer:
    """The words by which a sender is known; none for what many write from, and for who is blacked out."""
    written = (name or "")[:_WIDE]
    if is_mark(written) or "█" in written:
        return NOBODY
    local = (address or "")[:_WIDE].partition("@")[0]
    if _BODY.search(written) or _BODY.search(local.replace("_", " ")):
        return NOBODY
    ranks = _RANKS.match(written)
    words = _WORD.findall(fold(f"{written[ranks.end() :] if ranks else written.partition('@')[0]} {local}"))
    return frozenset(word for word in words if len(word) > 2)


def signs_as(line: str, signer: Signer) -> bool:
    """Whether a line is the signer's name, in whole or in part: surname, first name, a short form of it."""
    words = [word for word in _WORD.findall(fold(name_of(line))) if len(word) > 1 and word not in _GENERATION]
    if not words or not signer:
        return False
    known = [any(_alike(word, one) for one in signer) for word in words]
    return known[-1] or ("," in line and all(known))


def _alike(word: str, known: str) -> bool:
    """Whether two words are one name: short form, part of an address, or damaged by OCR."""
    short = min(len(word), len(known)) > 2 and (known.startswith(word) or word.startswith(known))
    within = len(word) > 3 and known.endswith(word)
    return short or within or (len(word) > 4 and SequenceMatcher(None, word, known).ratio() >= 0.8)
