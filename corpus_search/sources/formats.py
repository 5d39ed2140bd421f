"""The formats that are read, in the order in which they may claim a file: the surest marks first, any text last."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from corpus_search.sources import image, mail, mbox, msg, pdf, pst, text
from corpus_search.sources.archives import packed, sevens, tars, zips
from corpus_search.sources.documents import cards, delimited, listing, oldword, rtf, sheets, slides, web, winmail, word
from corpus_search.sources.reading import NotReadable, Reader
from corpus_search.sources.unknown import describe

READERS: Final[tuple[Reader, ...]] = (
    pdf.READER,
    image.READER,
    word.READER,
    sheets.READER,
    slides.READER,
    oldword.READER,
    msg.READER,
    pst.READER,
    winmail.READER,
    zips.READER,
    sevens.READER,
    rtf.READER,
    cards.READER,
    mbox.READER,
    tars.READER,
    packed.READER,
    mail.READER,
    web.READER,
    listing.READER,
    delimited.READER,
    text.READER,
)
_BY_NAME: Final = {reader.format: reader for reader in READERS}


def claim(head: bytes, path: Path) -> Reader:
    """The reader of the format that the content shows.

    Raises:
        NotReadable: no reader takes it.
    """
    for reader in READERS:
        if reader.recognise(head, path):
            return reader
    raise NotReadable("unsupported", describe(head))


def named(fmt: str) -> Reader:
    """The reader of a format that was recognised before."""
    return _BY_NAME[fmt]
