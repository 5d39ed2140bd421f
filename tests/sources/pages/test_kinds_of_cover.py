"""Everything that programs draw over words to hide them, and everything that only looks so."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from page_support import HEIGHT, drawn, read, texts, written
from pikepdf import Array, Dictionary, Name
from PIL import Image
from reportlab.lib.colors import CMYKColor, Color, black, red, white, yellow
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

LINE = "The officer asked for plate 7ABC123 on Monday."
HIDDEN = "The officer asked for plate █ on Monday."
X, Y, W, H = 200, HEIGHT - 76, 51, 13  # over the plate


def _filled(colour: Color, opacity: float = 1.0) -> Callable[[Canvas], None]:
    def draw(sheet: Canvas) -> None:
        sheet.setFillColor(colour)
        sheet.setFillAlpha(opacity)
        sheet.rect(X, Y, W, H, stroke=0, fill=1)
        sheet.setFillColor(black)

    return draw


def _picture(sheet: Canvas) -> None:
    sheet.drawImage(ImageReader(Image.new("RGB", (1, 1), "black")), X, Y, W, H)


def _bar(sheet: Canvas) -> None:
    sheet.setLineWidth(H)
    sheet.line(X, Y + 7, X + W, Y + 7)


def _polygon(sheet: Canvas) -> None:
    path = sheet.beginPath()
    path.moveTo(X, Y)
    for x, y in ((X + W, Y), (X + W, Y + H), (X, Y + H)):
        path.lineTo(x, y)
    path.close()
    sheet.drawPath(path, fill=1, stroke=0)


def _form(sheet: Canvas) -> None:
    sheet.beginForm("box")
    sheet.rect(X, Y, W, H, fill=1)
    sheet.endForm()
    sheet.doForm("box")


def _line_at(up: float) -> Callable[[Canvas], None]:
    return lambda sheet: sheet.line(X, Y + up, X + W, Y + up)


def _annotated(kind: str, **keys: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(written(LINE)))) as document:
        look = pikepdf.Stream(document, b"0 g 0 0 %d %d re f" % (W, H))
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, W, H])
        note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([X, Y, X + W, Y + H]), F=4)
        for key, value in keys.items():
            note[f"/{key}"] = Array(value)
        if kind != "Highlight":
            note.AP = Dictionary(N=document.make_indirect(look))
        document.pages[0].Annots = Array([document.make_indirect(note)])
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "cover",
    [
        pytest.param(_filled(black), id="black"),
        pytest.param(_filled(CMYKColor(0, 0, 0, 1)), id="black ink"),
        pytest.param(_filled(Color(0.5, 0.5, 0.5)), id="grey"),
        pytest.param(_filled(red), id="red"),
        pytest.param(_filled(white), id="white"),
        pytest.param(_filled(black, 0.97), id="nearly opaque"),
        pytest.param(_picture, id="picture"),
        pytest.param(_bar, id="marker"),
        pytest.param(_polygon, id="polygon"),
        pytest.param(_form, id="form"),
    ],
)
def test_what_is_drawn_over_words(tmp_path: Path, cover: Callable[[Canvas], None]) -> None:
    (page,), problems = read(tmp_path, drawn(lambda sheet: (written(LINE)(sheet), cover(sheet))))
    assert texts(page) == [HIDDEN]
    assert [problem.kind for problem in problems] == ["failed redaction"]


@pytest.mark.parametrize("kind", ["Square", "Redact"])
def test_annotations_that_cover(tmp_path: Path, kind: str) -> None:
    (page,), problems = read(tmp_path, _annotated(kind, IC=[0, 0, 0], C=[0, 0, 0]))
    assert texts(page) == [HIDDEN]
    assert len(problems) == 1


def test_a_highlight_does_not_cover(tmp_path: Path) -> None:
    corners = [X, Y + H, X + W, Y + H, X, Y, X + W, Y]
    (page,), problems = read(tmp_path, _annotated("Highlight", C=[1, 1, 0], QuadPoints=corners))
    assert (texts(page), problems) == ([LINE], [])


@pytest.mark.parametrize(
    "cover",
    [
        pytest.param(_filled(yellow, 0.4), id="marker pen"),
        pytest.param(_filled(black, 0.3), id="shade"),
        pytest.param(_line_at(0), id="underlined"),
        pytest.param(_line_at(7), id="struck out"),
    ],
)
def test_what_lets_words_be_seen(tmp_path: Path, cover: Callable[[Canvas], None]) -> None:
    (page,), problems = read(tmp_path, drawn(lambda sheet: (written(LINE)(sheet), cover(sheet))))
    assert (texts(page), problems) == ([LINE], [])


@pytest.mark.parametrize("colour", [Color(0.8, 0.8, 0.9), white, yellow])
def test_what_lies_under_words(tmp_path: Path, colour: Color) -> None:
    (page,), problems = read(tmp_path, drawn(lambda sheet: (_filled(colour)(sheet), written(LINE)(sheet))))
    assert (texts(page), problems) == ([LINE], [])
