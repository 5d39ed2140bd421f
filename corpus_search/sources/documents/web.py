"""Web pages (.html), as a document of the text that they show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from corpus_search.model import Reading
from corpus_search.sources.charsets import decode_text
from corpus_search.sources.documents.document import documents
from corpus_search.sources.html import html_to_text
from corpus_search.sources.reading import Origin, Reader

_PAGE: Final = re.compile(rb"\s{0,1000}(?:<!--[^<]{0,2000}-->\s{0,100}|<\?xml[^<>]{0,200}\?>\s{0,100})?<(?:!doctype\s+html|html|head|body|table|div|p|font)\b", re.IGNORECASE)  # fmt: skip # noqa: E501
_CHARSET: Final = re.compile(rb"<meta[^<>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([\w-]{1,40})", re.IGNORECASE)


def recognise(head: bytes, path: Path) -> bool:
    """A document that begins with a page's first tags."""
    del path
    return _PAGE.match(head[:8192].removeprefix(b"\xef\xbb\xbf")) is not None


def read_data(data: bytes, origin: Origin) -> Reading:
    """The visible text."""
    named = _CHARSET.search(data[:4096])
    text, _ = decode_text(data, named.group(1).decode("ascii") if named else None)
    return documents(html_to_text(text), origin)


READER = Reader("html", recognise, read_data=read_data)
