"""Persons as hasty mail names them: "ORTEGA, Luis", "Marco Tulio Xol Caal", "your guy Medrano", "Tapia - out at 6".

What is no person of the matter is left out: those who write and whom they address, officers by their rank, places by
the words around them, words that only begin a sentence. The recogniser is by shape and neighbourhood, not by lists of
names: names of people from anywhere must be found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus_search.patterns.name_shapes import (
    ALIAS_BEFORE,
    CORNER_BEFORE,
    FROM_BEFORE,
    NO_SURNAME,
    NUMBER_BEFORE,
    PLACE_AFTER,
    PLACE_BEFORE,
    RANK,
    ROW,
    ROWS,
    SENTENCE_BEFORE,
    SEVERAL,
    SINGLE,
    SMALL_WORDS,
    STREET_BEFORE,
    TITLE_BEFORE,
    TOWN_BEFORE,
    TOWN_WORDS,
    WORD_OF_NAME,
)

LONGEST = 20_000  # characters of a text that are looked through
MOST_NAMES = 500  # different names of one text that are compared: a bound on hostile texts


@dataclass(frozen=True, slots=True)
class Named:
    """A person as written, where, and whether more than a surname is given."""

    start: int
    text: str
    full: bool


def persons_in(text: str, others: Collection[str], common: Collection[str]) -> list[Named]:
    """The persons named in a text, in its order.

    `others` and `common` are words in lower case: of the names of those who write, and words that are no names.
    """
    text = text[:LONGEST]
    lower = set(re.findall(r"\b[a-zà-ÿ]{3,}\b", text))
    found: dict[int, Named] = {}
    rows = dict(_rows(text))
    for start, name in (*rows.items(), *_candidates(text)):
        kept = _kept(text, start, name, others, common, lower, listed=start in rows)
        if kept is not None:
            earlier = found.get(kept.start)
            if earlier is None or len(earlier.text) < len(kept.text):
                found[kept.start] = kept
    return _longest(sorted(found.values(), key=lambda one: one.start))


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    for shape in SINGLE:
        for met in shape.finditer(text):
            at = met.lastindex or 1
            yield met.start(at), met.group(at)
    for shape in SEVERAL:
        for met in shape.finditer(text):
            for part in WORD_OF_NAME.finditer(met.group(1)):
                yield met.start(1) + part.start(), part.group()


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """Names in a list that has a line for each."""
    for rows in ROWS.finditer(text):
        for row in ROW.finditer(text, rows.start(), rows.end()):
            yield row.start(1), row.group(1)


def _kept(
    text: str,
    start: int,
    name: str,
    others: Collection[str],
    common: Collection[str],
    lower: Collection[str],
    *,
    listed: bool,
) -> Named | None:
    """The candidate without words around it that are none of the name; None where nothing of it is a person.

    One that is `listed` with others is meant as much as one that is named in full.
    """
    words = name.split(" ")
    if name.islower():
        lower = frozenset()  # where a name is written small, that its words stand small tells nothing
    while words and _no_name(words[0], common, lower, _begins(text, start)):
        if len(words) > 1 and words[0].casefold() in TOWN_WORDS and words[0][0].isupper() and "," not in name:
            return None
        start += len(words[0]) + 1
        words = words[1:]
    while words and _no_name(words[-1], common, lower, False) and not _short_surname(words):
        words = words[:-1]
    name = re.sub(r"['’]s$", "", " ".join(words).rstrip(",'’"))
    least = 2 if TITLE_BEFORE.search(text[max(0, start - 6) : start]) else 4 if name.isupper() else 3
    inner = [word for word in words[: -1 if _short_surname(words) else None] if word not in SMALL_WORDS]
    if len(name) < least or any(_no_name(word, common, frozenset(), False) for word in inner):
        return None
    parts = {part.casefold() for part in re.findall(r"[^\W\d_]{2,}", name)}
    full = sum(len(word.strip(".,")) > 1 for word in words) > 1
    if not parts or parts & set(others):
        return None
    if listed:
        return Named(start, name, True)
    if _is_elsewhere(text, start, name, full):
        return None
    if not full and _begins(text, start) and name.casefold() in lower:
        return None
    return Named(start, name, full)


def _is_elsewhere(text: str, start: int, name: str, full: bool) -> bool:
    """Whether the words around tell an officer by his rank, a place, an alias or a signature."""
    before, after = text[max(0, start - 40) : start], text[start + len(name) : start + len(name) + 14]
    if RANK.search(before) or PLACE_AFTER.match(after) or NUMBER_BEFORE.search(before) or TOWN_BEFORE.search(before):
        return True
    if STREET_BEFORE.search(before) or CORNER_BEFORE.search(before):
        return True
    place = FROM_BEFORE if full else PLACE_BEFORE
    return bool(ALIAS_BEFORE.search(before) or place.search(before)) or _signs(text, start, name)


def _no_name(word: str, common: Collection[str], lower: Collection[str], begins: bool) -> bool:
    bare = re.sub(r"['’]s$", "", word.strip(".,;:'’")).casefold()
    return (
        bare in common
        or (len(bare) > 2 and bare in lower)
        or (begins and bare.endswith(("ing", "ed")) and len(bare) > 4)
    )


def _short_surname(words: Sequence[str]) -> bool:
    """Whether the last word, which may be a small one elsewhere, is written as a surname: "Selvin Us"."""
    if len(words) < 2 or not words[-2].istitle() or NO_SURNAME.fullmatch(words[-1]):
        return False
    return re.fullmatch("[A-ZÀ-Ý][a-zà-ÿ]", words[-1]) is not None


def _begins(text: str, start: int) -> bool:
    return SENTENCE_BEFORE.search(text[max(0, start - 6) : start]) is not None or start == 0


def _signs(text: str, start: int, name: str) -> bool:
    """Whether the name stands alone on one of the last lines: a signature that no zone was given for."""
    if "," in name:
        return False
    begin, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    line = text[begin : end if end >= 0 else len(text)].strip(" -–~\t")
    return line.rstrip(".") == name.rstrip(".") and text[start:].strip().count("\n") < 3 and begin > 0


def _longest(found: list[Named]) -> list[Named]:
    """Without those that only repeat a part of a longer one, or the same."""
    first: dict[frozenset[str], Named] = {}
    for one in found:
        first.setdefault(_parts(one.text), one)
    known = dict(list(first.items())[:MOST_NAMES])
    return [one for parts, one in known.items() if not any(parts < other for other in known)]


def _parts(name: str) -> frozenset[str]:
    return frozenset(part.casefold() for part in re.findall(r"[^\W\d_]+", name))
