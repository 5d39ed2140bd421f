"""Whether a candidate is a plate: its form, the words around it and the state beside it, as a sum with its reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from corpus_search.tagging.plates.candidates import Candidate
from corpus_search.tagging.plates.forms import NamedState
from corpus_search.tagging.plates.rules import PlateRules
from corpus_search.tagging.plates.surroundings import FAR, Surroundings

# What may stand between a state and its plate: plate words and marks.
STATE_GLUE: Final = re.compile(
    r"(?:[\s:#=/.,\-(\"'*]|(?i:\b(?:plates?|plt|lic(?:en[sc]e)?|tags?|lp|reg(?:istration)?|no|num(?:ber)?|is|was|temp|"
    r"paper|exempt|dealer|vanity|partial|commercial|vehicle|veh|txt)\b))*\Z"
)
_PLATE_WORD_IN: Final = re.compile(r"(?i)\b(?:plates?|plt|lic(?:en[sc]e)?|tags?|lp)\b")
_FIELD: Final = re.compile(r"\bLI[CP][ ]?[/:#][ ]?\Z", re.IGNORECASE)
_HEX: Final = re.compile(r"[0-9a-f]+")
_KILL_GAP: Final = re.compile(
    r"(?:[\s:#=/.,\-(\"'*\[]|\b(?i:no|nos|num|number|numbers|id|is|was|are|were|ending|in|of|the)\b)*"
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its score, the reasons for it, the state beside it, and what rules it out, if anything does."""

    candidate: Candidate
    score: float
    reasons: tuple[str, ...]
    state: NamedState | None
    ruled_out: str | None
    direct: bool  # a plate word or verb stands right before it

    def with_list(self, weight: float) -> Weighed:
        """The same as a further item of a list of plates."""
        return replace(self, score=self.score + weight, reasons=(*self.reasons, "in a list of plates"))


def weigh(candidate: Candidate, around: Surroundings, rules: PlateRules) -> Weighed:
    """The candidate's score in these surroundings."""
    weights = rules.weights
    prior = rules.forms.get(candidate.form, 0.0)
    numeric = candidate.value.isdigit()
    score, reasons = prior, [f"form {candidate.form}"]
    plate = around.direct_before("plate", candidate.start)
    field = _FIELD.search(around.text[max(0, candidate.start - 8) : candidate.start]) is not None
    strong = field or (plate is not None and plate.name == "plate_word")
    loose = plate is not None and not strong
    looked_up = around.direct_before("looked_up", candidate.start) is not None
    state = _state(candidate, around, rules, strong or loose)

    def add(name: str, reason: str) -> None:
        nonlocal score
        score += weights[name]
        reasons.append(reason)

    if field:
        add("plate_word", "field LIC")
    elif strong or (loose and prior >= 0.1):
        assert plate is not None
        add(plate.name, f'"{around.text[plate.start : plate.end]}" before it')
    else:
        _add_distant(candidate, around, add, prior, looked_up)
    if state is not None:
        if state.jurisdiction.issues(candidate.value):
            add("state_fits", f"a {state.jurisdiction.name} serial")
        elif not strong:
            add("state_does_not_fit", f"no {state.jurisdiction.name} serial")
    direct = strong or loose or looked_up
    if candidate.lower and not direct:
        add("lower_case", "not in capitals")
    if not strong and around.count_in("technical", candidate.start - 400, candidate.end + 400) >= 2:
        add("technical", "talk of software or parts")
    ruled_out = _ruled_out(
        candidate, around, rules, plate_word=strong or loose, numeric=numeric, state=state, field=field
    )
    return Weighed(candidate, round(score, 3), tuple(reasons), state, ruled_out, direct)


