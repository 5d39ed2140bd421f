"""The sheriff's release of the fixtures, from PDF pages to messages, as its makers say."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from reading_support import unit_of

from corpus_search.model import Message, Party
from corpus_search.sources import image, pdf
from corpus_search.sources.addresses import read_party
from corpus_search.sources.lines import Page, pages_from_json
from corpus_search.sources.pages.making import make
from corpus_search.sources.reading import ReadOptions

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
RELEASE = FIXTURES / "releases" / "Orange Grove Sheriff 2019-02"
EXPECTED: dict[str, list[dict[str, Any]]] = defaultdict(list)
for written in (FIXTURES / "orange_grove.expected.jsonl").read_text("utf-8").splitlines():
    mail = json.loads(written)
    if "/" not in mail["file"]:
        EXPECTED[mail["file"]].append(mail)
SCANNED = ("OGCSO_emails_02 (scan).pdf", "fax 06-19.tif")  # what OCR reads differs by a sign here and there


@cache
def read(name: str) -> tuple[Message, ...]:
    unit = replace(unit_of(RELEASE / name), options=ReadOptions("auto"))
    runs = [image.read_pages(unit)] if name.endswith(".tif") else [pdf.read_pages(one) for one in pdf.cut(unit)]
    pages: list[Page] = [page for run in runs for page in pages_from_json(run.pages)]
    return make(unit, pages).messages


def same(party: Party | None, written: str) -> bool:
    """Whether the party is the one written; programs leave out addresses of their own system."""
    wanted = read_party(written)
    assert wanted is not None
    assert party is not None
    return party.name == wanted.name and (party.address or wanted.address) == wanted.address


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_mail_and_nothing_else(name: str) -> None:
    found = [one for one in read(name) if one.kind == "message" and not one.quoted]
    assert [[one.places[0].number, one.places[-1].number] for one in found] == [one["pages"] for one in EXPECTED[name]]
    for one, mail in zip(found, EXPECTED[name], strict=True):
        assert (one.date or "")[:16] == mail["date"]
        if mail["bates"]:
            assert [one.places[0].bates, one.places[-1].bates] == mail["bates"]


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - set(SCANNED)))
def test_fields(name: str) -> None:
    found = [one for one in read(name) if one.kind == "message" and not one.quoted]
    for one, mail in zip(found, EXPECTED[name], strict=True):
        if name != "Gmail - Thursday.pdf":  # Gmail prints one title for the conversation, without its reply marks
            assert one.subject == mail["subject"]
        assert same(one.sender, mail["from"])
        assert len(one.to) == len(mail["to"])
        assert all(map(same, one.to, mail["to"]))


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - set(SCANNED)))
def test_quoted_messages(name: str) -> None:
    messages = read(name)
    found = [one for one in messages if one.kind == "message" and not one.quoted]
    for one, mail in zip(found, EXPECTED[name], strict=True):
        mine = [quoted for quoted in messages if quoted.within == one.id]
        assert [(quoted.date or "")[:16] for quoted in mine] == [date for _, date in mail["quoted"]]
        assert all(same(quoted.sender, sender) for quoted, (sender, _) in zip(mine, mail["quoted"], strict=True))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_zones_tile_and_ids_differ(name: str) -> None:
    messages = read(name)
    assert len({one.id for one in messages}) == len(messages)
    for one in messages:
        assert "".join(one.text[zone.start : zone.end] for zone in one.zones) == one.text
        assert one.places
        assert one.confidence is None or 0 < one.confidence <= 1


def test_what_is_no_mail_is_a_document() -> None:
    for name in ("Policy 428 Immigration Violations.pdf", "LPR request form.pdf"):
        assert [one.kind for one in read(name)] == ["document"]
        assert read(name)[0].subject == name


def test_blacked_out_stretches_keep_their_codes() -> None:
    for one, mail in zip(
        [one for one in read("OGCSO_emails_01.pdf") if not one.quoted], EXPECTED["OGCSO_emails_01.pdf"], strict=True
    ):
        codes = [code for kind, code in mail["redactions"] if kind != "white"]
        assert set(filter(None, codes)) <= {redaction.code for redaction in one.redactions}
        assert all(one.text[redaction.start : redaction.end] == "█" for redaction in one.redactions)
