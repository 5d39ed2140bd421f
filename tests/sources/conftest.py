from __future__ import annotations

import os
from pathlib import Path

import pytest
from reading_support import Read, read_file

from corpus_search.model import Reading, Source
from corpus_search.sources.nested import open_within
from corpus_search.sources.reading import Budget, Origin


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Bytes (or text) as a file of this name, through the one door."""

    def do(data: bytes | str, name: str = "file") -> Reading:
        file = tmp_path / name
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_file(file)

    return do


@pytest.fixture
def origin() -> Origin:
    """Where bytes in memory come from."""
    return Origin(Source("file", None, "00" * 32, ""), "R", open_within, Budget(1 << 30))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real released mail; the test is skipped where it is absent."""
    default = Path(__file__).resolve().parents[3] / "shared" / "data"
    folder = Path(os.environ.get("CORPUS_SEARCH_REAL_DATA", default))
    if not folder.is_dir():
        pytest.skip("no real data here")
    return folder
