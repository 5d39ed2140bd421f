"""Files of findings: made the same again, read again, compared; for people as Markdown and CSV."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from corpus_search.errors import ExitCode
from corpus_search.evidence.findings_file import Heading, NotFindings, differences, read_findings, write_findings
from corpus_search.evidence.tables import UnknownExport

HEADING = Heading("c" * 24, "p" * 24, {"plate_lookup_for_ice": {"A1": "own:plate:*"}}, ["OCSD 2019-02"], masked=True)


def finding(pattern: str = "plate_lookup_for_ice", message: str = "m1", **more: Any) -> dict[str, Any]:
    return {
        "pattern": pattern,
        "grade": "A",
        "thread": "t1",
        "messages": [message, "m2"],
        "evidence": [
            {
                "message": message,
                "role": "request",
                "start": 0,
                "end": 9,
                "text": "run\n[plate] =x",
                "citation": "OCSD, a.pdf, p. 3",
            }
        ],
        "requester": {"name": "Ruiz", "address": "d@x.org", "agency": "ICE", "groups": [], "redacted": False},
        "provider": None,
        "subjects": ["[plate]"],
        "modifiers": ["favour"],
        "policies": [
            {"id": "US_DPPA", "in_force": True, "binds": True},
            {"id": "CA_SB54", "in_force": False, "binds": None},
            {"id": "OTHER", "in_force": True, "binds": False},
        ],
        "citations": ["OCSD 2019-02, a.mbox, message 1"],
        "why": "one sentence",
        "score": 3.5,
    } | more


def test_lines_come_back(tmp_path: Path) -> None:
    found = [finding(), finding("release_tipoff", "m9", requester=None, subjects=[], modifiers=[], policies=[])]
    assert write_findings(tmp_path / "f.jsonl", HEADING, found) == 2
    heading, back = read_findings(tmp_path / "f.jsonl")
    assert back == found
    assert heading == json.loads(json.dumps(HEADING.shape()))
    assert {"made_by", "corpus_digest", "packs_digest", "releases", "masked", "patterns"} == set(heading)
    first = (tmp_path / "f.jsonl").read_bytes()
    write_findings(tmp_path / "g.jsonl", HEADING, found)
    assert (tmp_path / "g.jsonl").read_bytes() == first


def test_a_table(tmp_path: Path) -> None:
    write_findings(tmp_path / "f.csv", HEADING, [finding()])
    with (tmp_path / "f.csv").open(newline="", encoding="utf-8") as handle:
        (row,) = csv.DictReader(handle)
    assert row["requester"] == "Ruiz <d@x.org> [ICE]"
    assert row["provider"] == ""
    assert row["evidence"] == "request: run [plate] =x (OCSD, a.pdf, p. 3)"
    assert row["policies"] == (
        "US_DPPA: after it took effect, binds this body; "
        "CA_SB54: before it took effect, or after it ended, whether it binds is not known; "
        "OTHER: after it took effect, does not bind this body"
    )
    assert row["corpus_digest"] == "c" * 24


def test_a_page_for_people(tmp_path: Path) -> None:
    write_findings(tmp_path / "f.md", HEADING, [finding()])
    text = (tmp_path / "f.md").read_text()
    for part in (
        "# Findings",
        "are masked.",
        "## 1. plate_lookup_for_ice (grade A)",
        "- Asked: Ruiz <d@x.org> [ICE]",
        "- About: [plate]",
        "- Circumstances: favour",
        "- In force: US_DPPA: after it took effect, binds this body",
        "> run [plate] =x\n>\n> — request",
        "- OCSD 2019-02, a.mbox, message 1",
    ):
        assert part in text
    assert "Answered" not in text
    write_findings(tmp_path / "u.md", Heading("c", "p", {}, [], masked=False), [])
    assert "masked" not in (tmp_path / "u.md").read_text()


@pytest.mark.parametrize("name", ["f.docx", "f", "f.json"])
def test_other_endings(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownExport, match=r"use \.jsonl, \.csv or \.md"):
        write_findings(tmp_path / name, HEADING, [])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]\n",
        b'{"other": 1}\n',
        b"\xff\xfe",
        b'{"heading": {}}\n[1]\n',
        b'{"heading": {}}\n{"pattern": "x"}\n',
        b'{"heading": {}}\n{"pattern": "x", "messages": [], "grade": "A", "citations": []}\n',
        b"[" * 100_000,
        None,
    ],
)
def test_what_is_no_file_of_findings(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "f.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(NotFindings, match=r"f\.jsonl") as caught:
        read_findings(file)
    assert caught.value.exit_code == ExitCode.COULD_NOT


def test_differences() -> None:
    same, gone, new = finding(), finding("release_tipoff"), finding("custody_sharing", "m7")
    before, after = finding(message="m5"), finding(message="m5", grade="B", thread="t2")
    assert differences([same, gone, before], [same, new, after]) == [
        ("new", new, None),
        ("changed", after, before),
        ("gone", gone, None),
    ]
    assert differences([same], [same]) == []
