"""Notices that a system adds are looked for only where a word stands that they need: none is lost by that."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.packs.printed_pack import load_printed
from corpus_search.sources.printed.words import kinds_of, needed_pieces


@pytest.mark.parametrize("expression", load_printed().disclaimers)
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_whatever_an_expression_matches_holds_one_of_its_pieces(expression: str, data: st.DataObject) -> None:
    ascii_only = re.compile(expression, re.IGNORECASE | re.ASCII)
    text = data.draw(st.from_regex(ascii_only, fullmatch=True, alphabet=st.characters(max_codepoint=127)))
    assert any(piece in text.lower() for piece in needed_pieces(expression)), text


def test_most_expressions_need_a_word() -> None:
    assert [one for one in load_printed().disclaimers if "" in needed_pieces(one)] == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("This message contains confidential information intended only for the person named above.", "disclaimer"),
        ("THIS MESSAGE CONTAINS CONFIDENTIAL INFORMATION INTENDED ONLY FOR THE PERSON NAMED ABOVE.", "disclaimer"),
        ("This message contains “confidential” information intended only for the use of the person.", "disclaimer"),
        ("I think this is subject to the public records act, so call me instead of writing.", "own"),
        ("Please run the plate for me when you have a minute, and let me know what comes back.", "own"),
    ],
)
def test_notices_and_what_people_say(line: str, kind: str) -> None:
    assert kinds_of(["Thanks, see you at noon.", "", line])[2] == kind
