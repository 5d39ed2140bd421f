"""Agencies as data: the built-in pack, the tables beside it, and a researcher's own packs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from corpus_search.errors import PackError
from corpus_search.packs.agency_kinds import load_context
from corpus_search.packs.yaml_lines import Faults, Node, built_in, items, load_yaml, mapping, read_text, text_of, texts

ENTRY_KEYS = ("id", "name", "groups", "names", "exact", "doubtful", "finds", "ignores")


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A text that is the agency only in company: `near` words (None: none needed), and never with `unless` words."""

    text: str
    exact: bool
    near: tuple[str, ...] | None
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: its canonical name, its groups, and how it is written."""

    id: str
    name: str
    groups: tuple[str, ...]
    names: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    finds: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    where: str = ""  # file:line


@dataclass(frozen=True, slots=True)
class AgencyPack:
    """Named agencies, the words that vouch for them, and the places of the gazetteer with their states."""

    agencies: tuple[Agency, ...]
    cues: Mapping[str, tuple[str, ...]]
    places: Mapping[str, tuple[str, ...]]


def load_agencies(own: Path | None = None) -> AgencyPack:
    """The built-in agencies, and those of a researcher's folder (`agencies*.yaml`), which come first.

    Raises:
        PackError: every fault of a file, as file:line.
    """
    text = built_in("agencies.yaml")
    cues, named = read_agencies(text, "agencies.yaml", {})
    mine: list[Agency] = []
    for file in sorted(own.glob("agencies*.yaml")) if own else ():
        extra, found = read_agencies(read_text(file), str(file), cues)
        cues |= extra
        mine += found
    places = {row["place"]: tuple(row["states"].split()) for row in _table("places.csv")}
    for file in sorted(own.glob("places*.csv")) if own else ():
        places |= _own_places(file)
    return AgencyPack((*mine, *named, *_local(load_context().words["initials"])), cues, places)


def _own_places(file: Path) -> dict[str, tuple[str, ...]]:
    """A researcher's places: columns place and states ("Orange", "CA FL")."""
    rows = csv.DictReader(StringIO(read_text(file)))
    if not {"place", "states"} <= set(rows.fieldnames or ()):
        raise PackError(f"{file}:1: the first line must name the columns place and states")
    return {row["place"].strip(): tuple((row["states"] or "").split()) for row in rows if row["place"]}


def read_agencies(
    text: str, file: str, cues: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, tuple[str, ...]], list[Agency]]:
    """Cues and agencies of a pack's text.

    Raises:
        PackError: all its faults, as file:line.
    """
    faults = Faults(file)
    top = mapping(load_yaml(text, file), faults, ("cues", "agencies"), ("agencies",))
    found_cues = {
        name: texts(node, faults) for name, node in (mapping(top["cues"], faults) if "cues" in top else {}).items()
    }
    known = {**cues, **found_cues}
    agencies = [_agency(node, known, file, faults) for node in items(top.get("agencies"), faults)]
    faults.settle()
    return found_cues, agencies


def _agency(node: Node, cues: Mapping[str, tuple[str, ...]], file: str, faults: Faults) -> Agency:
    parts = mapping(node, faults, ENTRY_KEYS, ("id", "name", "groups", "finds", "ignores"))
    return Agency(
        id=text_of(parts.get("id"), faults),
        name=text_of(parts.get("name"), faults),
        groups=texts(parts.get("groups"), faults),
        names=texts(parts.get("names"), faults),
        exact=texts(parts.get("exact"), faults),
        doubtful=tuple(_doubtful(item, cues, faults) for item in items(parts.get("doubtful"), faults)),
        finds=texts(parts.get("finds"), faults),
        ignores=texts(parts.get("ignores"), faults),
        where=f"{file}:{node.line}",
    )


def _doubtful(node: Node, cues: Mapping[str, tuple[str, ...]], faults: Faults) -> Doubtful:
    parts = mapping(node, faults, ("text", "exact", "near", "unless"), ("text",))
    near = parts.get("near")
    words: tuple[str, ...] | None
    if near is None or near.value is None:
        words = None
    elif isinstance(near.value, str):
        if near.value not in cues:
            faults.add(near, f"no cues {near.value!r}; there are: {', '.join(sorted(cues))}")
        words = cues.get(near.value, ())
    else:
        words = texts(near, faults) or (*cues.get("immigration", ()), *cues.get("police", ()))
    exact = text_of(parts.get("exact"), faults, "false") == "true"
    return Doubtful(text_of(parts.get("text"), faults), exact, words, texts(parts.get("unless"), faults))


def _local(initials: Mapping[str, tuple[str, ...]]) -> Iterator[Agency]:
    """Local and state agencies of the tables: official names in any case, abbreviations as written."""
    otherwise, alone = frozenset(initials["otherwise"]), frozenset(initials["not_alone"])
    for number, row in enumerate(_table("agencies_local.csv"), 2):
        state = (f"us-{row['state'].lower()}",) if row["state"] else ()
        aliases = [alias for alias in row["aliases"].split("|") if alias]
        short = tuple(
            alias for alias in aliases if len(alias) >= 4 and _INITIALS.search(alias) and alias not in otherwise | alone
        )
        spelt = tuple(alias.lower() for alias in aliases if " " in alias and alias not in short)
        few = tuple(alias for alias in aliases if alias in otherwise or (_FEW.fullmatch(alias) and alias not in alone))
        yield Agency(
            id=f"local:{number}",
            name=row["name"],
            groups=(*row["groups"].split(";"), *state),
            names=(row["name"].casefold(), *spelt),
            exact=short,
            doubtful=tuple(Doubtful(alias, True, initials["vouch"], ()) for alias in few),
            where=f"agencies_local.csv:{number}",
        )


_INITIALS = re.compile(r"[A-Z]{3}")
_FEW = re.compile(r"[A-Z&]{2,3}")


def _table(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(StringIO(built_in(name)))
