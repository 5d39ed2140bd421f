"""Whole files of every format to begin fuzzing with: those given, what is attached to mails among them, and some made."""

from __future__ import annotations

import bz2
import email
import gzip
import io
import lzma
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from corpus_search.sources.formats import claim
from corpus_search.sources.reading import HEAD_BYTES, NotReadable

LARGEST = 400_000  # bytes
EACH = 40  # of a format
MAKERS = Path(__file__).resolve().parents[2] / "tests" / "sources"  # what writes mailboxes for the tests
MAIL = b"From: Daniel Ruiz <d@x.example>\nTo: Mark <m@y.example>\nSubject: plate\nDate: Tue, 06 Mar 2018 08:12:44 -0800\n\nrun 7ABC123\n"
MBOX = b"From d@x.example Tue Mar  6 08:12:44 2018\n" + MAIL + b"\n"
TABLE = b"Plate,Reason,Date\n7ABC123,warrant,2018-03-06\n8XYZ999,bolo,2018-03-07\n"


def by_format(paths: list[Path], folder: Path) -> dict[str, list[bytes]]:
    """The bytes of files of each format; those made are put into the folder."""
    given = list(_given(paths))
    return _by_format([*given, *_attached(given, folder), *_made(folder)])


def _given(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.is_file() and 0 < file.stat().st_size <= LARGEST)


def _attached(mails: list[Path], folder: Path) -> Iterator[Path]:
    """What is attached to the mails among the files given: old documents, winmail.dat."""
    number = 0
    for mail in mails:
        if mail.suffix == ".eml":
            for part in email.message_from_bytes(mail.read_bytes()).walk():
                data = part.get_payload(decode=True) if part.get_filename() else None
                if isinstance(data, bytes) and 0 < len(data) <= LARGEST:
                    number += 1
                    (folder / f"attached{number}").write_bytes(data)
                    yield folder / f"attached{number}"


def _made(folder: Path) -> Iterator[Path]:
    """Whole files of formats that a release may lack."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, data in (("a.eml", MAIL), ("b.mbox", MBOX * 3)):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    packed = {"a.tar": out.getvalue(), "a.tgz": gzip.compress(out.getvalue()), "a.csv": TABLE, "a.txt": MAIL[:60] * 9}
    packed |= {
        "a.gz": gzip.compress(MAIL),
        "a.xz": lzma.compress(MAIL),
        "a.bz2": bz2.compress(MAIL),
        "a.mbox": MBOX * 4,
    }
    packed |= {
        "a.rtf": rb"{\rtf1\ansi{\fonttbl\f0 Arial;}\f0 run \b 7ABC123\b0\par please}",
        "a.html": b"<html><body><p>run <b>7ABC123</b></body>",
    }
    packed |= {"a.vcf": b"BEGIN:VCARD\nVERSION:3.0\nFN:Daniel Ruiz\nEMAIL:d@x.example\nEND:VCARD\n"}
    packed |= {"a.json": b'[{"from": "d@x.example", "subject": "plate", "body": "run 7ABC123"}]'}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.eml", MAIL)
        archive.writestr("box/b.mbox", MBOX * 3)
    packed["a.zip"] = out.getvalue()
    packed |= dict(_offices())
    packed |= dict(_mailboxes())
    for name, data in packed.items():
        (folder / name).write_bytes(data)
        yield folder / name


def _offices() -> Iterator[tuple[str, bytes]]:
    import docx
    import openpyxl
    import pptx
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(MAIL, "a.eml")
    yield "a.7z", out.getvalue()
    word = docx.Document()
    word.add_paragraph("run 7ABC123 please")
    book = openpyxl.Workbook()
    book.active.append(["Plate", "Reason"])
    book.active.append(["7ABC123", "warrant"])
    slides = pptx.Presentation()
    slides.slides.add_slide(slides.slide_layouts[0]).shapes.title.text = "7ABC123"
    for name, document in (("a.docx", word), ("a.xlsx", book), ("a.pptx", slides)):
        out = io.BytesIO()
        document.save(out)
        yield name, out.getvalue()


def _mailboxes() -> Iterator[tuple[str, bytes]]:
    """Outlook mailboxes of both widths, plain and encoded."""
    sys.path.append(str(MAKERS))
    from pst_release_support import lopez_mailbox

    for wide in (True, False):
        for encoded in (True, False):
            yield f"{wide}{encoded}.pst", lopez_mailbox(wide, encoded)
    yield "a.ost", lopez_mailbox(client=b"SO")


def _by_format(files: list[Path]) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = defaultdict(list)
    for file in files:
        with file.open("rb") as handle:
            head = handle.read(HEAD_BYTES)
        try:
            fmt = claim(head, file).format
        except NotReadable:
            continue
        if len(found[fmt]) < EACH:
            found[fmt].append(file.read_bytes())
    return found
