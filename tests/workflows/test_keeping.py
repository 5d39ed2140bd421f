"""Looking after a corpus: releases, checks, problems by release, jobs that no worker could do, tagging that fails."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from corpus_search.cli.app import app
from corpus_search.errors import CorpusDamaged, CorpusNotFound, NoSuchRelease
from corpus_search.store import Store
from corpus_search.tagging.tagger import Tagger
from corpus_search.workflows.ingest import Request, ingest
from corpus_search.workflows.keeping import releases, remove, verify
from corpus_search.workflows.reporting import conversation, one, problems, records, status, tagged
from corpus_search.workflows.searching import search
from corpus_search.workflows.work import Job, Retag, do, retag

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "releases"
VISTA, ORANGE = FIXTURES / "Vista Mar PD 2019-03", FIXTURES / "Orange Grove Sheriff 2019-02"
MAIL = b"From: a@b.example\nSubject: %s\nMessage-ID: <%s@x>\n%s\nrun 7ABC123 please\n"


def here() -> Executor:
    return ThreadPoolExecutor(1)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases, one with print-outs of which some can't be read."""
    corpus = tmp_path_factory.mktemp("kept") / "c"
    wanted = tmp_path_factory.mktemp("prints") / "Orange"
    wanted.mkdir()
    for name in ("OGCSO_emails_01.pdf", "OGCSO_emails_04 (locked).pdf", "OGCSO_emails_07.pdf"):
        shutil.copy(ORANGE / name, wanted)
    (wanted / "reply.eml").write_bytes(MAIL % (b"RE: x", b"1", b"In-Reply-To: <never@x>\n"))
    ingest(Request(corpus, (VISTA,), facts={"agency": "Vista Mar PD", "request": "19-3"}, make_executor=here))
    ingest(Request(corpus, (wanted,), make_executor=here))
    return corpus


def test_releases_with_their_accounts_gaps_and_unanswered_replies(both: Path) -> None:
    orange, vista = releases(both)
    assert (vista["name"], vista["agency"], vista["request"]) == (VISTA.name, "Vista Mar PD", "19-3")
    assert orange["gaps"]["unreleased"] == 1
    assert orange["gaps"]["bates"]
    assert vista["gaps"] == {"bates": [], "unreleased": 0}
    whole = status(both)
    assert whole["messages"] == orange["account"]["messages"] + vista["account"]["messages"]
    assert whole["sources"]["seen"] == 8
    told = CliRunner().invoke(app, ["--corpus", str(both), "releases"]).stdout
    assert "Vista Mar PD 2019-03 (agency Vista Mar PD, request 19-3)" in told
    assert "Bates numbers missing: " in told
    assert "1 reply to mail that was not released" in told


def test_accounts_and_problems_of_one_release(both: Path) -> None:
    assert [problem.kind for problem in problems(both, "Orange")] == ["encrypted"]
    assert list(problems(both, VISTA.name)) == []
    assert status(both, "Orange")["problems"] == 1
    assert {record.message.release for record in records(both, release="Orange")} == {"Orange"}
    kinds = {tag.kind for _, tag in tagged(both, release=VISTA.name)}
    assert {"agency", "plate", "lookup"} <= kinds
    assert {tag.kind for _, tag in tagged(both, "plate")} == {"plate"}
    first = next(iter(records(both, "message"))).message
    assert one(both, first.id).message == first
    assert first.id in {record.message.id for record in conversation(both, first.id)}
    for asked in (status, lambda c, r: list(problems(c, r)), lambda c, r: list(records(c, release=r))):
        with pytest.raises(NoSuchRelease, match="this corpus has: Orange, Vista Mar PD 2019-03"):
            asked(both, "nothing")


def test_a_corpus_where_nothing_can_be_written(both: Path, tmp_path: Path) -> None:
    """As on a protected drive or a full disk: SQLite can't make its files beside the store."""
    corpus = tmp_path / "c"
    shutil.copytree(both, corpus)
    before = sorted(entry.name for entry in corpus.iterdir())
    assert "corpus.sqlite3-wal" not in before
    (corpus / "corpus.sqlite3-shm").symlink_to("nowhere/at/all")  # in the place of the first of them
    assert status(corpus) == status(both)
    assert search(corpus, "plate:*").total == search(both, "plate:*").total > 0
    with pytest.raises(CorpusDamaged), Store.open_to_write(corpus):
        pass
    (corpus / "corpus.sqlite3-wal").write_bytes(b"something stored last")
    with pytest.raises(CorpusDamaged):
        status(corpus)


