from __future__ import annotations

import base64
import hashlib
import quopri
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_support import Read, check_laws

from corpus_search.model import Message, Source
from corpus_search.sources import attached, headers, mail
from corpus_search.sources.nested import open_within
from corpus_search.sources.reading import Budget, Origin

HEAD = "From: Ann Lee <a@b.gov>\nTo: Smith, John <j@x.gov>\nDate: Tue, 6 Mar 2018 08:12:44 -0800\nSubject: plate\n"
IDS = "Message-ID: <1@x>\nIn-Reply-To: <0@x>\nReferences: <a@x> <0@x>\n"


def one(read: Read, text: str | bytes) -> Message:
    found = read(text, "mail.eml")
    check_laws(found.messages)
    return found.messages[0]


def mime(*parts: str, kind: str = "mixed", head: str = HEAD + IDS) -> str:
    inner = "".join(f"--B\n{part}\n" for part in parts)
    return f'{head}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="B"\n\n{inner}--B--\n'


PLAIN = "Content-Type: text/plain; charset=utf-8\n\nrun 7ABC123 please"
HTML = "Content-Type: text/html\n\n<p>run <b>7ABC</b><b>123</b> in html</p>"

LONG = HTML.replace("</p>", " and much more</p>")
QUOTED = "Content-Transfer-Encoding: quoted-printable\n\n"


def test_a_mail_whole(read: Read) -> None:
    message = one(read, HEAD + IDS + "Cc: c@d.e\nBcc: x@y.z\n\nbody\n")
    assert message.text == (
        "From: Ann Lee <a@b.gov>\nTo: Smith, John <j@x.gov>\nCc: c@d.e\nBcc: x@y.z\n"
        "Date: Tue, 6 Mar 2018 08:12:44 -0800\nSubject: plate\n\nbody"
    )
    assert [(zone.kind, message.text[zone.start : zone.end]) for zone in message.zones][1] == ("own", "body")
    assert message.date == "2018-03-06T08:12:44-08:00"
    assert message.date_as_written == "Tue, 6 Mar 2018 08:12:44 -0800"
    assert (message.message_id, message.in_reply_to, message.references) == ("<1@x>", "<0@x>", ("<a@x>", "<0@x>"))
    assert [(field, party.name) for field, party in message.parties()] == [
        ("from", "Ann Lee"), ("to", "Smith, John"), ("cc", None), ("bcc", None),
    ]  # fmt: skip
    assert (message.kind, message.source.format, message.source.member) == ("message", "eml", None)
    assert message.places[0].number == 1


def test_a_mail_without_a_body_is_its_header(read: Read) -> None:
    message = one(read, HEAD + IDS + "\n")
    assert [zone.kind for zone in message.zones] == ["header"]


def test_nothing_is_made_up(read: Read) -> None:
    message = one(read, "Received: by x\nMessage-ID: <1@x>\n\nbody")
    assert message.sender is None
    assert message.date is message.date_as_written is message.subject is None
    assert message.text == "body"


@pytest.mark.parametrize(
    ("fields", "bulk"),
    [
        ("List-Id: <x.y>\n", True),
        ("Precedence: bulk\n", True),
        ("Auto-Submitted: auto-replied\n", True),
        ("Auto-Submitted: no\n", False),
        ("X-Auto-Response-Suppress: All\n", True),
        ("X-Auto-Response-Suppress: OOF\n", False),
        ("X-Mailer: x\n", False),
    ],
)
def test_mail_of_lists_and_machines(read: Read, fields: str, bulk: bool) -> None:
    assert one(read, HEAD + IDS + fields + "\nx").bulk is bulk


@pytest.mark.parametrize("sender", ["no-reply@x.gov", "noreply@x.gov", "alerts-noreply@google.com", "MAILER-DAEMON@x"])
def test_senders_that_take_no_answer(read: Read, sender: str) -> None:
    assert one(read, f"From: {sender}\nTo: a@b.c\n{IDS}\nx").bulk


def test_hidden_recipients(read: Read) -> None:
    message = one(read, f"From: a@b.c\nTo: undisclosed-recipients:;\n{IDS}\nx")
    assert message.bulk
    assert message.to == ()


