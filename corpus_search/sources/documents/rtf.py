"""Rich text documents (.rtf)."""

from __future__ import annotations

from pathlib import Path

from corpus_search.model import Reading
from corpus_search.sources.documents.document import documents
from corpus_search.sources.reading import Origin, Reader
from corpus_search.sources.richtext import rtf_text


def recognise(head: bytes, path: Path) -> bool:
    """The mark that every RTF file begins with."""
    del path
    return head[:1000].lstrip().startswith(b"{\\rtf")


def read_data(data: bytes, origin: Origin) -> Reading:
    """The text without its formatting."""
    return documents(rtf_text(data), origin)


READER = Reader("rtf", recognise, read_data=read_data)
