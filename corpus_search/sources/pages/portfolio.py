"""Files that lie within a PDF: the mails of a portfolio, what was attached to a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pypdfium2

from corpus_search.model import Reading
from corpus_search.sources.pages.pdfium import opened
from corpus_search.sources.pages.swollen import MOST as LARGEST
from corpus_search.sources.pages.swollen import has_swollen
from corpus_search.sources.reading import Origin, Unit, together

MOST: Final = 20_000  # files of one portfolio
MAX_BYTES: Final = 1 << 30  # of a PDF whose files are taken out


def embedded(unit: Unit, origin: Origin) -> Reading:
    """The messages and documents in the files that lie in the PDF, each with its name as member."""
    readings: list[Reading] = []
    with opened(unit.file) as document:
        count = document.count_attachments()
        if count and _is_too_large(Path(unit.file)):
            reason = (
                f"a file within the PDF unpacks to more than {LARGEST >> 20} MB, or the PDF is larger; none of the "
                "files within it was read; take them out by hand, and look before you open them"
            )
            return Reading(problems=(origin.problem("limit", reason),))
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


def _is_too_large(file: Path) -> bool:
    """Whether taking out what lies within it may end the process."""
    size = file.stat().st_size
    return size > MAX_BYTES or (size * 1032 > LARGEST and has_swollen(file.read_bytes()))


def _taken(document: Any, index: int) -> tuple[str, bytes | None]:
    """The name and the bytes of a file; no bytes where it can't be taken out."""
    name = f"attachment {index + 1}"
    try:
        attachment = document.get_attachment(index)
        name = attachment.get_name() or name
        return name, bytes(attachment.get_data())
    except pypdfium2.PdfiumError:
        return name, None
