"""Whether a candidate is a plate: its form, the words around it and the state beside it, as a sum with its reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from corpus_search.tagging.plates.candidates import Candidate
from corpus_search.tagging.plates.forms import form_of, repaired
from corpus_search.tagging.plates.lookalikes import looks_like
from corpus_search.tagging.plates.rules import PlateRules
from corpus_search.tagging.plates.states import NamedState
from corpus_search.tagging.plates.surroundings import FAR, Surroundings
from corpus_search.tagging.wording import Hit

_FIELD: Final = re.compile(r"(?<![A-Za-z])(?:LIC|LIP|LPN)[ ]?(?:/|#?:|=)[ ]?\Z")
_CELL_BEFORE: Final = re.compile(r"[\t|]\s*\"?\Z|(?:\A|[,;\n])\"\Z")
_CELL_AFTER: Final = re.compile(r"\"?\s*[\t|]|\"(?:[,;\r\n]|\Z)")
_CA_FORM: Final = re.compile(r"[1-9][A-Z]{3}\d{3}")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_HYPHENED: Final = re.compile(r"-[ ]?\r?\n")  # a plate broken over a line at its hyphen
_PHONE: Final = re.compile(r"\d{3}[-–]\d{4}")
_ZIP: Final = 5  # digits of a postal code, which stands behind a state too
_AROUND: Final = 40  # characters on either side whose words show whether capitals mean something
_FEW: Final = 2  # words in small letters that make running text
_FAMILIAR: Final = 0.1  # least likelihood of a form that a loose plate word may vouch for
_LIKELY: Final = 0.3  # likelihood from which a form in small letters needs no more than a verb of looking up
_SURE: Final = 0.8  # likelihood of a form that is hardly anything but a plate
_CLOSE: Final = 3  # words between a plate word and its plate that weaken it little
_UNKNOWN_FORM: Final = 0.1  # likelihood of a form that no state issues, right behind a plate word


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its value, score and reasons, the state beside it, and what rules it out, if anything does."""

    candidate: Candidate
    value: str
    score: float
    reasons: tuple[str, ...]
    state: NamedState | None
    ruled_out: str | None

    def with_list(self, weight: float) -> Weighed:
        """The same as a further item of a list of plates."""
        return replace(self, score=self.score + weight, reasons=(*self.reasons, "in a list of plates"))


@dataclass(slots=True)
class _Sum:
    """The score as it grows."""

    rules: PlateRules
    score: float
    reasons: list[str] = field(default_factory=list)

    def add(self, name: str, reason: str) -> None:
        self.score += self.rules.weights[name]
        self.reasons.append(reason)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands right before a candidate."""

    field: bool  # LIC/ or LIC:
    plate: Hit | None  # a plate word
    looked_up: bool  # a verb of looking up

    @property
    def strong(self) -> bool:
        """Whether it can only mean a plate."""
        return self.field or (self.plate is not None and self.plate.name == "plate_word")

    @property
    def worded(self) -> bool:
        """Whether some plate word stands there."""
        return self.field or self.plate is not None


def is_hopeless(candidate: Candidate, around: Surroundings) -> bool:
    """Whether `weigh` is sure to rule it out: part of a longer string; figures where no plate or vehicle is named."""
    figures = candidate.value.isdigit() and not (around.any("plate") or around.any("vehicle"))
    return (candidate.glued or figures) and not _in_field(around.text, candidate.start)


def weigh(candidate: Candidate, around: Surroundings, rules: PlateRules) -> Weighed:
    """The candidate's score in these surroundings."""
    text, start = around.text, candidate.start
    beside = Beside(
        _in_field(text, start),
        around.direct_before("plate", start),
        around.direct_before("looked_up", start) is not None,
    )
    beside = _worded_by_state(candidate, around, rules, beside)
    state = _state(candidate, around, rules, beside)
    value = _read(candidate, rules, beside, state)
    form = form_of(value)
    prior = rules.forms.get(form, 0.0)
    if not prior and beside.strong and candidate.tokens == 1 and len(value) >= 4:
        prior = _UNKNOWN_FORM
    total = _Sum(rules, prior, [f"form {form}"])
    if value != candidate.value:
        total.reasons.append(f"read as {value}")
    _add_before(total, candidate, around, beside, prior)
    _add_state(total, value, state, beside)
    _add_context(total, candidate, around, beside, prior)
    ruled_out = _ruled_out(candidate, value, around, rules, beside, state)
    if ruled_out is None and not beside.field:
        fits = state is not None and state.sure and _is_issued(candidate, value, state)
        ruled_out = looks_like(candidate, value, around, rules, beside.plate, sure=beside.strong, fits=fits)
    return Weighed(candidate, value, round(total.score, 3), tuple(total.reasons), state, ruled_out)


