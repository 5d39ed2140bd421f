"""The labels of header fields ("From:", "Enviado el:", "Frorn:") at the beginning of a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from corpus_search.packs.printed_pack import fold, load_printed

SURE: Final = 2
DOUBTFUL: Final = 1
CORE: Final = ("from", "date", "to", "cc", "bcc", "subject", "attachments")
_WIDTH: Final = 32  # characters that a label has at most
_LEAD: Final = r"[ \t\xa0>*|_\[\]\"“'.,~\-–—•·]{0,120}"
_COLON: Final = re.compile(
    _LEAD + r"(?P<word>[^\s:;：>*|][^:;：\n]{0,30}?)[ \t\xa0*_]{0,6}(?P<mark>[:：;])\*{0,2}[ \t\xa0]*"
)
# Without a colon only a wide gap, a date or a reply mark shows that the word is a label.
_BARE: Final = re.compile(
    _LEAD
    + r"(?P<word>From|Front(?=[ \t]{8})|Sent|To|Cc|CC|cc|Bcc|bcc|Subject|Date|Attachments?|FROM|SENT|TO|SUBJECT|DATE)"
    r"(?:[.,]?[ \t\xa0]{2,}|[ \t\xa0.,]*$|[. ]{0,2} ?"
    r"(?=(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[,. ]|(?:RE|Re|FW|Fw|Fwd|FWD):))"
)
# "From Roe, Kay <kroe@ogso.gov>": labels of newer Outlook have no colon.
_REACHED: Final = re.compile(
    r"[ \t\xa0>]{0,120}(?P<word>From|To|Cc|CC|Bcc|BCC) (?=[^\s@][^@\n]{0,60}[\w.+\-]@[\w\-]{1,60}\.)"
)
# With this begins what one of the two before may match: one look in the place of two, at every line.
_MAY_BE_BARE: Final = re.compile(
    _LEAD + r"(?:From|Front|Sent|To|[Cc]c|CC|[Bb]cc|BCC|Subject|Date|Att|FROM|SENT|TO|SUB|DATE)"
)
_GAPS: Final = ("  ", "\t", "\xa0")  # one stands in every wide gap
_LOOSE: Final = re.compile(r"[ \t\xa0>]{0,120}(?P<word>To|Cc|CC)[.,]? (?=['\"(\[<]?[A-Z█])")
# "StephanieHammonsSubject: …": a label glued to the end of a list.
_GLUED: Final = re.compile(r"(?<=[a-z)>;]{2})(?P<word>Subject|Sent|Attachments): ?(?=\S)")
_ENDS: Final = ("Subject:", "Sent:", "Attachments:")
_CLOCKED: Final = re.compile(r"\d:\d\d(?: ?[AP]M)?$")
# A cell of a table of fields: "Email From    Kay Roe", with a wide gap before the value.
_CELL: Final = re.compile(
    r"[ \t\xa0>*|]{0,120}(?P<word>[A-Z][\w/&()\-]{1,15}(?: [A-Z&(][\w/&()\-]{0,15}){0,3})[ \t\xa0]{2,}(?=\S)"
)
_FUZZY: Final = {"from": "from", "sent": "date", "date": "date", "subject": "subject", "attachments": "attachments"}
# Real words that are as near to a label as its damaged forms.
_WORDS: Final = frozenset(
    {"form", "forms", "front", "send", "sends", "cent", "rent", "tent", "dent", "went", "seat", "set", "data", "rate"}
    | {"late", "gate", "fate", "mate", "hate", "dates", "dated", "object", "subjects", "room", "roof", "prom", "rom"}
    | {"farm", "firm", "foam", "frog", "fromm", "son", "sen", "det", "rents", "bent", "lent", "state", "update"}
)


class Label(NamedTuple):
    """A label in a line: what it may mean, each meaning with its languages; where it begins, and where its value."""

    fields: Mapping[str, frozenset[str]]
    strength: int
    start: int
    value: int
    word: str
    sign: bool = False  # a colon stands behind it

    @property
    def field(self) -> str:
        """What it means, or means most often."""
        return next((name for name in CORE if name in self.fields), next(iter(self.fields)))


def find_label(line: str) -> Label | None:
    """The label that the line begins with (after quote marks and the like)."""
    if (":" in line or ";" in line or "：" in line) and (match := _COLON.match(line, 0, 160)):
        meant = _meaning(match["word"], match["mark"] == ";")
        if meant is not None:
            return Label(meant[0], meant[1], match.start("word"), match.end(), match["word"], sign=True)
    if _MAY_BE_BARE.match(line) and (match := _BARE.match(line, 0, 160) or _REACHED.match(line, 0, 200)):
        meant = _meaning("From" if match["word"] == "Front" else match["word"], True)
        assert meant is not None
        return Label(meant[0], DOUBTFUL, match.start("word"), match.end(), match["word"])
    if any(gap in line for gap in _GAPS) and (match := _CELL.match(line, 0, 160)):
        meant_here = load_printed().labels.get(fold(match["word"]), {})
        fields = {name: languages for name, languages in meant_here.items() if "en" in languages and name != "body"}
        if fields:
            return Label(fields, DOUBTFUL, match.start("word"), match.end(), match["word"])
    return None


def empty_cell(line: str) -> Label | None:
    """The label of a cell of a table of fields ("Email CC") beside which nothing stands."""
    text = line.strip(" \t\xa0>*|")
    if not 1 < len(text) < _WIDTH or not text[0].isupper():
        return None
    meant = load_printed().labels.get(fold(text), {})
    fields = {name: languages for name, languages in meant.items() if "en" in languages and name != "body"}
    return Label(fields, DOUBTFUL, line.find(text), len(line), text) if fields else None


def loose_label(line: str, names: Sequence[str]) -> Label | None:
    """A label of recipients without its colon ("To Doe, John"), where other labels stand above and below it.

    `names` are the fields that were read already.
    """
    match = _LOOSE.match(line, 0, 200)
    if match is None or (name := match["word"].lower()) in names:
        return None
    return Label({name: frozenset({"en"})}, DOUBTFUL, match.start("word"), match.end(), match["word"])


@lru_cache(maxsize=20_000)
def _meaning(word: str, damaged: bool) -> tuple[Mapping[str, frozenset[str]], int] | None:
    pack = load_printed()
    folded = fold(word)
    fields = pack.labels.get(folded)
    if fields is not None:
        sure = not damaged and any(
            ("en" in languages and word[:1].isupper()) or (len(folded) > 4 and word[:1] != word[:1].lower())
            for languages in fields.values()
        )
        return fields, SURE if sure or not word.isascii() else DOUBTFUL
    field = pack.ocr_labels.get(folded) or pack.ocr_labels.get("".join(folded.split())) or _near(folded)
    return ({field: frozenset({"en"})}, DOUBTFUL) if field else None


def _near(word: str) -> str | None:
    """The label that the word is a damaged form of: two slips in a long one, one in a short one."""
    squeezed = "".join(word.split())
    if not 3 <= len(squeezed) <= 13 or squeezed in _WORDS:
        return None
    for label, field in _FUZZY.items():
        if _distance(squeezed, label) <= (2 if len(label) > 6 and squeezed == word else 1):
            return field
    return None


def _distance(one: str, other: str) -> int:
    if abs(len(one) - len(other)) > 2:
        return 3
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, start=1):
        corner, row[0] = row[0], at
        for to, mine in enumerate(other, start=1):
            corner, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, corner + (char != mine))
    return row[-1]


@lru_cache(maxsize=1)
def _inner_words() -> tuple[str, ...]:
    """The labels of fields that may stand behind others on one line, the longest first."""
    words = {
        "From",
        "Sent",
        "To",
        "Cc",
        "CC",
        "Bcc",
        "BCC",
        "Subject",
        "Date",
        "Attachments",
        "Importance",
        "Reply To",
        "Reply-To",
    }
    return tuple(sorted(words | load_printed().glued, key=len, reverse=True))


@lru_cache(maxsize=1)
def _inner() -> re.Pattern[str]:
    """Two or more fields on one line, glued or side by side; case counts, since prose has "to:" in it."""
    names = "|".join(map(re.escape, _inner_words()))
    return re.compile(rf"(?:(?<=[\s\]>.,:)0-9a-z])|(?<=[AP]M)|(?<=[A-Z][A-Z][A-Z])|^)(?P<word>{names}) ?: ?(?!//)")


def inner_labels(line: str) -> list[int]:
    """Where fields begin in a line that holds several of them; nothing where it holds fewer than two."""
    if line.count(":") < 2:
        glued = _GLUED.search(line, 0, 4000) if any(label in line for label in _ENDS) else None
        return [glued.start("word")] if glued else []
    if not _has_several(line):
        return []
    found: list[int] = []
    seen: set[str] = set()
    for match in _inner().finditer(line[:4000]):
        word = match["word"].lower()
        if word in seen:
            break
        seen.add(word)
        found.append(match.start("word"))
    return found if len(found) > 1 and _begins_as_header(line[: found[0]]) else []


def _has_several(line: str) -> bool:
    """Whether two colons stand behind labels, at least: the search for those is slow, most stand elsewhere."""
    several, at = 0, line.find(":")
    while at >= 0 and several < 2:
        several += line.endswith(_inner_words(), 0, at) or (
            line[at - 1 : at] == " " and line.endswith(_inner_words(), 0, at - 1)
        )
        at = line.find(":", at + 1)
    return several > 1


def _begins_as_header(before: str) -> bool:
    """Whether what stands before the first field is nothing, an announcement, or the end of an address."""
    text = before.strip(" \t\xa0>*|_-")
    if _CLOCKED.search(text[-12:]) and not re.search(r"[^\W\d_] ?:", text[:200]):
        return True  # Notes prints who and when before "To:", on one line
    return not text or text[-1:] == "]" or before.rstrip().endswith("--") or fold(text) in load_printed().separators
