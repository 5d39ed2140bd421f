"""The sheriff's release of the fixtures: pages, stamps, redactions and problems as its makers say."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from reading_support import unit_of

from corpus_search.model import Problem
from corpus_search.sources import image, pdf
from corpus_search.sources.lines import Page, pages_from_json
from corpus_search.sources.pages.furniture import mark
from corpus_search.sources.reading import ReadOptions

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
RELEASE = FIXTURES / "releases" / "Orange Grove Sheriff 2019-02"
EXPECTED: dict[str, list[dict[str, Any]]] = defaultdict(list)
for written in (FIXTURES / "orange_grove.expected.jsonl").read_text("utf-8").splitlines():
    mail = json.loads(written)
    if "/" not in mail["file"]:
        EXPECTED[mail["file"]].append(mail)


def read(name: str) -> tuple[list[Page], list[Problem]]:
    unit = replace(unit_of(RELEASE / name), options=ReadOptions("auto"))
    runs = [image.read_pages(unit)] if name.endswith(".tif") else [pdf.read_pages(one) for one in pdf.cut(unit)]
    pages = [page for run in runs for page in pages_from_json(run.pages)]
    return mark(pages), [problem for run in runs for problem in run.problems]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_pages_with_stamps_and_redactions(name: str) -> None:
    pages, problems = read(name)
    kinds = [problem.kind for problem in problems]
    failed = [one for mail in EXPECTED[name] for one in mail["redactions"] or [] if one[0] == "failed"]
    assert kinds == ["failed redaction"] * len(failed)
    for mail in EXPECTED[name]:
        first, last = mail["pages"]
        mine = pages[first - 1 : last]
        stamps = [page.bates for page in mine]
        if mail["bates"]:
            assert [stamps[0], stamps[-1]] == mail["bates"]
        codes = {code for page in mine for line in page.lines for _, code in line.redactions}
        # A white-out without anything under it is paper; so is, on a scan, any box that is not black.
        shown = [one for one in mail["redactions"] or [] if one[0] != "white"]
        assert {code for _, code in shown if code} <= codes


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_header_lines_stand_on_one_line(name: str) -> None:
    if name in ("Gmail - Thursday.pdf", "password expired (OWA).pdf", "other systems.pdf"):
        return  # these programs print no labels, or others
    pages, _ = read(name)
    for mail in EXPECTED[name]:
        lines = [" ".join(line.text.split()) for line in pages[mail["pages"][0] - 1].lines]
        assert any(line.startswith("From: ") for line in lines)
        assert f"Subject: {mail['subject']}" in lines