def _in_field(text: str, start: int) -> bool:
    """Whether the name of a field for plates stands right before."""
    return _FIELD.search(text[max(0, start - 10) : start]) is not None


def _worded_by_state(candidate: Candidate, around: Surroundings, rules: PlateRules, beside: Beside) -> Beside:
    """A loose plate word that a state's name makes one that can only mean a plate: "Montana tag", "Wyoming reg".

    Only where the state issues such a serial; words may stand between: "Montana tag on a stock trailer, 4-39216B".
    """
    hit = beside.plate or around.plate_before(candidate.start)
    if beside.field or hit is None or hit.name != "loose_plate_word":
        return beside
    state = around.state_before(hit.start)
    if state is None or not (state.sure and state.adjacent and state.jurisdiction.issues(candidate.value)):
        return beside
    return replace(beside, plate=Hit(hit.start, hit.end, "plate_word"))


def _state(candidate: Candidate, around: Surroundings, rules: PlateRules, beside: Beside) -> NamedState | None:
    """The state beside it or before its plate word; a code that may be a word only where it issues such a plate."""
    text, lower, unsure = around.text, candidate.lower, None
    found = [
        around.state_before(candidate.start, lower=lower),
        rules.states.after(text, candidate.end, lower=lower),
    ]
    if beside.plate is not None:
        found.append(around.state_before(beside.plate.start))
    sure = [state for state in found if state is not None and state.sure]
    if sure and not beside.worded:
        return next((state for state in sure if state.adjacent), sure[0])  # "XKT 2281 TX, 8LKB220 CA"
    if sure:
        return sure[0]
    for state in found:
        if state is not None and state.adjacent and state.jurisdiction.issues_firmly(candidate.value):
            unsure = unsure or state
    if unsure is not None and not lower and _stands_out(text, candidate):
        return replace(unsure, sure=True)  # "ME 4418 TR" in running text: in capitals it is no word
    return unsure


def _stands_out(text: str, candidate: Candidate) -> bool:
    """Whether the words around are not in capitals, so that a code in capitals is more than a word."""
    around = text[max(0, candidate.start - _AROUND) : candidate.start] + " " + text[candidate.end :][:_AROUND]
    words: list[str] = _WORD.findall(around)
    small = sum(word.islower() for word in words)
    shouted = sum(word.isupper() for word in words)
    return small >= max(_FEW, shouted) or (bool(words) and not shouted)


def _read(candidate: Candidate, rules: PlateRules, beside: Beside, state: NamedState | None) -> str:
    """The plate, mended where reading by machine took a character for its twin; only right behind a plate word."""
    value = candidate.value
    if not beside.strong or candidate.form in rules.forms or candidate.tokens > 1:
        return value
    if state is not None and state.jurisdiction.issues(value):
        return value
    fits = state.jurisdiction.firm if state is not None else _CA_FORM
    return repaired(value, rules.twins, fits) or value


def _is_issued(candidate: Candidate, value: str, state: NamedState) -> bool:
    """Whether the state has such a serial; of a broken string, one whose form is exact."""
    issuer = state.jurisdiction
    return issuer.issues(value) if candidate.tokens == 1 else issuer.issues_firmly(value)


def _add_before(total: _Sum, candidate: Candidate, around: Surroundings, beside: Beside, prior: float) -> None:
    text = around.text
    if beside.field:
        total.add("plate_word", "field LIC")
    elif beside.plate is not None and (
        beside.strong or (prior >= _FAMILIAR and not (candidate.lower and candidate.tokens > 1))
    ):
        total.add(beside.plate.name, f'"{text[beside.plate.start : beside.plate.end]}" before it')
    elif beside.looked_up and prior >= _FAMILIAR:
        total.add("looked_up", "looked up right before it")
    elif prior and (distant := around.plate_before(candidate.start)) is not None and distant.name == "plate_word":
        words = around.gap_words(distant.end, candidate.start)
        name = "plate_word" if words <= _CLOSE else "answered"
        total.add(name, f'"{text[distant.start : distant.end]}" {words} words before it')
    if candidate.lower and not (beside.worded or (beside.looked_up and prior >= _LIKELY)):
        total.add("lower_case", "not in capitals")


