"""Big base64 parts taken out of a mail before it is parsed: a parser holds some nine copies of each."""

from __future__ import annotations

import binascii
import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Final

from corpus_search.sources.transfer import decode_base64, is_words

BIG: Final = 1 << 20  # bytes of a part as sent
_BASE64: Final = re.compile(rb"^content-transfer-encoding[ \t]*:[ \t]*\"?base64", re.IGNORECASE | re.MULTILINE)
_NO_LEAF: Final = re.compile(rb"^content-type[ \t]*:[ \t\r\n]*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_LOOKED_AT: Final = 4096  # bytes of a part, to see whether it is base64
_BREAK: Final = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Lifted:
    """The body with a token in the place of each big part; the decoded bytes by token."""

    body: bytes
    parts: dict[bytes, bytes]

    def restore(self, data: bytes) -> bytes:
        """Bytes of a mail in which tokens may stand, with the parts put back (encoded anew)."""
        for token, part in self.parts.items():
            sent = b64encode(token)
            if sent in data:
                data = data.replace(sent, binascii.b2a_base64(part))
        return data


def lift_big(body: bytes) -> Lifted:
    """Take big base64 parts out of a multipart body. A small body is given back as it is."""
    if len(body) < BIG:
        return Lifted(body, {})
    parts: dict[bytes, bytes] = {}
    kept: list[bytes] = []
    at = 0
    while at < len(body):
        stop = body.find(b"\n--", at + 1)
        stop = len(body) if stop < 0 else stop
        if stop - at < BIG or not _lift(body, at, stop, kept, parts):
            kept.append(body[at:stop])
        at = stop
    return Lifted(b"".join(kept), parts)


def _lift(body: bytes, at: int, stop: int, kept: list[bytes], parts: dict[bytes, bytes]) -> bool:
    gap = _BREAK.search(body, at + 3, min(stop, at + 8192))
    if gap is None:
        return False
    head = body[at : gap.end()]
    if not _BASE64.search(head) or _NO_LEAF.search(head):
        return False
    if is_words(body[gap.end() : gap.end() + _LOOKED_AT]):
        return False
    data = decode_base64(body[gap.end() : stop])
    token = b"lifted-part-%d-%d" % (len(parts), len(data))
    parts[token] = data
    kept += [head, b64encode(token)]
    return True
