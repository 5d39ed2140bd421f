"""A researcher's own list of people (`people.yaml`), and the words of display names that are no names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus_search.packs.yaml_lines import Faults, Node, built_in, items, load_yaml, mapping, read_text, text_of, texts

PEOPLE = "people.yaml"


@dataclass(frozen=True, slots=True)
class People:
    """People of one body, or of none (`agency` None): their names and addresses, each with its line."""

    names: tuple[tuple[int, str], ...]
    agency: str | None
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameWords:
    """Ranks, and what mailboxes that many people read are called."""

    ranks: frozenset[str]
    roles: frozenset[str]


def load_people(packs: Path) -> tuple[People, ...]:
    """The researcher's list; nothing where there is none.

    Raises:
        PackError: every fault of the file, as file:line.
    """
    file = packs / PEOPLE
    if not file.is_file():
        return ()
    faults = Faults(str(file))
    top = mapping(load_yaml(read_text(file), file), faults, ("people", "unknown"))
    people = [_people(node, faults) for node in items(top.get("people"), faults)]
    people.append(People(_lines(top.get("unknown"), faults), None, ()))
    faults.settle()
    return tuple(people)


def _people(node: Node, faults: Faults) -> People:
    parts = mapping(node, faults, ("names", "agency", "groups"), ("names", "agency"))
    agency = text_of(parts.get("agency"), faults)
    return People(_lines(parts.get("names"), faults), agency, texts(parts.get("groups"), faults))


def _lines(node: Node | None, faults: Faults) -> tuple[tuple[int, str], ...]:
    return tuple((item.line, text_of(item, faults)) for item in items(node, faults))


def load_name_words() -> NameWords:
    """The built-in words.

    Raises:
        PackError: every fault of the file, as file:line.
    """
    faults = Faults("names.yaml")
    top = mapping(load_yaml(built_in("names.yaml"), faults.file), faults, ("ranks", "roles"), ("ranks", "roles"))
    words = NameWords(frozenset(texts(top.get("ranks"), faults)), frozenset(texts(top.get("roles"), faults)))
    faults.settle()
    return words
