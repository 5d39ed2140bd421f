"""PowerPoint files (.pptx): the text of each slide, its tables and its notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from corpus_search.model import Place, Reading
from corpus_search.sources.charsets import scrub
from corpus_search.sources.documents.document import document
from corpus_search.sources.reading import Origin, Reader
from corpus_search.sources.zipped import check_document, names_in

MAX_GROUPS: Final = 20  # groups of shapes within groups
MAX_TEXT: Final = 400_000


def recognise(head: bytes, path: Path) -> bool:
    """A zip file with a presentation in it."""
    return "ppt/presentation.xml" in names_in(head, path)


def read_data(data: bytes, origin: Origin) -> Reading:
    """One document of all slides that hold words."""
    import pptx  # heavy: only where a presentation is read

    check_document(data)
    parts: list[str] = []
    places: list[Place] = []
    at = 0
    for number, slide in enumerate(pptx.Presentation(io.BytesIO(data)).slides, start=1):
        lines = [line for line in _slide(slide) if line.strip()]
        if lines:
            parts.append(scrub("\n".join(lines)).replace("\x0b", "\n"))
            places.append(Place("slide", number, start=at))
            at += len(parts[-1]) + 2
    text = "\n\n".join(parts)[:MAX_TEXT]
    return Reading((document(text, origin, places),)) if text else Reading()


def _slide(slide: Any) -> Iterator[str]:
    yield from _shapes(slide.shapes, 0)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield str(slide.notes_slide.notes_text_frame.text)


def _shapes(shapes: Any, depth: int) -> Iterator[str]:
    for shape in shapes:
        if getattr(shape, "shapes", None) is not None and depth < MAX_GROUPS:
            yield from _shapes(shape.shapes, depth + 1)
        elif shape.has_text_frame:
            yield str(shape.text_frame.text)
        elif getattr(shape, "has_table", False) and shape.has_table:
            for row in shape.table.rows:
                yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells)


READER = Reader("pptx", recognise, read_data=read_data)
