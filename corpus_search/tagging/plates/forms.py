"""What a plate can look like: its form, and the serials that each state issues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_FORM: Final = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "9" * 10 + "A" * 26)
_BETWEEN: Final = re.compile(r"[^A-Z0-9?]+")
_MOST_REPAIRS: Final = 2  # characters that reading by machine may have changed in one plate


def normalise(written: str) -> str:
    """The plate as it is stored and searched: upper case, no blanks, hyphens, dots; each unknown character as ?."""
    return _BETWEEN.sub("", re.sub(r"[*_#]", "?", written).upper())


def form_of(value: str) -> str:
    """The plate with each digit as 9 and each letter as A (7ABC123: 9AAA999)."""
    return value.translate(_FORM)


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A state, province or country that issues plates: its tag group, how it is written, its serials.

    `firm` holds the serials whose form is exact, `any_serial` those too of which only the outline is known.
    """

    group: str
    name: str
    written: tuple[str, ...]
    firm: re.Pattern[str]
    any_serial: re.Pattern[str]

    def issues(self, value: str) -> bool:
        """Whether one of its serials has this form."""
        return self.any_serial.fullmatch(value) is not None

    def issues_firmly(self, value: str) -> bool:
        """Whether one of its exact serials has this form."""
        return self.firm.fullmatch(value) is not None


def repaired(value: str, twins: Mapping[str, str], fits: re.Pattern[str]) -> str | None:
    """The one plate that fits and that reading by machine may have turned into `value`; None where two would fit.

    Fewest changes first: a plate one character away wins over plates two characters away.
    """
    for changes in range(1, _MOST_REPAIRS + 1):
        fitting = {other for other in _changed(value, twins, changes, 0) if fits.fullmatch(other)}
        if fitting:
            return fitting.pop() if len(fitting) == 1 else None
    return None


def _changed(value: str, twins: Mapping[str, str], changes: int, first: int) -> Iterator[str]:
    if not changes:
        yield value
        return
    for place in range(first, len(value)):
        twin = twins.get(value[place])
        if twin is not None:
            yield from _changed(value[:place] + twin + value[place + 1 :], twins, changes - 1, place + 1)
