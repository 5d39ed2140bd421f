"""Which forms can be plates in a passage at all: the most that its cues could add, before any string is weighed.

Most passages with digits in them hold no word of plates, look-ups, vehicles or states: there only the likeliest forms
can reach the score that makes a tag, and the strings of other forms need not be weighed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from corpus_search.tagging.plates.rules import PlateRules
from corpus_search.tagging.plates.surroundings import Surroundings

_FIELDS = frozenset({"lic", "lip", "lpn"})
_ROUNDING = 0.0005  # scores are rounded to three places
_FEW = 12  # forms that one search over the text costs less than reading its strings
_JOINT = r"(?:[ \xa0]{0,2}|[ ]?[-–—‑·•][ ]?)"


class Reach:
    """The most that each kind of cue can add to a candidate's score (see `weigh`)."""

    def __init__(self, rules: PlateRules) -> None:
        self._states = rules.states
        self._priors = rules.forms
        weights = {name: max(0.0, weight) for name, weight in rules.weights.items()}
        self._tag_at = weights["tag_at"]
        self._of_cue = {
            "looked_up": weights["looked_up"],
            "answered": weights["answered"],
            "vehicle": max(weights["vehicle_right_before"], weights["near"]) + weights["colour"],
            "near": weights["near"],
            "message": weights["message"] + weights["cell"],
        }
        self._state = max(weights["state_fits"], weights["state_fits_well"])
        self._forms_from = lru_cache(maxsize=256)(self._forms_above)

    def forms(self, around: Surroundings, start: int) -> Collection[str] | None:
        """The forms of which a string from `start` on may be a plate here; None: any string, a plate word is there."""
        if around.any("plate") or not _FIELDS.isdisjoint(around.words):
            return None
        most = sum(most for name, most in self._of_cue.items() if around.any(name))
        # A plate in small letters takes its state in small letters too, but only where it is looked up.
        if around.any("looked_up") or self._states.stands_in(around.text, around.words):
            most += self._state
        forms, search = self._forms_from(self._tag_at - most - _ROUNDING)
        return () if search is not None and search.search(around.text, start) is None else forms

    def _forms_above(self, least: float) -> tuple[frozenset[str], re.Pattern[str] | None]:
        forms = frozenset(form for form, prior in self._priors.items() if prior >= least)
        return forms, any_form(forms) if len(forms) <= _FEW else None


def any_form(forms: Collection[str]) -> re.Pattern[str]:
    """A search for strings of these forms, broken anywhere by a blank or hyphen; l and o may be meant as 1 and 0."""
    one = {"9": "[0-9lo]", "A": "[A-Za-z]"}
    either = "|".join(_JOINT.join(one[char] for char in form) for form in sorted(forms))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{either or '(?!)'})(?![A-Za-z0-9])")
