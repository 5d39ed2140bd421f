from __future__ import annotations

import struct
from datetime import datetime, timedelta

import pytest
from compound_support import compound, properties, texts
from hypothesis import given
from hypothesis import strategies as st
from reading_support import Read, check_laws

from corpus_search.sources import richtext
from corpus_search.sources.lzfu import decompress
from corpus_search.sources.outlook import moment
from corpus_search.sources.reading import LimitReached
from corpus_search.sources.richtext import rtf_text
from corpus_search.sources.tnef import unwrap

SENT = datetime(2018, 3, 6, 16, 12, 44)
TICKS = struct.pack("<Q", int((SENT - datetime(1601, 1, 1)) / timedelta(microseconds=1)) * 10)


def item(header: int = 32, fixed: dict[int, bytes] | None = None, **values: str) -> dict[str, object]:
    stored = {"__properties_version1.0": properties(header, {0x0039: TICKS, **(fixed or {})})}
    return stored | texts(p001a="IPM.Note", **values)


def person(kind: int, **values: str) -> dict[str, object]:
    return {"__properties_version1.0": properties(8, {0x0C15: struct.pack("<I", kind)})} | texts(**values)


def test_a_mail_within_one_house(read: Read) -> None:
    """It never went over the network: no header fields, an Exchange address and an SMTP one."""
    tree = item(
        p0037="plate", p1000="run 7ABC123\r\nplease", p0c1a="Lopez, Andrew", p0c1f="/O=OCSD/CN=ALOPEZ", p5d01="al@x.gov"
    )
    tree["__substg1.0_00710102"] = bytes(range(27))
    tree["__recip_version1.0_#00000000"] = person(1, p3001="Smith, John", p39fe="js@x.gov", p3003="/O=OCSD/CN=JS")
    tree["__recip_version1.0_#00000001"] = person(2, p3001="Kim, D", p3003="/O=OCSD/CN=DK")
    found = read(compound(tree), "x.msg")
    check_laws(found.messages)
    (message,) = found.messages
    assert message.source.format == "msg"
    assert message.sender is not None
    assert (message.sender.name, message.sender.address) == ("Lopez, Andrew", "al@x.gov")
    assert [(party.name, party.address) for party in message.to] == [("Smith, John", "js@x.gov")]
    assert [(party.name, party.address) for party in message.cc] == [("Kim, D", "/O=OCSD/CN=DK")]
    assert message.date == "2018-03-06T16:12:44+00:00"
    assert message.thread_index == bytes(range(22)).hex()
    assert message.text.endswith("\n\nrun 7ABC123\nplease")


@pytest.mark.parametrize("begin", ["", "\r\n", "Microsoft Mail Internet Headers Version 2.0\r\n"])
def test_fields_that_came_over_the_network_are_taken(read: Read, begin: str) -> None:
    fields = f"{begin}From: a@b.c\r\nTo: d@e.f\r\nDate: Tue, 6 Mar 2018 08:12:44 -0800\r\nMessage-ID: <1@x>\r\n"
    fields += "Subject: wire\r\n"
    (message,) = read(compound(item(p007d=fields, p0037="item", p0c1a="A", p1000="b")), "x.msg").messages
    assert (message.message_id, message.subject) == ("<1@x>", "wire")
    assert message.date == "2018-03-06T08:12:44-08:00"


def test_recipients_by_name_only(read: Read) -> None:
    (message,) = read(compound(item(p0037="s", p0c1a="A", p0e04="Smith, John; Kim, D", p1000="b")), "x.msg").messages
    assert [party.name for party in message.to] == ["Smith, John", "Kim, D"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"__substg1.0_10130102": b"<p>7ABC<b>123</b></p>"}, "7ABC123"),
        (texts(p1013="<p>x</p>"), "x"),
        ({"__substg1.0_10090102": struct.pack("<II4sI", 30, 18, b"MELA", 0) + b"{\\rtf1 rich text}"}, "rich text"),
        ({"__substg1.0_10090102": b"junk"}, None),
        ({"__substg1.0_1000001E": b"caf\xe9"}, "café"),
    ],
)
def test_the_best_body_there_is(read: Read, body: dict[str, object], expected: str | None) -> None:
    (message,) = read(compound(item(p0037="s", p0c1a="A") | body), "x.msg").messages
    assert message.text.endswith(f"Subject: s\n\n{expected}" if expected else "Subject: s")


