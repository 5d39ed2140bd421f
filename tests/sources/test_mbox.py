from __future__ import annotations

import bz2
import gzip
import lzma
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_support import Read, check_laws, read_file, unit_of

from corpus_search import sources
from corpus_search.model import Message, Reading
from corpus_search.sources import mbox, mbox_scan
from corpus_search.sources.mbox_scan import begins_as_mbox, starts
from corpus_search.sources.streams import mapped

A = "From a@b.c Tue Mar  6 08:12:44 2018\nFrom: a@b.c\nSubject: one\n\nfirst body\n\n"
B = "From d@e.f Wed Mar  7 09:00:00 2018\nFrom: d@e.f\nSubject: two\n\nsecond body\n"


@pytest.mark.parametrize(
    "line",
    [
        "From a@b.c Tue Mar  6 08:12:44 2018",
        "From a@b.c Tue Mar  6 08:12:44 PST 2018",
        "From a@b.c Tue Mar  6 08:12:44 +0000 2018",
        "From a at b.c  Tue Mar  6 08:12:44 2018",
        "From - Tue Mar 06 08:12:44 2018",
        "From 159432@xxx Tue Mar 06 08:12:44 +0000 2018",
        "From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
        "From ???@??? Mon Mar 06 08:12:44 2000",
        "From jos\xe9 Tue Mar  6 08:12:44 2018",
        "From a@b.c Tue, 6 Mar 2018 08:12:44 -0800",
        "From a@b.c 2018-03-06T08:12:44",
        "From Tue Mar  6 08:12:44 2018",
    ],
)
def test_a_separator_is_a_sender_and_a_date(line: str) -> None:
    assert begins_as_mbox(f"{line}\nFrom: x\n".encode("latin-1"))


@pytest.mark.parametrize(
    "text",
    [
        "From the commit message:\n- split",
        "From what I get from\nhttp://x",
        "From here: https://x\n\nCheers",
        "From a@b.c Tue Mar  6 08:12:44 2018\nno field here",
        "From a@b.c\nFrom: x",
        "Subject: s\n\nFrom a@b.c Tue Mar  6 08:12:44 2018\nFrom: x\n",
    ],
)
def test_other_lines_are_none(text: str) -> None:
    assert not begins_as_mbox(text.encode())


def test_two_messages(read: Read) -> None:
    found = read(A + B)
    assert [message.subject for message in found.messages] == ["one", "two"]
    assert [message.places[0].number for message in found.messages] == [1, 2]
    assert {message.source.format for message in found.messages} == {"mbox"}
    assert found.messages[0].text == "From: a@b.c\nSubject: one\n\nfirst body"
    check_laws(found.messages)


@pytest.mark.parametrize(
    "inner",
    [
        "From the front desk: call\nSubject: not this\n",
        "\n\nFrom a@b.c we heard nothing in 2018\nX: y\n",
        "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\nFrom: git\nSubject: [PATCH]\n",
        "\nFrom a@b.c Tue Mar  6 08:12:44 2018\n\nno field after it\n",
    ],
)
def test_lines_of_a_body_begin_no_message(read: Read, inner: str) -> None:
    assert len(read(f"{A}{inner}\n{B}").messages) == 2


def test_messages_without_a_blank_line_between_them(read: Read) -> None:
    assert len(read(A.rstrip("\n") + "\n" + B).messages) == 2


def test_patches_are_messages_of_a_file_of_patches(read: Read) -> None:
    patch = "From " + "0" * 40 + " Mon Sep 17 00:00:00 2001\nFrom: a@b.c\nSubject: [PATCH]\n\n---\n\n"
    assert len(read(patch * 2).messages) == 2


def test_escaped_lines_are_restored(read: Read) -> None:
    body = ">From me\n>>From you\n> From spaced\n"
    found = read(A.replace("first body\n", body) + B)
    assert found.messages[0].text.endswith("\n\nFrom me\n>From you\n> From spaced")


def test_pipermail_escapes_nothing(read: Read) -> None:
    sent = A.replace("From a@b.c", "From a at b.c ").replace("From: a@b.c", "From: a at b.c (Ann Lee)")
    (message,) = read(sent.replace("first body", ">From me")).messages
    assert message.text.endswith(">From me")
    assert message.sender is not None
    assert (message.sender.name, message.sender.address) == ("Ann Lee", "a@b.c")
    assert message.text.startswith("From: a at b.c (Ann Lee)\n")


def test_a_true_length_is_trusted_and_a_false_one_is_not(read: Read) -> None:
    inner = "quoted:\n\n" + B + "\nend\n"
    counted = f"From a@b.c Tue Mar  6 08:12:44 2018\nFrom: a@b.c\nContent-Length: {len(inner)}\n\n{inner}\n"
    found = _whole(read(counted + B))
    assert len(found) == 2
    assert "end" in found[0].text
    assert len(_whole(read(counted.replace(f": {len(inner)}", f": {len(inner) - 3}") + B))) == 3
    assert len(_whole(read(counted.replace(f": {len(inner)}", ": 99999") + B))) == 3
    assert len(_whole(read(counted))) == 1


