"""All pages of a file into messages and documents."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_search.model import REDACTED_MARK, Message, Place, Reading, Redaction, Zone, identify
from corpus_search.sources.lines import Page
from corpus_search.sources.pages.furniture import mark
from corpus_search.sources.pages.hyphens import rejoined
from corpus_search.sources.pages.layout import text_of
from corpus_search.sources.reading import Unit


def make(unit: Unit, pages: Sequence[Page]) -> Reading:
    """The messages and documents of a file's pages."""
    pages = rejoined(mark(pages))
    texts = [text_of(page.lines) for page in pages]
    text = "\n\f\n".join(texts).strip("\n\f")
    if not text:
        return Reading()
    places = tuple(page.place for page in pages)
    codes = [code for page in pages for line in page.lines for _, code in line.redactions]
    return Reading((_document(unit, text, places, codes),))


def _document(unit: Unit, text: str, places: tuple[Place, ...], codes: Sequence[str | None]) -> Message:
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
        redactions=_redactions(text, codes),
    )


def _redactions(text: str, codes: Sequence[str | None]) -> tuple[Redaction, ...]:
    """Every blacked-out stretch, with its code where the pages know as many stretches as the text has."""
    marks = [at for at, sign in enumerate(text) if sign == REDACTED_MARK]
    known = codes if len(codes) == len(marks) else [None] * len(marks)
    return tuple(Redaction(at, at + 1, code) for at, code in zip(marks, known, strict=True))
