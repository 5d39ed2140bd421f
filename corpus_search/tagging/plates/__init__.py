"""Licence plates in a passage: candidates by form, weighed by the words around them, look-alikes ruled out."""

from corpus_search.tagging.plates.finder import PlateFinder, load

__all__ = ["PlateFinder", "load"]
