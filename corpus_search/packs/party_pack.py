"""Whose a mail domain is, and how else a party shows its agency, as data."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path

from corpus_search.packs.yaml_lines import Faults, Node, built_in, items, load_yaml, mapping, read_text, text_of, texts

TOP_KEYS = (
    "free_mail", "official_endings", "domains", "not_law", "not_short", "posing", "bulk", "organisations", "units",
    "components",
)  # fmt: skip
COLUMNS = ("domain", "match", "agency", "groups", "state", "shared")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose something is: agency name (None: only the kind is known), groups, and the evidence.

    `shared`: a city's or county's domain that serves other bodies too. `closed`: nothing else may say otherwise.
    """

    agency: str | None
    groups: tuple[str, ...]
    why: str
    shared: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Making:
    """A kind of body told by how its domain is made."""

    group: str
    labels: frozenset[str]
    ends: tuple[str, ...]
    begins: tuple[str, ...]
    short_ends: tuple[str, ...]


class PartyPack:
    """The tables and rules, built in and a researcher's own (`domains*.csv` in the corpus's packs folder).

    Raises:
        PackError: a table or the rules can't be used; every line of the message begins with file:line.
    """

    def __init__(self, own: Path | None = None) -> None:
        self.listed: dict[str, tuple[bool, Owner]] = {}
        self._read_table(built_in("domains.csv"), "domains.csv")
        for file in sorted(own.glob("domains*.csv")) if own else ():
            self._read_table(read_text(file), str(file))
        faults = Faults("parties.yaml")
        top = mapping(load_yaml(built_in("parties.yaml"), faults.file), faults, TOP_KEYS, TOP_KEYS)
        self.free_mail = frozenset(texts(top.get("free_mail"), faults))
        self.official_endings = frozenset(texts(top.get("official_endings"), faults))
        self.makings = tuple(_making(node, faults) for node in items(top.get("domains"), faults))
        self.not_law = frozenset(texts(top.get("not_law"), faults))
        self.not_short = texts(top.get("not_short"), faults)
        self.posing = frozenset(texts(top.get("posing"), faults))
        self.bulk = frozenset(texts(top.get("bulk"), faults))
        self.organisations = dict(_organisations(top["organisations"], faults)) if "organisations" in top else {}
        self.units: Mapping[str, str] = dict(_units(top.get("units"), faults))
        named = mapping(top["components"], faults) if "components" in top else {}
        self.components = {name: text_of(node, faults) for name, node in named.items()}
        faults.settle()

    @cached_property
    def levels(self) -> Mapping[str, tuple[str, str]]:
        """Every .gov domain → local, state, federal or tribal, and its state. Read when first asked for: it is long."""
        return {
            row["domain"]: (row["level"], row["state"])
            for row in csv.DictReader(StringIO(built_in("dotgov_levels.csv")))
        }

    def _read_table(self, text: str, file: str) -> None:
        faults = Faults(file)
        for number, row in enumerate(csv.DictReader(StringIO(text)), 2):
            if not row.get("domain") or row.get("groups") is None:
                faults.add(number, f"a row needs the columns {', '.join(COLUMNS)}")
                continue
            state = (f"us-{row['state'].lower()}",) if row.get("state") else ()
            groups = tuple(group for group in row["groups"].split(";") if group)
            name = row["domain"].strip().lower()
            owner = Owner(
                row["agency"] or None if groups else None,
                (*groups, *state) if groups else (),
                f"the domain {name} in the list of mail domains",
                bool(row.get("shared")),
                not groups,
            )
            self.listed[name] = (row.get("match") == "exact", owner)
        faults.settle()


def _making(node: Node, faults: Faults) -> Making:
    parts = mapping(node, faults, ("group", "labels", "ends", "begins", "short_ends"), ("group",))
    return Making(
        text_of(parts.get("group"), faults),
        frozenset(texts(parts.get("labels"), faults)),
        texts(parts.get("ends"), faults),
        texts(parts.get("begins"), faults),
        texts(parts.get("short_ends"), faults),
    )


def _organisations(node: Node, faults: Faults) -> Iterator[tuple[str, Owner]]:
    for name, entry in mapping(node, faults).items():
        parts = mapping(entry, faults, ("agency", "groups"), ("agency", "groups"))
        why = f"the Exchange organisation {name}"
        yield name, Owner(text_of(parts.get("agency"), faults), texts(parts.get("groups"), faults), why)


def _units(node: Node | None, faults: Faults) -> Iterator[tuple[str, str]]:
    for entry in items(node, faults):
        parts = mapping(entry, faults, ("words", "group"), ("words", "group"))
        for word in texts(parts.get("words"), faults):
            yield word, text_of(parts.get("group"), faults)
