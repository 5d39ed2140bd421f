"""Conversations printed from a browser: their pages break at any line, and each page says the title again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from reading_support import check_laws, unit_of
from reportlab.pdfgen.canvas import Canvas

from corpus_search.model import Message
from corpus_search.sources import pdf
from corpus_search.sources.lines import pages_from_json
from corpus_search.sources.pages.making import make
from corpus_search.sources.printed.attachment_rows import listed_below
from corpus_search.sources.printed.split import split_quoted
from corpus_search.sources.printed.titles import title_over
from corpus_search.sources.reading import ReadOptions

ADDRESS = "https://mail.google.com/mail/u/0/?ik=5f2c3d9a1b&view=pt&search=all&permthid=thread-f%3A162…"
ASKED = (
    "Kay Roe <kroe@ogso.gov>|Mon, Mar 5, 2018 at 4:40 PM",
    "To: Bo Li <bli@ice.dhs.gov>",
    "Cc: Joe Poe <jpoe@ogso.gov>",
    "",
    "Any word on the plate?",
    "",
    "Kay Roe",
    "Crime Analyst",
    "Ogden Police Department",
    "(555) 010-0100",
    "",
)
ANSWERED = (
    "Bo Li <bli@ice.dhs.gov>|Mon, Mar 5, 2018 at 5:02 PM",
    "To: Kay Roe <kroe@ogso.gov>",
    "",
    "11 reads, almost all at Soledad. Screens attached.",
    "",
    "Bo Li",
    "Deportation Officer",
    "Salinas Office",
    "",
    "On Mon, Mar 5, 2018 at 4:40 PM Kay Roe <kroe@ogso.gov> wrote:",
    "[Quoted text hidden]",
    "",
    "2 attachments",
    "reads.pdf",
    "214K",
    "map.png",
    "88K",
    "",
)
THANKED = (
    "Kay Roe <kroe@ogso.gov>|Tue, Mar 6, 2018 at 8:12 AM",
    "To: Bo Li <bli@ice.dhs.gov>",
    "",
    "Thank you. We will look there on Friday.",
    "[Quoted text hidden]",
    "",
    "list.xlsx",
    "12K",
)
Edges = tuple[tuple[str, str], tuple[str, str]]  # left and right over a page, and under it
EDGES: dict[str, Edges] = {
    "chrome": (("6/3/2019|Gmail - Flock question", ""), (ADDRESS, "{}/{}")),
    "chrome with the hour": (("6/3/19, 9:41 AM|City of Ogden Mail - Flock question", ""), (ADDRESS, "{}/{}")),
    "firefox": (("Gmail - Flock question", ADDRESS[:60]), ("{} of {}", "6/3/2019, 9:41 AM")),
    "explorer": (("Gmail - Flock question", "Page {} of {}"), (ADDRESS, "6/3/2019")),
    "none": (("", ""), ("", "")),
}
HEADS = {
    "account": ("Gmail|Kay Roe <kroe@ogso.gov>", "", "Flock question", "3 messages", ""),
    "logo": ("City of Ogden Mail", "Flock question", "3 messages"),
}


def printed(folder: Path, rows: Sequence[str], first: int, edges: Edges) -> list[Message]:
    """The messages of these rows, of which so many stand on the first page; "|" parts what stands left from right."""
    file = folder / "x.pdf"
    canvas = Canvas(str(file), pagesize=(612, 792), invariant=1)
    pages = [rows[:first], rows[first:]]
    for number, page in enumerate(pages, start=1):
        canvas.setFont("Helvetica", 8)
        for y, (left, right) in zip((775, 16), edges, strict=True):
            head, _, middle = left.format(number, len(pages)).partition("|")
            canvas.drawString(24, y, head)
            canvas.drawString(230, y, middle)
            canvas.drawRightString(590, y, right.format(number, len(pages)))
        canvas.setFont("Helvetica", 10)
        for at, row in enumerate(page):
            left, _, right = row.partition("|")
            canvas.drawString(54, 740 - 13 * at, left)
            canvas.drawRightString(556, 740 - 13 * at, right)
        canvas.showPage()
    canvas.save()
    unit = replace(unit_of(file), options=ReadOptions("never"))
    read = [page for one in pdf.cut(unit) for page in pages_from_json(pdf.read_pages(one).pages)]
    return list(make(unit, read).messages)


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("edges", EDGES)
def test_a_conversation_is_the_same_wherever_its_page_ends(head: str, edges: str, tmp_path: Path) -> None:
    rows = (*HEADS[head], *ASKED, *ANSWERED, *THANKED)
    for first in range(len(HEADS[head]) + 3, len(rows), 2):
        messages = printed(tmp_path, rows, first, EDGES[edges])
        check_laws(tuple(messages))
        told = [(one.sender and one.sender.name, one.subject, one.within) for one in messages]
        assert told == [(name, "Flock question", None) for name in ("Kay Roe", "Bo Li", "Kay Roe")], first
        named = [[file.name for file in one.attachments] for one in messages]
        assert named == [[], ["reads.pdf", "map.png"], ["list.xlsx"]], first
        for message, part in zip(messages, (ASKED, ANSWERED, THANKED), strict=True):
            words = " ".join(
                " ".join(row for row in part if row and "|" not in row and row[:3] not in ("To:", "Cc:")).split()
            )
            assert words in " ".join(message.text.split()), first
            own = "".join(message.text[zone.start : zone.end] for zone in message.zones if zone.kind == "own")
            assert "Mail" not in own, first
            assert "hidden" not in own, first


def test_a_print_after_a_whole_conversation_has_its_own_title(tmp_path: Path) -> None:
    rows = ("Flock question", "2 messages", *ASKED, *ANSWERED)
    messages = printed(tmp_path, (*rows, "Cardona", "", *THANKED[:4]), len(rows), EDGES["none"])
    assert [one.subject for one in messages] == ["Flock question", "Flock question", "Cardona"]


@pytest.mark.parametrize(
    ("rows", "subject"),
    [
        (["6/3/2019 Gmail - Flock question", "Flock question", "2 messages"], "Flock question"),
        (["City of Ogden Mail", "A question that is", "longer", "1 message"], "A question that is longer"),
        (["6/3/2019 Gmail - A question", "Gmail", "A question", "1 message"], "A question"),
        (["Gmail", "1 message"], "Gmail"),
        (["Mail for the chief", "1 message"], "Mail for the chief"),
    ],
)
def test_what_a_browser_prints_over_a_title_is_no_part_of_it(rows: list[str], subject: str) -> None:
    title = title_over(rows)
    assert title is not None
    assert title.subject == subject


@pytest.mark.parametrize("hidden", ["[Quoted text hidden]", "[El texto citado está oculto]", "(Quoted text hidden]"])
@pytest.mark.parametrize("introduced", ["On Mon, Mar 5, 2018 at 4:40 PM Kay Roe <kroe@ogso.gov> wrote:\n", ""])
def test_quoted_words_that_are_left_out_are_no_message(introduced: str, hidden: str) -> None:
    split = split_quoted(f"It is his.\n\n{introduced}{hidden}\n\nreads.pdf\n214K")
    assert [quoted.block for quoted in split.quoted] == [None]
    assert [line for line, owner in zip(split.lines, split.owners, strict=True) if line and not owner] == [
        "It is his.",
        "reads.pdf",
        "214K",
    ]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["See below.", "", "reads.pdf", "214K"], ["reads.pdf"]),
        (["reads.pdf", "214K", "", "map.png", "2 MB", ""], ["reads.pdf", "map.png"]),
        (["I read reads.pdf", "and the other."], []),
        (["214K"], []),
        (["reads.pdf"], []),
    ],
)
def test_files_listed_over_their_sizes_need_no_count(lines: list[str], names: list[str]) -> None:
    assert listed_below(lines) == names
