"""The store: SQLite, the truth. The only room that speaks SQL."""

from corpus_search.store.database import is_corpus
from corpus_search.store.store import Store

__all__ = ["Store", "is_corpus"]
