"""The block that signs a writer's words: who writes and how to reach them; lines that devices and services add."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from corpus_search.model import ZoneKind
from corpus_search.packs.printed_pack import fold, load_printed

_SIGNED: Final = 22  # lines of a signature, at most

_WIDE: Final = 110  # characters of a line in one

_PHONE: Final = re.compile(
    r"(?<![\d/])(?:\+?\d{1,3}[ .\-]{0,2})?\(?\d{3}\)?[ .\-/]{1,3}\d{3}[ .\-]{0,2}\d{4}(?!\d)|"
    r"\+\d[\d ()/.\-]{7,18}\d|\b\d{3}-\d{4}\b"
)
_MAIL: Final = re.compile(
    r"[\w.+\-]{1,64}(?:@| at )[\w\-]{1,60}\.[\w.\-]{2,40}|(?:https?://|www\.)\S{3,200}", re.IGNORECASE
)
_CONTACT: Final = re.compile(
    r"\b(?:tel(?:ephone)?|ph(?:one)?|fax|facsimile|cell(?:ular)?|mobile|mob|office|desk|direct(?: line)?|pager|"
    r"dispatch|e-?mail|ext|badge|web|voice|switchboard|main)\b ?(?:no\.? ?|number ?|#)?[.:)(#]|"
    r"\((?:telephone|phone|fax|facsimile|cell|mobile|email|o|c|f|w|m|h)\)",
    re.IGNORECASE,
)
_STREET: Final = (
    r"(?:St|Street|Ave|Avenue|Blvd|Boulevard|Rd|Road|Dr|Drive|Way|Lane|Ln|Plaza|Parkway|Pkwy|Hwy|Highway|Court|Ct|"
    r"Circle|Square)\b"
)
_PLACE: Final = re.compile(
    r"\b[A-Z][A-Za-z.]{1,20},? (?:[A-Z]{2}|[A-Z][a-z]{3,12}),? {0,3}\d{5}(?:-\d{4})?\b|"
    r"\b(?:P\.? ?O\.? Box|Suite|Ste\.?|Floor|Room|Rm\.?) ?#? ?\d|"
    rf"\b\d{{1,5}} (?:[NSEW]\.?E?W? )?(?:[A-Z0-9][\w.]{{0,20}} ){{1,4}}{_STREET}"
)
_RANK: Final = re.compile(
    r"\b(?:officer|detective|deputy|sergeant|sgt|lieutenant|lt|captain|chief|agent|special agent|investigator|"
    r"commander|sheriff|undersheriff|corporal|director|manager|analyst|supervisor|attorney|counsel|assistant|"
    r"secretary|coordinator|specialist|administrator|president|vice president|engineer|developer|partner|associate|"
    r"consultant|clerk|technician|department|division|bureau|office of|unit|section|police|county|city of|university|"
    r"corporation|corp|inc|llc|llp|ltd|company|group|agency|institute|association|chair(?:man|woman|person)?|"
    r"professor|ph\.?d|esq|trader|services|systems)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(
    r"[*_ \t]{0,4}(?:[A-Z][\w.'’\-]{0,20},? ){1,4}(?:[A-Z][\w.'’\-]{0,20},?)"
    r"(?: (?:Jr|Sr|II|III|IV|Esq|PhD|MD|CPA)\.?)?[*_,. \t]{0,4}"
)
_DASHES: Final = re.compile(r"--[ \t]{0,2}|—[ \t]{0,2}")
_FRAME: Final = re.compile(r"[ \t]{0,20}[*_=#~+-]{7,200}[ \t]{0,20}")
_ATTACHED: Final = re.compile(
    r"\(see attached file: [^()\n]{1,200}\)?|<<[^<>\n]{1,120}>>|\[image[^\]\n]{0,80}\]|[^()\n]{1,100}\)$",
    re.IGNORECASE,
)
_EXTENSION: Final = re.compile(r"(?:ext?\.?|x-?)? ?\d{1,2}-?\d{4}", re.IGNORECASE)
_LINKED: Final = re.compile(r"https?://|www\.", re.IGNORECASE)
_BEYOND: Final = 3  # short paragraphs that may follow a contact block
_FEW: Final = 4  # lines of one of them


def sign(lines: Sequence[str], kinds: list[ZoneKind]) -> None:
    """Mark the lines of signatures among those that are the writer's own."""
    for at, line in enumerate(lines):
        if kinds[at] == "own" and 8 < len(line.strip()) < 120 and _device().fullmatch(line.strip(" \t*_>")):
            kinds[at] = "signature"
    dashes = next((at for at in range(len(lines) - 1, -1, -1) if _DASHES.fullmatch(lines[at])), None)
    if dashes is not None and len([line for line in lines[dashes:] if line.strip()]) <= _SIGNED:
        _mark(lines, kinds, dashes, len(lines))
        return
    end = _end(lines, kinds, len(lines))
    framed = _framed_from(lines, kinds, end)
    if framed is not None:
        _mark(lines, kinds, framed, end)
        end = _end(lines, kinds, framed)
    for skipped in range(_BEYOND + 1):
        begin = _contacts_from(lines, kinds, end, strict=skipped > 0)
        if begin is not None:
            _mark(lines, kinds, begin, end)
            return
        above = _paragraph_above(lines, kinds, end)
        if above is None:
            return
        end = _end(lines, kinds, above)


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
        if kinds[at] != "own" or len(text) > _WIDE:
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
    strong = sum(_weight(text) > 1 or _LINKED.search(text) is not None for text in texts)
    if len(texts) <= _FEW:
        return strong > 0 or (len(texts) < 3 and any(text.endswith(("!", "!?")) for text in texts))
    return strong > 1 and _NAME.fullmatch(texts[0]) is not None and len(texts) <= 12


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
        weight = _weight(text)
        if (
            _is_farewell(text)
            or weight == 0
            or (gap and weight < 2 and not _NAME.fullmatch(text))
            or (gap and block and not strong)
        ):
            break
        gap = 0
        block.append(at)
        strong += weight >= 2
        links += weight >= 2 and _is_link(text)
        at -= 1
    if not block:
        return None
    begin = block[-1]
    signed = _after_farewell(lines, begin, end)
    if _is_list(lines, block) or strong == links:
        # Links alone, or a list of people with their numbers, are what the mail is about.
        if strong == links and len(block) == 2 and not strict and _NAME.fullmatch(lines[begin].strip(" \t*_|>")):
            return begin
        return signed if signed is not None and strong == links and _ranked(lines, signed, end) else None
    if strict and (strong < 2 or not _NAME.fullmatch(lines[begin].strip(" \t*_|>"))):
        return None
    if signed is not None:
        return signed
    first = _without_prose(lines, begin, end)
    return first if first is not None and (len(block) > 1 or _farewell_above(lines, first)) else None


