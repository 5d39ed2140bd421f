"""Where a finding points when a message plays a part without words of note: to what it says, never to its header."""

from __future__ import annotations

import pytest

from corpus_search.model import Message, Record, Source, Zone, ZoneKind
from corpus_search.patterns.evidence_lines import gist
from corpus_search.patterns.sides import Turn

HEAD = "From: Kay Ruiz <kruiz@vistamarpd.example>\nTo: Mario.Salas@ice.dhs.gov\n"
NAMES = "Attachments: booking_2013.pdf\n"


@pytest.mark.parametrize(
    ("parts", "pointed"),
    [
        ((("header", HEAD), ("own", "\nYes.\n"), ("signature", "Kay Ruiz\n")), "Y"),
        ((("header", HEAD + NAMES), ("own", "Yes.\n")), "Y"),
        ((("header", HEAD + NAMES), ("own", "\n"), ("signature", "Kay Ruiz\n")), NAMES.strip()),
        ((("header", HEAD), ("signature", "His cell is 831-555-0177\n")), "H"),
        ((("header", HEAD), ("quoted", "Can you run it?\n")), "C"),
        ((("header", HEAD), ("own", "\n \n")), None),
        ((("header", HEAD), ("disclaimer", "This mail is confidential.\n")), None),
    ],
)
def test_what_a_message_is_cited_by(parts: tuple[tuple[ZoneKind, str], ...], pointed: str | None) -> None:
    zones, text = [], ""
    for kind, words in parts:
        zones.append(Zone(kind, len(text), len(text) + len(words)))
        text += words
    message = Message("m", "message", "r", Source("f", None, "", "mbox"), (), text, tuple(zones))
    spans = gist(Turn(Record(message), "local", frozenset({"immigration"})))
    assert [text[span.start : span.end] for span in spans] == ([] if pointed is None else [pointed])
