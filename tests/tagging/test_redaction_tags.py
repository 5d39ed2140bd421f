from __future__ import annotations

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from corpus_search.model import Redaction
from corpus_search.tagging.redactions import _MARK, find_boxes, find_marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("call (b)(6); (b)(7)(C) at five", [("(b)(6); (b)(7)(C)", "(b)(6); (b)(7)(C)")]),
        ("(b) (6), (b) (7)(C)", [("(b) (6), (b) (7)(C)", "(b) (6), (b) (7)(C)")]),
        ("(bX6)", [("(bX6)", "(bX6)")]),
        ("(b)(6);(b)(7XC)", [("(b)(6);(b)(7XC)", "(b)(6);(b)(7XC)")]),
        ("lb)(6)", [("lb)(6)", "lb)(6)")]),
        ("b6 b7C", [("b6 b7C", "b6 b7C")]),
        ("the b7E screen", [("b7E", "b7E")]),
        ("From:\nB6\nTo:", [("B6", "B6")]),
        ("[REDACTED]", [("[REDACTED]", None)]),
        ("[Redacted - PII]", [("[Redacted - PII]", None)]),
        ("[REDACTED - GC 6254(f)]", [("[REDACTED - GC 6254(f)]", "GC 6254(f)")]),
        ("is REDACTED here", [("REDACTED", None)]),
        ("plate ████ CA", [("████", None)]),
        ("███ (b)(7)(E)", [("███", "(b)(7)(E)")]),
        ("████ (Gov. Code 7923.600)", [("████", "Gov. Code 7923.600")]),
        ("[GC 6254(f)] called", [("[GC 6254(f)]", "GC 6254(f)")]),
        ("[Outside scope] and [NR]", [("[Outside scope]", None), ("[NR]", "NR")]),
        ("seen by [18 U.S.C. 2721; DPPA] at", [("[18 U.S.C. 2721; DPPA]", "18 U.S.C. 2721; DPPA")]),
        ("to (k)(2), (j)(2) here", [("(k)(2), (j)(2)", "(k)(2), (j)(2)")]),
        ("(b)(6) (b)(7)(C)", [("(b)(6) (b)(7)(C)", "(b)(6) (b)(7)(C)")]),
        ("so:\nPage withheld\n", [("Page withheld", None)]),
        ("so:\nXXXXX\nthen", [("XXXXX", None)]),
        ("[sic] [12] [RE: the car] [mailto:a@b.gov] [IT]", []),
        ("5 USC 552a(k)(2)", []),
        ("5 USC 552(b)(6)", []),
        ("vitamin B6", []),
        ("he was redacted from the list", []),
        ("options (b) and (6)", []),
    ],
)
def test_marks_with_their_codes(text: str, marks: list[tuple[str, str | None]]) -> None:
    assert [(text[one.start : one.end], one.value) for one in find_marks(text)] == marks


def test_boxes_keep_their_codes() -> None:
    [one] = find_boxes((Redaction(3, 4, "(b)(6)"),))
    assert (one.kind, one.value, one.start, one.end) == ("redaction", "(b)(6)", 3, 4)


WHOLE = [
    "(b)(6)",
    "(bX6)",
    "lb)(6)",
    "b7E",
    "b6 b7C",
    "B6",
    "B3",
    "1.4 (B)",
    "(k)(2)",
    "[REDACTED]",
    "REDACTED",
    "████",
]
SAID = ["Page withheld", "Withheld in Full", "Non-Responsive", "Outside of Scope", "XXXXX", "[Sealed]", "(Privileged)"]
SAID += ["[PII]", "Redacted - PII", "[NR]", "[DPPA]", "(withheld, GC 6254)", "NOT"]
PIECES = st.sampled_from([*WHOLE, *SAID, "[", "]", "(", "the", "job", "\n", "k", "14", "é", "="])
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", "", "\n"])).map("".join), max_size=6).map("".join)


@settings(max_examples=800, deadline=None)
@given(TEXTS)
def test_the_cheap_look_loses_no_mark(text: str) -> None:
    found = [(one.start, one.end) for one in find_marks(text)]
    for mark in _MARK.finditer(text):
        assert any(start < mark.end() and mark.start() < end for start, end in found)


def test_the_texts_drawn_do_hold_marks() -> None:
    find(TEXTS, lambda text: len(list(find_marks(text))) >= 3)
