"""A maker of small Outlook mailboxes ([MS-PST] 2.4): folders, items, recipients, attachments. For tests only.

The numbers of properties are those of [MS-OXPROPS].
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pst_nodes_support import PstFile
from pst_tables_support import Stored, Value, Values, property_list, table

_STORE, _NAMES, _ROOT, _RECIPIENTS, _ATTACHMENTS = 0x21, 0x61, 0x122, 0x692, 0x671
GONE = 0xFFFE2  # the number of a folder that is not there
_KEY = bytes(range(16))
# What 0x8000 to 0x8003 stand for: an appointment's start, a number that a class has too, a place, a contact's address.
NAMED = ((0, 0x820D), (1, 0x001A), (0, 0x8208), (2, 0x8083))  # set and number
_SETS = ("0220060000000000c000000000000046", "90dad86e0b451b1098da00aa003f1305", "0420060000000000c000000000000046")
_FOLDERS: Values = {0x3001: "", 0x3602: 0, 0x3603: 0, 0x360A: False, 0x3613: ""}
_CONTENTS: Values = {
    0x001A: "", 0x0037: "", 0x0039: datetime(2018, 1, 1), 0x0042: "", 0x0E03: "", 0x0E04: "",
    0x0E06: datetime(2018, 1, 1), 0x0E07: 0, 0x0E08: 0, 0x0E17: 0, 0x3008: datetime(2018, 1, 1),
}  # fmt: skip
_PEOPLE: Values = {
    0x0C15: 0, 0x0E0F: False, 0x0FF9: b"", 0x0FFE: 0, 0x0FFF: b"", 0x3001: "", 0x3002: "", 0x3003: "", 0x300B: b"",
    0x3900: 0, 0x39FE: "", 0x39FF: "", 0x3A40: False,
}  # fmt: skip
_FILES: Values = {0x0E20: 0, 0x3704: "", 0x3705: 0, 0x370B: 0}


@dataclass(frozen=True)
class Item:
    """A mail or another item: its properties, those of its recipients, its attachments."""

    values: Values
    people: Sequence[Values] = ()
    attached: Sequence[Values | Item] = ()


@dataclass(frozen=True)
class Folder:
    """A folder with what is in it. It does not list `unlisted` items; it lists `absent` more that are not there."""

    name: str
    items: Sequence[Item] = ()
    folders: Sequence[Folder] = ()
    unlisted: Sequence[Item] = ()
    absent: int = 0


@dataclass
class _Mailbox:
    file: PstFile
    next: int = 0x400
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, kind: int) -> int:
        self.next += 1
        return self.next << 5 | kind


def mailbox(
    *folders: Folder,
    wide: bool = True,
    encoded: bool = False,
    client: bytes = b"SM",
    orphans: Sequence[Item | Folder] = (),
) -> bytes:
    """A .pst file with these folders at its top; b"SO" as client makes it an .ost. The folder of `orphans` is gone."""
    made = _Mailbox(PstFile(wide, encoded, client))
    top = made.number(2)
    waste = Folder("Deleted Items") if all(one.name != "Deleted Items" for one in folders) else None
    whole = Folder("Top of Personal Folders", folders=[*folders, *([waste] if waste else [])])
    _folder(made, Folder("", folders=[whole]), _ROOT, _ROOT, {whole.name: top})
    for one in orphans:
        if isinstance(one, Folder):
            _folder(made, one, made.number(2), GONE, {})
        else:
            made.file.node(made.number(4), *_item(made, one), GONE)
    entry = {name: bytes(4) + _KEY + struct.pack("<I", number) for name, number in made.numbers.items()}
    store: dict[int, Value] = {
        0x0FF9: _KEY, 0x3001: "Lopez mailbox", 0x35DF: 0x89, 0x35E0: entry[whole.name],
        0x35E3: entry["Deleted Items"], 0x67FF: 0,
    }  # fmt: skip
    made.file.node(_STORE, *property_list(made.file, store))
    made.file.node(_NAMES, *property_list(made.file, _names()))
    return made.file.close()


def _names() -> Values:
    """Names of the properties from 0x8000 on (2.4.7): numbers in sets, and no words."""
    names = [struct.pack("<IHH", number, (3 + one) << 1, index) for index, (one, number) in enumerate(NAMED)]
    buckets: dict[int, bytes] = {}
    for name, (one, number) in zip(names, NAMED, strict=True):
        bucket = 0x1000 + (number ^ (3 + one) << 1) % 251
        buckets[bucket] = buckets.get(bucket, b"") + name
    return {0x0001: 251, 0x0002: bytes.fromhex("".join(_SETS)), 0x0003: b"".join(names), 0x0004: b"", **buckets}


def _folder(made: _Mailbox, folder: Folder, number: int, parent: int, known: dict[str, int]) -> None:
    file = made.file
    made.numbers[folder.name] = number
    numbers = [known.get(child.name) or made.number(2) for child in folder.folders]
    values: Values = {
        0x3001: folder.name, 0x3602: len(folder.items), 0x3603: 0, 0x360A: bool(folder.folders), 0x3613: "IPF.Note",
    }  # fmt: skip
    file.node(number, *property_list(file, values), parent)
    rows = [
        (at, {0x3001: one.name, 0x3602: len(one.items), 0x3603: 0, 0x360A: bool(one.folders), 0x3613: "IPF.Note"})
        for at, one in zip(numbers, folder.folders, strict=True)
    ]
    base = number & ~0x1F
    file.node(base | 0x0D, *table(file, _FOLDERS, rows))
    listed: list[tuple[int, Values]] = []
    for item in [*folder.items, *folder.unlisted]:
        at = made.number(4)
        file.node(at, *_item(made, item), number)
        if len(listed) < len(folder.items):
            listed.append((at, {n: v for n, v in item.values.items() if n in _CONTENTS}))
    listed += [(made.number(4), {}) for _ in range(folder.absent)]
    file.node(base | 0x0E, *table(file, _CONTENTS, listed))
    file.node(base | 0x0F, *table(file, {0x001A: "", 0x3001: ""}, []))
    for at, child in zip(numbers, folder.folders, strict=True):
        _folder(made, child, at, number, {})


def _item(made: _Mailbox, item: Item) -> Stored:
    file = made.file
    subnodes: dict[int, tuple[int, int]] = {}
    people = [(index, person) for index, person in enumerate(item.people)]
    subnodes[_RECIPIENTS] = table(file, _PEOPLE, people)
    rows: list[tuple[int, Values]] = []
    for one in item.attached:
        number = made.number(5)
        values, inner = (_embedded(made, one)) if isinstance(one, Item) else (dict(one), {})
        values = {0x0E20: _size(values), 0x3705: 1, 0x370B: 0xFFFFFFFF, **values}
        subnodes[number] = property_list(file, values, inner)
        rows.append((number, {n: v for n, v in values.items() if n in _FILES}))
    if rows:
        subnodes[_ATTACHMENTS] = table(file, _FILES, rows)
    flags = 1 | (0x10 if rows else 0)
    return property_list(file, {0x0E07: flags, 0x0E08: 100, 0x0E17: 0, **item.values}, subnodes)


def _embedded(made: _Mailbox, item: Item) -> tuple[dict[int, Value], dict[int, tuple[int, int]]]:
    number = made.number(4)
    values: dict[int, Value] = {0x3705: 5, 0x3001: item.values.get(0x0037, ""), 0x3701: (number, 1000)}
    return values, {number: _item(made, item)}


def _size(values: Values) -> int:
    data = values.get(0x3701)
    return len(data) if isinstance(data, bytes) else 1000


def mail(subject: str, body: str, sent: datetime | None = None, **more: object) -> Item:
    """A mail with subject, plain body and moment; `more` are further properties, `p007d="..."`, people and attached."""
    people, attached = more.pop("people", ()), more.pop("attached", ())
    given = {int(name[1:], 16): value for name, value in more.items()}
    values = {0x001A: "IPM.Note", 0x0037: subject, 0x1000: body, **({0x0039: sent, 0x0E06: sent} if sent else {})}
    return Item({**values, **given}, people, attached)  # type: ignore[arg-type,dict-item]


def person(kind: int, name: str, address: str = "", smtp: str = "") -> Values:
    """A recipient: 1 to, 2 cc, 3 bcc; an address of Exchange's own begins with a slash."""
    values: dict[int, Value] = {0x0C15: kind, 0x3001: name, 0x0FFE: 6, 0x3900: 0, 0x0E0F: True}
    if address:
        values |= {0x3002: "EX" if address.startswith("/") else "SMTP", 0x3003: address}
    return values | ({0x39FE: smtp} if smtp else {})


def file_attached(name: str, kind: str, data: bytes) -> Values:
    """A file attached by value."""
    return {0x3701: data, 0x3704: name[:8], 0x3707: name, 0x370E: kind, 0x3001: name}
