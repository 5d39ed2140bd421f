"""How printed and quoted mail looks, as data: labels, lines over quotes, banners, disclaimers, codes of exemption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from corpus_search.packs.yaml_lines import Faults, Node, items, load_yaml, mapping, texts

FIELDS: Final = ("from", "sent", "to", "cc", "bcc", "subject", "attachments", "message_id", "other")
_LISTS: Final = (
    "weak", "separators", "announcements", "banners", "disclaimers", "disclaimer_words", "sign_offs", "devices",
    "exemptions", "redaction_words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintOutPack:
    """`labels`: the field by its label in lower case without blanks; the rest as the pack's own comments say."""

    labels: Mapping[str, str]
    weak: frozenset[str]
    separators: tuple[str, ...]
    announcements: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    banners: tuple[str, ...]
    disclaimers: tuple[str, ...]
    disclaimer_words: tuple[str, ...]
    sign_offs: frozenset[str]
    devices: tuple[str, ...]
    exemptions: tuple[str, ...]
    redaction_words: tuple[str, ...]


def squeezed(label: str) -> str:
    """A label as it is looked up: lower case, no blanks."""
    return "".join(label.casefold().split())


@lru_cache(maxsize=1)
def load_print_outs() -> PrintOutPack:
    """The built-in pack.

    Raises:
        PackError: every fault of it, as file:line.
    """
    text = resources.files("corpus_search.packs").joinpath("data", "print_outs.yaml").read_text(encoding="utf-8")
    return read_print_outs(text, "print_outs.yaml")


def read_print_outs(text: str, file: str) -> PrintOutPack:
    """A pack of what print-outs look like.

    Raises:
        PackError: every fault of it, as file:line.
    """
    faults = Faults(file)
    keys = ("labels", "introductions", *_LISTS)
    top = mapping(load_yaml(text, file), faults, keys, keys)
    found = {name: texts(top.get(name), faults) for name in _LISTS}
    labels = _labels(top.get("labels"), faults)
    begins, ends = _introductions(top.get("introductions"), faults)
    faults.settle()
    return PrintOutPack(
        labels=labels,
        weak=frozenset(squeezed(label) for label in found["weak"]),
        separators=found["separators"],
        announcements=found["announcements"],
        begins=begins,
        ends=ends,
        banners=found["banners"],
        disclaimers=found["disclaimers"],
        disclaimer_words=tuple(word.casefold() for word in found["disclaimer_words"]),
        sign_offs=frozenset(word.casefold() for word in found["sign_offs"]),
        devices=found["devices"],
        exemptions=found["exemptions"],
        redaction_words=found["redaction_words"],
    )


def _labels(node: Node | None, faults: Faults) -> dict[str, str]:
    if node is None:
        return {}
    groups = mapping(node, faults, FIELDS, ("from", "sent", "to", "subject"))
    return {squeezed(label): name for name, group in groups.items() for label in texts(group, faults)}


def _introductions(node: Node | None, faults: Faults) -> tuple[tuple[str, ...], tuple[str, ...]]:
    begins: list[str] = []
    ends: list[str] = []
    for one in items(node, faults):
        made = mapping(one, faults, ("begins", "ends"), ("begins", "ends"))
        begins += texts(made.get("begins"), faults)
        ends += texts(made.get("ends"), faults)
    return tuple(begins), tuple(ends)
