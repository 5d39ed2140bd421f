"""Whether a block of labels is the header of a mail: memos, forms, logs and calendars have the same labels."""

from __future__ import annotations

import re
from typing import Final

from corpus_search.sources.printed.apart import is_reply
from corpus_search.sources.printed.blocks import Block
from corpus_search.sources.printed.dates import read_printed_date
from corpus_search.sources.printed.markers import Marker
from corpus_search.sources.printed.rows import Rows

_MEMO: Final = re.compile(
    r"\b(?:memorandum|memo|interoffice|inter-office|policy|procedure|directive|general order|agenda|fax|facsimile|"
    r"minutes|staff report|city council|board of supervisors|resolution|ordinance|bulletin)\b",
    re.IGNORECASE,
)
# A day, an hour, an amount: no person. A telephone number may be one.
_NOBODY: Final = re.compile(
    r"(?:\d{1,4}[/.:-]\d{1,2}(?:[/.:-]\d{1,4})?|\d{3,4} ?h(?:ou)?rs?|\$ ?\d|#?\d{1,6})\b.{0,40}", re.IGNORECASE
)
_SAID: Final = re.compile(r"(?:the|a|an|your|our|my|his|her|their|this|that|who|name of|enter)\s", re.IGNORECASE)


def is_mail(block: Block, marker: Marker, rows: Rows) -> bool:
    """Whether a header is that of a mail."""
    if any(one.name == "meeting" for one in block.fields) and not block.has("from"):
        return False
    if not block.has("from"):
        return block.has("subject") and block.has("date")
    written = block.value("date") or block.value("late") or ""
    timed = len(read_printed_date(written) or "") > 10
    reached = any(
        "@" in one.value or "█" in one.value for one in block.fields if one.name in ("from", "to", "cc", "bcc")
    )
    sender = block.value("from") or ""
    if not reached and (_NOBODY.fullmatch(sender) or (_SAID.match(sender) and not timed)):
        return False
    labels = [one.label for one in block.fields if one.name in ("from", "to", "date", "subject")]
    over = " ".join(row.text for row in rows.rows[max(0, marker.first - 12) : marker.first])
    names = [one.name for one in block.fields]
    if not reached and "to" in names and names.index("to") < names.index("from") and _MEMO.search(over):
        return False
    if timed or reached or any(label.casefold() == "sent" for label in labels):
        return True
    if _MEMO.search(over) or all(label.isupper() for label in labels):
        return False
    return is_reply(block) or block.detached or (block.has("to") and block.has("subject") and block.has("date"))
