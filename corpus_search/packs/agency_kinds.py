"""Kinds of bodies as data: how a body's name is made of a place and a kind, and the words that decide doubtful ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus_search.packs.yaml_lines import Faults, Node, built_in, items, load_yaml, mapping, text_of, texts

TOP_KEYS = (
    "between", "counties", "prefixes", "not_before", "kinds", "not_places", "everyday", "shortened", "no_place",
    "misspelt",
)  # fmt: skip
KIND_KEYS = ("id", "groups", "official", "full", "short", "of", "states", "numbered", "finds", "ignores")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of body. `full` words make a name with any capitalised place, `short` ones only with a known place.

    `of`: words that go before the place ("Sheriff of Cook County"). `states`: the place is a state. `numbered`: a
    number may follow ("Precinct 4"). `official`: how the name ends when written out.
    """

    id: str
    groups: tuple[str, ...]
    official: str
    full: tuple[str, ...]
    short: tuple[str, ...]
    of: tuple[str, ...] = ()
    states: bool = False
    numbered: bool = False
    finds: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    where: str = ""  # file:line


@dataclass(frozen=True, slots=True)
class Kinds:
    """All kinds, the words that may stand between place and kind, and words that are no places."""

    kinds: tuple[Kind, ...]
    between: frozenset[str]
    counties: frozenset[str]
    prefixes: tuple[tuple[str, ...], ...]
    not_before: frozenset[str]
    not_places: frozenset[str]
    everyday: frozenset[str]
    shortened: tuple[tuple[str, str, str], ...]  # text, in full ("" where it is a whole name), state
    no_place: frozenset[str]
    misspelt: Mapping[str, str]  # slip → the word meant


@dataclass(frozen=True, slots=True)
class Context:
    """Words that decide: by subject ("ice"), by the part they play ("acts"); and lists of words that vouch."""

    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    police: tuple[str, ...]
    technical: tuple[str, ...]


def load_kinds() -> Kinds:
    """The built-in kinds.

    Raises:
        PackError: every fault of the file, as file:line.
    """
    return read_kinds(built_in("agency_kinds.yaml"), "agency_kinds.yaml")


def read_kinds(text: str, file: str) -> Kinds:
    """Kinds of a pack's text.

    Raises:
        PackError: every fault, as file:line.
    """
    faults = Faults(file)
    top = mapping(load_yaml(text, file), faults, TOP_KEYS, ("kinds",))
    kinds = tuple(_kind(node, file, faults) for node in items(top.get("kinds"), faults))
    faults.settle()
    return Kinds(
        kinds,
        frozenset(texts(top.get("between"), faults)),
        frozenset(texts(top.get("counties"), faults)),
        tuple(tuple(prefix.split()) for prefix in texts(top.get("prefixes"), faults)),
        frozenset(texts(top.get("not_before"), faults)),
        frozenset(texts(top.get("not_places"), faults)),
        frozenset(texts(top.get("everyday"), faults)),
        tuple(_shortened(node, faults) for node in items(top.get("shortened"), faults)),
        frozenset(texts(top.get("no_place"), faults)),
        dict(_misspelt(top["misspelt"], faults)) if "misspelt" in top else {},
    )


def _misspelt(node: Node, faults: Faults) -> Iterator[tuple[str, str]]:
    for word, slips in mapping(node, faults).items():
        for slip in texts(slips, faults):
            yield slip, word


def _kind(node: Node, file: str, faults: Faults) -> Kind:
    parts = mapping(node, faults, KIND_KEYS, ("id", "groups", "official", "full", "finds", "ignores"))
    return Kind(
        id=text_of(parts.get("id"), faults),
        groups=texts(parts.get("groups"), faults),
        official=text_of(parts.get("official"), faults),
        full=texts(parts.get("full"), faults),
        short=texts(parts.get("short"), faults),
        of=texts(parts.get("of"), faults),
        states=text_of(parts.get("states"), faults) == "true",
        numbered=text_of(parts.get("numbered"), faults) == "true",
        finds=texts(parts.get("finds"), faults),
        ignores=texts(parts.get("ignores"), faults),
        where=f"{file}:{node.line}",
    )


def _shortened(node: Node, faults: Faults) -> tuple[str, str, str]:
    parts = mapping(node, faults, ("text", "full", "state"), ("text",))
    return text_of(parts.get("text"), faults), text_of(parts.get("full"), faults), text_of(parts.get("state"), faults)


def load_context() -> Context:
    """The built-in words of context.

    Raises:
        PackError: every fault of the file, as file:line.
    """
    file = "agency_context.yaml"
    faults = Faults(file)
    top = mapping(load_yaml(built_in(file), file), faults, ("ice", "immigration", "police", "technical", "initials"))
    words = {
        name: {part: texts(node, faults) for part, node in mapping(top[name], faults).items()}
        for name in ("ice", "immigration", "initials")
    }
    context = Context(words, texts(top.get("police"), faults), texts(top.get("technical"), faults))
    faults.settle()
    return context
