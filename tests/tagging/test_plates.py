"""Plates in mail: values, groups and spans; and for what stated reason a look-alike is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, find, given, settings
from hypothesis import strategies as st

from corpus_search.errors import PackError
from corpus_search.tagging.plates import PlateFinder, load
from corpus_search.tagging.plates.rules import rules_from


@pytest.fixture(scope="module")
def plates() -> PlateFinder:
    return load()


@pytest.mark.parametrize(
    ("text", "written", "value", "groups"),
    [
        ("Montana plate 4-12345A", "4-12345A", "412345A", {"us-mt"}),
        ("Baja plate AKT-418-B, green Sentra", "AKT-418-B", "AKT418B", {"mx-bc"}),
        ("Coahuila plates FGT-441-C on the Suburban", "FGT-441-C", "FGT441C", {"mx"}),
        ("Quebec plate K41 BTR", "K41 BTR", "K41BTR", {"can-qc"}),
        ("plate TX-ABC1234", "ABC1234", "ABC1234", {"us-tx"}),
        ("her plate is 8KRW-\n770 and she works nights", "8KRW-\n770", "8KRW770", set()),
        ("plate 8 King Tom George 2 2 8", "8 King Tom George 2 2 8", "8KTG228", {"phonetic"}),
        ("PA tag is Lima Kilo Victor 4481", "Lima Kilo Victor 4481", "LKV4481", {"us-pa", "phonetic"}),
        ("Witness only got 7R?K of the plate", "7R?K", "7R?K", {"partial"}),
        ("last four 4418 on the plate, unk state", "4418", "4418", {"partial"}),
        ("first three of the plate: 8JP", "8JP", "8JP", {"partial"}),
        ("partial plate 8KL, dark Tahoe", "8KL", "8KL", {"partial"}),
        ("Please run license plate (b)(7)(C) for us", "(b)(7)(C)", None, {"redacted"}),
        ("Can you run █? CA plate", "█", None, {"redacted"}),
        ('CA personalized plate "LUVGOLF"', "LUVGOLF", "LUVGOLF", {"us-ca"}),
        ("CA LIC# 8BOO112", "8BOO112", "8BOO112", {"us-ca"}),
        ("CA plate 7A8CI23", "7A8CI23", "7ABC123", {"us-ca"}),
        ("can u run 7abc123", "7abc123", "7ABC123", set()),
    ],
)
def test_what_is_found(plates: PlateFinder, text: str, written: str, value: str | None, groups: set[str]) -> None:
    [one] = plates.find(text).found
    assert (text[one.start : one.end], one.value, set(one.groups)) == (written, value, groups)
    assert one.why


def test_lists_share_a_cue_and_a_state(plates: PlateFinder) -> None:
    found = plates.find("plates: 7ABC123, LKM-4821, 6XYZ987 all CA").found
    assert next((one.value, one.groups) for one in found) == ("7ABC123", ("us-ca",))
    assert [one.value for one in found] == ["7ABC123", "LKM4821", "6XYZ987"]
    states = plates.find("XKT 2281 TX, 8LKB220 CA, BCD1187 AZ: all clear").found
    assert [one.groups for one in states] == [("us-tx",), ("us-ca",), ("us-az",)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("plate on suspect vehicle PC 459", "form of a statute"),
        ("case no 7ABC123", "case"),
        ("bkg 7ABC123", "booking"),
        ("see file 7abc123f", "hexadecimal"),
        ("part # 7ABC123 is on order", "part"),
        ("X7ABC123-99-1", "longer string"),
        ("LKM4821 was there", "no cue"),
        ("flash 7ABC123% done", "longer string"),
    ],
)
def test_what_is_none_and_why(plates: PlateFinder, text: str, reason: str) -> None:
    findings = plates.find(text)
    assert findings.found == []
    assert not findings.missed or any(reason in one.reason for one in findings.missed)


PLATES = [
    "7ABC123",
    "LKM 4821",
    "8 King Tom George 2 2 8",
    "plate",
    "tag",
    "partial",
    "CA",
    "(TX)",
    "7R?K",
    "█",
    "(b)(6)",
    "run",
]
AROUND = ["LIC/", "ends in", "first three", "white Honda", "case", "\n", ",", "-", "4418", "8KL", "the"]
# Of forms that are more and less likely, with all kinds of cues, near and (behind the long ones) too far away.
OTHERS = [
    "1AB2345",
    "ABC1234",
    "123XYZ",
    "A12B",
    "ab-12-34",
    "7abc123",
    "8KRW-\n770",
    "Adam",
    "one",
    "Tom Paul",
    "x-ray",
]
CUES = [
    "reg",
    "tags",
    "license",
    "Montana tag",
    "tx",
    "texas",
    "New",
    "in Oregon",
    "WA",
    "returned to",
    "hot list",
    "hits on",
]
FAR = [
    "and so it went on, with one thing and another, from here to there, for eight words and more",
    "the file is 0x1F " * 12,
]
MARKS = ["_", "#4", "[a]", "(Adam; Boy)", "LKM (Lincoln King Mary) 4821", "61? L?N", "XXXXX", "grey", "Ford"]
PIECES = st.sampled_from([*PLATES, *AROUND, *OTHERS, *CUES, *FAR, *MARKS])
TEXTS = st.lists(PIECES, min_size=1, max_size=7).map(" ".join)


@settings(max_examples=600, deadline=None)
@given(TEXTS, st.sampled_from(["", "plates to run:\n", "Dear all,\n"]))
@example("4418 8KL", "plates to run:\n")
@example("4418 - the", "plates to run:\n")
def test_the_cheap_look_loses_nothing(plates: PlateFinder, text: str, before: str) -> None:
    found = plates.find(text, before).found
    if found:
        assert plates.may_hold(text, before)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@settings(max_examples=2500, deadline=None)
@given(TEXTS, st.sampled_from(["", "plates to run:\n", "white Honda, looked up\n", "TX tag\n"]))
@example("ran 7abc123 tx", "")
@example("7ABC123, ABC1234", "")
def test_the_plates_are_the_same_whether_near_misses_are_asked_for(plates: PlateFinder, text: str, before: str) -> None:
    assert plates.find(text, before, misses=False).found == plates.find(text, before).found


def test_the_texts_drawn_do_hold_plates(plates: PlateFinder) -> None:
    find(TEXTS, lambda text: len(plates.find(text).found) >= 2)


def test_long_and_hostile_text_takes_linear_time(plates: PlateFinder) -> None:
    start = time.perf_counter()
    for text in (
        "7ABC123 " * 700,
        "plate " * 1000,
        "7-A-B-" * 900,
        "1" * 6000,
        "partial ? " * 600,
        "a/" * 3000,
        "(b)(6) " * 800,
    ):
        plates.find(text)
    assert time.perf_counter() - start < 90


def test_a_pack_that_lacks_something_says_what() -> None:
    with pytest.raises(PackError, match="plates: cues lack"):
        rules_from({"cues": {}, "weights": {}, "lookalikes": []}, {"entries": []})
