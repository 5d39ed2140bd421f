"""JSON and JSON Lines: message exports become messages, anything else a document of its names and values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from corpus_search.model import Message, Place, Reading
from corpus_search.sources.charsets import decode_text
from corpus_search.sources.documents.document import documents
from corpus_search.sources.exports import export_columns, part_of, people, read_parts
from corpus_search.sources.reading import Origin, Reader

MAX_JSON: Final = 256 << 20  # bytes
MAX_LINES: Final = 2_000_000  # values that are shown of one file


def recognise(head: bytes, path: Path) -> bool:
    """Bytes that begin as a JSON object or list of values does."""
    del path
    text = head[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()[:400]
    inner = text[1:].lstrip()
    if text[:1] == b"{":
        return inner[:1] == b'"' and b":" in inner
    return text[:1] == b"[" and inner[:1] in (b"{", b"[", b'"') and b"\x00" not in text


def read_data(data: bytes, origin: Origin) -> Reading:
    """Messages where the objects are mails, else one document. What can't be read as JSON is taken as text."""
    text = decode_text(data[:MAX_JSON], None)[0]
    values = _values(text)
    if values is None:
        return documents(text, origin)
    mails = [(number, parts) for number, value in enumerate(values, start=1) if (parts := _mail(value))]
    if mails and len(mails) * 2 >= len(values):
        messages: list[Message] = []
        for number, parts in mails:
            places = (Place("entry", number),)
            messages += read_parts(parts, replace(origin, places=places, spot=f"{origin.spot}/{number}")).messages
        return Reading(tuple(messages))
    lines = []
    for line, _ in zip(_lines(values if len(values) > 1 else values[0], ""), range(MAX_LINES), strict=False):
        lines.append(line)
    return documents("\n".join(lines), origin)


def _values(text: str) -> list[Any] | None:
    """The objects of a list, of lines, or the one object; None where the text is no JSON."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _by_line(text)
    if isinstance(value, dict) and len(value) <= 3:
        for inner in value.values():
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                return inner
    return value if isinstance(value, list) and value else [value]


def _by_line(text: str) -> list[Any] | None:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()] or None
    except (ValueError, RecursionError):
        return None


def _mail(value: Any) -> dict[str, str] | None:
    """The parts of a mail where the object is one."""
    if not isinstance(value, dict):
        return None
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        flat[key] = inner
        if isinstance(inner, dict) and part_of(key) in ("from", "to"):
            flat[f"{key} name"], flat[f"{key} address"] = inner.get("name"), inner.get("address") or inner.get("email")
            flat[key] = None
    names = list(flat)
    columns = export_columns([str(name) for name in names])
    if columns is None:
        return None
    return {part: _shown(flat[names[index]]) for part, index in columns.items()}


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_shown(one) for one in value)
    if isinstance(value, dict):
        name, address = value.get("name"), value.get("address") or value.get("email")
        if name or address:
            return people("", str(name or ""), str(address or ""))
        return "; ".join(_shown(one) for one in value.values())
    return "" if value is None else str(value)


def _lines(root: Any, label: str) -> Iterator[str]:
    """Each value on a line behind its names; walked without recursion."""
    stack = [(label, root)]
    while stack:
        name, value = stack.pop()
        if isinstance(value, dict):
            stack += [(f"{name} {key}".strip(), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            stack += [(name, inner) for inner in reversed(value)]
        elif value is not None and value != "":
            yield f"{name}: {value}" if name else str(value)


READER = Reader("json", recognise, read_data=read_data)
