"""Findings over a corpus: copies counted once and cited twice, explained, kept as files, compared, over time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus_search.cli.app import app
from corpus_search.workflows.finding import NoSuchPattern, find, pairs
from corpus_search.workflows.ingest import Request, ingest

HEADS = (
    "From {sender} {day}\nFrom: {sender}\nTo: {reader}\nDate: {date}\nSubject: {subject}\n"
    "Message-ID: <{id}@x>\n{reply}\n{body}\n\n"
)
ICE, CLERK = "Mario.Salas@ice.dhs.gov", "fott@sacramentopd.org"


def _mail(sender: str, reader: str, date: str, subject: str, number: str, body: str, reply: str = "") -> str:
    return HEADS.format(
        sender=sender, reader=reader, day="Tue Mar  6 08:00:00 2018", date=date, subject=subject, id=number, body=body,
        reply=f"In-Reply-To: <{reply}@x>\n" if reply else "",
    )  # fmt: skip


def _exchange(number: int, day: str, plate: str) -> str:
    asked = _mail(
        ICE, CLERK, f"{day} 08:00:00 -0800", f"plate {number}", f"a{number}", f"Can you run {plate}? Who is the RO?"
    )
    return asked + _mail(
        CLERK,
        ICE,
        f"{day} 08:20:00 -0800",
        f"RE: plate {number}",
        f"b{number}",
        "Comes back to a Jose Ibarra.",
        f"a{number}",
    )


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two custodians of one release and a second release: one exchange in all three, two more in one of them."""
    folder = tmp_path_factory.mktemp("findings")
    once = _exchange(1, "Tue, 6 Mar 2018", "7XKD204")
    more = _exchange(2, "Mon, 2 Apr 2018", "8TPV109") + _exchange(3, "Tue, 8 May 2018", "6RVN119")
    for name, text in (("one/Ott.mbox", once + more), ("one/Salas.mbox", once), ("two/Ott.mbox", once)):
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for release in ("one", "two"):
        ingest(Request(folder / "corpus", (folder / release,), release=release, workers=1))
    return folder / "corpus"


def _run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.stdout


def test_an_exchange_in_three_mailboxes_counts_once_and_cites_all(released: Path) -> None:
    found = find(released)
    assert len(found) == 3
    (copied,) = [one for one in found if one.subjects == ("7XKD204",)]
    assert len(copied.messages) == 2
    assert len(copied.citations) == 6
    assert {citation.split(",")[0] for citation in copied.citations} == {"one", "two"}
    assert all("regular" in one.modifiers for one in found)
    assert found == sorted(found, key=lambda one: (-one.score, one.grade, one.pattern, one.thread))


def test_one_release_or_one_pattern(released: Path) -> None:
    assert len(find(released, release="two")) == 1
    assert find(released, ("roster_feed",)) == []
    with pytest.raises(NoSuchPattern, match="no pattern 'no_such'"):
        find(released, ("no_such",))


def test_pairs_month_by_month(released: Path) -> None:
    (pair,) = pairs(released)
    assert (pair.conversations, pair.first, pair.last) == (3, "2018-03-06", "2018-05-08")
    code, printed = _run("--corpus", str(released), "pairs")
    assert code == 0
    assert "2018-03 |███| 2018-05" in printed
    assert "3 conversations, regular" in printed


def test_every_point_is_explained(released: Path) -> None:
    code, printed = _run("--corpus", str(released), "patterns", "run", "--explain")
    assert code == 0
    first = printed.split("\n\n")[0]
    score = float(first.split("score ")[1].split()[0])
    points = [float(line.split()[0]) for line in first.splitlines() if line.startswith(("    +", "    -"))]
    assert score == sum(points)
    assert "+10  grade A" in first
    assert "says a plate" in first


@pytest.mark.parametrize("ending", ["jsonl", "csv", "md"])
def test_a_file_of_findings_is_masked_and_comes_out_the_same(released: Path, tmp_path: Path, ending: str) -> None:
    files = [tmp_path / f"{name}.{ending}" for name in ("first", "second")]
    for file in files:
        _run("--corpus", str(released), "patterns", "run", "--to", str(file))
    assert files[0].read_bytes() == files[1].read_bytes()
    text = files[0].read_text(encoding="utf-8")
    assert "7XKD204" not in text
    assert "plate_lookup_for_ice" in text


def test_a_file_says_by_what_it_was_made(released: Path, tmp_path: Path) -> None:
    file = tmp_path / "findings.jsonl"
    _run("--corpus", str(released), "patterns", "run", "--unmasked", "--to", str(file))
    heading = json.loads(file.read_text(encoding="utf-8").splitlines()[0])
    assert {"corpus_digest", "packs_digest", "patterns", "releases"} <= set(heading["heading"])
    assert "7XKD204" in file.read_text(encoding="utf-8")


def test_queries_are_listed(released: Path) -> None:
    code, printed = _run("patterns", "list", "--json")
    assert code == 0
    listed = [json.loads(line) for line in printed.splitlines()]
    plate = next(one for one in listed if one["name"] == "plate_lookup_for_ice")
    assert any(entry["grade"] == "+2 a_plate" and "plate:*" in entry["query"] for entry in plate["grades"])
