"""Redactions as tags: stretches that the reader found blacked out, and marks that the releasing agency wrote.

Marks with codes stand in many spellings, OCR's among them: "(b)(6); (b)(7)(C)", "(bX6)", "(b)(7XC)", "lb)(6)",
"b6 b7C", "[REDACTED - GC 6254(f)]", "████ (b)(7)(E)". The value is the code as written, blanks made one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_search.model import Redaction
from corpus_search.tagging.found import Found

_ONE = r"[(l]\s?[bB]\s?(?:\)\s?[({]?|[Xx])\s?[1-9?]\s?[)}Xx](?:\s?[({]?\s?[A-Fa-f6]\s?[)}])?"
_SHORT = r"b[1-9][A-F]?"
_STATUTE = (
    r"(?:Gov(?:ernment|\.)?\s?Code|GC|Gov't Code|Evid(?:ence|\.)?\s?Code|EC|Penal Code|PC|RCW|ORS|POL|OPRA|CORI|"
    r"FERPA|DPPA|GRAMA|CHRIA|CJIS|FOIA|FOIL|U\.?S\.?C\.?|CFR)[^\[\]()\n]{0,40}(?:\([a-z0-9]{1,4}\)){0,3}"
)
_SEVERAL = rf"{_ONE}(?:\s?[;:,/]?\s?{_ONE})*"
_WORDS = (
    r"(?:REDACTED|Redacted|redacted|REDACTION|PII|CLETS|Withheld|WITHHELD|withheld|Non-?Responsive|NON-?RESPONSIVE|"
    r"Not Responsive|Privileged|Sealed)"
)
_MARK = re.compile(
    rf"(?P<box>[█■▇▮▬]+(?:[ \t]?[█■▇▮▬]+)*)(?:\s?[\[(]?(?P<beside>{_SEVERAL}|{_STATUTE})[\])]?)?"
    rf"|(?<![\d.])(?P<codes>\[?{_SEVERAL}\]?)"
    rf"|(?<![\w-])(?P<short>{_SHORT}(?:[ ,;/]{{1,2}}{_SHORT})+)(?![\w-])"
    rf"|(?<![\w-])(?P<lone>b7[A-F])(?![\w-])"
    rf"|^[ \t]*(?P<margin>B[1-9](?:[ ,;/]{{1,2}}B[1-9])*)[ \t]*$"
    rf"|[\[(]\s?(?P<word>{_WORDS}(?P<detail>[^\[\]()\n]{{0,60}}(?:\([a-z0-9]{{1,4}}\)){{0,3}}[^\[\]()\n]{{0,10}})?)[\])]"
    rf"|(?<![\w-])(?P<bare>REDACTED)(?![\w-])",
    re.MULTILINE,
)
_CODE = re.compile(rf"{_SEVERAL}|{_STATUTE}|{_SHORT}(?:[ ,;/]{{1,2}}{_SHORT})*")
_MAY = re.compile(r"[█■▇▮▬]|[bB]\s?[)\dXx]|(?i:redact|withheld|pii\b|clets\]|responsive|privileged|sealed)")


def find_marks(passage: str) -> Iterator[Found]:
    """Redaction marks written in the text."""
    if _MAY.search(passage) is None:
        return
    for found in _MARK.finditer(passage):
        part = found.lastgroup or ""
        if found["box"]:
            yield _found(found.start("box"), found.end("box"), found["beside"], "a stretch blacked out")
        elif found["codes"]:
            yield _found(found.start("codes"), found.end("codes"), found["codes"].strip("[]"), "an exemption code")
        elif found["word"]:
            yield _found(found.start(), found.end(), _code_in(found["detail"]), "a mark of what was withheld")
        elif found["bare"]:
            yield _found(found.start(), found.end(), None, "a mark of what was withheld")
        else:
            yield _found(found.start(part), found.end(part), found[part], "exemption codes")


def find_boxes(redactions: Sequence[Redaction]) -> Iterator[Found]:
    """Stretches that the reader found blacked out."""
    for one in redactions:
        yield Found("redaction", one.code, (), one.start, one.end, "redaction box", "blacked out on the page")


def _found(start: int, end: int, code: str | None, why: str) -> Found:
    value = " ".join(code.split()).strip(" ;,") if code else None
    return Found("redaction", value, (), start, end, "redaction mark", why)


def _code_in(detail: str | None) -> str | None:
    """The code within a bracketed mark ("REDACTED - GC 6254(f)")."""
    code = _CODE.search(detail or "")
    return code.group() if code is not None else None
