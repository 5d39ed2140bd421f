"""Lists of plates: one that is sure vouches for the others that stand beside it with nothing but list marks between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus_search.tagging.plates.rules import PlateRules
from corpus_search.tagging.plates.surroundings import Surroundings
from corpus_search.tagging.plates.weigh import Weighed

_LONGEST_GAP: Final = 60
_WORD: Final = re.compile(r"[A-Za-z']+|[0-9]+(?=[.)])")
_MARKS: Final = re.compile(r"[\sA-Za-z0-9',;:/&•*#.()\-–—|\"+]*")
_GLUE: Final = frozenset(["and", "or", "then", "also", "plus", "not", "from", "all", "both", "both", "another", "too"])
_BULLET: Final = re.compile(r"[ \t>]*(?:[-•*·]|\d{1,3}[.)])?[ \t]*\Z")
HEADING: Final = 400  # characters before a list in which its heading stands


def follow_lists(
    accepted: Sequence[Weighed], weighed: Sequence[Weighed], around: Surroundings, rules: PlateRules, taken: bytearray
) -> list[Weighed]:
    """Candidates that are plates because they stand in a list with one, or alone on lines under a word for plates."""
    lists = _Lists(around, rules, [(one.candidate.start, one.candidate.end) for one in accepted])
    rest = sorted((one for one in weighed if lists.may_follow(one)), key=lambda one: (one.candidate.start, -one.score))
    added: list[Weighed] = []
    for ordered in (rest, rest[::-1]):
        for one in ordered:
            start, end = one.candidate.start, one.candidate.end
            if not any(taken[start:end]) and lists.takes(one):
                taken[start:end] = b"\1" * (end - start)
                lists.spans.append((start, end))
                added.append(one.with_list(rules.weights["listed"]))
    return added


class _Lists:
    def __init__(self, around: Surroundings, rules: PlateRules, spans: list[tuple[int, int]]) -> None:
        self._around, self._rules, self.spans = around, rules, spans
        self._line_starts: dict[int, bool] = {}

    def may_follow(self, one: Weighed) -> bool:
        """Whether a candidate could be an item of a list: a form that is issued, and not ruled out."""
        return (
            one.ruled_out is None
            and one.candidate.form in self._rules.forms
            and one.score + self._rules.weights["listed"] >= self._rules.weights["tag_at"]
        )

    def takes(self, one: Weighed) -> bool:
        start, end = one.candidate.start, one.candidate.end
        for low, high in self.spans[-400:]:
            if high <= start <= high + _LONGEST_GAP and self._is_gap(high, start):
                return True
            if end <= low <= end + _LONGEST_GAP and self._is_gap(end, low):
                return True
        return self._begins_line(start) and (self._line_beside(start, end) or self._under_heading(start, end))

    def _is_gap(self, start: int, end: int) -> bool:
        """Whether only marks, short words, states and colours or makes of vehicles stand between two plates."""
        gap = self._around.text[start:end]
        if not _MARKS.fullmatch(gap) or gap.count("\n") > 2:
            return False
        return all(self._is_glue(word, start) for word in _WORD.findall(gap))

    def _is_glue(self, word: str, start: int) -> bool:
        if word.isdigit() or word.lower() in _GLUE or self._rules.states.named(word):
            return True
        return any(
            word.lower() in self._around.text[hit.start : hit.end].lower()
            for name in ("vehicle", "colour", "plate")
            if (hit := self._around.first_after(name, start)) is not None
        )

    def _begins_line(self, start: int) -> bool:
        text = self._around.text
        return _BULLET.match(text, text.rfind("\n", 0, start) + 1, start) is not None

    def _line_beside(self, start: int, end: int) -> bool:
        """Whether the line before or the line after begins with a plate too."""
        text = self._around.text
        here = text.rfind("\n", 0, start) + 1
        above = text.rfind("\n", 0, max(0, here - 1)) + 1
        below = text.find("\n", end) + 1
        return any(
            self._begins_line(low) and (above <= low < here or (below and below <= low and "\n" not in text[below:low]))
            for low, _ in self.spans[-400:]
        )

    def _under_heading(self, start: int, end: int) -> bool:
        """Whether it stands alone on its line, and a word for plates goes before, not more than 400 characters away."""
        text = self._around.text
        stop = text.find("\n", end)
        rest = text[end : stop if stop >= 0 else len(text)]
        alone = (
            _MARKS.fullmatch(rest) and all(self._is_glue(word, end) for word in _WORD.findall(rest)) and len(rest) < 60
        )
        return bool(alone) and any(
            hit.name == "plate_word" and start - HEADING <= hit.end <= start for hit in self._around.hits("plate")
        )


def share_state(accepted: Sequence[Weighed], text: str) -> Iterator[str | None]:
    """The group of each plate's state: its own, else that said of the whole list ("all CA") behind its last plate."""
    for place, one in enumerate(accepted):
        if one.state is not None:
            yield one.state.jurisdiction.group
            continue
        last = one
        said: str | None = None
        for other in accepted[place + 1 : place + 40]:
            if (
                other.candidate.start - last.candidate.end > _LONGEST_GAP
                or "\n\n" in text[last.candidate.end : other.candidate.start]
            ):
                break
            last = other
            if other.state is not None:
                said = other.state.jurisdiction.group if other.state.all else None
                break
        yield said
