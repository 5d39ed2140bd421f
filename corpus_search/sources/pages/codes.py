"""Exemption codes and other marks that are printed on or by a redaction."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 60  # characters of a mark

_FEDERAL: Final = r"[(\[l]? ?[bcjkBJK] ?[)\]X]{0,2} ?\(? ?[0-9]{1,2} ?[)\]X]{0,2}(?: ?\(? ?[A-Fa-f] ?\)?)?"
_STATUTE: Final = (
    r"(?:(?:Cal\. ?)?"
    r"(?:Gov(?:ernment|'t|t)?\.? ?Code|GC|Evid(?:ence)?\.? ?Code|Penal Code|PC|RCW|ORS|§|Sec(?:tion|\.)?|"
    r"U\.?S\.?C\.?|FOIA|CPRA|POL|NMSA|Exemption|Ex\.)[ §:]{0,3}[0-9][0-9A-Za-z.()\-]{0,24})"
)
_WORD: Final = (
    r"(?:\[?(?:REDACTED|Redacted|PRIVILEGED?|Privileged?|CONFIDENTIAL|EXEMPT|Exempt|SEALED|Sealed|WIF|RIF|NR|OOS|DPP|ACP|AWP|"
    r"PII|CLETS|CJI|CHRI|CORI|DPPA|FERPA|Non-?[Rr]esponsive|NON-?RESPONSIVE|Not Responsive|Outside [Ss]cope|"
    r"Attorney[ -]Client(?: Privileged?)?|Personal (?:Information|Privacy)|Privacy|X{2,})\]?)"
)
_ONE: Final = rf"(?:{_FEDERAL}|{_STATUTE}|{_WORD})"
_MARK: Final = re.compile(rf"{_ONE}(?:[ ;,:&/]{{1,3}}{_ONE}){{0,7}}[;,.]?")
_NOTHING: Final = re.compile(r"[\W_]*|([Xx█■])\1*")


def code_in(text: str) -> str | None:
    """The mark, as written, if the text is nothing but an exemption code or a word such as REDACTED."""
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST or not _MARK.fullmatch(text):
        return None
    return text


def says_nothing(text: str) -> bool:
    """Whether text under a box tells nothing: marks, signs, filling, a letter whose edge the box touches."""
    squeezed = "".join(text.split())
    if sum(map(str.isalnum, squeezed)) < 2:
        return True
    return _NOTHING.fullmatch(squeezed) is not None or code_in(text) is not None
