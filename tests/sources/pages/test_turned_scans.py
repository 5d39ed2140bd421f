from __future__ import annotations

import pypdfium2
import pytest
from page_support import drawn, written

from corpus_search.sources.pages.columns import in_reading_order
from corpus_search.sources.pages.ocr import look
from corpus_search.sources.pages.picture import grey

LINES = (
    "From: Kessler, Brian T",
    "Sent: Monday, May 21, 2018 11:05 PM",
    "Subject: release tonight",
    "Two of my guys will be in the parking lot at four in the morning, gray Explorer.",
    "Can you hold the paperwork until they text me? The lobby is closed at that hour.",
)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("askew", [0.0, 1.6])
def test_a_page_is_read_however_it_lay_in_the_scanner(turned: int, askew: float) -> None:
    document = pypdfium2.PdfDocument(drawn(written(*LINES)))
    picture = grey(document[0].render(scale=150 / 72, grayscale=True).to_pil())
    document.close()
    picture = picture.rotate(askew, fillcolor=255).rotate(turned, expand=True)
    seen = look(picture, 150 / 72)
    read = [row.text.replace("  ", " ") for row in in_reading_order(seen.words, 612)]
    assert sum(line in read for line in LINES) >= len(LINES) - 1
    assert seen.quarter == (360 - turned) % 360
