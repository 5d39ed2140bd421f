"""Lines that introduce quoted words without a header block of labels.

"On Tue, Mar 6, 2018 at 8:12 AM, Kay Ruiz <k@x> wrote:" (in many languages, over several lines), GroupWise's
">>> Kay Ruiz 03/06/18 8:12 AM >>>", Notes' name over a date over "To", Gmail's and Outlook's name and date without
labels, "-----Original Message-----". Every look back is bounded, so that reading is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from corpus_search.packs.printed_pack import load_printed
from corpus_search.sources.printed.blocks import Block, Field
from corpus_search.sources.printed.dates import Found, find_date
from corpus_search.sources.printed.labels import CORE, find_label
from corpus_search.sources.printed.people import looks_like_people
from corpus_search.sources.printed.yearless import find_yearless

_LINES: Final = 5  # over which an introduction may run
_LONG: Final = 400  # characters of a line that are looked at
_ADDRESS: Final = re.compile(r"<?(?:mailto:)?[\w.+'=\-]{1,64}@[\w.\-]{1,80}>?")
_BRACKETED: Final = re.compile(r"<(?:mailto:)?[\w.+'=\-]{1,64}@[\w.\-]{1,80}>?")
_SENT_BY: Final = re.compile(r"[ \t>]{0,80}(?:Sent|Send) ?[Bb]y ?:")
_CHAT: Final = re.compile(r"\[(?P<date>[^\]\n]{6,40})\][ \t]{1,4}(?P<name>[^\n:]{2,80}):(?=\s|$)")


def groupwise(line: str) -> Block | None:
    """The sender and date of ">>> name date >>>"."""
    text = line.strip()
    if not text.startswith(">>>") or len(text) > _LONG:
        return None
    inner = text.strip("> \t")
    found = find_date(inner)
    if found is None or found.start < 2 or len(inner) - found.end > 6:
        return None
    if not text.endswith(">>>") and not found.timed:
        return None
    return _told(0, 1, inner[: found.start], inner[found.start : found.end])


def wrote(lines: Sequence[str], end: int, first: int, follows: bool) -> Block | None:
    """The sender and date of an introduction that ends in line `end`, and begins not before line `first`.

    `follows`: words quoted by ">" come next, so that less is asked of it.
    """
    last = lines[end].rstrip(" \t\xa0")[-_LONG:]
    if not last.endswith((":", "：")):
        return None
    verbs, begins = _verbs(), _begins()
    spoken = False
    named: Block | None = None  # "Kay Ruiz <k@x> wrote:" by itself, unless it is the end of more
    for begin in range(end, max(first, end - _LINES) - 1, -1):
        text = lines[begin].strip(" \t\xa0>\ufeff\u200b")
        if not text:
            break
        joined = " ".join(line.strip(" \t\xa0\ufeff\u200b")[:_LONG] for line in lines[begin : end + 1])
        opens = begins.match(text) is not None or text.startswith('--- "')
        if not opens and "@" not in joined and (begin < end or not follows):
            continue  # it neither begins as an introduction nor names anybody
        spoken = spoken or verbs.search(joined) is not None or verbs.search(last) is not None
        found = find_date(joined)
        if opens and spoken:
            if found is not None or _ADDRESS.search(joined):
                return _introduced(begin, end, joined, found)
            if follows and begin == end:
                return _introduced(begin, end, joined, None)
        elif found is not None and _ADDRESS.search(joined) and _bears_out(joined, found, spoken, follows):
            return _introduced(begin, end, joined, found)
        elif begin == end and spoken and _is_name(joined, follows) and (follows or "@" in joined):
            named = _introduced(begin, end, joined, found)
    return named


def _bears_out(joined: str, found: Found, spoken: bool, follows: bool) -> bool:
    """Whether an address and a date without "On" introduce quoted words.

    "2018-03-06 8:12 GMT-08:00 Kay Roe <k@x>:", "Kay Roe <k@x> hat am 6. März 2018 um 8:12 geschrieben:".
    """
    if len(joined) > 200:
        return False
    if found.start < 3:
        after = _ADDRESS.sub("", joined[found.end :]).strip(" ,:<>()\"'")
        return spoken or follows or (found.timed and joined.rstrip(": ").endswith((">", ")")) and _is_name(after))
    address = _ADDRESS.search(joined)
    return spoken and address is not None and address.end() <= found.start and _is_name(joined[: address.start()])


def is_introduction(block: Block) -> bool:
    """Whether a header is a line that introduces quoted words: a sender and at most a date, neither with a label."""
    return bool(block.fields) and all(not one.label and one.name in ("from", "date") for one in block.fields)


def begins_introduction(text: str) -> bool:
    """Whether a line begins as an introduction of quoted words does: "On …"."""
    return _begins().match(text.strip(" \t\xa0>")) is not None


def ends_introduction(text: str) -> bool:
    """Whether a line ends as one does: "… wrote:"."""
    return text.endswith((":", "：")) and _verbs().search(text) is not None


def _introduced(begin: int, end: int, joined: str, found: Found | None) -> Block:
    rest = joined
    date = ""
    told = found or find_yearless(joined)
    if told is not None:
        date = joined[told.start : told.end].strip(" ,")
        rest = f"{joined[: told.start]} {joined[told.end :]}"
    rest = _begins().sub(" ", rest.strip(" >,").removeprefix("--- "), count=1)
    rest = _verbs().sub(" ", rest)
    rest = re.sub(r"\b(?:hat am|um|a las|às)(?=\W|$)", " ", rest)
    rest = re.sub(r"^[\s,]*(?:at|um|à|a las|kl\.?|alle|às|om)\b", " ", rest.strip(" ,:：>("))
    if address := _BRACKETED.search(rest) or _ADDRESS.search(rest):
        name = rest[: address.start()].strip(' ,:："<([')
        name = name or rest[address.end() :].strip(' ,:：">)]')
        rest = f"{name} <{address.group().strip('<>').removeprefix('mailto:')}>"
    return _told(begin, end + 1, rest.strip(" ,:：-("), date)


def _told(first: int, stop: int, sender: str, date: str) -> Block:
    fields = [Field("from", "", " ".join(sender.split()))]
    if date:
        fields.append(Field("date", "", " ".join(date.split())))
    return Block(first, stop, tuple(fields))


def _is_name(text: str, follows: bool = False) -> bool:
    """Whether "Kay Ruiz wrote:" (or with an address) is all that the line says.

    Where quoted words follow, a name in small letters beside an address is one, too.
    """
    rest = _verbs().sub("", text).strip(" ,:")
    words = [word for word in re.sub(r"<[^<>]{0,200}>|\([^()]{0,80}\)", " ", rest).split() if "@" not in word]
    small = follows and "<" in text and len(words) <= 3
    return len(words) <= 6 and bool(rest) and all(small or word[0].isupper() or word[0] in "\"'(<" for word in words)


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    words = sorted(load_printed().wrote, key=len, reverse=True)
    return re.compile("(?:(?<=\\W)|^)(?:" + "|".join(map(_accents, words)) + r")(?![\w(])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _begins() -> re.Pattern[str]:
    words = sorted(load_printed().on, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(_accents, words)) + r")(?:[ ,]|(?=\d))", re.IGNORECASE)


def _accents(word: str) -> str:
    """A folded word as a pattern in which a letter may have its accent."""
    wide = {"a": "[aáàâãåä]", "e": "[eéèêë]", "i": "[iíîï]", "o": "[oóôõöø]", "u": "[uúûü]", "c": "[cç]", "s": "[sşś]"}
    return "".join(wide.get(char, re.escape(char)) for char in word)


def unlabelled(lines: Sequence[str], block: Block | None, at: int, first: int) -> Block | None:
    """A name and a date that stand without labels over the "To" at line `at`, not before line `first`.

    Notes prints them one over the other, Gmail side by side, Outlook on the web with the subject above.
    """
    fields = list(block.fields) if block else []
    stop = block.stop if block else at + 1
    above = [row for row in range(max(first, at - 6), at) if lines[row].strip(" \t\xa0>")][-3:]
    for nth in range(len(above) - 1, -1, -1):
        row = above[nth]
        text = lines[row].strip(" \t\xa0>")
        found = find_date(text) if len(text) < 250 else None
        if found is None or not found.timed:
            continue
        if len(text) - found.end > 40 or (at - row) > 4:
            return None
        if is_label(text):
            return None
        before = text[: found.start].strip(" \t,")
        before = re.sub(r"\s(?:on|at|am|le|el)$", "", before)
        begin = row
        if not before:
            if nth == 0:
                return None
            if nth > 1 and _SENT_BY.match(lines[above[nth - 1]]):
                nth -= 1  # the sender's name stands over that of who sent it for him
            if nth > 1 and (reached := _recipients(lines[above[nth - 1]])) is not None:
                nth -= 1
                fields.insert(0, reached)
            begin = above[nth - 1]
            before = lines[begin].strip(" \t\xa0>")
        if is_label(before):
            return None  # "Sent Tuesday, …": another field of a header that is read as one
        if len(before) > 120 or not (looks_like_people(before) or "@" in before):
            return None
        told = [Field("from", "", before), Field("date", "", text[found.start : found.end])]
        return Block(begin, stop, (*told, *fields), doubts=("the sender's line has no label",))
    return None


def is_label(text: str) -> bool:
    """Whether the line begins with the label of a header's field."""
    label = find_label(f"{text}  ")
    return label is not None and any(name in CORE for name in label.fields)


def _recipients(line: str) -> Field | None:
    """The recipients that stand between a sender's name and the date."""
    label = find_label(line)
    if label is None or label.field not in ("to", "cc"):
        return None
    return Field(label.field, label.word, line[label.value :].strip())


def beside(text: str, block: Block, at: int) -> Block | None:
    """A name and a date that stand on the line of the "To:" with which the block begins, as Notes prints them."""
    found = find_date(text)
    if block.first != at or found is None or not found.timed or len(text.rstrip()) - found.end > 3:
        return None
    name = text[: found.start].strip(" \t\xa0>,")
    if not 2 < len(name) < 120 or not (looks_like_people(name) or "@" in name):
        return None
    told = [Field("from", "", name), Field("date", "", text[found.start : found.end])]
    return Block(at, block.stop, (*told, *block.fields), doubts=("the sender's line has no label",))


def chat_line(line: str) -> Block | None:
    """The sender and date of a line of a chat: "[3/6/2018 8:12 AM] Doe, John: …"."""
    match = _CHAT.match(line, 0, 200)
    found = find_date(match["date"]) if match else None
    if match is None or found is None or not found.timed:
        return None
    return Block(0, 1, (Field("from", "", match["name"]), Field("date", "", match["date"])), match.end())
