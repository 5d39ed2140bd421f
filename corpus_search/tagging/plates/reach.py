"""Where in a passage a plate can stand at all: the most that cues could add to a string, before any string is weighed.

Most passages with digits in them hold no word of plates, look-ups, vehicles or states: there only the likeliest forms
can reach the score that makes a tag, and the strings of other forms need not be weighed. Nor need a string beside which
none of the cues of its passage stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from corpus_search.tagging.plates.candidates import LONGEST
from corpus_search.tagging.plates.lists import HEADING
from corpus_search.tagging.plates.rules import PlateRules
from corpus_search.tagging.plates.states import LEFT
from corpus_search.tagging.plates.surroundings import REACH, Surroundings

_FIELDS = frozenset({"lic", "lip", "lpn"})
_ROUNDING = 0.0005  # scores are rounded to three places
_JOINT = r"[ \xa0\-–—‑·•\r\n>.]{0,3}"  # all that may stand between two characters of a plate, and more
_WIDEST = 32  # characters of a plate with all its joints, at most
_STATE_AFTER = 64  # characters after a plate in which its state begins, at most
# Where a string with a digit in it may begin.
_ANY = re.compile(rf"(?<![A-Za-z0-9])(?=(?:[A-Za-z]{_JOINT}){{0,{LONGEST - 1}}}[0-9])")
_ONE = {"9": "[0-9lo]", "A": "[A-Za-z]"}


class Reach:
    """The most that each kind of cue can add to a candidate's score (see `weigh`)."""

    def __init__(self, rules: PlateRules) -> None:
        self._priors = rules.forms
        weights = {name: max(0.0, weight) for name, weight in rules.weights.items()}
        self._tag_at = weights["tag_at"]
        self._message = weights["message"] + weights["cell"]
        self._of_cue = {
            "looked_up": weights["looked_up"],
            "answered": weights["answered"],
            "vehicle": max(weights["vehicle_right_before"], weights["near"]) + weights["colour"],
            "near": weights["near"],
        }
        self._loose = weights["loose_plate_word"]
        self._state = max(weights["state_fits"], weights["state_fits_well"])
        self._forms_from = lru_cache(maxsize=256)(self._forms_above)

    def places(self, around: Surroundings, start: int) -> Mapping[int, Collection[str] | None] | None:
        """Where a string that may be a plate begins, from `start` on, and its forms (None: any); None: anywhere."""
        if not _FIELDS.isdisjoint(around.words):
            return None
        text = around.text
        anywhere = self._message if around.any("message") else 0.0
        places: dict[int, Collection[str] | None] = {}
        for found in self._begins(around, anywhere).finditer(text, start):
            place = found.start()
            worded = self._by_plate_words(around, place)
            if worded is None:
                places[place] = None
                continue
            forms, begins = self._forms_from(self._tag_at - anywhere - worded - self._beside(around, place) - _ROUNDING)
            if begins.match(text, place) is not None:
                places[place] = forms
        return places

    def _begins(self, around: Surroundings, anywhere: float) -> re.Pattern[str]:
        """Where a string may begin that all cues of the text together make a plate."""
        if around.any("plate"):
            return _ANY
        most = anywhere + sum(most for name, most in self._of_cue.items() if around.any(name))
        # A plate in small letters takes its state in small letters too, but only where it is looked up.
        stated = around.any("looked_up") or around.state_between(0, len(around.text))
        return self._forms_from(self._tag_at - most - (self._state if stated else 0.0) - _ROUNDING)[1]

    def _by_plate_words(self, around: Surroundings, place: int) -> float | None:
        """The most that plate words before a place can add; None where they can make any string a plate.

        So does one that can only mean a plate (over a list too), and a loose one that may be made such by a state.
        """
        loose = 0.0
        for hit in around.ending_between("plate", place - HEADING, place):
            if hit.name == "plate_word":
                return None
            if hit.name == "loose_plate_word" and hit.end >= place - REACH:
                if around.state_may_stand_before(hit.start):
                    return None
                loose = self._loose
        return loose

    def _beside(self, around: Surroundings, place: int) -> float:
        """The most that what else stands close by can add to a string that begins there."""
        low, high = place - REACH, place + _WIDEST + REACH
        near = [name for name in self._of_cue if around.stands_between(name, low, high)]
        stated = "looked_up" in near or around.state_between(place - LEFT, place + _WIDEST + _STATE_AFTER)
        return sum(self._of_cue[name] for name in near) + (self._state if stated else 0.0)

    def _forms_above(self, least: float) -> tuple[frozenset[str], re.Pattern[str]]:
        forms = frozenset(form for form, prior in self._priors.items() if prior >= least)
        return forms, any_form(forms)


def any_form(forms: Iterable[str]) -> re.Pattern[str]:
    """Where strings of these forms begin, broken by whatever may break a plate; l and o may be meant as 1 and 0."""
    return re.compile(rf"(?<![A-Za-z0-9])(?={_either(frozenset(forms))})")


def _either(forms: frozenset[str]) -> str:
    """One expression for the forms, each beginning that several have in common once: linear, however many there are."""
    branches = ["(?![A-Za-z0-9])"] if "" in forms else []
    for char, one in _ONE.items():
        rest = frozenset(form[1:] for form in forms if form.startswith(char))
        if rest:
            joint = "" if rest == {""} else _JOINT
            branches.append(f"{one}{joint}{_either(rest)}")
    return f"(?:{'|'.join(branches) or '(?!)'})"