def test_attachments_and_a_mail_attached_as_an_item(read: Read) -> None:
    tree = item(p0037="outer", p0c1a="A", p1000="b")
    file = {"__properties_version1.0": properties(8, {})} | texts(p3707="list.csv", p370e="text/csv")
    tree["__attach_version1.0_#00000000"] = file | {"__substg1.0_37010102": b"Name,Value\na,1\nb,2\n"}
    inner = item(24, p0037="inner", p0c1a="B", p1000="inner body")
    nested = {"__properties_version1.0": properties(8, {}), "__substg1.0_3701000D": inner}
    tree["__attach_version1.0_#00000001"] = nested
    found = read(compound(tree), "x.msg")
    check_laws(found.messages)
    host, table, attached = found.messages
    assert [(a.name, a.type, a.text) for a in host.attachments] == [
        ("list.csv", "text/csv", True),
        ("inner", "application/vnd.ms-outlook", True),
    ]
    assert table.within == attached.within == host.id
    assert (attached.kind, attached.subject, attached.source.format) == ("message", "inner", "msg")


def test_a_contact_is_a_document(read: Read) -> None:
    tree = item(p0037="Kim, D", p1000="714 555 0142") | texts(p001a="IPM.Contact")
    (document,) = read(compound(tree), "x.msg").messages
    assert (document.kind, document.text) == ("document", "Kim, D\n714 555 0142")


def test_a_broken_file_is_a_problem(read: Read) -> None:
    whole = compound(item(p0037="s", p1000="b" * 5000))
    for cut in (100, 600, 2000, len(whole) - 700):
        found = read(whole[:cut], f"x{cut}.msg")
        assert found.messages or found.problems


def piece_table_document(text: str, flags: int = 0x0200) -> bytes:
    main = bytearray(0x800)
    struct.pack_into("<H", main, 0x0A, flags)
    wide = text.encode("utf-16-le")
    narrow = b"caf\xe9\r"
    pieces = struct.pack("<III", 0, len(narrow), len(narrow) + len(text))
    pieces += struct.pack("<HIH", 0, 0x40000000 | 0x800 * 2, 0) + struct.pack("<HIH", 0, 0x800 + 100, 0)
    clx = b"\x01\x02\x00xx\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", main, 0x01A2, 0, len(clx))
    return compound({"WordDocument": bytes(main) + narrow.ljust(100, b"\x00") + wide, "1Table": clx, "0Table": b"x"})


def test_an_old_word_document(read: Read) -> None:
    (document,) = read(piece_table_document("run\x0b7ABC\x13HYPERLINK x\x14123\x15\rend\x07"), "x.doc").messages
    assert document.text == "café\nrun\n7ABC123\nend"
    assert document.source.format == "doc"
    assert read(piece_table_document("x", 0x0300), "y.doc").problems[0].kind == "encrypted"
    assert read(piece_table_document("x", 0), "z.doc").problems[0].kind == "damaged"


def test_compressed_rich_text() -> None:
    """The example of [MS-OXRTFCP] 3.1.1, and what is cut off."""
    sent = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0".replace(
            " ", ""
        )
    )
    assert decompress(sent) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompress(sent[:30]).startswith(b"{\\rtf1")
    with pytest.raises(ValueError, match="cut off"):
        decompress(b"")
    with pytest.raises(ValueError, match="not compressed"):
        decompress(bytes(20))


