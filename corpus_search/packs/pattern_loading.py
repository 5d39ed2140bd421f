"""Pattern packs: YAML → patterns, every fault with file:line. See docs/patterns.md for how to write one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from corpus_search.packs.pattern_pack import (
    Clause,
    Example,
    GradeRule,
    Line,
    Pattern,
    PatternPack,
    Step,
    inside_words,
    telling_words,
)
from corpus_search.packs.pattern_shared import FILE, Shared, bars_of, clauses_of, cues_of, load_shared, number_of
from corpus_search.packs.pattern_words import define
from corpus_search.packs.yaml_lines import Faults, Node, items, load_yaml, mapping, read_text, text_of, texts

PATTERN_KEYS = (
    "pattern", "title", "definition", "support", "subjects", "rank", "channel", "define", "cues", "needs", "asked",
    "unasked", "must_say", "despite", "clauses", "grades", "unless", "bars", "finds", "ignores",
)  # fmt: skip
EXTENSION_KEYS = ("extends", "define", "cues", "needs", "asked", "unasked", "despite")
SUBJECTS = ("plate", "person", "none")
_THEN = re.compile(r"\s+THEN(?:/(\d+)d)?\s+")
BUILT_IN = "data/patterns"


def load_patterns(own: Path | None = None) -> PatternPack:
    """The built-in patterns and those of a researcher's folder (a pattern of the same name replaces the built-in one).

    Raises:
        PackError: every fault of every file, as file:line.
    """
    shared = load_shared()
    folder = resources.files("corpus_search.packs").joinpath(BUILT_IN)
    files = [(Path(entry.name), entry.read_text(encoding="utf-8")) for entry in folder.iterdir()]
    found: dict[str, Pattern] = {}
    for file, text in sorted(files):
        if file.suffix == ".yaml" and file.name != FILE:
            found |= {pattern.name: pattern for pattern in read_patterns(text, file, shared, found)}
    for file in sorted(own.glob("*.yaml")) if own else ():
        text = read_text(file)
        if re.search(r"^\s*-?\s*(?:patterns?|extends):", text, re.MULTILINE):
            found |= {pattern.name: pattern for pattern in read_patterns(text, file, shared, found)}
    return replace(shared.pack, patterns=tuple(found[name] for name in sorted(found)))


def load_pattern_file(file: Path) -> PatternPack:
    """The patterns of one file, with the shared part of the built-in packs.

    Raises:
        PackError: its faults, as file:line, or that it can't be read.
    """
    shared = load_shared()
    return replace(shared.pack, patterns=read_patterns(read_text(file), file, shared))


def read_patterns(
    text: str, file: Path, shared: Shared, known: Mapping[str, Pattern] = MappingProxyType({})
) -> tuple[Pattern, ...]:
    """The patterns of a pack's text; `known` are those that it may extend.

    Raises:
        PackError: all its faults, as file:line.
    """
    faults = Faults(str(file))
    top = load_yaml(text, file)
    parts = mapping(top, faults)
    nodes = list(items(parts["patterns"], faults)) if "patterns" in parts else [top]
    found = [
        _extended(node, file, shared, known, faults)
        if isinstance(node.value, dict) and "extends" in node.value
        else _pattern(node, file, shared, faults)
        for node in nodes
    ]
    faults.settle()
    return tuple(pattern for pattern in found if pattern is not None)


def _pattern(node: Node, file: Path, shared: Shared, faults: Faults) -> Pattern | None:
    parts = mapping(node, faults, PATTERN_KEYS, ("pattern", "title", "finds", "ignores"))
    if not parts:
        return None
    words = shared.words | define(parts.get("define"), shared.words, faults)
    clauses = clauses_of(parts.get("clauses"), words, file, faults)
    cues = cues_of(parts.get("cues"), words, file, faults)
    grades = tuple(_grades(parts.get("grades"), clauses, file, faults))
    if not cues and not grades:
        faults.add(node, "it needs cues: (what speaks for it, with points), or clauses: and grades:")
    own_bars = {bar.name: bar for bar in bars_of(parts.get("bars"), words, file, faults)}
    bars = []
    for name in texts(parts.get("unless"), faults):
        bar = own_bars.pop(name, None) or shared.unless.get(name)
        if bar is None:
            there = ", ".join(sorted({*shared.unless, *own_bars}))
            faults.add(parts["unless"], f"no bar {name!r}; there are: {there}")
        else:
            bars.append(bar)
    subjects = text_of(parts.get("subjects"), faults, "none")
    if subjects not in SUBJECTS:
        faults.add(parts["subjects"], f"subjects must be one of {', '.join(SUBJECTS)}")
    return Pattern(
        name=text_of(parts.get("pattern"), faults),
        title=text_of(parts.get("title"), faults),
        definition=text_of(parts.get("definition"), faults),
        support=text_of(parts.get("support"), faults),
        subjects=subjects,  # type: ignore[arg-type]
        rank=int(number_of(parts.get("rank"), faults, 100)),
        clauses=clauses,
        grades=grades,
        bars=(*bars, *own_bars.values()),
        channel=text_of(parts.get("channel"), faults, "false") == "true",
        cues=cues,
        needs=number_of(parts.get("needs"), faults, 3.0),
        asked=number_of(parts.get("asked"), faults),
        unasked=number_of(parts.get("unasked"), faults),
        despite=_despite(parts.get("despite"), shared, faults),
        must_say=_must_say(parts.get("must_say"), cues, faults),
        telling=telling_words(cues.values()),
        telling_inside=inside_words(cues.values()),
        finds=tuple(_examples(parts.get("finds"), file, faults)),
        ignores=tuple(_examples(parts.get("ignores"), file, faults)),
        line=Line(file, node.line),
    )


def _extended(node: Node, file: Path, shared: Shared, known: Mapping[str, Pattern], faults: Faults) -> Pattern | None:
    """A known pattern with further cues, or with other points for a cue of the same name."""
    parts = mapping(node, faults, EXTENSION_KEYS, ("extends", "cues"))
    pattern = known.get(text_of(parts.get("extends"), faults))
    if pattern is None:
        faults.add(parts["extends"], f"no pattern to extend; there are: {', '.join(known) or 'none'}")
        return None
    words = shared.words | define(parts.get("define"), shared.words, faults)
    cues = pattern.cues | cues_of(parts.get("cues"), words, file, faults)
    return replace(
        pattern,
        cues=cues,
        telling=telling_words(cues.values()),
        telling_inside=inside_words(cues.values()),
        needs=number_of(parts.get("needs"), faults, pattern.needs),
        asked=number_of(parts.get("asked"), faults, pattern.asked),
        unasked=number_of(parts.get("unasked"), faults, pattern.unasked),
        despite=pattern.despite | _despite(parts.get("despite"), shared, faults),
    )


def _must_say(node: Node | None, cues: Mapping[str, Clause], faults: Faults) -> frozenset[str]:
    names = texts(node, faults)
    for name in names:
        if node is not None and name not in cues:
            faults.add(node, f"no cue {name!r}; there are: {', '.join(cues)}")
    return frozenset(names)


def _despite(node: Node | None, shared: Shared, faults: Faults) -> frozenset[str]:
    names = texts(node, faults)
    for name in names:
        if node is not None and name not in shared.pack.against and name != "refuses":
            known = ", ".join(["refuses", *shared.pack.against])
            faults.add(node, f"nothing named {name!r} speaks against a pattern; there are: {known}")
    return frozenset(names)


def _grades(node: Node | None, clauses: Mapping[str, Clause], file: Path, faults: Faults) -> Iterable[GradeRule]:
    for item in items(node, faults):
        for grade, value in mapping(item, faults, ("A", "B", "C", "D")).items():
            pieces = _THEN.split(text_of(value, faults).strip())
            steps = []
            for at in range(0, len(pieces), 2):
                names = tuple(name.strip() for name in pieces[at].split("&"))
                for name in names:
                    if name not in clauses:
                        faults.add(value, f"no clause {name!r}; there are: {', '.join(clauses)}")
                days = pieces[at - 1] if at else None
                steps.append(Step(names, float(days) if days else None))
            if all(name in clauses for step in steps for name in step.clauses):
                yield GradeRule(grade, tuple(steps), Line(file, value.line))  # type: ignore[arg-type]


def _examples(node: Node | None, file: Path, faults: Faults) -> Iterable[Example]:
    for item in items(node, faults):
        messages: list[dict[str, object]] = []
        for message in items(item, faults):
            parts = mapping(message, faults, ("from", "to", "text", "subject", "attachments"), ("text",))
            messages.append(
                {
                    key: texts(value, faults) if key == "attachments" else text_of(value, faults)
                    for key, value in parts.items()
                }
            )
        yield Example(tuple(messages), Line(file, item.line))
