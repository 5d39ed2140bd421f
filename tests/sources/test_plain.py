from __future__ import annotations

import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.sources.lifting import BIG, lift_big
from corpus_search.sources.plain import take_uuencoded, unflow
from corpus_search.sources.transfer import decode_base64, mend_folds


@pytest.mark.parametrize(
    ("flowed", "plain"),
    [
        ("a \nb\nc", "a b\nc"),
        ("> a \n> b\nmine", "> a b\nmine"),
        ("> a \nmine", "> a \nmine"),
        (" From here", "From here"),
        ("x \n-- \nKay", "x \n-- \nKay"),
        ("end ", "end "),
    ],
)
def test_flowed_paragraphs_become_lines(flowed: str, plain: str) -> None:
    assert unflow(flowed, delete_blank=False) == plain


def test_a_blank_that_only_marks_the_flow_is_dropped() -> None:
    assert unflow("7ABC \n123", delete_blank=True) == "7ABC123"


def uuencoded(data: bytes, name: str) -> str:
    lines = "".join(binascii.b2a_uu(data[at : at + 45]).decode() for at in range(0, len(data), 45))
    return f"begin 644 {name}\n{lines}`\nend\n"


@given(st.binary(max_size=200))
def test_uuencoded_files_are_taken_out(data: bytes) -> None:
    text, files = take_uuencoded("before\n" + uuencoded(data, "a b.txt") + "after")
    assert text == "before\nafter"
    assert files == [("a b.txt", data)]


@pytest.mark.parametrize("text", ["begin 644 x\nno end", "begin 644 x\n" + "é" * 5 + "\nend\n", "we begin here"])
def test_what_is_no_uuencode_stays(text: str) -> None:
    assert take_uuencoded(text) == (text, [])


def test_a_line_that_lost_its_blanks_is_read() -> None:
    text = uuencoded(b"\x00\x00\x00abc", "x").replace("    ", "")
    assert take_uuencoded(text)[1]


@pytest.mark.parametrize(
    ("sent", "data"),
    [(b"YWJj\nZGVm", b"abcdef"), (b"YWI=\nY2Q=\n", b"abcd"), (b"YWI", b"ab"), (b"YWJjZ", b"abc"), (b"!YW Jj", b"abc")],
)
def test_base64_is_read_to_its_end(sent: bytes, data: bytes) -> None:
    assert decode_base64(sent) == data


def test_a_lost_fold_is_mended() -> None:
    sent = b'Content-Disposition: attachment;\nfilename="x"\n'
    assert mend_folds(sent) == b'Content-Disposition: attachment;\n filename="x"\n'
    assert mend_folds(b"x") == b"x"


def test_big_parts_are_lifted_and_put_back() -> None:
    data = bytes(range(256)) * (BIG // 200)
    sent = binascii.b2a_base64(data)
    body = (
        b"--b\nContent-Transfer-Encoding: base64\n\n"
        + sent
        + b"\n--b\nContent-Type: text/plain\n\n"
        + b"x" * BIG
        + b"\n--b--\n"
    )
    lifted = lift_big(body)
    assert list(lifted.parts.values()) == [data]
    assert len(lifted.body) < len(body) - BIG // 2
    assert data in decode_base64(lifted.restore(lifted.body).split(b"\n\n")[1])
    assert lift_big(b"small").body == b"small"
