"""Words of agencies' names as they should be spelt: OCR damage and slips of one letter mended, possessives bared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain

SHORTEST_SHAPED = 5  # letters: a shorter word is not mended by its shape
RARE = 3  # times that a word stands in the lists, at most, for it to be taken for a slip …
MORE = 4  # … of a word that stands there so many times as often
SHORTEST_SLIPPED = 8  # letters: a shorter word is not mended by one letter
_INITIALS = re.compile(r"(?=.*[A-Z].*[A-Z])(?=.*[0158l|])[A-Z0158l|]{3,5}\Z")
_DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]?\Z")
_TO_CAPITALS = str.maketrans("0158l|", "OISBII")
_SHAPE = str.maketrans({"0": "o", "5": "s", "1": "l", "|": "l", "!": "l", "i": "l", "j": "l"})


def bare(text: str) -> str:
    """A token in lower case without outer apostrophes, initials without full stops: "’s" is "s", "P.D." is "pd"."""
    word = text.lower().replace("’", "'").replace("`", "'").replace("´", "'").strip("'") or text
    return word.replace(".", "") if _DOTTED.match(word) else word


def mended_initials(text: str) -> str:
    """Initials with the digits that OCR reads for letters turned back ("ER0" → "ERO"); others as they are."""
    return text.translate(_TO_CAPITALS) if _INITIALS.match(text) else text


class Speller:
    """Mends words towards a vocabulary, given with repetitions. A word of the vocabulary is never changed.

    A rare word that is one slip from a frequent one is itself a slip of the lists: it is no word of the vocabulary.
    `misspelt`: slips that people make in words too short to be mended by one letter, with the word that is meant.
    """

    def __init__(self, vocabulary: Iterable[str], misspelt: Mapping[str, str] | None = None) -> None:
        self._misspelt = dict(misspelt or {})
        counts = Counter(vocabulary)
        self._words = frozenset(word for word in counts if not _slip_of_frequent(word, counts))
        self._shapes = {shape(word): word for word in sorted(self._words) if len(word) >= SHORTEST_SHAPED}
        self._cuts: dict[str, str] = {}
        for word in sorted(self._words):
            if len(word) >= SHORTEST_SLIPPED - 1:
                for cut in _cuts(shape(word)):
                    self._cuts.setdefault(cut, word)
        self.mend = lru_cache(maxsize=20_000)(self._mend)

    def _mend(self, text: str) -> str:
        """The word that a token stands for, in lower case; the token itself in lower case where it is none."""
        word = self._misspelt.get(found := bare(text), found)
        if len(word) < SHORTEST_SHAPED or word in self._words or not word[0].isalnum():
            return word
        form = shape(word)
        if (same := self._shapes.get(form)) is not None:
            return same
        if len(word) < SHORTEST_SLIPPED:
            return word
        for cut in _cuts(form):
            near = self._cuts.get(cut)
            if near is not None and near[0] == word[0] and abs(len(near) - len(word)) <= 1:
                return _as_plural(word, near)
        return word


def _slip_of_frequent(word: str, counts: Counter[str]) -> bool:
    """Whether a word with one letter too few, too many or doubled is a rare twin of a frequent word."""
    if len(word) < SHORTEST_SLIPPED or counts[word] > RARE:
        return False
    doubled = (word[:at] + word[at] + word[at:] for at in range(len(word)))
    added = (word[:at] + letter + word[at:] for at in range(1, len(word)) for letter in "rnlsteaio")
    return any(
        counts[other] >= MORE * counts[word]
        for other in chain(list(_cuts(word))[1:], doubled, added)
        if other != word + "s" and word != other + "s" and other in counts
    )


def shape(word: str) -> str:
    """Letters that OCR takes for each other made one: rn and m, vv and w, i, l and 1, o and 0, s and 5."""
    return word.replace("rn", "m").replace("vv", "w").translate(_SHAPE)


def _as_plural(word: str, near: str) -> str:
    """A word that differs by a last s only is another form, not a slip."""
    return word if word in (near + "s", near + "d", near + "r") or near == word + "s" else near


def _cuts(word: str) -> Iterator[str]:
    """The word, and the word with any one letter left out: two words one slip apart share one of these."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
