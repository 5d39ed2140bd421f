"""Files that lie within a PDF: the mails of a portfolio, what was attached to a page."""

from __future__ import annotations

import re
from typing import Any, Final

import pypdfium2

from corpus_search.model import Reading
from corpus_search.sources.pages.pdfium import opened
from corpus_search.sources.reading import Origin, Unit, together

MOST: Final = 20_000  # files of one portfolio
_COVER: Final = re.compile(
    r"(?:open|view)(?:ing)? (?:this )?(?:pdf )?portfolio|for the best experience|get adobe reader|"
    r"acrobat(?: reader)? (?:x|9|8)\b|adobe reader (?:x|9|8)\b",
    re.IGNORECASE,
)


def embedded(unit: Unit, origin: Origin) -> Reading:
    """The messages and documents in the files that lie in the PDF, each with its name as member."""
    readings: list[Reading] = []
    with opened(unit.file) as document:
        count = document.count_attachments()
        for index in range(min(count, MOST)):
            attachment = document.get_attachment(index)
            name = attachment.get_name() or f"attachment {index + 1}"
            inner = origin.inner(name, index + 1)
            data = _data(attachment)
            if data is None:
                reason = "the file within the PDF can't be taken out; open the PDF by hand"
                readings.append(Reading(problems=(inner.problem("damaged", reason),)))
                continue
            origin.budget.spend(len(data))
            readings.append(origin.open_within(inner, data, None))
        if count > MOST:
            reason = f"of {count} files within the PDF the first {MOST} were read; split it"
            readings.append(Reading(problems=(origin.problem("limit", reason),)))
    return together(readings)


def is_cover(text: str) -> bool:
    """Whether a page's text is only what a portfolio says to programs that can't show it."""
    return len(text) < 600 and _COVER.search(text) is not None


def _data(attachment: Any) -> bytes | None:
    try:
        return bytes(attachment.get_data())
    except pypdfium2.PdfiumError:
        return None
