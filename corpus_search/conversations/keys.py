"""Keys by which subjects, people and moments of different messages are compared."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from corpus_search.conversations.facts import LinkFacts

# Reply and forward marks of clients in the languages of `header_labels`; a number may stand in brackets ("RE[2]:").
_MARK = re.compile(
    r"\s*(?:(?:re|fw|fwd|aw|wg|antw|sv|vs|vb|rv|ref|tr|rif|res|enc|odp|ynt|回复|转发)\s*(?:[\[(]\d{1,3}[\])])?\s*[:：]"
    r"|\[(?:external|ext|e)\]|external\s*:)\s*",
    re.IGNORECASE,
)
KEPT = 5_000  # keys that are kept: the same people, subjects and dates come again soon
_NOT_NAME = re.compile(r"[\(\[<{].*?[\)\]>}]|[^\w\s,'-]|\d")
_RANKS = frozenset(
    {"det", "detective", "sgt", "sergeant", "lt", "lieutenant", "ofc", "officer", "capt", "captain", "chief", "dep"}
    | {"deputy", "inv", "investigator", "cpl", "mr", "mrs", "ms", "dr", "agent", "special", "sa", "do", "sddo", "ddo"}
    | {"sheriff", "undersheriff", "commander", "cmdr", "supervisor"}
)


@lru_cache(maxsize=KEPT)
def subject_stem(subject: str | None) -> str:
    """The subject without reply and forward marks, case and spacing; "" for none."""
    rest = " ".join((subject or "").split())[:1000]
    while (mark := _MARK.match(rest)) and mark.end():
        rest = rest[mark.end() :]
    return rest.casefold().strip()


def is_reply(subject: str | None) -> bool:
    """Whether the subject begins with a reply or forward mark."""
    return bool(subject and _MARK.match(subject))


@lru_cache(maxsize=KEPT)
def person_keys(name: str | None, address: str | None) -> frozenset[str]:
    """Keys of a person: the address, and the name's words in any order without ranks ("Ruiz, Det. Daniel")."""
    keys = set()
    if address and not address.startswith("@"):
        keys.add(address.casefold())
    if name:
        words = [w for w in _NOT_NAME.sub(" ", name).replace(",", " ").casefold().split() if w not in _RANKS]
        full = sorted(word for word in words if len(word) > 1)
        if len(full) >= 2:
            keys.add(" ".join(full))
    return frozenset(keys)


def sender_keys(facts: LinkFacts) -> frozenset[str]:
    """Keys of the sender; empty when redacted or missing."""
    for field, name, address in facts.people:
        if field == "from":
            return person_keys(name, address)
    return frozenset()


def people_keys(facts: LinkFacts) -> frozenset[str]:
    """Keys of all parties."""
    keys: frozenset[str] = frozenset()
    for _, name, address in facts.people:
        keys |= person_keys(name, address)
    return keys


@lru_cache(maxsize=KEPT)
def moment(date: str | None) -> tuple[datetime, bool, bool] | None:
    """The date as (moment, has a time, is UTC); None when there is no date that can be read."""
    if not date:
        return None
    try:
        value = datetime.fromisoformat(date)
    except ValueError:
        return None
    timed = len(date) > 10
    if value.tzinfo is not None:
        try:
            return (value - (value.utcoffset() or timedelta())).replace(tzinfo=None), timed, True
        except OverflowError:
            return None
    return value, timed, False


def same_moment(one: str | None, other: str | None) -> bool:
    """Whether two dates as written can be the same minute.

    Without an offset a clock reading may stand in another zone: then whole (and half) hours may lie between.
    """
    a, b = moment(one), moment(other)
    if a is None or b is None:
        return False
    if not (a[1] and b[1]):
        return a[0].date() == b[0].date()
    apart = abs(int((a[0] - b[0]).total_seconds()) // 60)
    if a[2] == b[2]:
        return apart <= 1
    return apart <= 14 * 60 + 1 and min(apart % 30, 30 - apart % 30) <= 1


def same_sender(one: LinkFacts, other: LinkFacts) -> bool | None:
    """True or False where both senders are known by name or address; None where one is not."""
    a, b = sender_keys(one), sender_keys(other)
    if not a or not b:
        return None
    if a & b:
        return True
    # "druiz@x.gov" and "Ruiz, Daniel" can't be told apart by keys alone.
    if any("@" in key for key in a) and any("@" in key for key in b):
        return False
    return _surname_in(a, b) or _surname_in(b, a)


def _surname_in(names: frozenset[str], addresses: frozenset[str]) -> bool:
    """Whether a word of a name stands in the local part of an address."""
    words = [word for key in names if "@" not in key for word in key.split() if len(word) > 2]
    mailboxes = [key.split("@")[0] for key in addresses if "@" in key]
    return any(word in mailbox for word in words for mailbox in mailboxes)
