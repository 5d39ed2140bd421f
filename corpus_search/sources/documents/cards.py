"""Calendar entries (.ics) and contact cards (.vcf): each property on a line, as a person would read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from corpus_search.model import Reading
from corpus_search.sources.charsets import decode_text
from corpus_search.sources.documents.document import documents
from corpus_search.sources.reading import Origin, Reader

_SHOWN: Final = {
    "SUMMARY": "Summary", "DTSTART": "Start", "DTEND": "End", "DUE": "Due", "LOCATION": "Location",
    "ORGANIZER": "Organizer", "ATTENDEE": "Attendee", "DESCRIPTION": "Description", "COMMENT": "Comment",
    "STATUS": "Status", "RRULE": "Repeats", "METHOD": "Method", "CONTACT": "Contact", "CATEGORIES": "Categories",
    "FN": "Name", "N": "Full name", "ORG": "Organization", "TITLE": "Title", "ROLE": "Role", "TEL": "Telephone",
    "EMAIL": "Email", "ADR": "Address", "URL": "URL", "NOTE": "Note", "NICKNAME": "Nickname", "BDAY": "Birthday",
}  # fmt: skip
_NAME: Final = re.compile(r"(?:[\w-]{1,40}\.)?([A-Za-z-]{1,40})((?:;[^;:\"\n]{0,300}|\"[^\"\n]{0,300}\"){0,60}+):")
_COMMON: Final = re.compile(r";CN=(?:\"([^\"\n]{1,200})\"|([^;:\n]{1,200}))", re.IGNORECASE)
_WHEN: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?$")


def recognise(head: bytes, path: Path) -> bool:
    """The line that calendars and cards begin with."""
    del path
    return head[:1000].lstrip(b"\xef\xbb\xbf \r\n").upper().startswith((b"BEGIN:VCALENDAR", b"BEGIN:VCARD"))


def read_data(data: bytes, origin: Origin) -> Reading:
    """One document of all entries."""
    text = decode_text(data, None)[0].replace("\r\n", "\n")
    return documents("\n".join(_lines(re.sub(r"\n[ \t]", "", text))), origin)


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.upper() in ("BEGIN:VEVENT", "BEGIN:VCARD", "BEGIN:VTODO"):
            yield ""
        match = _NAME.match(line)
        label = _SHOWN.get(match.group(1).upper()) if match else None
        if match is None or label is None:
            continue
        value = _value(line[match.end() :])
        if name := _COMMON.search(match.group(2)):
            value = f"{name.group(1) or name.group(2)} <{value}>"
        if value.strip(" ;"):
            yield f"{label}: {value}"


def _value(text: str) -> str:
    text = text.removeprefix("mailto:").removeprefix("MAILTO:")
    if when := _WHEN.match(text):
        year, month, day, hour, minute, _, zulu = when.groups()
        return f"{year}-{month}-{day}" + (f" {hour}:{minute}{' UTC' if zulu else ''}" if hour else "")
    return text.replace("\\n", "\n").replace("\\N", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")


READER = Reader("card", recognise, read_data=read_data)
