"""The cheap look never loses a tag: wherever the finder finds an agency, the look says that it may."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import example, find, given, settings
from hypothesis import strategies as st

from corpus_search.packs.agency_kinds import load_kinds
from corpus_search.packs.agency_pack import load_agencies
from corpus_search.tagging.agencies import AgencyFinder

LABELLED = Path(__file__).parents[2] / "fixtures" / "labelled" / "sentences" / "open.jsonl"
AGENCIES = load_agencies().agencies
PIECES = sorted(
    {name for one in AGENCIES for name in (*one.names[:2], *one.exact, *(d.text for d in one.doubtful))}
    | {text for kind in load_kinds().kinds for text in (*kind.full, *kind.short, *kind.of)}
    | {
        "ice",
        "ICE",
        "1CE",
        "lCE",
        "immigration",
        "lmmigration",
        "imigration",
        "I C E",
        "told",
        "agent",
        "officer",
        "hold",
    }
    | {
        "Anaheim",
        "Kern",
        "County",
        "Co.",
        "MA",
        "Orange",
        "Santa Ana",
        "Texas",
        "of",
        "NOPD",
        "HCSO",
        "SFDA",
        "jail",
        "called",
    }
)
WORDS = st.sampled_from(
    ["the", "and", "please", "meeting", "budget", "\n", "\n> ", "/", ", ", ". ", "  ", "’s", "(", ")", "-"]
)


def damaged(text: str) -> st.SearchStrategy[str]:
    """A text as it is, and as OCR or haste may leave it."""
    swaps = (
        ("m", "rn"),
        ("I", "l"),
        ("l", "1"),
        ("o", "0"),
        ("O", "0"),
        ("'", "’"),
        ("'s", " s"),
        (" ", ""),
        (" ", "\n"),
        (" ", "  "),
    )
    forms = {text, text.upper(), text.title(), text.lower(), text[:-1], text[:3] + text[4:], text[:3] + text[2:]}
    forms |= {text.title().replace(*swap) for swap in swaps} | {text.upper().replace(*swap) for swap in swaps}
    return st.sampled_from(sorted(form for form in forms if form))


TEXTS = st.lists(st.one_of(st.sampled_from(PIECES).flatmap(damaged), WORDS), min_size=1, max_size=7).flatmap(
    lambda parts: st.sampled_from([" ".join(parts), "".join(parts)])
)


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
@example("ACStheCo  Doc")
def test_it_never_loses_a_tag(agencies: AgencyFinder, text: str) -> None:
    if agencies.find(text).found:
        assert agencies.may_hold(text)


def test_the_texts_drawn_do_hold_agencies(agencies: AgencyFinder) -> None:
    find(TEXTS, lambda text: len(agencies.find(text).found) >= 2)


def test_nor_in_labelled_sentences(agencies: AgencyFinder) -> None:
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        assert not agencies.find(text).found or agencies.may_hold(text), text


def test_it_spares_ordinary_mail(agencies: AgencyFinder) -> None:
    ordinary = (
        "Hi all, the weekly meeting moves to Thursday. Please send me your numbers for the budget by noon, thanks.",
        "The patch applies cleanly and the tests pass on my machine; I'll push it tonight.",
        "so we think that so far it is fine",
    )
    assert not any(map(agencies.may_hold, ordinary))


def test_initials_run_together_with_the_next_word_are_seen(agencies: AgencyFinder) -> None:
    for text in ("I.C.E.the", "held for I.C.E.He left"):
        assert agencies.find(text).found
        assert agencies.may_hold(text)
