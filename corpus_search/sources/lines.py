"""Pages as lines: what reading a page gives, and what messages are made of; plain values in JSON between the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from corpus_search.model import Place, ReadBy


class Box(NamedTuple):
    """Where a line stands on its page, in points from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print. Cells of a row stand on one line, two blanks between them; a blacked-out stretch is one `█`.

    `box` is None where nothing is known of the place (text files). `furniture`: what kind of thing the line is that
    belongs to no message (`bates`, `running`, `page`, `repeated` …). `redactions`: offset of each `█`, and the
    exemption code that stands on or by it. `twins`: start and end of words that OCR read in two ways, and the other.
    """

    text: str
    box: Box | None = None
    furniture: str | None = None
    redactions: tuple[tuple[int, str | None], ...] = ()
    twins: tuple[tuple[int, int, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The line as plain values; what is not there is left out."""
        made: dict[str, Any] = {"text": self.text}
        if self.box is not None:
            made["box"] = list(self.box)
        if self.furniture is not None:
            made["furniture"] = self.furniture
        if self.redactions:
            made["redactions"] = [list(one) for one in self.redactions]
        if self.twins:
            made["twins"] = [list(one) for one in self.twins]
        return made

    @classmethod
    def from_json(cls, made: dict[str, Any]) -> Line:
        """The line that these values say."""
        box = made.get("box")
        return cls(
            made["text"],
            Box(*box) if box else None,
            made.get("furniture"),
            tuple((at, code) for at, code in made.get("redactions", ())),
            tuple((start, end, other) for start, end, other in made.get("twins", ())),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A page, counted from 1; `size` in points (0, 0: not known); `read_by` is text, ocr, or unread."""

    number: int
    lines: tuple[Line, ...]
    size: tuple[float, float] = (0.0, 0.0)
    read_by: str = "text"
    confidence: float | None = None
    bates: str | None = None
    bookmark: str | None = None  # the title of a bookmark that leads to the page: a mail may begin there

    @property
    def place(self) -> Place:
        """The page as a place to cite."""
        read_by: ReadBy = "ocr" if self.read_by == "ocr" else "text"
        return Place("page", self.number, self.bates, read_by, self.confidence)

    def to_json(self) -> dict[str, Any]:
        """The page as plain values."""
        return {
            "number": self.number,
            "size": list(self.size),
            "read_by": self.read_by,
            "confidence": self.confidence,
            "bates": self.bates,
            "bookmark": self.bookmark,
            "lines": [line.to_json() for line in self.lines],
        }

    @classmethod
    def from_json(cls, made: dict[str, Any]) -> Page:
        """The page that these values say."""
        width, height = made.get("size") or (0.0, 0.0)
        lines = tuple(Line.from_json(line) for line in made["lines"])
        by, confidence, bates = made["read_by"], made["confidence"], made.get("bates")
        return cls(made["number"], lines, (width, height), by, confidence, bates, made.get("bookmark"))


def pages_from_json(made: Sequence[dict[str, Any]]) -> list[Page]:
    """The pages of a file, as reading them gave them."""
    return [Page.from_json(page) for page in made]
