"""How mail looks in print, as data: labels of header fields, announcements of quoted mail, notices, farewells."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from corpus_search.packs.yaml_lines import Faults, Node, load_yaml, mapping, texts

FILE: Final = "print_outs_layouts.yaml"
SUBDIVISIONS: Final = r"(?: ?\([0-9A-Za-z]{1,5}\)){0,5}"
TOP_KEYS: Final = (
    *(
        "labels",
        "ocr_labels",
        "separators",
        "wrote",
        "on",
        "banners",
        "disclaimers",
        "devices",
        "farewells",
        "stamps",
        "codes",
        "code_words",
        "months",
        "weekdays",
    ),
)
FIELDS: Final = ("from", "date", "late", "to", "cc", "bcc", "subject", "attachments", "other", "meeting", "body")


@dataclass(frozen=True, slots=True)
class PrintedPack:
    """What programs print around mail. Labels and words are folded (see `fold`); the rest is regular expressions.

    `labels` maps a folded label to the fields that it may mean, each with the languages in which it does; `glued` are
    labels as written, by which fields are known that stand on one line.
    """

    labels: Mapping[str, Mapping[str, frozenset[str]]]
    glued: frozenset[str]
    ocr_labels: Mapping[str, str]
    separators: frozenset[str]
    wrote: tuple[str, ...]
    on: tuple[str, ...]
    banners: tuple[str, ...]
    disclaimers: tuple[str, ...]
    devices: tuple[str, ...]
    farewells: frozenset[str]
    stamps: tuple[str, ...]
    codes: str  # of laws by which something is withheld: one expression for all
    code_words: tuple[str, ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]  # 0: Monday


def fold(text: str) -> str:
    """The text in lower case without accents, and with single blanks: what labels are compared by."""
    text = " ".join(text.casefold().replace("’", "'").split())
    if text.isascii():
        return text
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", plain)


@lru_cache(maxsize=1)
def load_printed() -> PrintedPack:
    """The built-in pack.

    Raises:
        PackError: every fault of it, as file:line.
    """
    return read_printed(resources.files("corpus_search.packs").joinpath("data", FILE).read_text(encoding="utf-8"), FILE)


def read_printed(text: str, file: str) -> PrintedPack:
    """A pack of what is printed around mail.

    Raises:
        PackError: every fault of it, as file:line.
    """
    faults = Faults(file)
    top = mapping(load_yaml(text, file), faults, TOP_KEYS, ("labels", "separators", "wrote"))
    labels = _labels(top["labels"], faults) if "labels" in top else {}
    damaged = mapping(top["ocr_labels"], faults, FIELDS) if "ocr_labels" in top else {}
    pack = PrintedPack(
        labels,
        _glued(top["labels"], faults) if "labels" in top else frozenset(),
        {fold(word): field for field, node in damaged.items() for word in texts(node, faults)},
        frozenset(fold(one) for one in texts(top.get("separators"), faults)),
        tuple(fold(one) for one in texts(top.get("wrote"), faults)),
        tuple(fold(one) for one in texts(top.get("on"), faults)),
        texts(top.get("banners"), faults),
        texts(top.get("disclaimers"), faults),
        texts(top.get("devices"), faults),
        frozenset(fold(one) for one in texts(top.get("farewells"), faults)),
        texts(top.get("stamps"), faults),
        "|".join(one.replace("{sub}", SUBDIVISIONS) for one in texts(top.get("codes"), faults)),
        texts(top.get("code_words"), faults),
        _numbered(top["months"], faults, 1, 12) if "months" in top else {},
        _numbered(top["weekdays"], faults, 0, 6) if "weekdays" in top else {},
    )
    faults.settle()
    return pack


def _labels(node: Node, faults: Faults) -> dict[str, dict[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = {}
    for language, fields in mapping(node, faults).items():
        for field, words in mapping(fields, faults, FIELDS).items():
            for word in texts(words, faults):
                meanings = found.setdefault(fold(word), {})
                meanings[field] = meanings.get(field, frozenset()) | {language}
    return found


def _glued(node: Node, faults: Faults) -> frozenset[str]:
    found: set[str] = set()
    for language, fields in mapping(node, faults).items():
        if language not in ("en", "memo"):
            for field, words in mapping(fields, faults, FIELDS).items():
                if field in ("from", "date", "to", "cc", "subject"):
                    found |= {word for word in texts(words, faults) if len(word) > 1}
    return frozenset(found)


def _numbered(node: Node, faults: Faults, first: int, last: int) -> dict[str, int]:
    """Names by number, as numbers by name."""
    numbered = mapping(node, faults, [str(number) for number in range(first, last + 1)])
    return {fold(name): int(number) for number, names in numbered.items() for name in texts(names, faults)}
