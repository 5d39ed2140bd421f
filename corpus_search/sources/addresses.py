"""Address fields into parties: every person that stands in one, in whatever manner it was written.

Takes what released mail holds and strict parsers drop: Exchange addresses, names without an address, "Last, First"
without quotes, lists by semicolons, "user at host", "Name [mailto:…]". Linear in the length of the field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from corpus_search.model import REDACTED_MARK, Party
from corpus_search.sources.headers import decode_words

MAX_FIELD: Final = 1 << 19  # characters of one field that are taken apart
_LONGEST: Final = 2000  # characters between a quote or bracket and the one that closes it
_ADDRESS: Final = re.compile(r"[^\s<>()\[\],;:\"]{1,120}@[^\s<>()\[\],;:\"]{1,250}")
_AT_HOST: Final = re.compile(r"([\w.+'=-]{1,64}) (?:at|AT) ([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})")
_MAILTO: Final = re.compile(r"\[?mailto:", re.IGNORECASE)
_REDACTED: Final = re.compile(r"(?:█+|[\[(]?redacted[\])]?|\(?b\)?\(\d\)(?:\(\w\))?|x{4,}|\s)+", re.IGNORECASE)
_PARTICLES: Final = frozenset({"de", "del", "della", "da", "di", "la", "las", "los", "van", "von", "der", "den", "st."})
_SUFFIXES: Final = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "esq", "esq.", "md", "phd", "cpa"})
_CLOSING: Final = {'"': '"', "<": ">", "(": ")", "[": "]"}


class _Piece(NamedTuple):
    """What stands between two separators: the words, an address in angle brackets (or None), a comment."""

    words: str
    address: str | None
    comment: str


def read_parties(written: str | Sequence[str]) -> tuple[Party, ...]:
    """The parties of a field as written (unfolded, encoded words still encoded), in order."""
    fields = [written] if isinstance(written, str) else written
    return tuple(party for field in fields for party in _read_field(field[:MAX_FIELD]))


def read_party(written: str) -> Party | None:
    """The one party of a field such as From; None where nobody stands there."""
    parties = read_parties(written)
    if len(parties) > 1 and not any(party.address for party in parties[1:]):
        # One sender whose name was taken for several: "Smith, John, Sgt. <x@y>" or without an address at all.
        names = ", ".join(party.name for party in parties if party.name)
        address = next((party.address for party in parties if party.address), None)
        return Party(names or None, address)
    return parties[0] if parties else None


def _read_field(text: str) -> list[Party]:
    pieces, semicolons = _split(text)
    if not semicolons:
        pieces = _join_names(pieces)
    return [party for piece in pieces if (party := _party(piece)) is not None]


def _split(text: str) -> tuple[list[_Piece], bool]:
    """The field cut at separators that stand outside of quotes, brackets and comments.

    Where semicolons separate, commas belong to names, unless what stands on both sides of one is an address.
    """
    spans: list[tuple[str, str]] = []  # the piece, and the separator after it
    start = at = 0
    while at < len(text):
        char = text[at]
        if char in _CLOSING:
            at = _closed(text, at)
        elif char in ",;" or (char == ":" and _is_group(text, start, at)):
            spans.append((text[start:at], char))
            start = at + 1
        at += 1
    spans.append((text[start:], ""))
    members = [(piece, mark) for piece, mark in spans if mark != ":"]
    semicolons = any(mark == ";" for _, mark in members[:-1]) and any(piece.strip() for piece, _ in members[1:])
    if semicolons:
        members = _rejoin(members)
    return [_piece(text) for text, _ in members if text.strip()], semicolons


def _is_group(text: str, start: int, at: int) -> bool:
    """Whether the colon ends a group's name ("Team: a@b, c@d;") and is not part of an address or a time."""
    name = text[max(start, at - _LONGEST) : at].strip()
    return bool(name) and "@" not in name and "/" not in name and name.lower() not in ("mailto", "smtp", "ex", "x500")


def _rejoin(members: list[tuple[str, str]]) -> list[tuple[str, str]]:
    joined: list[tuple[list[str], str]] = []
    for piece, mark in members:
        # What was joined before holds no address: only its last piece can.
        if joined and joined[-1][1] == "," and not _has_address(joined[-1][0][-1]):
            joined[-1][0].append(piece)
            joined[-1] = (joined[-1][0], mark)
        else:
            joined.append(([piece], mark))
    return [(",".join(pieces), mark) for pieces, mark in joined]


def _has_address(text: str) -> bool:
    return "<" in text or "@" in text


def _closed(text: str, at: int) -> int:
    """The offset of what closes the bracket or quote at this offset; the same offset where nothing does."""
    opening, closing = text[at], _CLOSING[text[at]]
    if opening == "(":
        return _closed_comment(text, at)
    far = at + _LONGEST
    stop = text.find(closing, at + 1, far)
    while opening == '"' and stop > 0 and text[stop - 1] == "\\" and text[stop - 2] != "\\":
        stop = text.find(closing, stop + 1, far)
    return stop if stop > 0 else at


