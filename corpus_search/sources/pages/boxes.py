"""Boxes that a page draws: filled areas, pictures and annotations that can cover text, in drawing order."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

import pypdfium2.raw as raw

from corpus_search.sources.pages.pdfium import Size
from corpus_search.sources.pages.words import Box, Turned

MAX_OBJECTS: Final = 60_000  # of a page that are looked at
MAX_DEPTH: Final = 6  # forms within forms
_LEAST_HEIGHT: Final = 4.0  # points: lower ones are rules and underlines
_LEAST_WIDTH: Final = 4.0
_COVERING: Final = 230  # of 255: a fill that lets more through hides nothing
_ANNOTATIONS: Final = (raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_REDACT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_FREETEXT)

Kind = Literal["fill", "picture", "annotation"]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something drawn that can cover text: its place, its colour (None: not one), and when it is drawn.

    `order` counts all that is drawn; `says` is what was typed into an annotation.
    """

    box: Box
    kind: Kind
    colour: tuple[int, int, int] | None
    order: int
    pixels: tuple[int, int] = (0, 0)  # of a picture
    says: str = ""

    @property
    def is_dark(self) -> bool:
        """Whether its colour is nearer to black than to paper."""
        return self.colour is not None and sum(self.colour) < 3 * 100

    @property
    def is_white(self) -> bool:
        """Whether it looks like paper."""
        return self.colour is not None and min(self.colour) >= 250


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a page draws: all that can cover, and the order of each of its text objects, by their address."""

    drawn: tuple[Drawn, ...]
    orders: dict[int, int]
    largest_picture: int  # pixels


def drawing_of(page: Any, size: Size) -> Drawing:
    """Everything on the page that can cover text, in the order of drawing, annotations last."""
    walk = _Walk(Turned(size))
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), MAX_OBJECTS)):
        walk.visit(raw.FPDFPage_GetObject(page.raw, index), _SAME, 0)
    drawn = [*walk.drawn, *_annotations(page, Turned(size), walk.order)]
    kept = tuple(one for one in drawn if one.box.height >= _LEAST_HEIGHT and one.box.width >= _LEAST_WIDTH)
    return Drawing(kept, walk.orders, max((one.pixels[0] * one.pixels[1] for one in walk.drawn), default=0))


class _Walk:
    """A walk over a page's objects in the order in which they are drawn, into forms and out of them."""

    def __init__(self, turn: Turned) -> None:
        self._turn = turn
        self.drawn: list[Drawn] = []
        self.orders: dict[int, int] = {}
        self.order = 0

    def visit(self, handle: Any, matrix: Matrix, depth: int) -> None:
        """Note the object, and all that lies in it."""
        self.order += 1
        if self.order > MAX_OBJECTS:
            return
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self.orders[_address(handle)] = self.order
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            if (colour := _fill(handle)) is not None and (box := _bounds(handle, matrix, self._turn)) is not None:
                self.drawn.append(Drawn(box, "fill", colour, self.order))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            if (box := _bounds(handle, matrix, self._turn)) is not None:
                self.drawn.append(Drawn(box, "picture", None, self.order, _pixels(handle)))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = _times(_matrix(handle), matrix)
            for index in range(min(raw.FPDFFormObj_CountObjects(handle), MAX_OBJECTS)):
                self.visit(raw.FPDFFormObj_GetObject(handle, index), inner, depth + 1)


def _fill(handle: Any) -> tuple[int, int, int] | None:
    """The colour that a path is filled with (or, for a thick stroke, drawn with); None where it hides nothing."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(handle, mode, stroked):
        return None
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if mode.value != raw.FPDF_FILLMODE_NONE:
        known = raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha)
    elif stroked.value and _is_bar(handle):
        known = raw.FPDFPageObj_GetStrokeColor(handle, red, green, blue, alpha)
    else:
        return None
    if not known or alpha.value < _COVERING:
        return None
    return red.value, green.value, blue.value


def _is_bar(handle: Any) -> bool:
    """Whether a stroke is so thick that it is a box: a marker drawn over a line."""
    width = ctypes.c_float()
    return bool(raw.FPDFPageObj_GetStrokeWidth(handle, width)) and width.value >= 6


def _bounds(handle: Any, matrix: Matrix, turn: Turned) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return None
    if raw.FPDFPageObj_GetType(handle) == raw.FPDF_PAGEOBJ_PATH:
        _without_caps(handle, left, bottom, right, top)
    if matrix == _SAME:
        return turn.box(left.value, bottom.value, right.value, top.value)
    corners = [_moved(x, y, matrix) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    across, up = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return turn.box(min(across), min(up), max(across), max(up))


def _without_caps(handle: Any, left: Any, bottom: Any, right: Any, top: Any) -> None:
    """Correct the bounds of a bar, to which pdfium adds the stroke's width on every side, and none at its ends."""
    mode, stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(handle, mode, stroked)
    if mode.value != raw.FPDF_FILLMODE_NONE or not raw.FPDFPageObj_GetStrokeWidth(handle, width):
        return
    lies = right.value - left.value > top.value - bottom.value
    across, up = (width.value, width.value / 2) if lies else (width.value / 2, width.value)
    if right.value - left.value > 2 * across and top.value - bottom.value > 2 * up:
        left.value, right.value = left.value + across, right.value - across
        bottom.value, top.value = bottom.value + up, top.value - up


def _matrix(handle: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does first the one, then the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _pixels(handle: Any) -> tuple[int, int]:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(handle, width, height):
        return 0, 0
    return width.value, height.value


def _annotations(page: Any, turn: Turned, order: int) -> Iterator[Drawn]:
    """Boxes drawn over the page with a viewer's tools; they lie above all that the page draws."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), 2000)):
        handle = raw.FPDFPage_GetAnnot(page.raw, index)
        if not handle:
            continue
        try:
            yield from _annotation(handle, turn, order + index + 1)
        finally:
            raw.FPDFPage_CloseAnnot(handle)


def _annotation(handle: Any, turn: Turned, order: int) -> Iterator[Drawn]:
    if raw.FPDFAnnot_GetSubtype(handle) not in _ANNOTATIONS or raw.FPDFAnnot_GetFlags(handle) & 2:
        return
    rectangle = raw.FS_RECTF()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFAnnot_GetRect(handle, rectangle):
        return
    colour = None
    # Without the key pdfium says black, which nothing is drawn in.
    if raw.FPDFAnnot_HasKey(handle, b"IC") and raw.FPDFAnnot_GetColor(
        handle, raw.FPDFANNOT_COLORTYPE_InteriorColor, red, green, blue, alpha
    ):
        colour = (red.value, green.value, blue.value) if alpha.value >= _COVERING else None
    box = turn.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
    yield Drawn(box, "annotation", colour, order, says=typed(handle, b"Contents"))


def typed(annotation: Any, key: bytes) -> str:
    """A text value of an annotation."""
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size < 1 << 17:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
