"""A text that is no mail, as one document or, where it is very long, as several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from corpus_search.model import Message, Place, Reading, Redaction, Zone
from corpus_search.sources.charsets import scrub
from corpus_search.sources.reading import Origin

LONGEST: Final = 400_000  # characters of one document: a longer text is cut at a line's end
MOST: Final = 40_000_000  # characters of all documents of one file


def documents(text: str, origin: Origin, unit: str = "document") -> Reading:
    """Documents of a text; a problem where it is longer than all of them may be, nothing where it holds no word."""
    text = scrub(text).replace("\r\n", "\n").replace("\r", "\n").strip("\n\f \t")
    made = tuple(
        document(piece, origin, origin.places or (Place(unit, number),), number)
        for number, piece in enumerate(pieces(text[:MOST]), start=1)
        if piece.strip()
    )
    if len(text) > MOST:
        return Reading(made, (origin.problem("limit", f"the text after {MOST:,} characters was not read; split it"),))
    return Reading(made)


def document(
    text: str, origin: Origin, places: Sequence[Place], number: int = 1, subject: str | None = None
) -> Message:
    """One document of a file; `number` tells it from others of the same file."""
    member = origin.source.member
    name = subject or (member or origin.source.path).rsplit("/", 1)[-1]
    return Message(
        id=origin.id_of("document", number),
        kind="document",
        release=origin.release,
        source=origin.source,
        places=tuple(places),
        text=text,
        zones=(Zone("own", 0, len(text)),) if text else (),
        within=origin.within,
        subject=name,
        redactions=tuple(Redaction(start, end) for start, end in _blacked(text)),
    )


def pieces(text: str) -> Iterator[str]:
    """The text in pieces of at most `LONGEST` characters, cut at line ends where there are any."""
    at = 0
    while len(text) - at > LONGEST:
        cut = text.rfind("\n", at + LONGEST // 2, at + LONGEST) + 1 or at + LONGEST
        yield text[at:cut]
        at = cut
    yield text[at:]


def _blacked(text: str) -> Iterator[tuple[int, int]]:
    at = text.find("█")
    while at >= 0:
        end = at
        while end < len(text) and text[end] == "█":
            end += 1
        yield at, end
        at = text.find("█", end)
