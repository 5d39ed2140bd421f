"""An invented detective's mailbox as Outlook would keep it: mail with two sides, and what else is in a mailbox."""

from __future__ import annotations

from datetime import datetime

from pst_support import Folder, Item, file_attached, mail, mailbox, person

ASKED, ANSWERED = datetime(2018, 3, 6, 16, 12, 44), datetime(2018, 3, 6, 17, 2, 9)
RUIZ, LOPEZ, KIM = (
    "d.ruiz@ice.example",
    "/O=VMPD/OU=FIRST/CN=RECIPIENTS/CN=KLOPEZ",
    "/O=VMPD/OU=FIRST/CN=RECIPIENTS/CN=DKIM",
)
FIELDS = (
    "Microsoft Mail Internet Headers Version 2.0\r\n"
    "Received: from mail.ice.example by mx.vistamar.example; Tue, 6 Mar 2018 08:12:40 -0800\r\n"
    "From: Daniel Ruiz <d.ruiz@ice.example>\r\nTo: Kay Lopez <klopez@vistamar.example>\r\n"
    "Date: Tue, 6 Mar 2018 08:12:44 -0800\r\nMessage-ID: <0001@ice.example>\r\nSubject: plate\r\n"
)
LPR = b"Plate,Camera,Date\n7ABC123,Harbor and 5th,2018-03-05\n8XYZ999,Main,2018-03-06\n"
LONG = "".join(f"Line {number}: 7ABC{number % 1000:03} passed Harbor and 5th.\r\n" for number in range(900))


def folders() -> list[Folder]:
    """An inbox with a folder in it, sent items, deleted items, contacts."""
    asked = mail(
        "\x01\x01plate", "Kay,\r\ncan you run 7ABC123 for me? Off the record.\r\nThanks, Dan\r\n", ASKED, p007d=FIELDS,
        people=[
            person(1, "Lopez, Kay", LOPEZ, "klopez@vistamar.example"),
            person(2, "Kim, Dana", KIM),
        ],
        attached=[file_attached("LPR reads.csv", "text/csv", LPR)],
    )  # fmt: skip
    forwarded = mail(
        "\x01\x05FW: jail tip", "See attached.\r\n", ANSWERED, **_sent_by("Kim, Dana", KIM),
        people=[person(1, "Lopez, Kay", LOPEZ)],
        attached=[
            mail("jail tip", "He is in cell 4 until Friday.\r\n", ASKED, **_sent_by("Diaz, Ana", "adiaz@jail.example"),
                 people=[person(1, "Kim, Dana", KIM)], attached=[file_attached("reads.csv", "text/csv", LPR)]),
        ],
    )  # fmt: skip
    answer = mail(
        "\x01\x04RE: plate", "Comes back to a 2011 Corolla, 14 Elm St.\r\n\r\nKay Lopez\r\n", ANSWERED,
        **_sent_by("Lopez, Kay", LOPEZ),
        people=[person(1, "Daniel Ruiz", RUIZ), person(3, "Diaz, Ana", "adiaz@jail.example")],
    )  # fmt: skip
    long = mail("all reads", LONG, ASKED, **_sent_by("Flock", "reads@flock.example"))
    html = mail(
        "BOLO",
        "",
        ANSWERED,
        **_sent_by("Kim, Dana", KIM),
        p1013=b"<html><body><p>White Corolla <b>7ABC123</b></p></body>",
    )
    contact = Item({0x001A: "IPM.Contact", 0x0037: "Daniel Ruiz (ICE)", 0x1000: "cell 714 555 0142"})
    return [
        Folder("Inbox", [asked, forwarded, html], [Folder("LPR", [long])]),
        Folder("Sent Items", [answer]),
        Folder("Deleted Items", [mail("lunch", "Noon?", ASKED)], unlisted=[mail("old", "Delete this one.", ASKED)]),
        Folder("Contacts", [contact]),
    ]


def lopez_mailbox(wide: bool = True, encoded: bool = False, client: bytes = b"SM") -> bytes:
    """The mailbox as a file, with a mail whose folder is gone."""
    lost = mail("no folder", "Whose folder is gone.", ASKED)
    return mailbox(*folders(), wide=wide, encoded=encoded, client=client, orphans=[lost])


def _sent_by(name: str, address: str) -> dict[str, object]:
    return {
        f"p{number}": value for number, value in (("0c1a", name), ("0c1f", address), ("0042", name), ("0065", address))
    }
