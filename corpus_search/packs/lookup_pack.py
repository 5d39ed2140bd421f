"""Look-ups as data: systems of records, and the ways in which a look-up is asked, done and answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from corpus_search.packs.agency_pack import Doubtful
from corpus_search.packs.yaml_lines import Faults, Node, items, load_yaml, mapping, text_of, texts

# The built-in packs; acts that come first win.
BUILT_IN: Final = (
    "lookups_systems.yaml",
    "lookups.yaml",
    "lookups_frames.yaml",
    "lookups_near.yaml",
    "lookups_spoken.yaml",
)
ACTS: Final = ("request", "perform", "result")
NEEDS: Final = ("nothing", "record", "thing", "told", "system", "agency", "subject", "acted", "done", "plate", "close")
PLACES: Final = ("", "beginning", "question", "asking")
TOP_KEYS: Final = (
    "query_words",
    "systems",
    "lists",
    "acts",
    "return_labels",
    "records",
    "doubtful_records",
    "not_records",
    "not_acts",
    "no_act_sentences",
    "no_act_passages",
    "technical",
    "vouching",
    "subjects",
    "between",
    "parts",
)
_ACT_KEYS: Final = ("id", "act", "needs", "at", "ways", "finds", "ignores")
_SYSTEM_KEYS: Final = ("value", "names", "exact", "doubtful", "finds", "ignores")
_QUERY: Final = "$query"


@dataclass(frozen=True, slots=True)
class System:
    """A system of records: its name, how it is written, texts that name it and texts that do not."""

    value: str
    names: tuple[str, ...]
    exact: tuple[str, ...]
    doubtful: tuple[Doubtful, ...]
    finds: tuple[str, ...]
    ignores: tuple[str, ...]
    where: str  # file:line


@dataclass(frozen=True, slots=True)
class Act:
    """Ways of asking for, doing or answering a look-up, and what must stand near them.

    `needs`: nothing; plate (a plate or identifying number in the sentence); record (one of them or a word for records
    in the sentence); thing (one of them, or a system); told (one of them in the paragraph or right before it); system
    (one named right before); agency (the same); subject (right before: a plate, a number, a system, or where records
    are spoken of a word for who or what is looked up); acted (an act done or answered, in the same sentence or the one
    before); done (the same, and the last was done, not answered); close (a plate, number or system in the sentence or
    a neighbouring one). `at`: beginning (only at the beginning of a clause), question (only in a sentence that ends in
    a question mark), asking (both), or nothing.
    """

    id: str
    act: str
    needs: str
    at: str
    ways: tuple[str, ...]
    finds: tuple[str, ...]
    ignores: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class LookupPack:
    """Systems and acts, with the words that vouch for acts and those that rule them out."""

    systems: tuple[System, ...]
    acts: tuple[Act, ...]
    lists: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]  # the other lists of the pack, by their key


def load_lookups(own: Path | None = None) -> LookupPack:
    """The built-in packs, and those of a researcher's folder (`lookups*.yaml`), whose entries come first.

    Raises:
        PackError: every fault of a file, as file:line.
    """
    folder = resources.files("corpus_search.packs").joinpath("data")
    built_in = [read_lookups(folder.joinpath(name).read_text(encoding="utf-8"), name) for name in BUILT_IN]
    mine = [
        read_lookups(file.read_text(encoding="utf-8"), str(file), built_in)
        for file in (sorted(own.glob("lookups*.yaml")) if own else ())
    ]
    return _joined([*mine, *built_in])


def _joined(packs: list[LookupPack]) -> LookupPack:
    words: dict[str, tuple[str, ...]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for pack in packs:
        for name, found in pack.words.items():
            words[name] = (*words.get(name, ()), *found)
        lists = {**pack.lists, **lists}
    return LookupPack(
        tuple(system for pack in packs for system in pack.systems),
        tuple(act for pack in packs for act in pack.acts),
        lists,
        words,
    )


def read_lookups(text: str, file: str, known: list[LookupPack] | None = None) -> LookupPack:
    """A pack of look-ups; `known` packs lend it their query words.

    Raises:
        PackError: every fault of it, as file:line.
    """
    faults = Faults(file)
    top = mapping(load_yaml(text, file), faults, TOP_KEYS)
    words: dict[str, tuple[str, ...]] = {}
    for name in TOP_KEYS:
        if name in top and name not in ("systems", "acts", "lists"):
            words[name] = texts(top[name], faults)
    query = words.get("query_words") or next(
        (pack.words["query_words"] for pack in known or () if "query_words" in pack.words), ()
    )
    lists = mapping(top["lists"], faults) if "lists" in top else {}
    pack = LookupPack(
        tuple(_system(node, query, file, faults) for node in items(top.get("systems"), faults)),
        tuple(_act(node, file, faults) for node in items(top.get("acts"), faults)),
        {name: texts(node, faults) for name, node in lists.items()},
        words,
    )
    faults.settle()
    return pack


def _act(node: Node, file: str, faults: Faults) -> Act:
    parts = mapping(node, faults, _ACT_KEYS, ("id", "act", "needs", "ways", "finds", "ignores"))
    act, needs = text_of(parts.get("act"), faults), text_of(parts.get("needs"), faults)
    for given, known, key in ((act, ACTS, "act"), (needs, NEEDS, "needs")):
        if given not in known:
            faults.add(parts.get(key, node), f"{key}: {given!r} is not one of {', '.join(known)}")
    at = text_of(parts.get("at"), faults)
    if at not in PLACES:
        faults.add(parts["at"], f"at: {at!r} is not {' or '.join(filter(None, PLACES))}")
    return Act(
        text_of(parts.get("id"), faults),
        act,
        needs,
        at,
        texts(parts.get("ways"), faults),
        texts(parts.get("finds"), faults),
        texts(parts.get("ignores"), faults),
        f"{file}:{node.line}",
    )


def _system(node: Node, query_words: tuple[str, ...], file: str, faults: Faults) -> System:
    parts = mapping(node, faults, _SYSTEM_KEYS, ("value", "finds", "ignores"))
    doubtful = []
    for item in items(parts.get("doubtful"), faults):
        inner = mapping(item, faults, ("text", "near", "unless"), ("text", "near"))
        near = texts(inner.get("near"), faults)
        if _QUERY in near:
            near = (*(word for word in near if word != _QUERY), *query_words)
        doubtful.append(Doubtful(text_of(inner.get("text"), faults), True, near, texts(inner.get("unless"), faults)))
    return System(
        text_of(parts.get("value"), faults),
        texts(parts.get("names"), faults),
        texts(parts.get("exact"), faults),
        tuple(doubtful),
        texts(parts.get("finds"), faults),
        texts(parts.get("ignores"), faults),
        f"{file}:{node.line}",
    )
