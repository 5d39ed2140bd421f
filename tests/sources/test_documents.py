from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st
from pptx.util import Inches
from reading_support import Read, check_laws, read_file, unit_of

from corpus_search import sources
from corpus_search.model import Message, Reading
from corpus_search.sources.documents import delimited, document, sheets, table
from corpus_search.sources.reading import Origin


def texts(found: Reading) -> list[str]:
    check_laws(found.messages)
    assert {message.kind for message in found.messages} <= {"document"}
    return [message.text for message in found.messages]


def test_word_documents(read: Read) -> None:
    file = docx.Document()
    file.add_paragraph("run 7ABC").add_run("123")
    grid = file.add_table(2, 2)
    for index, cell in enumerate(cell for row in grid.rows for cell in row.cells):
        cell.text = f"c{index}"
    file.add_paragraph("after\ttab")
    file.sections[0].header.paragraphs[0].text = "the header"
    out = io.BytesIO()
    file.save(out)
    found = read(out.getvalue(), "x.bin")
    assert texts(found) == ["run 7ABC123\nc0 \tc1\nc2 \tc3\nafter\ttab\n\nthe header"]
    message = found.messages[0]
    assert (message.source.format, message.subject, message.places[0].unit) == ("docx", "x.bin", "document")


def test_marks_of_word_processors(read: Read) -> None:
    """Breaks, hyphens, tracked changes (what was deleted is not shown), and what stands there for old programs."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run = "<w:r><w:t>7ABC</w:t><w:noBreakHyphen/><w:t>123</w:t><w:br/><w:t>next</w:t></w:r>"
    changed = "<w:del><w:r><w:t>gone</w:t></w:r></w:del><w:ins><w:r><w:t> new</w:t></w:r></w:ins>"
    doubled = f"<mc:AlternateContent {mc}><mc:Fallback><w:r><w:t>twice</w:t></w:r></mc:Fallback></mc:AlternateContent>"
    file = docx.Document()
    body = file.element.body
    body.insert(0, parse_xml(f"<w:p {w}>{run}{changed}{doubled}<!-- note --></w:p>"))
    cell = f"<w:tbl {w}><w:tr><w:tc><w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    body.insert(1, parse_xml(cell))
    out = io.BytesIO()
    file.save(out)
    assert texts(read(out.getvalue())) == ["7ABC-123\nnext new\na b"]


def test_presentations(read: Read) -> None:
    file = pptx.Presentation()
    for title in ("One", "", "Three"):
        slide = file.slides.add_slide(file.slide_layouts[5])
        slide.shapes.title.text = title
    slide.shapes.add_table(1, 2, Inches(1), Inches(1), Inches(2), Inches(1)).table.cell(0, 1).text = "cell"
    slide.notes_slide.notes_text_frame.text = "a note"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 9, 9).text_frame.text = "grouped"
    out = io.BytesIO()
    file.save(out)
    found = read(out.getvalue())
    assert texts(found) == ["One\n\nThree\n\tcell\ngrouped\na note"]
    assert [(place.unit, place.number) for place in found.messages[0].places] == [("slide", 1), ("slide", 3)]


def test_workbooks(read: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Audit"
    sheet.append(["Audit of March"])
    sheet.append(["Plate", "Searched", "Count", "Reason"])
    sheet.append(["7ABC123", datetime(2018, 3, 6, 8, 12), 3.0, "warrant"])
    sheet.append(["8XYZ999", date(2018, 3, 7), 1.5, None])
    book.create_sheet("Empty")
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue())
    assert texts(found) == [
        "Audit of March\nPlate\tSearched\tCount\tReason\n"
        "Plate: 7ABC123\tSearched: 2018-03-06 08:12:00\tCount: 3\tReason: warrant\n"
        "Plate: 8XYZ999\tSearched: 2018-03-07\tCount: 1.5"
    ]
    assert [(place.unit, place.number) for place in found.messages[0].places] == [
        ("sheet Audit, row", number) for number in (1, 2, 3, 4)
    ]
    assert found.messages[0].subject == "file, sheet Audit"


def test_times_and_a_sheet_too_large(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Plate", "At", "Flag"])
    for _ in range(5):
        book.active.append(["7ABC123", time(8, 12), True])
    out = io.BytesIO()
    book.save(out)
    assert "Plate: 7ABC123\tAt: 08:12:00\tFlag: True" in texts(read(out.getvalue()))[0]
    monkeypatch.setattr(sheets, "MAX_CELLS", 9)
    found = read(out.getvalue())
    assert [problem.kind for problem in found.problems] == ["damaged"]
    assert "7ABC123" in found.messages[0].text


def test_a_workbook_that_breaks_off_gives_what_came_before(read: Read) -> None:
    book = openpyxl.Workbook()
    for number in range(100):
        book.active.append(["Plate", "Reason"] if not number else [f"7ABC{number:03}", "warrant"])
    out, broken = io.BytesIO(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as whole, zipfile.ZipFile(broken, "w") as copy:
        for name in whole.namelist():
            data = whole.read(name)
            copy.writestr(name, data[: len(data) // 2] + b"<&" if name.endswith("sheet1.xml") else data)
    found = read(broken.getvalue())
    assert [problem.kind for problem in found.problems] == ["damaged"]
    assert "Plate: 7ABC030\tReason: warrant" in found.messages[0].text


def test_a_bomb_of_a_workbook(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (40 << 20))
    assert [problem.kind for problem in read(out.getvalue()).problems] == ["limit"]


def test_rich_text_and_pages(read: Read) -> None:
    assert texts(read(rb"{\rtf1\ansi run 7ABC{\b 123}\par two}")) == ["run 7ABC123\ntwo"]
    assert texts(read("<!DOCTYPE html><meta charset=koi8-r><p>Привет".encode("koi8-r"))) == ["Привет"]
    assert texts(read("<html><script>x</script></html>")) == []


def test_calendars_and_cards(read: Read) -> None:
    event = (
        'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nDTSTART;TZID="A:B":20180306T081200Z\r\nDTEND:20180306\r\n'
        'ATTENDEE;CN="Kim; D";ROLE=X:MAILTO:k@x.gov\r\nSUMMARY:ICE\\, ERO mee\r\n ting\r\nX-ODD:1\r\nLOCATION:\r\n'
    )
    assert texts(read(event)) == [
        "Method: REQUEST\n\nStart: 2018-03-06 08:12 UTC\nEnd: 2018-03-06\n"
        "Attendee: Kim; D <k@x.gov>\nSummary: ICE, ERO meeting"
    ]
    assert texts(read("BEGIN:VCARD\nFN:Kim\nitem1.TEL;TYPE=cell:714\n")) == ["Name: Kim\nTelephone: 714"]


def test_a_card_line_of_many_parts_and_no_end_costs_its_length(read: Read) -> None:
    """Found by damaging files at random: each part could be cut off in two ways."""
    assert texts(read(f"BEGIN:VCARD\nFN{';Dan' * 3000}\nEMAIL:d@x.example\nEND:VCARD\n")) == ["Email: d@x.example"]


OUTLOOK = (
    '\ufeff"Subject","Body","From: (Name)","From: (Address)","To: (Name)","To: (Address)","CC: (Name)"\r\n'
    '"plate","run 7ABC123\r\nplease","Lee, Ann","/o=X/cn=lee","Kim, D;LOPEZ A","k@x.gov;l@x.gov","Only, Name"\r\n'
    '"two","b","Lee","a@x.gov","","",""\r\n,,,,,,\r\n'
)


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_an_export_of_outlook_is_messages(read: Read, coding: str) -> None:
    found = read(OUTLOOK.removeprefix("\ufeff" if coding == "utf-16" else "").encode(coding), "x.csv")
    check_laws(found.messages)
    first, second = found.messages
    assert first.text == (
        'From: "Lee, Ann" </o=X/cn=lee>\nTo: "Kim, D" <k@x.gov>; "LOPEZ A" <l@x.gov>\n'
        'Cc: "Only, Name"\nSubject: plate\n\n'
        "run 7ABC123\nplease"
    )
    assert [(field, party.name, party.address) for field, party in first.parties()] == [
        ("from", "Lee, Ann", "/o=X/cn=lee"), ("to", "Kim, D", "k@x.gov"), ("to", "LOPEZ A", "l@x.gov"),
        ("cc", "Only, Name", None),
    ]  # fmt: skip
    assert first.date is None
    assert (first.places[0].unit, first.places[0].number, second.places[0].number) == ("row", 2, 3)


def test_a_workbook_of_mails_is_messages(read: Read) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Date Sent", "From", "To", "Subject", "Message Body", "Attachments"])
    book.active.append([datetime(2018, 3, 6, 8, 12), "Lee <l@x.gov>", "k@x.gov", "plate", "run it", "a.pdf; b.pdf"])
    out = io.BytesIO()
    book.save(out)
    (message,) = read(out.getvalue()).messages
    assert (message.kind, message.date, message.subject) == ("message", "2018-03-06T08:12:00", "plate")
    assert "Attachments: a.pdf; b.pdf" in message.text
    assert message.attachments == ()


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Name,Value\na,1\nb,2\n", ","),
        ("Name;Value\na;1\nb;2\n", ";"),
        ("Name\tValue\na\t1\nb\t2\n", "\t"),
        ('a,b,c,d\n"x, y",1,2,3\n', ","),
        ("Dear Mr. Kim,\nI write, again,\nbye\n", None),
        ("one line, only", None),
        ("From: a, b\nTo: c, d\nSubject: e, f\n", None),
        ("\x00\x01,\x02\n", None),
        ("a,b\n1,2\n", None),
    ],
)
def test_what_is_a_table(text: str, mark: str | None) -> None:
    assert delimited.recognise(text.encode(), Path()) is (mark is not None)


def test_a_long_table_is_cut_by_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "audit.csv"
    file.write_text("Plate,Reason\n" + "".join(f"7ABC{number:03},reason {number}\n" for number in range(1200)))
    whole = read_file(file)
    assert [len(message.places) for message in whole.messages] == [500, 500, 201]
    assert whole.messages[2].text.startswith("Plate: 7ABC999\tReason: reason 999\n")
    monkeypatch.setattr(delimited, "UNIT_ROWS", 400)
    assert len(sources.cut(unit_of(file)).units) == 4
    pieces = read_file(file)
    check_laws(pieces.messages)
    assert "\n".join(texts(pieces)) == "\n".join(texts(whole))


def test_a_table_of_one_column() -> None:
    assert table.find_heading([(1, ["ORGANIZATION"]), (2, ["Anaheim PD"]), (3, ["x"])]) == table.Heading(
        1, ("ORGANIZATION",)
    )
    assert table.find_heading([(1, ["1"]), (2, ["2"])]) is None
    assert table.find_heading([]) is None


def test_odd_tables(read: Read) -> None:
    assert len(texts(read(b"Name,Value\n" + b"a,1\n" * 50 + b'a,"1\nb,2\nc,3\n'))) == 1
    assert texts(read(b"Name,Value,X\n" + b"a,caf\xe9,x\n" * 2))[0].endswith("Name: a\tValue: café\tX: x")
    rows = "a,b,x\n" * 20 + ("a," + "y" * 90_000 + ",x\n") * 5
    assert len(texts(read("Name,Value,X\n" + rows))) == 3
    first = '"Subject","Body","From: (Name)"\n' + f'"one","{"y" * 90_000}","Lee"\n'
    assert [message.subject for message in read(first).messages] == ["one"]


@pytest.mark.parametrize(
    "text",
    [
        '[{"subject": "plate", "from": {"name": "Lee", "address": "l@x.gov"}, "to": ["k@x.gov"], "body": "run it"}]',
        '{"subject": "plate", "from": {"name": "Lee", "email": "l@x.gov"}, "to": [{"name": "A;B", "email": "a@x;b@x"}],'
        '"cc": [{"name": ""}], "body": "run it"}',
        '{"emails": [{"Subject": "plate", "From_Name": "Lee", "From_Address": "l@x.gov", "html": "<p>run it</p>"}]}',
        '{"subject": "plate", "sender": "Lee <l@x.gov>", "recipients": [{"email": "k@x.gov"}], "text": "run it"}',
        '{"subject": "plate", "from": "Lee <l@x.gov>", "body": "run it"}\n{"subject": "b", "from": "c", "body": "d"}\n',
    ],
)
def test_mails_as_json(read: Read, text: str) -> None:
    found = read(text)
    check_laws(found.messages)
    message = found.messages[0]
    assert message.sender is not None
    assert (message.kind, message.subject, message.sender.address) == ("message", "plate", "l@x.gov")
    assert message.text.endswith("\n\nrun it")


def test_other_json_is_a_document(read: Read) -> None:
    assert texts(read('{"a": {"b": 1, "c": [true, "x"]}, "d": null}')) == ["a b: 1\na c: True\na c: x"]
    assert texts(read('[{"x": 1}, {"x": 2}]')) == ["x: 1\nx: 2"]
    assert texts(read('{"not": json at all')) == ['{"not": json at all']
    assert len(texts(read("[" * 5000 + '"x"' + "]" * 5000))) == 1


def test_a_long_text_is_several_documents(origin: Origin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LONGEST", 100)
    monkeypatch.setattr(document, "MOST", 450)
    found = document.documents("line of words\n" * 40, origin)
    assert "".join(message.text for message in found.messages) == ("line of words\n" * 40)[:450]
    assert [problem.kind for problem in found.problems] == ["limit"]
    check_laws(found.messages)
    assert document.documents(" \n\f", origin) == Reading()


@given(st.text(max_size=300), st.integers(1, 50))
def test_pieces_lose_nothing(text: str, size: int) -> None:
    longest = document.LONGEST
    try:
        document.LONGEST = size  # type: ignore[misc]
        found = list(document.pieces(text))
    finally:
        document.LONGEST = longest  # type: ignore[misc]
    assert "".join(found) == text
    assert all(len(piece) <= size for piece in found)


def test_blacked_out_cells_are_noted(read: Read) -> None:
    message: Message = read("Name,Value,X\na,███,b\nc,d,e\n").messages[0]
    assert [message.text[one.start : one.end] for one in message.redactions] == ["███"]
