"""Bookmarks of a PDF that was put together from mails: where each begins, and where what is attached does."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_support import Draw, drawn, written
from reading_support import read_file
from reportlab.pdfgen.canvas import Canvas

WORDS = ["Thanks for sending that over so quickly this morning.", "Nobody saw who was driving it."] * 12


def mail(day: int, sender: str, to: str, subject: str, words: list[str]) -> Draw:
    sent = f"Sent: Monday, March {day}, 2018 8:12 AM" if day == 5 else f"Sent: March {day}, 2018 8:12 AM"
    return written(f"From: {sender}", sent, f"To: {to}", f"Subject: {subject}", "", *words)


def marked(draw: Draw, title: str) -> Draw:
    def with_bookmark(sheet: Canvas) -> None:
        sheet.bookmarkPage(title)
        sheet.addOutlineEntry(title, title)
        draw(sheet)

    return with_bookmark


def tops(folder: Path, *pages: Draw) -> list[tuple[str, str | None, list[int]]]:
    file = folder / "mails.pdf"
    file.write_bytes(drawn(*pages))
    return [
        (one.kind, one.subject, [place.number for place in one.places])
        for one in read_file(file).messages
        if not one.quoted
    ]


def chain() -> list[Draw]:
    """An answer, and under it (or: by itself) what it answers."""
    return [
        mail(6, "Roe, Kay <kroe@ogso.gov>", "Lee, Sam", "RE: the truck", WORDS[:3]),
        mail(5, "Lee, Sam <slee@ogso.gov>", "Roe, Kay", "the truck", WORDS[:3]),
        mail(9, "Dow, Cy <cdow@ogso.gov>", "Roe, Kay", "jail list", WORDS),
    ]


def test_a_bookmark_says_that_a_mail_begins(tmp_path: Path) -> None:
    answer, older, other = chain()
    pages = (marked(answer, "RE: the truck"), marked(older, "the truck"), marked(other, "jail list"))
    assert [subject for _, subject, _ in tops(tmp_path, *pages)] == ["RE: the truck", "the truck", "jail list"]


def test_where_bookmarks_lead_to_mails_a_page_without_one_goes_on(tmp_path: Path) -> None:
    answer, older, other = chain()
    pages = (marked(answer, "RE: the truck"), older, marked(other, "jail list"))
    assert [subject for _, subject, _ in tops(tmp_path, *pages)] == ["RE: the truck", "jail list"]


@pytest.mark.parametrize("title", ["Volume 1", "OGSO-000001"])
def test_bookmarks_of_another_kind_do_not_join_mails(tmp_path: Path, title: str) -> None:
    pages = [marked(mail(5, "Roe, Kay", "Lee, Sam", "the truck", WORDS), title)]
    pages += [mail(6, "Dow, Cy", "Poe, Ann", "jail list", WORDS), mail(7, "Poe, Ann", "Lee, Sam", "bus", WORDS)]
    assert [subject for _, subject, _ in tops(tmp_path, *pages)] == ["the truck", "jail list", "bus"]


def test_a_bookmarked_page_without_a_header_is_attached(tmp_path: Path) -> None:
    sheet = written("Roster of June", "", *[f"Officer {number}  day shift" for number in range(20)])
    first = mail(5, "Roe, Kay <kroe@ogso.gov>", "Lee, Sam", "roster", ["The roster is attached.", "Kay"])
    found = tops(tmp_path, marked(first, "roster"), marked(sheet, "Roster.xlsx"))
    assert [(kind, pages) for kind, _, pages in found] == [("message", [1]), ("document", [2])]
