"""Redactions as tags: stretches that the reader found blacked out, and marks that the releasing agency wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_search.model import Redaction
from corpus_search.tagging.found import Found

# Marks with their codes, OCR forms of "(b)(6)" included (domain reference: layouts, redaction_marks).
_CODE = r"[\[(]?[(l]b ?[)X]? ?[({] ?\d ?[)}](?: ?[({]? ?[A-Fa-fX] ?[)}])?"
_MARKS = re.compile(
    rf"(?P<code>{_CODE}(?:(?:[;:,]| )\s?{_CODE})*[\])]?|\bb\d(?:[A-F])?(?:[ ,;/]+b\d[A-F]?)*\b(?=[\s;,\]]|$)(?<=[bB]\d[A-F]|.b\d))|"
    r"(?P<word>\[ ?(?:REDACTED|Redacted|redacted|PII|CLETS|Withheld|WITHHELD)(?:[^\]\n]{0,30})?\]|\bREDACTED\b)|(?P<box>[█■▇▮]+)"
)


def find_marks(passage: str) -> Iterator[Found]:
    """Redaction marks written in the text."""
    for found in _MARKS.finditer(passage):
        code = found.group("code")
        if code is not None and not re.search(r"[({]", code):
            continue  # "b6" alone is too short to be sure of
        value = " ".join(code.split()) if code else None
        yield Found("redaction", value, (), found.start(), found.end(), "redaction mark", "a mark of what was withheld")


def find_boxes(redactions: Sequence[Redaction]) -> Iterator[Found]:
    """Stretches that the reader found blacked out."""
    for one in redactions:
        yield Found("redaction", one.code, (), one.start, one.end, "redaction box", "blacked out on the page")
