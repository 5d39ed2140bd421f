"""People recognised over a corpus: who wrote once with an address is known later by name alone.

"Ruiz, Daniel", "Daniel A. Ruiz" and "Det. D. Ruiz" may be one person: names are compared by surname and first name, an
initial standing for a name only where one person of the corpus fits it. Where two bodies have a person of that name, it
is nobody's. The book gives the same answers in whatever order it was filled. The researcher's own list (`people.yaml`
in the corpus's packs folder) goes before everything:

    people:
      - {names: ["Ruiz, Daniel", druiz@ocsd.org], agency: Orange County Sheriff-Coroner Department, groups: [sheriff]}
    unknown: ["Garcia, M"]          # names that are nobody's, whatever the corpus says
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from corpus_search.packs.people_pack import PEOPLE, NameWords, load_name_words, load_people
from corpus_search.packs.yaml_lines import Faults

Known = tuple[str, tuple[str, ...], str]
_BRACKETED = re.compile(r"[\[(<{][^\])>}]{0,80}[\])>}]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Name(NamedTuple):
    """A person's name as it is compared: surname and first name or initial, in lower case."""

    surname: str
    first: str


@dataclass(frozen=True, slots=True)
class _Seen:
    agency: str
    groups: frozenset[str]

    @property
    def by_domain(self) -> bool:
        """Whether the body is known by its domain only."""
        return is_domain(self.agency)


class PeopleBook:
    """Who belongs to which body."""

    def __init__(self, own: Mapping[str | Name, Known | None] | None = None) -> None:
        self._own = dict(own or {})
        self._addresses: dict[str, set[_Seen]] = defaultdict(set)
        self._domains: dict[str, set[_Seen]] = defaultdict(set)
        self._people: dict[str, dict[str, set[_Seen]]] = defaultdict(
            lambda: defaultdict(set)
        )  # surname → first → bodies

    @classmethod
    def load(cls, packs: Path) -> PeopleBook:
        """A book that begins with the researcher's own list, where there is one.

        Raises:
            PackError: the list can't be used; each line of the message begins with file:line.
        """
        return cls(_own_list(packs))

    @classmethod
    def of(cls, facts: Iterable[tuple[str | None, str | None, str | None, tuple[str, ...]]], packs: Path) -> PeopleBook:
        """A book of everybody in (name, address, agency, groups)."""
        book = cls.load(packs)
        for fact in facts:
            book.add(*fact)
        return book

    def add(self, name: str | None, address: str | None, agency: str | None, groups: tuple[str, ...]) -> None:
        """Note a party as its own message shows it."""
        if agency is None:
            return
        seen = _Seen(agency, frozenset(groups))
        if (mailbox := _mailbox(address)) is not None:
            self._addresses[mailbox].add(seen)
            self._domains[_domain(mailbox)].add(seen)
        if (person := person_name(name)) is not None:
            self._people[person.surname][person.first].add(seen)

    def named(self, address: str | None, domain: str) -> Known | None:
        """The body behind a domain, where the corpus names one: for that address, or else for all of the domain."""
        mailbox = _mailbox(address)
        own = set() if mailbox is None else {one for one in self._addresses.get(mailbox, ()) if not one.by_domain}
        if own:
            known = _one_body(own)
            return None if known is None else (*known, f"{address} is {known[0]}’s elsewhere in the corpus")
        known = _one_body({one for one in self._domains.get(domain, ()) if not one.by_domain})
        return None if known is None else (*known, f"the domain {domain} is {known[0]}’s elsewhere in the corpus")

    def resolve(self, name: str | None, address: str | None) -> Known | None:
        """The body of a person known from elsewhere; None where nobody, or more than one, is known by that name."""
        mailbox, person = _mailbox(address), person_name(name)
        for key in (mailbox, person):
            if key is not None and key in self._own:
                return self._own[key]
        if mailbox is not None and (known := _one_body(self._addresses.get(mailbox, set()))) is not None:
            return *known, f"{address} is {known[0]}’s elsewhere in the corpus"
        known = None if person is None or self._other_address(mailbox) else _one_body(self._bodies(person))
        return None if known is None else (*known, f"{name} writes elsewhere in the corpus for {known[0]}")

    def _other_address(self, mailbox: str | None) -> bool:
        """Whether an address stands there that says something else than the name: a private mailbox stays private."""
        return mailbox is not None and "@" in mailbox

    def _bodies(self, person: Name) -> set[_Seen]:
        """The bodies of the one person that a name fits; none where it fits two."""
        firsts = self._people.get(person.surname, {})
        if person.first in firsts and len(person.first) > 1:
            return firsts[person.first]
        fitting = [
            first for first in firsts if first[:1] == person.first[:1] and (len(first) == 1 or len(person.first) == 1)
        ]
        full = {first for first in firsts if len(first) > 1 and first[:1] == person.first[:1]}
        if len(person.first) == 1 and len(full) > 1:
            return set()
        return set().union(*(firsts[first] for first in fitting)) if fitting else set()


def _one_body(seen: set[_Seen]) -> tuple[str, tuple[str, ...]] | None:
    """The body that all of them are of, a name before a mere domain; the groups that every one has."""
    seen = {one for one in seen if not one.by_domain} or seen
    if len({one.agency for one in seen}) != 1:
        return None
    groups = frozenset.intersection(*(one.groups for one in seen))
    return next(iter(seen)).agency, tuple(sorted(groups, key=lambda group: (group.startswith("us-"), group)))


@lru_cache(maxsize=100_000)
def person_name(text: str | None) -> Name | None:
    """A display name as it is compared; None where it is no person's."""
    if not text or "@" in text:
        return None
    known = name_words()
    bare = _BRACKETED.sub(" ", text).partition("/")[0]  # Lotus Notes: "Kay Ruiz/PROB/OC"
    last, comma, rest = bare.partition(",")
    parts = [
        [word for word in map(str.casefold, _WORD.findall(part)) if word not in known.ranks] for part in (last, rest)
    ]
    if comma and parts[0] and parts[1]:
        surname, given = " ".join(parts[0]), parts[1]
    else:
        words = parts[0] or parts[1]
        if len(words) < 2:
            return None
        surname, given = words[-1], words[:-1]
    if len(surname) < 2 or not known.roles.isdisjoint((*surname.split(), *given)):
        return None
    return Name(surname, given[0])


def is_domain(agency: str) -> bool:
    """Whether what stands for an agency is only the domain of its addresses."""
    return "." in agency and " " not in agency


def _domain(mailbox: str) -> str:
    return mailbox.rpartition("@")[2]


def _mailbox(address: str | None) -> str | None:
    """An address by which a person is known: not one whose local part is blacked out."""
    folded = (address or "").strip().casefold()
    return folded if folded and re.match(r"[a-z0-9/]", folded) else None


@lru_cache(maxsize=1)
def name_words() -> NameWords:
    """The words of display names that are no names."""
    return load_name_words()


def _own_list(packs: Path) -> dict[str | Name, Known | None]:
    """The researcher's list by address and name; PackError names each line that is neither."""
    faults = Faults(str(packs / PEOPLE))
    own: dict[str | Name, Known | None] = {}
    for entry in load_people(packs):
        why = "the researcher's own list of people"
        known = None if entry.agency is None else (entry.agency, entry.groups, why)
        for line, text in entry.names:
            key: str | Name | None = _mailbox(text) if "@" in text or "/" in text else person_name(text)
            if key is None:
                faults.add(line, f"{text!r} is neither an address nor a name of two words")
            else:
                own[key] = known
    faults.settle()
    return own
