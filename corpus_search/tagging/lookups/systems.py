"""Systems of records named in a passage; a name that is also an ordinary word only in company that shows the system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from corpus_search.packs.agency_pack import Doubtful
from corpus_search.packs.lookup_pack import System
from corpus_search.tagging.found import Missed
from corpus_search.tagging.wording import words_of

REACH: Final = 100  # characters on either side in which a word must vouch for a doubtful name


@dataclass(frozen=True, slots=True)
class Named:
    """A system named in a passage."""

    start: int
    end: int
    value: str
    written: str


class SystemNames:
    """Finds systems by their names."""

    def __init__(self, systems: Sequence[System]) -> None:
        self._known: dict[str, list[tuple[System, Doubtful | None]]] = {}
        plain: list[str] = []
        exact: list[str] = []
        for system in systems:
            for name in system.names:
                self._known.setdefault(name.lower(), []).append((system, None))
                plain.append(name)
            for text in system.exact:
                self._known.setdefault(text, []).append((system, None))
                exact.append(text)
            for doubtful in system.doubtful:
                self._known.setdefault(doubtful.text, []).append((system, doubtful))
                exact.append(doubtful.text)
        self._named = re.compile(
            rf"(?<![\w@./-])(?:(?P<exact>{_either(exact)})|(?i:(?P<plain>{_either(plain)})))(?!\w|@|-\w|[./]\w)"
            rf"|(?<=/)(?P<behind>{_either(exact)})(?!\w|@|[./-]\w)|(?<![\w@./-])(?P<ahead>{_either(exact)})(?=/[A-Z]{{2}})",
            re.ASCII,
        )
        self.keys: Final = frozenset(word for name in (*plain, *exact) if (word := _longest_word(name)))

    def may_hold(self, words: frozenset[str]) -> bool:
        """False only where no system is named: none of the words of their names is there."""
        return not self.keys.isdisjoint(words)

    def find(self, text: str, missed: list[Missed], plates: Sequence[tuple[int, int]] = ()) -> Iterator[Named]:
        """Each system named; what only looks like one goes to `missed`. A plate near a doubtful name vouches for it."""
        for found in self._named.finditer(text):
            start, end = found.span()
            written = " ".join(found[0].split())
            known = self._known.get(written) or self._known.get(written.lower()) or []
            reason = ""
            for system, doubtful in known:
                reason = _doubt(doubtful, text, start, end, plates) if doubtful is not None else ""
                if not reason:
                    yield Named(start, end, system.value, found[0])
                    break
            else:
                missed.append(Missed("lookup", start, end, reason))


def _either(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered) or "(?!)"


def _longest_word(name: str) -> str:
    return max(words_of(name), key=len, default="")


@cache
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words) or "(?!)", re.IGNORECASE)


def _doubt(doubtful: Doubtful, text: str, start: int, end: int, plates: Sequence[tuple[int, int]]) -> str:
    """Why a doubtful name is not the system here; empty where it is."""
    low, high = max(0, start - REACH), end + REACH
    if doubtful.unless and (against := _any_word(doubtful.unless).search(text[low:high])):
        return f"“{text[start:end]}” beside “{against[0]}” is something else"
    if any(first - REACH <= end and start <= last + REACH for first, last in plates) and doubtful.text.isupper():
        return ""
    around = f"{text[low:start]}\0{text[end:high]}"
    # "in X", "through X", "per X": used as a place where one looks.
    if doubtful.near and _any_word(doubtful.near).search(around) is None and not _USED.search(text[low:start]):
        return f"“{text[start:end]}” without a word near it that shows the system"
    return ""


_USED: Final = re.compile(
    r"\b(?:(?i:ran|run|check|checked|look|looked|search|searched|query|queried|hit|hits|printout|pull|pulled|throw|put|plug|these|reads)\b[^.\n]{0,40})\b(?i:in|thru|through|via|per|from|on)\s\Z"
)
