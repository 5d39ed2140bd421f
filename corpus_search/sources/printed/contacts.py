"""Lines that say who somebody is and how to reach them: how much each is one, and what it is."""

from __future__ import annotations

import re
from typing import Final

from corpus_search.packs.printed_pack import fold, load_printed
from corpus_search.sources.printed.signers import is_told

WIDE: Final = 110  # characters of a line in one
_PHONE: Final = re.compile(
    r"(?<![\d/])(?:\+?\d{1,3}[ .\-]{0,2})?\(?\d{3}\)?[ .\-/]{1,3}\d{3}[ .\-]{0,2}\d{4}(?!\d)|"
    r"\+\d[\d ()/.\-]{7,18}\d|\b\d{3}-\d{4}\b"
)
_MAIL: Final = re.compile(
    r"[\w.+\-]{1,64}(?:@| at )[\w\-]{1,60}\.[\w.\-]{2,40}|(?:https?://|www\.)\S{3,200}", re.IGNORECASE
)
_CONTACT: Final = re.compile(
    r"\b(?:tel(?:ephone)?|ph(?:one)?|fax|facsimile|cell(?:ular)?|mobile|mob|office|desk|direct(?: line)?|pager|"
    r"dispatch|e-?mail|ext|badge|web|voice|switchboard|main|"
    r"telefon|telefax|téléphone|teléfono|telefono|mobil|handy)\b ?(?:no\.? ?|number ?|#)?[.:)(#]|"
    r"\((?:telephone|phone|fax|facsimile|cell|mobile|email|o|c|f|w|m|h)\)",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"[.:)(#]")  # one stands in every label of a contact
_DIGIT: Final = re.compile(r"\d")
_STREET: Final = (
    r"(?:St|Street|Ave|Avenue|Blvd|Boulevard|Rd|Road|Dr|Drive|Way|Lane|Ln|Plaza|Parkway|Pkwy|Hwy|Highway|Court|Ct|"
    r"Circle|Square)\b"
)
_PLACE: Final = re.compile(
    r"\b[A-Z][A-Za-z.]{1,20},? (?:[A-Z]{2}|[A-Z][a-z]{3,12}),? {0,3}\d{5}(?:-\d{4})?\b|"
    r"\b(?:P\.? ?O\.? Box|Suite|Ste\.?|Floor|Room|Rm\.?) ?#? ?\d|"
    rf"\b\d{{1,5}} (?:[NSEW]\.?E?W? )?(?:[A-Z0-9][\w.]{{0,20}} ){{1,4}}{_STREET}"
)
_RANK: Final = re.compile(
    r"\b(?:officer|detective|deputy|sergeant|sgt|lieutenant|lt|captain|chief|agent|special agent|investigator|"
    r"commander|sheriff|undersheriff|corporal|director|manager|analyst|supervisor|attorney|counsel|assistant|"
    r"secretary|coordinator|specialist|administrator|president|vice president|engineer|developer|partner|associate|"
    r"consultant|clerk|technician|department|division|bureau|office of|unit|section|police|county|city of|university|"
    r"corporation|corp|inc|llc|llp|ltd|company|group|agency|institute|association|chair(?:man|woman|person)?|"
    r"professor|ph\.?d|esq|trader|services|systems)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(
    r"[*_ \t]{0,4}(?:[A-Z][\w.'’\-]{0,20},? ){1,4}(?:[A-Z][\w.'’\-]{0,20},?)"
    r"(?: (?:Jr|Sr|II|III|IV|Esq|PhD|MD|CPA)\.?)?[*_,. \t]{0,4}"
)
_EXTENSION: Final = re.compile(r"(?:ext?\.?|x-?)? ?\d{1,2}-?\d{4}", re.IGNORECASE)


def weight_of(text: str) -> int:
    """How much a line is one of contacts: 2 by itself, 1 beside others, 0 none."""
    weight = _weight(text) if len(text) <= WIDE else 0
    return 0 if weight and is_told(text) else weight


def _weight(text: str) -> int:
    """The same, whatever the line tells."""
    numbered = _DIGIT.search(text) is not None  # without a digit no place, telephone or extension stands there
    if _MARK.search(text) is not None and _CONTACT.search(text):
        return 2
    if numbered and (_PLACE.search(text) or (len(text) < 60 and _PHONE.search(text)) or _EXTENSION.fullmatch(text)):
        return 2
    if numbered and len(_PHONE.findall(text)) > 1:
        return 2
    if ("." in text or ":" in text) and (match := _MAIL.search(text)):
        if numbered and _PHONE.search(text):
            return 2
        return 2 if len(match.group()) >= 0.5 * len(text) else 1 if len(text) < 60 and text[-1] not in ".?!," else 0
    if text[-1:] in ".?!;:" and not re.search(
        r"\b(?:Inc|Corp|Co|Ltd|Esq|Jr|Sr|Dept|Div|Bldg|Sgt|Lt|Det|Dep|Ofc|Ph\.?D|L\.?L\.?P|N\.?A|\b[A-Z])\.$", text
    ):
        return 0
    words = text.split()
    if len(words) > 9:
        return 0
    capital = sum(
        word[0].isupper() or not word[0].isalpha() or word in ("of", "and", "the", "for", "de", "in", "at", "to")
        for word in words
    )
    return (
        1
        if capital == len(words)
        and (words[0][0].isupper() or not words[0][0].isalpha())
        and (len(words) > 1 or _RANK.search(text) or len(text) > 2)
        else 0
    )


def is_farewell(text: str) -> bool:
    """Whether the line takes leave: "Thanks", "Best regards," or "Thanks, Kay"."""
    if len(text) > 40:
        return False
    return fold(text.strip(" ,.!-–—*")) in load_printed().farewells or is_signed(text)


def is_bare_name(line: str) -> bool:
    """Whether the line is a name, perhaps of one word, without a rank, a place or a number."""
    text = line.strip(" \t*_,.-")
    words = text.split()
    return (
        0 < len(words) <= 4
        and all(word[0].isupper() for word in words)
        and not any(char.isdigit() or char in "@/|:" for char in text)
        and not _RANK.search(text)
    )


def is_link(text: str) -> bool:
    """Whether the line is a web address."""
    return text.startswith(("http", "www.", "<http")) or ("://" in text and "@" not in text)


def is_name(text: str) -> bool:
    """Whether a line is a person's (or a body's) name in capitals."""
    return _NAME.fullmatch(text.strip(" \t*_|>")) is not None


def is_ranked(text: str) -> bool:
    """Whether a line names a rank, an office or a body."""
    return _RANK.search(text) is not None


def has_number_beside_words(text: str) -> bool:
    """Whether a telephone number stands beside words that are no label of it."""
    match = _PHONE.search(text)
    if match is None:
        return False
    rest = _CONTACT.sub(" ", text[: match.start()] + " " + text[match.end() :])
    return sum(len(word) > 2 and word.isalpha() for word in rest.split()) >= 2


def is_signed(text: str) -> bool:
    """Whether a farewell and the writer's name stand on one line: "Thanks, Kay"."""
    farewell, comma, name = text.partition(",")
    return bool(comma) and len(text) <= 40 and fold(farewell) in load_printed().farewells and is_bare_name(name)
