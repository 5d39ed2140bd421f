"""What the words of a passage read like, whether or not a phrase of the packs stands there: a second opinion on acts.

Each word that acts are made of is weighed by the signs about it (the words beside it, its clause, what was found near
it, what the packs say of it): a sum of learnt weights for asking, doing and answering, made shares of one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from corpus_search.packs.lookup_reading import HEAD, Reading
from corpus_search.tagging.covering import COVERS

ACTS: Final = HEAD[1:]
CLAUSE: Final = 8  # words of a clause that go before
BESIDE: Final = 2  # words on either side that count by their place
LEFT, RIGHT = 12, 8  # words of the sentence that count on either side, wherever they stand
NEAR: Final = 5  # words within which what was found is near by its distance
FAR: Final = 11  # and as far as it counts at all
_WORD: Final = re.compile(r"0[PSA]0*(?![A-Za-z0-9])|[A-Za-z]+(?:['’][A-Za-z]+)*|[0-9]+(?:[/:.-][0-9]+)*|[^\sA-Za-z0-9]")
_COVERED: Final = {cover: f"<{name}>" for name, cover in COVERS.items()}
_PAUSES: Final = frozenset(",;:()-–—")
_ENDS: Final = frozenset(".!?")
_ENDINGS: Final = ("ings", "ing", "ed", "ies", "es", "s", "ly")
_MODAL_WORDS: Final = """
can could would will cld wld may might should must shall cud cn
"""
_MODAL: Final = frozenset(_MODAL_WORDS.split())
_NOT_WORDS: Final = """
not never no don't doesn't didn't can't won't couldn't haven't hasn't cannot nobody none without isn't wasn't
dont didnt
"""
_NOT: Final = frozenset(_NOT_WORDS.split())
_WHO_WORDS: Final = """
i we you u he she it they ya y'all somebody someone anyone anybody
"""
_WHO: Final = frozenset(_WHO_WORDS.split())
_IF_WORDS: Final = """
if when whether unless until once before after because cause so since who whose what where how why that which
"""
_IF: Final = frozenset(_IF_WORDS.split())
_THINGS: Final = ("<plate>", "<system>")
TOGETHER: Final = 3  # words of one act have so many others between them at most, less one
SHOWN: Final = 4  # signs that are shown
_DULL: Final = frozenset(
    {"bi", "en", "at", "in", "th", "as", "pb", "pc"}
)  # beginnings of signs that tell a reader nothing
_MEANT: Final = {
    "a": "“{}” two before it", "b": "“{}” before it", "w": "“{}”", "c": "“{}” after it", "d": "“{}” two after it",
    "sb": "“{}…” before it", "s": "“{}…”", "sc": "“{}…” after it", "bw": "“{}”", "wc": "“{}”", "ab": "“{}” before it",
    "cd": "“{}” after it", "wr": "“{}”", "begin": "a clause that begins with “{}”", "modal": "may be “{}”",
    "not": "not “{}”", "who": "“{}” who does it", "if": "“{}” before it", "l": "“{}” before it", "r": "“{}” after it",
    "p": "a phrase of {}", "since": "a {} before it", "until": "a {} after it",
}  # fmt: skip
Said = tuple[int, int, str, str]  # of an act by the packs: start, end, act, needs


class Word(NamedTuple):
    """A word, number or mark of a passage; what was found is one word, `<plate>`, `<system>` or `<agency>`."""

    start: int
    end: int
    text: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Read:
    """Words that read like an act, how surely (a share of one), and the word that tells most."""

    start: int
    end: int
    act: str
    share: float
    at: int  # the place of the word that tells most


def words_in(hidden: str) -> list[Word]:
    """The words of a passage in which what was found is covered; a sentence ends at its mark or with its line."""
    words: list[Word] = []
    sentence, ended = 0, False
    for met in _WORD.finditer(hidden):
        text = met[0]
        if text == "\n":
            ended = bool(words)
            continue
        sentence += ended
        words.append(Word(met.start(), met.end(), _plain(text), sentence))
        ended = text in _ENDS
    return words


def _plain(word: str) -> str:
    """A word in lower case, a number by its shape, what was found by its kind."""
    if not "0" <= word[0] <= "9":
        return word.lower().replace("’", "'")
    if word[:2] in _COVERED:
        return _COVERED[word[:2]]
    if ":" in word:
        return "#time"
    if "/" in word or word.count("-") == 2:
        return "#date"
    return f"#{min(6, sum(char.isdigit() for char in word))}"


def stem(word: str) -> str:
    """A word without its ending."""
    if len(word) > 4:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)]
    return word


class Passage:
    """The words of one passage, with what the packs said of them."""

    def __init__(self, hidden: str, said: Sequence[Said]) -> None:
        self.words = words_in(hidden)
        self._texts = [word.text for word in self.words]
        self._said: list[tuple[str, str] | None] = [None] * len(self.words)
        for start, end, act, needs in said:
            for at, word in enumerate(self.words):
                if word.start < end and start < word.end:
                    self._said[at] = act, needs
        self._things = min(3, sum(text in _THINGS for text in self._texts))
        self._asks = {word.sentence for word in self.words if word.text == "?"}
        self._first: dict[int, int] = {}  # where a sentence begins
        for at, word in enumerate(self.words):
            self._first.setdefault(word.sentence, at)

    def said(self, at: int) -> tuple[str, str] | None:
        """The act that the packs see in a word, and what vouches for it."""
        return self._said[at]

    def are_together(self, first: int, other: int) -> bool:
        """Whether two words are so close, in one sentence, that they may be of one act."""
        between = self._texts[first + 1 : other]
        same = self.words[first].sentence == self.words[other].sentence
        return same and len(between) < TOGETHER and not any(text[0] == "<" for text in between)

    def _text(self, at: int, sentence: int) -> str:
        """A word beside another, up to the next sentence."""
        if 0 <= at < len(self.words) and abs(self.words[at].sentence - sentence) <= 1:
            return self._texts[at]
        return "<s>"

    def signs(self, at: int) -> Iterator[str]:
        """What stands about a word, as the names of weights."""
        word, sentence = self._texts[at], self.words[at].sentence
        begin = self._first[sentence]
        w2, w1, r1, r2 = (self._text(at + step, sentence) for step in (-2, -1, 1, 2))
        root = stem(word)
        yield "bias"
        yield from (f"a:{w2}", f"b:{w1}", f"w:{word}", f"c:{r1}", f"d:{r2}")
        yield from (f"sb:{stem(w1)}", f"s:{root}", f"sc:{stem(r1)}")
        yield from (f"bw:{w1} {word}", f"wc:{word} {r1}", f"ab:{w2} {w1}", f"cd:{r1} {r2}", f"wr:{root} {r1}")
        if len(word) > 3 and word[0].isalpha():
            yield f"end:{word[-3:]}"
            yield f"end:{word[-2:]}"
        left = self._texts[max(begin, at - LEFT) : at][::-1]
        yield from self._clause(word, root, left, at - begin)
        for other in left:
            yield f"l:{other}"
        for place in range(at + 1, min(len(self.words), at + 1 + RIGHT)):
            if self.words[place].sentence != sentence:
                break
            yield f"r:{self._texts[place]}"
        yield from self._found(at, root, asks=sentence in self._asks)
        yield from self._packs(at)

    def _clause(self, word: str, root: str, left: Sequence[str], place: int) -> Iterator[str]:
        """How the clause goes before a word."""
        clause: list[str] = []
        for other in left[:CLAUSE]:
            if other in _PAUSES:
                break
            clause.append(other)
        yield f"begin:{clause[-1] if clause and len(clause) < CLAUSE else '-'}"
        yield f"at:{min(4, len(clause))}"
        yield f"in:{min(6, place)}"
        for other in clause[:6]:
            if other in _MODAL:
                yield "modal"
                yield f"modal:{word}"
            if other in _NOT:
                yield "not"
                yield f"not:{word}"
            if other in _WHO:
                yield f"who:{other}"
                yield f"who:{other} {root}"
            if other in _IF:
                yield f"if:{other}"

    def _found(self, at: int, root: str, *, asks: bool) -> Iterator[str]:
        """What was found near a word and in the passage."""
        for name in ("<plate>", "<system>", "<agency>"):
            before = next((step for step in range(1, FAR + 1) if at >= step and self._texts[at - step] == name), 0)
            after = next((step for step, text in enumerate(self._texts[at + 1 : at + 1 + FAR], 1) if text == name), 0)
            yield f"before{name}:{min(before, NEAR)}"
            yield f"after{name}:{min(after, NEAR)}"
        yield f"asks:{asks:d}"
        yield f"asks:{asks:d} {root}"
        yield f"things:{self._things}"
        yield f"things:{self._things} {root}"

    def _packs(self, at: int) -> Iterator[str]:
        """What the packs say of a word and those beside it."""
        for step, name in ((-1, "pb"), (0, "p"), (1, "pc")):
            said = self._said[at + step] if 0 <= at + step < len(self._said) else None
            yield f"{name}:{said[0] if said else '-'}"
            if said:
                yield f"{name}:{said[0]} {said[1]}"
        for act in {said[0] for said in self._said[:at] if said}:
            yield f"since:{act}"
        for act in {said[0] for said in self._said[at + 1 :] if said}:
            yield f"until:{act}"


def shares(signs: Iterable[str], reading: Reading) -> tuple[float, float, float]:
    """How much of one each act has, none having the rest."""
    request = perform = result = 0.0
    for sign in signs:
        weights = reading.weights.get(sign)
        if weights is not None:
            request += weights[0]
            perform += weights[1]
            result += weights[2]
    powers = [math.exp(min(value, 50.0)) for value in (request, perform, result)]
    whole = 1.0 + sum(powers)
    return powers[0] / whole, powers[1] / whole, powers[2] / whole


def weighed(passage: Passage, at: int, reading: Reading) -> bool:
    """Whether a word is one that acts are made of."""
    return passage.said(at) is not None or passage.words[at].text in reading.heads


def read(
    passage: Passage, reading: Reading, where: Callable[[int, int], bool]
) -> dict[int, tuple[float, float, float]]:
    """What each word that is weighed has of each act, by its place; `where`: whether one is, by its start and end."""
    return {
        at: shares(passage.signs(at), reading)
        for at, word in enumerate(passage.words)
        if word.text[0] != "<" and weighed(passage, at, reading) and where(word.start, word.end)
    }


def stretches(passage: Passage, told: Mapping[int, tuple[float, float, float]], least: float) -> list[Read]:
    """The stretches of words that read like one act, as surely as `least` at every word that is weighed."""
    found: list[Read] = []
    last = -1  # the place of the last word
    for at, each in told.items():
        word, share = passage.words[at], sum(each)
        if share < least:
            continue
        act = ACTS[each.index(max(each))]
        if found and found[-1].act == act and passage.are_together(last, at):
            begun = found.pop()
            found.append(
                Read(begun.start, word.end, act, max(begun.share, share), begun.at if begun.share >= share else at)
            )
        else:
            found.append(Read(word.start, word.end, act, share, at))
        last = at
    return found


def telling(signs: Iterable[str], act: str, reading: Reading) -> str:
    """The signs that speak most for an act, readable: "run, “can” before it, a plate after it"."""
    place = ACTS.index(act)
    worth = {sign: reading.weights[sign][place] for sign in signs if sign in reading.weights}
    most = sorted(
        (sign for sign in worth if worth[sign] > 0 and sign[:2] not in _DULL), key=lambda sign: (-worth[sign], sign)
    )
    return ", ".join(dict.fromkeys(_readable(sign) for sign in most[:SHOWN]))


def _readable(sign: str) -> str:
    kind, _, what = sign.partition(":")
    if kind.startswith(("before<", "after<")):
        side, _, thing = kind[:-1].partition("<")
        return f"a {thing} {'after' if side == 'after' else 'before'} it" if what != "0" else f"no {thing} {side} it"
    return _MEANT.get(kind, "{}").format(what)
