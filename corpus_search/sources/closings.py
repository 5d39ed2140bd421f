"""Where a person's own words end: contact blocks under a name, lines that devices add, disclaimers, banners."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

from corpus_search.packs.print_out_pack import load_print_outs

Part = Literal["own", "signature", "disclaimer", "furniture"]
MOST_SIGNATURE: Final = 18  # rows of a contact block that are not blank
_LONG: Final = 90  # characters: a contact block's lines are shorter
_CONTACT: Final = re.compile(
    r"\(?\d{3}\)?[ .\-/]{0,3}\d{3}[ .\-]{1,2}\d{4}|\+\d{1,3}[ .\-(]{1,2}\d|\S{1,64}@\S{2,100}|https?://|www\.|"
    r"\b(?:tel|telephone|phone|ph|fax|cell|mobile|office|direct|desk|e-?mail|ext|suite|floor|p\.?o\.? box|pager)\b ?[.:#)(]|"
    r"\b[A-Z]{2},? {1,2}\d{5}(?:-\d{4})?\b|\d{1,6} [NSEW]?\.? ?[A-Z]\w{1,20}(?: \w{1,20})?,? (?:st|street|ave|avenue|rd|road|blvd|dr|drive|ln|way|plaza|hwy)\b",
    re.IGNORECASE,
)
_PRINTED: Final = re.compile(r"(?:page \d{1,4}(?: of \d{1,4})?|\d{1,4} of \d{1,4})", re.IGNORECASE)
_NAME: Final = re.compile(r"[^\W\d_][\w.'’\-]{0,24}(?:,? [\w.'’\-\"()]{1,24}){0,4}")
_RULE: Final = re.compile(r"[\s_*=~\-–—#.]{4,200}")


def parts_of(texts: Sequence[str]) -> list[Part]:
    """What each line of one message's own words is; blank lines go with what stands before them."""
    parts: list[Part] = ["own"] * len(texts)
    _mark_banners(texts, parts)
    _mark_disclaimers(texts, parts)
    _mark_signature(texts, parts)
    return parts


def _mark_banners(texts: Sequence[str], parts: list[Part]) -> None:
    """Warnings of mail systems: at the top of a body, down to the blank line after them."""
    seen = 0
    for at, text in enumerate(texts):
        if not text.strip():
            continue
        seen += 1
        if seen > 12:
            break
        if _begins(text, _banners()):
            end = at
            while end < len(texts) and texts[end].strip() and end - at < 8:
                parts[end] = "furniture"
                if _closes(texts, at, end):
                    break
                end += 1


def _closes(texts: Sequence[str], at: int, end: int) -> bool:
    """Whether a banner is over: a bracketed word alone, or a line that ends short after a full stop."""
    text = texts[end].strip()
    if text.endswith(("]", "*", "-")) or (end == at and len(text) < 30):
        return True
    following = texts[end + 1].strip() if end + 1 < len(texts) else ""
    return text.endswith((".", "!")) and not _begins(following, _banners()) and len(text) < 60


def _mark_disclaimers(texts: Sequence[str], parts: list[Part]) -> None:
    """Paragraphs that begin as disclaimers do and speak as they do."""
    words = load_print_outs().disclaimer_words
    at = 0
    while at < len(texts):
        if parts[at] != "own" or not _begins(texts[at], _disclaimers()):
            at += 1
            continue
        end = at
        while end < len(texts) and texts[end].strip() and parts[end] == "own":
            end += 1
        said = " ".join(texts[at:end]).casefold()
        marked = texts[at].strip("*-_ ")
        if any(word in said for word in words) or marked[:15].isupper():
            begin = at - 1 if at and texts[at - 1].strip() and _RULE.fullmatch(texts[at - 1]) else at
            end = _tail(texts, end, words)
            parts[begin:end] = ["disclaimer"] * (end - begin)
        at = max(end, at + 1)


def _tail(texts: Sequence[str], end: int, words: Sequence[str]) -> int:
    """The end of the paragraphs that go on with a disclaimer: they use its words, or are rules."""
    while end < len(texts):
        begin = end
        while begin < len(texts) and not texts[begin].strip():
            begin += 1
        stop = begin
        while stop < len(texts) and texts[stop].strip():
            stop += 1
        said = " ".join(texts[begin:stop]).casefold()
        if begin == stop or not (_RULE.fullmatch(said) or sum(word in said for word in words) >= 2):
            return end
        end = stop
    return end


def _mark_signature(texts: Sequence[str], parts: list[Part]) -> None:
    """The contact block at the end of the words, under the name or after the delimiter, and lines of devices."""
    own = [at for at, text in enumerate(texts) if text.strip() and parts[at] == "own"]
    while own and _begins(texts[own[-1]], load_print_outs().devices) and len(texts[own[-1]]) < 120:
        parts[own.pop()] = "signature"
    if not own:
        return
    begin = _delimited(texts, own)
    if begin is None:
        begin = _contact_block(texts, own)
    if begin is not None:
        for at in range(begin, own[-1] + 1):
            if parts[at] == "own":
                parts[at] = "signature"


