"""The block that signs a writer's words: who writes and how to reach them; lines that devices and services add."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from corpus_search.model import ZoneKind
from corpus_search.packs.printed_pack import load_printed
from corpus_search.sources.printed.contacts import (
    WIDE,
    has_number_beside_words,
    is_bare_name,
    is_farewell,
    is_link,
    is_name,
    is_ranked,
    is_signed,
    weight_of,
)
from corpus_search.sources.printed.signers import NOBODY, Signer, is_person, is_told, signs_as
from corpus_search.sources.printed.unreached import unreached_from

_SIGNED: Final = 22  # lines of a signature, at most


_DASHES: Final = re.compile(r"--[ \t]{0,2}|—[ \t]{0,2}")
_FRAME: Final = re.compile(r"[ \t]{0,20}[*_=#~+-]{7,200}[ \t]{0,20}")
_ATTACHED: Final = re.compile(
    r"\(see attached file: [^()\n]{1,200}\)?|<<[^<>\n]{1,120}>>|\[image[^\]\n]{0,80}\]|[^()\n]{1,100}\)$",
    re.IGNORECASE,
)
_LINKED: Final = re.compile(r"https?://|www\.", re.IGNORECASE)
_BEYOND: Final = 3  # short paragraphs that may follow a contact block
_FEW: Final = 4  # lines of one of them


def sign(lines: Sequence[str], kinds: list[ZoneKind], signer: Signer = NOBODY) -> None:
    """Mark the lines of signatures among those that are the writer's own; `signer`: by what the writer is known."""
    for at, line in enumerate(lines):
        if kinds[at] == "own" and 8 < len(line.strip()) < 120 and _device().fullmatch(line.strip(" \t*_>")):
            kinds[at] = "signature"
    dashes = next((at for at in range(len(lines) - 1, -1, -1) if _DASHES.fullmatch(lines[at])), None)
    if dashes is not None and len([line for line in lines[dashes:] if line.strip()]) <= _SIGNED:
        _mark(lines, kinds, dashes, len(lines))
        framed = _framed_from(lines, kinds, end := _end(lines, kinds, dashes))
        if framed is not None:
            _mark(lines, kinds, framed, end)
        return
    end = _end(lines, kinds, len(lines))
    framed = _framed_from(lines, kinds, end)
    if framed is not None:
        _mark(lines, kinds, framed, end)
        end = _end(lines, kinds, framed)
    if not _sign_reached(lines, kinds, end, signer):
        _sign_unreached(lines, kinds, end, signer)


def _sign_reached(lines: Sequence[str], kinds: list[ZoneKind], end: int, signer: Signer) -> bool:
    """Mark the block of contacts that ends at a line, or a few short paragraphs above it; whether there is one."""
    strict, links = False, end
    for _ in range(_BEYOND + 1):
        begin = _contacts_from(lines, kinds, end, strict=strict)
        if begin is not None and (not 0 < end < links or is_name(lines[begin])):
            if _is_strangers(lines, begin, signer):
                return False
            _mark(lines, kinds, begin, max(end, links))
            return True
        above = _paragraph_above(lines, kinds, end)
        if above is None:
            return False
        if strict or not all(_LINKED.search(line) for line in lines[above:end] if line.strip()):
            strict, links = True, 0  # a person's words follow; links to where they are found too may follow
        end = _end(lines, kinds, above)
    return False


def _sign_unreached(lines: Sequence[str], kinds: list[ZoneKind], end: int, signer: Signer) -> None:
    """Mark a block without contacts that ends at a line, or above a short paragraph there that is added to it."""
    begin = unreached_from(lines, kinds, end, signer)
    if begin is None and signer and (above := _paragraph_above(lines, kinds, end)) is not None:
        begin = unreached_from(lines, kinds, end := _end(lines, kinds, above), signer)
    if begin is not None:
        _mark(lines, kinds, begin, end)


def _is_strangers(lines: Sequence[str], begin: int, signer: Signer) -> bool:
    """Whether a block is what the mail is about: it goes on with what is told, bears another's name, or is all."""
    if begin and is_told(lines[begin - 1].strip()) and not is_name(lines[begin]):
        return True  # "RO is Isidro Loza", with the address in the lines under it
    if not signer or signs_as(lines[begin], signer) or _farewell_above(lines, begin):
        return False
    return is_person(lines[begin]) or not (_before(lines, begin) >= 0 or any(signs_as(one, signer) for one in lines))


def _end(lines: Sequence[str], kinds: Sequence[ZoneKind], end: int) -> int:
    """The end without empty lines, what is no longer the writer's own, and names of files."""
    while end and (not lines[end - 1].strip() or kinds[end - 1] != "own" or _is_file(lines[end - 1])):
        end -= 1
    return end


def _paragraph_above(lines: Sequence[str], kinds: Sequence[ZoneKind], end: int) -> int | None:
    """Where the short paragraph begins that ends here; None where it is a long one."""
    at = end
    while at and lines[at - 1].strip() and kinds[at - 1] == "own":
        at -= 1
        if end - at > _FEW:
            return None
    return at if at and at < end else None


def _framed_from(lines: Sequence[str], kinds: Sequence[ZoneKind], end: int) -> int | None:
    """The rule of dashes or stars under which a service adds a few lines, or a person signs, to the end."""
    within: list[int] = []
    for at in range(end - 1, max(-1, end - _SIGNED - 6), -1):
        text = lines[at].strip()
        if kinds[at] != "own" or len(text) > WIDE:
            return None
        if _FRAME.fullmatch(lines[at]):
            if within and _signs(lines, within[::-1]):
                return at
            within.clear()
        elif text:
            within.append(at)
    return None


