"""What patterns share: words, forms of asking and answering, what speaks against, modifiers; how clauses are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus_search.packs.pattern_pack import Bar, Clause, Line, Modifier, PatternPack
from corpus_search.packs.pattern_wording import load_wording
from corpus_search.packs.pattern_words import define, query_of, query_text, says
from corpus_search.packs.yaml_lines import Faults, Node, built_in, load_yaml, mapping, text_of, texts

FILE = "shared.yaml"
PARTS = ("define", "acts", "against", "answers", "unless", "modifiers", "no_names")
SIDES = (
    "immigration", "local", "federal", "other", "any", "police", "sheriff", "jail", "probation", "prosecutor", "dmv",
    "court", "fusion",
)  # fmt: skip
ACTS = (
    "asks", "asked_in_quotes", "takes_up", "refers", "called", "puts_off", "refuses", "wavers", "not_known",
    "gives_up", "empty", "absent", "gives", "goes_round", "names", "does", "carried_out",
)  # fmt: skip
_QUERY = ("own", "says", "query")
_KEYS = {"role": ("role",), "points": ("points", "most")}


@dataclass(frozen=True, slots=True)
class Shared:
    """The shared part of the packs: words for `$name`, bars for `unless`, and what every pattern is held against."""

    words: dict[str, str]
    unless: dict[str, Bar]
    pack: PatternPack


def load_shared() -> Shared:
    """The shared part of the built-in packs.

    Raises:
        PackError: every fault, as file:line.
    """
    faults = Faults(FILE)
    parts = mapping(load_yaml(built_in(f"patterns/{FILE}"), FILE), faults, PARTS)
    file = Path(FILE)
    words = define(parts.get("define"), {}, faults)
    bars = {bar.name: bar for bar in bars_of(parts.get("unless"), words, file, faults)}
    pack = PatternPack(
        patterns=(),
        modifiers=tuple(_modifiers(parts.get("modifiers"), words, file, faults)),
        answers=clauses_of(parts.get("answers"), words, file, faults),
        refusal=bars.get("refusal"),
        acts=clauses_of(parts.get("acts"), words, file, faults),
        against=cues_of(parts.get("against"), words, file, faults),
        no_names=frozenset(word for line in texts(parts.get("no_names"), faults) for word in line.casefold().split()),
        wording=load_wording(),
    )
    for act in ACTS:
        if act not in pack.acts:
            faults.add(1, f"acts: {act!r} is missing")
    faults.settle()
    return Shared(words, bars, pack)


def clauses_of(node: Node | None, words: Mapping[str, str], file: Path, faults: Faults) -> dict[str, Clause]:
    """Clauses by name: a role, who writes to whom, and a query."""
    return _clauses(node, words, file, faults, "role")


def cues_of(node: Node | None, words: Mapping[str, str], file: Path, faults: Faults) -> dict[str, Clause]:
    """Cues by name: points, who writes to whom, and a query."""
    return _clauses(node, words, file, faults, "points")


def _clauses(node: Node | None, words: Mapping[str, str], file: Path, faults: Faults, needed: str) -> dict[str, Clause]:
    found = {}
    for name, value in (mapping(node, faults) if node is not None else {}).items():
        parts = mapping(value, faults, (*_KEYS[needed], "from", "to", *_QUERY), (needed,))
        sender, reader = text_of(parts.get("from"), faults, "any"), text_of(parts.get("to"), faults, "any")
        for side in (sender, reader):
            if side not in SIDES:
                faults.add(value, f"no side {side!r}; there are: {', '.join(SIDES)}")
        query = query_of(parts, words, faults, value)
        if query is None:
            faults.add(value, "it needs own: (a query about the message's own words), says: (ways of saying) or query:")
            continue
        found[name] = Clause(
            name=name,
            role=text_of(parts.get("role"), faults, "cue"),
            direction=f"{sender}>{reader}",
            text=query_text(parts, words, faults),
            query=query,
            line=Line(file, value.line),
            points=number_of(parts.get("points"), faults),
            most=max(1, int(number_of(parts.get("most"), faults, 1))),
            words=says(texts(parts["says"], faults))[1:-1].replace("\\/", "/") if "says" in parts else "",
        )
    return found


def bars_of(node: Node | None, words: Mapping[str, str], file: Path, faults: Faults) -> Iterable[Bar]:
    """What rules a pattern out: a query and its scope."""
    for name, value in (mapping(node, faults) if node is not None else {}).items():
        parts = mapping(value, faults, ("scope", *_QUERY))
        scope = text_of(parts.get("scope"), faults, "message")
        if scope not in ("message", "conversation"):
            faults.add(value, "scope must be message or conversation")
        query = query_of(parts, words, faults, value)
        if query is not None:
            yield Bar(name, scope, query, Line(file, value.line))  # type: ignore[arg-type]


def _modifiers(node: Node | None, words: Mapping[str, str], file: Path, faults: Faults) -> Iterable[Modifier]:
    for name, value in (mapping(node, faults) if node is not None else {}).items():
        parts = mapping(value, faults, ("points", *_QUERY), ("points",))
        query = query_of(parts, words, faults, value)
        yield Modifier(name, number_of(parts.get("points"), faults), query, Line(file, value.line))


def number_of(node: Node | None, faults: Faults, default: float = 0.0) -> float:
    """The node as a number of points."""
    text = text_of(node, faults)
    if node is None:
        return default
    try:
        return float(text)
    except ValueError:
        faults.add(node, f"{text!r} is no number of points")
        return default
