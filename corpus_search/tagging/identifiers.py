"""Other identifiers: they decide what is no plate, and what is masked when something leaves the corpus.

Forms: domain reference, identifiers. Each needs its cue, but for a VIN, whose check digit vouches for it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus_search.tagging.found import Findings, Found, Missed


class _Shape(NamedTuple):
    group: str
    why: str
    pattern: re.Pattern[str]


def _shape(group: str, why: str, pattern: str, *, case: bool = False) -> _Shape:
    return _Shape(group, why, re.compile(pattern, 0 if case else re.IGNORECASE))


_NO = r"(?:\s?(?:no\.?|num(?:ber)?|nbr|\#|is|was))?[\s:#=/-]{0,3}"
_SHAPES = (
    _shape("a_number", "an alien registration number", rf"\b(?:A-?\s?(?:number|num|file|\#|no\.?)|AR-A|alien(?:\s+reg\w*)?){_NO}(?P<id>A?\s?\d{{3}}[- ]?\d{{3}}[- ]?\d{{2,3}})\b"),
    _shape("a_number", "an alien registration number", r"(?<![\w-])(?P<id>A\s?(?:\d{9}|\d{3}[- ]\d{3}[- ]\d{3}))\b(?!-)", case=True),
    _shape("ssn", "a social security number", rf"\b(?:ssn?|soc(?:ial)?(?:\s+security)?){_NO}(?P<id>\d{{3}}[- ]?\d{{2}}[- ]?\d{{4}})\b"),
    _shape("ssn", "written as social security numbers are", r"(?<![\w-])(?P<id>(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4})(?![\w-])"),
    _shape("dob", "a date of birth", r"\b(?:dob|d\.o\.b\.?|date\s+of\s+birth|born(?:\s+on)?|b/d)[\s:/=-]{0,3}(?P<id>\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|\d{8}|[A-Z][a-z]+ \d{1,2}, \d{4})\b"),
    _shape("dl", "a driver licence number", rf"\b(?:OLN|CDL|DL|D/L|driver'?s?\s+licen[sc]e|CADL|ODL){_NO}(?P<id>(?=[A-Z0-9-]*\d{{3}})[A-Z]{{0,3}}\d[A-Z0-9-]{{4,14}})\b"),
    _shape("booking", "a booking or inmate number", rf"\b(?:booking|bkg|bk|inmate|jail\s+id|PFN|JID|x-?ref){_NO}(?P<id>[A-Z]{{0,2}}\d{{5,10}})\b"),
    _shape("cii", "a CII number", rf"\bCII{_NO}(?P<id>A?\d{{7,8}})\b"),
    _shape("sid", "a state identification number", rf"\bSID{_NO}(?P<id>[A-Z]{{0,2}}\d{{6,9}}[A-Z]?)\b"),
    _shape("fbi", "an FBI number", rf"\b(?:FBI|UCN){_NO}(?P<id>\d{{3,7}}[A-Z0-9]{{1,4}})\b"),
    _shape("case", "a case or report number", rf"\b(?:case|report|rpt|incident|DR|docket){_NO}(?P<id>\d{{2}}-?[A-Z]{{0,3}}-?\d{{3,7}})\b"),
    _shape("phone", "a telephone number", r"(?<![\w.-])(?P<id>(?:\+?1[-. ]?)?(?:\(\d{3}\)\s?|\d{3}[-.])\d{3}[-.]\d{4})(?![\w-])"),
    _shape("credential", "a log-in written out", r"\b(?:password|passwd|pw|pwd|passcode|pin|temp\s+pass(?:word)?)\b(?:\s+(?:is|was|changed\s+to|for\s+\w+\s+is))?\s?[:=]?\s+(?P<id>(?=\S*[\d!@#$%&*])\S{4,30})"),
    _shape("credential", "a log-in written out", r"\b(?:user\s?(?:name|id)?|login|log-?in|log\s?on)\s*(?:is|[:=])\s*(?P<id>[\w.@-]{3,40})"),
)  # fmt: skip
_VIN = re.compile(r"(?<![A-Z0-9])(?P<id>[A-HJ-NPR-Z0-9]{17})(?![A-Z0-9])")
_VALUES = {**{str(n): n for n in range(10)}, **dict(zip("ABCDEFGH", range(1, 9), strict=True))}
_VALUES |= (
    dict(zip("JKLMN", range(1, 6), strict=True)) | {"P": 7, "R": 9} | dict(zip("STUVWXYZ", range(2, 10), strict=True))
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin_is_valid(vin: str) -> bool:
    """Whether the ninth character is the check digit of the others (49 CFR 565; North American vehicles)."""
    total = sum(_VALUES[char] * weight for char, weight in zip(vin, _WEIGHTS, strict=True))
    return vin[8] == "0123456789X"[total % 11]


class IdentifierFinder:
    """Finds identifiers."""

    def may_hold(self, passage: str) -> bool:
        """False only where nothing can be found: every identifier holds a digit, but for log-ins."""
        return any(c.isdigit() for c in passage) or "log" in passage.lower() or "user" in passage.lower()

    def find(self, passage: str, before: str = "") -> Findings:
        """The identifiers of a passage."""
        findings = Findings()
        for found in _VIN.finditer(passage):
            if not any(c.isdigit() for c in found.group()) or not any(c.isalpha() for c in found.group()):
                continue
            start, end = found.span("id")
            if vin_is_valid(found.group("id")):
                findings.found.append(
                    _found("vin", found.group("id"), start, end, "17 characters with a right check digit")
                )
            elif re.search(r"(?i)\bvin\b", passage):
                findings.found.append(_found("vin", found.group("id"), start, end, "17 characters, “VIN” near it"))
            else:
                findings.missed.append(Missed("identifier", start, end, "17 characters, but the check digit is wrong"))
        for shape in _SHAPES:
            for found in shape.pattern.finditer(passage):
                start, end = found.span("id")
                if all(end <= one.start or start >= one.end for one in findings.found):
                    value = (
                        re.sub(r"[\s-]", "", found.group("id"))
                        if shape.group not in ("dob", "credential")
                        else found.group("id")
                    )
                    findings.found.append(_found(shape.group, value, start, end, shape.why))
        findings.found.sort(key=lambda one: one.start)
        return findings


def _found(group: str, value: str, start: int, end: int, why: str) -> Found:
    return Found("identifier", value, (group,), start, end, group, why)
