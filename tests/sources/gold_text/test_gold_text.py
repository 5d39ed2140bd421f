from __future__ import annotations

from pathlib import Path

import pytest
from gold.digests import digest_party, digest_text
from gold.score import Score

from corpus_search.model import Message, Party, Place, Source
from gold_text.score import (
    documents,
    f1,
    files_by_hash,
    is_held,
    labels,
    read_messages,
    score_pages,
    score_quoted,
    total,
)

SOURCE = Source("x.txt", None, "0" * 64, "text")


@pytest.mark.parametrize("name", ["pruitt", "clinton"])
def test_forty_are_labelled_and_a_part_is_held(name: str) -> None:
    held = [label for label in labels(name) if is_held(label)]
    assert len(labels(name)) == 40
    assert 10 <= len(held) <= 20


def test_scoring_of_pages_is_not_blind() -> None:
    label = {
        "top": True, "from": digest_party("a@b.gov"), "to": [digest_party("Kay Doe")], "cc": None,
        "date": "2013-05-24T08:53", "subject": digest_text("Plates"), "unsure": 0,
    }  # fmt: skip
    page = {"sha256": "0" * 64, "bates": "000013", "messages": [label]}
    empty = {"sha256": "0" * 64, "bates": "000014", "messages": []}
    good = _message("000013", date="2013-05-24T08:53:00", to=(Party(name="Doe, Kay"),))
    late = _message("000013", date="2013-05-25T08:53:00", to=(Party(name="Doe, Kay"),))
    stray = _message("000014", date="2013-05-24T08:53:00")

    best = score_pages("x", [page, empty], [good])
    assert f1(best, "message") == best.fields() == 1
    assert not best.misses
    assert score_pages("x", [page, empty], [good, stray]).precision("message") == 0.5
    assert score_pages("x", [page, empty], [late]).recall("date") == 0
    assert score_pages("x", [page, empty], []).recall("message") == 0


def test_scoring_of_quoted_messages_is_not_blind() -> None:
    label = {"document": "x", "quoted": [[[digest_party("a@b.gov")], "2013-05-24T08:53"]]}
    good = _message("1", date="2013-05-24T08:53:00", quoted=True)
    other = _message("1", date="2013-05-24T08:54:00", quoted=True)
    assert f1(score_quoted(label, [good]), "quoted") == 1
    assert f1(score_quoted(label, [other]), "quoted") == 0
    assert score_quoted(label, [good, other]).precision("quoted") == 0.5


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("held", [False, True])
def test_pages_of_a_text_release_come_out_as_labelled(real_data: Path, held: bool) -> None:
    here = files_by_hash(real_data)
    wanted = [label for label in labels("pruitt") if is_held(label) == held]
    files = sorted({label["sha256"] for label in wanted} & here.keys())
    if not files:
        pytest.skip("none of the labelled files is here")
    scores = []
    for sha256 in files:
        pages = [label for label in wanted if label["sha256"] == sha256]
        scores.append(score_pages(here[sha256].name, pages, read_messages(here[sha256])))
    result = total(scores)
    _tell(result, held)
    assert f1(result, "message") >= 0.9
    assert result.fields() >= 0.88


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("held", [False, True])
def test_quoted_messages_of_documents_come_out_as_labelled(real_data: Path, tmp_path: Path, held: bool) -> None:
    scores = []
    for label, data in documents(real_data, [label for label in labels("clinton") if is_held(label) == held]):
        file = tmp_path / f"{label['document']}.txt"
        file.write_bytes(data)
        scores.append(score_quoted(label, read_messages(file)))
    if not scores:
        pytest.skip("the labelled release is not here")
    result = total(scores)
    _tell(result, held)
    assert f1(result, "quoted") >= 0.95


def _message(
    bates: str, *, date: str, to: tuple[Party, ...] = (), quoted: bool = False, sender: str = "a@b.gov"
) -> Message:
    return Message(
        date, "message", "R", SOURCE, (Place("page", 1, bates),), "", (), date=date, quoted=quoted,
        sender=Party(address=sender), to=to, subject="Plates",
    )  # fmt: skip


def _tell(result: Score, held: bool) -> None:
    """Print the counts; the misses only of those that are not held."""
    for what in result.wanted:
        print(f"{what}: {result.right[what]}/{result.wanted[what]}, {result.extra[what]} too many")
    for what in {"message", "quoted"} & result.wanted.keys():
        print(f"F1 of {what}: {f1(result, what):.3f}")
    if "from" in result.wanted:
        print(f"fields: {result.fields():.3f}")
    if not held:
        print(*result.misses, sep="\n")
