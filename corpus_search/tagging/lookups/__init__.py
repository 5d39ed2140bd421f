"""Record look-ups in a passage: the systems named, and the acts of asking, doing and answering."""

from corpus_search.tagging.lookups.finder import LookupFinder

__all__ = ["LookupFinder"]
