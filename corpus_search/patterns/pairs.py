"""Who asks whom, for what, how often, first and last: findings seen over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus_search.conversations.keys import person_keys
from corpus_search.model import Finding, Pair, Party
from corpus_search.packs.pattern_pack import Modifier

REGULAR_CONVERSATIONS = 3
REGULAR_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Dated:
    """A finding with the day of its newest message."""

    finding: Finding
    day: str | None


def with_regular(found: Sequence[Dated], known: Sequence[Modifier]) -> list[Finding]:
    """The findings; those of a pair that meets in three conversations within 90 days are marked `regular`."""
    worth = {modifier.name: modifier.points for modifier in known}.get("regular", 0.0)
    regular = {
        id(one) for group in _grouped(found).values() if is_regular(one.day for one in _threads(group)) for one in group
    }
    marked = []
    for one in found:
        finding = one.finding
        if id(one) in regular and finding.requester and finding.provider and "regular" not in finding.modifiers:
            finding = replace(
                finding,
                modifiers=tuple(sorted({*finding.modifiers, "regular"})),
                points=(*finding.points, ("regular", worth)),
                score=finding.score + worth,
            )
        marked.append(finding)
    return marked


def pairs_of(found: Sequence[Dated]) -> list[Pair]:
    """Every pair of people with findings, those that meet most often first."""
    listed = [_pair(group) for group in _grouped(found).values()]
    return sorted(
        listed, key=lambda pair: (-pair.conversations, pair.first or "", *map(_name, (pair.requester, pair.provider)))
    )


def is_regular(days: Iterable[str | None]) -> bool:
    """Whether at least three of the days lie within 90 days."""
    known = sorted(date.fromisoformat(day[:10]) for day in days if day)
    reach = REGULAR_CONVERSATIONS - 1
    return any(later - earlier <= REGULAR_WITHIN for earlier, later in zip(known, known[reach:], strict=False))


def _grouped(found: Iterable[Dated]) -> dict[tuple[str, str], list[Dated]]:
    listed = list(found)
    people = _People(party for one in listed for party in (one.finding.requester, one.finding.provider))
    groups: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for one in listed:
        groups[people.key(one.finding.requester), people.key(one.finding.provider)].append(one)
    return groups


class _People:
    """Who is who among the parties of findings: a name alone is the one person whose address is known with it."""

    def __init__(self, parties: Iterable[Party | None]) -> None:
        self._addresses: dict[str, set[str]] = defaultdict(set)
        for party in parties:
            address, names = _keys(party)
            if address is not None:
                for name in names:
                    self._addresses[name].add(address)

    def key(self, party: Party | None) -> str:
        """One key for all writings of a person."""
        address, names = _keys(party)
        if address is not None:
            return address
        known = {one for name in names for one in self._addresses.get(name, ())}
        return next(iter(known)) if len(known) == 1 else min(names, default=_name(party))


def _keys(party: Party | None) -> tuple[str | None, frozenset[str]]:
    """(address, names) as they are compared."""
    if party is None:
        return None, frozenset()
    keys = person_keys(party.name, party.address)
    names = frozenset(key for key in keys if "@" not in key)
    return min(keys - names, default=None), names


def _name(party: Party | None) -> str:
    return (party.name or party.address or "") if party else ""


def _threads(group: Iterable[Dated]) -> list[Dated]:
    """One for each conversation: a second pattern in it is not a second meeting."""
    return list({one.finding.thread: one for one in group}.values())


def _pair(group: Sequence[Dated]) -> Pair:
    threads = _threads(group)
    days = sorted(one.day[:10] for one in threads if one.day)
    return Pair(
        requester=group[0].finding.requester,
        provider=group[0].finding.provider,
        patterns=tuple(sorted(Counter(one.finding.pattern for one in group).items())),
        conversations=len(threads),
        subjects=tuple(dict.fromkeys(subject for one in group for subject in one.finding.subjects)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        regular=is_regular(days),
        months=tuple(sorted(Counter(day[:7] for day in days).items())),
        threads=tuple(sorted(one.finding.thread for one in threads)),
    )
