"""A mail's MIME tree: the text of its body, one alternative of it, and every other part as it was sent.

mail-parser takes the tree apart, of the MIME fields and the body alone: what it makes of addresses, dates and
Received fields is not used (see `addresses` and `dates`), and the last is most of its time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message as Tree
from email.policy import compat32
from typing import Final

import mailparser
from mailparser.exceptions import MailParserError

from corpus_search.model import Reading
from corpus_search.sources.charsets import decode_text, scrub
from corpus_search.sources.headers import Headers, decode_words, unfold
from corpus_search.sources.html import html_to_text
from corpus_search.sources.lifting import Lifted, lift_big
from corpus_search.sources.plain import unflow
from corpus_search.sources.reading import Origin
from corpus_search.sources.transfer import decode_base64, decode_text_part, is_words, mend_folds

_MIME_FIELDS: Final = frozenset(
    {"mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-id"}
    | {"content-description"}
)
_BODY_TYPES: Final = frozenset(
    {"text/plain", "text/html", "text/enriched", "text/rfc822-headers", "message/delivery-status"}
)
_AS_SENT: Final = compat32.clone(max_line_length=0, linesep="\n")
MAX_DEPTH: Final = 60  # parts within parts
_COMPARED: Final = 40  # characters by which two alternatives are taken for the same words
_MAILS: Final = frozenset({"message/rfc822", "message/global", "message/news"})

logging.getLogger("mailparser").setLevel(logging.CRITICAL)  # it warns of what we make good


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is no text of the body: its name and type as given, its decoded bytes."""

    name: str | None
    type: str
    data: bytes
    inline: bool = False  # shown within the body, as a logo is
    charset: str | None = None
    apart: bool = False  # sent as an attachment, not to be shown with the mail
    read: Callable[[Origin], Reading] | None = None  # how to read it, where it is no file by itself


@dataclass(slots=True)
class Body:
    """What the parts of a mail gave: pieces of the body's text, the other parts, and what went wrong."""

    texts: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    troubles: list[tuple[str, str]] = field(default_factory=list)  # kind and reason of a problem

    def add(self, other: Body) -> None:
        """Take in what another part gave."""
        self.texts += other.texts
        self.parts += other.parts
        self.troubles += other.troubles

    @property
    def text(self) -> str:
        """The body's text."""
        return "\n\n".join(text for text in self.texts if text.strip())


def read_mime(headers: Headers, body: bytes) -> Body:
    """Take a mail's body apart. Where the tree can't be had, the body is given as one text, with a trouble."""
    lifted = lift_big(mend_folds(body))
    reduced = b"".join(b"%s:%s" % (name.encode(), value) for name, value in headers.fields if name in _MIME_FIELDS)
    try:
        tree = mailparser.parse_from_bytes(reduced + b"\n" + lifted.body).message
        return _with_body(_collect(tree, lifted, 0))
    except (MailParserError, MessageError, RecursionError, LookupError, ValueError, TypeError, AttributeError) as error:
        reason = f"the parts of the mail can't be told apart ({type(error).__name__}); its body was taken as one text"
        return Body([decode_text(body, None)[0]], troubles=[("damaged", reason)])


def _with_body(whole: Body) -> Body:
    """Where no text is the body, the first that is shown with the mail is: some programs give the body a name."""
    first = next((part for part in whole.parts if part.type in ("text/plain", "text/html") and not part.apart), None)
    if not whole.texts and first is not None:
        text = decode_text(first.data, first.charset)[0].replace("\r\n", "\n").replace("\r", "\n")
        whole.texts.append(html_to_text(text) if first.type == "text/html" else text.strip("\n"))
    return whole


def _collect(tree: Tree, lifted: Lifted, depth: int) -> Body:
    kind = tree.get_content_type()
    if depth > MAX_DEPTH:
        return Body(troubles=[("limit", f"parts nested deeper than {MAX_DEPTH} were not opened")])
    if kind in _MAILS:
        return Body(parts=[_mail_part(tree, lifted)])
    if kind.startswith("message/") and tree.is_multipart():
        return _report(tree, kind)
    if not tree.is_multipart():
        return _leaf(tree, kind, lifted)
    children = [child for child in tree.get_payload() if isinstance(child, Tree)]
    found = [_collect(child, lifted, depth + 1) for child in children]
    if kind == "multipart/alternative":
        return _choose(found, children)
    whole = Body()
    for one in found:
        whole.add(one)
    if kind == "multipart/encrypted":
        whole.troubles.append(("encrypted", "the mail is encrypted (PGP); ask the agency for it decrypted"))
    if not whole.texts and tree.preamble and not children:
        whole.texts.append(scrub(str(tree.preamble)))
    return whole


def _report(tree: Tree, kind: str) -> Body:
    """A delivery report, a receipt, or one part of a mail sent in parts: fields and text, shown as they are."""
    blocks = [child.as_string(policy=_AS_SENT) for child in tree.get_payload() if isinstance(child, Tree)]
    whole = Body([_decoded_text("\n".join(blocks))])
    if kind == "message/partial":
        number, total = tree.get_param("number"), tree.get_param("total") or "?"
        reason = f"part {number} of {total} of a mail that was sent in parts; the others may be in the release"
        whole.troubles.append(("unsupported", scrub(reason)))
    return whole


