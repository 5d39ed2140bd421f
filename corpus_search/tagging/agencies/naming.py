"""Agencies by the way their names are made: a place and a kind ("Kern Co Sheriff", "Anaheim PD", "Attleboro MA PD").

Kinds and forms: domain reference, local_kinds. A capitalised run before a kind is cut down to its place with the help
of the gazetteer; a place in lower case must be in the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

STATES = {
    "alabama": "al", "alaska": "ak", "arizona": "az", "arkansas": "ar", "california": "ca", "colorado": "co",
    "connecticut": "ct", "delaware": "de", "florida": "fl", "georgia": "ga", "hawaii": "hi", "idaho": "id",
    "illinois": "il", "indiana": "in", "iowa": "ia", "kansas": "ks", "kentucky": "ky", "louisiana": "la", "maine": "me",
    "maryland": "md", "massachusetts": "ma", "michigan": "mi", "minnesota": "mn", "mississippi": "ms", "missouri": "mo",
    "montana": "mt", "nebraska": "ne", "nevada": "nv", "new hampshire": "nh", "new jersey": "nj", "new mexico": "nm",
    "new york": "ny", "north carolina": "nc", "north dakota": "nd", "ohio": "oh", "oklahoma": "ok", "oregon": "or",
    "pennsylvania": "pa", "rhode island": "ri", "south carolina": "sc", "south dakota": "sd", "tennessee": "tn",
    "texas": "tx", "utah": "ut", "vermont": "vt", "virginia": "va", "washington": "wa", "west virginia": "wv",
    "wisconsin": "wi", "wyoming": "wy",
}  # fmt: skip
CODES = frozenset(code.upper() for code in STATES.values()) | {"DC"}
_S = r"(?:['’´`]?\s?[sS])?"  # Sheriff's, Sheriffs, Sheriff s, Sheriff
_OFFICE = r"(?:\s+(?:Department|Dept\.?|Office|Ofc\.?|Bureau|Offices))?"
_COUNTY = r"(?:\s+(?:County|Co\.?|Cty\.?|Parish))"


class Kind(NamedTuple):
    """A kind of body: its groups, its official ending, and the words (a regular expression) that stand for it."""

    name: str
    groups: tuple[str, ...]
    ending: str
    words: str


KINDS = (
    Kind("sheriff", ("sheriff",), "Sheriff's Office", rf"{_COUNTY}?\s+(?:Sheriff{_S}(?:[-–]Coroner{_S})?{_OFFICE}|S\.?O\.?\b)"),
    Kind("jail", ("jail",), "Jail",
         rf"{_COUNTY}?\s+(?:(?:Adult\s+|Regional\s+|Central\s+|City\s+|Main\s+|Metro(?:politan)?\s+)?(?:Jail|Detention\s+(?:Center|Facility|Complex)|"
         r"Correctional\s+(?:Facility|Center|Institution|Complex)|Justice\s+Center|House\s+of\s+Corrections?|"
         r"Department\s+of\s+(?:Corrections?|Prisons)|Prison))"),
    Kind("probation", ("probation",), "Probation Department",
         rf"{_COUNTY}?\s+(?:(?:Adult\s+|Juvenile\s+)?Probation(?:\s+and\s+Parole)?(?:\s+(?:Department|Dept\.?|Office|Services|Division))?|"
         r"Community\s+(?:Corrections|Supervision\s+and\s+Corrections\s+Department)|Pretrial\s+Services)"),
    Kind("prosecutor", ("prosecutor",), "District Attorney",
         rf"{_COUNTY}?\s+(?:District\s+Attorney{_S}|D\.?A\.?(?:['’]s)?|State['’]?s\s+Attorney{_S}|Commonwealth['’]?s\s+Attorney{_S}|"
         rf"Prosecut(?:or|ing\s+Attorney){_S}|County\s+Attorney{_S}|Attorney{_S}(?=\s+Office)){_OFFICE}"),
    Kind("court", ("court",), "Superior Court",
         rf"{_COUNTY}?\s+(?:(?:Superior|Municipal|Circuit|District|Criminal|Justice|County)\s+Court(?:house)?)"),
    Kind("police", ("police",), "Police Department",
         r"(?:\s+(?:County|Township|Twp\.?|Borough|City|Village|Tribal|Nation|Metropolitan|Metro|School|Unified|ISD|Campus|Airport|Transit|Harbor|Port))*"
         r"\s+(?:Police(?:\s+(?:Department|Dept\.?|Bureau|Division|Service))?|Division\s+of\s+Police|P\.?D\.?\b|Marshal['’]?s\s+Office|"
         r"Public\s+Safety\s+Department|Department\s+of\s+Public\s+Safety|Dept\.?\s+of\s+Public\s+Safety|DPS\b)"),
    Kind("state_police", ("state", "police"), "State Police", r"\s+(?:State\s+(?:Police|Patrol|Troopers?)|Highway\s+Patrol)"),
    Kind("dmv", ("dmv", "state"), "DMV", r"(?:\s+State)?\s+(?:DMV|RMV|BMV|MVD|MVC|DOL|Department\s+of\s+(?:Motor\s+Vehicles|Licensing)|Secretary\s+of\s+State)\b"),
    Kind("corrections", ("state", "jail", "corrections"), "Department of Corrections", r"(?:\s+State)?\s+(?:DOC|Department\s+of\s+Corrections?)\b"),
)  # fmt: skip
_WORD = r"(?:St\.|Mt\.|Ft\.|[A-ZÀ-Ý][\w'’.-]*[\w])"
_JOIN = r"(?:of|de|del|la|las|los|and|&|the)"
_PLACE = re.compile(rf"{_WORD}(?:[ \t]+(?:{_WORD}|{_JOIN}(?=[ \t]+{_WORD})))*\Z")
# Words that begin with a capital for other reasons: they are no part of a place.
NOT_PLACES = frozenset(
    [
        "a",
        "about",
        "after",
        "again",
        "all",
        "an",
        "and",
        "another",
        "any",
        "are",
        "as",
        "ask",
        "asked",
        "at",
        "before",
        "being",
        "both",
        "but",
        "by",
        "call",
        "called",
        "can",
        "check",
        "chief",
        "contact",
        "could",
        "dear",
        "deputy",
        "det",
        "detective",
        "did",
        "do",
        "does",
        "each",
        "every",
        "fax",
        "for",
        "former",
        "from",
        "fyi",
        "got",
        "had",
        "has",
        "have",
        "he",
        "hello",
        "her",
        "here",
        "hey",
        "hi",
        "his",
        "how",
        "if",
        "in",
        "inform",
        "is",
        "it",
        "its",
        "just",
        "keep",
        "last",
        "let",
        "lieutenant",
        "local",
        "lt",
        "many",
        "may",
        "me",
        "mr",
        "mrs",
        "ms",
        "my",
        "near",
        "need",
        "new-hire",
        "no",
        "not",
        "notify",
        "of",
        "off",
        "officer",
        "old",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "pd",
        "per",
        "please",
        "pls",
        "records",
        "ref",
        "regarding",
        "retired",
        "said",
        "see",
        "send",
        "sent",
        "sergeant",
        "sgt",
        "she",
        "should",
        "since",
        "some",
        "state",
        "such",
        "tell",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "told",
        "two",
        "under",
        "until",
        "update",
        "use",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "yes",
        "you",
        "your",
        "agent",
        "assistant",
        "attn",
        "capt",
        "captain",
        "cmdr",
        "commander",
        "county",
        "city",
        "corporal",
        "cpl",
        "deputies",
        "director",
        "downtown",
        "dr",
        "federal",
        "fellow",
        "fwd",
        "general",
        "inv",
        "investigator",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "ofc",
        "ofcr",
        "okay",
        "outside",
        "police",
        "probation",
        "re",
        "reply",
        "sheriff",
        "supervisor",
        "task",
        "today",
        "tomorrow",
        "tonight",
        "undersheriff",
        "university",
        "yesterday",
        "your",
        "unit",
        "both",
        "thanks",
        "hq",
        "ice",
        "hsi",
        "ero",
        "cbp",
        "dhs",
        "fbi",
        "dea",
        "ran",
        "any",
        "sorry",
        "most",
        "every",
        "neighboring",
        "neighbouring",
        "nearby",
        "nearest",
        "different",
        "campus",
        "school",
        "military",
        "secret",
        "riot",
        "thought",
        "traffic",
        "public",
        "transit",
        "airport",
        "regional",
        "adult",
        "juvenile",
        "central",
        "main",
        "men's",
        "women's",
        "supreme",
        "appeals",
        "small",
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """An agency found by the making of its name."""

    start: int
    end: int
    value: str
    groups: tuple[str, ...]
    why: str


class Naming:
    """Finds names that are made of a place and a kind."""

    def __init__(self, places: Mapping[str, tuple[str, ...]]) -> None:
        self._places = places
        self._kinds = [
            (kind, re.compile(rf"(?<=\w)(?:[ \t]+(?P<state>[A-Z]{{2}})\b)?(?P<kind>{kind.words})")) for kind in KINDS
        ]
        self._lower = re.compile(
            r"\b(?P<place>[a-z][a-z.'-]+(?: [a-z][a-z.'-]+){0,2}?)(?P<county> (?:county|co))? "
            r"(?P<kind>pd|police department|police dept|police|so|sheriff(?:'?s)?(?: office| department| dept)?|jail|probation|da(?:'?s office)?)\b"
        )

    def find(self, text: str) -> Iterator[Named]:
        """Every such name in the text."""
        for kind, shape in self._kinds:
            for found in shape.finditer(text):
                named = self._capital(text, kind, found)
                if named is not None:
                    yield named
        yield from self._in_lower_case(text)

    def _capital(self, text: str, kind: Kind, found: re.Match[str]) -> Named | None:
        line = max(text.rfind("\n\n", 0, found.start()) + 1, found.start() - 80, 0)
        before = text[line : found.start()]
        run = _PLACE.search(before)
        if run is None:
            return None
        words = [(m.start() + line + run.start(), m.group()) for m in re.finditer(r"\S+", run.group())]
        start, place, known = self._place(words)
        if place is None:
            return None
        if (
            kind.name in ("state_police", "dmv", "corrections")
            and place.casefold() not in STATES
            and place not in CODES
        ):
            return None
        code = found.group("state")
        if code and code not in CODES:
            return None
        ends = text[found.start("kind") : found.end()]
        if not known and ((_short(ends) and not _sure(text, found.end())) or _common(place)):
            return None
        if place.isupper() and len(place) > 3 and not known:
            return None
        end = found.end()
        return Named(
            start, end, _official(place, kind, ends), self._groups(kind, place, code), f"{place} and “{ends.strip()}”"
        )

    def _place(self, words: list[tuple[int, str]]) -> tuple[int, str | None, bool]:
        """Where the place in a run of capitalised words begins, the place, and whether the gazetteer knows it."""
        for first in range(max(0, len(words) - 4), len(words)):
            phrase = " ".join(word for _, word in words[first:])
            if phrase.casefold() in self._places or phrase.casefold() in STATES or phrase in CODES:
                if phrase.casefold() in NOT_PLACES:
                    continue
                return words[first][0], phrase, True
        kept: list[tuple[int, str]] = []
        for start, word in reversed(words[-4:]):
            bare = word.strip(".,'’").casefold()
            if bare in NOT_PLACES and bare not in ("of", "the", "and", "la", "las", "los", "de", "del", "&"):
                break
            if word.endswith((".", ",")) and kept and word not in ("St.", "Mt.", "Ft."):
                break
            kept.insert(0, (start, word))
        while kept and kept[0][1].casefold() in ("of", "the", "and", "&", "de", "del"):
            kept.pop(0)
        if not kept:
            return 0, None, False
        return kept[0][0], " ".join(word for _, word in kept), False

    def _groups(self, kind: Kind, place: str, code: str | None) -> tuple[str, ...]:
        states = self._places.get(place.casefold(), ())
        state = code or (states[0] if len(states) == 1 else STATES.get(place.casefold(), ""))
        return (*kind.groups, f"us-{state.lower()}") if state else kind.groups

    def _in_lower_case(self, text: str) -> Iterator[Named]:
        for found in self._lower.finditer(text.lower() if text.isascii() else ""):
            if text[found.start("place")].isupper():
                continue  # taken above
            words = found.group("place").split(" ")
            for first in range(len(words)):
                place = " ".join(words[first:])
                if place in self._places and place not in NOT_PLACES and len(place) > 3 and place not in _COMMON_WORDS:
                    start = found.end("place") - len(place)
                    kind = next(kind for kind in KINDS if kind.name == _LOWER_KINDS[found.group("kind")[:2]])
                    if (
                        kind.name != "police"
                        and not found.group("county")
                        and found.group("kind") in ("so", "da", "jail")
                    ):
                        break
                    title = place.title() + (found.group("county") or "").title()
                    value = _official(title, kind, found.group("kind"))
                    yield Named(
                        start,
                        found.end(),
                        value,
                        self._groups(kind, place, None),
                        f"{place} and “{found.group('kind')}”",
                    )
                    break


_LOWER_KINDS = {
    "pd": "police",
    "po": "police",
    "so": "sheriff",
    "sh": "sheriff",
    "ja": "jail",
    "pr": "probation",
    "da": "prosecutor",
}
_COMMON_WORDS = frozenset(
    [
        "home",
        "north",
        "south",
        "east",
        "west",
        "union",
        "liberty",
        "hope",
        "reading",
        "mobile",
        "normal",
        "orange",
        "lake",
        "hill",
        "bell",
        "brook",
        "person",
        "early",
        "clear",
        "corner",
        "ocean",
        "forest",
        "park",
        "center",
        "lincoln",
        "clay",
        "mason",
        "justice",
        "surprise",
        "converse",
        "price",
        "independence",
        "winter",
        "summer",
        "king",
        "commerce",
        "industry",
        "enterprise",
        "experiment",
        "green",
        "white",
        "brown",
        "black",
        "gray",
        "grant",
        "hall",
        "long",
        "marine",
        "price",
        "rice",
        "rush",
        "small",
        "state",
        "story",
        "wise",
        "worth",
        "young",
        "both",
        "troy",
        "dover",
        "paris",
        "rome",
        "florence",
        "jackson",
        "madison",
        "franklin",
    ]
)
_SURE = re.compile(
    r"\s*(?:officer|ofc|det|sgt|lt|deput|chief|records|dispatch|called|has|is|was|took|case|report|units?|and|has|had|who|on|for|,|\.|$)",
    re.IGNORECASE,
)


def _short(kind: str) -> bool:
    """Whether the kind is written so short that only a known place vouches for it."""
    return kind.strip().replace(".", "") in (
        "PD",
        "SO",
        "DA",
        "DPS",
        "DA's",
        "DA’s",
        "Police",
        "Prison",
        "Jail",
        "County Court",
    )


def _sure(text: str, end: int) -> bool:
    return _SURE.match(text, end) is not None


def _common(place: str) -> bool:
    return place.casefold() in NOT_PLACES


def _official(place: str, kind: Kind, written: str) -> str:
    """The name in full: as written where it is written out, else the place with its kind's usual ending."""
    words = " ".join(written.split())
    county = " County" if re.match(r"(?:County|Co\b|Co\.|Cty)", words) and "County" not in place else ""
    county = " Parish" if words.startswith("Parish") else county
    rest = re.sub(r"^(?:County|Co\.?|Cty\.?|Parish)\s+", "", words)
    title = place.title() if place.isupper() and len(place) > 3 else place
    if kind.name == "police" and re.fullmatch(r"(?:County )?P\.?D\.?|Police(?: Dept\.?)?|pd|police|police dept", words):
        return f"{title}{county} Police Department"
    if kind.name == "sheriff" and re.fullmatch(r"S\.?O\.?|so|sheriff(?:'?s)?", rest):
        return (
            f"{title} County Sheriff's Office"
            if not county and "County" not in title
            else f"{title}{county} Sheriff's Office"
        )
    if kind.name == "prosecutor" and re.match(r"D\.?A\.?", rest):
        return f"{title}{county} District Attorney"
    return f"{title} {words}" if not words.islower() else f"{title}{county} {kind.ending}"
