"""The header block of a mail: split from the body, unfolded, its encoded words and raw bytes decoded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from quopri import decodestring

from corpus_search.sources.charsets import decode_text, scrub
from corpus_search.sources.transfer import decode_base64

MAX_HEADERS = 64 << 20  # bytes of a header block that are looked at; a real one is some kilobytes
MAX_FIELDS = 100_000
_NAME = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_PARAMETER = re.compile(rb"(?:filename|name|boundary|charset|format|type)\*?=", re.IGNORECASE)
_ENCODED = re.compile(r"=\?([^?\s]{1,80})\?([BbQq])\?((?:[^?\r\n]|\?(?!=)){0,600})\?=")
# A run of blanks is looked at from its beginning only, and once: a million of them cost no more than they are long.
_BLANKS = re.compile(r"(?:(?<![ \t])[ \t]++)?\r?\n[ \t]*|[\t\x00\x0b\x0c\r]+")


@dataclass(frozen=True, slots=True)
class Headers:
    """Header fields in order: lower-case names and values as they stand, folded, in bytes."""

    fields: tuple[tuple[str, bytes], ...]
    whole: bool = True  # false where the block is longer than is looked at: what follows was left in the body

    def raw(self, name: str) -> bytes | None:
        """The first field of this name, unfolded."""
        return next(self.all_raw(name), None)

    def all_raw(self, name: str) -> Iterator[bytes]:
        """Every field of this name."""
        return (value for field, value in self.fields if field == name)

    def written(self, name: str) -> str | None:
        """The first field of this name, unfolded, raw bytes decoded, encoded words left alone."""
        value = self.raw(name)
        return None if value is None else unfold(value)

    def all_written(self, name: str) -> list[str]:
        """Every field of this name, as `written`."""
        return [unfold(value) for value in self.all_raw(name)]

    def text(self, name: str) -> str | None:
        """The first field of this name, as a person reads it; None where there is none or it is empty."""
        value = self.written(name)
        return (decode_words(value).strip() or None) if value else None


def split_message(raw: bytes) -> tuple[Headers, int]:
    """The header fields, and the offset at which the body begins.

    The block ends at the first empty line, or at a line that is neither a field nor the continuation of one.
    """
    fields: list[tuple[str, bytes]] = []
    name = ""
    value: list[bytes] = []  # lines, put together once: a field may have very many
    at = 0
    while at < len(raw):
        if at >= MAX_HEADERS or len(fields) >= MAX_FIELDS:
            return Headers((*fields, (name, b"".join(value))), whole=False), at
        stop = raw.find(b"\n", at)
        stop = len(raw) if stop < 0 else stop + 1
        line = raw[at:stop]
        if (line[:1] in b" \t" and line.strip()) or (
            _PARAMETER.match(line) and value and value[-1].rstrip().endswith(b";")
        ):
            value.append(line if line[:1] in b" \t" else b" " + line)
        elif not line.strip():
            at = stop
            break
        elif match := _NAME.match(line):
            if name:
                fields.append((name, b"".join(value)))
            name = match.group()[:-1].strip().decode("ascii").lower()
            value = [line[match.end() :]]
        elif not (line.startswith((b">From ", b"From ")) and not fields and not name):
            break
        at = stop
    if name:
        fields.append((name, b"".join(value)))
    return Headers(tuple(fields)), at


def unfold(value: bytes) -> str:
    """A field's value on one line; bytes that are no ASCII are read as UTF-8 or what they look like."""
    text = value.decode("ascii") if value.isascii() else decode_text(value, None)[0]
    return _BLANKS.sub(" ", text.strip()) if "\n" in text or "\t" in text or not text.isprintable() else text.strip()


def decode_words(text: str) -> str:
    """Text with its encoded words decoded; blanks between two of them are dropped, other text is left as it is."""
    if "=?" not in text:
        return text
    out: list[str] = []
    waiting, charset = b"", ""  # bytes of words of one charset, put together first: a character may be split
    at = 0
    for match in _ENCODED.finditer(text):
        between = text[at : match.start()]
        at = match.end()
        data = _word_bytes(match.group(2), match.group(3))
        if data is None:
            out += [_decoded(waiting, charset), between, match.group()]
            waiting = b""
            continue
        name = match.group(1).split("*")[0]
        if between.strip() or not waiting or name.lower() != charset.lower():
            out.append(_decoded(waiting, charset))
            out.append(between if between.strip() or not waiting else "")
            waiting = b""
        waiting, charset = waiting + data, name
    out += [_decoded(waiting, charset), text[at:]]
    return scrub("".join(out))


def _word_bytes(encoding: str, payload: str) -> bytes | None:
    if encoding in "Qq":
        return decodestring(payload.replace("_", " ").encode("utf-8", "replace"), header=False)
    data = decode_base64(payload.encode("ascii", "ignore"))
    return data if data or not payload else None


def _decoded(data: bytes, charset: str) -> str:
    if not data:
        return ""
    return _BLANKS.sub(" ", decode_text(data, charset)[0])