def _delimited(texts: Sequence[str], own: Sequence[int]) -> int | None:
    for at in own[-40:]:
        text = texts[at]
        if text.startswith("--") and (text.rstrip() == "--" or (_RULE.fullmatch(text) and _few_after(texts, at, own))):
            return at
    return None


def _few_after(texts: Sequence[str], at: int, own: Sequence[int]) -> bool:
    after = [texts[one] for one in own if one > at]
    return 0 < len(after) <= MOST_SIGNATURE and all(len(text) < _LONG for text in after) and any(map(_is_contact, after))


def _contact_block(texts: Sequence[str], own: Sequence[int]) -> int | None:
    """Where the contact block begins: after the sign-off and the name, or where the last short lines give contacts."""
    tail = own[-MOST_SIGNATURE - 6 :]
    sign = next((n for n in range(len(tail) - 1, -1, -1) if is_sign_off(texts[tail[n]])), None)
    if sign is not None:
        after = tail[sign + 1 :]
        if after and len(after) <= MOST_SIGNATURE and _short(texts, after):
            name_on_it = len(texts[tail[sign]].split()) > 2 or "," in texts[tail[sign]].rstrip(", ")
            rest = after[1:] if _is_name(texts[after[0]]) and not _gives(texts, after, name_on_it) else after
            if _is_name(texts[after[0]]) and len(after) > 1 and _same_block(texts, after) and name_on_it:
                rest = after
            if rest and (any(_is_contact(texts[at]) for at in rest) or len(rest) >= 2):
                return rest[0]
            return None
    return _bare_block(texts, tail)


def _gives(texts: Sequence[str], after: Sequence[int], name_on_it: bool) -> bool:
    return name_on_it and _is_name(texts[after[0]]) and len(after) > 1


def _same_block(texts: Sequence[str], after: Sequence[int]) -> bool:
    return after[1] == after[0] + 1


def _bare_block(texts: Sequence[str], tail: Sequence[int]) -> int | None:
    """A block of short lines at the very end of which some are contacts, headed by a name."""
    begin = len(tail)
    contacts = gaps = 0
    for n in range(len(tail) - 1, -1, -1):
        text = texts[tail[n]]
        if n + 1 < len(tail) and tail[n + 1] - tail[n] > 1:
            gaps += 1
            if contacts and not (_is_contact(text) and gaps < 3):
                break
        if len(text.strip()) > _LONG or _is_sentence(text):
            break
        contacts += _is_contact(text)
        begin = n
    block = tail[begin:]
    while block and not (_is_name(texts[block[0]]) or _is_contact(texts[block[0]])):
        block = block[1:]
    if not block or not any(_is_contact(texts[at]) for at in block):
        return None
    if len(block) < 2 or block[0] == tail[0] == 0:
        return None
    return block[0]


def _short(texts: Sequence[str], rows: Sequence[int]) -> bool:
    return all(len(texts[at].strip()) <= _LONG and not _is_sentence(texts[at]) for at in rows)


def _is_contact(text: str) -> bool:
    return len(text) <= 200 and _CONTACT.search(text) is not None


def _is_name(text: str) -> bool:
    text = text.strip(" \t*_,-~")
    return len(text) <= 60 and _NAME.fullmatch(text) is not None and text[0].isupper() and len(text.split()) <= 5


def _is_sentence(text: str) -> bool:
    text = text.strip()
    words = text.split()
    if text.endswith("?") or (len(words) > 9 and not _is_contact(text)):
        return True
    low = sum(word[0].islower() for word in words)
    return len(words) > 4 and low * 2 > len(words) and text.endswith((".", "!", ":", ","))


def is_sign_off(text: str) -> bool:
    """Whether the line closes a letter: "Thanks," or "Thanks, Kay"."""
    text = text.strip(" \t*_-–—")
    if not text or len(text) > 50:
        return False
    low = text.casefold().rstrip(" .,!;:-")
    offs = load_print_outs().sign_offs
    if low in offs:
        return True
    for mark in (",", "!", ".", " -", "-"):
        head, found, rest = low.partition(mark)
        if found and head.strip() in offs and len(rest.split()) <= 3:
            return True
    return False


def _begins(text: str, beginnings: Sequence[str]) -> bool:
    start = text.lstrip(" \t*_-<>#|\"'“=~").casefold()
    bracketed = text.lstrip().casefold()
    return start.startswith(_folded(tuple(beginnings))) or bracketed.startswith(_folded(tuple(beginnings)))


@lru_cache(maxsize=8)
def _folded(beginnings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(beginning.casefold() for beginning in beginnings)


def _banners() -> tuple[str, ...]:
    return load_print_outs().banners


def _disclaimers() -> tuple[str, ...]:
    return load_print_outs().disclaimers