def _add_distant(candidate: Candidate, around: Surroundings, add: object, prior: float, looked_up: bool) -> None:
    assert callable(add)
    text = around.text
    distant = around.last_before("plate", candidate.start)
    if looked_up:
        add("looked_up", "looked up right before it")
    elif (
        distant is not None
        and distant.name == "plate_word"
        and prior
        and around.gap_words(distant.end, candidate.start) <= FAR
    ):
        add("plate_word", f'"{text[distant.start : distant.end]}" at most {FAR} words before it')
    answer = around.first_after("answered", candidate.end)
    if answer is not None and around.gap_words(candidate.end, answer.start) <= 1:
        add("answered", f'"{text[answer.start : answer.end]}" after it')
    vehicle = around.direct_before("vehicle", candidate.start)
    if vehicle is not None:
        add("vehicle_right_before", f'"{text[vehicle.start : vehicle.end]}" before it')
    elif around.sentence_has("vehicle", candidate.start, candidate.end):
        add("near", "a vehicle in the sentence")
    if around.sentence_has("colour", candidate.start, candidate.end) and (
        vehicle is not None or around.sentence_has("vehicle", candidate.start, candidate.end)
    ):
        add("colour", "a colour in the sentence")
    if around.sentence_has("near", candidate.start, candidate.end):
        add("near", "a word of look-ups in the sentence")


def _state(candidate: Candidate, around: Surroundings, rules: PlateRules, plate_word: bool) -> NamedState | None:
    text = around.text
    left = text[max(0, candidate.start - 40) : candidate.start]
    glue = STATE_GLUE.search(left)
    worded = glue is not None and _PLATE_WORD_IN.search(glue[0]) is not None
    before = rules.states.before(text, candidate.start, STATE_GLUE, plate_word and worded)
    if before is not None and (before.sure or plate_word):
        return before
    after = rules.states.after(text, candidate.end, plate_word)
    if after is not None and (after.sure or plate_word):
        return after
    return None


def _ruled_out(
    candidate: Candidate,
    around: Surroundings,
    rules: PlateRules,
    *,
    plate_word: bool,
    numeric: bool,
    state: NamedState | None,
    field: bool,
) -> str | None:
    if candidate.glued and not field:
        return "part of a longer string"
    if candidate.loose and not plate_word:
        return "broken over a line, and no plate word right before it"
    if numeric and not (plate_word and (state is not None or field or _exempt(around, candidate))):
        return "digits only: needs a plate word and a state"
    known = candidate.form in rules.forms
    if not known and not (plate_word and _vanity_like(candidate)) and not field:
        return "no state issues this form"
    if plate_word:
        return _by_shape(candidate, rules, worded=True)
    return _by_cue(candidate, around, rules) or _by_shape(candidate, rules, worded=False) or _as_hex(candidate, around)


def _vanity_like(candidate: Candidate) -> bool:
    """A mixed string of some length, in capitals: what a personalised or temporary plate looks like."""
    return candidate.tokens == 1 and len(candidate.value) >= 4 and not candidate.lower and not candidate.value.isdigit()


def _exempt(around: Surroundings, candidate: Candidate) -> bool:
    left = around.text[max(0, candidate.start - 30) : candidate.start].lower()
    return len(candidate.value) >= 5 and ("exempt" in left or "e plate" in left or "e-plate" in left)


def _by_cue(candidate: Candidate, around: Surroundings, rules: PlateRules) -> str | None:
    hit = around.last_before("lookalike", candidate.start)
    if hit is None or not _KILL_GAP.fullmatch(around.text[hit.end : candidate.start]):
        return None
    entry = rules.lookalikes[int(hit.name.removeprefix("rule_"))]
    return f'"{around.text[hit.start : hit.end]}" before it: {entry.called}'


def _by_shape(candidate: Candidate, rules: PlateRules, *, worded: bool) -> str | None:
    for entry in rules.lookalikes:
        if entry.shape is not None and entry.shape.fullmatch(candidate.value):
            # A plate word is stronger than a form that states issue too; a statute or a date stays what it is.
            if worded and candidate.form in rules.forms:
                continue
            return f"has the form of {entry.called}"
    return None


def _as_hex(candidate: Candidate, around: Surroundings) -> str | None:
    written = around.text[candidate.start : candidate.end]
    if candidate.lower and _HEX.fullmatch(written):
        return "a hexadecimal number"
    return None
