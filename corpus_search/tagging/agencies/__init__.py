"""Agencies in text: by name and initials, by the making of their names, and by context where a word is doubtful."""

from corpus_search.tagging.agencies.finder import AgencyFinder

__all__ = ["AgencyFinder"]