def _closed_comment(text: str, at: int) -> int:
    far = text.rfind(")", at, at + _LONGEST // 10)
    depth = 0
    for offset in range(at, far + 1):
        depth += (text[offset] == "(") - (text[offset] == ")")
        if not depth:
            return offset
    return at


def _piece(text: str) -> _Piece:
    """Words, the address in angle (or `[mailto:`) brackets, and the comment of one piece."""
    words, comment = text.strip(), ""
    address: str | None = None
    low = _outside_quotes(words, "<")
    if low >= 0:
        high = words.find(">", low)
        high = len(words) if high < 0 else high
        address = words[low + 1 : high].strip(" <>\t'\"")
        words = f"{words[:low].rstrip()} {words[high + 1 :].lstrip(' >')}".strip()
    elif mailto := _MAILTO.search(words):
        address = words[mailto.end() :].rstrip("] ").strip()
        words = words[: mailto.start()].strip()
    elif words.endswith(")") and (low := _outside_quotes(words, "(")) > 0:
        comment = words[low + 1 : -1].strip()
        if "@" in words[:low] or _AT_HOST.fullmatch(words[:low].strip()):
            words = words[:low].strip()
        else:
            comment = ""
    return _Piece(words, address, comment)


def _outside_quotes(text: str, mark: str) -> int:
    at = 0
    while at < len(text):
        if text[at] == mark:
            return at
        at = (_closed(text, at) if text[at] == '"' else at) + 1
    return -1


def _join_names(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces of a comma list, with "Last" and "First <address>" put together again."""
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before is not None and before.address is None and _is_surname(before, piece):
            words = f"{_clean(before.words)}, {_clean(piece.words)}"
            joined[-1] = _Piece(words, piece.address, piece.comment)
        else:
            joined.append(piece)
    return joined


def _is_surname(before: _Piece, piece: _Piece) -> bool:
    """Whether the words before a comma are the surname of the piece after it (or that is "Jr.")."""
    name, after = before.words, piece.words
    if not after or "@" in name or name.startswith('"') or _AT_HOST.search(name) or REDACTED_MARK in name:
        return False
    if "@" in after and piece.address is None:
        return False
    first = after.split(" ", 1)[0].lower()
    if first in _SUFFIXES:
        return True
    if "," in name:
        return False
    words = name.split()
    if len(words) == 1 or words[0].lower() in _PARTICLES:
        return True
    if piece.address is None:
        return False
    mailbox = re.sub(r"[^a-z]", "", piece.address.split("@")[0].lower())
    surname = re.sub(r"[^a-z]", "", words[-1].lower())
    return len(after.split()) == 1 or (len(surname) > 2 and surname in mailbox)


def _party(piece: _Piece) -> Party | None:
    words, address = piece.words, piece.address
    if address is None:
        address, words = _bare_address(words)
    elif at_host := _AT_HOST.fullmatch(address):
        address = f"{at_host.group(1)}@{at_host.group(2)}"
    name = _clean(words) or (_clean(piece.comment) if address else "")
    if name and _REDACTED.fullmatch(name):
        return Party(None, _address(address), redacted=True)
    shown = _address(address)
    if shown and _REDACTED.fullmatch(shown):
        return Party(name or None, None, redacted=not name)
    if shown and name.strip("'").lower() == shown.lower():
        name = ""
    return Party(name or None, shown) if name or shown else None


def _bare_address(words: str) -> tuple[str | None, str]:
    """An address without brackets, and the words beside it: "a@b", "Name a@b", "user at host", "/O=…/CN=…"."""
    if words[:3].lower() in ("/o=", "/cn"):
        return words, ""
    if at_host := _AT_HOST.fullmatch(words):
        return f"{at_host.group(1)}@{at_host.group(2)}", ""
    if words[:5].lower() in ("smtp:", "x500:"):
        words = words[5:]
    if match := _ADDRESS.search(words):
        rest = f"{words[: match.start()]} {words[match.end() :]}".strip().strip('"[]()').strip()
        return match.group().strip("'"), rest
    return None, words


def _address(address: str | None) -> str | None:
    if not address:
        return None
    for prefix in ("mailto:", "smtp:", "ex:"):
        if address.lower().startswith(prefix):
            address = address[len(prefix) :]
    return decode_words(address).strip() or None


def _clean(words: str) -> str:
    """A name without its quotes and escapes, encoded words decoded."""
    name = words.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1]
    elif '"' in name:
        name = name.replace('"', "")
    if "\\" in name:
        name = re.sub(r"\\([\\\"'()])", r"\1", name)
    name = decode_words(name).strip()
    if len(name) > 2 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1]
    return " ".join(name.split())
