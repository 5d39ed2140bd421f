"""Stories of copies: the same mail released twice, once redacted; views that fold, and lose nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus_search.cli.app import app
from corpus_search.store import Store
from corpus_search.workflows.finding import conversations
from corpus_search.workflows.ingest import Request, ingest
from corpus_search.workflows.reporting import copies, records
from corpus_search.workflows.searching import search

HEAD = "From: {sender}\nTo: Andrew Lopez <alopez@vistamar.example>\nDate: {date}\nSubject: plate\n"
BODY = (
    "Hey Andy, got another one for you. Can you run {plate} and tell me who the registered owner is?\n"
    "Gray Tacoma, parks by the swap meet on Sundays. No rush, {name} and I are in court until noon.\n"
)
SALAS = "Mark Salas <mark.r.salas@ice.dhs.gov>"
DATE = "Tue, 06 Mar 2018 08:12:00 -0800"


def mail(sender: str, date: str, plate: str, name: str) -> str:
    return HEAD.format(sender=sender, date=date) + "\n" + BODY.format(plate=plate, name=name)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("twice")
    for release, files in {
        "2019": {"a.eml": mail(SALAS, DATE, "7XKD204", "Daniel")},
        "2021": {
            "b.eml": mail("[REDACTED]", DATE, "[REDACTED]", "[REDACTED]"),
            "c.eml": mail(SALAS, "Tue, 13 Mar 2018 09:40:00 -0700", "8ABC123", "Daniel"),
        },
    }.items():
        (folder / release).mkdir()
        for name, text in files.items():
            (folder / release / name).write_text(text)
    corpus = folder / "corpus"
    ingest(Request(corpus, (folder / "2019", folder / "2021")))
    return corpus


def ids(corpus: Path) -> dict[str, str]:
    return {record.message.source.path: record.message.id for record in records(corpus)}


def test_the_redacted_copy_is_linked_and_next_weeks_request_is_not(twice: Path) -> None:
    by_path = ids(twice)
    linked = {record.message.source.path: record.message.copies for record in records(twice)}
    assert linked == {"a.eml": (by_path["b.eml"],), "b.eml": (by_path["a.eml"],), "c.eml": ()}


def test_copies_tell_which_shows_more(twice: Path) -> None:
    found = copies(twice, ids(twice)["b.eml"])
    assert [(shown.message.source.path, shown.redactions, shown.lacks) for shown in found.copies] == [
        ("a.eml", 0, ()),
        ("b.eml", 3, ("7XKD204", "Daniel")),
    ]
    assert found.copies[0].words == found.copies[1].words + 2
    assert [(message.source.path, likeness > 0.7) for message, likeness in found.alike] == [("c.eml", True)]


def test_folded_views_show_each_message_once_and_lose_none(twice: Path) -> None:
    by_path = ids(twice)
    shown = [record.message for record in records(twice, fold=True)]
    assert [message.source.path for message in shown] == ["a.eml", "c.eml"]  # the longest text stands for its copies
    assert {one for message in shown for one in (message.id, *message.copies)} == set(by_path.values())
    found = search(twice, "tacoma", fold=True, limit=0)
    assert found.total == len(found.hits) == 2
    told = {hit.record.message.id for hit in found.hits} | {one for rest in found.folded.values() for one in rest}
    assert told == {hit.record.message.id for hit in search(twice, "tacoma", limit=0).hits}
    (only,) = search(twice, "plate:7XKD204", fold=True).hits  # a copy that does not meet the query is not told of
    assert only.record.message.id == by_path["a.eml"]
    assert search(twice, "plate:7XKD204", fold=True).folded == {by_path["a.eml"]: ()}


def test_at_the_prompt(twice: Path) -> None:
    run = CliRunner().invoke
    by_path = ids(twice)
    told = run(app, ["--corpus", str(twice), "copies", by_path["a.eml"]])
    assert told.exit_code == 0
    assert "(shows most)" in told.stdout
    assert "lacks: 7XKD204" in told.stdout
    assert "nearly the same words" in told.stdout
    lines = [
        json.loads(line)
        for line in run(app, ["--corpus", str(twice), "copies", by_path["a.eml"], "--json"]).stdout.splitlines()
    ]
    assert [(line["relation"], line["fullest"], line["lacks"]) for line in lines] == [
        ("copy", True, []),
        ("copy", False, ["7XKD204", "Daniel"]),
        ("alike", False, []),
    ]
    for command in (["messages"], ["search", "tacoma"]):
        whole = run(app, ["--corpus", str(twice), *command, "--json"]).stdout.splitlines()
        folded = run(app, ["--corpus", str(twice), *command, "--fold", "--json"]).stdout.splitlines()
        assert (len(whole), len(folded)) == (3, 2)
        assert sorted(len(json.loads(line)["folded"]) for line in folded) == [0, 1]
        assert "folded" not in json.loads(whole[0])
        assert "the same message: " in run(app, ["--corpus", str(twice), *command, "--fold"]).stdout


def test_a_message_without_copies(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.eml").write_text(mail(SALAS, DATE, "7XKD204", "Daniel"))
    ingest(Request(tmp_path / "c", (tmp_path / "r",)))
    (one,) = ids(tmp_path / "c").values()
    assert CliRunner().invoke(app, ["--corpus", str(tmp_path / "c"), "copies", one]).exit_code == 1


def test_patterns_work_on_the_copy_that_shows_most(tmp_path: Path) -> None:
    for release, plate in (("1 redacted", "[REDACTED]"), ("2 whole", "7XKD204")):
        (tmp_path / release).mkdir()
        (tmp_path / release / "a.eml").write_text(mail(SALAS, DATE, plate, "Daniel"))
    corpus = tmp_path / "c"
    ingest(Request(corpus, (tmp_path / "1 redacted", tmp_path / "2 whole")))
    with Store.open_to_read(corpus) as store:
        (conversation,) = conversations(store, store.all_threads())
    (kept,) = conversation.records
    assert kept.message.release == "2 whole"
    assert [copy.message.release for copy in conversation.copies[kept.message.id]] == ["1 redacted"]
