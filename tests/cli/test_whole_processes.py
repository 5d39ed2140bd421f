"""What only a process of its own shows: pipes, full disks, closed streams, locales, terminals, help at once."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "corpus_search"]
HEAVY = (
    "spacy",
    "whoosh",
    "sqlite3",
    "pypdfium2",
    "tesserocr",
    "mailparser",
    "selectolax",
    "re2",
    "yaml",
    "multiprocessing",
)


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line.replace("corpus-search", f"{sys.executable} -m corpus_search", 1)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk(corpus: Path) -> None:
    done = shell(f"corpus-search --corpus '{corpus}' messages --json > /dev/full")
    assert done.returncode == 2
    assert done.stderr == "corpus-search: No space left on device\n"


def test_closed_streams(corpus: Path) -> None:
    assert shell(f"corpus-search --corpus '{corpus}' status >&-").stderr == ""
    assert shell(f"corpus-search --corpus '{corpus}' search zzzz >&- 2>&- <&-").returncode == 1


def test_another_locale_changes_nothing(corpus: Path) -> None:
    line = f"corpus-search --corpus '{corpus}' search plate --limit 1"
    usual = shell(line).stdout
    assert "→" in usual
    assert shell(line, PYTHONIOENCODING="ascii").stdout == usual
    assert shell(line, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0").stdout == usual


def test_a_terminal_gets_colour(corpus: Path) -> None:
    main, side = pty.openpty()
    try:
        subprocess.run(
            [*COMMAND, "--corpus", str(corpus), "search", "7XKD204", "--limit", "1"],
            stdout=side,
            stderr=subprocess.DEVNULL,
            check=True,
            env={name: value for name, value in os.environ.items() if name != "NO_COLOR"},
        )
        assert b"\x1b[1;33m7XKD204\x1b[0m" in os.read(main, 100_000)
    finally:
        os.close(main)
        os.close(side)


def test_help_loads_nothing_heavy() -> None:
    code = f"import sys, corpus_search.cli.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_search_loads_no_model(corpus: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom corpus_search.workflows.searching import search\n"
        "search(Path(sys.argv[1]), 'plate')\n"
        "print([name for name in ('spacy', 'pypdfium2', 'tesserocr', 'mailparser') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(corpus)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_completion() -> None:
    environment = {
        "_CORPUS_SEARCH_COMPLETE": "complete_bash",
        "COMP_WORDS": "corpus-search se",
        "COMP_CWORD": "1",
    }
    code = "import sys; sys.argv = ['corpus-search']; from corpus_search.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    assert done.stdout.split() == ["search"]
    assert done.stderr == ""


def test_json_is_utf8_and_one_object_a_line(corpus: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "--corpus", str(corpus), "search", "plate", "--json"], capture_output=True, check=True
    )
    for line in done.stdout.decode("utf-8").splitlines():
        assert isinstance(json.loads(line), dict)
    assert done.stderr == b""
