"""Redactions as tags: stretches that the reader found blacked out, and marks that the releasing agency wrote.

Marks with codes stand in many spellings, OCR's among them: "(b)(6); (b)(7)(C)", "(bX6)", "(b)(7XC)", "lb)(6)",
"b6 b7C", "[REDACTED - GC 6254(f)]", "████ (b)(7)(E)". The value is the code as written, blanks made one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus_search.model import Redaction
from corpus_search.packs.printed_pack import load_printed
from corpus_search.tagging.found import Found
from corpus_search.tagging.words import words_in

_ONE = (
    r"[(l]\s?[bB]\s?(?:\)\s?[({]?|[Xx])\s?[1-9?]\s?[)}Xx]"
    r"(?:\s?[({]?\s?(?![bB]\s?[)}]\s?[({]\s?[0-9?])[A-Fa-f6]\s?[)}])?|(?<![\w)])\([jk]\)\s?\([1-7]\)"
)
_ONE = rf"(?:{_ONE})"
_SHORT = r"b[1-9][A-Fa-f]?"
_STATUTE = (
    r"(?:Gov(?:ernment|\.)?\s?Code|GC|Gov't Code|Evid(?:ence|\.)?\s?Code|EC|Penal Code|PC|RCW|ORS|POL|OPRA|CORI|"
    r"FERPA|DPPA|GRAMA|CHRIA|CJIS|FOIA|FOIL|U\.?S\.?C\.?|CFR)[^\[\]()\n]{0,40}(?:\([a-z0-9]{1,4}\)){0,3}"
)
_SEVERAL = rf"{_ONE}(?:\s?[;:,/]?\s?{_ONE})*"
_WORDS = (
    r"(?:REDACTED|Redacted|redacted|REDACTION|PII|CLETS|Withheld|WITHHELD|withheld|Non-?Responsive|NON-?RESPONSIVE|"
    r"Not Responsive|Privileged|Sealed)"
)
_MARGIN = r"(?:B[1-9]|1\.[45] ?\([A-H]\))"
_ACRONYM = 5  # letters of "DPPA", "NR": longer words in capitals are no code
_ALONE = (
    r"(?:Page|Document) [Ww]ithheld(?: [Ii]n [Ff]ull)?|Withheld [Ii]n [Ff]ull|WITHHELD IN FULL|Non-?[Rr]esponsive|"
    r"NON-RESPONSIVE|Not [Rr]esponsive|Outside (?:of )?[Ss]cope|\[?X{5,}\]?|Redacted - PII"
)
_MARK = re.compile(
    rf"(?P<box>[█■▇▮▬]+(?:[ \t]?[█■▇▮▬]+)*)(?:\s?[\[(]?(?P<beside>{_SEVERAL}|{_STATUTE})[\])]?)?"
    rf"|(?<![\d.])(?P<codes>\[?{_SEVERAL}\]?)"
    rf"|(?<![\w-])(?P<short>{_SHORT}(?:[ ,;/]{{1,2}}{_SHORT})+)(?![\w-])"
    rf"|(?<![\w-])(?P<lone>b7[A-F])(?![\w-])"
    rf"|^[ \t]*(?P<margin>{_MARGIN}(?:[ ,;/]{{1,2}}{_MARGIN})*)[ \t]*$"
    rf"|^[ \t]*(?P<alone>{_ALONE})[ \t]*$"
    rf"|[\[(]\s?(?P<word>{_WORDS}(?P<detail>[^\[\]()\n]{{0,60}}(?:\([a-z0-9]{{1,4}}\)){{0,3}}[^\[\]()\n]{{0,10}})?)[\])]"
    rf"|(?<![\w-])(?P<bare>REDACTED)(?![\w-])",
    re.MULTILINE,
)
_CODE = re.compile(rf"{_SEVERAL}|{_STATUTE}|{_SHORT}(?:[ ,;/]{{1,2}}{_SHORT})*")
# What one of these stands in may be a mark. Each search begins with a set of characters or a word, which makes it fast.
_BOX = re.compile(r"[█■▇▮▬]")
_EXEMPTION = re.compile(r"[bBjk]\s?[)\dXx]")
_BRACKET = re.compile(r"\[[A-Z\d§]")
_WRITTEN = ("XXXXX", "1.4", "1.5")
_SAID = ("redact", "withheld", "pii", "responsive", "privileged", "sealed", "outside")


def find_marks(passage: str) -> Iterator[Found]:
    """Redaction marks written in the text."""
    bracketed = _BRACKET.search(passage) is not None
    written = _may_be_written(passage, bracketed)
    cited = [match.span() for match in _cited().finditer(passage)] if "[" in passage and (bracketed or written) else []
    for start, end in cited:
        inner = passage[start + 1 : end - 1].strip()
        code = inner if any(map(str.isdigit, inner)) or (inner.isupper() and len(inner) <= _ACRONYM) else None
        yield _found(start, end, code, "what stands in place of words withheld")
    for found in _MARK.finditer(passage) if written else ():
        part = found.lastgroup or ""
        if any(start < found.end() and found.start() < end for start, end in cited):
            continue
        if found["box"]:
            yield _found(found.start("box"), found.end("box"), found["beside"], "a stretch blacked out")
        elif found["codes"]:
            yield _found(found.start("codes"), found.end("codes"), found["codes"].strip("[]"), "an exemption code")
        elif found["word"]:
            yield _found(found.start(), found.end(), _code_in(found["detail"]), "a mark of what was withheld")
        elif found["bare"] or found["alone"]:
            part = "alone" if found["alone"] else "bare"
            yield _found(found.start(part), found.end(part), None, "a mark of what was withheld")
        else:
            yield _found(found.start(part), found.end(part), found[part], "exemption codes")


def _may_be_written(passage: str, bracketed: bool) -> bool:
    """False only where no mark of `_MARK` stands; a system's name is one where brackets are used so."""
    words = words_in(passage)
    return (
        _EXEMPTION.search(passage) is not None
        or any(mark in passage for mark in _WRITTEN)
        or any(map(words.hold, _SAID))
        or (bracketed and words.hold("clets"))
        or (not passage.isascii() and _BOX.search(passage) is not None)
    )


@lru_cache(maxsize=1)
def _cited() -> re.Pattern[str]:
    """Square brackets that hold laws, or words that stand for what was withheld, and nothing else."""
    pack = load_printed()
    words = "|".join(re.escape(word) for word in sorted(pack.code_words, key=len, reverse=True))
    one = rf"(?:{pack.codes}|{words})"
    return re.compile(rf"\[\s?{one}(?:[;,:] ?{one}){{0,5}}\s?\]")


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
