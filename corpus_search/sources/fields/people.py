"""People as printed: names and addresses with marks of redaction beside them and signs that OCR got wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from corpus_search.model import REDACTED_MARK, Party
from corpus_search.sources.addresses import read_parties
from corpus_search.sources.fields.marks import only_marks, without_marks

_AT: Final = re.compile(r"(?<=[\w.]) ?(?:©|®|\(a\)|\(a@|\(@|\[at\]|\(at\)) ?(?=[\w])")
_LOST_AT: Final = re.compile(r"(?<=[A-Za-z])[©®](?=\S)")
_HALF: Final = re.compile(r"(?<![\w.'+-])(█*)@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6})")
_DOMAIN_GAP: Final = re.compile(r"(?<=@)([\w.-]{1,60}?) ?\. ?(gov|com|org|net|edu|mil|us)\b(?!\.)", re.IGNORECASE)
_TOP: Final = re.compile(r"(?<=[A-Za-z0-9])\.(?:qov|g0v|gav|goy)\b", re.IGNORECASE)
_MAILTO: Final = re.compile(r"[\[(<]?\s?mailto:\s?([^\s\])>]{1,200})\s?[\])>]?", re.IGNORECASE)
_LINK: Final = re.compile(r"<mailto:[^>]{0,200}>", re.IGNORECASE)
_ON_BEHALF: Final = re.compile(r"\s*;?\s*\bon behalf of\b\s*", re.IGNORECASE)
_JUNK: Final = " \t*_|~`^•;,:"


def read_people(written: str, *, several: bool) -> tuple[Party, ...]:
    """The parties of a printed field; one party at most unless `several`.

    A party of whom only the domain is left is redacted and keeps it ("@ice.dhs.gov"); a field of nothing but marks
    is one redacted party.
    """
    if not written.strip(_JUNK):
        return ()
    text = _repaired(written)
    if only_marks(text):
        return (Party(redacted=True),)
    text, halves = _without_halves(text)
    blacked = REDACTED_MARK in text and not without_marks(text).strip(_JUNK + "<>[]()")
    people = [] if blacked else [_clean(one) for one in read_parties(_plain(text))]
    people = [one for one in people if one.name or one.address or one.redacted]
    people += [Party(address=half, redacted=True) for half in halves]
    if blacked and not people:
        return (Party(redacted=True),)
    if several or len(people) < 2:
        return tuple(people)
    return (_one(people),)


def _repaired(text: str) -> str:
    """With the signs of addresses that OCR got wrong put right."""
    if "mailto" in text.lower():
        text = _LINK.sub(" ", text)
        text = _MAILTO.sub(r"<\1>", text)
    if any(sign in text for sign in "©®(["):
        text = _LOST_AT.sub("@", _AT.sub("@", text))
    if "@" in text:
        text = _TOP.sub(".gov", _DOMAIN_GAP.sub(r"\1.\2", text))
        text = re.sub(r"(?<=\w) ?> ?(?=[;,]|$)", ">", text)
        text = re.sub(r"<\s+(?=\S)", "<", text)
    return text


def _without_halves(text: str) -> tuple[str, list[str]]:
    """The text without addresses of which only the domain is left, and those."""
    if "@" not in text:
        return text, []
    halves = [f"{match[1][:1]}@{match[2].lower()}" for match in _HALF.finditer(text)]
    return (_HALF.sub(" ", text), halves) if halves else (text, halves)


def _plain(text: str) -> str:
    text = without_marks(text) if REDACTED_MARK not in text else text
    return " ".join(text.split()).strip("*_|~` ")


def _clean(party: Party) -> Party:
    name = party.name
    if name is not None:
        behalf = _ON_BEHALF.split(name)
        name = behalf[0].strip(_JUNK + "<>[]") or (behalf[-1] if len(behalf) > 1 else "")
        name = name.strip(_JUNK + "<>[]")
        if name and not any(char.isalnum() for char in name):
            name = ""
    address = party.address.strip(".'*_<>") if party.address else None
    return replace(party, name=name or None, address=address or None)


def _one(people: list[Party]) -> Party:
    """One sender whose field was taken for several: a name with commas in it, or a name beside an address."""
    address = next((one.address for one in people if one.address), None)
    names = [one.name for one in people if one.name]
    return Party(", ".join(names[:3]) or None, address, redacted=not names and people[0].redacted)
