"""Mailboxes of Outlook, made by the published format, read through the one door (libpff, the extra `pst`)."""

from __future__ import annotations

import random
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pst_release_support import LONG, folders, lopez_mailbox
from pst_support import Folder, Item, file_attached, mail, mailbox, person
from reading_support import Read, check_laws, read_file, unit_of

from corpus_search import sources
from corpus_search.evidence.citation import cite
from corpus_search.model import Message, Reading
from corpus_search.sources import pff, pst, pst_item
from corpus_search.sources.reading import together
from corpus_search.workflows.ingest import Request, ingest
from corpus_search.workflows.reporting import records, status

SENT = datetime(2018, 3, 6, 16, 12, 44)
CSV = b"Plate,Reason\n7ABC123,warrant\n8XYZ999,bolo\n"
TOP = "Top of Personal Folders"


@pytest.fixture
def without_libpff(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pff._library.cache_clear()
    monkeypatch.setitem(sys.modules, "pypff", None)
    yield
    pff._library.cache_clear()


@pytest.mark.usefixtures("without_libpff")
def test_without_the_extra_a_mailbox_is_a_problem(read: Read) -> None:
    (problem,) = read(b"!BDN" + b"x" * 100, "x.pst").problems
    assert problem.kind == "unsupported"
    assert "pip install 'corpus-search[pst]'" in problem.reason


@pytest.fixture
def box(read: Read) -> Callable[..., Reading]:
    """A mailbox with one inbox, or bytes of a whole one, read."""
    pytest.importorskip("pypff")

    def do(*items: Item, **how: object) -> Reading:
        found = read(mailbox(Folder("Inbox", items), **how), "x.pst")  # type: ignore[arg-type]
        check_laws(found.messages)
        return found

    return do


def mails(found: Reading) -> list[Message]:
    return [message for message in found.messages if message.kind == "message" and not message.within]


KINDS: list[dict[str, object]] = [
    {}, {"encoded": True}, {"client": b"SO"}, {"wide": False}, {"wide": False, "encoded": True},
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=["unicode", "unicode encoded", "ost", "ansi", "ansi encoded"])
def test_a_whole_mailbox(read: Read, kind: dict[str, object]) -> None:
    pytest.importorskip("pypff")
    found = read(lopez_mailbox(**kind), "lopez.pst")  # type: ignore[arg-type]
    check_laws(found.messages)
    assert found.problems == ()
    assert [(m.source.member, m.subject, m.places[0].number) for m in mails(found)] == [
        (f"{TOP}/Inbox", "plate", 1), (f"{TOP}/Inbox", "FW: jail tip", 2), (f"{TOP}/Inbox", "BOLO", 3),
        (f"{TOP}/Inbox/LPR", "all reads", 4), (f"{TOP}/Sent Items", "RE: plate", 5),
        (f"{TOP}/Deleted Items", "lunch", 6), (f"{TOP}/Deleted Items/(not listed)", "old", 7),
        ("(items of no folder)", "no folder", 9),
    ]  # fmt: skip
    asked, forwarded, bolo, reads, answer = mails(found)[:5]
    assert asked.source.format == "pst"
    assert asked.message_id == "<0001@ice.example>"
    assert asked.date == "2018-03-06T08:12:44-08:00"  # as it stands in the fields that came over the network
    assert [(p.name, p.address) for p in asked.to] == [("Kay Lopez", "klopez@vistamar.example")]
    assert [(p.name, p.address) for p in asked.cc] == [("Kim, Dana", "/O=VMPD/OU=FIRST/CN=RECIPIENTS/CN=DKIM")]
    assert asked.text.endswith("Off the record.\nThanks, Dan")
    assert forwarded.to[0].address == "/O=VMPD/OU=FIRST/CN=RECIPIENTS/CN=KLOPEZ"
    assert bolo.text.endswith("\n\nWhite Corolla 7ABC123")
    assert reads.text.endswith(LONG.replace("\r\n", "\n").strip())
    assert answer.date == "2018-03-06T17:02:09+00:00"  # no fields: the moment of the properties, which is UTC
    assert answer.sender is not None
    assert (answer.sender.name, answer.bcc[0].address) == ("Lopez, Kay", "adiaz@jail.example")
    within = {m.subject: m for m in found.messages if m.within}
    assert [a.name for a in forwarded.attachments] == ["jail tip"]
    assert within["jail tip"].within == forwarded.id
    assert within["jail tip"].text.endswith("He is in cell 4 until Friday.")
    assert within["reads.csv"].within == within["jail tip"].id
    assert within["LPR reads.csv"].within == asked.id
    (contact,) = (m for m in found.messages if m.kind == "document" and not m.within)
    assert contact.text == "Daniel Ruiz (ICE)\ncell 714 555 0142"


def test_units_of_any_size_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypff")
    file = tmp_path / "lopez.pst"
    file.write_bytes(lopez_mailbox())
    whole = read_file(file)
    monkeypatch.setattr(pst, "UNIT_ITEMS", 2)
    units = sources.cut(unit_of(file)).units
    assert len(units) == 5
    assert together(sources.read(unit) for unit in units) == whole
    assert together(sources.read(unit) for unit in reversed(units)).messages[:1] == whole.messages[-1:]


def test_nothing_is_said_of_who_is_not_there(box: Callable[..., Reading]) -> None:
    (message,) = box(mail("s", "b", people=[person(1, "Lee"), person(2, "Kim, D", smtp="dk@x.gov")])).messages
    assert message.sender is None
    assert message.date is None
    assert [(p.name, p.address) for p in (*message.to, *message.cc)] == [("Lee", None), ("Kim, D", "dk@x.gov")]


@pytest.mark.parametrize("name", ["IPM.Note", "IPM.Note.SMIME", "REPORT.IPM.Note.NDR", "IPM.Schedule.Meeting.Request"])
def test_classes_that_are_sent(box: Callable[..., Reading], name: str) -> None:
    (message,) = box(mail("s", "b", SENT, p001a=name)).messages
    assert (message.kind, message.subject) == ("message", "s")


@pytest.mark.parametrize(
    "values",
    [{0x001A: name} for name in ("IPM.Contact", "IPM.Task", "IPM.Activity", "IPM.OfficeForm", "Foo", "IPM.StickyNote")],
)
def test_classes_of_what_nobody_sent(box: Callable[..., Reading], values: dict[int, str]) -> None:
    item = Item({0x0037: "s", 0x1000: "b", **values}, attached=[file_attached("a.csv", "text/csv", CSV)])
    host, table = box(item).messages
    assert (host.kind, host.text) == ("document", "s\nb")
    assert (table.within, [a.name for a in host.attachments]) == (host.id, ["a.csv"])


def test_an_item_without_a_class_is_read(box: Callable[..., Reading]) -> None:
    found = box(Item({0x0037: "s", 0x1000: "b"}))
    assert [message.subject for message in found.messages] == ["s"]


def test_a_name_of_its_own_is_no_number(box: Callable[..., Reading]) -> None:
    """A meeting's property 0x8001 stands for the number 0x001A in a set of its own, which is not the class."""
    (message,) = box(mail("s", "b", SENT, p001a="IPM.Note", p8001="IPM.Contact")).messages
    assert message.kind == "message"


DETAILS: list[tuple[dict[str, object], str]] = [
    ({"p001a": "IPM.Appointment", "p8000": SENT, "p8002": "Jail"}, "Start: 2018-03-06 16:12:44 +0000\nLocation: Jail"),
    ({"p001a": "IPM.Contact", "p8003": "d@ice.example", "p3a1c": "555 0142"}, "Email: d@ice.example\nMobile: 555 0142"),
    ({"p001a": "IPM.Contact", "p8000": SENT}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("values", "told"), DETAILS)
def test_what_is_told_beside_the_words(box: Callable[..., Reading], values: dict[str, object], told: str) -> None:
    (document,) = box(mail("ICE detainers", "Bring the list.", **values)).messages
    assert document.text == "\n".join(filter(None, ["ICE detainers", told, "Bring the list."]))


RICH = struct.pack("<II4sI", 30, 18, b"MELA", 0) + b"{\\rtf1 rich text}"
BODIES: list[tuple[dict[str, object], str]] = [
    ({"p1013": b"<p>7ABC<b>123</b></p>"}, "7ABC123"),
    ({"p1013": "<p>Номер</p>".encode("cp1251"), "p3fde": 1251}, "Номер"),
    ({"p1013": "<p>señal</p>".encode("latin-1"), "p3fde": 28591}, "señal"),
    ({"p1009": RICH}, "rich text"),
    ({"p1001": "No such user."}, "No such user."),
]


@pytest.mark.parametrize(("values", "shown"), BODIES)
def test_the_best_body_there_is(box: Callable[..., Reading], values: dict[str, object], shown: str) -> None:
    (message,) = box(mail("s", "", SENT, **values)).messages
    assert message.text.endswith(f"Subject: s\n\n{shown}")


@pytest.mark.parametrize("size", [0, 1, 3580, 3581, 8176, 8177, 90_000, 9_000_000])
def test_bytes_of_any_length(box: Callable[..., Reading], size: int) -> None:
    """In the heap, in a block, under one block of blocks and under two."""
    data = (b"7ABC123 " * (size // 8 + 1))[:size]
    (attachment,) = box(mail("s", "b", attached=[file_attached("a.bin", "x/y", data)])).messages[0].attachments
    assert attachment.size == size


def test_a_folder_of_many_items(box: Callable[..., Reading]) -> None:
    """Its list is a tree in a heap of several blocks."""
    found = box(*(mail(f"mail {number}", f"body {number}", SENT) for number in range(1200)))
    assert [m.subject for m in found.messages] == [f"mail {number}" for number in range(1200)]
    assert found.problems == ()


@pytest.mark.parametrize(("page", "text"), [(1251, "Номер"), (1252, "señal"), (65001, "señal"), (99999, "plain")])
def test_characters_of_a_code_page(box: Callable[..., Reading], page: int, text: str) -> None:
    codec = {1251: "cp1251", 1252: "cp1252"}.get(page, "utf-8")
    (message,) = box(mail("s", text.encode(codec).decode("cp1252"), p3ffd=page), wide=False).messages
    assert message.text.endswith(text)


def test_items_that_a_folder_lists_and_has_not(read: Read) -> None:
    pytest.importorskip("pypff")
    found = read(mailbox(Folder("Inbox", [mail("s", "b")], absent=2)), "x.pst")
    (problem,) = found.problems
    assert (problem.kind, problem.source.member) == ("damaged", f"{TOP}/Inbox")
    assert "2 of the items that this folder lists" in problem.reason
    assert len(found.messages) == 1


def test_a_folder_whose_folder_is_gone(read: Read) -> None:
    pytest.importorskip("pypff")
    found = read(mailbox(orphans=[Folder("Old", [mail("s", "b")], [Folder("Older", [mail("t", "b")])])]), "x.pst")
    assert [(m.source.member, m.subject) for m in found.messages] == [
        ("(items of no folder)", "s"), ("(items of no folder)", "t"),
    ]  # fmt: skip
    assert found.problems == ()


def test_only_the_place_of_a_file_was_sent(box: Callable[..., Reading]) -> None:
    found = box(mail("s", "b", attached=[{0x3705: 2, 0x370D: r"\\server\jail\list.xls"}]))
    assert [a.name for a in found.messages[0].attachments] == [r"\\server\jail\list.xls"]
    assert [problem.kind for problem in found.problems] == ["empty"]


def test_a_large_attachment_is_listed_and_told(box: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pst_item, "MAX_ATTACHED", 10)
    found = box(mail("s", "b", attached=[file_attached("a.csv", "text/csv", CSV)]))
    assert [a.name for a in found.messages[0].attachments] == ["a.csv"]
    assert [problem.kind for problem in found.problems] == ["limit"]


def test_items_in_items_end_somewhere(box: Callable[..., Reading]) -> None:
    item = mail("m0", "b")
    for number in range(1, 30):
        item = mail(f"m{number}", "b", attached=[item])
    found = box(item)
    assert len(found.messages) == pst_item.MAX_NESTED + 2
    assert [problem.kind for problem in found.problems] == ["limit"]
    many = box(mail("s", "b", attached=[mail("i", "b")] * 30))
    assert len(many.messages) == 31


# Changed after it was written: where in the block that holds the ids of the body's 18 blocks, and to what.
BREAKS = {
    "its kind": (0, b"\x07\x07"),
    "how many": (2, b"\x10"),
    "how long": (4, b"\xff\xff"),
    "which": (8, b"\xf0\xff"),
}


@pytest.mark.parametrize("what", [*BREAKS, "words"])
def test_a_block_that_is_damaged_is_told(read: Read, what: str) -> None:
    """libpff gives nothing for the body, or other bytes, and says nothing."""
    pytest.importorskip("pypff")
    data = mailbox(Folder("Inbox", [mail("long", "7ABC123 " * 9000, SENT), mail("short", "b", SENT)]))
    tree, body = data.index(b"\x01\x01\x12\x00"), data.index("7ABC".encode("utf-16-le"))
    at, new = (body, b"8") if what == "words" else (tree + BREAKS[what][0], BREAKS[what][1])
    found = read(data[:at] + new + data[at + len(new) :], "x.pst")
    assert [m.subject for m in found.messages] == ["long", "short"]
    assert [(p.kind, p.place and p.place.number) for p in found.problems] == [("damaged", 1)]
    assert "checksums" in found.problems[0].reason


def test_damage_beside_the_items_is_told(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the name of a folder; in a page of the tree of nodes; in more items than have a line each."""
    pytest.importorskip("pypff")
    data = mailbox(Folder("Inbox", [mail(f"m{number}", f"words {number}", SENT) for number in range(3)]))
    name = data.index("Inbox".encode("utf-16-le"))
    (problem,) = read(data[:name] + b"O" + data[name + 1 :], "a.pst").problems
    assert "in lists and folders" in problem.reason
    page = data.rindex(b"\x81\x81")  # the kind of a page, at its end
    (problem,) = read(data[: page + 4] + b"\x01\x02\x03\x04" + data[page + 8 :], "b.pst").problems
    assert "in pages of the index" in problem.reason
    monkeypatch.setattr(pst, "MOST", 1)
    hurt = data
    for number in range(3):
        hurt = hurt.replace(f"words {number}".encode("utf-16-le"), f"WORDS {number}".encode("utf-16-le"))
    first, further = read(hurt, "c.pst").problems
    assert first.place is not None
    assert further.reason.endswith("in further items (2)")


@pytest.mark.parametrize("wide", [True, False])
def test_damage_anywhere_breaks_no_law(read: Read, wide: bool) -> None:
    """Bytes, and numbers of two, four and eight, changed where there are any: all is read as far as it goes."""
    pytest.importorskip("pypff")
    whole = lopez_mailbox(wide)
    used = [at for at in range(0, len(whole) - 8, 2) if any(whole[at : at + 8])]
    for seed in range(60):
        rng, data = random.Random(seed), bytearray(whole)
        for _ in range(rng.choice((1, 4, 40))):
            at, size = rng.choice(used), rng.choice((1, 2, 4, 8))
            data[at : at + size] = rng.choice((b"\xff" * 8, bytes(8), rng.randbytes(8), whole[at + 8 : at + 16]))[:size]
        found = read(bytes(data), "x.pst")
        check_laws(found.messages)
        assert found.messages or found.problems


def test_what_is_cut_short_has_messages_or_a_problem(read: Read) -> None:
    pytest.importorskip("pypff")
    whole = mailbox(*folders())
    for kept in (4, 100, 564, 0x4400, 60_000, len(whole) - 100_000):
        found = read(whole[:kept], f"x{kept}.pst")
        assert found.messages or found.problems


def test_folders_in_folders_end_somewhere(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypff")
    monkeypatch.setattr(pst, "MAX_DEPTH", 3)
    found = read(mailbox(Folder("a", [mail("s", "b")], [Folder("b", [mail("t", "b")])])), "x.pst")
    assert [m.subject for m in found.messages] == ["s"]
    deep, unseen = found.problems
    assert "more than 3 deep" in deep.reason
    assert "not found through its folders" in unseen.reason


def test_a_mailbox_in_a_corpus(tmp_path: Path) -> None:
    """From the file to the account and the citation, whole and in a zip."""
    pytest.importorskip("pypff")
    release = tmp_path / "VMPD"
    release.mkdir()
    (release / "lopez.pst").write_bytes(lopez_mailbox())
    with zipfile.ZipFile(release / "more.zip", "w") as archive:
        archive.writestr("kim.pst", lopez_mailbox(wide=False))
    corpus = tmp_path / "corpus"
    ingest(Request(corpus, (release,), workers=1))
    told = status(corpus)
    assert told["sources"] == {"seen": 2, "read": 2, "already": 0, "failed": 0, "not_mail": 0}
    assert (told["messages"], told["messages_within"], told["documents"], told["problems"]) == (18, 2, 6, 0)
    kept = [record.message for record in records(corpus, "message")]
    asked = next(message for message in kept if message.subject == "plate")
    assert cite(asked) == f"VMPD, lopez.pst > {TOP}/Inbox, message 1"
    assert len(asked.copies) == 1
