from __future__ import annotations

import contextlib
import io
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from corpus_search.sources.pages import rescue
from corpus_search.sources.pages.pdfium import opened, page_count, whole_at_end
from corpus_search.sources.pages.rescue import rescued
from corpus_search.sources.reading import NotReadable

FORMS = {
    "as written": None,
    "plain": {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
    "packed": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "for the web": {"linearize": True},
    "packed for the web": {"linearize": True, "object_stream_mode": pikepdf.ObjectStreamMode.generate},
}


def pdf(pages: int = 6) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, 700, f"This is page {number} of the file")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def formed(form: str) -> bytes:
    if FORMS[form] is None:
        return pdf()
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(made, deterministic_id=True, **FORMS[form])
    return made.getvalue()


def texts(data: bytes) -> list[str | None]:
    """The text of each page; None for one that can't be loaded."""
    found: list[str | None] = []
    document = pypdfium2.PdfDocument(data)
    for index in range(len(document)):
        try:
            found.append(document[index].get_textpage().get_text_range().strip())
        except pypdfium2.PdfiumError:
            found.append(None)
    document.close()
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", [0.7, 0.9, 0.97, 0.995])
def test_what_is_left_of_a_file_cut_short_is_read(form: str, part: float) -> None:
    data = formed(form)
    made = rescued(data[: int(len(data) * part)])
    assert made is not None
    found = [text for text in texts(made) if text]
    assert len(found) >= (3 if part > 0.75 else 1)
    assert found == [f"This is page {text.split()[3]} of the file" for text in found]
    assert [text.split()[3] for text in found] == sorted(text.split()[3] for text in found)


@pytest.mark.parametrize("form", FORMS)
def test_a_page_whose_text_is_lost_does_not_seem_blank(form: str) -> None:
    data = formed(form)
    for tenths in range(3, 10):
        made = rescued(data[: len(data) * tenths // 10])
        assert made is None or "" not in texts(made)


@given(st.binary(max_size=3000))
@settings(max_examples=80, deadline=None)
def test_any_bytes_do_no_harm(data: bytes) -> None:
    assert rescued(data) is None or b"/Page" in data


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_file_damaged_anywhere_does_no_harm(at: int, rubbish: bytes) -> None:
    data = pdf()
    made = rescued(data[:at] + rubbish + data[at + len(rubbish) : len(data) * 9 // 10])
    if made is not None:
        with contextlib.suppress(pypdfium2.PdfiumError):  # it may open in no way: then it is told as damaged
            texts(made)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        pdf().replace(b"/Root", b"/Encrypt 9 0 R /Root"),
    ],
    ids=["nothing", "no page", "encrypted"],
)
def test_there_may_be_nothing_to_rescue(data: bytes) -> None:
    assert rescued(data) is None


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = formed("packed")
    monkeypatch.setattr(rescue, "MAX_UNPACKED", 0)
    assert rescued(data) is None
    monkeypatch.setattr(rescue, "MAX_BYTES", 10)
    assert rescued(pdf()) is None


@pytest.mark.parametrize("stream", [b"no deflate at all", zlib.compress(b"x y 0 0 (no numbers)")])
def test_packed_objects_may_be_rubbish(stream: bytes) -> None:
    head = b"%%PDF-1.5\n1 0 obj\n<</Type/ObjStm/N 2/First 8/Length %d>>\nstream\n" % len(stream)
    assert rescued(head + stream + b"\nendstream\nendobj\n") is None


@pytest.mark.parametrize(
    ("tail", "whole"),
    [(b"", True), (b"\0" * 5000, True), (b"\r\n \n", True), (b"x" * 500, True), (b"x" * 5000, False)],
)
def test_what_may_follow_the_end_mark(tmp_path: Path, tail: bytes, whole: bool) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf() + tail)
    assert whole_at_end(file) is whole


def test_opening_a_file_cut_short(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    data = pdf()
    file.write_bytes(data[: len(data) * 9 // 10])
    with opened(str(file)) as document:
        assert page_count(document) == 6
    file.write_bytes(data[:40])
    with pytest.raises(NotReadable, match="cut short"), opened(str(file)):
        pass
