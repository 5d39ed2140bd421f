"""Plates spelt out over the radio: "7 Adam Boy Charles 1 2 3", "six Sam Tom Paul 441", "7-Adam-Boy-Charles-123"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus_search.tagging.plates.forms import form_of
from corpus_search.tagging.plates.rules import PlateRules
from corpus_search.tagging.plates.surroundings import FAR, Surroundings

_UNIT: Final = re.compile(r"[Xx]-?[Rr]ay|[A-Za-z]+|[0-9]+")
_JOINTS: Final = re.compile(r"[ \t]{1,2}|[ ]?[-,/.][ ]?|\r?\n")
_LONGEST_GLOSS: Final = 3  # letters of a group written as it stands, "LKM" in "LKM Lincoln …"


@dataclass(frozen=True, slots=True)
class Spelt:
    """A run of code words and digits: the plate it spells, how many code words, and why it is one (None: it is not)."""

    start: int
    end: int
    value: str
    why: str | None


def spelt(around: Surroundings, rules: PlateRules) -> Iterator[Spelt]:
    """Every run of at least three code words and digits that spells five to eight characters."""
    for units in _runs(around.text, rules):
        value = "".join(char for _, _, char, _ in units)
        words = sum(1 for *_, coded in units if coded)
        if len(units) < 3 or not words or not 5 <= len(value) <= 8 or not any(char.isdigit() for char in value):
            continue
        start, end = units[0][0], units[-1][1]
        yield Spelt(start, end, value, _why(start, end, value, words, around, rules))


def _runs(text: str, rules: PlateRules) -> Iterator[list[tuple[int, int, str, bool]]]:
    run: list[tuple[int, int, str, bool]] = []
    for match in _UNIT.finditer(text):
        word = match[0]
        char = rules.code_words.get(word.lower(), "")
        coded = bool(char) and not char.isdigit()
        if (not char and (word.isdigit() and len(word) <= 5)) or (not char and len(word) == 1 and word.isupper()):
            char = word
        joined = bool(run) and _JOINTS.fullmatch(text[run[-1][1] : match.start()]) is not None
        if run and not (char and joined):
            yield run
            run = []
        if char:
            run.append((match.start(), match.end(), char, coded))
    if run:
        yield run


def _why(start: int, end: int, value: str, words: int, around: Surroundings, rules: PlateRules) -> str | None:
    plate = around.last_before("plate", start)
    if plate is not None and around.gap_words(plate.end, start) <= FAR:
        return f'spelt out, "{around.text[plate.start : plate.end]}" before it'
    if around.direct_before("looked_up", start) is not None and form_of(value) in rules.forms:
        return "spelt out, looked up right before it"
    if around.sentence_has("vehicle", start, end) and form_of(value) in rules.forms:
        return "spelt out, a vehicle in the sentence"
    if words >= 2 and rules.forms.get(form_of(value), 0.0) >= rules.weights["tag_at"]:
        return f"spelt out, form {form_of(value)}"
    return None