def _whole(reading: Reading) -> list[Message]:
    """The messages that were not only found quoted."""
    return [message for message in reading.messages if not message.quoted]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems(read: Read, ending: str) -> None:
    found = read((A + B).replace("\n", ending))
    assert [message.text for message in found.messages] == [message.text for message in read(A + B, "other").messages]


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(read: Read, coding: str) -> None:
    found = read((A + B).replace("first", "fírst").encode(coding))
    assert [message.subject for message in found.messages] == ["one", "two"]
    assert "fírst" in found.messages[0].text


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.ZstdCompressor().compress, lambda data: data]
)
def test_packed_files_are_cut_as_plain_ones(tmp_path: Path, pack: object, monkeypatch: pytest.MonkeyPatch) -> None:
    data = "".join(A.replace("one", f"subject {number}") for number in range(200)).encode()
    file = tmp_path / "x"
    file.write_bytes(pack(data))  # type: ignore[operator]
    whole = read_file(file)
    monkeypatch.setattr(mbox, "UNIT_BYTES", 1000)
    monkeypatch.setattr(mbox, "PACKED_UNIT_BYTES", 1000)
    cutting = sources.cut(unit_of(file))
    assert len(cutting.units) > 3
    pieces = read_file(file)
    assert pieces == whole
    assert len(whole.messages) == 200
    assert [message.places[0].number for message in pieces.messages] == list(range(1, 201))


def test_an_mbox_in_memory_has_the_ids_of_one_on_disk(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes((A + B).encode())
    unit = unit_of(file)
    unit = replace(unit, source=replace(unit.source, format="mbox"))
    on_disk = sources.read(unit)
    assert [message.id for message in on_disk.messages] == [message.id for message in read_file(file).messages]


def test_a_message_too_large_is_a_problem(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MAX_MESSAGE", 90)
    found = read(A + B.replace("second body", "x" * 100))
    assert [problem.kind for problem in found.problems] == ["limit"]
    assert len(found.messages) == 1


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.ZstdCompressor().compress])
def test_a_packed_file_that_breaks_off_gives_what_came_before(read: Read, pack: object) -> None:
    noise = random.Random(1)
    data = "".join(A.replace("one", f"{noise.random()}" * 40) for _ in range(3000)).encode()
    packed = pack(data)  # type: ignore[operator]
    found = read(packed[: len(packed) * 2 // 3], "x")
    assert [problem.kind for problem in found.problems] == ["damaged"]
    assert 500 < len(found.messages) < 3000


LINES = st.lists(
    st.sampled_from(
        ["x", "", "From me", "From a@b.c Tue Mar  6 08:12:44 2018", ">From", ">>From x", "> y", "From: z", "é"]
    ),
    max_size=12,
)


@given(st.lists(LINES, min_size=1, max_size=5))
@settings(deadline=None)
def test_mboxrd_round_trip(bodies: list[list[str]]) -> None:
    written = []
    for body in bodies:
        escaped = [">" + line if line.lstrip(">").startswith("From ") else line for line in body]
        written.append(
            "From a@b.c Tue Mar  6 08:12:44 2018\nSubject: s\nFrom: a\n\n"
            + "".join(f"{line}\n" for line in escaped)
            + "\n"
        )
    data = "".join(written).encode()
    offsets = [*starts(data), len(data)]
    assert len(offsets) == len(bodies) + 1
    for body, low, high in zip(bodies, offsets, offsets[1:], strict=False):
        raw = mbox.message_bytes(data[low:high]).decode()
        assert raw.split("\n\n", 1)[1].rstrip("\n") == "\n".join(body).rstrip("\n")


@given(st.lists(LINES, max_size=6), st.integers(1, 400))
@settings(deadline=None)
def test_units_tile_the_file_and_change_nothing(bodies: list[list[str]], size: int) -> None:
    head = "From a@b.c Tue Mar  6 08:12:44 2018\nSubject: s\nFrom: a\n\n"
    data = "".join(head + "".join(f"{line}\n" for line in body) for body in [["x"], *bodies]).encode()
    every = list(starts(data))
    units = list(mbox.ranges(data, size))
    assert [start for start, _, _ in units] == [0, *[stop for _, stop, _ in units[:-1]]]
    assert units[-1][1] == len(data)
    found = [start + at for start, stop, _ in units for at in starts(data[start:stop])]
    assert found == every
    assert [number for _, _, number in units] == [every.index(start) + 1 for start, _, _ in units]


@pytest.mark.parametrize("window", [8, 50, 200])
def test_windows_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: int) -> None:
    mail = b"From a@b.c Tue Mar  6 08:12:44 2018\nFrom: a@b.c\nSubject: s\n\nbody\nFrom here on\n%s\n\n"
    data = b"".join(mail % (b"x" * (number * 37 % 301)) for number in range(40))
    expected = list(starts(data))
    assert len(expected) == 40
    monkeypatch.setattr(mbox_scan, "WINDOW", window)
    file = tmp_path / "x.mbox"
    file.write_bytes(data)
    with mapped(file) as view:
        assert list(starts(view)) == expected
    assert list(starts(data)) == expected


HELD = """
import resource, sys
from pathlib import Path
from corpus_search.sources.mbox_scan import starts
from corpus_search.sources.streams import mapped
with mapped(Path(sys.argv[1])) as view:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(len(list(starts(view))), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measured as Linux counts it")
def test_a_very_large_mbox_is_scanned_in_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "x.mbox"
    head = b"From a@b.c Tue Mar  6 08:12:44 2018\nFrom: a@b.c\nSubject: s\n\nbody\n"
    with file.open("wb") as out:
        for number in range(10):
            out.seek(number * 30_000_000)
            out.write(b"\n\n" + head if number else head)
        out.truncate(300_000_000)  # holes: nothing is written to the disk
    told = subprocess.run([sys.executable, "-c", HELD, str(file)], capture_output=True, text=True, check=True).stdout
    count, kilobytes = map(int, told.split())
    assert count == 10
    assert kilobytes < 80_000
