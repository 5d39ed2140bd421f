"""Senders and recipients as they are printed: lists that wrap, addresses that OCR damaged, people blacked out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from corpus_search.model import Party
from corpus_search.sources.addresses import read_parties, read_party
from corpus_search.sources.printed.marks import is_code, is_mark

OUT: Final = 4  # blanks in a row: words were taken out, as no program prints such a gap within a list of people
# Not before an address of the name in front of it, and not within a name ("Roe,     Kay").
_GAP: Final = re.compile(rf"(?<![\s;,<(\[])[ \t\xa0]{{{OUT},}}(?=[^\s<(\[;,])(?![\w.+'\-]{{1,64}}@)")
_REDACTED: Final = re.compile(
    r"█+|\[?\bredacted\b\]?|\[?\(b\) ?\(\d\)(?:[ ;,]*\(b\) ?\(\d\))*(?: ?\([A-F]\))?\]?|\bX{4,}\b|[■▇▆▓▒]+|_{6,}",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"\([bk]\) ?\(\d\)(?: ?\([A-Fa-f]\))?|\bb[1-9][A-Fa-f]?\b", re.IGNORECASE)
_CODES: Final = re.compile(
    r"(?:\([bk]\) ?\(\d\)(?: ?\([A-Fa-f]\))?|\bb[1-9][A-Fa-f]?\b)"
    r"(?:[ ;,/&]{0,3}(?:\([bk]\) ?\(\d\)(?: ?\([A-Fa-f]\))?|\bb[1-9][A-Fa-f]?\b)){0,80}",
    re.IGNORECASE,
)
_DIRT_BEFORE: Final = re.compile(r"^[•·›|~\s]{1,20}(?=\w)")
_DIRT: Final = re.compile(r"(?<=[\w.)])(?:[ \t]{0,3}[•·›>|~]|[ \t]{1,3}[!?_]){1,8}$")
_DIRT_BEHIND: Final = re.compile(r"(?<=\w)[ (_!?•›>.,;]{1,20}$")
_SIGN: Final = re.compile(r"(?<=[\w.\-█]) ?(?:©|®|\(a\)|\(@|«|\(at\)|[ \t]@[ \t]?|@[ \t]) ?(?=[\w\-]{1,60}(?: ?[.,] ?[\w\-]{1,30}){0,4} ?[.,] ?(?:gov|goy|qov|g0v|com|corn|c0m|org|net|us|edu|mil)\b)", re.IGNORECASE)  # fmt: skip # noqa: E501
_DOMAIN: Final = re.compile(r"@[\w\-]{1,60}(?: ?[.,] ?[\w\-]{1,40}){1,5}")
_ENDINGS: Final = {".qov": ".gov", ".g0v": ".gov", ".gav": ".gov", ".goy": ".gov", ".corn": ".com", ".c0m": ".com", ".0rg": ".org"}  # fmt: skip # noqa: E501
# "Tana Jones/HOU/ECT@ECT": a name with its path in Lotus Notes.
_NOTES: Final = re.compile(r"(?:CN=)?([^\W\d_][\w.'\- ]{1,60})((?:/[\w=. &\-]{1,40}){1,5}@[\w. /&\-]{1,60})")
# "Kessler, Brian T bk@x.gov": an address without brackets behind a name.
_BARE: Final = re.compile(
    r"(?<=[\w.)'\"])[ \t]{1,40}([\w.+'\-]{1,64}@[\w\-]{1,60}(?:\.[\w\-]{1,40}){1,5})(?![\w>\])@])"
)
_MAILTO: Final = re.compile(r"\[\s?mailto:\s?")
_NO_ADDRESS: Final = re.compile(r"[ \t]?\[ ?mailto ?:?[a-z]{0,2} {0,40}(?:\]|(?=;)|$)")  # the address is whited out
_ROUND: Final = re.compile(r"\(([\w.+'\-]{1,64}@[\w\-]{1,60}(?:\.[\w\-]{1,40}){1,5})\)")
_TWO: Final = re.compile(r"(@[\w.\-]{3,80})[ \t]{1,4}(?=[\w.+'\-]{1,64}@)")
_TAIL_DOMAIN: Final = re.compile(r"(?:^|[<\s;,\[(])(@[\w\-]{1,60}(?:\.[\w\-]{1,40}){1,5})")
_NAME: Final = re.compile(r"[^\W\d_][\w.'’\-]{0,40}|\d{1,4}|[&/]")
_SMALL: Final = frozenset({"de", "la", "van", "von", "der", "den", "del", "da", "di", "of", "the", "and", "for", "at", "bin", "al", "el"})  # fmt: skip # noqa: E501
_NOT_NAMES: Final = frozenset({"the", "i", "we", "you", "he", "she", "it", "this", "that", "please", "thanks", "thank", "can", "hi", "hello", "dear", "yes", "no", "ok", "what", "when", "see", "fyi", "is", "are", "was", "will", "if", "in", "on", "as", "my", "your", "our"})  # fmt: skip # noqa: E501


def looks_like_people(text: str) -> bool:
    """Whether a line can be (part of) a list of people: an address, a separator, names and no sentence."""
    text = text.strip()
    if not text or len(text) > 2000:
        return False
    if "@" in text or "©" in text:
        return not text.endswith((".", "?", "!", ":")) or " " not in text
    if not any(char.isalnum() for char in text):
        return text[0] in "<>[]();,\"'█" and len(text) < 8
    if text[-1] in ".?!:" and not re.search(r"\b[A-Z]\.$", text):
        return False
    words = [word for word in text.replace(";", " ").replace(",", " ").split() if word.strip("()[]<>")]
    if not words:
        return True
    if ";" not in text and len(words) > 8:
        return False
    if words[0].casefold() in _NOT_NAMES:
        return False
    named = sum(word[0].isupper() or word[0] in "('\"<[█" or word.casefold() in _SMALL for word in words)
    return named == len(words) or (";" in text and named >= 0.7 * len(words))


def apart(value: str) -> str:
    """The list with a separator where a wide gap shows that one was taken out with the address before it."""
    return _GAP.sub("; ", value) if " " * OUT in value else value


def read_people(value: str, marks: Sequence[str] = ()) -> tuple[Party, ...]:
    """The people of a field, those blacked out included.

    `marks` are exemption codes that stand in the margin: by a field without a value they say that it was taken out.
    """
    value, marks = apart(mended(value)).strip(" \t;,"), [mark for mark in marks if is_code(mark)]
    if not value or is_mark(value):
        people = max([1, *(_CODES.sub(_coded, one).count("█") for one in (value, *marks))])
        return (Party(redacted=True),) * people if marks or value else ()
    return tuple(tidied(_of_notes(_blacked(party))) for party in read_parties(_plain(_NOTES.sub(r"\1 <\2>", value))))


def read_sender(value: str, marks: Sequence[str] = ()) -> Party | None:
    """The one person of a field."""
    value, marks = mended(value).strip(" \t;,"), [mark for mark in marks if is_code(mark)]
    if not value or is_mark(value):
        return Party(redacted=True) if marks or value else None
    party = read_party(_plain(_NOTES.sub(r"\1 <\2>", value)))
    return tidied(_of_notes(_blacked(party))) if party else None


def _of_notes(party: Party) -> Party:
    """A person of Lotus Notes: the path that `_NOTES` set in brackets has the name in it, too.

    A quote before a name that closes nowhere is all that whiting out left of the pair.
    """
    if party.name and party.name[0] == "'" and party.name.count("'") == 1 and len(party.name) > 2:
        party = replace(party, name=party.name[1:])
    if party.name and party.address and party.address.startswith("/"):
        return replace(party, address=f"{party.name}{party.address}")
    return party


def tidied(party: Party) -> Party:
    """The party without specks that OCR took for signs at the edges of its name and address."""
    name, address = party.name, party.address
    if name and (_DIRT.search(name) or _DIRT_BEFORE.match(name)):
        name = _DIRT.sub("", _DIRT_BEFORE.sub("", name)) or None
    if address and "/" not in address:
        address = _DIRT_BEHIND.sub("", address)
        address = address if sum(map(str.isalnum, address)) > 1 else None
    if (name, address) == (party.name, party.address) or not (name or address or party.redacted):
        return party
    return replace(party, name=name, address=address)


def mended(text: str) -> str:
    """Addresses that OCR damaged put right: © for @, blanks and commas in domains, ".qov"."""
    if "©" in text or "®" in text or "@ " in text or " @" in text or "(a" in text or "«" in text or "(at)" in text:
        text = _SIGN.sub("@", text)
    if "@" not in text:
        return text
    return _DOMAIN.sub(_domain, text)


def _domain(match: re.Match[str]) -> str:
    written = match.group()
    squeezed = re.sub(r" ?[.,] ?", ".", written)
    lowered = squeezed.lower()
    for bad, good in _ENDINGS.items():
        if lowered.endswith(bad):
            return squeezed[: -len(bad)] + good
    last = lowered.rsplit(".", 1)[-1]
    return squeezed if last in ("gov", "com", "org", "net", "us", "edu", "mil") else written


def _plain(value: str) -> str:
    """Codes and words that stand for what was blacked out as the one mark for it."""
    value = _TWO.sub(r"\1; ", _ROUND.sub(r"<\1>", _REDACTED.sub("█", _CODES.sub(_coded, value))))
    value = _BARE.sub(r" <\1>", value)
    return _MAILTO.sub("[mailto:", _NO_ADDRESS.sub("", value))


def _coded(match: re.Match[str]) -> str:
    """A mark for each person of a run of codes: the first code stands again where the next person begins."""
    people, seen = 1, set[str]()
    for code in _CODE.findall(match.group()):
        folded = re.sub(r"\s", "", code.lower())
        people += folded in seen
        seen = {folded} if folded in seen else seen | {folded}
    return "; ".join("█" * people)


def _blacked(party: Party) -> Party:
    """A party of which something was blacked out: the domain that is left stays as an address."""
    name, address = party.name, party.address
    if address and address.startswith("@"):
        party = replace(party, redacted=True)
    shown = f"{name or ''} {address or ''}"
    if "█" not in shown and not party.redacted:
        if address is None and name and (left := _TAIL_DOMAIN.search(name)) and name.strip("<> ").startswith("@"):
            return replace(party, name=None, address=left.group(1), redacted=True)
        return party
    rest = (name or "").replace("█", " ").strip(" ,;<>()[]'\"")
    left = _TAIL_DOMAIN.search(shown.replace("█", " "))
    domain = left.group(1) if left else (address if address and "█" not in address else None)
    return Party(" ".join(rest.split()) if rest and not rest.startswith("@") else None, domain, redacted=True)
