"""Word documents (.docx): paragraphs, tables, text boxes, and headers, footers, notes and comments after them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from corpus_search.model import Reading
from corpus_search.sources.documents.document import documents
from corpus_search.sources.reading import Origin, Reader
from corpus_search.sources.zipped import check_document, names_in

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FURTHER: Final = ("header", "footer", "footnotes", "endnotes", "comments")  # parts after the body, in this order
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def recognise(head: bytes, path: Path) -> bool:
    """A zip file with a Word document in it."""
    return "word/document.xml" in names_in(head, path)


def read_data(data: bytes, origin: Origin) -> Reading:
    """The document's text, in reading order."""
    import docx  # heavy: only where a Word document is read

    check_document(data)
    file = docx.Document(io.BytesIO(data))
    lines = list(_lines(file.element.body))
    for part in sorted(file.part.package.iter_parts(), key=lambda one: str(one.partname)):
        name = str(part.partname).rsplit("/", 1)[-1]
        if name.startswith(_FURTHER) and name.endswith(".xml"):
            found = [line for line in _lines(_root(part)) if line.strip()]
            lines += ["", *found] if found else []
    return documents("\n".join(lines), origin)


def _root(part: Any) -> Any:
    from docx.oxml import parse_xml  # as above

    return getattr(part, "element", None) if hasattr(part, "element") else parse_xml(part.blob)


def _lines(root: Any) -> Iterator[str]:
    """A line a paragraph; a table's row on one line, its cells apart. Deleted text (tracked) is not shown."""
    line: list[str] = []
    cells = 0  # depth of table cells this stands in
    for event, node in _walk(root):
        tag = node.tag
        if event == "start":
            if tag == _W + "t":
                line.append(node.text or "")
            elif tag == _W + "tab":
                line.append("\t")
            elif tag in (_W + "br", _W + "cr"):
                line.append(" " if cells else "\n")
            elif tag == _W + "noBreakHyphen":
                line.append("-")
            elif tag == _W + "tc":
                cells += 1
        elif tag == _W + "tc":
            cells -= 1
            line.append("\t")
        elif tag == _W + "tr" or (tag == _W + "p" and not cells):
            yield "".join(line).rstrip("\t ")
            line.clear()
        elif tag == _W + "p":
            line.append(" ")
    if line:
        yield "".join(line)


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Nodes in document order, entered and left; what old programs would show instead, and deletions, left out."""
    if root is None:
        return
    stack: list[tuple[str, Any]] = [("start", root)]
    while stack:
        event, node = stack.pop()
        if event == "start" and (node.tag in (_FALLBACK, _W + "del") or not isinstance(node.tag, str)):
            continue
        yield event, node
        if event == "start":
            stack.append(("end", node))
            stack += [("start", child) for child in reversed(list(node))]


READER = Reader("docx", recognise, read_data=read_data)
