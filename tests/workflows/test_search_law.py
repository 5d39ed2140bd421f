"""The law: a search with the index and one without it give the same hits, in the same order, with the same scores.

Queries are drawn from the records themselves, so that most are real hits; a last test shows that they were.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_search.model import Record
from corpus_search.query.words import tokens
from corpus_search.workflows.reporting import records, status
from corpus_search.workflows.searching import search

tried = {"all": 0, "hits": 0}


@pytest.fixture(scope="module")
def held(corpus: Path) -> list[Record]:
    return list(records(corpus))


def both(corpus: Path, query: str, *, by_date: bool = False) -> int:
    """Search both ways, compare, and return how many hits there are."""
    with_index = search(corpus, query, limit=0, by_date=by_date)
    without = search(corpus, query, limit=0, by_date=by_date, use_index=False)
    shown = [(hit.record.message.id, hit.score, hit.reasons) for hit in with_index.hits]
    assert shown == [(hit.record.message.id, hit.score, hit.reasons) for hit in without.hits], query
    assert with_index.total == without.total
    return with_index.total


def test_the_corpus_has_an_index(corpus: Path) -> None:
    assert status(corpus)["index"] == "fresh"


@pytest.mark.parametrize(
    "query",
    [
        "plate",
        "7XKD204",
        "7xkd204 OR 6TPV871",
        '"one for you"',
        "plate NEAR/3 ran",
        "run BEFORE/4 RO",
        "*late*",
        "plat*",
        "Tacma~",
        r"/7XKD ?204/",
        r"/(?i:reg to|RO is)/",
        r"/\d{3} \w+/",
        "own:plate",
        "own:(plate -swap)",
        "header:salas",
        "from:salas",
        "from:(agency:immigration)",
        "to:(agency:police OR lopez)",
        "-from:salas",
        "NOT plate",
        "date:2018-03",
        "date:>2018-03 plate",
        "plate:7XKD204",
        "plate:7XK?204",
        "plate:7XKD2O4~",
        "plate:*",
        "agency:ICE",
        "agency:immigration own:plate",
        "lookup:request",
        "subject:plate",
        "subject:(plate OR jail)",
        "attachment:*.pdf",
        "attachment:dl",
        "has:attachment",
        "source:lopez",
        "release:vista",
        "within:yes",
        "page:1",
        "confidence:>0.5",
        "plate NEAR/8 plate:7XKD204",
        "from:(agency:immigration) THEN own:lookup:result",
        "from:salas THEN/1d from:lopez THEN/1d from:salas",
        "plate AND (run OR reg) AND NOT ralphs",
        "zzzz",
    ],
)
@pytest.mark.parametrize("by_date", [False, True])
def test_every_form_of_query(corpus: Path, query: str, by_date: bool) -> None:
    tried["all"] += 1
    tried["hits"] += both(corpus, query, by_date=by_date) > 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_queries_drawn_from_the_records(corpus: Path, held: list[Record], data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(held))
    found = list(tokens(record.message.text))
    at = data.draw(st.integers(0, max(0, len(found) - 6)))
    words = [token.term for token in found[at : at + 6] if token.term]
    if not words:
        return
    one = data.draw(st.sampled_from(words))
    query = data.draw(
        st.sampled_from(
            [
                one,
                " ".join(words[:3]),
                f'"{" ".join(words[:2])}"',
                f"{words[0]} NEAR/6 {words[-1]}",
                f"{words[0]} BEFORE/6 {words[-1]}",
                f"{one[:3]}*",
                f"own:{one}",
                f"header:{one}",
                f"{one} -{words[0]}",
                f"({one} OR nothing) NOT zzzz",
                f"{one} date:2018",
                f"/(?i:{one})/",
                f"{one} THEN {words[0]}",
            ]
        )
    )
    query = " ".join(f'"{word}"' if word.upper() in ("AND", "OR", "NOT", "THEN") else word for word in query.split(" "))
    tried["all"] += 1
    tried["hits"] += both(corpus, query) > 0


def test_most_queries_were_real_hits() -> None:
    assert tried["hits"] > 0.7 * tried["all"] > 20
