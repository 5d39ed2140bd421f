"""Stories of ingests: again, killed, in another order, elsewhere, with bad files among the good."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus_search.errors import CorpusBusy, CorpusNotFound, PathNotFound, StorageFull
from corpus_search.store import Store, writing
from corpus_search.store.database import writer_lock
from corpus_search.workflows.finding import corpus_digest
from corpus_search.workflows.ingest import Request, ingest, plan
from corpus_search.workflows.keeping import remove, verify
from corpus_search.workflows.reporting import problems, records, status
from corpus_search.workflows.update import update

RELEASE = Path(__file__).resolve().parents[2] / "fixtures" / "releases" / "Vista Mar PD 2019-03"


def digest(corpus: Path) -> str:
    with Store.open_to_read(corpus) as store:
        return corpus_digest(store)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    shutil.copytree(RELEASE, folder)
    return folder


def test_the_same_files_again_change_nothing(release: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    first = ingest(Request(corpus, (release,)))
    before = digest(corpus)
    again = ingest(Request(corpus, (release,)))
    assert (again.new, again.already) == (0, first.new)
    assert digest(corpus) == before
    assert status(corpus)["sources"]["already"] == first.new


def test_ids_depend_on_content_and_place_alone(release: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "deeper"
    shutil.copytree(release, elsewhere)
    ingest(Request(tmp_path / "a", (release,), release="r"))
    ingest(Request(tmp_path / "b", (elsewhere,), release="r", workers=2))
    assert digest(tmp_path / "a") == digest(tmp_path / "b")


def test_the_same_bytes_at_two_paths_are_two_sources_linked(release: Path, tmp_path: Path) -> None:
    shutil.copy(release / "Lopez mailbox.mbox", release / "again.mbox")
    ingest(Request(tmp_path / "c", (release,)))
    found = [record.message for record in records(tmp_path / "c", "message") if record.message.within is None]
    ids = [message.id for message in found]
    assert len(set(ids)) == len(ids)
    twice = [message for message in found if message.source.path in ("again.mbox", "Lopez mailbox.mbox")]
    assert all(message.copies for message in twice)


def test_links_do_not_depend_on_which_release_came_first(release: Path, tmp_path: Path) -> None:
    mailbox, rest = release / "Lopez mailbox.mbox", release / "production 2.zip"
    ingest(Request(tmp_path / "a", (mailbox,), release="r"))
    ingest(Request(tmp_path / "a", (rest,), release="r"))
    ingest(Request(tmp_path / "b", (rest,), release="r"))
    ingest(Request(tmp_path / "b", (mailbox,), release="r"))
    assert digest(tmp_path / "a") == digest(tmp_path / "b")


def test_bad_files_are_problem_lines_and_the_rest_is_read(release: Path, tmp_path: Path) -> None:
    (release / "empty.eml").write_bytes(b"")
    (release / "also empty.pdf").write_bytes(b"")
    (release / "broken.pdf").write_bytes(b"%PDF-1.4\nnot a pdf at all")
    (release / "noise.bin").write_bytes(bytes(range(256)) * 40)
    (release / "cut.mbox.gz").write_bytes(gzip.compress(b"From a@b Tue Mar  6 08:00:00 2018\nFrom: a@b\n\nhi\n")[:-9])
    os.mkfifo(release / "pipe")
    (release / "circle").symlink_to(release)
    (release / "dangling").symlink_to(release / "nowhere")
    outcome = ingest(Request(tmp_path / "c", (release,)))
    lines = list(problems(tmp_path / "c"))
    told = {problem.source.path for problem in lines}
    assert {
        "empty.eml",
        "also empty.pdf",
        "broken.pdf",
        "noise.bin",
        "cut.mbox.gz",
        "pipe",
        "circle",
        "dangling",
    } <= told
    assert all(len(problem.reason) > 15 for problem in lines)
    assert outcome.problems == len(lines) == sum(outcome.problems_by_cause.values())
    assert status(tmp_path / "c")["messages"] >= 14


def test_a_killed_run_goes_on_and_ends_in_the_same_corpus(release: Path, tmp_path: Path) -> None:
    for number in range(40):
        shutil.copy(release / "Lopez mailbox.mbox", release / f"copy{number:02}.mbox")
    whole = tmp_path / "whole"
    ingest(Request(whole, (release,), release="r", workers=2))
    killed = tmp_path / "killed"
    command = [sys.executable, "-m", "corpus_search", "--corpus", str(killed), "ingest", str(release), "--release", "r"]
    for pause in (1.2, 1.6, 2.0):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(pause)
        running.send_signal(signal.SIGKILL)
        running.wait()
    ingest(Request(killed, (release,), release="r", workers=1))
    assert digest(killed) == digest(whole)
    assert status(killed)["index"] == "fresh"


def test_two_writers_at_once(release: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    ingest(Request(corpus, (release,)))
    with writer_lock(corpus), pytest.raises(CorpusBusy, match="another run is writing"):
        ingest(Request(corpus, (release,)))
    assert status(corpus)["messages"] > 0


def test_a_strangers_folder_is_no_corpus(release: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFound, match="neither empty nor a corpus"):
        ingest(Request(release, (release,)))
    with pytest.raises(PathNotFound):
        ingest(Request(tmp_path / "c", (tmp_path / "gone",)))


def test_an_index_that_another_machine_made_is_not_opened(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "c"
    ingest(Request(corpus, (release,)))
    assert status(corpus)["index"] == "fresh"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "stranger"))
    assert status(corpus)["index"] == "none"
    update(corpus)
    assert status(corpus)["index"] == "fresh"


def test_verify_tells_a_changed_original(release: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    ingest(Request(corpus, (release,)))
    assert list(verify(corpus)) == []
    with (release / "Lopez mailbox.mbox").open("ab") as handle:
        handle.write(b"x")
    (release / "cover letter.txt").unlink()
    assert {check.what for check in verify(corpus)} == {
        "a released file is gone",
        "a released file is not what was read",
    }


def test_remove_takes_a_release_out(release: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    ingest(Request(corpus, (release / "production 2.zip",), release="first"))
    before = digest(corpus)
    ingest(Request(corpus, (release / "Lopez mailbox.mbox",), release="second"))
    remove(corpus, "second")
    assert digest(corpus) == before
    assert status(corpus)["releases"] == 1


def test_reread_reads_again(release: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    ingest(Request(corpus, (release,)))
    before = digest(corpus)
    assert ingest(Request(corpus, (release,), reread=True)).new == 4
    assert digest(corpus) == before


def test_plan_reads_nothing(release: Path, tmp_path: Path) -> None:
    lines = plan(Request(tmp_path / "c", (release,)))
    assert len(lines) == 4
    assert not (tmp_path / "c").exists()


def test_a_plan_counts_pages_and_tells_what_can_not_be_read(tmp_path: Path) -> None:
    prints = RELEASE.parent / "Orange Grove Sheriff 2019-02"
    lines = {line["path"]: line for line in plan(Request(tmp_path / "c", (prints,)))}
    assert (lines["OGCSO_emails_01.pdf"]["pages"], lines["OGCSO_emails_01.pdf"]["ocr_pages"]) == (15, 0)
    assert lines["OGCSO_emails_02 (scan).pdf"]["ocr_pages"] >= 1
    assert (lines["fax 06-19.tif"]["pages"], lines["fax 06-19.tif"]["ocr_pages"]) == (1, 1)
    assert "password" in lines["OGCSO_emails_04 (locked).pdf"]["trouble"]
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 40)
    (line,) = plan(Request(tmp_path / "c", (tmp_path / "r",)))
    assert (line["format"], line["pages"], bool(line["trouble"])) == ("image", None, True)


def test_update_takes_a_researchers_pack_and_reads_no_released_file(release: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    ingest(Request(corpus, (release,), release="r"))
    shutil.rmtree(release)
    assert update(corpus) == 0
    pack = corpus / "packs" / "agencies.yaml"
    pack.parent.mkdir()
    pack.write_text(
        "agencies:\n- {id: RALPHS, name: Ralphs Security, groups: [police], names: [ralphs], "
        'finds: ["at the Ralphs lot"], ignores: ["ralph called"]}\n'
    )
    assert update(corpus) > 0
    tags = [tag.value for record in records(corpus) for tag in record.tags]
    assert "Ralphs Security" in tags
    pack.unlink()
    update(corpus)
    assert "Ralphs Security" not in [tag.value for record in records(corpus) for tag in record.tags]


def test_a_full_disk_is_told_and_loses_nothing(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "c"
    ingest(Request(corpus, (release / "production 2.zip",), release="r"))
    before = digest(corpus)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "add_record", full)
        with pytest.raises(StorageFull, match="make room and run the same command again"):
            ingest(Request(corpus, (release / "Lopez mailbox.mbox",), release="r"))
    assert {record.message.source.path for record in records(corpus)} == {"production 2.zip"}
    ingest(Request(corpus, (release / "Lopez mailbox.mbox",), release="r"))
    assert digest(corpus) != before
    assert {record.message.source.path for record in records(corpus)} == {"production 2.zip", "Lopez mailbox.mbox"}
