"""The plate packs as rules: forms, states, words around plates, look-alikes, spelling words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus_search.errors import PackError
from corpus_search.tagging.plates.forms import Jurisdiction
from corpus_search.tagging.plates.states import States
from corpus_search.tagging.wording import Phrases, compile_phrases

_CUES = (
    "plate_word",
    "loose_plate_word",
    "looked_up",
    "answered",
    "near",
    "message",
    "vehicle",
    "colour",
    "starts",
    "ends",
    "partial",
    "vanity",
    "technical",
)
_WEIGHTS = (
    "tag_at",
    "possible_at",
    "plate_word",
    "loose_plate_word",
    "looked_up",
    "answered",
    "near",
    "vehicle_right_before",
    "colour",
    "state_fits",
    "state_fits_well",
    "state_does_not_fit",
    "listed",
    "cell",
    "message",
    "lower_case",
    "technical",
)


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Something that only looks like a plate: what it is called, and the form that gives it away, if any."""

    id: str
    called: str
    shape: re.Pattern[str] | None
    always: bool = False  # even right behind a plate word


@dataclass(frozen=True, slots=True)
class PlateRules:
    """Everything the plate finder knows, read from packs."""

    weights: Mapping[str, float]
    forms: Mapping[str, float]
    jurisdictions: tuple[Jurisdiction, ...]
    states: States
    plate_words: Phrases  # groups no_plate_word, plate_word, loose_plate_word
    fillers: frozenset[str]
    cues: Phrases  # a group for each other kind of cue
    technical: Phrases
    words: frozenset[str]
    lookalikes: tuple[LookAlike, ...]
    lookalike_cues: Phrases
    code_words: Mapping[str, str]  # lower-case code word to its character
    twins: Mapping[str, str]


def rules_from(rules: Mapping[str, Any], formats: Mapping[str, Any]) -> PlateRules:
    """The rules of the two plate packs. PackError says what is missing or can't be read."""
    jurisdictions = tuple(_jurisdiction(entry) for entry in formats["entries"])
    lists = rules.get("lists", {})
    cues = rules["cues"]
    _expect("cues", cues, _CUES)
    _expect("weights", rules["weights"], _WEIGHTS)
    lookalikes = rules["lookalikes"]
    plate = {name: cues[name] for name in ("no_plate_word", "plate_word", "loose_plate_word")}
    code_words = {word.lower(): str(letter) for letter, words in rules["phonetic"].items() for word in words}
    return PlateRules(
        weights={name: float(weight) for name, weight in rules["weights"].items()},
        forms={str(form): float(prior) for form, prior in rules["shapes"].items()},
        jurisdictions=jurisdictions,
        states=States(jurisdictions, [str(code) for code in rules["word_codes"]]),
        plate_words=compile_phrases(plate, lists),
        cues=compile_phrases({name: cues[name] for name in _CUES if name != "technical"}, lists),
        technical=compile_phrases({"technical": cues["technical"]}, lists),
        fillers=frozenset(str(word).lower() for word in rules["fillers"]),
        words=frozenset(str(word) for word in rules["words"])
        # "F150 CA 7ABC123": a state's code beside a number is seldom the letters of a broken plate.
        | frozenset(
            written for one in jurisdictions for written in one.written if len(written) == 2 and written.isupper()
        ),
        lookalikes=tuple(_lookalike(entry) for entry in lookalikes),
        lookalike_cues=compile_phrases(
            {f"rule_{index}": entry["cues"] for index, entry in enumerate(lookalikes) if entry.get("cues")}, lists
        ),
        code_words=code_words,
        twins={str(read): str(meant) for read, meant in rules["twins"].items()},
    )


def _expect(what: str, given: Mapping[str, Any], names: tuple[str, ...]) -> None:
    missing = [name for name in names if name not in given]
    if missing:
        raise PackError(f"plates: {what} lack {', '.join(missing)}")


def _jurisdiction(entry: Mapping[str, Any]) -> Jurisdiction:
    serials = [str(serial["regex"]) for serial in entry["serials"]]
    # A form of which only the outline is known (any letter or digit, or digits alone) vouches for less.
    firm = [
        str(serial["regex"])
        for serial in entry["serials"]
        if "[A-Z0-9]" not in serial["regex"] and serial["confidence"] != "low" and "[A-Z" in serial["regex"]
    ]
    try:
        either = re.compile("|".join(f"(?:{serial})" for serial in serials))
        exact = re.compile("|".join(f"(?:{serial})" for serial in firm) or "(?!)")
    except re.error as error:
        raise PackError(f"plate formats: {entry['id']}: {error}") from error
    return Jurisdiction(entry["id"], entry["name"], tuple(str(word) for word in entry["written"]), exact, either)


def _lookalike(entry: Mapping[str, Any]) -> LookAlike:
    shape = entry.get("shape")
    try:
        return LookAlike(entry["id"], entry["called"], re.compile(shape) if shape else None, bool(entry.get("always")))
    except re.error as error:
        raise PackError(f"plates: look-alike {entry['id']}: {error}") from error