@pytest.mark.parametrize(
    ("index", "root"),
    [
        (base64.b64encode(bytes(range(27))).decode(), bytes(range(22)).hex()),
        ("AAAA", None),
        ("!", None),
        ("A", None),
    ],
)
def test_thread_index(read: Read, index: str, root: str | None) -> None:
    assert one(read, f"{HEAD}{IDS}Thread-Index: {index}\n\nx").thread_index == root


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        (mime(PLAIN, HTML, kind="alternative"), "run 7ABC123 please"),
        (mime(HTML, PLAIN, kind="alternative"), "run 7ABC123 please"),
        (mime("Content-Type: text/plain\n\n ", HTML, kind="alternative"), "run 7ABC123 in html"),
        (mime("Content-Type: text/plain\n\nsee HTML", LONG, kind="alternative"), None),
        (mime(HTML), "run 7ABC123 in html"),
        (mime(PLAIN, "Content-Type: text/plain\n\nlist footer"), "run 7ABC123 please\n\nlist footer"),
        (mime("Content-Type: text/plain; format=flowed\n\na \nb"), "a b"),
        (mime("Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n8NLJ18XU"), "Привет"),
        (mime("Content-Type: text/plain; charset=bogus\n" + QUOTED + "caf=C3=A9"), "café"),
        (mime("Content-Type: text/plain; charset=utf-7\n\n+AOk-"), "é"),
        (mime("Content-Type: text/plain; charset=undefined\n\nx"), "x"),
        (HEAD + IDS + "Content-Type: text/html\n\n<td>a<td>b", "ab"),
        (HEAD + IDS + "Content-Type: nonsense\n\nx", "x"),
        (mime(PLAIN).replace("--B--\n", ""), "run 7ABC123 please"),
    ],
)  # fmt: skip
def test_one_alternative_is_the_body(read: Read, sent: str, body: str | None) -> None:
    message = one(read, sent)
    found = message.text[message.zones[-1].start :] if message.zones[-1].kind == "own" else ""
    assert body is None or found == body
    assert body is not None or "and much more" in found


def test_raw_bytes_and_odd_subjects(read: Read) -> None:
    sent = HEAD.replace("plate", "caf\xe9 =?utf-8?Q?=F0=9F=9A=97?=") + IDS + "\n\xe9"
    message = one(read, sent.encode("latin-1"))
    assert message.subject == "café 🚗"
    assert message.text.endswith("é")


def test_attachments_are_listed_and_read(read: Read) -> None:
    table = b"Plate,Reason\n7ABC123,warrant\n8XYZ999,bolo\n"
    logo = b"\x89PNG\r\n\x1a\nsmall"
    parts = (
        PLAIN,
        "Content-Type: text/csv\nContent-Disposition: attachment; filename*=utf-8''caf%C3%A9.csv\n"
        "Content-Transfer-Encoding: base64\n\n" + base64.b64encode(table).decode(),
        "Content-Type: image/png; name=logo.png\nContent-ID: <logo>\nContent-Transfer-Encoding: base64\n\n"
        + base64.b64encode(logo).decode(),
    )
    found = read(mime(*parts), "mail.eml")
    check_laws(found.messages)
    host, document = found.messages
    assert [(a.name, a.type, a.size, a.text) for a in host.attachments] == [
        ("café.csv", "text/csv", len(table), True),
        ("logo.png", "image/png", len(logo), False),
    ]
    assert host.attachments[0].sha256 == hashlib.sha256(table).hexdigest()
    assert "Attachments: café.csv; logo.png" in host.text
    assert document.kind == "document"
    assert document.within == host.id
    assert not document.quoted
    assert (document.subject, document.source.member) == ("café.csv", "café.csv")
    assert "Plate: 7ABC123\tReason: warrant" in document.text
    assert found.problems == ()


