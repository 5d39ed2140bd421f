"""Fields of a header while it is being read: what labels mean beside each other, and whether they make a header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from corpus_search.packs.printed_pack import fold
from corpus_search.sources.printed.clock import CLOCK, read_time
from corpus_search.sources.printed.dates import find_date
from corpus_search.sources.printed.labels import CORE, DOUBTFUL, SURE, Label
from corpus_search.sources.printed.marks import without_mark
from corpus_search.sources.printed.people import OUT, looks_like_people
from corpus_search.sources.printed.pieces import Piece

_FAR: Final = 20  # blanks before what stands in no column of a header
_RECORDS: Final = frozenset({"title", "author", "topic", "originator", "created by"})  # of any document, not mail alone


@dataclass(slots=True)
class OpenField:
    """A field that is being read."""

    label: Label
    name: str
    parts: list[str]
    column: int  # where values stand in the line
    marks: list[str] = field(default_factory=list)
    under: bool = False  # its value stands on the line under the label

    @property
    def empty(self) -> bool:
        """Whether no value was read yet."""
        return not any(self.parts)

    @property
    def last(self) -> str:
        """The last line of the value."""
        return self.parts[-1] if self.parts else ""


def opened_field(piece: Piece, label: Label, name: str) -> OpenField:
    """The field that a label begins, with what stands on its line."""
    text, marks = without_mark(piece.text[label.value :].strip(" \t\xa0*|"))
    column = label.value if label.value - label.start - len(label.word) > 2 else 0
    if not column and piece.text[label.value - 1 : label.value + 1] == "\t":
        column = label.value
    return OpenField(label, name, [text] if text else [], column, marks)


def meaning_in(label: Label, opened: Sequence[OpenField]) -> str | None:
    """What the label means beside those before it; None where it can't be a label here.

    "Sender:" beside "From:" says it once more, by another name: that is no second header.
    """
    name = _most_likely(label, opened)
    again = [one for one in opened if one.name == name and fold(one.label.word) != fold(label.word)]
    if (
        name in ("from", "subject", "date")
        and again
        and not again[0].empty
        and _english(label)
        and _english(again[0].label)
    ):
        return "late" if name == "date" else "other"
    return name


def _most_likely(label: Label, opened: Sequence[OpenField]) -> str:
    if len(label.fields) == 1:
        return next(iter(label.fields))
    spoken = [languages for one in opened for languages in one.label.fields.values()]
    ranked = sorted(
        label.fields.items(), key=lambda item: (-sum(bool(item[1] & other) for other in spoken), item[0] not in CORE)
    )
    return ranked[0][0]


def is_reply_mark(label: Label, opened: Sequence[OpenField]) -> bool:
    """Whether what looks like a memo's label ("RE:") begins a subject, or the words of the body."""
    memo = all(languages == {"memo"} for languages in label.fields.values())
    return memo and (not all(one.label.word.isupper() for one in opened) or (bool(opened) and opened[-1].empty))


def is_in_list(piece: Piece, label: Label, opened: Sequence[OpenField]) -> bool:
    """Whether what looks like another language's label with a damaged colon is a name's end: "Roe, Kay\\nA; …"."""
    if not opened or opened[-1].name not in ("to", "cc", "bcc") or opened[-1].empty or _english(label):
        return False
    return piece.text[label.start + len(label.word) :].lstrip().startswith(";")


def begins_late(piece: Piece, now: OpenField) -> bool:
    """Whether a line of a list of people begins beyond its column: one of them is whited out there."""
    return now.name in ("to", "cc", "bcc") and now.column >= 8 and indent_of(piece.text) > now.column + OUT


def is_far_speck(text: str) -> bool:
    """Whether a line is one letter far from the edge: dirt, or a line in the margin, that OCR took for it."""
    return len(text.strip()) == 1 and indent_of(text) >= _FAR


def may_follow(name: str, label: Label, opened: Sequence[OpenField], gap: int) -> bool:
    """Whether a field can belong to the block so far: no field twice, and none after the end."""
    names = [one.name for one in opened]
    if gap == 1 and len(opened) > 1 and not label.sign and not opened[-1].label.sign:
        gap = 0  # rules part the rows of a table of fields
    if name in names:
        if name in ("other", "meeting", "late"):
            return not gap
        before = next(one for one in opened if one.name == name)
        return name in ("to", "cc", "bcc") and not gap and names[-1] == name and not before.empty
    if gap and "from" in names and "subject" in names and ("date" in names or "to" in names):
        return (
            name in ("attachments", "date", "cc")
            and label.strength == SURE
            and not (name in ("date",) and "date" in names)
        )
    return not (gap and label.strength < SURE and name not in CORE)


def is_unfinished(opened: Sequence[OpenField]) -> bool:
    """Whether a list of people ends with a separator, as if more were to come."""
    now = opened[-1]
    return now.name in ("to", "cc", "bcc") and now.last.rstrip().endswith((";", ","))


def bear_out(opened: Sequence[OpenField]) -> bool:
    """Whether the labels make a header together."""
    core = [one for one in opened if one.name in CORE and one.name != "attachments"]
    names = {one.name for one in core}
    if len(names) < 2 or not _one_language(opened):
        return False
    sure = sum(one.label.strength == SURE for one in core)
    dated = any(one.name == "date" and find_date(" ".join(one.parts)) for one in core)
    reached = any(one.name in ("from", "to") and "@" in " ".join(one.parts) for one in core)
    if any(fold(one.label.word) in _RECORDS for one in core) and not (dated and ("to" in names or reached)):
        return False
    if "from" in names:
        if len(names) >= 4:
            return sure >= 1 or dated
        if len(names) == 3:
            return sure >= 2 or (sure >= 1 and (dated or reached)) or (dated and reached)
        return sure >= 1 and (dated or (reached and sure == 2))
    # The sender may be blacked out, label and all.
    return len(names) >= 3 and sure >= 2 and dated and "subject" in names


