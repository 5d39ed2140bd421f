"""What small fixtures do not hold: copies, redactions, doubts, gaps, long progress; shown from made-up answers."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cli_support import Run

from corpus_search.cli import progress
from corpus_search.cli.output import heading, parties_text, party_text
from corpus_search.cli.pairs import _strip
from corpus_search.cli.progress import Meter
from corpus_search.conversations.showing import Shown
from corpus_search.evidence.shapes import finding_shape, place_shape, problem_shape
from corpus_search.model import (
    Finding,
    Hit,
    Message,
    PageCount,
    Pair,
    Party,
    Place,
    PolicyState,
    Problem,
    Reason,
    Record,
    Source,
    Tag,
    Zone,
    identify,
)
from corpus_search.workflows.reporting import Compared
from corpus_search.workflows.searching import Search

MESSAGE = Message(
    id="a" * 20,
    kind="message",
    release="OCSD 2019-02",
    source=Source("emails_03.pdf", "in/a.pdf", "0" * 64, "pdf"),
    places=(Place("page", 13, "OCSD-000123", "ocr", 0.91), Place("page", 14, "OCSD-000124", "ocr", 0.93)),
    text="From: x\n\nrun 7ABC123, DOB █",
    zones=(Zone("header", 0, 9), Zone("own", 9, 27)),
    within="b" * 20,
    date="2018-03-06T08:12:00-08:00",
    sender=Party(redacted=True),
    to=tuple(Party(f"Officer {at}", f"o{at}@x.org") for at in range(5)),
    subject="plate",
    thread="t" * 20,
    copies=("c" * 20,),
    confidence=0.72,
    doubts=("the date is guessed", "no sender"),
)
TAGS = (
    Tag("plate", None, ("redacted",), "run 7", 9, 14, "own", "plate", "blacked out"),
    Tag("agency", "ICE", (), "un 7", 10, 14, "own", "ice", "overlaps"),
)
RECORD = Record(MESSAGE, TAGS)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set what a workflow answers."""

    def answer(path: str, value: Any) -> None:
        monkeypatch.setattr(f"corpus_search.workflows.{path}", lambda *_, **__: value)

    return answer


def test_a_print_out_in_doubt(run: Run, answers: Any) -> None:
    answers("reporting.one", RECORD)
    out = run("show", "a" * 20).out.splitlines()
    assert out[0] == "OCSD 2019-02, emails_03.pdf > in/a.pdf, pp. 13-14 (OCSD-000123 to -124)"
    assert "found only within " + "b" * 20 in out
    assert "the same message: " + "c" * 20 in out
    assert "read from a print-out, confidence 0.72: the date is guessed; no sender" in out
    assert "run 7ABC123, DOB █" in out
    assert "  plate      (redacted) (redacted): “run 7” in own; blacked out" in out
    answers("reporting.one", replace(RECORD, message=replace(MESSAGE, doubts=()), tags=()))
    assert "read from a print-out, confidence 0.72\n" in run("show", "a" * 20).out


def test_copies_beside_each_other(run: Run, answers: Any) -> None:
    other = replace(MESSAGE, id="c" * 20, redactions=(), release="Santa Ana 2020")
    answers(
        "reporting.copies",
        Compared((Shown(MESSAGE, 40, 0), Shown(other, 31, 2, ("the owner\x1b is", "call me"))), ((other, 0.83),)),
    )
    out = run("copies", "a" * 20).out
    assert "40 words, 0 redactions (shows most)" in out
    assert "31 words, 2 redactions\n    lacks: the owner\N{REPLACEMENT CHARACTER} is\n    lacks: call me" in out
    assert "nearly the same words (83%): " in out
    fullest, cut, alike = run("copies", "a" * 20, "--json").lines
    assert (fullest["relation"], fullest["fullest"], fullest["lacks"]) == ("copy", True, [])
    assert (cut["fullest"], cut["words"], cut["redactions"]) == (False, 31, 2)
    assert (alike["relation"], alike["likeness"]) == ("alike", 0.83)


