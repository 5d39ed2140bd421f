"""Pictures that were released as files."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from page_support import HEIGHT, drawn, read, texts, written
from PIL import Image
from reading_support import Read

from corpus_search.sources import image
from corpus_search.sources.pages.picture import grey
from corpus_search.sources.pages.scan import turned_box
from corpus_search.sources.pages.words import Box


def picture(form: str, size: tuple[int, int] = (400, 300), **more: object) -> bytes:
    data = io.BytesIO()
    Image.new("L", size, 255).save(data, form, **more)
    return data.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"])
def test_kinds_of_pictures(form: str, read: Read) -> None:
    data = picture(form)
    assert image.recognise(data[:64], Path())
    reading = read(data, "picture")
    assert reading.messages == ()
    assert reading.pages.unread == 1
    assert [problem.kind for problem in reading.problems] == ["unread"]


@pytest.mark.parametrize("data", [b"BM is how the mail begins", b"RIFF\0\0\0\0WAVE", b"GIF for you", b""])
def test_other_files_are_none(data: bytes) -> None:
    assert not image.recognise(data, Path())


def test_a_logo_is_no_page(read: Read) -> None:
    reading = read(picture("PNG", (300, 40)), "logo.png")
    assert (reading.pages.text, reading.problems) == (1, ())


def test_a_picture_of_too_many_pixels(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "MAX_SOURCE", 1_000_000)
    reading = read(picture("PNG", (1_200, 1_100)), "bomb.png")
    assert [problem.kind for problem in reading.problems] == ["limit"]
    assert reading.pages.unread == 1


def test_a_picture_that_is_none(read: Read) -> None:
    assert [problem.kind for problem in read(b"\x89PNG\r\n\x1a\n and no more", "x.png").problems] == ["damaged"]


def test_a_fax_that_breaks_off_keeps_its_first_pages(read: Read) -> None:
    data = io.BytesIO()
    sheets = [Image.effect_noise((300, 300), 40) for _ in range(3)]
    sheets[0].save(data, "TIFF", save_all=True, append_images=sheets[1:])
    reading = read(data.getvalue()[:150_000], "fax.tif")
    assert "damaged" in [problem.kind for problem in reading.problems]
    assert reading.pages.seen >= 1


def test_a_photograph_says_nothing(tmp_path: Path) -> None:
    from dataclasses import replace

    from reading_support import unit_of

    from corpus_search.sources.reading import ReadOptions

    file = tmp_path / "photo.png"
    dots = random.Random(4).randbytes(600 * 400)
    Image.frombytes("L", (600, 400), dots).save(file)
    run = image.read_pages(replace(unit_of(file), options=ReadOptions("auto")))
    assert run.pages[0]["lines"] == []
    assert run.count.seen == 1


def test_transparent_and_large_pictures_become_grey_ones() -> None:
    clear = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    assert grey(clear).getpixel((5, 5)) == 255
    large = grey(Image.new("L", (9000, 4000), 255))
    assert large.width * large.height <= 20_000_000


@pytest.mark.parametrize(
    ("quarter", "where"),
    [(0, (10, 20, 30, 25)), (90, (20, 70, 25, 90)), (180, (70, 175, 90, 180)), (270, (175, 10, 180, 30))],
)
def test_where_a_stamp_lies_on_a_page_that_is_turned(quarter: int, where: tuple[float, ...]) -> None:
    shown = Image.new("L", (100, 200))
    box = turned_box(Box(10, 20, 30, 25), quarter, shown, 1.0)
    assert (box.left, box.top, box.right, box.bottom) == where


def test_a_box_that_was_drawn_with_a_viewer(tmp_path: Path) -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(written("Comes back to Jose Ibarra")))) as document:
        square = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Square,
            Rect=[142, HEIGHT - 76, 220, HEIGHT - 60],
            IC=[0, 0, 0],
            F=4,
        )
        document.pages[0].Annots = document.make_indirect(pikepdf.Array([square]))
        document.save(out)
    pages, problems = read(tmp_path, out.getvalue())
    assert texts(pages[0]) == ["Comes back to █"]
    assert [problem.kind for problem in problems] == ["failed redaction"]
