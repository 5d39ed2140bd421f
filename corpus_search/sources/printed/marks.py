"""Exemption codes that stand in the margin of a released page, alone on a line or behind the words of one."""

from __future__ import annotations

import re
from typing import Final

_CODE: Final = (
    r"(?:\(?[bB] ?\)? ?\(?[1-9]\)?(?:\(?[A-Fa-f]\)?)?|1\.[45] ?\(?[A-H]\)?|[bB]\([1-9]\)|"
    r"\(b\) ?\([1-9]\)(?: ?\([A-F]\))?|"
    r"NR|\(k\)\([1-7]\)|\(j\)\(2\))"
)
_ALONE: Final = re.compile(rf"[ \t>|]{{0,200}}{_CODE}(?:[ ,;/]{{1,3}}{_CODE}){{0,6}}[ \t.,;]{{0,20}}")
_BEHIND: Final = re.compile(
    rf"(?:(?<![ \t\xa0])[ \t\xa0]{{3,}}+|^)(?P<code>{_CODE}(?:[ ,;/]{{1,2}}{_CODE}){{0,6}})[ \t]{{0,20}}$"
)
# Stamps of a classification that stand in the row of a value.
_STAMPED: Final = re.compile(
    r"(?:(?<![ \t\xa0])[ \t\xa0]{2,}+|^)(?:Classified by |Declassify on|RELEASE IN (?:PART|FULL)|"
    r"(?:— ?)?Reason: ?1\.[45]|1\.[45]\([A-H]\) ?—)|"
    r"(?<=\S)[ \t\xa0](?:Classified by [A-Z][\w/, ]{2,40} on \d\d[/-]|"
    r"(?:(?:TOP )?SECRET|CONFIDENTIAL) ?[—–-] ?(?:Reason: ?1\.[45]|Declassify on))"
)
# What stands so far behind words is no part of them: a code of which a letter is damaged, a line in the margin.
_DAMAGED: Final = re.compile(r"(?<=[^ \t\xa0])[ \t\xa0]{10,}+(?P<code>B[0-9A-Za-z€]{0,2}|[Il|1!])[ \t]{0,20}$")
_GLUED: Final = re.compile(r"(?<=[a-z>)])[ \t](?P<code>B[1-9](?:[ ,]{1,2}B[1-9]){0,3})$")


def is_mark(line: str) -> bool:
    """Whether the line is nothing but exemption codes."""
    return len(line) < 300 and _ALONE.fullmatch(line) is not None


def stamp_in(text: str) -> str | None:
    """The stamp of a classification that stands in a row of other words."""
    match = _STAMPED.search(text)
    return text[match.start() :].strip() if match else None


def is_code(mark: str) -> bool:
    """Whether what stands in the margin is an exemption code, and not a line that was drawn there."""
    return len(mark) > 1 or mark == "B"


def without_mark(text: str) -> tuple[str, list[str]]:
    """The text without the exemption codes (or a stamp) in the margin behind it, and those codes."""
    if stamped := _STAMPED.search(text):
        text = text[: stamped.start()]
    tail = text[-80:]
    match = _BEHIND.search(tail) or _GLUED.search(tail) or _DAMAGED.search(text)
    if match is not None and match.re is _DAMAGED:
        return text[: match.start()], [match["code"]]
    if match is None:
        return text, []
    return text[: len(text) - len(tail) + match.start()].rstrip(), [match["code"]]