def test_folded_copies(run: Run, answers: Any) -> None:
    hit = Hit(RECORD, 1.5, (Reason("from:x"),))
    answers("searching.search", Search((hit,), 3, {MESSAGE.id: ("c" * 20, "d" * 20)}))
    done = run("search", "x", "--fold")
    assert f"the same message: {'c' * 20}, {'d' * 20}" in done.out
    assert "3 hits; the first 1 are shown (--limit 0 for all)" in done.err
    assert run("search", "x", "--fold", "--json").lines[0]["folded"] == ["c" * 20, "d" * 20]
    answers("searching.search", Search((Hit(replace(RECORD, message=replace(MESSAGE, text="", zones=())), 1, ()),), 1))
    assert run("search", "x").out.count("\n") == 3, "no empty line where there is no text"
    answers("reporting.records", iter([RECORD]))
    assert f"the same message: {'c' * 20}" in run("messages", "--fold").out
    answers("reporting.records", iter([RECORD]))
    assert run("messages", "--fold", "--json").lines[0]["folded"] == ["c" * 20]


def test_pairs_without_a_date(run: Run, answers: Any) -> None:
    pair = Pair(None, Party(None, "d@x.org"), (("p", 2),), 1, (), None, None, False, (), ("t",))
    answers("finding.pairs", [pair])
    assert run("pairs").out == "(no sender) ← d@x.org\n  1 conversation, ? to ?\n  p (2)\n"
    (shape,) = run("pairs", "--json").lines
    assert set(shape) == {
        *("requester", "provider", "patterns", "conversations", "subjects", "first", "last", "regular", "months"),
        "threads",
    }


@pytest.mark.parametrize(
    ("months", "strip"),
    [
        ({"2018-03": 2}, "2018-03 |█| 2018-03"),
        ({"2018-11": 8, "2019-02": 1}, "2018-11 |█  ▁| 2019-02"),
        ({"1000-01": 1, "2019-02": 1}, f"1000-01 |█{' ' * 239}| 2019-02"),
    ],
)
def test_months_as_bars(months: dict[str, int], strip: str) -> None:
    assert _strip(months) == strip


def test_gaps_of_a_release(run: Run, answers: Any) -> None:
    account = {
        "releases": 1,
        "sources": {"seen": 2, "read": 1, "not_mail": 0, "failed": 1, "already": 0},
        "pages": {"seen": 5, "text": 2, "ocr": 2, "unread": 1},
        "messages": 1,
        "messages_within": 0,
        "documents": 0,
        "attachments": 0,
        "tags": {"agency": 1_234},
        "document_tags": {"agency": 0, "plate": 12},
        "problems": 1,
    }
    release = {"name": "A\x1bB", "agency": "OCSD", "request": None, "received": None, "notes": None, "account": account}
    gaps = {"bates": [{"from": "A-3", "to": "A-9", "missing": 7}], "unreleased": 1}
    answers("keeping.releases", [release | {"gaps": gaps}])
    out = run("releases").out
    assert out.startswith("A\N{REPLACEMENT CHARACTER}B (agency OCSD)\n")
    assert "  5 pages: 2 by their text, 2 by OCR, 1 unread\n" in out
    assert "  tags: 1,234 agency\n  tags in documents: 0 agency, 12 plate\n" in out
    assert "  Bates numbers missing: A-3 to A-9 (7 pages)\n" in out
    assert "  1 reply to mail that was not released\n" in out


def test_problems_with_a_place(run: Run, answers: Any) -> None:
    source = Source("a.zip", "b.pdf", "0", "pdf")
    problems = [
        Problem(source, "R", "failed redaction", "failed redaction: text under a box", Place("page", 3)),
        Problem(replace(source, member=None), "R", "limit", "too long"),
    ]
    answers("reporting.problems", problems)
    assert run("problems").out == (
        "R, a.zip > b.pdf, page 3: failed redaction: text under a box\nR, a.zip: limit: too long\n"
    )
    assert problem_shape(problems[0])["place"] == {"unit": "page", "number": 3}
    assert place_shape(MESSAGE.places[0])["confidence"] == 0.91


