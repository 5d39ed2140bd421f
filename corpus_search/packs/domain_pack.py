"""Mail domains as data: which body a domain belongs to, and rules for those that no table lists."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from io import StringIO
from pathlib import Path

FREE_MAIL = frozenset(
    "gmail.com yahoo.com hotmail.com aol.com icloud.com me.com comcast.net att.net sbcglobal.net cox.net protonmail.com "
    "proton.me msn.com live.com outlook.com verizon.net earthlink.net roadrunner.com ymail.com googlemail.com".split()
)
# Names whose endings look like those of police or sheriff's domains, and are not.
NOT_LAW = re.compile(
    r"(?:usd|isd|csd|hsd|esd|unified|snopd|ipd|rapd|cpd-?group|updates?|so(?:ft|cial|lutions?))\.(?:org|com|net|us|gov)$"
)


@dataclass(frozen=True, slots=True)
class DomainOwner:
    """Whose a domain is: agency name (None: only the level is known), groups, and the rule that says so."""

    agency: str | None
    groups: tuple[str, ...]
    why: str


class Domains:
    """Looks up mail domains, the longest listed suffix first."""

    def __init__(self, own: Path | None = None) -> None:
        self._listed: dict[str, tuple[bool, DomainOwner]] = {}
        for row in _table("domains.csv", own):
            state = (f"us-{row['state'].lower()}",) if row["state"] else ()
            groups = tuple(group for group in row["groups"].split(";") if group)
            owner = DomainOwner(row["agency"], (*groups, *state), f"the domain {row['domain']}")
            self._listed[row["domain"].lower()] = (row["match"] == "exact", owner)
        self._levels = {row["domain"]: (row["level"], row["state"]) for row in _table("dotgov_levels.csv", None)}

    def owner(self, domain: str) -> DomainOwner | None:
        """Whose a mail domain is; None where nothing is known."""
        name = re.sub(r"\s+", "", domain).lower().strip(".>").replace(".qov", ".gov")
        labels = name.split(".")
        for first in range(len(labels) - 1):
            suffix = ".".join(labels[first:])
            listed = self._listed.get(suffix)
            if listed is not None and (first == 0 or not listed[0]):
                return listed[1]
        return self._by_rule(name, labels)

    def _by_rule(self, name: str, labels: list[str]) -> DomainOwner | None:
        if name in FREE_MAIL:
            return DomainOwner(None, ("personal",), "a free-mail domain")
        if name.endswith(".dhs.gov"):
            return DomainOwner("Department of Homeland Security", ("immigration", "federal"), "a domain under dhs.gov")
        if name.endswith(".mil"):
            return DomainOwner("Department of Defense", ("federal",), "a .mil domain")
        if name.endswith((".gov", ".us")) or len(labels) >= 2:
            return self._public(name, labels)
        return None

    def _public(self, name: str, labels: list[str]) -> DomainOwner | None:
        registered = ".".join(labels[-2:])
        stem = labels[-2] if len(labels) >= 2 else ""
        state = self._levels.get(registered, ("", ""))[1]
        groups = (f"us-{state.lower()}",) if state and state != "DC" else ()
        if old := re.search(r"\.([a-z]{2})\.us$", name):
            groups = (f"us-{old.group(1)}",)
            stem = labels[-3]
        kind = _kind_of(name, stem, labels)
        if kind is not None:
            return DomainOwner(_title(stem), (kind, *groups), f"the making of the domain {name}")
        level = self._levels.get(registered)
        if level is not None:
            group = {"federal": "federal", "state": "state", "local": "local", "tribal": "local"}.get(level[0])
            if group:
                return DomainOwner(
                    _title(stem) if group != "state" else None,
                    (group, *groups),
                    f"{registered} in the list of .gov domains",
                )
        if groups and re.search(r"(?:^|\.)(?:ci|co|city|county|town|village)\.", name):
            return DomainOwner(_title(stem), ("local", *groups), f"a local body's domain in {groups[0]}")
        if re.search(r"(?:^|\.)state\.[a-z]{2}\.us$", name):
            return DomainOwner(None, ("state", *groups), "a state's old domain")
        return None


_OFFICIAL = re.compile(r"\.(?:gov|org|us|net|com)$")


def _kind_of(name: str, stem: str, labels: list[str]) -> str | None:
    """The kind of body that the making of a domain tells: pd, police, sheriff, da, probation …"""
    if not _OFFICIAL.search(name) or NOT_LAW.search(name):
        return None
    if any(label in ("police", "pd") for label in labels[:-1]) or re.search(r"police(?:dept|department)?$", stem):
        return "police"
    if re.fullmatch(r"[a-z-]{3,}pd(?:[a-z]{2})?", stem) and not stem.endswith(("ppd", "rapd", "updx")):
        return "police"
    if any(label in ("sheriff", "so") for label in labels[:-2]) or re.search(
        r"sheriffs?(?:office|dept|department)?", stem
    ):
        return "sheriff"
    if re.fullmatch(r"[a-z]{6,}so|[a-z]{1,4}c(?:so|sd)|[a-z]+countys[od]|[a-z]{2,}cosheriff|[a-z]+co-?so", stem):
        return "sheriff"
    if re.search(r"districtattorney|prosecutor|countyattorney|statesattorney", stem) or re.fullmatch(
        r"[a-z]+countyda|[a-z]{2,5}cda", stem
    ):
        return "prosecutor"
    if re.search(r"probation|parole", stem) or any(label == "probation" for label in labels[:-1]):
        return "probation"
    if re.search(r"corrections?$|detention|jail", stem) or any(
        label in ("jail", "corrections", "doc", "prisons") for label in labels[:-2]
    ):
        return "jail"
    if re.search(r"courts?$", stem) or any(label in ("courts", "court") for label in labels[:-1]):
        return "court"
    if any(label == "dmv" for label in labels[:-1]):
        return "dmv"
    return None


def _title(stem: str) -> str:
    return stem


def _table(name: str, own: Path | None) -> Iterator[dict[str, str]]:
    text = resources.files("corpus_search.packs").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(StringIO(text))
    for file in sorted(own.glob("domains*.csv")) if own else ():
        yield from csv.DictReader(StringIO(file.read_text(encoding="utf-8-sig")))
