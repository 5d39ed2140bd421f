"""The index beside the store: fresh, stale, or none; made anew where it is not fresh."""

from __future__ import annotations

from corpus_search.store import Store
from corpus_search.workflows.progress import Progress


def index_state(store: Store) -> str:
    """Whether the index is fresh, stale, or none."""
    return "none"


def open_index(store: Store) -> None:
    """The index where it is fresh and this machine's own; None elsewhere."""
    return


def refresh(store: Store, *, workers: int, progress: Progress) -> None:
    """Bring the index up to date."""
