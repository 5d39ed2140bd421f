"""Doubtful words decided by what stands around them: "ice", "immigration", initials that many bodies share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus_search.tagging.found import Missed

REACH = 90  # characters on either side that a vouching word may stand in

_FROZEN_NEXT = re.compile(
    r"[\s-]*(?:cream|chest|pack|packs|cubes?|water|bags?|storms?|machine|maker|tea|skat\w*|rink|melt|cold|bucket|coffee|"
    r"exchange|house|box|cap(?:s|ped)?\b|hockey|breaker|age|sheet|scraper|fishing|contact|number|plant|age|floe|bath|pick\b(?!\s*up)|"
    r"station|palace|cooler|in\s+(?:the|your|my)\s+(?:drink|cooler|freezer))\b",
    re.IGNORECASE,
)
_FROZEN_BEFORE = re.compile(
    r"(?:black|dry|crushed|thin|shaved|on|bag(?:s)?\s+of|gram(?:s)?\s+of|g\s+of|oz\s+of|ounces?\s+of|pound(?:s)?\s+of|some|more|"
    r"slipped\s+on(?:\s+the)?|put|break\s+the|of\s+meth\s+and)\s+\Z",
    re.IGNORECASE,
)
_FROZEN_NEAR = re.compile(
    r"\b(?:cooler|bbq|drinks?|soda|slip(?:ped|pery)?|roads?|freezer|freez(?:e|ing)|frozen|swell\w*|knee|ankle|hockey|winter|plow|"
    r"snow|sleet|cubes?|crystal|meth|8-?ball|dope|smok(?:e|ed|ing)|bridge|driveway|sidewalk|salt|refrigerator|cups|water bottles)\b",
    re.IGNORECASE,
)
_ACTS_NEXT = re.compile(
    r"(?:['’]s)?\s*(?:hold|holds|detainers?|officers?|ofcr?s?|agents?|pick\s*-?up|picks?|picked|p/u|vans?|office|list|guys?|contact\s+(?:at|in|is)|"
    r"liaison|warrants?|custody|came|called|calls|wants?|wanted|interested|interest|ero|hsi|team|will|wont|won't|has|had|said|says|asked|asks|"
    r"needs?|took|takes|taking|showed|shows|is\s+(?:here|coming|at|on|picking|out|going|asking|looking|in|not|still|waiting)|"
    r"was\s+(?:here|at|there|notified|called|asking|looking)|are|agent|admin|facility|detention|transport|bus|rep|supervisor|duty|at\s+the|"
    r"here\b|out\s+front|come|cant|can'?t|cannot|phoned|advised|never|didn'?t|does|did|can|could|would|may|might|about|for\s+(?:him|her|them|this)|re\b|before|when|if|after|hit|request|req|response|responded|"
    r"placed?|lodged?|dropped?|and\s+(?:they|tell|let|ask)|or\s+(?:hsi|cbp)|please|pls|people|folks|partners?|deportation|access|interviews?|field)\b",
    re.IGNORECASE,
)
_ACTS_BEFORE = re.compile(
    r"\b(?:call|called|calling|tell|told|telling|notify|notified|notifying|contact|contacted|contacting|text|texted|email|emailed|w/|with|"
    r"from|to|by|for|per|when|if|does|did|let|ask|asked|asking|has|is|was|hold|waiting\s+(?:on|for)|give|gave|send|sent|via|the|an|our|"
    r"her|him|them|that|think|thinks|says|said|before|until|till|because|cuz|since|alert|alerted|inform|informed|and|or|but|so)\s+\Z",
    re.IGNORECASE,
)
_IMM_CUES = re.compile(
    r"\b(?:detainers?|hold|deport\w*|removal|immigration|alien|custody|jail|inmate|releas\w+|booking|booked|in\s?custody|i-?247|"
    r"officers?|agents?|pick(?:ed)?\s?up|warrant|status|illegals?|undocumented|hsi|ero|cbp|border|dob|pob|subject|sub|arrest\w*|"
    r"assist|reason|detention|plates?|bond|bonded|bail|court|lobby|sally|transport|interview|cells?|hit|bodies|body|guy|his|him|her)\b",
    re.IGNORECASE,
)
_ICE = re.compile(r"(?<![\w@.])(?:ICE|Ice|ice|1CE|lCE|\|CE|IC3|I\.C\.E\.?)(?![\w@]|\.(?:gov|dhs))")
_IMMIGRATION = re.compile(r"(?<![\w@.-])imm?i[gq]r[ao]t[il]on(?![\w-])", re.IGNORECASE)
_NOT_AGENCY_NEXT = re.compile(
    r"[\s,]*(?:status|laws?|polic(?:y|ies)|attorney|lawyers?|bill|reform|judge|courts?|case|issues?|check|records?|purposes?|matters?|"
    r"history|proceedings?|papers?|documents?|and\s+customs|and\s+naturalization|customs|services?|court|related|enforcement|violations?|"
    r"detainers?|consequences|debate|rights|advocates?|groups?|system|data|info\w*|act|code|benefits|relief|fraud|reasons?|cases|hearing|"
    r"warrants?|interview|applications?|judges|lookups?|search(?:es)?|is\s+a\s+(?:federal|hot|big)|&)\b",
    re.IGNORECASE,
)
_IMM_ACTS_NEXT = re.compile(
    r"(?:['’]s)?\s+(?:officers?|agents?|folks|guys?|authorities|officials?|people|van|partners?|holds?|pick|picks|picked|wants?|wanted|called|calls|"
    r"came|comes|coming|will|has|had|is|was|are|said|says|took|takes|asked|asks|about|to\s+(?:pick|come|get|take|see|call|decide|let)|showed|"
    r"come|cant|can'?t|cannot|never|didn'?t|does|did|can|before|when|if|re\b|on\s+(?:him|her|this)|and\s+they|contact|liaison|team|supervisor|duty|rep|already|just|"
    r"needs?|knows?|responded|placed|lodged|for\s+(?:him|her|pick))\b",
    re.IGNORECASE,
)
_IMM_ACTS_BEFORE = re.compile(
    r"\b(?:call|called|calling|tell|told|notify|notified|notifying|contact|contacted|waiting\s+(?:on|for)|from|to|by|w/|with|let|ask|asked|"
    r"alert(?:ed)?|hand(?:ed)?\s+(?:him|her|them)\s+(?:over\s+)?to|turn(?:ed)?\s+over\s+to)\s+\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A doubtful word that is the agency, and why."""

    start: int
    end: int
    why: str