def test_an_attached_mail_is_a_message_of_its_own(read: Read) -> None:
    inner = HEAD.replace("plate", "inner") + "Message-ID: <2@x>\n\ninner body"
    found = read(mime(PLAIN, f"Content-Type: message/rfc822\n\n{inner}"), "mail.eml")
    check_laws(found.messages)
    host, attached = found.messages
    assert (attached.within, attached.quoted, attached.kind) == (host.id, False, "message")
    assert attached.subject == "inner"
    assert [(a.name, a.text) for a in host.attachments] == [("inner", True)]


def test_files_of_the_same_name_have_ids_of_their_own(read: Read) -> None:
    part = "Content-Type: text/csv; name=x.csv\n\nName,Value\n{},2\nc,4"
    found = read(mime(PLAIN, part.format("a"), part.format("b")), "mail.eml")
    check_laws(found.messages)
    assert len(found.messages) == 3


def test_a_body_that_was_given_a_name(read: Read) -> None:
    host = read(mime("Content-Type: text/plain; name=body.csv\n\nrun 7ABC123"), "mail.eml").messages[0]
    assert host.text.endswith("\n\nrun 7ABC123")
    assert [a.name for a in host.attachments] == ["body.csv"]
    apart = "Content-Type: text/html; name=b.html\nContent-Disposition: attachment\n\n<p>x"
    assert "x" not in read(mime(apart), "mail.eml").messages[0].text.split("\n\n")[1:]
    host = read(mime("Content-Type: text/html; name=b.html\n\n<p>7ABC<b>123</b>"), "mail.eml").messages[0]
    assert host.text.endswith("7ABC123")


def test_a_thousand_parts_and_signatures(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "MAX_PARTS", 2)
    part = "Content-Type: text/csv; name=x.csv\n\nName,Value\na,b\nc,d"
    found = read(mime(PLAIN, "Content-Type: application/pgp-signature; name=s\n\nx", part, part), "mail.eml")
    assert len(found.messages) == 2
    assert len(found.messages[0].attachments) == 3
    assert [problem.kind for problem in found.problems] == ["limit"]


def test_a_text_in_another_alphabet_is_read_as_it_was_meant(read: Read) -> None:
    data = base64.b64encode("Имя,Номер\nа,1\nб,2".encode("koi8-r")).decode()
    part = f"Content-Type: text/csv; charset=koi8-r; name=x.csv\nContent-Transfer-Encoding: base64\n\n{data}"
    assert "Имя: а" in read(mime(PLAIN, part), "mail.eml").messages[1].text


def test_pictures_without_words_are_listed_only(read: Read) -> None:
    picture = base64.b64encode(b"\x01\x02" + bytes(30_000)).decode()
    part = f"Content-Type: image/x-odd; name=x\nContent-ID: <x>\nContent-Transfer-Encoding: base64\n\n{picture}"
    found = read(mime(PLAIN, part), "mail.eml")
    assert (len(found.messages), found.problems) == (1, ())


def test_delivery_reports_are_text(read: Read) -> None:
    status = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; k@x.gov\n"
    message = one(read, mime("Content-Type: text/plain\n\nSorry", status, kind="report"))
    assert "Sorry" in message.text
    assert "Final-Recipient: rfc822; k@x.gov" in message.text


def test_uuencode_in_the_text_is_an_attachment(read: Read) -> None:
    found = read(HEAD + IDS + "\nsee\nbegin 644 x.csv\n-3F%M92Q686QU90IA\n`\nend\nbye", "mail.eml")
    assert found.messages[0].text.endswith("see\nbye")
    assert found.messages[0].attachments[0].name == "x.csv"


