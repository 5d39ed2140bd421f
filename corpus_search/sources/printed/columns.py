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

_ROW: Final = re.compile(
    r"[ \t>]{0,120}(?:(?P<left>\S[^\n]{0,90}?)[ \t]{2,80})?(?P<label>To|cc|bcc|Cc|Subject|Fax to)"
    r"(?:[ \t]{2,80}(?P<value>\S[^\n]*))?[ \t]*"
)
_NAMES: Final = {"to": "to", "cc": "cc", "bcc": "bcc", "subject": "subject", "fax to": "other"}
_ROWS: Final = 40


def header_in_columns(lines: Sequence[str], at: int) -> Block | None:
    """The header of two columns that begins at this line."""
    first = _ROW.fullmatch(lines[at], 0, min(400, len(lines[at])))
    if first is None or not first["left"] or find_date(first["left"]) or at + 1 >= len(lines):
        return None
    left: list[str] = []
    fields: list[list[str]] = []
    row = at
    while row < min(len(lines), at + _ROWS) and lines[row].strip():
        match = _ROW.fullmatch(lines[row][:600])
        if match is not None:
            left += [match["left"]] if match["left"] else []
            fields.append([match["label"], match["value"] or ""])
        elif row == at + 1 and find_date(lines[row]) is not None and len(lines[row].strip()) < 40:
            left.append(lines[row].strip())
        elif fields and lines[row][:1] in " \t" and fields[-1][1].rstrip().endswith((",", ";")):
            fields[-1][1] += f" {lines[row].strip()}"
        else:
            break
        row += 1
    dated = next((text for text in left[1:] if (found := find_date(text)) is not None and found.timed), None)
    if dated is None or len(fields) < 2:
        return None
    told = [Field("from", "", left[0].strip()), Field("date", "", dated.strip())]
    told += [Field(_NAMES[label.lower()], label, value.strip()) for label, value in fields]
    return Block(at, row, tuple(told))
