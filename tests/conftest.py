"""What tests share: a corpus made of the fixtures once a session, and where the real material is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The key that signs indexes is made in a folder of the tests' own."""
    before = os.environ.get("XDG_STATE_HOME")
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))
    yield
    if before is None:
        os.environ.pop("XDG_STATE_HOME")
    else:
        os.environ["XDG_STATE_HOME"] = before


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the mail fixtures. Only to be read."""
    from corpus_search.workflows.ingest import Request, ingest

    folder = tmp_path_factory.mktemp("corpus") / "vista"
    ingest(Request(folder, (FIXTURES / "releases" / "Vista Mar PD 2019-03",), workers=1))
    return folder


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real released mail; tests that need it are skipped where it is not there."""
    folder = Path(os.environ.get("CORPUS_SEARCH_REAL_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no real material here: set CORPUS_SEARCH_REAL_DATA")
    return folder