def _add_state(total: _Sum, value: str, state: NamedState | None, beside: Beside) -> None:
    if state is None or not (state.sure or beside.worded):
        return
    name = state.jurisdiction.name
    mixed = state.jurisdiction.issues(value) and min(sum(map(str.isdigit, value)), sum(map(str.isalpha, value))) > 1
    digits = value.isdigit() and state.jurisdiction.issues(value)
    if state.adjacent and state.sure and (mixed or digits or state.jurisdiction.issues_firmly(value)):
        total.add("state_fits_well", f"a {name} serial, the state beside it")
    elif state.jurisdiction.issues(value):
        total.add("state_fits", f"a {name} serial")
    elif state.marked and total.score:
        total.add("state_fits", f"{name} in brackets beside it")
    elif not beside.strong:
        total.add("state_does_not_fit", f"no {name} serial")


def _add_context(total: _Sum, candidate: Candidate, around: Surroundings, beside: Beside, prior: float) -> None:
    start, end, text = candidate.start, candidate.end, around.text
    answer = around.first_after("answered", end)
    if answer is not None and around.gap_words(end, answer.start) <= 1:
        total.add("answered", f'"{text[answer.start : answer.end]}" after it')
    if not beside.strong:
        _add_vehicle(total, candidate, around)
        if around.sentence_has("near", start, end):
            total.add("near", "a word of look-ups in the sentence")
        elif prior >= 0.3 and around.any("message"):
            total.add("message", "look-ups are spoken of around it")
        if (
            around.any("message")
            and _CELL_BEFORE.search(text[max(0, start - 8) : start])
            and _CELL_AFTER.match(text, end)
        ):
            total.add("cell", "alone in a cell of a table")
        if around.count_in("technical", start - 400, end + 400) >= 2:
            total.add("technical", "talk of software or parts")


def _add_vehicle(total: _Sum, candidate: Candidate, around: Surroundings) -> None:
    vehicle = around.direct_before("vehicle", candidate.start)
    if vehicle is not None:
        total.add("vehicle_right_before", f'"{around.text[vehicle.start : vehicle.end]}" before it')
    elif around.sentence_has("vehicle", candidate.start, candidate.end):
        total.add("near", "a vehicle in the sentence")
    else:
        return
    if around.sentence_has("colour", candidate.start, candidate.end):
        total.add("colour", "a colour in the sentence")


def _ruled_out(
    candidate: Candidate, value: str, around: Surroundings, rules: PlateRules, beside: Beside, state: NamedState | None
) -> str | None:
    """Why it can't be a plate by the way it is written; None where it can."""
    if candidate.glued and not beside.field:
        return "part of a longer string"
    if candidate.loose and not (beside.worded or _holds_over_a_line(candidate, value, around, rules, beside, state)):
        return "broken over a line or full stop, and no plate word right before it"
    if candidate.named and not beside.strong:
        return "a name or month beside a number"
    if candidate.worded and not (beside.strong or (state is not None and state.sure)):
        return "an ordinary word beside a number"
    if candidate.odd and not (beside.worded or (state is not None and state.sure)):
        return "broken where no plate is broken"
    if value.isdigit():
        named = (state is not None and state.sure) or _is_exempt(around, candidate)
        issued = state is not None and state.sure and state.adjacent and state.jurisdiction.issues(value)
        other = len(value) == _ZIP or _PHONE.fullmatch(around.text, candidate.start, candidate.end) is not None
        shown = issued and not other and around.sentence_has("vehicle", candidate.start, candidate.end)
        if not (beside.field or shown or (beside.strong and named and len(value) >= 5)):
            return "digits only: needs a plate word and a state"
    elif form_of(value) not in rules.forms and not beside.field and not _may_be_unusual(candidate, beside):
        return "no state issues this form"
    return None


def _holds_over_a_line(
    candidate: Candidate, value: str, around: Surroundings, rules: PlateRules, beside: Beside, state: NamedState | None
) -> bool:
    """Whether no plate word is needed: broken at its hyphen beside its state, or looked up and of a form like few."""
    if beside.looked_up and rules.forms.get(form_of(value), 0.0) >= _SURE:
        return True
    fits = state is not None and state.sure and state.adjacent and state.jurisdiction.issues_firmly(value)
    return fits and _HYPHENED.search(around.text, candidate.start, candidate.end) is not None


def _may_be_unusual(candidate: Candidate, beside: Beside) -> bool:
    """A mixed string of some length, in capitals, right behind a plate word: a personal, dealer or paper plate."""
    return beside.strong and candidate.tokens == 1 and len(candidate.value) >= 4 and not candidate.lower


def _is_exempt(around: Surroundings, candidate: Candidate) -> bool:
    left = around.text[max(0, candidate.start - 40) : candidate.start].lower()
    return "exempt" in left or "e plate" in left or "e-plate" in left


__all__ = ["FAR", "Weighed", "is_hopeless", "weigh"]
