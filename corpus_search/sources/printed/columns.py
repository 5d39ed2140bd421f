"""Headers in two columns, as Lotus Notes prints them: who and when on the left, labels without colons on the right.

Tomas Avila/PROB/OGC       To       Brian T Kessler <bk@x.gov>
06/22/2017 02:51 PM        cc       Nora Whitfield/JAIL/OGC
                           Subject  reporting dates
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus_search.sources.printed.blocks import Block, Field
from corpus_search.sources.printed.dates import find_date
from corpus_search.sources.printed.people import looks_like_people

_ROW: Final = re.compile(
    r"[ \t>]{0,120}(?:(?P<left>\S[^\n]{0,90}?)[ \t]{2,80})?(?P<label>To|cc|bcc|Cc|Subject|Fax to)"
    r"(?:[ \t]{2,80}(?P<value>\S[^\n]*))?[ \t]*"
)
# What OCR makes of a row whose left column is empty: one blank behind the label, and "bcc" misread.
_OCR_ROW: Final = re.compile(
    r"[ \t>]{0,120}(?P<label>bcc|bec|bce|Bcc|Subject)(?:[ \t]{1,80}(?P<value>\S[^\n]*))?[ \t]*"
)
_NARROW: Final = re.compile(
    r"(?:^|(?<=[ \t]{2}))(?P<label>To|cc|bcc|Cc|Subject|Fax to):?(?:[ \t]{2,80}(?P<value>\S[^\n]*))?[ \t]*$"
)
_NAMES: Final = {
    "to": "to", "cc": "cc", "bcc": "bcc", "bec": "bcc", "bce": "bcc", "subject": "subject", "fax to": "other",
}  # fmt: skip
_ROWS: Final = 40


def header_in_columns(lines: Sequence[str], at: int) -> Block | None:
    """The header of two columns that begins at this line, or (where names wrap in the left one) a line above."""
    first = _ROW.fullmatch(lines[at], 0, min(400, len(lines[at])))
    if first is None or not first["left"] or find_date(first["left"]) or at + 1 >= len(lines):
        return None
    left, fields, row = _columns(lines, at)
    dated = next((text for text in left[1:] if (found := find_date(text)) is not None and found.timed), None)
    if dated is None or len(fields) < 2:
        return None
    told = [Field("from", "", left[0].strip()), Field("date", "", dated.strip())]
    told += [Field(_NAMES[label.lower()], label, value.strip()) for label, value in fields]
    return Block(at, row, tuple(told))


def _columns(lines: Sequence[str], at: int) -> tuple[list[str], list[list[str]], int]:
    """What stands on the left, the fields on the right, and the line after both."""
    left: list[str] = []
    fields: list[list[str]] = []
    row = at
    while row < min(len(lines), at + _ROWS):
        if not lines[row].strip():
            if (further := _further_row(lines, row, fields)) is None:
                break
            row = further
        match = _ROW.fullmatch(lines[row][:600])
        if match is not None:
            left += [match["left"]] if match["left"] else []
            fields.append([match["label"], match["value"] or ""])
        elif fields and (late := _OCR_ROW.fullmatch(lines[row][:600])) is not None:
            fields.append([late["label"], late["value"] or ""])
        elif row == at + 1 and find_date(lines[row]) is not None and len(lines[row].strip()) < 40:
            left.append(lines[row].strip())
        elif fields and lines[row][:1] in " \t" and fields[-1][1].rstrip().endswith((",", ";")):
            fields[-1][1] += f" {lines[row].strip()}"
        else:
            break
        row += 1
    return left, fields, row


def _further_row(lines: Sequence[str], blank: int, fields: Sequence[Sequence[str]]) -> int | None:
    """The row of the header behind an empty line that OCR left in it, while the subject is still to come."""
    if not fields or any(label == "Subject" for label, _ in fields) or blank + 1 >= len(lines):
        return None
    return blank + 1 if _OCR_ROW.fullmatch(lines[blank + 1][:600]) is not None else None


def header_in_narrow_columns(lines: Sequence[str], at: int) -> Block | None:
    """The header of two columns, of which the left one is so narrow that name, address and date wrap in it.

    The name alone begins it, a line above the first label (or two).
    """
    name = lines[at].strip("> \t")
    if not 2 < len(name) < 40 or name.endswith((":", ".", ",")) or not looks_like_people(name):
        return None
    told = next((row for row in range(at + 1, min(len(lines), at + 3)) if _NARROW.search(lines[row])), None)
    if told is None:
        return None
    column = min(match.start("label") for match in (_NARROW.search(lines[told]),) if match)
    left, fields = [name], list[list[str]]()
    row = at + 1
    while row < min(len(lines), at + _ROWS) and lines[row].strip("> \t"):
        match = _NARROW.search(lines[row])
        rest = lines[row] if match is None else lines[row][: match.start("label")]
        if match is not None and match.start("label") <= column + 2:
            fields.append([match["label"], match["value"] or ""])
        elif len(lines[row]) > column - 3 and fields and not lines[row][column - 3 : column].strip():
            fields[-1][1] += f" {lines[row][column:].strip()}"
            rest = lines[row][:column]
        elif len(lines[row].strip("> \t")) > column:
            break
        left += [rest.strip("> \t")] if rest.strip("> \t") else []
        row += 1
    return _of_narrow(at, row, left, fields)


def _of_narrow(at: int, stop: int, left: Sequence[str], fields: Sequence[Sequence[str]]) -> Block | None:
    """The block, where the left column is a sender and, after that, a date."""
    for nth in range(1, len(left)):
        date = " ".join(left[nth:])
        found = find_date(date)
        if found is not None and found.timed and found.start < 3 and len(fields) >= 2:
            name, address = left[0].strip('"'), "".join(left[1:nth])
            told = [Field("from", "", f"{name} {address}".strip()), Field("date", "", date)]
            told += [Field(_NAMES[label.lower()], label, value.strip()) for label, value in fields]
            return Block(at, stop, tuple(told))
    return None
