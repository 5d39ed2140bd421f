"""A person's YAML with the line of every value, so that every fault can be told as file:line, all of them at once.

    faults = Faults(file)
    top = mapping(load_yaml(read_text(file), file), faults, known=("rules",), needed=("rules",))
    for node in items(top.get("rules"), faults):
        parts = mapping(node, faults, ("id", "words"), ("id",))
        name, words = text_of(parts.get("id"), faults), texts(parts.get("words"), faults)
    faults.settle()   # raises PackError with all of them

No tags, anchors or objects are taken from the file: every scalar is a string, `no` and `1.0` too.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import yaml

from corpus_search.errors import PackError

BIGGEST = 4_000_000  # characters of one pack
_BRACKET = re.compile(r"[\[\]{}]")
_DASHES = re.compile(r"(?:[-?:][ \t]{1,8}){60}")
DEEPEST = 30  # mappings and lists within each other


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a YAML file: a string, a list of nodes or a mapping of nodes, with its line (from 1)."""

    line: int
    value: str | tuple[Node, ...] | dict[str, Node] | None


@dataclass(slots=True)
class Faults:
    """What is wrong with a file, collected; `settle` raises it all at once."""

    file: str
    lines: list[tuple[int, str]] = field(default_factory=list)

    def add(self, node: Node | int, message: str) -> None:
        """Note a fault at a node, or line."""
        self.lines.append((node if isinstance(node, int) else node.line, message))

    def settle(self) -> None:
        """Raise PackError with every fault as file:line: message."""
        if self.lines:
            raise PackError("\n".join(f"{self.file}:{line}: {message}" for line, message in sorted(self.lines)))


def read_text(file: Path) -> str:
    """The text of a person's file, a byte order mark left out.

    Raises:
        PackError: it can't be read, or is no UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PackError(f"{file}:1: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise PackError(f"{file}:{line}: not UTF-8; save it as UTF-8 and try again") from error


def built_in(name: str) -> str:
    """The text of a pack or table that comes with the program."""
    return resources.files("corpus_search.packs").joinpath("data", name).read_text(encoding="utf-8")


def load_yaml(text: str, file: Path | str) -> Node:
    """The document of a YAML file as nodes. Anchors and tags are not taken; a key twice is a fault.

    Raises:
        PackError: it is no YAML, or too long.
    """
    if len(text) > BIGGEST:
        raise PackError(f"{file}:1: the pack is longer than {BIGGEST:,} characters; split it")
    if (line := _too_deep(text)) is not None:
        raise PackError(f"{file}:{line}: nested too deeply")
    try:
        top = yaml.compose(text, Loader=yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise PackError(f"{file}:{mark.line + 1 if mark else 1}: not YAML: {problem}") from error
    faults = Faults(str(file))
    node = Node(1, {}) if top is None else _node(top, faults, 0, set())
    faults.settle()
    return node


def _too_deep(text: str) -> int | None:
    """The line where brackets or dashes nest so deeply that the parser, written in C, would run out of stack."""
    if (dashes := _DASHES.search(text)) is not None:
        return text.count("\n", 0, dashes.start()) + 1
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket.group() in "[{" else max(0, depth - 1)
        if depth > 10 * DEEPEST:
            return text.count("\n", 0, bracket.start()) + 1
    return None


def _node(raw: yaml.Node, faults: Faults, depth: int, seen: set[int]) -> Node:
    line = raw.start_mark.line + 1
    if depth > DEEPEST:
        faults.add(line, "nested too deeply")
        return Node(line, None)
    if id(raw) in seen:  # an alias may stand for a thousand copies of itself
        faults.add(line, "anchors (&name, *name) are not taken; write it out")
        return Node(line, None)
    seen.add(id(raw))
    if isinstance(raw, yaml.ScalarNode):
        empty = raw.tag == "tag:yaml.org,2002:null"
        return Node(line, None if empty else raw.value)
    if isinstance(raw, yaml.SequenceNode):
        return Node(line, tuple(_node(item, faults, depth + 1, seen) for item in raw.value))
    found: dict[str, Node] = {}
    for key, value in raw.value:
        name = str(key.value)
        if name in found:
            faults.add(key.start_mark.line + 1, f"{name!r} stands twice")
        found[name] = _node(value, faults, depth + 1, seen)
    return Node(line, found)


def mapping(
    node: Node, faults: Faults, known: Iterable[str] | None = None, needed: Iterable[str] = ()
) -> dict[str, Node]:
    """The node as a mapping, its keys among those known, those needed there; what is not so is a fault."""
    if not isinstance(node.value, dict):
        faults.add(node, "this should be a mapping (key: value)")
        return {}
    if known is not None:
        names = list(known)
        for key, value in node.value.items():
            if key not in names:
                near = difflib.get_close_matches(key, names, 1, 0.5)
                hint = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(names)}"
                faults.add(value, f"unknown key {key!r}; {hint}")
    for key in needed:
        if key not in node.value:
            faults.add(node, f"{key!r} is missing")
    return node.value


def items(node: Node | None, faults: Faults) -> Iterator[Node]:
    """The items of a list; a single value counts as a list of one; nothing as an empty one."""
    if node is None or node.value is None:
        return
    if isinstance(node.value, tuple):
        yield from node.value
    else:
        yield node


def text_of(node: Node | None, faults: Faults, default: str = "") -> str:
    """The node as a string."""
    if node is None or node.value is None:
        return default
    if not isinstance(node.value, str):
        faults.add(node, "this should be a text")
        return default
    return node.value


def texts(node: Node | None, faults: Faults) -> tuple[str, ...]:
    """The node as a list of strings."""
    return tuple(text_of(item, faults) for item in items(node, faults))
