"""Word documents from before 2007 (.doc): the text by the piece table ([MS-DOC] 2.4.1)."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path
from typing import Final

from corpus_search.model import Reading
from corpus_search.sources.documents.document import documents
from corpus_search.sources.ole import has_stream, stream
from corpus_search.sources.reading import NotReadable, Origin, Reader

_FIELD: Final = re.compile("\x13[^\x13\x14\x15]{0,4000}\x14?")  # a field's instruction; its result is kept
_ENDS: Final = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x07": "\t", "\x1e": "-", "\x15": None, "\x14": None}
)
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_SHARED: Final = 2  # characters for each byte of the text, at most: pieces of a damaged table may overlap without end
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200


def recognise(head: bytes, path: Path) -> bool:
    """A compound file with Word's stream in it."""
    return has_stream(head, path, "WordDocument")


def read_data(data: bytes, origin: Origin) -> Reading:
    """The document's text."""
    import olefile  # type: ignore[import-untyped]  # only where such a file is read

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            main = stream(file, "WordDocument")
            flags = struct.unpack_from("<H", main, 0x0A)[0]
            if flags & _ENCRYPTED:
                raise NotReadable("encrypted", "the document is protected by a password; ask for it without")
            table = stream(file, "1Table" if flags & _TABLE_1 else "0Table")
        text = _text(main, table)
    except (struct.error, ValueError) as error:
        raise NotReadable("damaged", f"the Word document is cut or damaged ({error}); ask for it again") from error
    return documents(_shown(text), origin)


def _text(main: bytes, table: bytes) -> str:
    begin, size = struct.unpack_from("<II", main, 0x01A2)
    pieces = _piece_table(table[begin : begin + size])
    count = (len(pieces) - 4) // 12
    limits = struct.unpack_from(f"<{count + 1}I", pieces)
    out: list[str] = []
    most = _SHARED * len(main)
    for index in range(count):
        offset = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * index + 2)[0]
        length = min(max(0, limits[index + 1] - limits[index]), most)
        most -= length
        if offset & 0x40000000:
            at = (offset & 0x3FFFFFFF) // 2
            out.append(main[at : at + length].decode("cp1252", "replace"))
        else:
            out.append(main[offset : offset + 2 * length].decode("utf-16-le", "replace"))
    return "".join(out)


def _piece_table(clx: bytes) -> bytes:
    """The piece table within the complex part, the formatting runs before it passed over."""
    at = 0
    while at + 5 <= len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        message = "no piece table"
        raise ValueError(message)
    size = struct.unpack_from("<I", clx, at + 1)[0]
    return clx[at + 5 : at + 5 + size]


def _shown(text: str) -> str:
    return _CONTROLS.sub("", _FIELD.sub("", text).translate(_ENDS))


READER = Reader("doc", recognise, read_data=read_data)