def _one_language(opened: Sequence[OpenField]) -> bool:
    """Whether labels that count only with others of their language have one."""
    alone = [one for one in opened if one.label.strength == DOUBTFUL and not _english(one.label)]
    if not alone:
        return True
    for one in alone:
        spoken = frozenset().union(*one.label.fields.values())
        if not any(
            other is not one and other.name in CORE and spoken & frozenset().union(*other.label.fields.values())
            for other in opened
        ):
            return False
    return True


def is_speck(text: str) -> bool:
    """Whether a line is a speck of dirt that OCR took for a sign."""
    text = text.strip(" \t\xa0>")
    return 0 < len(text) < 3 and not any(char.isalnum() or char in "█,;<>" for char in text)


def dated(opened: list[OpenField]) -> list[OpenField]:
    """The fields with a date that stands by another's value put where it belongs.

    Print that is not level sets the date a row above its label, by the sender; Zimbra prints it at the end of the
    sender's row.
    """
    dates = [one for one in opened if one.name in ("date", "late")]
    if any(not one.empty for one in dates) or len(opened) < 2 or len(dates) > 1:
        return opened
    for one in opened:
        if one.name not in ("from", "subject") or (dates and one.name != "from"):
            continue
        for nth, part in enumerate(one.parts):
            found = find_date(part)
            if found is None or not found.timed or len(part) - found.end > 3:
                continue
            before = part[: found.start]
            if (nth and not before.strip()) or (not dates and before.endswith("  ")):
                return _moved(opened, one, nth, found.start, dates)
    return opened


def sent_first(opened: Sequence[OpenField]) -> None:
    """Of two dates, the one that is called "Sent" is the message's; another may be that of its release."""
    dates = [one for one in opened if one.name == "date"]
    sent = [one for one in opened if one.name == "late" and fold(one.label.word).startswith("sent") and not one.empty]
    if dates and sent and not fold(dates[0].label.word).startswith("sent"):
        dates[0].name, sent[0].name = "late", "date"


def raised(opened: Sequence[OpenField]) -> None:
    """Give a subject that was printed a row above its label, under the recipients, to the label.

    A list of people goes on after a separator only, or with more people.
    """
    for before, one in pairwise(opened):
        if one.name != "subject" or not one.empty or before.name not in ("to", "cc") or len(before.parts) < 2:
            continue
        if before.parts[-2].rstrip().endswith((";", ",")) or "@" in before.last or looks_like_people(before.last):
            continue
        one.parts.append(before.parts.pop())


def timed_apart(opened: Sequence[OpenField]) -> None:
    """Put the time of day, which tables of fields may have in a row of its own ("Time Sent"), behind the day."""
    day = next((one for one in opened if one.name == "date" and not one.empty), None)
    if day is None or (found := find_date(" ".join(day.parts))) is None or found.timed:
        return
    for one in opened:
        told = CLOCK.fullmatch(one.last) if one.name in ("late", "other", "date") and one is not day else None
        if told is not None and "time" in fold(one.label.word).split() and read_time(told) is not None:
            day.parts.append(one.last)
            return


def goes_on_date(now: OpenField, text: str) -> bool:
    """Whether a line is (the rest of) the date above it: "Tuesday, March 6," and "2018 8:12 AM"."""
    found = find_date(text)
    if now.empty:
        return found is not None and found.start < 4
    before = find_date(now.last)
    joined = find_date(f"{now.last} {text}") if len(text) < 30 and len(now.parts) < 2 else None
    if joined is None or (before is not None and (before.timed or not joined.timed)):
        return False
    return found is None and len(f"{now.last} {text}") - joined.end < 4


def _moved(opened: list[OpenField], one: OpenField, nth: int, start: int, dates: list[OpenField]) -> list[OpenField]:
    date = one.parts[nth][start:].strip()
    one.parts[nth] = one.parts[nth][:start].strip()
    if dates:
        dates[0].parts.insert(0, date)
        return opened
    label = Label({"date": one.label.fields[one.name]}, one.label.strength, 0, 0, "")
    at = opened.index(one) + 1
    return [*opened[:at], OpenField(label, "date", [date], 0), *opened[at:]]


def is_foreign(opened: Sequence[OpenField]) -> bool:
    """Whether most labels are of another language than English."""
    core = [one for one in opened if one.name in CORE]
    return sum(not _english(one.label) for one in core) * 2 > len(core)


def _english(label: Label) -> bool:
    return any("en" in languages for languages in label.fields.values())


def may_be_detached(opened: Sequence[OpenField]) -> bool:
    """Whether no label has a value: they may stand after all labels."""
    return len(opened) >= 3 and all(one.empty for one in opened)


def indent_of(text: str) -> int:
    """How many blanks a line begins with."""
    return len(text) - len(text.lstrip(" \t\xa0"))


def doubts_of(opened: Sequence[OpenField], detached: bool) -> list[str]:
    """Why the header may be misread."""
    doubts = []
    english = [one for one in opened if _english(one.label)]
    damaged = [one.label.word for one in english if one.label.strength == DOUBTFUL and one.name in CORE[:1] + CORE[1:2]]
    if damaged:
        doubts.append(f"label read as {damaged[0]!r}")
    if detached:
        doubts.append("values stand apart from their labels")
    return doubts
