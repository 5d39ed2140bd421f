"""Where in a record a word, phrase, pattern or tag stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import re2

from corpus_search.model import Tag, Zone
from corpus_search.query.expr import Expr, Fuzzy, Near, Or, Phrase, Regex, TagIs, Wild, Word
from corpus_search.query.slips import near_words
from corpus_search.query.tag_values import tag_meets
from corpus_search.query.view import Met, View
from corpus_search.query.words import squeeze_wild, wild_fits


class Placed(NamedTuple):
    """A place, and the tag that stands there if it was met by a tag."""

    met: Met
    tag: Tag | None = None


def places_of(expr: Expr, view: View) -> list[Placed]:
    """Every place where a placed expression is met, in the order of the text.

    A word and the joined run that begins with it stand at one position: that is one place.
    """
    found = sorted(_FINDERS[type(expr)](expr, view), key=lambda one: (one.met.start, one.met.end))
    if isinstance(expr, Regex | TagIs):
        return found
    return list({(one.met.first, one.met.last): one for one in found}.values())


def in_zones(found: Iterable[Placed], zones: Sequence[Zone]) -> list[Placed]:
    """Those that begin in one of the zones."""
    starts = [zone.start for zone in zones]
    kept = []
    for one in found:
        at = bisect_right(starts, one.met.start) - 1
        if at >= 0 and one.met.start < zones[at].end:
            kept.append(one)
    return kept


def _word(expr: Word, view: View) -> list[Placed]:
    """A word whole or by its parts; where both begin at one position, that is one place."""
    found = {met.first: Placed(met) for met in view.by_term.get("".join(expr.parts), ())}
    if len(expr.parts) > 1:
        found |= {met.first: Placed(met) for met in _sequence(expr.parts, view)}
    return list(found.values())


def _phrase(expr: Phrase, view: View) -> list[Placed]:
    if len(expr.parts) == 1:
        return _word(Word(expr.text, expr.parts), view)
    return [Placed(met) for met in _sequence(expr.parts, view)]


def _sequence(parts: Sequence[str], view: View) -> Iterable[Met]:
    """Where the parts stand one after the other."""
    places = [view.by_term.get(part, ()) for part in parts]
    if not all(places):
        return
    later = [{met.first: met for met in group} for group in places[1:]]
    for met in places[0]:
        last = met
        for step, group in enumerate(later, 1):
            following = group.get(met.first + step)
            if following is None:
                break
            last = following
        else:
            yield Met(met.first, last.last, met.start, last.end)


def _wild(expr: Wild, view: View) -> list[Placed]:
    pattern = squeeze_wild(expr.pattern)
    return [Placed(met) for term, places in view.by_term.items() if wild_fits(pattern, term) for met in places]


def _fuzzy(expr: Fuzzy, view: View) -> list[Placed]:
    near = near_words(expr.text, "\n".join(view.by_term).encode("utf-8", "replace"))
    return [Placed(met) for term in near for met in view.by_term[term]]


@lru_cache(maxsize=512)
def compiled(pattern: str) -> Any:
    """A regular expression of the linear-time engine.

    Raises:
        re2.error: it is none.
    """
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


def _regex(expr: Regex, view: View) -> list[Placed]:
    text = view.record.message.text
    return [
        Placed(view.met(found.start(), found.end()))
        for found in compiled(expr.pattern).finditer(text)
        if found.end() > found.start()
    ]


def _tag(expr: TagIs, view: View) -> list[Placed]:
    return [
        Placed(view.met(tag.start, tag.end), tag)
        for tag in view.tags(expr.kind)
        if tag_meets(tag, expr.value, expr.twins)
    ]


def _either(expr: Or, view: View) -> list[Placed]:
    return [place for item in expr.items for place in places_of(item, view)]


def _near(expr: Near, view: View) -> list[Placed]:
    """Pairs within the distance; each place of the left with the nearest of the right on either allowed side."""
    right = places_of(expr.right, view)
    firsts = sorted(right, key=lambda one: one.met.first)
    keys = [one.met.first for one in firsts]
    found: dict[Met, Placed] = {}
    for left in places_of(expr.left, view):
        low = left.met.last + 1 if expr.ordered else left.met.first - expr.distance - 8
        for other in firsts[bisect_left(keys, low) : bisect_right(keys, left.met.last + expr.distance)]:
            a, b = left.met, other.met
            if other is not left and _apart(a, b, ordered=expr.ordered) <= expr.distance and a != b:
                met = Met(min(a.first, b.first), max(a.last, b.last), min(a.start, b.start), max(a.end, b.end))
                found[met] = Placed(met, left.tag or other.tag)
    return list(found.values())


def _apart(a: Met, b: Met, *, ordered: bool) -> float:
    if b.first > a.last:
        return b.first - a.last
    if a.first > b.last and not ordered:
        return a.first - b.last
    return float("inf")  # they overlap, or stand in the wrong order


_FINDERS: dict[type, Callable[..., list[Placed]]] = {
    Word: _word,
    Phrase: _phrase,
    Wild: _wild,
    Fuzzy: _fuzzy,
    Regex: _regex,
    TagIs: _tag,
    Or: _either,
    Near: _near,
}
