"""How private particulars are written: numbers, dates of birth, log-ins, the people behind a plate.

Each shape has a group `it`: only that is masked, so that a reader still sees what stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DATE: Final = (
    r"(?:\d{1,4}[-/. ]\d{1,2}[-/. ]\d{2,4}(?!\d)|\d{8}(?!\d)|\d{6}(?!\d)"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? ?'?\d{{2,4}}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[- ]{_MONTH}[-.,]? ?'?\d{{2,4}}(?!\d))"
)
_BIRTH: Final = r"(?:d ?[./]? ?o ?[./]? ?b\b\.?|birth ?da(?:y|te)s?\b|dates? of birth\b|\bborn\b)"
_OPENS: Final = r"\b(?:passwords?|passwd|pwd?|passcode|passphrase|pass(?=[:=]))"
_USER: Final = r"\b(?:user[ -]?(?:name|id)|log-?[io]n(?: id)?|logon)"
_CODE: Final = (
    r"\b(?:pin|token|(?:access|entry|gate|door|security|alarm|verification|conference|participant|pass|lock|key) ?code)"
)
_VALUE: Final = r"(?P<it>\"[^\"\n]{2,40}\"|“[^”\n]{2,40}”|[^\s,;\"“”()]{2,40})"
_TELLING: Final = r"(?P<it>(?=\S*[\d!@#$%&*])[^\s,;()]{3,40})"
_NOT_SAID: Final = (
    r"(?!(?:not?|the|an?|your|my|our|his|her|their|required?|expired?|wrong|incorrect|(?:in)?valid|still|being|going|now|"
    r"in|on|at|for|to|too|good|same|about|needed|out|up|old|new|protected|only|below|above|attached|set|reset|and|or)\b)"
)
_NUMBER_OF_IT: Final = r"(?:\W|\b(?:no|num|number|is|was)\b){0,8}"

PRIVATE: Final = (
    ("SSN", re.compile(r"(?<![\w-])(?P<it>(?:\d{3}|[x*]{3})[- ](?:\d{2}|[x*]{2})[- ]\d{4})(?![\w-])", re.IGNORECASE)),
    (
        "SSN",
        re.compile(
            rf"\b(?:ssn?|soc(?:ial)?(?:\.? ?sec(?:urity)?)?)\b{_NUMBER_OF_IT}"
            r"(?P<it>\d{9}|\d{3}\W\d{2}\W\d{4})(?!\d)",
            re.IGNORECASE,
        ),
    ),
    ("date of birth", re.compile(rf"{_BIRTH}(?:\W{{1,4}}|\W{{0,3}}\b(?:is|was|on|of)\W)(?P<it>{DATE})", re.IGNORECASE)),
    ("date of birth", re.compile(rf"(?<![\d/.-])(?P<it>{DATE})[ ,(]{{0,3}}{_BIRTH}", re.IGNORECASE)),
    ("date of birth", re.compile(r"\b(?:yob|born(?: in)?)\W{1,3}(?P<it>(?:19|20)\d\d)\b", re.IGNORECASE)),
    ("log-in", re.compile(rf"{_OPENS}\W?\s?(?:[:=–—-]|\bis:?)\s{{0,2}}{_NOT_SAID}{_VALUE}", re.IGNORECASE)),
    ("log-in", re.compile(rf"(?:{_OPENS}|{_CODE})\b\W{{0,3}}(?:\bis\W)?{_TELLING}", re.IGNORECASE)),
    ("log-in", re.compile(rf"{_USER}\W?\s?(?:[:=]|\bis:?)\s{{0,2}}{_NOT_SAID}{_VALUE}", re.IGNORECASE)),
    ("log-in", re.compile(rf"{_USER}\s{_TELLING}", re.IGNORECASE)),
    ("log-in", re.compile(rf"{_USER}\s(?P<it>\S{{2,40}})(?=\W{{1,4}}(?:and )?{_OPENS})", re.IGNORECASE)),
    ("log-in", re.compile(rf"{_USER}\W{{1,3}}\S{{2,40}}\W{{1,4}}(?:and )?{_OPENS}\s{_VALUE}", re.IGNORECASE)),
)

_BIRTH_YEAR: Final = r"(?:19\d\d|200[0-7]|[3-9]\d)"
AFTER_NAME: Final = rf"[\s,;:(–-]{{1,4}}(?P<it>\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_BIRTH_YEAR})(?!\d)"  # "Ruiz, Ana (1/2/80)"

_WORD: Final = r"(?:[A-Z][a-zß-ÿ]+(?:['’-][A-Z]?[a-zß-ÿ]+)*|[A-Z]{2,}(?:['’-][A-Z]+)*)"
_NAME: Final = (
    rf"(?:[A-Z]{{3,}}(?:[ -][A-Z]{{2,}})?, ?{_WORD}(?: {_WORD}| [A-Z]\b\.?){{0,2}}"  # DELGADO, ANA M
    rf"|{_WORD}, ?{_WORD}(?: [A-Z]\b\.?)?(?=\W*\n|\W*$|[,.;(]| (?:of|at|on)\b)"  # Delgado, Ana
    rf"|{_WORD}(?: (?:[A-Z]\.?(?=\s)|de|la|las|los|del|y|van|von|{_WORD})){{0,4}}(?<! de)(?<! la)(?<! y))"
)
_OWNER: Final = re.compile(
    r"\b(?i:comes back|came back|coming back|reg(?:'?d|istered|istration)?|returns?|R/?O|owne[rd]|belongs|title[d]?|"
    r"insured|driver|(?:his|her|the|their) (?:wife|husband|girlfriend|boyfriend|brother|sister|mother|father|son|"
    r"daughter|cousin|uncle|aunt))\b"
    r"(?:(?i: ?[:=–-]| to| by| is| was| as| under| on| for| an?| named?| (?:one )?(?=[A-Z])|,))*"
    rf"[ \t\n]{{1,2}}(?P<it>{_NAME})"
)


def owners_in(text: str) -> Iterator[tuple[int, int]]:
    """Stretches where a private person is named by what makes them part of the matter: "reg to Ana Delgado"."""
    for found in _OWNER.finditer(text):
        yield found.span("it")
