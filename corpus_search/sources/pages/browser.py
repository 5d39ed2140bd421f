"""The head that a browser prints over every page: when it was printed and the page's title, its address or a counter.

6/3/2019                    City of Port Laurel Mail - Flock question
Gmail - Flock question      https://mail.google.com/mail/u/0/?ik=5f2c&view=pt
Gmail - Flock question      Page 1 of 2

The title says the subject again that stands below it, on each page of the print: it is no line of the mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus_search.sources.lines import Page

TOP: Final = 0.12  # of a page's height, in which a head stands
_FOOT: Final = 4  # last lines of a page in which the address stands
_LONG: Final = 300  # characters of a line that are looked at
_ADDRESS: Final = re.compile(r"(?:https?://|file:///)\S{8,}")
_DATE: Final = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?:,? {1,3}\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]\.?M\.?)?)?"  # of the print
_DATED: Final = re.compile(rf"{_DATE}(?:[ \t]{{1,200}}(?P<title>\S.*))?", re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"(?P<title>\S.*?)[ \t]{1,80}(?:(?:https?://|file:///)\S{8,}|Page \d{1,4} of \d{1,4})", re.IGNORECASE
)
# What services of mail call their pages: "Gmail - …", "City of Port Laurel Mail - …", "Mail - Kay Roe - Outlook".
_SERVICE: Final = re.compile(r"(?:[\w.,&'’()/ -]{0,80}\b)?(?:Gmail|Mail|Webmail) - \S.*|[^:]{1,200} - Outlook")


def heads(pages: Sequence[Page]) -> Iterator[tuple[int, int]]:
    """The heads of pages printed from a browser: the page and the line of each."""
    for at, page in enumerate(pages):
        first = next((index for index, line in enumerate(page.lines) if line.text.strip()), None)
        if first is None:
            continue
        addressed = any(_ADDRESS.search(line.text[:_LONG]) for line in page.lines[-_FOOT:])
        for index in range(first, min(len(page.lines), first + 3)):
            if (index == first or _high(page, index)) and _is_head(page.lines[index].text.strip(), addressed):
                yield at, index


def _high(page: Page, index: int) -> bool:
    box, height = page.lines[index].box, page.size[1]
    return box is not None and box.bottom < TOP * height


def _is_head(text: str, addressed: bool) -> bool:
    """Whether a line at the top of a page is a browser's head; `addressed`: the page's address stands at its foot."""
    if len(text) > _LONG:
        return False
    if dated := _DATED.fullmatch(text):
        title = dated["title"]
        return addressed if title is None else addressed or _SERVICE.fullmatch(title) is not None
    if before := _BEFORE.fullmatch(text):
        return _SERVICE.fullmatch(before["title"]) is not None
    return addressed and _SERVICE.fullmatch(text) is not None
