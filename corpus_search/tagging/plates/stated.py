"""Plates that only the words before them make plates: in part, with unknown characters, blacked out, personal ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus_search.tagging.plates.forms import form_of, normalise
from corpus_search.tagging.plates.rules import PlateRules
from corpus_search.tagging.plates.surroundings import FAR, Surroundings

_CODE: Final = r"\(b\)[ ]?\(\d\)(?:[ ]?\([A-Za-z]\))?"
_REDACTED: Final = re.compile(
    rf"█+|■+|\[[ ]?(?i:redacted|plate|lic(?:ense)?|pii|withheld)\b[^\]\n]{{0,20}}\]"
    rf"|{_CODE}(?:[;,/ ]{{1,3}}{_CODE}){{0,5}}"
    r"|\b(?:REDACTED|XX-?XXX(?:-?XX?)?|X{5,8}|\*{4,8})(?![A-Za-z0-9*])"
)
# Marks and short words between a plate word and what was blacked out: `plate no. is: "█"`.
_SHORT_GAP: Final = re.compile(
    r"(?:[ \t\n]?(?:[:#=/\"'“-]|\((?!b\)))|[ \t]?\n|[ \t](?i:is|was|no\.?|number|num|of|the|(?-i:[A-Z]{2})(?=[ ])))*"
    r"[ \t]?"
)
_PART: Final = re.compile(
    r"(?=[A-Za-z0-9?*_#]*[A-Za-z0-9])[A-Za-z0-9?*_#]{1,8}(?:[ -](?=[A-Z0-9?*_#]*[0-9?*_])[A-Z0-9?*_#]{1,5})?(?![\w@%])"
)
_BETWEEN: Final = re.compile(r"(?:[\s:#=/,\-–(\"'“‘]|\.(?!\s)){0,3}")
_WORD: Final = re.compile(r"[A-Za-z/']+(?![A-Za-z0-9?*_#])")
_WILD: Final = re.compile(r"(?<![\w@?&=/%.$-])(?=[A-Z0-9?*_#]*[?*_#])(?=[?*_#]*[A-Z0-9])[A-Z0-9?*_#]{4,9}(?![\w@%=/])")
# The same in two groups, right behind a plate word: "61? L?N".
_WILD_GROUPS: Final = re.compile(
    r"(?<![\w@?&=/%.$-])(?=[A-Z0-9?*_#]{1,4}[?*_#]|[A-Z0-9]{0,3}[?*_#])[A-Z0-9?*_#]{2,4}[ -]"
    r"(?=[A-Z0-9]{0,3}[?*_#]+[A-Z0-9])[A-Z0-9?*_#]{2,4}(?![\w@%=/])"
)
_INNER: Final = re.compile(r"(?=[A-Z0-9?]*[0-9])(?=[A-Z0-9?]*[A-Z])[A-Z0-9]+(?:\?{1,2}[A-Z0-9]+){1,3}")
_MARKS: Final = frozenset("?*_#")
_UNKNOWN: Final = re.compile(r"[?*_#]")  # one stands in all that is not wholly known
_BLACKED: Final = re.compile(r"[█■(\[]|REDACTED|XX|\*\*\*\*")  # with one of these begins all that is blacked out
_PERSONAL: Final = re.compile(r"[\s:=\"'“‘(-]{1,3}(?P<plate>[A-Z0-9]{2,8})(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Stated:
    """A plate in part (`?` for what is not known), blacked out (value None) or personal, and why."""

    start: int
    end: int
    value: str | None
    groups: tuple[str, ...]
    why: str


def stated(around: Surroundings, rules: PlateRules, start: int) -> Iterator[Stated]:
    """Every such plate from `start` on."""
    if _BLACKED.search(around.text, start) is not None:
        yield from _redacted(around)
    if not any(map(around.any, ("vanity", "starts", "ends", "partial"))) and not _is_partly_known(around.text, start):
        return
    if around.count_in("technical", start, len(around.text)) >= 2:
        return
    yield from _personal(around)
    yield from _bounded(around)
    yield from _wild_groups(around, start)
    yield from _wild(around, rules, start)
    yield from _partial(around, rules)


def _is_partly_known(text: str, start: int) -> bool:
    """Whether a string with unknown characters in it stands from `start` on."""
    if _UNKNOWN.search(text, start) is None:
        return False
    return _WILD.search(text, start) is not None or _WILD_GROUPS.search(text, start) is not None


def _redacted(around: Surroundings) -> Iterator[Stated]:
    text = around.text
    for hit in around.hits("plate"):
        if hit.name == "no_plate_word":
            continue
        gap = _SHORT_GAP.match(text, hit.end)
        found = _REDACTED.match(text, gap.end() if gap else hit.end)
        if found is not None:
            why = f'blacked out right after "{text[hit.start : hit.end]}"'
            yield Stated(found.start(), found.end(), None, ("redacted",), why)
    for hit in around.hits("looked_up"):
        # "run █? CA plate": looked up, and called a plate right behind.
        found = _REDACTED.match(text, hit.end + 1)
        plate = around.first_after("plate", found.end()) if found else None
        if found is not None and plate is not None and around.gap_words(found.end(), plate.start) <= 1:
            yield Stated(found.start(), found.end(), None, ("redacted",), "blacked out, looked up, called a plate")


def _personal(around: Surroundings) -> Iterator[Stated]:
    for hit in around.hits("vanity"):
        found = _PERSONAL.match(around.text, hit.end)
        if found is not None and not found["plate"].isdigit():
            plate = found["plate"]
            yield Stated(
                found.start("plate"),
                found.end("plate"),
                normalise(plate),
                (),
                f'"{around.text[hit.start : hit.end]}" before it',
            )


def _bounded(around: Surroundings) -> Iterator[Stated]:
    """Begins with, ends in, first four, last three: of something that is called a plate, or of a vehicle."""
    for name in ("starts", "ends"):
        for hit in around.hits(name):
            said = around.text[hit.start : hit.end]
            of_plate = (
                re.search(r"(?i)\bplate\b", said) is not None
                or around.plate_before(hit.start) is not None
                or around.direct_before("vehicle", hit.start) is not None
            )
            found = _part_after(around, hit.end)
            if found is None or not 1 < len(found) <= 6 or not (found.isupper() or found.isdigit()):
                continue
            at = around.text.index(found, hit.end)
            if of_plate or _called_plate_after(around, at + len(found)):
                yield Stated(at, at + len(found), normalise(found), ("partial",), f'"{said}" of a plate')


def _called_plate_after(around: Surroundings, end: int) -> bool:
    """Whether a plate is spoken of right behind: "last four 4418 on the plate"."""
    after = around.first_after("plate", end)
    return after is not None and after.name == "plate_word" and around.gap_words(end, after.start) <= 3


def _partial(around: Surroundings, rules: PlateRules) -> Iterator[Stated]:
    text = around.text
    for hit in around.hits("partial"):
        gap = _gap_after(around, hit.end)
        found = _PART.match(text, gap) if gap is not None else None
        if found is None:
            continue
        written = _without_question_mark(text, found.start(), found.end(), found[0], rules)
        value = normalise(written)
        called_plate = around.direct_before("plate", found.start()) is not None
        if _may_be_part(value, written, rules, called_plate):
            yield Stated(found.start(), found.start() + len(written), value, ("partial",), "said to be partial")


def _may_be_part(value: str, written: str, rules: PlateRules, called_plate: bool) -> bool:
    """Whether what stands after "partial" can be some characters of a plate: two at least, and no word."""
    if not 2 <= len(value) <= 8 or value.startswith("0X") or value.lower() in rules.fillers:
        return False
    digits, letters = any(map(str.isdigit, value)), any(map(str.isalpha, value))
    if not called_plate:
        return digits and letters and written.upper() == written
    return digits or (written.isupper() and value not in rules.words and not rules.states.named(value))


def _wild(around: Surroundings, rules: PlateRules, start: int) -> Iterator[Stated]:
    for found in _WILD.finditer(around.text, start):
        written = _without_question_mark(around.text, found.start(), found.end(), found[0], rules)
        value = normalise(written)
        known = value.replace("?", "")
        if "?" not in value or len(known) < 2 or len(value) > 8 or not any(map(str.isdigit, known)):
            continue
        plate = around.plate_before(found.start())
        direct = plate is not None and around.is_direct(plate.end, found.start())
        if plate is not None and (direct or plate.name == "plate_word"):
            why = f'characters not known, "{around.text[plate.start : plate.end]}" before it'
        elif _INNER.fullmatch(written) and _fits_some(value, rules):
            why = "characters not known, the rest in the form of a plate"
        elif _called_plate_after(around, found.end()):
            why = "characters not known, called a plate right behind"
        else:
            continue
        yield Stated(found.start(), found.start() + len(written), value, ("partial",), why)


def _wild_groups(around: Surroundings, start: int) -> Iterator[Stated]:
    for found in _WILD_GROUPS.finditer(around.text, start):
        plate = around.direct_before("plate", found.start())
        value = normalise(found[0])
        if plate is not None and any(map(str.isdigit, value)) and len(value.replace("?", "")) >= 2:
            why = f'characters not known, "{around.text[plate.start : plate.end]}" before it'
            yield Stated(found.start(), found.end(), value, ("partial",), why)


def _fits_some(value: str, rules: PlateRules) -> bool:
    """Whether the known characters stand as they do in a form that is nearly always a plate."""
    shape = re.compile(form_of(value).replace("?", "[9A]"))
    return any(prior >= 0.5 and shape.fullmatch(form) for form, prior in rules.forms.items())


def _without_question_mark(text: str, start: int, end: int, written: str, rules: PlateRules) -> str:
    """What is written without a question mark that ends the sentence and is no unknown character."""
    stem = written.rstrip("?")
    if len(written) - len(stem) != 1 or _MARKS & set(stem):
        return written
    if form_of(stem.upper()) in rules.forms and text[end : end + 1] not in (",", ";", ")"):
        return stem
    return written if text[end : end + 1] in (",", ";", ")") or len(stem) < 5 else stem


def _part_after(around: Surroundings, at: int) -> str | None:
    gap = _gap_after(around, at)
    found = _PART.match(around.text, gap) if gap is not None else None
    return found[0].rstrip("?") if found is not None else None


def _gap_after(around: Surroundings, at: int) -> int | None:
    """Where the characters begin after a cue: behind marks, filling words and states."""
    text = around.text
    for _ in range(FAR):
        blank = _BETWEEN.match(text, at)
        at = blank.end() if blank else at
        word = _WORD.match(text, at)
        if word is None or not around.fills(word[0]):
            return at
        at = word.end()
    return None