def test_findings_of_few_words(run: Run, answers: Any) -> None:
    bare = Finding("p", "D", "t", ("m",), (), None, None, (), (), (), ("cited",), "why", 1.0, (("grade D", 1.0),))
    full = replace(bare, policies=(PolicyState("X", in_force=False, binds=None), PolicyState("Y", True, False)))
    answers("finding.find", [bare, full])
    out = run("patterns", "run").out
    assert out.startswith("1. p  grade D  score 1\n  why\n  cited\n  conversation t\n\n2. p")
    assert "X: before it took effect, or after it ended; not known whether it binds" in out
    assert "Y: after it took effect; does not bind this body" in out
    assert run("patterns", "run", "--json").lines == [finding_shape(bare), finding_shape(full)]


def test_a_cluster_is_asked_for_by_its_address(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []
    monkeypatch.setattr("corpus_search.workflows.cluster.cluster_pool", asked.append)
    (tmp_path / "in").mkdir()
    done = run("--corpus", tmp_path / "c", "ingest", tmp_path / "in", "--scheduler", "tcp://host:8786", "--dry-run")
    assert done.code == 0
    assert asked == ["tcp://host:8786"]


def test_parties_in_few_words() -> None:
    assert party_text(None) == "(no sender)"
    assert party_text(Party(redacted=True)) == "[redacted]"
    assert party_text(Party("█", redacted=True)) == "█"
    assert party_text(Party()) == "(no name)"
    assert party_text(Party("Kay\x1b", agency="ICE")) == "Kay\N{REPLACEMENT CHARACTER} [ICE]"
    assert parties_text(MESSAGE.to) == "Officer 0; Officer 1; Officer 2; and 2 more"
    assert heading(replace(MESSAGE, date=None, to=(), subject=None)) == "no date  [redacted]  (no subject)"
    assert heading(replace(MESSAGE, kind="document", subject=None)) == "2018-03-06 08:12  (untitled)"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def shown(stream: io.StringIO) -> Iterator[str]:
    yield from (part for part in re.split(r"\r\x1b\[K|\n", stream.getvalue()) if part)


def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    meter = Meter()
    meter.begin("read", 4, 8_000_000)
    for at in (0.1, 0.5, 2.0):
        clock[0] = at
        meter.step(1, 2_000_000)
    meter.end()
    meter.begin("link", 0, 0)
    meter.end()
    assert list(shown(stream)) == [
        "Reading: 2 of 4 parts",
        "Reading: 3 of 4 parts, 3.0 MB/s, 0:01 left",
        "Linking conversations",
    ]
    assert stream.getvalue().endswith("\r\x1b[K"), "the line is wiped"


def test_progress_elsewhere_is_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    meter = Meter()
    meter.begin("tag", 100_000, 0)
    for at in (1.0, 31.0, 32.0, 62.0):
        clock[0] = at
        meter.step(10, 0)
    meter.end()
    meter.begin("own stage", 2, 0)
    assert list(shown(stream)) == [
        "Tagging: 20 of 100,000 messages, 1/s, 43:02:49 left",
        "Tagging: 40 of 100,000 messages, 1/s, 43:02:18 left",
    ]
    assert "\r" not in stream.getvalue()


def test_progress_that_a_script_does_not_see(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    meter = Meter(quiet=True)
    meter.begin("read", 1, 1)
    clock[0] = 100.0
    meter.step(1, 1)
    meter.end()
    assert stream.getvalue() == ""


def test_ids_and_pages() -> None:
    assert identify("a", None, 3) == identify("a", "", "3")
    assert identify("a", "b") != identify("ab")
    assert len(identify("\ud800")) == 20
    assert (PageCount(1, 2, 3) + PageCount(1, 0, 1)).seen == 8
    assert MESSAGE.zone_at(8) == "header"
    assert MESSAGE.zone_at(99) == "own"
