from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from page_support import drawn, written
from pikepdf import Array, AttachedFileSpec, Dictionary, Name

from corpus_search.model import Reading
from corpus_search.sources.pages import portfolio

MAIL = (
    b"From: Jane Doe <jdoe@city.gov>\nTo: Rick Roe <rroe@ice.dhs.gov>\n"
    b"Date: Tue, 6 Mar 2018 08:12:00 -0800\nSubject: %s\n\nHello\n"
)


def pinned(*files: tuple[str, bytes], listed: bool = False) -> bytes:
    """A PDF of two pages with files pinned to the second."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(written("A page"), written("Another page")))) as document:
        notes = []
        for name, data in files:
            spec = AttachedFileSpec(document, data, filename=name)
            if listed:
                document.attachments[name] = spec
            note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([72, 500, 90, 520]), FS=spec.obj)
            notes.append(document.make_indirect(note))
        document.pages[1].Annots = Array(notes)
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("listed", [False, True], ids=["pinned only", "in the list, too"])
def test_a_file_pinned_to_a_page_is_read_once(read: Callable[..., Reading], listed: bool) -> None:
    data = pinned(("plate.eml", MAIL % b"plate"), ("RE_ plate.eml", MAIL % b"RE: plate"), listed=listed)
    found = [message for message in read(data, "a.pdf").messages if message.kind == "message"]
    assert sorted((message.source.member or "", message.subject or "") for message in found) == [
        ("RE_ plate.eml", "RE: plate"),
        ("plate.eml", "plate"),
    ]


def test_an_older_pdfium_does_not_know_how(read: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    class Older:
        def __getattr__(self, name: str) -> Any:
            if name == "FPDFAnnot_GetFileAttachment":
                raise AttributeError(name)
            return getattr(portfolio.pypdfium2.raw, name)

    monkeypatch.setattr(portfolio, "raw", Older())
    assert [message.kind for message in read(pinned(("a.eml", MAIL % b"a")), "a.pdf").messages] == ["document"]