def test_base64_padded_line_by_line(read: Read) -> None:
    data = b"Name,Value\n" + b"".join(b"%d,%d\n" % (number, number * 2) for number in range(30))
    lines = "\n".join(base64.b64encode(data[at : at + 58]).decode() for at in range(0, len(data), 58))
    sent = mime(
        PLAIN,
        'Content-Type: text/csv\nContent-Disposition: attachment;\nfilename="x.csv"\n'
        f"Content-Transfer-Encoding: base64\n\n{lines}",
    )
    host, document = read(sent, "mail.eml").messages
    assert host.attachments[0].size == len(data)
    assert host.attachments[0].name == "x.csv"
    assert "Name: 29\tValue: 58" in document.text


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("!!!! not base64 marker\nCan you run 7ABC123?", "!!!! not base64 marker\nCan you run 7ABC123?"),
        ("Can you run 7ABC123 for me", "Can you run 7ABC123 for me"),
        ("Thanks\n\nCan you run 7ABC123?", "Thanks\n\nCan you run 7ABC123?"),
        ("John\nis it him?", "John\nis it him?"),
        ("garçon, à bientôt", "garçon, à bientôt"),
        ("7ABC-123?", "7ABC-123?"),
        ("UnVuIDdBQkMxMjM=", "Run 7ABC123"),
        ("UnVuIDdB QkMxMjM=", "UnVuIDdB QkMxMjM="),  # nobody can tell
        ("UnVuIDdBQkMxMjM=\n\n____\nA list of lists, see http://x.gov/", "Run 7ABC123\n____\nA list of lists, see"),
        ("UnVuIDdBQkMxMjM=\n_____________\nA list's footer", "Run 7ABC123\n_____________\nA list's footer"),
        (base64.b64encode(b"words " * 90).decode().replace("d29y", "d2!9y", 1), "words words"),
    ],
)
def test_text_that_is_base64_only_by_its_label(read: Read, sent: str, text: str) -> None:
    part = f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{sent}"
    assert text in one(read, f"{HEAD}{IDS}MIME-Version: 1.0\n{part}").text
    assert text in one(read, mime(part)).text


@pytest.mark.parametrize("rows", [3, 60_000])
def test_a_file_that_is_base64_only_by_its_label(read: Read, rows: int) -> None:
    table = "Name,Plate\n" + "Kay Lee,7ABC123\n" * rows
    part = f"Content-Type: text/csv; name=x.csv\nContent-Transfer-Encoding: base64\n\n{table}"
    other = f"Content-Type: application/octet-stream; name=x.dat\nContent-Transfer-Encoding: base64\n\nSee: {table}"
    found = read(mime(PLAIN, part, other), "mail.eml")
    assert "Plate: 7ABC123" in found.messages[1].text
    assert found.messages[0].attachments[1].size >= len(table)


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx", "encrypted"),
        ("Content-Type: message/partial; number=2; total=3; id=x\n\nFrom: x\n", "unsupported"),
        ("Content-Type: application/octet-stream; name=x.bin\n\n\x01\x02\x03", "unsupported"),
    ],
)
def test_what_cannot_be_read_is_a_problem(read: Read, part: str, kind: str) -> None:
    found = read(mime(PLAIN, part), "mail.eml")
    assert kind in [problem.kind for problem in found.problems]
    assert "7ABC123" in found.messages[0].text


@pytest.mark.parametrize("before", ["", "X-Big: " + "q" * 100_000 + "\n"])
def test_ten_thousand_recipients(read: Read, before: str) -> None:
    people = ",\n ".join(f'"Person {n}" <person{n}@ocsd.example>' for n in range(10_000))
    found = read(f"{before}To: {people}\nFrom: a@b.gov\nSubject: all\nMessage-ID: <1@x>\n\nbody", "mail.eml")
    assert [message.source.format for message in found.messages] == ["eml"]
    assert len(found.messages[0].to) == 10_000
    assert found.messages[0].subject == "all"
    assert not found.problems


