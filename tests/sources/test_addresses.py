from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.sources.addresses import read_parties, read_party

J = ("Smith, John", "j@x.gov")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a@b.c", [(None, "a@b.c")]),
        ("<a@b.c>", [(None, "a@b.c")]),
        ("<a@b.c", [(None, "a@b.c")]),
        ("a@b.c;", [(None, "a@b.c")]),
        ("a@b.c, d@e.f", [(None, "a@b.c"), (None, "d@e.f")]),
        ('"Smith, John" <j@x.gov>', [J]),
        ("Smith, John <j@x.gov>", [J]),
        ("Smith, John <j@x.gov>, Doe, Jane <c@d.e>", [J, ("Doe, Jane", "c@d.e")]),
        ("Smith, John <j@x.gov>; Doe, Jane <c@d.e>", [J, ("Doe, Jane", "c@d.e")]),
        ("Garcia, Maria; Kim, D <d@x.gov>", [("Garcia, Maria", None), ("Kim, D", "d@x.gov")]),
        ("Smith, John; Doe, Jane; X", [("Smith, John", None), ("Doe, Jane", None), ("X", None)]),
        ("John Smith, Mary Jones", [("John Smith", None), ("Mary Jones", None)]),
        ("De La Cruz, Maria <m@x.gov>", [("De La Cruz, Maria", "m@x.gov")]),
        ("Garza Lopez, Maria <mgarzalopez@x.gov>", [("Garza Lopez, Maria", "mgarzalopez@x.gov")]),
        ("John Smith, Jane Doe <jdoe@x.gov>", [("John Smith", None), ("Jane Doe", "jdoe@x.gov")]),
        ("Smith, John, Jr. <j@x.gov>", [("Smith, John, Jr.", "j@x.gov")]),
        ("Mitchell, Kelly (BEGA)", [("Mitchell, Kelly (BEGA)", None)]),
        ('"Grimaldi, John J. (BEGA)" <>', [("Grimaldi, John J. (BEGA)", None)]),
        ("Smith, John </O=OCSD/OU=EXCH/CN=JSMITH>", [("Smith, John", "/O=OCSD/OU=EXCH/CN=JSMITH")]),
        ("/O=OCSD/OU=EXCH/CN=JSMITH", [(None, "/O=OCSD/OU=EXCH/CN=JSMITH")]),
        ("uwe at hermann-uwe.de (Uwe Hermann)", [("Uwe Hermann", "uwe@hermann-uwe.de")]),
        ("<uwe at hermann-uwe.de>", [(None, "uwe@hermann-uwe.de")]),
        ("a@b.c (Ann Lee)", [("Ann Lee", "a@b.c")]),
        ("Ann (records) <a@b.c>", [("Ann (records)", "a@b.c")]),
        ("John Smith [mailto:j@x.gov]", [("John Smith", "j@x.gov")]),
        ("Roseann Torres r.torres@ousd.org", [("Roseann Torres", "r.torres@ousd.org")]),
        ("smtp:joe@x.gov", [(None, "joe@x.gov")]),
        ("'j@x.gov' <j@x.gov>", [(None, "j@x.gov")]),
        ("'John Smith' <j@x.gov>", [("John Smith", "j@x.gov")]),
        ('"Bob \\"Bo\\" Ray" <b@x.gov>', [('Bob "Bo" Ray', "b@x.gov")]),
        ("=?utf-8?Q?Garc=C3=ADa=2C_Maria?= <m@x.gov>", [("García, Maria", "m@x.gov")]),
        ("=?utf-8?B?R2FyY8OtYQ==?=, Ana <a@x.gov>", [("García, Ana", "a@x.gov")]),
        ("Team: a@b.c, Bob <c@d.e>;", [(None, "a@b.c"), ("Bob", "c@d.e")]),
        ("undisclosed-recipients:;", []),
        ('"unclosed <a@b.c>', [("unclosed", "a@b.c")]),
        ("Lee (unclosed <a@b.c>", [("Lee (unclosed", "a@b.c")]),
        ("", []),
        (" , ; ", []),
    ],
)
def test_parties(written: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert [(party.name, party.address) for party in read_parties(written)] == expected


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("█████", None, None),
        ("(b)(6)", None, None),
        ("[redacted] <x@ice.gov>", None, "x@ice.gov"),
        ("Kim <███>", "Kim", None),
    ],
)
def test_a_blacked_out_party_is_redacted(written: str, name: str | None, address: str | None) -> None:
    (party,) = read_parties(written)
    assert (party.name, party.address) == (name, address)
    assert party.redacted is (name is None)


def test_a_sender_is_one_party() -> None:
    assert read_party("Smith, John, Sgt., OCSD") is not None
    party = read_party("Investigations Unit, Records <r@x.gov>, x")
    assert party is not None
    assert party.address == "r@x.gov"
    assert read_party("") is None


def test_several_fields_are_one_list() -> None:
    assert len(read_parties(["a@b.c", "d@e.f; g@h.i"])) == 3


@given(st.text(alphabet=st.sampled_from("ab@.,;:<>()[]\"\\' =?█\n"), max_size=80))
def test_any_text_gives_parties(written: str) -> None:
    for party in read_parties(written):
        assert party.name or party.address or party.redacted


@pytest.mark.parametrize("piece", ["<", '"', "(", "a,", "a;", "a <b>,", '\\"', "a@b,", "[mailto:"])
def test_long_fields_take_linear_time(piece: str) -> None:
    read_parties(piece * 8_000)
