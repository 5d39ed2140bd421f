"""The form of a conversation, whatever it is about: who asks, answers, tells, takes up, refuses, admits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corpus_search.model import Span
from corpus_search.packs.pattern_pack import Grade, PatternPack
from corpus_search.patterns.bearing import says_nothing
from corpus_search.patterns.dense import narrowed
from corpus_search.patterns.hearing import Heard, hear, may_follow, worth
from corpus_search.patterns.sides import Turn, goes
from corpus_search.patterns.subjects import names_somebody, words_of_people
from corpus_search.patterns.wording import read

ANSWER_WITHIN = 30.0  # days from a request to its answer, or from a tip to its being taken up
SHORT_REPLY = 500  # characters of a reply that may be a refusal in words that nobody listed
SHORT = 90  # characters of a message that only says that somebody called
LONGEST_NOTE = 2_000  # characters of a message whose side is not known, and yet may be a finding
AGAINST_WITHIN = 30.0  # days around a message in which others can speak against it

NOBODY = "nobody"  # what speaks against a pattern only where it holds of every message

Began = Literal["asked", "unasked", "inside", "among themselves", "unknown"]
Part = tuple[str, int]  # the role that a message plays, and its position in the conversation


@dataclass(frozen=True, slots=True)
class Form:
    """What a conversation amounts to: a grade, and the messages by which it does, oldest first."""

    grade: Grade
    parts: tuple[Part, ...]
    began: Began


class Exchange:
    """Asks each form of the pack of each message of a conversation, at most once."""

    def __init__(self, turns: Sequence[Turn], pack: PatternPack) -> None:
        self.turns = turns
        self.pack = pack
        self._heard: dict[tuple[str, int], Heard | None] = {}
        messages = [position for position, turn in enumerate(turns) if turn.message.kind == "message"]
        places = [at for at in messages if not self.act("absent", at)]
        self.out = [at for at in places if goes(turns[at], "immigration>local") is True]
        self.back = [at for at in places if goes(turns[at], "local>immigration") is True]
        self.inside = [at for at in places if self._is_inside(turns[at])]
        self.places = places
        known = {*self.out, *self.back, *self.inside}
        self.private = [at for at in places if at not in known and self._claims(at)]
        self.unsure = [at for at in places if at not in known and (self._may_be(turns[at]) or self._in_private(at))]

    @staticmethod
    def _is_inside(turn: Turn) -> bool:
        """Whether somebody local writes to nobody but local bodies, or to a body's vendor."""
        return turn.sender == "local" and (turn.readers == {"local"} or "vendor" in turn.reader_groups)

    @staticmethod
    def _may_be(turn: Turn) -> bool:
        """Whether a note may go from one side to the other; an article or a report by nobody known may not."""
        own = sum(zone.end - zone.start for zone in turn.message.zones if zone.kind == "own")
        if own > LONGEST_NOTE or ("local" in {turn.sender, *turn.readers} and not turn.hidden):
            return False
        return any(goes(turn, way) is None for way in ("immigration>local", "local>immigration"))

    def _claims(self, at: int) -> bool:
        """Whether somebody at a private address says to be of an immigration body: his word, and no more."""
        return "personal" in self.turns[at].sender_groups and self.act("of_immigration", at) is not None

    def _in_private(self, at: int) -> bool:
        """Whether a message is by such a person, or goes from a local body to one."""
        turn = self.turns[at]
        to_one = turn.sender == "local" and "personal" in turn.reader_groups and "immigration" not in turn.readers
        return at in self.private or (bool(self.private) and to_one)

    def act(self, name: str, position: int) -> Heard | None:
        """The form of that name, as met by the message at that position."""
        key = (name, position)
        if key not in self._heard:
            self._heard[key] = hear(self.pack.acts[name], self.turns[position])
        return self._heard[key]

    @cached_property
    def between_sides(self) -> bool:
        """Whether a message that stands whole goes from one side to the other."""
        return any(not self.turns[at].message.within for at in (*self.out, *self.back))

    @cached_property
    def named(self) -> bool:
        """Whether an immigration body takes part, or it or its work is named."""
        taking_part = any("immigration" in {turn.sender, *turn.readers} for turn in self.turns)
        return taking_part or any(self.act("names", at) for at in self.places)

    @cached_property
    def may_show(self) -> bool:
        """Whether any pattern can be there at all: two sides, or somebody local speaking of immigration."""
        if self.between_sides:
            return True
        speaks = [at for at in self.unsure if not self.turns[at].message.within]
        return bool(speaks or self.inside) and self.named

    @cached_property
    def about_somebody(self) -> bool:
        """Whether what passes between the two sides names a person who is none of those who write."""
        whole = [at for at in (*self.out, *self.back) if not self.turns[at].message.within]
        return any(names_somebody(self.turns[at], self.turns, self.pack.no_names) for at in whole)

    @cached_property
    def brings_a_file(self) -> bool:
        """Whether any of its messages has an attachment."""
        return any(self.turns[at].message.attachments for at in self.places)

    @cached_property
    def wording(self) -> dict[str, float]:
        """By pattern, points for what the whole reads like."""
        return read([self.turns[at] for at in self.places], self.pack.wording)

    @cached_property
    def against(self) -> dict[str, tuple[Heard, ...]]:
        """What speaks against any pattern, and where."""
        found = {}
        for name, clause in self.pack.against.items():
            heard = [one for at in self.places if (one := hear(clause, self.turns[at])) is not None]
            if heard and (name != NOBODY or self._is_about_nobody(heard)):
                found[name] = tuple(heard)
        return found

    def _is_about_nobody(self, heard: Sequence[Heard]) -> bool:
        """Whether every message speaks of nobody: one that does tells whom the others mean."""
        return len(heard) == len(self.places) and not self.about_somebody

    def against_near(self, positions: Sequence[int], stretches: Mapping[str, Span]) -> dict[str, float]:
        """The points of what speaks against, in these messages or not long before or after them.

        Of a long message only what stands in the stretch counts that speaks of the matter.
        """
        found = {}
        for name, heard in self.against.items():
            near = []
            for one in heard:
                stretch = stretches.get(one.turn.message.id)
                left = one if stretch is None else narrowed(one, stretch)
                if left is not None and any(_close(one.turn, self.turns[at]) for at in positions):
                    near.append(left)
            if near:
                found[name] = worth(near)
        return found

    def form(self, bearing: Collection[int], *, refusable: bool = True, either: bool = False) -> Form | None:
        """What the exchange amounts to, where the messages at `bearing` speak of a pattern; None: nothing.

        `either`: what one side says is enough, whichever it is.
        """
        bearing = {*bearing, *self._passed_on(bearing)}
        if self.between_sides:
            form = next(self._forms_between(bearing, refusable), None)
            said = [at for at in (*self.out, *self.back) if at in bearing and not self.turns[at].message.within]
            said = [at for at in said if not (at in self.back and refusable and self._refuses(at))]
            return Form("C", (("cue", said[0]),), "unasked") if form is None and either and said else form
        if self.named and (form := self._form_inside(bearing)) is not None:
            return form
        told = [at for at in self.unsure if at in bearing and not self.turns[at].message.within]
        if asked := [at for at in self.private if at in told and self.act("asks", at)]:
            later = [at for at in told if self.turns[at].sender == "local"]
            answered = next(self._pairs(asked, later), None)
            return Form("D", (("request", asked[0]), *((("fulfilment", answered[1]),) if answered else ())), "asked")
        if told and self.named:
            return Form("D", tuple(("cue", at) for at in told[:1]), "unknown")
        return None

    def _passed_on(self, bearing: Collection[int]) -> Iterator[int]:
        """Messages that send on to the other side what somebody of their own side wrote."""
        spoken = {self.turns[at].message.id for at in bearing if self.turns[at].sender == "local"}
        for at in self.back:
            if any(zone.of in spoken for zone in self.turns[at].message.zones if zone.kind == "quoted"):
                yield at

    def _forms_between(self, bearing: Collection[int], refusable: bool) -> Iterator[Form]:
        """Ways to see the exchange, the fullest first."""
        asked = [at for at in self.out if self._requests(at, bearing)]
        given = [
            at
            for at in self.back
            if not self._holds_back(at, refusable) and (at in bearing or not self._only_called(at))
        ]
        for ask, answer in self._pairs(asked, given):
            if (ask in bearing or answer in bearing) and self._answers(answer):
                yield Form("A", (("request", ask), ("fulfilment", answer)), "asked")
        told = [at for at in given if at in bearing]
        for at in told:
            if self.act("asked_in_quotes", at):
                yield Form("A", (("fulfilment", at),), "asked")
        for tip, taken in self._pairs(told, self.out):
            if self.act("takes_up", taken) or self.act("asks", taken):
                began: Began = "asked" if self.act("refers", tip) else "unasked"
                yield Form("A", (("tip", tip), ("taken up", taken)), began)
        for at in told:
            if self.act("refers", at):
                yield Form("B", (("fulfilment", at),), "asked")
        for at in told:
            yield Form("C", (("tip", at),), "unasked")
        for at in asked:
            if at in bearing and not (refusable and self._refused(at)):
                called = next((other for other in self.places if other != at and self.act("called", other)), None)
                if called is not None:
                    yield Form("B", (("request", at), ("reference", called)), "asked")
                yield Form("C", (("request", at),), "asked")

    def _form_inside(self, bearing: Collection[int]) -> Form | None:
        """An order or admission among local staff of what is done for immigration."""
        whole = [at for at in self.inside if not self.turns[at].message.within]
        spoken = [at for at in whole if at in bearing]
        does = [at for at in whole if self.act("does", at)]
        others = [at for at in self.places if self.turns[at].sender != "immigration"]
        if not whole or not (spoken or any(at in bearing for at in others)):
            return None
        if not does:
            return Form("C", (("cue", spoken[0]),), "among themselves") if spoken else None
        first = (spoken or does)[0]
        for order, reply in self._pairs([at for at in others if at in bearing or at in does], others):
            if self.act("carried_out", reply) and not self.turns[reply].message.within and self._answers(reply):
                return Form("A", (("request", order), ("grant", reply)), "inside")
        for question, reply in self._pairs(others, does):
            return Form("B", (("cue", question), ("cue", reply)), "inside")
        return Form("C", (("cue", first),), "inside")

    def _pairs(self, earlier: Sequence[int], later: Sequence[int]) -> Iterator[tuple[int, int]]:
        for a in earlier:
            for b in later:
                if a != b and may_follow(self.turns[a], self.turns[b], ANSWER_WITHIN):
                    yield a, b

    def _answers(self, at: int) -> bool:
        """Whether a reply bears on the matter: it gives, does, or says that it will."""
        heard = self.act("empty", at)
        spans = heard.spans if heard is not None else ()
        return not says_nothing(self.turns[at], spans, {*words_of_people(self.turns)})

    def _requests(self, at: int, bearing: Collection[int]) -> bool:
        """Whether the immigration side wants something: in words, or by opening a matter."""
        if self.act("asks", at) is not None:
            return True
        opens = not any(self._pairs(self.back, [at]))
        taken = self.act("takes_up", at) is not None
        return ((at in bearing or opens) and not taken) or (at in bearing and opens)

    def _holds_back(self, at: int, refusable: bool) -> bool:
        """Whether a local answer gives nothing: it puts off, refuses, or wavers and hands nothing over."""
        if self.act("puts_off", at):
            return True
        return refusable and (self._refuses(at) or self._wavers(at))

    def _refuses(self, at: int) -> bool:
        """Whether a message turns something down in words, and does not say how it can be had all the same.

        Where nobody is known to have asked, what it hands over counts for more than the words.
        """
        if not self._says_no("refuses", at) or self.act("goes_round", at) is not None:
            return False
        answers = at in self.back and any(self._pairs(self.out, [at]))
        return answers or self.act("gives", at) is None

    def _wavers(self, at: int) -> bool:
        """Whether a reply speaks of a hindrance and hands nothing over: a refusal in words that nobody listed."""
        if self._own_length(at) > SHORT_REPLY or at not in self.back or not any(self._pairs(self.out, [at])):
            return False
        if not self._says_no("wavers", at):
            return False
        accepted = any(self.act("gives_up", later) for _, later in self._pairs([at], self.out))
        return accepted or (self.act("goes_round", at) is None and self.act("gives", at) is None)

    def _says_no(self, name: str, at: int) -> bool:
        """Whether a message says no in a place that does not only tell what is not known or not so."""
        heard = self.act(name, at)
        if heard is None:
            return False
        unknown = self.act("not_known", at)
        elsewhere = unknown.spans if unknown is not None else ()
        clear = [one for one in heard.spans if not any(other.start <= one.start < other.end for other in elsewhere)]
        return bool(clear) or not heard.spans

    def _own_length(self, at: int) -> int:
        return sum(zone.end - zone.start for zone in self.turns[at].message.zones if zone.kind == "own")

    def _only_called(self, at: int) -> bool:
        """Whether a message says no more than that its writer called."""
        return self._own_length(at) <= SHORT and self.act("called", at) is not None

    def _refused(self, at: int) -> bool:
        others = [other for other in (*self.back, *self.inside) if other != at]
        return any(self._says_no("refuses", other) or self._wavers(other) for other in others)


def _close(one: Turn, other: Turn) -> bool:
    """Whether two messages lie near each other in time, as far as is known."""
    return one is other or (may_follow(one, other, AGAINST_WITHIN) or may_follow(other, one, AGAINST_WITHIN))