def test_a_header_that_is_not_taken_apart_to_its_end_is_a_problem(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAX_FIELD", 30)
    found = read(HEAD + IDS + "Cc: one@x.gov, two@x.gov, three@x.gov\n\nbody", "mail.eml")
    assert [(problem.kind, "cc field" in problem.reason) for problem in found.problems] == [("limit", True)]
    monkeypatch.undo()
    monkeypatch.setattr(headers, "MAX_FIELDS", 2)
    found = read(HEAD + IDS + "\nbody", "mail.eml")
    assert [problem.kind for problem in found.problems] == ["limit"]
    assert "Message-ID" in found.messages[0].text


def test_encrypted_by_pgp(read: Read) -> None:
    sent = mime("Content-Type: application/pgp-encrypted\n\nVersion: 1", PLAIN, kind="encrypted")
    assert "encrypted" in [problem.kind for problem in read(sent, "mail.eml").problems]


def test_parts_too_deep_are_one_problem(read: Read) -> None:
    text = HEAD + IDS
    for depth in range(100):
        text += f"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"
    found = read(text + "Content-Type: text/plain\n\nx", "mail.eml")
    assert found.problems
    assert found.messages[0].subject == "plate"
    for depth in range(100, 2000):
        text += f"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"
    found = read(text + "x", "mail.eml")
    assert found.problems[0].kind == "damaged"
    assert len(found.messages) == 1


@pytest.mark.parametrize(
    "wrap",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: b"\r\n\n" + raw,
        lambda raw: raw.decode().encode("utf-16"),
        lambda raw: raw.replace(b"\n", b"\r"),
        lambda raw: b"%d\n" % len(raw) + raw + b"<?xml plist",
        lambda raw: raw.replace(b"\n", b"\r\n"),
    ],
)
def test_frames_around_a_mail(read: Read, wrap: object) -> None:
    message = one(read, wrap((HEAD + IDS + "\nbody").encode()))  # type: ignore[operator]
    assert message.subject == "plate"
    assert message.text.endswith("\n\nbody")


@pytest.mark.parametrize(
    ("head", "mail_file"),
    [
        (HEAD + "\nx", True),
        ("From: a@b.c\nSubject: x\n\ny", True),
        ("MIME-Version: 1.0\nContent-Type: text/plain\n\nx", True),
        ("Content-Type: multipart/mixed; boundary=x\n\n--x", True),
        ("From: Lee\nSent: Tuesday\nTo: Kim\nSubject: x\n\ny", False),
        ("From: Lee\nDate: March 6, 2018\nSubject: x\n\ny", False),
        ("From: the front desk\nto all\n", False),
        ("Dear all,\n", False),
    ],
)
def test_what_is_a_mail_file(head: str, mail_file: bool) -> None:

    assert mail.recognise(head.encode(), Path()) is mail_file


def test_blacked_out_stretches_are_noted(read: Read) -> None:
    message = one(read, HEAD + IDS + "\ncall ██ or █")
    assert [message.text[r.start : r.end] for r in message.redactions] == ["██", "█"]


@given(st.text(max_size=60), st.text(max_size=200), st.binary(max_size=60))
@settings(deadline=None, max_examples=60)
def test_what_the_standard_library_writes_is_read(subject: str, body: str, data: bytes) -> None:

    subject = " ".join("".join(char for char in subject if char.isprintable()).split())
    body = "".join(char for char in body if char.isprintable() or char == "\n").strip()
    written = EmailMessage()
    written["Subject"], written["From"] = subject, "a@b.c"
    written.set_content(body or "x")
    written.add_attachment(data, maintype="application", subtype="x", filename="f.bin")
    origin = Origin(Source("f", None, "", "eml"), "R", open_within, Budget(1 << 30))
    found = mail.read_data(written.as_bytes(), origin)
    message = found.messages[0]
    check_laws(found.messages)
    assert (message.subject or "") == subject
    assert (body or "x").replace("\n\n", "").split() == message.text.split("\n\n", 1)[1].replace("\n\n", "").split()
    assert message.attachments[0].sha256 == hashlib.sha256(data).hexdigest()


PIECES = [
    *(HEAD, IDS, "\n", "--B\n", "--B--\n", PLAIN, HTML, "Content-Type: multipart/mixed; boundary=B\n", "=?"),
    *("Content-Type: message/rfc822\n\n", "Content-Transfer-Encoding: base64\n", "\xe9\ud800", "begin 644 x\n"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14))
@settings(deadline=None)
def test_any_mixture_gives_messages(pieces: list[str]) -> None:

    data = "".join(pieces).encode("utf-8", "surrogatepass")
    origin = Origin(Source("f", None, "", "eml"), "R", open_within, Budget(1 << 30))
    check_laws(mail.read_data(data, origin).messages)


def test_quoted_printable_in_a_big_part(read: Read) -> None:
    text = "é line\n" * 200_000
    part = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    message = one(read, mime(part + quopri.encodestring(text.encode()).decode()))
    assert message.text.count("é line") == 200_000
