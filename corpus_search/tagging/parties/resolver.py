"""A party's agency by what its own message shows. Side comes from evidence of who writes, never from what is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from corpus_search.model import Message, Party
from corpus_search.packs.domain_pack import DomainOwner, Domains
from corpus_search.tagging.found import Found

_EXCHANGE = re.compile(r"/O=(?P<org>[^/]+)|/OU=(?P<unit>[^/]+)", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[(]([^\])]{2,60})[\])]")
_UNIT_WORDS = (
    (re.compile(r"\b(?:ICE|ERO|HSI|CBP|USBP|DHS)\b"), ("immigration", "federal")),
    (re.compile(r"\b(?:sheriff|SO|SD)\b", re.IGNORECASE), ("sheriff",)),
    (re.compile(r"\bprobation\b", re.IGNORECASE), ("probation",)),
    (re.compile(r"\b(?:police|PD)\b", re.IGNORECASE), ("police",)),
    (re.compile(r"\b(?:jail|corrections|custody|detention|MDC)\b", re.IGNORECASE), ("jail",)),
    (re.compile(r"\b(?:DA|district attorney|prosecutor)\b"), ("prosecutor",)),
    (re.compile(r"\b(?:DMV|DOL)\b"), ("dmv", "state")),
    (re.compile(r"\b(?:courts?|clerk)\b", re.IGNORECASE), ("court",)),
)
_BULK_LOCAL = re.compile(
    r"(?:^|[._-])(?:no-?reply|do-?not-?reply|newsletter|news|alerts?|notifications?|mailer-daemon|bounce|marketing)(?:$|[._-])"
)
SIGNATURE_LINES = 8


class PartyResolver:
    """Finds the agency of each party of a message. `agencies_in` finds agencies named in a short text."""

    def __init__(self, agencies_in: Callable[[str], Sequence[Found]], own: Path | None = None) -> None:
        self._agencies_in = agencies_in
        self._domains = Domains(own)
        self._by_name = lru_cache(maxsize=20_000)(self._named_in)
        self._by_domain = lru_cache(maxsize=20_000)(self._domains.owner)

    def resolve(self, message: Message) -> Message:
        """The message with the agencies of its parties."""
        sender = message.sender
        if sender is not None:
            sender = self._party(sender)
            if sender.agency is None and not message.bulk:
                sender = self._by_signature(sender, message)
        return replace(
            message,
            sender=sender,
            to=tuple(map(self._party, message.to)),
            cc=tuple(map(self._party, message.cc)),
            bcc=tuple(map(self._party, message.bcc)),
        )

    def _party(self, party: Party) -> Party:
        owner = self._by_address(party.address)
        if owner is None and party.name:
            owner = self._by_name(party.name)
        if owner is None:
            return party
        refined = self._refined(owner, party.name)
        return replace(party, agency=refined.agency, groups=refined.groups, why=refined.why)

    def _by_address(self, address: str | None) -> DomainOwner | None:
        if not address:
            return None
        if "/o=" in address.lower():
            return self._by_exchange(address)
        local, at, domain = address.rpartition("@")
        if not at:
            return None
        owner = self._by_domain(domain)
        if owner is not None and _BULK_LOCAL.search(local.lower()) and not owner.groups[:1] == ("immigration",):
            return replace(owner, groups=(*owner.groups, "bulk"))
        return owner

    def _by_exchange(self, path: str) -> DomainOwner | None:
        """An Exchange address names the organisation, sometimes the unit."""
        for found in _EXCHANGE.finditer(path):
            name = (found.group("org") or found.group("unit") or "").strip()
            if name.upper() in ("DHS", "ICE", "CBP", "HSI", "ERO"):
                return DomainOwner(
                    "Department of Homeland Security"
                    if name.upper() == "DHS"
                    else "Immigration and Customs Enforcement",
                    ("immigration", "federal"),
                    f"the Exchange organisation {name}",
                )
            for agency in self._agencies_in(name):
                return DomainOwner(agency.value, agency.groups, f"the Exchange organisation {name}")
        return None

    def _named_in(self, name: str) -> DomainOwner | None:
        """By a display name: an agency named in it, or a unit in brackets ("Ruiz, D (SHERIFF)")."""
        for agency in self._agencies_in(name):
            return DomainOwner(agency.value, agency.groups, f"the name “{name}”")
        for found in _BRACKETED.finditer(name):
            for shape, groups in _UNIT_WORDS:
                if shape.search(found.group(1)):
                    return DomainOwner(found.group(1), groups, f"the unit in the name “{name}”")
        return None

    def _refined(self, owner: DomainOwner, name: str | None) -> DomainOwner:
        """A city's or county's domain serves all its bodies: the display name may say which."""
        if name and not {"immigration", "federal"} & set(owner.groups):
            named = self._by_name(name)
            if named is not None and "immigration" not in named.groups:
                places = tuple(group for group in owner.groups if group.startswith("us-"))
                return DomainOwner(
                    named.agency, tuple(dict.fromkeys((*named.groups, *places))), f"{owner.why}, and {named.why}"
                )
        return owner

    def _by_signature(self, sender: Party, message: Message) -> Party:
        """By the contact block under the sender's own words."""
        block = _signature(message)
        if not block or (sender.name and not _is_signed(block, sender.name)):
            return sender
        for agency in self._agencies_in(block):
            why = f"the signature under the message names {agency.value}"
            return replace(sender, agency=agency.value, groups=agency.groups, why=why)
        return sender


def _signature(message: Message) -> str:
    """The first signature zone; without one the last lines of the message's own words."""
    for zone in message.zones:
        if zone.kind == "signature":
            return message.text[zone.start : zone.end]
    own = [zone for zone in message.zones if zone.kind == "own"]
    if not own:
        return ""
    lines = [line for line in message.text[own[0].start : own[0].end].splitlines() if line.strip()]
    return "\n".join(lines[-SIGNATURE_LINES:]) if len(lines) > 2 else ""


def _is_signed(block: str, name: str) -> bool:
    """Whether the block holds a word of the sender's name: a signature, not a body that names agencies."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", name.casefold())]
    folded = block.casefold()
    return any(word in folded for word in words)
