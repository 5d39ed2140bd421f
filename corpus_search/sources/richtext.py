"""Rich text (RTF) into text: of documents, and of the bodies of Outlook's mails."""

from __future__ import annotations

import re
from typing import Final

from striprtf.striprtf import rtf_to_text

from corpus_search.sources.reading import LimitReached

_CONTROL: Final = re.compile(r"\\[a-z]{1,32}-?\d{0,10} ?|\\'[0-9a-f]{2}|[{}]")
MAX_RTF: Final = 64 << 20  # bytes
_SKIP, _END = "\\htmlrtf ", "\\htmlrtf0"


def rtf_text(data: bytes) -> str:
    """The text of RTF. Of mail bodies made from HTML, what stands there twice for old programs is left out.

    Raises:
        LimitReached: it is too large.
    """
    if len(data) > MAX_RTF:
        message = f"rich text above {MAX_RTF >> 20} MB is not read; open it by hand"
        raise LimitReached(message)
    text = data.decode("latin-1")
    if "\\fromhtml" in text[:2000]:
        text = _without_doubles(text)
    try:
        return str(rtf_to_text(text, errors="replace")).strip()
    except (TypeError, AttributeError, LookupError, ValueError):
        return _CONTROL.sub("", text).strip()  # damaged: its words, whatever their formatting was


def _without_doubles(text: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := text.find(_SKIP, at)) >= 0:
        kept.append(text[at:start])
        end = text.find(_END, start)
        if end < 0:
            at = start + len(_SKIP)
            break
        at = end + len(_END)
    kept.append(text[at:])
    return "".join(kept)