def _signs(lines: Sequence[str], within: Sequence[int]) -> bool:
    """Whether framed lines sign: a few with a link or number in them, or a name over contacts."""
    texts = [lines[at].strip(" \t*_|>") for at in within]
    strong = sum(weight_of(text) > 1 or _LINKED.search(text) is not None for text in texts)
    if len(texts) <= _FEW:
        return strong > 0 or (len(texts) < 3 and any(text.endswith(("!", "!?")) for text in texts))
    return strong > 1 and is_name(texts[0]) and len(texts) <= 12


def _mark(lines: Sequence[str], kinds: list[ZoneKind], begin: int, end: int) -> None:
    for at in range(begin, end):
        if kinds[at] == "own" and (lines[at].strip() or at + 1 < end):
            kinds[at] = "signature"


def _contacts_from(lines: Sequence[str], kinds: Sequence[ZoneKind], end: int, *, strict: bool) -> int | None:
    """The first line of the block of contacts that ends at a line; None where none does.

    `strict`: other words follow it, so that it must be headed by a name and give two contacts.
    """
    strong, at, gap, links = 0, end - 1, 0, 0
    block: list[int] = []
    while at >= 0 and len(block) < _SIGNED and kinds[at] in ("own", "signature"):
        text = lines[at].strip(" \t*_|>")
        if not text:
            gap += 1
            if gap > 2:
                break
            at -= 1
            continue
        if gap and strong and is_person(lines[block[-1]]):
            break  # the signer's name: what stands above is said, be it a street or a number
        weight = weight_of(text)
        if (
            is_farewell(text)
            or weight == 0
            or (gap and weight < 2 and not is_name(text) and not (at and is_name(lines[at - 1])))
            or (gap and block and not strong)
        ):
            break
        gap = 0
        block.append(at)
        strong += weight >= 2
        links += weight >= 2 and is_link(text)
        at -= 1
    if not block:
        return None
    begin = _name_in(lines, block)
    signed = _after_farewell(lines, begin, end)
    if _is_list(lines, block) or strong == links:
        # Links alone, or a list of people with their numbers, are what the mail is about.
        if links and strong == links and len(block) == 2 and not strict and is_name(lines[begin]):
            return begin
        return signed if signed is not None and strong == links and _ranked(lines, signed, end) else None
    if strict and (strong < 2 or not is_name(lines[begin])):
        return None
    if signed is not None:
        return signed
    first = _without_prose(lines, begin, end)
    return first if first is not None and (len(block) > 1 or _farewell_above(lines, first)) else None


def _name_in(lines: Sequence[str], block: Sequence[int]) -> int:
    """Where the block begins: streets and numbers right above a person's name are said, and belong to no signature."""
    for at in reversed(block):
        if is_person(lines[at]):
            return at
        if weight_of(lines[at].strip(" \t*_|>")) < 2:
            break
    return block[-1]


def _is_list(lines: Sequence[str], block: Sequence[int]) -> bool:
    """Whether the lines are numbers of several people: more than three have a number beside words that are no label."""
    return sum(has_number_beside_words(lines[at].strip()) for at in block) > 3


def _ranked(lines: Sequence[str], begin: int, end: int) -> bool:
    """Whether the lines under a name say what the person is or where they work."""
    rest = [line.strip() for line in lines[begin:end] if line.strip()]
    return 1 <= len(rest) <= 6 and any(is_ranked(line) for line in rest)


def _farewell_above(lines: Sequence[str], at: int) -> bool:
    """Whether a farewell, or a name under one, stands above."""
    for _ in range(2):
        at = _before(lines, at)
        if at >= 0 and is_farewell(lines[at].strip(" \t*_|>")):
            return True
    return False


def _after_farewell(lines: Sequence[str], begin: int, end: int) -> int | None:
    """Where a farewell stands above: the name right under it is the writer's own, the block after it is not."""
    above = _before(lines, begin)
    if above < 0 or not is_farewell(lines[above].strip(" \t*_|>")):
        return None
    if is_signed(lines[above].strip(" \t*_|>")):
        return begin
    if above == begin - 1 and is_bare_name(lines[begin]) and not is_person(lines[begin]):
        return begin + 1 if begin + 1 < end else None
    if is_bare_name(lines[begin]) and begin + 1 < end and not lines[begin + 1].strip():
        return _next(lines, begin + 1)
    return begin


def _without_prose(lines: Sequence[str], begin: int, end: int) -> int | None:
    first = begin
    if (
        is_bare_name(lines[begin])
        and len(lines[begin].split()) == 1
        and begin + 1 < end
        and not lines[begin + 1].strip()
    ):
        first = _next(lines, begin + 1)
    return first if first < end else None


def _is_file(line: str) -> bool:
    """A line that names an attached file: " - budget.xls", "<<memo.doc>>", "(See attached file: …)"."""
    text = line.strip()
    if (
        len(text) < 240
        and _ATTACHED.fullmatch(text)
        and ("file" in text.casefold() or text[0] in "<[" or "." in text[-6:])
    ):
        return True
    return len(text) < 120 and re.fullmatch(r"(?:[-•] ?|<{1,2} ?)[^\n]{1,100}\.\w{2,4}(?: ?>{1,2})?", text) is not None


def _next(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _before(lines: Sequence[str], at: int) -> int:
    at -= 1
    while at >= 0 and not lines[at].strip():
        at -= 1
    return at


@lru_cache(maxsize=1)
def _device() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load_printed().devices) + ")", re.IGNORECASE)