def test_a_release_that_is_removed_and_one_that_is_not_there(both: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    shutil.copytree(both, corpus)
    with pytest.raises(NoSuchRelease):
        remove(corpus, "nothing")
    run = CliRunner().invoke
    assert "nothing was removed" in str(run(app, ["--corpus", str(corpus), "remove", "Orange"], input="n\n").exception)
    told = run(app, ["--corpus", str(corpus), "remove", "Orange", "--yes", "--workers", "1"])
    assert told.stdout == "Orange and its 4 files are out of the corpus\n"
    assert status(corpus)["releases"] == 1
    assert status(corpus)["index"] == "fresh"
    assert run(app, ["--corpus", str(corpus), "verify"]).stdout == "all as it was read\n"
    remove(corpus, VISTA.name)
    assert status(corpus)["messages"] == 0
    assert run(app, ["--corpus", str(corpus), "releases"]).exit_code == 1
    with pytest.raises(CorpusNotFound):
        remove(tmp_path / "nowhere", "r")


def test_verify_tells_of_originals_and_of_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, corpus = tmp_path / "r", tmp_path / "c"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.eml").write_bytes(MAIL % (name.encode(), name.encode(), b""))
    ingest(Request(corpus, (folder,), make_executor=here))
    (folder / "b.eml").unlink()
    (folder / "b.eml").mkdir()  # can't be read
    (folder / "c.eml").write_bytes(b"another")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "stranger"))
    found = list(verify(corpus))
    assert [check.what for check in found] == [
        "a released file can't be read (Is a directory)",
        "a released file is not what was read",
        "the index",
    ]
    assert "update" in found[-1].where


class Deadly(Executor):
    """No process outlives a job of this step."""

    def __init__(self, step: str) -> None:
        self.step = step

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        job = args[0]
        if isinstance(job, Job) and job.step == self.step and job.unit.source.path.startswith("deadly"):
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(fn(*args))
        return future


@pytest.mark.parametrize(
    ("step", "name"), [("cut", "deadly.eml"), ("read", "deadly.eml"), ("pages", "deadly.pdf"), ("join", "deadly.pdf")]
)
def test_a_file_that_no_worker_survives_is_told_and_the_rest_is_read(tmp_path: Path, step: str, name: str) -> None:
    folder, corpus = tmp_path / "r", tmp_path / "c"
    folder.mkdir()
    (folder / "good.eml").write_bytes(MAIL % (b"good", b"1", b""))
    if name.endswith("pdf"):
        shutil.copy(ORANGE / "OGCSO_emails_01.pdf", folder / name)
    else:
        (folder / name).write_bytes(MAIL % (b"bad", b"2", b""))
    outcome = ingest(Request(corpus, (folder,), make_executor=lambda: Deadly(step)))
    told = list(problems(corpus))
    assert outcome.problems_by_cause == {"damaged": len(told)}
    assert {problem.source.path for problem in told} == {name}
    assert all("reading it ended the reader's process" in problem.reason for problem in told)
    if step == "pages":  # a line for each run of pages that was lost
        assert "pages 1-4" in told[0].reason
        assert [problem.place.number for problem in told if problem.place] == list(range(1, 4 * len(told), 4))
    else:
        assert len(told) == 1
    assert [record.message.subject for record in records(corpus)] == ["good"]
    assert status(corpus)["sources"] == {"seen": 2, "read": 1, "already": 0, "failed": 1, "not_mail": 0}
    assert ingest(Request(corpus, (folder,), make_executor=lambda: Deadly(step))).already == 2


def test_a_message_that_can_not_be_tagged_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, corpus = tmp_path / "r", tmp_path / "c"
    folder.mkdir()
    (folder / "a.eml").write_bytes(MAIL % (b"a", b"1", b""))
    (folder / "b.eml").write_bytes(MAIL % (b"b", b"2", b""))
    record = Tagger.record

    def failing(tagger: Tagger, message: Any) -> Any:
        if message.subject == "a":
            raise ZeroDivisionError("by nothing")
        return record(tagger, message)

    monkeypatch.setattr(Tagger, "record", failing)
    ingest(Request(corpus, (folder,), make_executor=here))
    (problem,) = problems(corpus)
    assert (problem.kind, problem.source.path) == ("not tagged", "a.eml")
    assert "ZeroDivisionError: by nothing" in problem.reason
    assert [len([tag for tag in found.tags if tag.kind == "plate"]) for found in records(corpus)] == [0, 1]


def test_what_a_worker_does_is_a_pure_function(both: Path) -> None:
    with Store.open_to_read(both) as store:
        stored = list(store.all_records(release=VISTA.name))
    assert retag(Retag(tuple(stored), None)) == retag(Retag(tuple(stored), None))
    assert [found.tags for found in retag(Retag(tuple(stored), None))] == [found.tags for found in stored]


def test_jobs_of_every_step(tmp_path: Path) -> None:
    from corpus_search.model import Source
    from corpus_search.sources.reading import Unit

    unit = Unit(str(ORANGE / "OGCSO_emails_01.pdf"), Source("a.pdf", None, "00", ""), "r")
    cut = do(Job(unit, None, "cut"))
    assert (cut.format, cut.joined) == ("pdf", True)
    pages = [do(Job(one, None, "pages")) for one in cut.units]
    layouts = tuple(layout for found in pages for layout in found.layouts)
    joined = do(Job(cut.units[0], None, "join", layouts))
    assert len(joined.records) > 10
    assert sum(found.pages.seen for found in pages) == 15
    (tmp_path / "a.eml").write_bytes(MAIL % (b"a", b"1", b""))
    unit = Unit(str(tmp_path / "a.eml"), Source("a.eml", None, "00", "eml"), "r")
    assert [found.message.subject for found in do(Job(unit, None, "read")).records] == ["a"]
