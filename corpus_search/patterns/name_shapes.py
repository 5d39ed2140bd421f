"""What names look like in hasty mail, and the words around them that tell a person from a place or an officer."""

from __future__ import annotations

import re


def _either(words: str) -> str:
    """A choice of the words, each of which may hold `?` and `.` as in a regular expression; `_` is a blank."""
    return "|".join(word.replace("_", " ") for word in words.split())


CAP = r"[A-ZÀ-ÝÑ][a-zà-ÿñ'’]{1,20}(?:[A-Z][a-z]{1,15})?(?:-[A-ZÀ-ÝÑ][a-zà-ÿñ]{1,20})?"
UPPER = r"[A-ZÀ-ÝÑ]{2,20}(?:[-'’][A-ZÀ-ÝÑ]{2,20})?"
_LONG = r"[A-ZÀ-ÝÑ][a-zà-ÿñ]{2,20}"
_ANY = rf"(?:{CAP}|{UPPER})"
_ONE = rf"(?:[A-Z]\. ?)?{_ANY}"
_SMALL = "(?:" + _either("de_la de_los del de la van von da dos y al el") + ")"
_PART = rf"(?:{CAP}|[A-Z]\.)"
_SURNAMES = rf"{_ANY}(?:[ -](?:{_SMALL} )?{_ANY}){{0,2}}"
_DAY = (
    r"(?:" + _either(r"DOB dob D\.O\.B d\.o\.b b\. born \(b YOB A# A-") + "|"
    r"\d{1,2}[/\-.]\d{1,2}[/\-.]\d{2,4}|\d{4}-\d\d-\d\d)"
)

# Last, First: one of them in capitals, or a date of birth behind, or alone on its line.
_LAST_FIRST = re.compile(
    rf"(?<![\w@.])((?:{UPPER})(?:[ -]{UPPER}){{0,2}}, ?{CAP}(?: (?:{CAP}|[A-Z]\b\.?)){{0,2}})"
    rf"|(?<![\w@.])({_SURNAMES}, ?{CAP}(?: (?:{CAP}|[A-Z]\b\.?)){{0,2}})(?=[\s,.;)(]{{1,3}}{_DAY})"
    rf"|^[ \t\-•*\d.)#]{{0,8}}({_SURNAMES}, {CAP}(?: (?:{CAP}|[A-Z]\b\.?))?)[ \t]*(?:$|[-–(])",
    re.MULTILINE,
)
_FULL = re.compile(rf"(?<![\w@./])({_PART}(?: (?:{_SMALL} )?{_PART}){{1,3}})(?![\w@])")
_ALL_CAPS = re.compile(rf"(?<![\w@./])({UPPER}(?: {UPPER}){{1,3}}|{UPPER} {CAP})(?=[\s,.;)(]{{1,3}}{_DAY})")
_BEFORE_A_NAME = _either(
    r"""guys? inmate subject subj sub suspect client clients probationer parolee defendant def arrestee detainee person
    named name_is name_of name_on_it_is goes_by for of about on Mr\.? Ms\.? Mrs\.? v\. vs\.? fyi is does did has had was
    will are when kid call_him that this both and & target driver fella got have hold keep want re with if until till
    til once before after see fellow brothers? one then up stopped arrested booked cited detained released told"""
)
_CAPS_INSIDE = re.compile(
    r"(?<=[a-z,.:] )([A-ZÀ-ÝÑ]{3,20}(?: [A-ZÀ-ÝÑ]{3,20}){1,3})(?=[,.;)]| (?:and )?[a-z(])"
)  # in a sentence
_AFTER_CUE = re.compile(rf"\b(?:{_BEFORE_A_NAME}),? ({_ONE}(?: {_ANY}){{0,2}})(?![\w@])")
_BETWEEN = _either(
    r"kid guy fella just is was will has had also already still never now only r in_\d+ gets? goes due '?ll"
)
_BEHIND_A_NAME = _either(
    r"""bond post bail releas rlsd roll gets? get out being book walk leav report missed no.?show show come comes coming
    sign check due finish max court ct next NOF nof has had pled lives stays works signs reports wants going packed goes
    set made custody in_custody here up first on_(?:calendar|the|\w+day) today tonight tomorrow"""
)
_BEFORE_CUE = re.compile(rf"(?<![\w@.])({_ONE})(?= (?:(?:{_BETWEEN}) ){{0,4}}(?:{_BEHIND_A_NAME})\w{{0,4}}\b)")
_APPOSED = re.compile(  # "that fella, Arnulfo, he bonds out today"
    rf"(?<![\w@.])({_ONE})(?=, (?:he|she)(?:['’](?:s|ll))? (?:(?:{_BETWEEN}) )?(?:{_BEHIND_A_NAME})\w{{0,4}}\b)"
)
_LISTED = re.compile(rf"^[ \t\-•*\d.)#]{{0,8}}({_ONE})(?= ?[-–:] )", re.MULTILINE)
_SERIES = re.compile(
    rf"(?:: ?|\bfor |\bfor: ?|\bon |\bof )({_ANY}(?:, ?{_ANY}){{0,8}},? ?(?:and|&) {_ANY}|{_ANY}(?:, {_ANY}){{1,8}})"
)
_PAIR = re.compile(rf"(?:^|[.:] |\n)({_ANY} (?:and|&|/) (?:that )?{_ANY})(?= )")
_DOUBLE = re.compile(rf"(?<![\w@./-])({_LONG}-{_LONG})(?![\w@-])")  # "Lopez-Tum"
_SMALL_LETTERS = re.compile(  # "driver santos ixcoy, his brother …"
    r"\b(?:driver|passenger|brother|sister|inmate|subject|named|name is|name of|suspect) "
    r"([a-z]{3,14} [a-z]{3,14})(?=[,.;]| (?:in|and|at|dob|born|is|was|on)\b)"
)
# Three lines or more of nothing but names are a list, wherever it stands.
ROWS = re.compile(rf"(?:^[ \t\-•*\d.)#]{{0,8}}{_ANY}(?:,? {_ANY}){{0,3}}[ \t]*(?:\n|\Z)){{3,40}}", re.MULTILINE)
ROW = re.compile(rf"^[ \t\-•*\d.)#]{{0,8}}({_ANY}(?:,? {_ANY}){{0,3}})", re.MULTILINE)
# The last group that is met is the name.
SINGLE = (
    _LAST_FIRST,
    _ALL_CAPS,
    _CAPS_INSIDE,
    _FULL,
    _AFTER_CUE,
    _BEFORE_CUE,
    _APPOSED,
    _LISTED,
    _DOUBLE,
    _SMALL_LETTERS,
)
SEVERAL = (_SERIES, _PAIR)  # group 1 holds surnames
WORD_OF_NAME = re.compile(rf"{CAP}|{UPPER}")