def _decoded_text(text: str) -> str:
    return decode_text(text.encode("utf-8", "surrogateescape"), None)[0].strip("\n")


def _choose(found: list[Body], children: list[Tree]) -> Body:
    """One alternative's text (plain, unless it is a stub of another), and the parts of all of them."""
    whole = Body()
    for one in found:
        whole.parts += one.parts
        whole.troubles += one.troubles
    texts = [(one, child.get_content_type()) for one, child in zip(found, children, strict=True) if one.text.strip()]
    plain = [one for one, kind in texts if kind == "text/plain"]
    rich = [one for one, kind in texts if kind != "text/plain"]
    if plain and not (rich and _is_stub(plain[0].text, rich[-1].text)):
        whole.texts = plain[0].texts
    elif rich:
        whole.texts = next((one for one, kind in texts if kind in ("text/html", "multipart/related")), rich[0]).texts
    elif plain:
        whole.texts = plain[0].texts
    return whole


def _is_stub(plain: str, rich: str) -> bool:
    """Whether the plain text says (nearly) nothing of what the other says."""
    short = " ".join(plain.split())
    long = " ".join(rich.split())
    if short[:_COMPARED] in long:
        return False
    return len(long) > 3 * len(short) + 20 or ("html" in short.lower() and len(short) < min(300, len(long)))


def _leaf(tree: Tree, kind: str, lifted: Lifted) -> Body:
    name = _name(tree)
    shown = (tree.get_content_disposition() or "inline") == "inline"
    data = _data(tree, lifted)
    if kind in _BODY_TYPES and shown and not name:
        return Body([_text(tree, kind, data)])
    trouble: list[tuple[str, str]] = []
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and tree.get_param("smime-type") != "signed-data":
        trouble = [("encrypted", "the mail is encrypted (S/MIME); ask the agency for it decrypted")]
    inline = tree.get_content_disposition() != "attachment" and bool(tree.get("content-id"))
    part = Part(name, kind, data, inline, tree.get_content_charset(), tree.get_content_disposition() == "attachment")
    return Body(parts=[part], troubles=trouble)


def _text(tree: Tree, kind: str, data: bytes) -> str:
    charset = tree.get_content_charset()
    text = decode_text(data, charset)[0].replace("\r\n", "\n").replace("\r", "\n")
    if kind == "text/html":
        return html_to_text(text)
    if kind == "text/plain" and str(tree.get_param("format")).lower() == "flowed":
        return unflow(text, str(tree.get_param("delsp")).lower() == "yes")
    return text.strip("\n")


def _data(tree: Tree, lifted: Lifted) -> bytes:
    try:
        payload = tree.get_payload(decode=True)
    except (LookupError, ValueError):
        payload = str(tree.get_payload()).encode("utf-8", "surrogateescape")
    data = payload if isinstance(payload, bytes) else b""
    if str(tree.get("content-transfer-encoding", "")).strip().lower() == "base64":
        # The tree's own decoding stops at the first padding.
        sent = tree.get_payload()
        data = _from_base64(sent.encode("utf-8", "surrogateescape"), tree) if isinstance(sent, str) else data
    return lifted.parts.get(data.strip(), data)


def _from_base64(sent: bytes, tree: Tree) -> bytes:
    """What is labelled base64, decoded; as it stands where it is plain words."""
    if tree.get_content_maintype() == "text":
        return decode_text_part(sent)
    return sent if is_words(sent) else decode_base64(sent)


def _mail_part(tree: Tree, lifted: Lifted) -> Part:
    """A mail within the mail, as bytes that can be read as any mail; named by its subject where it has no name."""
    inner = (
        next((child for child in tree.get_payload() if isinstance(child, Tree)), None) if tree.is_multipart() else None
    )
    if inner is None:
        return Part(_name(tree), "message/rfc822", _data(tree, lifted))
    try:
        data = inner.as_bytes(policy=_AS_SENT)
    except (LookupError, ValueError, TypeError, AttributeError):
        data = "".join(f"{key}: {value}\n" for key, value in inner.raw_items()).encode("utf-8", "surrogateescape")
        data += b"\n" + _data(inner, lifted)
    subject = inner.get("subject")
    return Part(_name(tree) or (_decoded(str(subject)) if subject else None), "message/rfc822", lifted.restore(data))


def _name(tree: Tree) -> str | None:
    """The file name as given, in whatever way it was encoded."""
    try:
        name = tree.get_filename()
    except (LookupError, ValueError, TypeError):
        name = None
    return (_decoded(name) or None) if name else None


def _decoded(text: str) -> str:
    """A field's value with raw bytes and encoded words decoded."""
    return decode_words(unfold(text.encode("utf-8", "surrogateescape"))).strip()
