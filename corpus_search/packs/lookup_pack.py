"""Look-ups as data: systems, and the ways in which a look-up is asked, done and answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from corpus_search.packs.agency_pack import Doubtful
from corpus_search.packs.yaml_lines import Faults, Node, items, load_yaml, mapping, text_of, texts

TOP_KEYS = ("query_words", "systems", "acts", "objects", "not_acts", "no_act_sentences")
GROUPS = ("request", "request_of_plate", "perform", "perform_in_system", "result", "result_of_system")


@dataclass(frozen=True, slots=True)
class System:
    """A system of records: its name, and how it is written."""

    value: str
    names: tuple[str, ...]
    exact: tuple[str, ...]
    doubtful: tuple[Doubtful, ...]


@dataclass(frozen=True, slots=True)
class LookupPack:
    """Systems and acts; the ways of saying are regular expressions in which a blank is any blanks."""

    systems: tuple[System, ...]
    acts: Mapping[str, tuple[str, ...]]
    objects: tuple[str, ...]
    not_acts: tuple[str, ...]
    no_act_sentences: tuple[str, ...]


def load_lookups() -> LookupPack:
    """The built-in pack.

    Raises:
        PackError: every fault of it, as file:line.
    """
    text = resources.files("corpus_search.packs").joinpath("data", "lookups.yaml").read_text(encoding="utf-8")
    return read_lookups(text, "lookups.yaml")


def read_lookups(text: str, file: str) -> LookupPack:
    """A pack of look-ups.

    Raises:
        PackError: every fault of it, as file:line.
    """
    faults = Faults(file)
    top = mapping(load_yaml(text, file), faults, TOP_KEYS, ("systems", "acts", "objects"))
    query_words = texts(top.get("query_words"), faults)
    systems = tuple(_system(node, query_words, faults) for node in items(top.get("systems"), faults))
    acts = (
        {name: texts(node, faults) for name, node in mapping(top["acts"], faults, GROUPS).items()}
        if "acts" in top
        else {}
    )
    pack = LookupPack(
        systems,
        acts,
        texts(top.get("objects"), faults),
        texts(top.get("not_acts"), faults),
        texts(top.get("no_act_sentences"), faults),
    )
    faults.settle()
    return pack


def _system(node: Node, query_words: tuple[str, ...], faults: Faults) -> System:
    parts = mapping(node, faults, ("value", "names", "exact", "doubtful"), ("value",))
    doubtful = []
    for item in items(parts.get("doubtful"), faults):
        inner = mapping(item, faults, ("text", "near", "unless"), ("text", "near"))
        near = inner.get("near")
        words = query_words if near is not None and near.value == "$query" else texts(near, faults)
        doubtful.append(Doubtful(text_of(inner.get("text"), faults), True, words, texts(inner.get("unless"), faults)))
    return System(
        text_of(parts.get("value"), faults),
        texts(parts.get("names"), faults),
        texts(parts.get("exact"), faults),
        tuple(doubtful),
    )
