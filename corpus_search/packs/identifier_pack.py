"""Identifiers as data: words before them, their shapes, how their value is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from corpus_search.packs.yaml_lines import Faults, Node, items, load_yaml, mapping, text_of, texts

_KEYS: Final = ("id", "group", "called", "cues", "shape", "alone", "check", "marked", "value", "finds", "ignores")
_FIND_KEYS: Final = ("text", "values")


@dataclass(frozen=True, slots=True)
class IdentifierKind:
    """A kind of identifier.

    `shape` must follow a cue; `alone` tells by itself; `marked`: colon (a colon or = must stand between cue and
    identifier), said (that or "is") or empty; `check` names an arithmetic test; `value` says how the value is written.
    """

    id: str
    group: str
    called: str
    cues: tuple[str, ...]
    shape: re.Pattern[str] | None
    alone: str
    check: str
    marked: str
    value: str
    finds: tuple[tuple[str, tuple[str, ...]], ...]  # a text and the values to find in it
    ignores: tuple[str, ...]
    where: str  # file:line


@dataclass(frozen=True, slots=True)
class IdentifierPack:
    """Kinds of identifiers and the word lists that their cues use."""

    kinds: tuple[IdentifierKind, ...]
    lists: Mapping[str, tuple[str, ...]]


def load_identifiers(own: Path | None = None) -> IdentifierPack:
    """The built-in kinds, and those of a researcher's folder (`identifiers*.yaml`), which come first.

    Raises:
        PackError: every fault of a file, as file:line.
    """
    text = resources.files("corpus_search.packs").joinpath("data", "identifiers.yaml").read_text(encoding="utf-8")
    built_in = read_identifiers(text, "identifiers.yaml")
    mine = [
        read_identifiers(file.read_text(encoding="utf-8"), str(file))
        for file in (sorted(own.glob("identifiers*.yaml")) if own else ())
    ]
    lists = {name: words for pack in (built_in, *mine) for name, words in pack.lists.items()}
    return IdentifierPack((*(kind for pack in mine for kind in pack.kinds), *built_in.kinds), lists)


def read_identifiers(text: str, file: str) -> IdentifierPack:
    """A pack of identifiers.

    Raises:
        PackError: every fault of it, as file:line.
    """
    faults = Faults(file)
    top = mapping(load_yaml(text, file), faults, ("lists", "entries"), ("entries",))
    lists = mapping(top["lists"], faults) if "lists" in top else {}
    pack = IdentifierPack(
        tuple(_kind(node, file, faults) for node in items(top.get("entries"), faults)),
        {name: texts(node, faults) for name, node in lists.items()},
    )
    faults.settle()
    return pack


def _kind(node: Node, file: str, faults: Faults) -> IdentifierKind:
    parts = mapping(node, faults, _KEYS, ("id", "called", "value", "finds", "ignores"))
    name = text_of(parts.get("id"), faults)
    return IdentifierKind(
        id=name,
        group=text_of(parts.get("group"), faults, name),
        called=text_of(parts.get("called"), faults),
        cues=texts(parts.get("cues"), faults),
        shape=_expression(parts.get("shape"), faults),
        alone=text_of(parts.get("alone"), faults),
        check=text_of(parts.get("check"), faults),
        marked=_marked(parts.get("marked"), faults),
        value=text_of(parts.get("value"), faults),
        finds=tuple(_finds(parts.get("finds"), faults)),
        ignores=texts(parts.get("ignores"), faults),
        where=f"{file}:{node.line}",
    )


def _marked(node: Node | None, faults: Faults) -> str:
    given = text_of(node, faults)
    if node is not None and given not in ("colon", "said"):
        faults.add(node, f"marked: {given!r} is neither colon nor said")
    return given


def _finds(node: Node | None, faults: Faults) -> Iterator[tuple[str, tuple[str, ...]]]:
    for item in items(node, faults):
        parts = mapping(item, faults, _FIND_KEYS, _FIND_KEYS)
        yield text_of(parts.get("text"), faults), texts(parts.get("values"), faults)


def _expression(node: Node | None, faults: Faults) -> re.Pattern[str] | None:
    if node is None:
        return None
    try:
        return re.compile(text_of(node, faults))
    except re.error as error:
        faults.add(node, f"no regular expression: {error}")
        return None
