"""The command line as a user meets it, run in this process: arguments in; exit code, stdout and stderr out."""

from __future__ import annotations

import gc
import io
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_support import Done, Run

from corpus_search import cli


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    thresholds, on_interrupt = gc.get_threshold(), signal.getsignal(signal.SIGINT)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("CORPUS_SEARCH_CORPUS", raising=False)
    monkeypatch.delenv("CORPUS_SEARCH_DEBUG", raising=False)

    def run_it(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["corpus-search", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main()
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        assert "a fault of corpus-search itself" not in shown.err
        return Done(int(left.value.code or 0), shown.out, shown.err)

    yield run_it
    gc.set_threshold(*thresholds)
    signal.signal(signal.SIGINT, on_interrupt)


MAIL = """From: Salas, Mark R <Mark.R.Salas@ice.dhs.gov>
To: Lopez, Andrew <alopez@ocsd.org>
Subject: plate\x1b[31m
Date: Tue, 6 Mar 2018 08:12:00 -0800
Message-ID: <1@ice.dhs.gov>

Andy, can you run 7XKD204 for us? \x1b[2J
"""


@pytest.fixture
def odd_release(tmp_path: Path) -> Path:
    """A folder with a mail that holds escape sequences, a broken PDF and an empty file."""
    folder = tmp_path / "OCSD 2019-02"
    folder.mkdir()
    (folder / "one.eml").write_text(MAIL, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "empty.eml").write_bytes(b"")
    return folder
