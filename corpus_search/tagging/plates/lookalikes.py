"""What only looks like a plate: case, court and booking numbers, badges, statutes, parts … each for a stated reason."""

from __future__ import annotations

import re
from typing import Final

from corpus_search.tagging.plates.candidates import Candidate
from corpus_search.tagging.plates.rules import PlateRules
from corpus_search.tagging.plates.surroundings import Surroundings
from corpus_search.tagging.wording import Hit

# What may stand between a word such as "case" and its number.
_GAP: Final = re.compile(
    r"(?:[\s:#=/.,\-–(\"'*\[]|\b(?i:no|nos|num|number|numbers|id|is|was|are|were|ending|ends|in|of|the|as)\b){0,8}"
)
_HEX: Final = re.compile(r"[0-9a-f]+")
_UNIT: Final = re.compile(r"\s?(?:%|°)")


def looks_like(
    candidate: Candidate,
    value: str,
    around: Surroundings,
    rules: PlateRules,
    plate: Hit | None,
    *,
    sure: bool,
    fits: bool,
) -> str | None:
    """What the candidate is instead of a plate, as a reason; None where nothing says so.

    `plate` is the plate word right before it; `sure`: it can mean nothing else; `fits`: the state beside it does.
    """
    by_cue = _by_cue(candidate, around, rules, plate, fits=fits)
    if by_cue is not None:
        return by_cue
    for entry in rules.lookalikes:
        # Behind a plate word a form that states issue is a plate; a statute or a date stays what it is.
        if entry.shape is None or not entry.shape.fullmatch(value):
            continue
        if not (fits or (sure and not entry.always)) or candidate.form not in rules.forms:
            return f"has the form of {entry.called}"
    written = around.text[candidate.start : candidate.end]
    asked = around.direct_before("looked_up", candidate.start) is not None
    if candidate.lower and plate is None and not asked and _HEX.fullmatch(written.replace(" ", "")):
        return "a hexadecimal number"
    if _UNIT.match(around.text, candidate.end):
        return "a number with its unit"
    return None


def _by_cue(
    candidate: Candidate, around: Surroundings, rules: PlateRules, plate: Hit | None, *, fits: bool
) -> str | None:
    hit = around.last_before("lookalike", candidate.start)
    # Of two words before it the nearer one counts, of "tag" and "asset tag" the longer one.
    if hit is None or (plate is not None and (plate.end, -plate.start) >= (hit.end, -hit.start)):
        return None
    if not _GAP.fullmatch(around.text[hit.end : candidate.start]):
        return None
    if fits and around.text[hit.start : hit.end] == "ID":
        return None  # Idaho
    entry = rules.lookalikes[int(hit.name.removeprefix("rule_"))]
    if not entry.called:
        return None
    return f'"{around.text[hit.start : hit.end]}" before it: {entry.called}'
