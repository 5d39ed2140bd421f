"""What a tagger gives for one passage: findings with offsets into the passage, and near misses with reasons."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Found:
    """A find in a passage, offsets counted into the passage."""

    kind: str
    value: str | None
    groups: tuple[str, ...]
    start: int
    end: int
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A candidate that is not a tag, and why."""

    kind: str
    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Findings:
    """What one tagger gave for one passage."""

    found: list[Found] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
