"""Pictures of pages made fit for OCR: set upright, straightened, with the black boxes in them found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from PIL import Image, ImageDraw, ImageOps

from corpus_search.sources.pages.words import Box

MAX_PIXELS: Final = 20_000_000  # of a picture that is read; a letter page at 300 dpi has 8.4 million
MAX_SKEW: Final = 6.0  # degrees that a page may lie askew
_SMALL: Final = 700  # pixels: the longer side of the copy on which the skew is measured
_CELL: Final = 4  # pixels of the picture for one of the copy on which boxes are looked for
_DARK: Final = 70  # grey level (0 black): below this a whole cell is ink, as no letter makes it
_SOLID: Final = 0.82  # of a box's area must be dark


def grey(image: Image.Image) -> Image.Image:
    """The picture in levels of grey, on white where it is transparent, no larger than is read."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    image = image.convert("L")
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        image = image.resize(
            (
                max(1, int(image.width * (MAX_PIXELS / pixels) ** 0.5)),
                max(1, int(image.height * (MAX_PIXELS / pixels) ** 0.5)),
            ),
            Image.Resampling.BOX,
        )
    return image


def is_blank(image: Image.Image) -> bool:
    """Whether a grey picture shows nothing: at most a few specks differ from its paper."""
    small = image.resize((max(1, image.width // 8), max(1, image.height // 8)), Image.Resampling.BOX)
    counts = small.histogram()
    paper = max(range(256), key=counts.__getitem__)
    differing = sum(count for level, count in enumerate(counts) if abs(level - paper) > 40)
    return differing <= max(1, small.width * small.height // 20_000)


def skew_of(image: Image.Image) -> float:
    """By how many degrees, counter-clockwise, the picture must be turned for its lines to lie level."""
    scale = _SMALL / max(image.size)
    small = image if scale >= 1 else image.resize((int(image.width * scale) or 1, int(image.height * scale) or 1))
    small = ImageOps.invert(ImageOps.autocontrast(small))
    best = 0.0
    for step, reach in ((1.0, MAX_SKEW), (0.25, 1.0), (0.1, 0.2)):
        count = round(reach / step)
        angles = [best + step * number for number in range(-count, count + 1)]
        best = max(angles, key=lambda angle: (_levelness(small, angle), -abs(angle)))
    level = _levelness(small, 0.0)
    return round(best, 2) if _levelness(small, best) > 1.03 * level else 0.0


def _levelness(image: Image.Image, angle: float) -> float:
    """How strongly rows of ink and rows of paper differ from each other once turned by the angle."""
    turned = image.rotate(angle, Image.Resampling.BILINEAR) if angle else image
    profile = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return float(sum((here - after) ** 2 for here, after in pairwise(profile)))


def turned(image: Image.Image, angle: float) -> Image.Image:
    """The picture turned counter-clockwise, white where nothing was."""
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if angle else image


def black_boxes(image: Image.Image, dots_a_point: float) -> list[Box]:
    """Solid black rectangles of at least a letter's height, in the picture's pixels."""
    small = image.resize((max(1, image.width // _CELL), max(1, image.height // _CELL)), Image.Resampling.BOX)
    least = max(2.0, 5 * dots_a_point / _CELL)  # five points
    boxes = []
    for cells in _dark_areas(small):
        columns, rows = [cell[0] for cell in cells], [cell[1] for cell in cells]
        left, right, top, bottom = min(columns), max(columns) + 1, min(rows), max(rows) + 1
        if bottom - top < least or right - left < 1.6 * least:
            continue
        if len(cells) >= _SOLID * (right - left) * (bottom - top):
            boxes.append(Box(left * _CELL, top * _CELL, right * _CELL, bottom * _CELL))
    return boxes


def without(image: Image.Image, boxes: list[Box]) -> Image.Image:
    """The picture with white in place of the boxes, so that no letters are seen in their edges."""
    if not boxes:
        return image
    image = image.copy()
    draw = ImageDraw.Draw(image)
    for box in boxes:
        draw.rectangle((box.left - _CELL, box.top - _CELL, box.right + _CELL, box.bottom + _CELL), fill=255)
    return image


def _dark_areas(image: Image.Image) -> Iterator[list[tuple[int, int]]]:
    """Connected dark pixels, as (column, row)."""
    width = image.width
    data = image.tobytes()
    left = {at for at, level in enumerate(data) if level < _DARK}
    while left:
        start = left.pop()
        area, edge = [start], [start]
        while edge:
            at = edge.pop()
            column = at % width
            near = [at - width, at + width]
            near += [at - 1] if column else []
            near += [at + 1] if column + 1 < width else []
            for other in near:
                if other in left:
                    left.remove(other)
                    area.append(other)
                    edge.append(other)
        yield [(at % width, at // width) for at in area]
