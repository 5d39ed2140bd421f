"""A winmail.dat that lies by itself: its body as a document, and what is attached in it."""

from __future__ import annotations

from pathlib import Path

from corpus_search.model import Reading
from corpus_search.sources.documents.document import documents
from corpus_search.sources.reading import Origin, Reader, together
from corpus_search.sources.tnef import CUT_SHORT, is_cut_short, is_tnef, unwrap


def recognise(head: bytes, path: Path) -> bool:
    """The signature that such a file begins with."""
    del path
    return is_tnef(head)


def read_data(data: bytes, origin: Origin) -> Reading:
    """The body, then each attachment."""
    body, parts = unwrap(data)
    readings = [documents(body, origin)]
    if is_cut_short(data):
        readings.append(Reading(problems=(origin.problem("damaged", CUT_SHORT),)))
    for index, part in enumerate(parts, start=1):
        here = origin.inner(part.name or f"part {index}", index)
        readings.append(here.open_within(here, part.data, None))
    return together(readings)


READER = Reader("tnef", recognise, read_data=read_data)