def find_ice(passage: str, missed: list[Missed]) -> Iterator[Judged]:
    """Where "ICE", in any case or damaged by OCR, is the agency and not frozen water."""
    for found in _ICE.finditer(passage):
        word, start, end = found.group(), found.start(), found.end()
        reason = _frozen(passage, word, start, end)
        if reason is not None:
            missed.append(Missed("agency", start, end, reason))
            continue
        yield Judged(start, end, "the agency’s initials" if word.isupper() else f"“{word}” where an agency acts")


def _frozen(passage: str, word: str, start: int, end: int) -> str | None:
    """Why this "ice" is not the agency; None where it is."""
    if _FROZEN_NEXT.match(passage, end):
        return f"“{word}” goes with the word after it, not an agency"
    before = passage[max(0, start - 30) : start]
    around = passage[max(0, start - REACH) : start] + " " + passage[end : end + REACH]
    capitals = word.isupper() or word in ("1CE", "lCE", "|CE", "IC3")
    line = passage[passage.rfind("\n", 0, start) + 1 : (passage.find("\n", end) + 1 or len(passage) + 1) - 1]
    shouting = capitals and line.isupper() and len(line.split()) > 3
    if capitals and not shouting:
        frozen_before = re.search(r"(?:black|dry|crushed)\s+\Z", before, re.IGNORECASE)
        if frozen_before or (_FROZEN_NEAR.search(around) and not _IMM_CUES.search(around)):
            return "frozen water or a drug, by the words around it"
        return None
    if _FROZEN_NEAR.search(around) and not re.search(
        r"\b(?:agents?|officers?|detainer|custody|immigration)\b", around, re.IGNORECASE
    ):
        return "frozen water or a drug, by the words around it"
    if _FROZEN_BEFORE.search(before):
        return "frozen water or a drug, by the word before it"
    if shouting and _IMM_CUES.search(around):
        return None
    acts = _ACTS_NEXT.match(passage, end) is not None
    told = _ACTS_BEFORE.search(before) is not None
    begins = not before.strip() or before.rstrip().endswith((".", "!", "?", "\n", ":", ","))
    ends = not passage[end:].strip() or passage[end : end + 1] in ".,!?;:\n)"
    if acts and (told or begins or _IMM_CUES.search(around)):
        return None
    if told and (ends or acts) and _IMM_CUES.search(around):
        return None
    return f"“{word}” without a word near it that shows the agency"


def find_immigration(passage: str, missed: list[Missed]) -> Iterator[Judged]:
    """Where "immigration" acts or qualifies officers, and so is the agency."""
    for found in _IMMIGRATION.finditer(passage):
        start, end = found.start(), found.end()
        if _NOT_AGENCY_NEXT.match(passage, end):
            missed.append(Missed("agency", start, end, "“immigration” names a subject here, not an agency"))
        elif _IMM_ACTS_NEXT.match(passage, end):
            yield Judged(start, end, "“immigration” acts here")
        elif _IMM_ACTS_BEFORE.search(passage[max(0, start - 40) : start]) and re.match(
            r"\s*(?:[.,!?;:)\n]|$|\w+)", passage[end:]
        ):
            yield Judged(start, end, "“immigration” is told or asked here")
        else:
            missed.append(Missed("agency", start, end, "“immigration” neither acts nor qualifies an officer"))


_INITIALS = re.compile(r"(?<![\w@./-])(?:[A-Z]{2,5}PD|[A-Z]{1,3}CS[OD]|[A-Z]{2}SO)(?![\w@/]|\.\w)")
_INITIAL_CUES = re.compile(
    r"\b(?:officers?|ofcr?s?|det|detectives?|sgt|lt|deput(?:y|ies)|patrol|arrest\w*|plates?|suspects?|case|custody|records|dispatch|"
    r"chief|sheriff|jail|report|units?|warrant|booking|inmates?|ice|hsi|cbp|crash|stop|stopped|traffic|investigat\w*|liaison)\b",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"[- ·]?\d{2,}")
_NOT_INITIALS = frozenset({"ALSO", "MISO", "USBPD", "UPPD", "LDSO", "TESO", "ESPSO", "SPSO", "PCSO", "MCSD"})


def find_initials(passage: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Initials made as agencies' are (NOPD, HCSO), where a word of police work stands near."""
    for found in _INITIALS.finditer(passage):
        if found.group() in _NOT_INITIALS or not _INITIAL_CUES.search(passage):
            continue
        yield found.start(), found.end(), ("police",) if found.group().endswith("PD") else ("sheriff",)


def before_number(passage: str, end: int) -> bool:
    """Whether initials run on into a number: a plate, a form, a case number."""
    return _SERIAL.match(passage, end) is not None