RANK = re.compile(
    r"\b(?:"
    + _either(
        """Ofcr? Officer Off Det Detective Sgt Sergeant Lt Lieutenant Capt Captain Chief Cmdr Commander Dep Deputy Cpl
        Corporal Agent SA DO IEA BPA SDDO Judge Hon Sheriff Undersheriff Trooper Tpr Atty Attorney DA DDA ADA AUSA PO
        DPO Dr Bailiff Clerk Inspector Inv Analyst Supv Ptl Ptlm Maj Major Ofc Director Warden Dir"""
    )
    + r")\.? ?$"
)
PLACE_BEFORE = re.compile(
    r"\b(?:"
    + _either(
        """at in near off from around by to behind toward towards over_in out_of across down up between down_on
        in_front_of outside past next_to across_from"""
    )
    + r")\s+(?:the )?(?:\d+ )?$"
)
PLACE_AFTER = re.compile(
    r"\s?(?:"
    + _either(
        r"""St Ave Rd Blvd Dr Ln Way Ct Pl Hwy Street Avenue Road Boulevard Drive Lane Court Place Park Apts?
        Apartments? Motel Inn Hotel County Co\b City Hall House Pod Unit Jail PD SO Police Sheriff Station School High
        Church Center
        Trl Terr? Pkwy Pike Turnpike Parkway Terrace Circle Plaza
        Heights Hills Valley Creek Springs Mall Store Market Ward Depot Dept Department Office Mart
        General Field Bridge River Lake Day day(?=\\W*$|\\W*\n|[?.!,])"""
    )
    + r")\b"
)
# Names of towns begin so; what follows is no person ("San Francisco").
TOWN_WORDS = frozenset(["san", "santa", "los", "las", "el", "fort", "mount", "lake", "new", "port", "saint"])
TOWN_BEFORE = re.compile(r"\b(?:San|Santa|Los|Las|El|Fort|Mount|Lake|New|Port|Saint|St\.) $")
# "stopped him on Del Monte", "lives on Alameda": a street, unlike "anything on Del Monte".
STREET_BEFORE = re.compile(
    r"\b(?:"
    + _either(
        """stopped pulled_over parked lives? lived living stays? stayed staying works? working worked drove driving
        walking walked running ran_off house apartment address corner crash crashed wreck sitting spotted guy
        male somebody someone carload checkpoint"""
    )
    + r") (?:(?:a|an|the|one|him|her|them|guy|male|female|car|van|truck|driver|subject|over|out|up|down|off) ){0,3}"
    r"on (?:the )?$"
)
# The second street of a corner: "at Acosta and Main", "5th & Elm".
CORNER_BEFORE = re.compile(
    r"(?:\b(?:at|near|by|corner of|from|off|around|between|to) (?:[NSEW]\.? )?(?:\d+ )?[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)?"
    r"|\b\d{1,3}(?:st|nd|rd|th)) ?(?:and|&|/|@|x) ?$"
)
NUMBER_BEFORE = re.compile(r"\b\d{1,4} (?:[NSEW]\.? )?$")  # of a house; longer ones are of inmates
FROM_BEFORE = re.compile(
    r"\b(?:"
    + _either("from at in near off around to behind toward out_of in_front_of outside past next_to across_from")
    + r")\s+(?:the )?$"
)
TITLE_BEFORE = re.compile(r"\b(?:Mr|Ms|Mrs)\.? $")
# Two letters that are written with a capital at the end of headings and streets, unlike surnames ("Us", "Un", "Mo").
NO_SURNAME = re.compile(r"[^AEIOUaeiou]{2}|(?i:av|co|of|in|on|to|at|by|or|as|is|it|if|we|me|my|no|he|up|go)")
SMALL_WORDS = frozenset(["de", "la", "los", "del", "van", "von", "da", "dos", "y", "al", "el"])
ALIAS_BEFORE = re.compile(
    r"\b(?:" + _either(r"aka a\.k\.a\.? alias moniker street_name called") + r")\W{1,3}$", re.IGNORECASE
)
SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:;\n]\s*|\n|[\"“(]\s*|[-•*]\s+)$")
