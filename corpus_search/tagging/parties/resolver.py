"""A party's agency by what its own message shows: a side comes from who writes, never from what is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from corpus_search.model import Message, Party
from corpus_search.packs.party_pack import Owner, PartyPack
from corpus_search.tagging.found import Found
from corpus_search.tagging.parties.domains import Domains
from corpus_search.tagging.parties.signature import names_its_agency, signature_lines

_EXCHANGE = re.compile(r"/(?:O|OU)=(?P<name>[^/]{1,80})", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[(]([^\])\[(]{1,60})[\])]")
_DOMAIN = re.compile(r"@\s?([\w-]+(?:\s?\.\s?[\w-]+){1,6})")
INITIALS = 3  # letters of a label that may be a body's initials, at least
_KINDS = frozenset(
    {"police", "sheriff", "jail", "probation", "prosecutor", "dmv", "court", "state", "local", "corrections"}
)


class PartyResolver:
    """Finds the agency of each party of a message. `agencies_in` finds agencies named in a short text."""

    def __init__(self, agencies_in: Callable[[str], Sequence[Found]], pack: PartyPack) -> None:
        self._agencies_in = agencies_in
        self._pack = pack
        self._domains = Domains(pack)
        self._by_name = lru_cache(maxsize=20_000)(self._named_in)

    def resolve(self, message: Message) -> Message:
        """The message with the agencies of its parties, each with the evidence in `why`."""
        sender = message.sender
        return replace(
            message,
            sender=None if sender is None else self._with(sender, self._sender(sender, message)),
            to=tuple(self._with(party, self._party(party)) for party in message.to),
            cc=tuple(self._with(party, self._party(party)) for party in message.cc),
            bcc=tuple(self._with(party, self._party(party)) for party in message.bcc),
        )

    def _with(self, party: Party, owner: Owner | None) -> Party:
        if owner is None or not (owner.agency or owner.groups):
            return party
        return replace(party, agency=owner.agency, groups=owner.groups, why=owner.why)

    def _sender(self, party: Party, message: Message) -> Owner | None:
        owner = self._party(party)
        if message.bulk or self._is_bulk(party.address) or (owner is not None and owner.closed):
            return owner
        signed = self._signed(party, message)
        if signed is None:
            return owner
        if owner is None or owner.groups == ("personal",):
            return signed
        return self._together(owner, signed)

    def _party(self, party: Party) -> Owner | None:
        """By address, then by name; the name refines what an address shared by many bodies shows."""
        owner = self._by_address(party)
        if owner is not None and owner.closed:
            return owner
        named = self._by_name(party.name) if party.name else None
        if owner is None:
            return named if not _has_domain(party) and not self._is_bulk(party.address) else None
        if named is None or owner.groups == ("personal",):
            return owner
        return self._together(owner, named)

    def _together(self, owner: Owner, other: Owner) -> Owner:
        """What an address shows, made more exact by other evidence of the same side."""
        component = self._pack.components.get(other.agency or "")
        if "immigration" in owner.groups:
            if "immigration" not in other.groups:
                return owner
            if owner.shared and other.agency:
                return replace(other, why=f"{owner.why}, and {other.why}")
            if component and component not in owner.groups:
                return replace(owner, groups=(*owner.groups, component), why=f"{owner.why}, and {other.why}")
            return owner
        if owner.agency is not None and not owner.shared and "." not in owner.agency:
            return owner
        if not set(other.groups) & _KINDS or "immigration" in other.groups or "federal" in owner.groups:
            return owner
        places = tuple(group for group in owner.groups if group.startswith("us-"))
        return Owner(other.agency, tuple(dict.fromkeys((*other.groups, *places))), f"{owner.why}, and {other.why}")

    def _by_address(self, party: Party) -> Owner | None:
        address = party.address or ""
        if "/o=" in address.lower() or "/ou=" in address.lower():
            return self._by_exchange(address)
        domains = _DOMAIN.findall(address or party.name or "")
        if not domains:
            return None
        domain = domains[-1]  # the last: "x@ice.dhs.gov"@example.com is example.com's
        owner = self._domains.owner(domain)
        return self._named_by_label(owner, domain) if owner is not None and owner.shared else owner

    def _named_by_label(self, owner: Owner, domain: str) -> Owner:
        """A state's or county's domain whose label is a body's initials: fdle.state.fl.us."""
        for label in domain.lower().split(".")[:-2]:
            for agency in self._agencies_in(label.upper()) if len(label) >= INITIALS else ():
                places = {group for group in (*agency.groups, *owner.groups) if group.startswith("us-")}
                if len(places) <= 1 and not {"immigration", "federal"} & set(agency.groups):
                    return Owner(agency.value, agency.groups, f"{owner.why}, and its label {label}")
        return owner

    def _by_exchange(self, path: str) -> Owner | None:
        """An Exchange address names the organisation, sometimes the unit: the unit says more."""
        known: Owner | None = None
        for found in _EXCHANGE.finditer(path):
            name = found.group("name").strip()
            listed = self._pack.organisations.get(name.upper())
            if listed is None and (group := self._pack.units.get(name.lower())) is not None:
                listed = Owner(name, (group,), f"the Exchange unit {name}")
            if listed is None and (agencies := self._agencies_in(name)):
                listed = Owner(agencies[0].value, agencies[0].groups, f"the Exchange organisation {name}")
            known = listed or known
        return known

    def _named_in(self, name: str) -> Owner | None:
        """By a display name: an agency named in it, or a unit in brackets ("Ruiz, D (SHERIFF)", "Last, F [ERO]")."""
        why = f"the name “{name}”"
        for found in _BRACKETED.finditer(name):
            words = found.group(1).strip()
            listed = self._pack.organisations.get(words.upper())
            if listed is not None:
                return replace(listed, why=why)
            group = self._pack.units.get(words.lower())
            if group is not None:
                return Owner(words, (group,), why)
        for part in name.split("/")[1:]:  # Lotus Notes: "Kay Ruiz/PROB/OC"
            if (group := self._pack.units.get(part.strip().lower())) is not None:
                return Owner(part.strip(), (group,), why)
        for agency in self._agencies_in(name):
            return Owner(agency.value, agency.groups, why)
        begins = re.split(r"\s+[-–]\s+|[-_/]", name.lstrip("#!_ "))
        group = self._pack.units.get(begins[0].strip().lower()) if len(begins) > 1 and name.isascii() else None
        return Owner(begins[0].strip(), (group,), why) if group is not None and begins[0].isupper() else None

    def _signed(self, party: Party, message: Message) -> Owner | None:
        """By the contact block under the sender's own words."""
        for line in signature_lines(message, party):
            for agency in self._agencies_in(line):
                if names_its_agency(line, agency.start, agency.end):
                    return Owner(agency.value, agency.groups, f"the signature names {agency.value}")
        return None

    def _is_bulk(self, address: str | None) -> bool:
        """Whether an address is a machine's or a list's."""
        local = (address or "").partition("@")[0].lower()
        return bool(local) and (local in self._pack.bulk or not self._pack.bulk.isdisjoint(re.split(r"[._+]", local)))


def _has_domain(party: Party) -> bool:
    """Whether an address tells a domain: an unknown one leaves the name no say, for anybody may write any name."""
    return _DOMAIN.search(party.address or "") is not None
