"""Files that lie within a PDF: the mails of a portfolio, what was attached to a page."""

from __future__ import annotations

from typing import Any, Final

import pypdfium2

from corpus_search.model import Reading
from corpus_search.sources.pages.pdfium import opened
from corpus_search.sources.reading import Origin, Unit, together

MOST: Final = 20_000  # files of one portfolio


def embedded(unit: Unit, origin: Origin) -> Reading:
    """The messages and documents in the files that lie in the PDF, each with its name as member."""
    readings: list[Reading] = []
    with opened(unit.file) as document:
        count = document.count_attachments()
        for index in range(min(count, MOST)):
            name, data = _taken(document, index)
            inner = origin.inner(name, index + 1)
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


def _taken(document: Any, index: int) -> tuple[str, bytes | None]:
    """The name and the bytes of a file; no bytes where it can't be taken out."""
    name = f"attachment {index + 1}"
    try:
        attachment = document.get_attachment(index)
        name = attachment.get_name() or name
        return name, bytes(attachment.get_data())
    except pypdfium2.PdfiumError:
        return name, None