@given(st.binary(max_size=80))
def test_any_bytes_decompress_or_are_refused(data: bytes) -> None:
    sent = struct.pack("<II4sI", 200, 5000, b"LZFu", 0) + data
    assert len(decompress(sent)) <= 5000 + 17


def test_rich_text_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(richtext, "MAX_RTF", 10)
    with pytest.raises(LimitReached):
        rtf_text(b"{\\rtf1 more than that}")


def test_damaged_rich_text_gives_its_words() -> None:
    assert rtf_text(rb"{\rtf1\uc run 7ABC123}") == "run 7ABC123"


def test_rich_text_of_html_that_breaks_off() -> None:
    assert "Hello" in rtf_text(rb"{\rtf1\ansi\fromhtml1 Hello\htmlrtf \par}")


def test_rich_text_of_html_is_shown_once() -> None:
    rtf = (
        rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Hello\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}}"
    )
    assert rtf_text(rtf).strip() == "Hello"


def test_a_contact_keeps_what_is_attached_and_an_empty_one_is_told(read: Read) -> None:
    tree = item(p0037="Kim, D") | texts(p001a="IPM.Contact")
    tree["__attach_version1.0_#00000000"] = {
        "__properties_version1.0": properties(8, {}),
        "__substg1.0_37010102": b"Name,Value\na,1\nb,2\n",
    } | texts(p3707="list.csv")
    host, table = read(compound(tree), "x.msg").messages
    assert [a.name for a in host.attachments] == ["list.csv"]
    assert table.within == host.id
    (problem,) = read(compound(item() | texts(p001a="IPM.Contact")), "y.msg").problems
    assert problem.kind == "empty"


def test_a_report_has_its_own_words(read: Read) -> None:
    (message,) = read(
        compound(item(p0037="Undeliverable", p1001="No such user.") | texts(p001a="REPORT.IPM.Note.NDR"))
    ).messages
    assert message.text.endswith("No such user.")


@pytest.mark.parametrize(
    ("ticks", "told"), [(0, None), (2**63, None), (131_648_263_640_000_000, datetime(2018, 3, 6, 16, 12, 44))]
)
def test_a_moment(ticks: int, told: datetime | None) -> None:
    assert moment(ticks) == told


