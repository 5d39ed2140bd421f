"""Invented print-outs of many programs and agencies, as released text and drawn on pages: `print_outs.yaml`."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from reading_support import unit_of
from reportlab.pdfgen.canvas import Canvas

from corpus_search.model import Message, Party, Source
from corpus_search.sources import pdf, text
from corpus_search.sources.lines import pages_from_json
from corpus_search.sources.nested import open_within
from corpus_search.sources.pages.making import make
from corpus_search.sources.reading import Budget, Origin, ReadOptions

Case = dict[str, Any]
_CELL = re.compile(r"(?:^|(?<= {2}))\S+(?: \S+)*")


@cache
def cases() -> dict[str, Case]:
    """The print-outs by name."""
    written = Path(__file__).with_name("print_outs.yaml").read_text(encoding="utf-8")
    return {one["name"]: one for one in yaml.safe_load(written)}


def released(pages: str) -> list[Message]:
    """The messages of the pages released as text."""
    raw = pages.encode()
    source = Source("x.txt", None, hashlib.sha256(raw).hexdigest(), "text")
    assert text.READER.read_data is not None
    return list(text.READER.read_data(raw, Origin(source, "R", open_within, Budget(1 << 30))).messages)


def drawn(pages: str, folder: Path) -> list[Message]:
    """The messages of the pages drawn on paper."""
    file = folder / "x.pdf"
    canvas = Canvas(str(file), pagesize=(612, 792), invariant=1)
    for page in pages.split("\f"):
        y = 740.0
        canvas.setFont("Helvetica", 10)
        for line in page.split("\n"):
            for cell in _CELL.finditer(line):
                canvas.drawString(60 + cell.start() * 5, y, cell.group())
            y -= 12.5 if line.strip() else 14.5
        canvas.showPage()
    canvas.save()
    unit = replace(unit_of(file), options=ReadOptions("never"))
    read = [page for one in pdf.cut(unit) for page in pages_from_json(pdf.read_pages(one).pages)]
    return list(make(unit, read).messages)


def shown(party: Party | None) -> str:
    return "" if party is None else f"{party.name} {party.address}{'█' if party.redacted else ''}"


def check(case: Case, messages: list[Message]) -> None:
    """Compare what was read with what the table says."""
    tops = [one for one in messages if one.kind == "message" and not one.quoted]
    assert len(tops) == len(case["messages"])
    for message, wanted in zip(tops, case["messages"], strict=True):
        assert (wanted.get("from") or "") in shown(message.sender)
        assert (message.date or "").startswith(wanted.get("date", ""))
        assert wanted.get("subject", message.subject) == message.subject
        for name, people in (("to", message.to), ("cc", message.cc)):
            if name in wanted:
                assert len(people) == len(wanted[name])
                assert all(one in shown(party) for one, party in zip(wanted[name], people, strict=True))
        own = "".join(message.text[zone.start : zone.end] for zone in message.zones if zone.kind == "own")
        assert wanted.get("body", "") in own
        assert "notbody" not in wanted or wanted["notbody"] not in own
        if "pages" in wanted:
            assert [message.places[0].number, message.places[-1].number] == wanted["pages"]
        if "quoted" in wanted:
            quoted = [one for one in messages if one.within == message.id]
            assert [(one.date or "")[:16] for one in quoted] == [minute for _, minute in wanted["quoted"]]
            assert all(who in shown(one.sender) for (who, _), one in zip(wanted["quoted"], quoted, strict=True))


@pytest.mark.parametrize("name", cases())
def test_released_as_text(name: str) -> None:
    check(cases()[name], released(cases()[name]["text"].replace("\n--- page ---\n", "\f")))


@pytest.mark.parametrize("name", [name for name, case in cases().items() if case["text"].isascii()])
def test_drawn_on_pages(name: str, tmp_path: Path) -> None:
    check(cases()[name], drawn(cases()[name]["text"].replace("\n--- page ---\n", "\f"), tmp_path))


def test_messages_under_one_title_are_one_conversation() -> None:
    pages = (
        "Gmail                                             Kay Roe <kroe@gmail.com>\n\nCar on Elm St\n2 messages\n\n"
        "John Doe <jdoe@ice.dhs.gov>                       Tue, Mar 6, 2018 at 8:12 AM\nTo: kroe@gmail.com\n\n"
        "\nWhose is it?\n\n"
        "Kay Roe <kroe@gmail.com>                          Tue, Mar 6, 2018 at 9:02 AM\nTo: jdoe@ice.dhs.gov\n\n"
        "\nOf 12 Elm.\n"
    )
    first, second = released(pages)
    assert first.thread_index == second.thread_index is not None
    assert (first.subject, second.subject) == ("Car on Elm St", "Car on Elm St")
    (alone,) = released(pages.partition("Kay Roe <kroe@gmail.com>   ")[0].replace("2 messages", "1 message"))
    assert alone.thread_index is None


def test_the_table_holds_mail_and_what_is_none() -> None:
    mail = [bool(case["messages"]) for case in cases().values()]
    assert mail.count(True) > 80
    assert mail.count(False) > 15
