"""Text made to keep a regular expression busy is read in time that grows with its length alone."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from corpus_search.sources.headers import unfold
from corpus_search.sources.printed.marks import without_mark
from corpus_search.sources.transfer import decode_base64

BLANKS = " " * 500_000


@pytest.mark.parametrize(
    ("read", "gives"),
    [
        (lambda: unfold(f"a{BLANKS}b\tc".encode()), f"a{BLANKS}b c"),
        (lambda: unfold(b"a \t\r\n \r\n\tb"), "a  b"),
        (lambda: without_mark(f"x{BLANKS}y"), (f"x{BLANKS}y", [])),
        (lambda: decode_base64(b"YQ==" + b"= " * 200_000 + b"-"), b"a"),
        (lambda: decode_base64(b"YQ==\nYg=="), b"ab"),
    ],
    ids=["header", "folds", "mark", "padding", "padded lines"],
)
def test_runs_of_blanks_and_paddings(read: Callable[[], object], gives: object) -> None:
    begun = time.process_time()
    assert read() == gives
    assert time.process_time() - begun < 60  # going back from each sign would take hours
