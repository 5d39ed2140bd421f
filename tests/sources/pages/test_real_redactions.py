"""Failed redactions in real court files (x-ray's own test files): every one found, at most one false alarm."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_support import read
from reading_support import unit_of

from corpus_search.sources import pdf

pytestmark = pytest.mark.real
FAILED = {
    "rectangles_yes.pdf": 3,
    "rectangles_yes_2.pdf": 1,
    "bad_cross_hatched_redactions.pdf": 16,
}
MOST_FALSE_ALARMS = 1  # files


def told(file: Path) -> int:
    runs = [pdf.read_pages(one) for one in pdf.cut(unit_of(file))]
    return sum(problem.kind == "failed redaction" for run in runs for problem in run.problems)


@pytest.fixture(scope="module")
def files(real_data: Path) -> list[Path]:
    found = sorted((real_data / "pdf-redaction").rglob("*.pdf"))
    if not found:
        pytest.skip("no court files here")
    return found


def test_every_failed_redaction_is_found(files: list[Path]) -> None:
    assert {file.name: told(file) for file in files if file.name in FAILED} == FAILED


def test_good_redactions_are_no_failed_ones(files: list[Path]) -> None:
    alarms = [file.name for file in files if file.name not in FAILED and told(file)]
    assert len(alarms) <= MOST_FALSE_ALARMS, alarms


def test_released_mail_raises_no_alarm(real_data: Path, tmp_path: Path) -> None:
    for file in sorted((real_data / "foia-email").rglob("*.pdf")):
        _, problems = read(tmp_path, file.read_bytes())
        assert not [problem for problem in problems if problem.kind == "failed redaction"], file.name
