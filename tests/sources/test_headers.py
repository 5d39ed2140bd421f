from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.sources import headers as headers_module
from corpus_search.sources.charsets import decode_text, known_charset, scrub
from corpus_search.sources.headers import decode_words, split_message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("=?ISO-8859-1?Q?=D8yvind_Harboe?=", "Øyvind Harboe"),
        ("=?utf-8?B?w5h5dmluZA==?= x", "Øyvind x"),
        ("=?utf-8?B?w5h5dmluZA?= no padding", "Øyvind no padding"),
        ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),
        ("=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "é"),  # a character cut in two
        ("=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?=", "aé"),
        ("=?utf-8?Q?a?= and =?utf-8?Q?b?=", "a and b"),
        ("=?nonsense?Q?caf=C3=A9?=", "café"),
        ("=?utf-8*en?Q?a?=", "a"),
        ("=?utf-8?B?====!?= x", "=?utf-8?B?====!?= x"),
        ("=?koi8-r?B?8NLJ18XU?=", "Привет"),
        ("=?utf-8?Q?What? now?=", "What? now"),
        ("=?x", "=?x"),
    ],
)
def test_encoded_words(text: str, expected: str) -> None:
    assert decode_words(text) == expected


def test_a_block_is_split_and_unfolded() -> None:
    raw = b"Subject: one\r\n two\nFROM : a@b.c\nX:\n\nbody"
    headers, at = split_message(raw)
    assert raw[at:] == b"body"
    assert headers.text("subject") == "one two"
    assert headers.written("from") == "a@b.c"
    assert headers.text("x") is None
    assert headers.raw("absent") is None


def test_a_line_that_is_no_field_begins_the_body() -> None:
    raw = b"Subject: s\nThis is no field\n"
    headers, at = split_message(raw)
    assert raw[at:] == b"This is no field\n"
    assert headers.text("subject") == "s"


def test_a_parameter_that_lost_its_blank_is_part_of_the_field() -> None:
    headers, _ = split_message(b"Content-Type: multipart/mixed;\nboundary=x\n\n")
    assert headers.written("content-type") == "multipart/mixed; boundary=x"


def test_a_very_long_field_hides_none_after_it() -> None:
    headers, at = split_message(b"X-Big: " + b"q" * (3 << 20) + b"\nSubject: s\n\nbody")
    assert headers.whole
    assert headers.text("subject") == "s"
    assert at == (3 << 20) + len("X-Big: \nSubject: s\n\n")


def test_a_block_of_too_many_fields_leaves_the_rest_in_the_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headers_module, "MAX_FIELDS", 2)
    raw = b"A: 1\nB: 2\nC: 3\nD: 4\n\nbody"
    headers, at = split_message(raw)
    assert not headers.whole
    assert [name for name, _ in headers.fields] == ["a", "b", "c"]
    assert raw[at:].startswith(b"D: 4")


def test_separator_lines_before_the_fields_are_passed_over() -> None:
    headers, _ = split_message(b">From x\nSubject: s\n\n")
    assert headers.text("subject") == "s"


def test_raw_bytes_are_read_as_what_they_look_like() -> None:
    assert split_message("Subject: café\n\n".encode())[0].text("subject") == "café"
    assert split_message("Subject: café\n\n".encode("latin-1"))[0].text("subject") == "café"


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        (b"caf\xc3\xa9", None, "café"),
        (b"caf\xe9", None, "café"),
        (b"\x93x\x94", "iso-8859-1", "“x”"),
        (b"caf\xe9", "us-ascii", "café"),
        (b"caf\xc3\xa9", "no-such", "café"),
        (b"caf\xc3\xa9", "undefined", "café"),
        (b"caf\xc3\xa9", "base64", "café"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        ("日本".encode("iso-2022-jp"), "iso-2022-jp", "日本"),
        ("中文".encode("gbk"), "gb2312", "中文"),
        (b"+AOk-", "utf-7", "é"),
        (b"\xef\xbb\xbfx", "latin-1", "x"),
        ("x".encode("utf-16"), None, "x"),
        (b"a\x00b", None, "ab"),
        (b"\x81", None, "�"),
        (b"\x1b$B\xff", "iso-2022-jp", "\x1b$B�"),
    ],
)
def test_charsets(data: bytes, charset: str | None, expected: str) -> None:
    text = decode_text(data, charset)[0]
    assert text == expected or "�" in expected


def test_surrogates_are_replaced() -> None:
    assert scrub("a\ud800b") == "a�b"
    assert known_charset('"UTF-8"') == "utf-8"
    assert known_charset(None) is None


@given(st.binary(max_size=60), st.sampled_from(["utf-8", "utf-7", "koi8-r", "iso-2022-jp", "gbk", "x", "utf-16", None]))
def test_any_bytes_give_text_that_can_be_stored(data: bytes, charset: str | None) -> None:
    decode_text(data, charset)[0].encode()


@given(st.text(alphabet=st.sampled_from("=?utf-8BQ_ a\xe9,<>"), max_size=60))
def test_any_text_can_be_decoded(text: str) -> None:
    decode_words(text).encode()
