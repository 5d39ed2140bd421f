"""Plates of which some is not known, and plates that were blacked out: both only beside a word that says plate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CUE = (
    r"(?:\b(?:partial(?:s|ly)?(?:[ ]+(?:plate|lic|tag|lp))?|poss(?:ible|ibly)?[ ]+(?:partial[ ]+)?(?:plate|lic|tag)|plates?|plt|"
    r"lic(?:ense|ence)?[ ]+plates?|lic(?:ense)?(?:[ ]?(?:no\.?|\#))?|tag|lp|lpn)\b(?:[ ]?(?:\#|no\.?|number|num|is|was|of|reads?))?)"
)
_BETWEEN = r"(?:[\s:=,/#-]|\b(?:that|which|it|is|was|reads?|shows?|came|a|an|the|only|got|saw|maybe|poss|possibly|like|has|with|of|on|CA|AZ|NV|TX|NM|WA|OR)\b){0,6}"
_PARTIAL_STATED = re.compile(
    r"(?i:\bpartial(?:[ ]+(?:plate|lic|tag|lp|of))?(?:[ ]+(?:is|was|of|reads?))?)[\s:#=-]{1,3}(?:[A-Z]{2}[ ](?=[0-9A-Z?*]{2,}\b))?"
    r"(?P<plate>(?=[0-9A-Z?*_.-]{2,9})(?:[0-9A-Z?*_]+(?:[ -][0-9A-Z?*_]{1,4})?))(?![\w@])"
)
_UNKNOWN = re.compile(
    rf"(?i:{_CUE}){_BETWEEN}(?P<plate>(?=[0-9A-Za-z?*_]*[?*_])(?=[0-9A-Za-z?*_]*[0-9A-Za-z])[0-9A-Za-z?*_]{{4,8}})(?!\w)"
)
_BOUNDED = re.compile(
    rf"(?i:{_CUE})(?:[\s:=,-]|\b(?i:that|it|is|was|poss|possibly|maybe)\b){{0,4}}"
    r"(?i:(?P<how>starts?|begins?|beginning|starting|ends?|ending|ended)(?:[ ]+(?:w/|with|in|on))?)[ :]*(?P<plate>[0-9A-Z]{1,5})(?!\w)"
)
_COUNTED = re.compile(
    r"(?i:\b(?P<how>last|first)[ ]+(?:two|three|four|five|[2-5])(?:[ ]+(?:digits|characters|chars|letters|numbers))?(?:[ ]+of)?"
    r"(?:[ ]+(?:the|his|her))?[ ]+(?:plate|lic|license|tag|lp)(?:[ ]+(?:plate|no\.?|number))?(?:[ ]+(?:is|was|are|were))?)[ :]*(?P<plate>[0-9A-Z]{2,5})(?!\w)"
)
_REDACTED = re.compile(
    rf"(?i:{_CUE})[\s:#=\"'-]{{0,4}}(?i:(?:is|was|number|no\.?)[\s:#]{{1,2}})?"
    r"(?P<plate>█+|■+|\[ ?(?i:redacted|plate|pii)[^\]\n]{0,20}\]|\(b\) ?\(\d\)(?:\([A-Z]\))?(?:[;,: ]{1,3}\(b\) ?\(\d\)(?:\([A-Z]\))?)*|\bREDACTED\b|X{5,8}\b)"
)
_WORDS = re.compile(
    r"(?i:numbers?|unk|unknown|full|only|with|plate|from|info|none|the|and|for|was|vin|hit|match|matches|view|list)"
)


class Partial(NamedTuple):
    """A plate in part, `?` for what is not known; a value of None is a plate blacked out."""

    start: int
    end: int
    value: str | None
    why: str


def partials(text: str) -> Iterator[Partial]:
    """Plates in part or blacked out."""
    for shape, why in ((_UNKNOWN, "some characters not known"), (_PARTIAL_STATED, "said to be partial")):
        for found in shape.finditer(text):
            written = found.group("plate")
            value = re.sub(r"[ .-]", "", re.sub(r"[*_]", "?", written)).upper()
            if (
                not _WORDS.fullmatch(written)
                and any(c.isalnum() for c in value)
                and (any(c.isdigit() for c in value) or written.isupper())
            ):
                yield Partial(found.start("plate"), found.end("plate"), value, why)
    for shape in (_BOUNDED, _COUNTED):
        for found in shape.finditer(text):
            if found.group("plate").isupper() or found.group("plate").isdigit():
                yield Partial(
                    found.start("plate"), found.end("plate"), found.group("plate"), f"“{found.group('how')}” of a plate"
                )
    for found in _REDACTED.finditer(text):
        yield Partial(found.start("plate"), found.end("plate"), None, "blacked out right after a plate word")
