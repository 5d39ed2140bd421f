"""What the wording of a whole conversation tells of patterns: weights of words, learnt from labelled conversations.

The file is made by `benchmarks/patterns/learn.py`. A line is a word and what it tells for each pattern against ordinary
mail: whole numbers, in hundredths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from corpus_search.errors import PackError
from corpus_search.packs.yaml_lines import built_in

FILE = "patterns/wording.tsv"


@dataclass(frozen=True, slots=True)
class Wording:
    """Weights by word, one for each pattern of `columns`; without words it tells nothing."""

    columns: tuple[str, ...] = ()
    weights: Mapping[str, tuple[float, ...]] = field(default_factory=lambda: MappingProxyType({}))


def load_wording() -> Wording:
    """The built-in weights.

    Raises:
        PackError: a line that is not as long as the first, or holds no numbers.
    """
    head, *lines = built_in(FILE).splitlines()
    columns = tuple(head.split("\t")[1:])
    weights = {}
    for number, line in enumerate(lines, 2):
        word, *values = line.split("\t")
        try:
            weights[word] = tuple(int(value or 0) / 100 for value in values)
        except ValueError:
            raise PackError(f"{FILE}:{number}: a weight that is no whole number") from None
        if len(values) != len(columns):
            raise PackError(f"{FILE}:{number}: {len(values)} weights, and there are {len(columns)} columns")
    return Wording(columns, MappingProxyType(weights))
