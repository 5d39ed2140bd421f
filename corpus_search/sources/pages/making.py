"""All pages of a file into messages and documents."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_search.model import Message, Place, Reading, Redaction, Zone, identify
from corpus_search.sources.lines import Page
from corpus_search.sources.pages.furniture import mark
from corpus_search.sources.pages.layout import text_of
from corpus_search.sources.reading import Unit


def make(unit: Unit, pages: Sequence[Page]) -> Reading:
    """The messages and documents of a file's pages."""
    pages = mark(pages)
    texts = [text_of(page.lines) for page in pages]
    text = "\n\f\n".join(texts).strip()
    if not text:
        return Reading()
    places = tuple(page.place for page in pages)
    return Reading((_document(unit, text, places),))


def _document(unit: Unit, text: str, places: tuple[Place, ...]) -> Message:
    source = unit.source
    return Message(
        id=identify(source.sha256, unit.salt, source.member, "document"),
        kind="document",
        release=unit.release,
        source=source,
        places=places,
        text=text,
        zones=(Zone("own", 0, len(text)),),
        subject=(source.member or source.path).rsplit("/", 1)[-1],
        redactions=tuple(Redaction(at, at + 1) for at, sign in enumerate(text) if sign == "█"),
    )
