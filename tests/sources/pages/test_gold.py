from __future__ import annotations

from pathlib import Path

import pytest
from gold.digests import digest_party, digest_text
from gold.score import Score, files_by_hash, is_held, labels, score

from corpus_search.model import Message, Party, Place, Source


def test_labels_hold_both_kinds_and_a_third_is_held() -> None:
    held = [sha256 for sha256, _ in labels() if is_held(sha256)]
    assert 0.2 < len(held) / len(labels()) < 0.45
    assert sum(bool(messages) for _, messages in labels()) >= 30
    assert sum(not messages for _, messages in labels()) >= 15


@pytest.mark.parametrize(
    ("one", "other"),
    [("Doe, Jane (BEGA)", "jane doe bega"), ("Jane@City.gov ", "jane@city.gov"), ("█", "")],
)
def test_the_same_party_has_one_digest(one: str, other: str) -> None:
    assert digest_party(one) == digest_party(other)


def test_a_subject_counts_by_its_letters() -> None:
    assert digest_text("Re: the plate") == digest_text("RE:the  Plate") != digest_text("the plate")


def test_scoring_is_not_blind(monkeypatch: pytest.MonkeyPatch) -> None:
    label = {
        "pages": [1, 2], "member": None, "from": digest_party("a@b.gov"), "to": [digest_party("c@d.gov")], "cc": [],
        "bcc": [], "date": "2018-03-06T08:12", "subject": digest_text("plate"), "redactions": 0, "attachments": 0,
        "quoted": [[digest_party("c@d.gov"), "2018-03-06T08:00"]],
    }  # fmt: skip
    source = Source("x.pdf", None, "0" * 64, "pdf")
    good = Message(
        "1", "message", "R", source, (Place("page", 1), Place("page", 2)), "", (), date="2018-03-06T08:12:00",
        sender=Party(address="A@b.gov"), to=(Party(address="c@d.gov"),), subject="Plate",
    )  # fmt: skip
    quoted = Message("2", "message", "R", source, (Place("page", 2),), "", (), "1", True, "2018-03-06T08:00:00",
                     sender=Party(address="c@d.gov"))  # fmt: skip
    wrong = Message("3", "message", "R", source, (Place("page", 3),), "", ())

    def of(read: list[Message]) -> Score:
        monkeypatch.setattr("gold.score.read_pdf", lambda file, sha256: read)
        return score([(Path("x.pdf"), "0" * 64, [label])])

    best = of([good, quoted])
    assert best.recall("message") == best.precision("message") == best.fields() == best.recall("quoted") == 1
    assert not best.misses
    assert of([good, quoted, wrong]).precision("message") == 0.5
    assert of([wrong]).recall("message") == 0
    assert of([good]).recall("quoted") == 0


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("held", [False, True])
def test_real_print_outs_come_out_as_labelled(real_data: Path, held: bool) -> None:
    here = files_by_hash(real_data)
    these = [(sha256, wanted) for sha256, wanted in labels() if sha256 in here and is_held(sha256) == held]
    files = [(here[sha256], sha256, wanted) for sha256, wanted in these]
    if not files:
        pytest.skip("none of the labelled files is here")
    result = score(files)
    for what in result.wanted:
        print(f"{what}: {result.right[what]}/{result.wanted[what]}, {result.extra[what]} too many")
    if not held:
        print(*result.misses, sep="\n")
    assert result.recall("message") >= 0.97
    assert result.precision("message") >= 0.98
    assert result.fields() >= 0.97
    recall, precision = result.recall("quoted"), result.precision("quoted")
    assert 2 * recall * precision / max(0.01, recall + precision) >= 0.95
