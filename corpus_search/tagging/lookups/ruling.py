"""Whether words that were found are an act where they stand: what rules them out, vouches, or was said before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from corpus_search.packs.lookup_pack import Act
from corpus_search.tagging.lookups.evidence import Evidence

ONE_REQUEST: Final = 40  # characters within which two ways of asking are one request: "do me a solid and run"
ADJOINING: Final = 1  # characters between two ways of saying one thing: "shows a valid DL"
_ASKING: Final = re.compile(r"(?i)\b(?:can|could|would|will|please|pls|plz|mind)\b")
# "pull the last five reads", "please advise RO on": what is asked for, where no pause lies between.
_PAUSE: Final = re.compile(r"[,;:.!?()]|\s[-–]\s")
_ATTRIBUTE: Final = re.compile(r"(?i)(?:\A|\s)(?:an?|the|his|her|their|or)\s\Z")
# What an answer may begin with that says of what it is one: "the owner died", "the last contact was".
_SAID_OF: Final = re.compile(
    r"(?i)(?:(?:registered |reg(?:'d)? |legal )?owner|r/?o|registrant|lessee|reg|registration|title|return|record"
    r"|printout|plate|tag|photo|last|latest|only|first|most recent|dl|oln|address)\b"
)
_WHETHER: Final = re.compile(r"(?i)\b(?:if|whether|who|what|where|how|when|does|do|any)\b[^,;:]*\Z")
# Why an act's `needs` are not met.
UNMET: Final[Mapping[str, str]] = {
    "record": "no plate, number or record in its sentence",
    "thing": "nothing in its sentence that could be looked up",
    "plate": "no plate or number in its sentence",
    "close": "no plate, number or system close by",
    "agency": "no agency right before it",
    "subject": "nothing right before it that is looked up",
    "acted": "nothing was looked up before it",
    "done": "no look-up right before it that it could answer",
    "told": "no plate, record or system near it",
}


def is_taken(act: Act, start: int, end: int, taken: Sequence[tuple[int, int, str]]) -> bool:
    """Whether an act stands there already, or right beside it another of the same kind."""
    for low, high, kind in taken:
        gap = ADJOINING if kind == act.act else -1
        if start <= high + gap and low - gap <= end:
            return True
    return False


def said_otherwise(act: Act, evidence: Evidence, start: int, end: int, asked: dict[int, int]) -> str | None:
    """Why an act is none beside a request of its sentence: one request has one trigger, what is asked is no answer."""
    sentence = evidence.sentence(start)[0]
    if act.act == "request":
        known = asked.setdefault(sentence, start)
        again = known != start and (abs(known - start) < ONE_REQUEST or not _ASKING.match(evidence.text, start))
        return "asked already in this sentence" if again else None
    since = asked.get(sentence, start)
    if since < start and _WHETHER.search(evidence.text, since, start):
        return "asked in this sentence, not answered"
    if since < start and not _PAUSE.search(evidence.text, since, start):
        return "what is asked for in this sentence"
    return None


def goes_on(evidence: Evidence, start: int, taken: Sequence[tuple[int, int, str]]) -> str | None:
    """Why a state or count is no answer of its own: it stands in the clause of one, "came back with a warrant"."""
    low = evidence.sentence(start)[0]
    if any(
        low <= end <= start and kind == "result" and not _PAUSE.search(evidence.text, end, start)
        for _, end, kind in taken
    ):
        return "part of the answer before it"
    if not _SAID_OF.match(evidence.text, start) and _ATTRIBUTE.search(evidence.text[max(low, start - 6) : start]):
        return "an attribute of what follows it"
    return None


def needed(act: Act) -> str:
    """What vouches for an act, in words."""
    return {
        "nothing": "said only of look-ups",
        "record": "with a plate, number or record in the sentence",
        "thing": "with something to look up in the sentence",
        "told": "records are spoken of near it",
        "system": "said of the system before it",
        "agency": "said by the agency before it",
        "subject": "said of what is looked up, right before it",
        "plate": "with a plate or number in the sentence",
        "close": "with a plate, number or system close by",
        "acted": "said of what was looked up before",
        "done": "said right after a look-up",
    }[act.needs]


def why_not(act: Act, evidence: Evidence, start: int, end: int) -> str | None:
    """Why these words are no act here; None where they are."""
    if start >= end:
        return "only the name of a system"
    low, high = evidence.sentence(start)
    if evidence.other_use(start, end):
        return "words of another use"
    if act.at == "beginning" and not evidence.begins_clause(start):
        return "no order: not at the beginning of a clause"
    if act.at == "question" and not evidence.asks(start):
        return "no question"
    if act.at == "asking" and not (evidence.begins_clause(start) and evidence.asks(start)):
        return "no question that begins there"
    if evidence.denied(act.act, start):
        return "not done, or only may be, by the words before it"
    if act.needs == "system":
        if not evidence.ends_system(start):
            return "no system right before it"
        said = evidence.no_act_in(low, high, start, end)
        return None if said is None else f"no act is done in this sentence (“{said}”)"
    if evidence.no_act:
        return "press, training or an automatic reply"
    # Why somebody asks ("I don't have access") may follow; what rules a request out goes before it.
    said = evidence.no_act_in(low, end if act.act == "request" else high, start, end)
    if said is not None:
        return f"no act is done in this sentence (“{said}”)"
    if evidence.technical or (act.needs == "nothing" and evidence.a_little_technical):
        return "talk of software or parts"
    return None if _is_met(act.needs, evidence, start, end) else UNMET[act.needs]


def _is_met(needs: str, evidence: Evidence, start: int, end: int) -> bool:
    """Whether that stands near which vouches for the words."""
    low, high = evidence.sentence(start)
    met = {
        "record": lambda: evidence.has_record(low, high, start, end),
        "thing": lambda: evidence.has_thing(low, high, start, end),
        "plate": lambda: evidence.has_plate(start),
        "close": lambda: evidence.has_close(start, end),
        "agency": lambda: evidence.has_holder(start),
        "subject": lambda: evidence.has_subject(start, end),
        "acted": lambda: evidence.acted(start),
        "done": lambda: evidence.done(start),
        "told": lambda: evidence.told(start, end),
    }
    return needs not in met or met[needs]()
