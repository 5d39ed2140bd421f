"""All pages of a file into messages and documents: what only the whole file shows is found, then its mails."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_search.model import Reading, identify
from corpus_search.sources.lines import Page
from corpus_search.sources.pages.furniture import mark
from corpus_search.sources.pages.hyphens import rejoined
from corpus_search.sources.paper import Paper, make_printed
from corpus_search.sources.reading import Unit


def make(unit: Unit, pages: Sequence[Page]) -> Reading:
    """The messages and documents of a file's pages."""
    source = unit.source
    paper = Paper(source, unit.release, identify(source.sha256, unit.salt, source.member))
    return make_printed(rejoined(mark(pages)), paper)
