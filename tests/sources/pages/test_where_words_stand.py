"""The page on which words stand: each place of a message says where in its text the page begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_support import read_file

from corpus_search.evidence.citation import cite
from corpus_search.model import Message, Span

RELEASE = Path(__file__).resolve().parents[3] / "fixtures" / "releases" / "Orange Grove Sheriff 2019-02"
WORD = re.compile(r"\w{5,}")


def pages_of(message: Message) -> Iterator[tuple[int, str]]:
    """Each page that is known to begin somewhere, with the words after that: up to the next, or the stamps."""
    stamps = next((zone.start for zone in reversed(message.zones) if zone.kind == "furniture"), len(message.text))
    begun = [(place.number, place.start) for place in message.places if place.start is not None]
    if not begun:
        return
    for (number, start), (_, end) in zip(begun, [*begun[1:], (0, stamps)], strict=True):
        yield number, message.text[start:end]


@pytest.mark.parametrize("name", ["OGCSO_emails_01.pdf", "OGCSO_emails_07.pdf"])
def test_words_stand_on_the_page_that_is_said(name: str) -> None:
    with pypdfium2.PdfDocument(RELEASE / name) as opened:
        printed = [page.get_textpage().get_text_bounded() for page in opened]
    several = [one for one in read_file(RELEASE / name).messages if len(one.places) > 1]
    for message in several:
        for number, text in pages_of(message):
            words = set(WORD.findall(text))
            there = set(WORD.findall(printed[number - 1]))
            assert len(words & there) >= 0.9 * len(words), (message.id, number, words - there)
    assert several


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=2, max_size=5), st.integers(0, 30))
def test_every_word_of_a_text_release_is_on_its_page(
    tmp_path_factory: pytest.TempPathFactory, lines: list[int], quoted_from: int
) -> None:
    """A mail over pages, the words of line b of page a being "wordAxB"; from some line on it quotes another."""
    said = [[f"word{page}x{line} stands here" for line in range(count)] for page, count in enumerate(lines, start=1)]
    head = ["From: Kay Ruiz", "Sent: Tuesday, March 6, 2018 8:12 AM", "To: Dana Royce", "Subject: plates", ""]
    other = [
        "-----Original Message-----",
        "From: Dana Royce",
        "Sent: Monday, March 5, 2018 3:00 PM",
        "To: Kay Ruiz",
        "Subject: plates",
        "",
    ]
    count = 0
    for page in said:
        for at in range(len(page)):
            if count == quoted_from:
                page[at:at] = other
                break
            count += 1
        else:
            continue
        break
    said[0][:0] = head
    file = tmp_path_factory.mktemp("release") / "mail.txt"
    file.write_text("\f".join("\n".join(page) for page in said) + "\n", "utf-8")
    for message in read_file(file).messages:
        for number, text in pages_of(message):
            assert set(re.findall(r"word(\d+)x", text)) <= {str(number)}
        if len(set(re.findall(r"word(\d+)x", message.text))) > 1:
            assert sum(1 for place in message.places if place.start is not None) > 1


def test_a_header_that_a_page_ends_in_stands_on_both(tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    quoted = (
        "-----Original Message-----\nFrom: Dana Royce\n\fSent: Monday, March 5, 2018 3:00 PM\n"
        "To: Lee Marsh; Kay Ruiz\nSubject: plates\n\nwords"
    )
    head = "From: Kay Ruiz\nSent: Tuesday, March 6, 2018 8:12 AM\nTo: Dana Royce\nSubject: plates\n\nsee below\n\n"
    file.write_text(f"{head}{quoted}\n\flast page\n", "utf-8")
    found = next(message for message in read_file(file).messages if message.within)
    assert [(place.number, place.start) for place in found.places[:2]] == [(1, 0), (2, 0)]
    for word, cited in (("Lee Marsh", "pp. 1-2"), ("words", "p. 2"), ("last page", "p. 3")):
        at = found.text.index(word)
        assert cite(found, Span(at, at + len(word))).endswith(f", {cited}")
