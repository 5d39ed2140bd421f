"""Whether a tag is the one that `kind:value` asks for: by value, group, text, first letters; plates by pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus_search.model import Tag
from corpus_search.query.words import fold, squeeze

# Characters that OCR and hasty eyes take for one another (domain reference: plates/writing).
_TWINS = str.maketrans(
    {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2", "G": "6", "T": "7"}
)
SMALL_WORDS = frozenset({"of", "and", "the", "for", "to", "in"})


def tag_meets(tag: Tag, value: str, twins: bool = False) -> bool:
    """Whether the tag meets the value asked for; "*" is any."""
    if value == "*":
        return True
    if tag.kind == "plate":
        return plate_meets(tag.value, tag.groups, value, twins)
    return names_meet(tag.value, tag.groups, value) or fold(value) == fold(tag.text) or fold(value) == fold(tag.by)


def plate_meets(plate: str | None, groups: Iterable[str], value: str, twins: bool = False) -> bool:
    """Whether a plate is the one asked for: `?` is any one character (on either side), `*` any number."""
    if fold(value) in groups:
        return True
    if plate is None:
        return False
    asked = re.sub(r"[^A-Z0-9?*]", "", value.upper())
    found = plate
    if twins:
        asked, found = asked.translate(_TWINS), plate.translate(_TWINS)
    if "?" not in asked and "*" not in asked and "?" not in found:
        return asked == found
    return _plate_shape(asked).fullmatch(found) is not None


@lru_cache(maxsize=256)
def _plate_shape(asked: str) -> re.Pattern[str]:
    out = []
    for char in re.sub(r"\*+", "*", asked):
        if char == "*":
            out.append(".*")
        else:
            out.append("." if char == "?" else f"[{char}?]")
    return re.compile("".join(out))


@lru_cache(maxsize=50_000)
def _names_of(value: str) -> tuple[str, str, str]:
    """A name folded, its first letters, and it squeezed."""
    words = [word for word in re.findall(r"\w+", fold(value)) if word not in SMALL_WORDS and word != "s"]
    return fold(value), "".join(word[0] for word in words), squeeze(value)


def names_meet(name: str | None, groups: Iterable[str], value: str) -> bool:
    """Whether a name or one of its groups is the one asked for, by name, first letters, or pattern with `*`."""
    asked = fold(value)
    if asked in groups:
        return True
    if name is None:
        return False
    folded, initials, squeezed = _names_of(name)
    if "*" in asked:
        return re.fullmatch(".*".join(map(re.escape, re.split(r"\*+", asked))), folded) is not None
    return asked in (folded, initials) or squeeze(value) == squeezed
