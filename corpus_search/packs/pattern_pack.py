"""What a pattern is: clauses in the search language, grades that combine them, what rules it out, its examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from corpus_search.packs.pattern_wording import Wording
from corpus_search.query import Expr

Grade = Literal["A", "B", "C", "D"]
GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Line:
    """Where something stands in a pack, for messages: file and line (counted from 1)."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a message may say. `role` is the part that it plays in a finding's evidence.

    `direction` is who must write to whom ("immigration>local", "local>immigration", "local>local", "any>any").
    A cue is a clause with points: what it speaks for a pattern, or, below nought, against any. Each different way in
    which it is said counts its points, but no more than `most` of them.
    """

    name: str
    role: str
    direction: str
    text: str
    query: Expr
    line: Line
    points: float = 0.0
    most: int = 1
    words: str = ""  # the regular expression without which it can't be met; empty where there is no such


TELLING = 2.0  # points from which a cue is one that a reader would point at


def telling_words(cues: Iterable[Clause]) -> str:
    """One regular expression for all telling cues that are met by words alone: a quick look at a text."""
    return "|".join(f"(?:{cue.words})" for cue in cues if cue.points >= TELLING and cue.words)


def inside_words(cues: Iterable[Clause]) -> str:
    """`telling_words` of the cues that ask for nobody of immigration to write or read."""
    return telling_words(cue for cue in cues if "immigration" not in cue.direction)


@dataclass(frozen=True, slots=True)
class Step:
    """One message of a grade: every one of these clauses must hold of it; `within` days after the step before."""

    clauses: tuple[str, ...]
    within: float | None = None


@dataclass(frozen=True, slots=True)
class GradeRule:
    """A way to reach a grade: steps that later and later messages of a conversation must meet."""

    grade: Grade
    steps: tuple[Step, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Bar:
    """What rules a pattern out: a query that the message bearing a clause, or any message, must not meet."""

    name: str
    scope: Literal["message", "conversation"]
    query: Expr
    line: Line


@dataclass(frozen=True, slots=True)
class Example:
    """A text or small conversation that the pattern must find, or must not."""

    messages: tuple[dict[str, object], ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Pattern:
    """A cooperation pattern: by clauses that its grades combine, or by cues whose points add up.

    A conversation shows a pattern by cues when its points reach `needs`; `asked` and `unasked` are points for who
    began. The grade then follows from the form of the exchange (`PatternPack.acts`). `despite` names what does not
    count against it; where `must_say` names cues, one of them must be met.
    """

    name: str
    title: str
    definition: str
    support: str
    subjects: Literal["plate", "person", "none"]
    rank: int  # where two patterns claim the same words, the lower rank keeps them
    clauses: dict[str, Clause]
    grades: tuple[GradeRule, ...]
    bars: tuple[Bar, ...]
    finds: tuple[Example, ...] = ()
    ignores: tuple[Example, ...] = ()
    channel: bool = False  # about the channel between the two sides, not about a deed
    cues: dict[str, Clause] = field(default_factory=dict)
    needs: float = 3.0
    asked: float = 0.0
    unasked: float = 0.0
    despite: frozenset[str] = frozenset()
    must_say: frozenset[str] = frozenset()
    telling: str = ""  # `telling_words` of its cues
    telling_inside: str = ""  # the same, of those that mail among local staff can meet
    line: Line = field(default_factory=lambda: Line(Path(), 0))


@dataclass(frozen=True, slots=True)
class Modifier:
    """A circumstance that raises or lowers a finding: its points, and the query that its messages meet (if any)."""

    name: str
    points: float
    query: Expr | None
    line: Line


@dataclass(frozen=True, slots=True)
class PatternPack:
    """All patterns and modifiers that are in force."""

    patterns: tuple[Pattern, ...]
    modifiers: tuple[Modifier, ...]
    answers: dict[str, Clause] = field(default_factory=dict)  # how any deed is taken up, answered or put off
    refusal: Bar | None = None
    acts: dict[str, Clause] = field(default_factory=dict)  # the forms of what passes between the sides, by name
    against: dict[str, Clause] = field(default_factory=dict)  # what speaks against any pattern: points below nought
    no_names: frozenset[str] = frozenset()  # words, in lower case, that are written with a capital and name nobody
    wording: Wording = field(default_factory=Wording)  # what words tell where no phrase is known
