"""What is tagged in a piece of text, and why: needs no corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus_search.evidence.shapes import explanation_shape
from corpus_search.tagging.tagger import Tagger


class Trier:
    """Tags pieces of text with the built-in packs and, where given, a researcher's own."""

    def __init__(self, packs: Path | None = None) -> None:
        self._tagger = Tagger.load(packs)

    def explain(self, text: str) -> dict[str, Any]:
        """The text with its tags and near misses; offsets count into exactly the text given."""
        tags, misses = self._tagger.explain(text)
        return explanation_shape(text, tags, misses)
