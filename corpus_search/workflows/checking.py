"""Packs tested by their own examples: what each entry must find and what it must not, with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from corpus_search.errors import CorpusSearchError
from corpus_search.packs.agency_pack import Agency, load_agencies, read_agencies
from corpus_search.packs.identifier_pack import IdentifierPack, load_identifiers, read_identifiers
from corpus_search.packs.lookup_pack import Act, LookupPack, System, load_lookups, read_lookups
from corpus_search.packs.model_pack import MODEL, wants_model
from corpus_search.packs.pattern_loading import load_pattern_file, load_patterns
from corpus_search.packs.pattern_pack import Example, Pattern, PatternPack
from corpus_search.packs.people_pack import PEOPLE, load_people
from corpus_search.patterns.examples import Outcome, outcome
from corpus_search.workflows.work import tagger_for


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report: whether it is as it should be, and what to print."""

    ok: bool
    text: str


def check_patterns(file: Path) -> Iterator[Line]:
    """Each pattern of a file with the outcome of its examples.

    Raises:
        PackError: the file can't be used; each line of the message begins with file:line.
    """
    pack = load_pattern_file(file)
    for pattern in pack.patterns:
        yield from _pattern_lines(pattern, pack)


def _pattern_lines(pattern: Pattern, pack: PatternPack) -> Iterator[Line]:
    faults = []
    for example in pattern.finds:
        found = _outcome(pattern, pack, example)
        if found.grade is None:
            faults.append(Line(False, f"{example.line}: {pattern.name} should find this, and does not: {found.why}"))
    for example in pattern.ignores:
        found = _outcome(pattern, pack, example)
        if found.grade is not None:
            faults.append(Line(False, f"{example.line}: {pattern.name} should not find this, and does: {found.why}"))
    yield from faults
    total = len(pattern.finds) + len(pattern.ignores)
    yield Line(True, f"{pattern.name}: {total - len(faults)} of {total} examples as they should be")


def _outcome(pattern: Pattern, pack: PatternPack, example: Example) -> Outcome:
    return outcome(pattern, pack, example, tagger_for(None).record)


def check_packs(paths: Sequence[Path]) -> Iterator[Line]:
    """Each entry of packs (none named: the built-in) with the outcome of its examples."""
    if not paths:
        yield from _agency_lines(load_agencies().agencies, None)
        yield from _lookup_lines(load_lookups(), None)
        yield from _identifier_lines(load_identifiers(), None)
        pack = load_patterns()
        for pattern in pack.patterns:
            yield from _pattern_lines(pattern, pack)
        return
    for path in paths:
        folder = path if path.is_dir() else path.parent
        for file in sorted(path.glob("*.yaml")) if path.is_dir() else (path,):
            text = file.read_text(encoding="utf-8")
            if "agencies:" in text:
                _, found = read_agencies(text, str(file), load_agencies().cues)
                yield from _agency_lines(found, folder)
            elif file.name.startswith("lookups"):
                yield from _lookup_lines(read_lookups(text, str(file), [load_lookups()]), folder)
            elif file.name.startswith("identifiers"):
                yield from _identifier_lines(read_identifiers(text, str(file)), folder)
            elif file.name == PEOPLE:
                load_people(folder)
            elif file.name == MODEL:
                wants_model(folder)
            elif "pattern" in text:
                yield from check_patterns(file)
            else:
                yield Line(False, f"{file}:1: no pack by its name or its keys — see docs/packs.md")


def _agency_lines(agencies: Sequence[Agency], packs: Path | None) -> Iterator[Line]:
    tagger = tagger_for(packs)
    count = wrong = 0
    for agency in agencies:
        for text, wanted in [(text, True) for text in agency.finds] + [(text, False) for text in agency.ignores]:
            count += 1
            tags, _ = tagger.explain(text)
            if any(tag.kind == "agency" and tag.value == agency.name for tag in tags) is not wanted:
                wrong += 1
                yield Line(False, f"{agency.where}: {agency.id} {'misses' if wanted else 'finds'} itself in: {text}")
    yield Line(True, f"agencies: {count - wrong} of {count} examples as they should be")


def _lookup_lines(pack: LookupPack, packs: Path | None) -> Iterator[Line]:
    """Systems find themselves; an act's examples hold such an act, by whichever entry says it first."""
    yield from _found(
        "systems", [(one.where, one.value, "lookup", *case) for one in pack.systems for case in _cases(one)], packs
    )
    acts = [
        (one.where, one.act if wanted else one.id, "lookup", text, wanted)
        for one in pack.acts
        for text, wanted in _cases(one)
    ]
    yield from _found("acts", acts, packs)


def _identifier_lines(pack: IdentifierPack, packs: Path | None) -> Iterator[Line]:
    cases = [
        (one.where, one.id, "identifier", text, wanted)
        for one in pack.kinds
        for text, wanted in [*((text, True) for text, _ in one.finds), *((text, False) for text in one.ignores)]
    ]
    yield from _found("identifiers", cases, packs)


def _cases(one: System | Act) -> Iterator[tuple[str, bool]]:
    yield from ((text, True) for text in one.finds)
    yield from ((text, False) for text in one.ignores)


def _found(what: str, cases: Sequence[tuple[str, str, str, str, bool]], packs: Path | None) -> Iterator[Line]:
    """Whether each (where, entry or value, kind, text, wanted) gives such a tag, or none."""
    tagger = tagger_for(packs)
    wrong = 0
    for where, entry, kind, text, wanted in cases:
        tags, _ = tagger.explain(text)
        if any(tag.kind == kind and entry in (tag.by, tag.value) for tag in tags) is not wanted:
            wrong += 1
            yield Line(False, f"{where}: {entry} {'is missed' if wanted else 'is found'} in: {text}")
    yield Line(True, f"{what}: {len(cases) - wrong} of {len(cases)} examples as they should be")


def new_pattern(name: str, to: Path | None) -> Path:
    """Write a commented template; returns the file.

    Raises:
        CorpusSearchError: the name is no pattern's name, or the file is there already.
    """
    if not name.isidentifier() or name != name.lower():
        raise CorpusSearchError(
            f"{name!r} is no name for a pattern; use lower-case words joined by _, such as records_by_fax"
        )
    file = to or Path(f"{name}.yaml")
    if file.exists():
        raise CorpusSearchError(f"{file} is there already; name another file with --to")
    template = (
        resources.files("corpus_search.packs").joinpath("data", "pattern_template.txt").read_text(encoding="utf-8")
    )
    file.write_text(template.replace("NAME", name), encoding="utf-8")
    return file
