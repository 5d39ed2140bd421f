"""People recognised over a corpus: who wrote once with an address is known later by name alone.

A name is known by its words in any order without ranks; where two bodies have a person of that name, it is nobody's.
The researcher's own list (`people.yaml` in the corpus's packs folder) goes before everything.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from corpus_search.conversations.keys import person_keys
from corpus_search.packs.yaml_lines import Faults, items, load_yaml, mapping, text_of, texts

Known = tuple[str, tuple[str, ...], str]


class PeopleBook:
    """Who belongs to which body."""

    def __init__(self, own: dict[str, Known]) -> None:
        self._own = own
        self._seen: dict[str, dict[tuple[str, tuple[str, ...]], str]] = defaultdict(dict)

    @classmethod
    def load(cls, packs: Path) -> PeopleBook:
        """A book that begins with the researcher's own list, where there is one.

        Raises:
            PackError: the list can't be used; each line of the message begins with file:line.
        """
        file = packs / "people.yaml"
        own: dict[str, Known] = {}
        if file.is_file():
            faults = Faults(str(file))
            top = mapping(load_yaml(file.read_text(encoding="utf-8"), file), faults, ("people",), ("people",))
            for node in items(top.get("people"), faults):
                parts = mapping(node, faults, ("names", "agency", "groups"), ("names", "agency"))
                known = (
                    text_of(parts.get("agency"), faults),
                    texts(parts.get("groups"), faults),
                    "the researcher's own list of people",
                )
                for name in texts(parts.get("names"), faults):
                    address = name if "@" in name else None
                    for key in person_keys(None if address else name, address):
                        own[key] = known
            faults.settle()
        return cls(own)

    def add(self, name: str | None, address: str | None, agency: str | None, groups: tuple[str, ...]) -> None:
        """Note a party as its own message shows it."""
        if agency is None:
            return
        for key in person_keys(name, address):
            self._seen[key].setdefault((agency, groups), name or address or "")

    def resolve(self, name: str | None, address: str | None) -> Known | None:
        """The body of a person known from elsewhere; None where nobody, or more than one, is known by that name."""
        keys = sorted(person_keys(name, address), key=lambda key: "@" not in key)
        for key in keys:
            if key in self._own:
                return self._own[key]
        for key in keys:
            seen = self._seen.get(key, {})
            if len(seen) == 1:
                ((agency, groups), _) = next(iter(seen.items()))
                return agency, groups, f"{name or address} writes elsewhere in the corpus for {agency}"
        return None
