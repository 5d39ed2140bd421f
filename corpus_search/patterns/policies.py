"""What bound a local body on a day: before, after, or unknown — never whether a rule was broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from corpus_search.model import Party, PolicyState
from corpus_search.packs.policy_pack import PolicyRow

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def states_of(
    policies: Iterable[PolicyRow], pattern: str, body: Party | None, day: str | None
) -> tuple[PolicyState, ...]:
    """The policies that touch the pattern where this body works, and how each stood on the day."""
    if body is None:
        return ()
    found = []
    for policy in policies:
        if pattern in policy.patterns and (covers := _covers(policy, body)) is not None:
            in_force = in_force_on(policy, day)
            if in_force is not None:
                found.append(PolicyState(policy.id, in_force, _binds(policy, body) if covers else None))
    return tuple(found)


def _covers(policy: PolicyRow, body: Party) -> bool | None:
    """Whether the body works in the policy's jurisdiction; None: it does not, or nothing is known of where."""
    places = {group[3:].upper() for group in body.groups if group.startswith("us-")}
    if policy.state == "US":
        return True
    if policy.state not in places:
        return None
    if policy.jurisdiction.casefold() in STATE_NAMES:
        return True
    place = policy.jurisdiction.casefold().removesuffix(" county")
    return True if place in (body.agency or "").casefold() else None


def _binds(policy: PolicyRow, body: Party) -> bool | None:
    """Whether the policy covers this kind of body; None where the policy does not say enough."""
    if not policy.kinds:
        return None
    return bool(set(policy.kinds) & set(body.groups))


def in_force_on(policy: PolicyRow, day: str | None) -> bool | None:
    """Whether the policy was in force on an ISO day; None where the dates do not settle it."""
    when = _DAY.match(day or "")
    begins = _first(policy.effective)
    if when is None or begins is None:
        return None
    moment = _first(when.group())
    assert moment is not None
    if moment < begins:
        return False
    if _same_stretch(policy.effective, moment) and len(policy.effective.rstrip("?")) < 10 and moment.day < 28:
        return None  # known to the month or year only
    ends = _first(policy.until)
    return not (ends is not None and moment >= ends)


def _first(text: str) -> date | None:
    found = _DAY.match(text or "")
    if found is None:
        return None
    try:
        return date(int(found.group(1)), int(found.group(2) or 1), int(found.group(3) or 1))
    except ValueError:
        return None


def _same_stretch(text: str, day: date) -> bool:
    """Whether the day lies in the month or year that a date without a day names."""
    found = _DAY.match(text)
    if found is None or found.group(3):
        return False
    return int(found.group(1)) == day.year and (found.group(2) is None or int(found.group(2)) == day.month)


def latest_day(days: Sequence[str | None]) -> str | None:
    """The newest of the days that are known: policies are held against the newest message."""
    known = [day[:10] for day in days if day]
    return max(known) if known else None


STATE_NAMES = frozenset(
    {"alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware", "florida"}
    | {"georgia", "hawaii", "idaho", "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine"}
    | {"maryland", "massachusetts", "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska"}
    | {"nevada", "new hampshire", "new jersey", "new mexico", "new york", "north carolina", "north dakota", "ohio"}
    | {"oklahoma", "oregon", "pennsylvania", "rhode island", "south carolina", "south dakota", "tennessee", "texas"}
    | {"utah", "vermont", "virginia", "washington", "west virginia", "wisconsin", "wyoming", "united states"}
)
