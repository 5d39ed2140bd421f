"""Bytes into text, when the charset named is right, wrong, unknown, or not named at all."""

from __future__ import annotations

import codecs
import re
from typing import Final

# Names that mail uses and Python does not know, or reads too narrowly: the wider one holds the other whole.
_WIDER: Final = {
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso_8859-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "big5": "big5hkscs",
    "windows-874": "cp874",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "utf8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
}
# Windows' numbers for charsets that Python has under other names than "cp" and the number.
_PAGES: Final = {
    20127: "ascii", 20866: "koi8-r", 21866: "koi8-u", 50220: "iso-2022-jp", 51932: "euc-jp", 51949: "euc-kr",
    54936: "gb18030", 65000: "utf-7", 65001: "utf-8",
} | {28590 + part: f"iso-8859-{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15)}  # fmt: skip
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Decoders that make text of no text, or more of it than there was.
_NOT_TEXT: Final = frozenset({"undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})


def decode_text(data: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether it is surely right (every byte was valid in the charset named, or in UTF-8).

    Tried in order: a byte order mark, the charset named, UTF-8, Windows-1252. Never raises, never gives surrogates.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return scrub(data.decode(codec, "replace")), True
    name = known_charset(charset)
    if name is not None:
        try:
            return scrub(data.decode(name)), True
        except (UnicodeError, ValueError):
            if name not in ("utf-8", "cp1252") and not _reads_as_utf8(data):
                return scrub(data.decode(name, "replace")), False
    try:
        return scrub(data.decode("utf-8")), True
    except UnicodeDecodeError:
        return _as_western(data), False


def known_charset(charset: str | None) -> str | None:
    """Python's name for a charset as mail names it; None where it is none that makes text of bytes."""
    if not charset:
        return None
    name = charset.strip().strip("\"'").lower()
    name = _WIDER.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if info.name in _NOT_TEXT or not getattr(info, "_is_text_encoding", True):
        return None
    return info.name


def charset_of_page(page: int | None) -> str | None:
    """The name of the charset that Windows has this number for; None for none."""
    return _PAGES.get(page, f"cp{page}") if page else None


def scrub(text: str) -> str:
    """The text without lone surrogates and NULs, which no store or JSON takes."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return _SURROGATES.sub("\ufffd", text) if _has_surrogates(text) else text


def _has_surrogates(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _reads_as_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_western(data: bytes) -> str:
    """Windows-1252, its five holes read as the control characters of Latin-1."""
    try:
        return scrub(data.decode("cp1252"))
    except UnicodeDecodeError:
        return scrub(data.decode("cp1252", "replace"))