def _is_link(text: str) -> bool:
    return text.startswith(("http", "www.", "<http")) or ("://" in text and "@" not in text)


def _is_list(lines: Sequence[str], block: Sequence[int]) -> bool:
    """Whether the lines are numbers of several people: more than three have a number beside words that are no label."""
    beside = 0
    for at in block:
        text = lines[at].strip()
        match = _PHONE.search(text)
        if match:
            rest = _CONTACT.sub(" ", text[: match.start()] + " " + text[match.end() :])
            beside += sum(len(word) > 2 and word.isalpha() for word in rest.split()) >= 2
    return beside > 3


def _ranked(lines: Sequence[str], begin: int, end: int) -> bool:
    """Whether the lines under a name say what the person is or where they work."""
    rest = [line.strip() for line in lines[begin:end] if line.strip()]
    return 1 <= len(rest) <= 6 and any(_RANK.search(line) for line in rest)


def _farewell_above(lines: Sequence[str], at: int) -> bool:
    """Whether a farewell, or a name under one, stands above."""
    for _ in range(2):
        at = _before(lines, at)
        if at >= 0 and _is_farewell(lines[at].strip(" \t*_|>")):
            return True
    return False


def _after_farewell(lines: Sequence[str], begin: int, end: int) -> int | None:
    """Where a farewell stands above: the name right under it is the writer's own, the block after it is not."""
    above = _before(lines, begin)
    if above < 0 or not _is_farewell(lines[above].strip(" \t*_|>")):
        return None
    if _is_signed(lines[above].strip(" \t*_|>")):
        return begin
    if above == begin - 1 and _is_bare_name(lines[begin]):
        return begin + 1 if begin + 1 < end else None
    if _is_bare_name(lines[begin]) and begin + 1 < end and not lines[begin + 1].strip():
        return _next(lines, begin + 1)
    return begin


def _without_prose(lines: Sequence[str], begin: int, end: int) -> int | None:
    first = begin
    if (
        _is_bare_name(lines[begin])
        and len(lines[begin].split()) == 1
        and begin + 1 < end
        and not lines[begin + 1].strip()
    ):
        first = _next(lines, begin + 1)
    return first if first < end else None


def _weight(text: str) -> int:
    """How much a line is one of contacts: 2 by itself, 1 beside others, 0 none."""
    if len(text) > _WIDE:
        return 0
    if _CONTACT.search(text) or _PLACE.search(text):
        return 2
    if (_PHONE.search(text) and len(text) < 60) or _EXTENSION.fullmatch(text):
        return 2
    if match := _MAIL.search(text):
        return 2 if len(match.group()) >= 0.5 * len(text) else 1 if len(text) < 60 and text[-1] not in ".?!," else 0
    if text[-1:] in ".?!;:" and not re.search(
        r"\b(?:Inc|Corp|Co|Ltd|Esq|Jr|Sr|Ph\.?D|L\.?L\.?P|N\.?A|\b[A-Z])\.$", text
    ):
        return 0
    words = text.split()
    if len(words) > 9:
        return 0
    capital = sum(
        word[0].isupper() or not word[0].isalpha() or word in ("of", "and", "the", "for", "de", "in", "at", "to")
        for word in words
    )
    return (
        1
        if capital == len(words)
        and (words[0][0].isupper() or not words[0][0].isalpha())
        and (len(words) > 1 or _RANK.search(text) or len(text) > 2)
        else 0
    )


def _is_farewell(text: str) -> bool:
    if len(text) > 40:
        return False
    return fold(text.strip(" ,.!-–—*")) in load_printed().farewells or _is_signed(text)


def _is_signed(text: str) -> bool:
    """Whether a farewell and the writer's name stand on one line: "Thanks, Kay"."""
    farewell, comma, name = text.partition(",")
    return bool(comma) and len(text) <= 40 and fold(farewell) in load_printed().farewells and _is_bare_name(name)


def _is_bare_name(line: str) -> bool:
    """Whether the line is a name, perhaps of one word, without a rank, a place or a number."""
    text = line.strip(" \t*_,.-")
    words = text.split()
    return (
        0 < len(words) <= 4
        and all(word[0].isupper() for word in words)
        and not any(char.isdigit() or char in "@/|:" for char in text)
        and not _RANK.search(text)
    )


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
