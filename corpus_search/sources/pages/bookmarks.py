"""Bookmarks of a PDF: where programs that put mails together in one file say that a mail begins."""

from __future__ import annotations

from typing import Any, Final

import pypdfium2

MOST: Final = 20_000  # bookmarks of one file
_DEPTH: Final = 4
_LONGEST: Final = 300  # characters of a title


def bookmarks_of(document: Any) -> dict[int, str]:
    """The title of the first bookmark of each page that has one, by page index from 0."""
    found: dict[int, str] = {}
    try:
        for count, mark in enumerate(document.get_toc(max_depth=_DEPTH)):
            if count >= MOST:
                break
            target = mark.get_dest()
            index = target.get_index() if target is not None else None
            if index is not None:
                found.setdefault(index, " ".join(mark.get_title().split())[:_LONGEST])
    except (pypdfium2.PdfiumError, ValueError):
        return found
    return found
