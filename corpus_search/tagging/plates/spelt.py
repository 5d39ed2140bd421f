"""Plates spelt out over the radio: "7 Adam Boy Charles 1 2 3", "six Sam Tom Paul 441", "7-Adam-Boy-Charles-123"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from corpus_search.tagging.plates.forms import form_of
from corpus_search.tagging.plates.rules import PlateRules
from corpus_search.tagging.plates.surroundings import Surroundings
from corpus_search.tagging.words import words_in

_UNIT: Final = re.compile(r"[Xx]-?[Rr]ay|[A-Za-z]+|[0-9]+")
_JOINT: Final = re.compile(r"[ \t\xa0]{1,2}|[ ]?[-,/.–][ ]?|,?\r?\n")
_GLOSS: Final = re.compile(r"\(([^()\n]{5,60})\)")
_WORD: Final = re.compile(r"[A-Za-z-]+")
_NEXT: Final = re.compile(rf"(?:{_JOINT.pattern})([A-Za-z]+|[0-9])")
_LAST: Final = re.compile(rf"([A-Za-z]+|[0-9])(?:{_JOINT.pattern})\Z")
_RAY: Final = frozenset({"x", "ray"})  # the one code word of two
_NEAR: Final = 16  # characters before a code word that hold the unit before it, as far as it need be seen


class _Unit(NamedTuple):
    start: int
    end: int
    chars: str
    coded: bool  # a code word for a letter


@dataclass(frozen=True, slots=True)
class Spelt:
    """A run of code words and digits: the plate it spells, and why it is one (None: it is not)."""

    start: int
    end: int
    value: str
    groups: tuple[str, ...]
    why: str | None


def spelt(around: Surroundings, rules: PlateRules, start: int) -> Iterator[Spelt]:
    """Every run of code words, letters and digits from `start` on that may spell a plate."""
    spoken = around.words & rules.code_words.keys()
    if not spoken:
        return
    if "(" in around.text:
        yield from _glossed(around.text, rules, start)
    if not (around.any("partial") or _runs_on(around.text, spoken, rules)):
        return
    for run in _runs(around.text, rules, start):
        units = _trimmed(run, rules)
        value = "".join(unit.chars for unit in units)
        if not any(unit.coded for unit in units) or not 2 <= len(value) <= 8:
            continue
        low, high = units[0].start, units[-1].end
        if len(units) >= 3 and len(value) >= 5 and any(map(str.isdigit, value)):
            coded = sum(unit.coded for unit in units)
            yield Spelt(low, high, value, ("phonetic",), _why(low, high, value, coded, around, rules))
        elif _said_partial(around, low) and (around.any("plate") or around.any("vehicle")):
            yield Spelt(low, high, value, ("partial", "phonetic"), "spelt out, said to be partial")


def _runs_on(text: str, coded: Iterable[str], rules: PlateRules) -> bool:
    """Whether a code word stands beside something else that may be a character of a plate: most are ordinary words."""
    words = words_in(text)
    for word in coded:
        for place in words.places(word):
            beside = (_NEXT.match(text, place + len(word)), _LAST.search(text[max(0, place - _NEAR) : place]))
            if any(found is not None and _is_unit(found[1], rules) for found in beside):
                return True
    return False


def _is_unit(word: str, rules: PlateRules) -> bool:
    if word.isdigit() or (word.isupper() and len(word) <= 3):
        return True
    return word.lower() in _RAY or word.lower() in rules.code_words


def _glossed(text: str, rules: PlateRules, start: int) -> Iterator[Spelt]:
    """ "LKM (Lincoln King Mary) 4821": the letters, then their code words in brackets; one plate."""
    for gloss in _GLOSS.finditer(text, start):
        letters = "".join(rules.code_words.get(word.lower(), "?") for word in _WORD.findall(gloss[1]))
        before = re.search(
            r"(?:[A-Z0-9]{1,4}[ -]?)?([A-Z]{2,4})\s?\Z", text[max(0, gloss.start() - 12) : gloss.start()]
        )
        after = re.match(r"[ ]?([0-9]{2,4})(?![A-Za-z0-9])", text[gloss.end() : gloss.end() + 6])
        if before is not None and after is not None and before[1] == letters:
            low = gloss.start() - (len(before.string) - before.start())
            value = re.sub(r"[ -]", "", before[0]) + after[1]
            yield Spelt(low, gloss.end() + after.end(), value, (), "letters with their code words in brackets")


def _runs(text: str, rules: PlateRules, start: int) -> Iterator[list[_Unit]]:
    run: list[_Unit] = []
    for match in _UNIT.finditer(text, start):
        unit = _unit(match, rules)
        if run and (unit is None or _JOINT.fullmatch(text[run[-1].end : match.start()]) is None):
            yield run
            run = []
        if unit is not None:
            run.append(unit)
    if run:
        yield run


def _unit(match: re.Match[str], rules: PlateRules) -> _Unit | None:
    word = match[0]
    char = rules.code_words.get(word.lower())
    if char is not None:
        return _Unit(match.start(), match.end(), char, not char.isdigit())
    if (word.isdigit() and len(word) <= 5) or (len(word) == 1 and word.isupper()):
        return _Unit(match.start(), match.end(), word, False)
    if word.isupper() and 2 <= len(word) <= 3:
        return _Unit(match.start(), match.end(), word, False)
    return None


def _trimmed(run: list[_Unit], rules: PlateRules) -> list[_Unit]:
    """The run without groups of letters at its ends that are a state or a word ("NY Hotel Golf …")."""
    while run and len(run[0].chars) > 1 and run[0].chars.isalpha():
        run = run[1:]
    while run and len(run[-1].chars) > 1 and run[-1].chars.isalpha():
        run = run[:-1]
    # "I" or "A" at the beginning is a word where a whole plate follows.
    while len(run) > 1 and not run[0].coded and run[0].chars in ("I", "A"):
        run = run[1:]
    return run


def _said_partial(around: Surroundings, start: int) -> bool:
    """Whether "partial" stands at most eight words before, in the same sentence."""
    hit = around.last_before("partial", start)
    return hit is not None and around.gap_words(hit.end, start) <= 7


def _why(start: int, end: int, value: str, coded: int, around: Surroundings, rules: PlateRules) -> str | None:
    known = form_of(value) in rules.forms
    plate = around.plate_before(start)
    if plate is not None:
        return f'spelt out, "{around.text[plate.start : plate.end]}" before it'
    if around.direct_before("looked_up", start) is not None and known:
        return "spelt out, looked up right before it"
    if around.sentence_has("vehicle", start, end) and known and coded >= 2:
        return "spelt out, a vehicle in the sentence"
    states = (around.state_before(start), rules.states.after(around.text, end))
    if coded >= 2 and any(one is not None and one.sure and one.jurisdiction.issues(value) for one in states):
        return "spelt out, its state beside it"
    if coded >= 2 and rules.forms.get(form_of(value), 0.0) >= rules.weights["tag_at"]:
        return f"spelt out, form {form_of(value)}"
    return None
