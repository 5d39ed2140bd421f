"""Cheap looks at a line: they never say no where the search that they spare would find something."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, find, given, settings
from hypothesis import strategies as st

from corpus_search.packs.printed_pack import load_printed
from corpus_search.sources.printed import contacts, labels
from corpus_search.sources.printed.announcements import separator_end

LABELS = [
    "From",
    "Front",
    "Sent",
    "To",
    "Cc",
    "CC",
    "Bcc",
    "BCC",
    "Subject",
    "Attachments",
    "DATE",
    "Reply-To",
    "Email CC",
]
BESIDE = [":", " : ", ";", "：", "  ", "\t", "\xa0", " ", "", "> ", "“", "* ", "://"]
OTHERS = ["Monday, May 2", "Roe, Kay", "kroe@x.gov", "RE: the car", "8:12 AM", "é", "]", "--", "the", "12"]
FIELDS = [f"{label}: " for label in LABELS]
LINES = st.lists(st.sampled_from([*LABELS, *FIELDS, *BESIDE, *BESIDE, *OTHERS]), min_size=1, max_size=10).map("".join)


@settings(max_examples=1500, deadline=None)
@given(LINES)
def test_labels(line: str) -> None:
    if labels._BARE.match(line, 0, 160) or labels._REACHED.match(line, 0, 200):
        assert labels._MAY_BE_BARE.match(line)
    if labels._CELL.match(line, 0, 160):
        assert any(gap in line for gap in labels._GAPS)
    if labels._COLON.match(line, 0, 160):
        assert any(mark in line for mark in ":;：")
    if labels._GLUED.search(line):
        assert any(label in line for label in labels._ENDS)
    if len(list(labels._inner().finditer(line))) > 1:
        assert labels._has_several(line)


def test_the_lines_drawn_do_hold_labels() -> None:
    find(LINES, lambda line: len(labels.inner_labels(line)) > 1)
    find(LINES, lambda line: labels._BARE.match(line) is not None and labels._CELL.match(line) is not None)


@given(
    st.sampled_from(sorted(load_printed().separators)),
    st.sampled_from([str.upper, str.title, str.capitalize, str]),
    st.sampled_from(["-----", "--- ", "", "> ", " \t", "***", "— "]),
    st.sampled_from(["-----", "", ":", "     B6", "   (b)(6)", " ---"]),
)
def test_announcements(words: str, cased: type[str], before: str, after: str) -> None:
    line = f"{before}{cased(words)}{after}"
    assume(len(line.strip(" \t\xa0")) > 4 and words.strip())
    assert separator_end([line], 0) == 1


@pytest.mark.parametrize(
    ("sought", "look"),
    [
        (contacts._CONTACT, contacts._MARK),
        (contacts._PLACE, contacts._DIGIT),
        (contacts._PHONE, contacts._DIGIT),
        (contacts._EXTENSION, contacts._DIGIT),
        (contacts._MAIL, re.compile("[.:]")),
    ],
)
def test_contacts(sought: re.Pattern[str], look: re.Pattern[str]) -> None:
    @given(st.from_regex(sought, fullmatch=True))
    def holds(text: str) -> None:
        assert look.search(text)

    holds()
