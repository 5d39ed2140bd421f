"""The first law on real print-outs: what a page's text layer says is in its lines, all of it and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from reading_support import unit_of

from corpus_search.sources import pdf

pytestmark = pytest.mark.real
_UNSEEN = re.compile(r"[\s\x00\x02\ufffe\uffff\u00ad\u200b-]")
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})


def signs(text: str) -> Counter[str]:
    return Counter(_UNSEEN.sub("", text.translate(_LIGATURES)))


def test_no_sign_is_lost_and_none_is_made_up(real_data: Path) -> None:
    files = sorted((real_data / "foia-email").rglob("*.pdf"))
    if not files:
        pytest.skip("no print-outs here")
    for file in files:
        document = pypdfium2.PdfDocument(file)
        runs = [pdf.read_pages(unit) for unit in pdf.cut(unit_of(file))]
        for page in (page for run in runs for page in run.pages if page["read_by"] == "text"):
            layer = signs(document[page["number"] - 1].get_textpage().get_text_range())
            lines = signs("".join(line["text"] for line in page["lines"]))
            del lines["█"]
            assert lines == layer, f"{file.name}, p. {page['number']}"
