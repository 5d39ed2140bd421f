"""What is wrong with a request: what, where, what to do; the exit code; nothing on stdout."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from cli_support import Run

from corpus_search import cli
from corpus_search.errors import CorpusSearchError, ExitCode, PartMissing


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("search", "plat:7ABC123"), ["no field or kind 'plat'; did you mean plate:?", "  plat:7ABC123\n  ^^^^^"]),
        (("search", 'plate "open'), ["this quote is never closed", "\n        ^^^^^"]),
        (("search", "(plate"), ["this bracket is never closed"]),
        (("search", "date:soon"), ["'soon' is no date", "YYYY-MM-DD"]),
        (("search", "/[/"), ["not a regular expression", "RE2"]),
        (("search", ""), ["the query is empty"]),
        (("search", "a\n("), ["something is missing at the end of the query"]),
        (("search", "(a THEN b) c"), ["write a THEN b THEN c"]),
        (("search", "a", "--release", "none"), ["no release 'none'; this corpus has: Vista Mar PD 2019-03"]),
        (("search", "a", "--limit", "-1"), ["--limit"]),
        (("search", "a", "--sort", "size"), ["'score', 'date'"]),
        (("search", "plate", "--to", "hits.docx"), ["hits.docx: no export to .docx; use .csv or .jsonl"]),
        (("search", "plate", "--to", "/no/such/hits.csv"), ["can't be written (No such file or directory)", "--to"]),
        (("search",), ["Missing argument", "QUERY"]),
        (("tags", "--release", "none"), ["no release 'none'"]),
        (("tags", "--to", "tags"), ["no export to a file without ending"]),
        (("messages", "--release", "none"), ["no release 'none'"]),
        (("messages", "--kind", "letter"), ["'message', 'document', 'all'"]),
        (("status", "--release", "none"), ["no release 'none'"]),
        (("problems", "--release", "none"), ["no release 'none'"]),
        (("pairs", "--release", "none"), ["no release 'none'"]),
        (("remove", "none", "--yes"), ["no release 'none'"]),
        (("show", "nothing"), ["no message with the id"]),
        (("thread", "nothing"), ["nothing"]),
        (("copies", "nothing"), ["no message with the id"]),
        (("patterns", "run", "no_such"), ["no pattern 'no_such'; there are: ", "plate_lookup_for_ice"]),
        (("patterns", "run", "--to", "f.docx"), ["use .jsonl, .csv or .md"]),
        (("patterns", "check", "no-such.yaml"), ["no-such.yaml"]),
        (("packs", "check", "no-such.yaml"), ["No such file or directory: no-such.yaml"]),
        (("findings", "diff", "no.jsonl", "no.jsonl"), ["no.jsonl can't be read as findings"]),
        (("ingest", "no-such-folder"), ["no-such-folder", "does not exist"]),
        (("ingest",), ["Missing argument"]),
        (("try",), ["give the text to try, or - to read it from stdin"]),
        (("nonsense",), ["No such command 'nonsense'"]),
        (("--nonsense",), ["No such option"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_said(
    run: Run, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("--corpus", corpus, *arguments)
    assert done.code == 2
    assert done.out == ""
    for part in says:
        assert part in done.err, done.err
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "a"),
        ("messages",),
        ("tags",),
        ("show", "a"),
        ("thread", "a"),
        ("copies", "a"),
        ("patterns", "run"),
        ("pairs",),
        ("status",),
        ("problems",),
        ("releases",),
        ("remove", "a", "--yes"),
        ("verify",),
        ("update",),
    ],
    ids=lambda value: value[0],
)
def test_no_corpus(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run("--corpus", tmp_path / "none", *arguments)
    assert done.code == 2
    assert "no corpus in" in done.err
    assert "ingest" in done.err
    assert not (tmp_path / "none").exists()


def test_a_file_that_is_no_corpus(run: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus.sqlite3").write_bytes(b"no database" * 1000)
    done = run("--corpus", tmp_path, "status")
    assert done.code == 2
    assert str(tmp_path) in done.err or "corpus" in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "in" / "a.eml"
    file.parent.mkdir()
    file.write_text("x")
    file.chmod(0)
    done = run("--corpus", tmp_path / "corpus", "ingest", file.parent, "--workers", "1")
    assert done.code == 3
    (problem,) = run("--corpus", tmp_path / "corpus", "problems", "--json").lines
    assert problem["source"]["path"] == "a.eml"


def test_bytes_that_are_not_utf8(run: Run, corpus: Path) -> None:
    for arguments in (("show", "\udcff"), ("search", "/\udcff/"), ("search", 'id:"\udcff1"')):
        done = run("--corpus", corpus, *arguments)
        assert done.code == 2
        assert "not UTF-8" in done.err
    assert run("--corpus", corpus, "search", "\udcff").code == 2
    assert json.loads(run("try", "run \udcff7ABC123", "--json").out)["text"] == "run \udcff7ABC123"


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (CorpusSearchError("cannot\x1b[31m"), 2, "corpus-search: cannot\N{REPLACEMENT CHARACTER}[31m\n"),
        (PartMissing("install it with: pip install corpus-search[pst]"), 4, "pip install"),
        (OSError(errno.ENOSPC, "No space left on device", "/big"), 2, "No space left on device: /big"),
        (OSError("odd"), 2, "corpus-search: odd"),
        (KeyboardInterrupt(), 2, "nothing stored is lost"),
        (UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates"), 2, "not UTF-8"),
        (BrokenPipeError(), 0, ""),
    ],
)
def test_the_last_guard(
    run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, says: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("corpus_search.workflows.reporting.status", fail)
    if isinstance(error, BrokenPipeError):
        monkeypatch.setattr(cli, "_leave_quietly", lambda: cli._leave(ExitCode.DONE))
    done = run("--corpus", corpus, "status")
    assert done.code == code
    assert says in done.err


def test_a_fault_of_our_own(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], run: Run
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("surprise")

    monkeypatch.setattr("corpus_search.workflows.reporting.status", fail)
    monkeypatch.setattr("sys.argv", ["corpus-search", "--corpus", str(corpus), "status"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert "a fault of corpus-search itself (RuntimeError: surprise); what was stored is whole" in said
    assert "Traceback" not in said
    monkeypatch.setenv("CORPUS_SEARCH_DEBUG", "1")
    with pytest.raises(RuntimeError, match="surprise"):
        cli.main()