def tnef(*attributes: tuple[int, int, bytes]) -> bytes:
    """A winmail.dat of attributes: level, number, bytes."""
    out = b"\x78\x9f\x3e\x22\x01\x00"
    for level, number, data in attributes:
        kind = 0x0002 if number == 0x800C else 0x0006
        out += struct.pack("<BHHI", level, number, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    return out + b"\x00" * 16


WINMAIL = tnef(
    (1, 0x9007, struct.pack("<II", 1252, 0)),
    (1, 0x800C, b"run 7ABC123\x00"),
    (2, 0x9002, bytes(14)),
    (2, 0x8010, b"list.csv\x00"),
    (2, 0x800F, b"Name,Value\na,1\nb,2\n"),
)


def test_winmail_is_unwrapped_into_its_mail(read: Read) -> None:
    from base64 import b64encode

    head = "From: a@b.c\nSubject: s\nMessage-ID: <1@x>\n"
    sent = f"{head}Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
    found = read(sent + b64encode(WINMAIL).decode(), "x.eml")
    check_laws(found.messages)
    host, table = found.messages
    assert host.text.endswith("\n\nrun 7ABC123")
    assert [a.name for a in host.attachments] == ["winmail.dat", "list.csv"]
    assert "Name: a\tValue: 1" in table.text
    assert found.problems == ()


@pytest.mark.parametrize(
    ("number", "value", "shown"),
    [
        (0x1013, b"<p>7ABC<b>123", "7ABC123"),
        (0x1009, struct.pack("<II4sI", 30, 12, b"MELA", 0) + b"{\\rtf1 rich}", "rich"),
    ],
)
def test_winmail_with_a_rich_body(read: Read, number: int, value: bytes, shown: str) -> None:
    padded = value.ljust((len(value) + 3) // 4 * 4, b"\x00")
    mapi = struct.pack("<IHHII", 1, 0x0102, number, 1, len(value)) + padded
    found = read(tnef((1, 0x9007, struct.pack("<II", 1252, 0)), (1, 0x9003, mapi)), "winmail.dat")
    assert [message.text for message in found.messages] == [shown]


def mapi(*values: tuple[int, int, bytes]) -> bytes:
    """Properties: type, number, and the bytes that follow."""
    return struct.pack("<I", len(values)) + b"".join(
        struct.pack("<HH", kind, number) + value for kind, number, value in values
    )


def sized(data: bytes, count: int = 1) -> bytes:
    return struct.pack("<II", count, len(data)) + data.ljust((len(data) + 3) // 4 * 4, b"\x00")


def test_properties_of_every_kind(read: Read) -> None:
    named = bytes(16) + struct.pack("<II", 0, 7)
    called = bytes(16) + struct.pack("<II", 1, 6) + b"abcdef\x00\x00"
    rows = mapi(
        (0x0003, 0x0001, bytes(4)),
        (0x1003, 0x0002, struct.pack("<I", 2) + bytes(8)),
        (0x0040, 0x8001, named + bytes(8)),
        (0x0102, 0x8002, called + sized(b"x")),
        (0x101E, 0x0003, struct.pack("<I", 2) + sized(b"one")[4:] + sized(b"two")[4:]),
        (0x001F, 0x3707, sized("señal.csv\x00".encode("utf-16-le"))),
        (0x001E, 0x370E, sized(b"text/csv\x00")),
        (0x000D, 0x3701, sized(bytes.fromhex("0703020000000000c000000000000046") + WINMAIL)),
    )
    wrapped = tnef((2, 0x9002, bytes(14)), (2, 0x800F, b"an item is attached"), (2, 0x9005, rows))
    _, (part,) = unwrap(wrapped)
    assert (part.name, part.type, part.data) == ("señal.csv", "text/csv", WINMAIL)
    assert read(wrapped, "winmail.dat").messages[0].text == "run 7ABC123"


@given(st.binary(max_size=120), st.sampled_from([0x9003, 0x9005, 0x9007, 0x800C, 0x8010]))
def test_any_properties_are_read_to_their_end(data: bytes, number: int) -> None:
    unwrap(tnef((2, 0x9002, b""), (1, number, b"\xff\xff\xff\xff" + data)))


def test_counts_of_billions_are_not_believed() -> None:
    for kind in (0x1002, 0x101E, 0x001E, 0x1102):
        unwrap(tnef((1, 0x9003, struct.pack("<IHHI", 0xFFFFFFFF, kind, 1, 0xFFFFFFFF) + bytes(100))))


def test_winmail_by_itself_and_broken(read: Read) -> None:
    found = read(WINMAIL, "winmail.dat")
    assert [message.kind for message in found.messages] == ["document", "document"]
    assert found.messages[0].text == "run 7ABC123"
    broken = read(WINMAIL[:9], "broken.dat")
    assert not broken.messages


@pytest.mark.parametrize(("kept", "told"), [(-30, ["damaged"]), (-16, []), (-17, []), (-7, []), (None, [])])
def test_winmail_that_is_cut_short_has_a_problem_line(read: Read, kept: int | None, told: list[str]) -> None:
    from base64 import b64encode

    head = "From: a@b.c\nSubject: s\nMessage-ID: <1@x>\n"
    sent = f"{head}Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
    in_mail = read(sent + b64encode(WINMAIL[:kept]).decode(), "x.eml")
    alone = read(WINMAIL[:kept], "winmail.dat")
    assert [one.kind for one in in_mail.problems] == [one.kind for one in alone.problems] == told
    assert in_mail.messages[0].text.endswith("run 7ABC123")  # what stands before the break is read
