"""What words tell of the acts of look-ups where they stand: weights learnt from labelled sentences.

The file is made by `benchmarks/tagging/learn.py`. A line is a sign (see `corpus_search.tagging.lookups.reading`) and
what it tells for each act against none: whole numbers, in hundredths. The line `heads` holds no weights but the words
that acts are made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from types import MappingProxyType
from typing import Final

from corpus_search.errors import PackError

FILE: Final = "lookups_reading.tsv"
HEAD: Final = ("sign", "request", "perform", "result")
Weights = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """Weights by sign, and the words that acts are made of; without any it tells nothing."""

    weights: Mapping[str, Weights] = field(default_factory=lambda: MappingProxyType({}))
    heads: frozenset[str] = frozenset()


def load_reading() -> Reading:
    """The built-in weights; none where the file was taken out.

    Raises:
        PackError: a line that is not as long as the first, or holds no numbers.
    """
    file = resources.files("corpus_search.packs").joinpath("data", FILE)
    if not file.is_file():
        return Reading()
    return read_reading(file.read_text(encoding="utf-8"))


def read_reading(text: str) -> Reading:
    """The weights of a file's text.

    Raises:
        PackError: see `load_reading`.
    """
    lines = text.splitlines()
    if tuple(lines[0].split("\t")) != HEAD:
        raise PackError(f"{FILE}:1: the first line is not {' '.join(HEAD)}")
    weights: dict[str, Weights] = {}
    heads: frozenset[str] = frozenset()
    for number, line in enumerate(lines[1:], 2):
        sign, *values = line.split("\t")
        if sign == "heads":
            heads = frozenset(" ".join(values).split())
            continue
        if len(values) != len(HEAD) - 1:
            raise PackError(f"{FILE}:{number}: {len(values)} weights, and there are {len(HEAD) - 1} acts")
        try:
            request, perform, result = (int(value or 0) / 100 for value in values)
        except ValueError:
            raise PackError(f"{FILE}:{number}: a weight that is no whole number") from None
        weights[sign] = (request, perform, result)
    return Reading(MappingProxyType(weights), heads)
