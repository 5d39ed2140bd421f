"""What a finding is about: the plates, or the persons as written, in its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus_search.model import Evidence, Record
from corpus_search.packs.pattern_pack import Pattern
from corpus_search.patterns.hearing import Heard

_CAP = r"[A-ZÀ-Ý][a-zà-ÿ'’]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?"
_SURNAME = r"[A-ZÀ-Ý]{3,}(?:[-'’ ][A-ZÀ-Ý]{3,})?"
_NAMES = (
    re.compile(rf"\b({_SURNAME}, ?[A-ZÀ-Ý][A-Za-zà-ÿ]+(?: [A-Z]\b\.?)?)"),  # ORTEGA, Luis
    re.compile(rf"\b({_CAP}, {_CAP})(?=[\s,.;)]+(?:DOB|dob|\d|[-–]|born|A#|A\d|$))", re.MULTILINE),  # Ortega, Luis DOB
    re.compile(  # your guy Medrano; inmate Jose Luis Medrano; Mr. Pineda
        r"\b(?:guy|inmate|subject|subj|sub|suspect|client|probationer|parolee|defendant|arrestee|detainee|person|named|"
        rf"name is|on|for|of|Mr\.?|Ms\.?|Mrs\.?) ((?:{_CAP} ){{0,2}}{_CAP})\b"
    ),
    re.compile(rf"^[-•*\d.) ]*({_CAP}(?: {_CAP}){{1,2}})(?=,? +(?:DOB|dob|\d{{1,2}}/\d))", re.MULTILINE),
    re.compile(
        rf"\b({_CAP}) (?:just |is |was |will be |has |got |gets |will )+(?:bond|post|releas|roll|get|out|being|book)"
    ),
)
_NUMBER = re.compile(
    r"\b(?:inmate|booking|bkg|jail|so|x-?ref|pid|cii|case)(?: ?(?:no\.?|number|num|id|#))? ?[:#]? ?(\d{5,10})\b",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Thanks",
        "Thank",
        "Please",
        "Department",
        "County",
        "City",
        "Sheriff",
        "Police",
        "Jail",
        "Court",
        "Records",
        "Unit",
        "Detective",
        "Officer",
        "Deputy",
        "Agent",
        "Sergeant",
        "Lieutenant",
        "Mexico",
        "Honduras",
        "Guatemala",
        "Salvador",
        "Mexican",
        "Flock",
        "Vigilant",
        "Immigration",
        "Customs",
        "Enforcement",
        "Border",
        "Patrol",
        "Street",
        "Avenue",
        "Blvd",
        "The",
        "This",
        "That",
        "Here",
        "Call",
        "Text",
        "Email",
        "Just",
        "Your",
    ]
)


def subjects_of(pattern: Pattern, heard: Sequence[Heard], evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The subjects, in the order in which the conversation names them."""
    if pattern.subjects == "plate":
        return _plates(heard)
    if pattern.subjects == "person":
        return tuple(dict.fromkeys(_persons(evidence)))
    return ()


def _plates(heard: Iterable[Heard]) -> tuple[str, ...]:
    """Plates of the messages' own words; where those name none, of what they quote (an answer rarely repeats it)."""
    records = list({one.turn.message.id: one.turn.record for one in heard}.values())
    own = [plate for record in records for plate in _plates_in(record, "own")]
    found = own or [plate for record in records for plate in _plates_in(record, "quoted")]
    return tuple(dict.fromkeys(found))


def _plates_in(record: Record, zone: str) -> list[str]:
    return [tag.value for tag in record.tags if tag.kind == "plate" and tag.value and tag.zone == zone]


def _persons(evidence: Iterable[Evidence]) -> Iterable[str]:
    for line in evidence:
        names = []
        for shape in _NAMES:
            names += [(found.start(1), found.group(1)) for found in shape.finditer(line.text)]
        kept = [
            (at, name)
            for at, name in names
            if not (set(re.split(r"[\s,]+", name)) & _NO_NAMES)
            and not any(name != longer and name in longer for _, longer in names)
        ]
        yield from (" ".join(name.split()) for _, name in sorted(kept))
        if not kept:
            yield from _NUMBER.findall(line.text)
