"""Every built-in entry of look-ups, plates and identifiers is tested by its own examples, as a researcher's are."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
import yaml

from corpus_search.packs.identifier_pack import IdentifierKind, load_identifiers
from corpus_search.packs.lookup_pack import Act, System, load_lookups
from corpus_search.tagging.identifiers import IdentifierFinder
from corpus_search.tagging.tagger import Tagger

LOOKUPS = load_lookups()
DATA = resources.files("corpus_search.packs").joinpath("data")
PLATES: list[dict[str, Any]] = [
    entry
    for name in ("plates.yaml", "plates_formats.yaml")
    for entry in yaml.safe_load(DATA.joinpath(name).read_text(encoding="utf-8"))["entries"]
] + yaml.safe_load(DATA.joinpath("plates.yaml").read_text(encoding="utf-8"))["lookalikes"]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


@pytest.fixture(scope="module")
def identifiers() -> IdentifierFinder:
    return IdentifierFinder()


def lookups(tagger: Tagger, text: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(tag.by, tag.value, tag.groups) for tag in tagger.explain(text)[0] if tag.kind == "lookup"]


@pytest.mark.parametrize("act", LOOKUPS.acts, ids=lambda act: act.id)
def test_acts(tagger: Tagger, act: Act) -> None:
    for text in act.finds:
        assert any(act.act in groups for _, _, groups in lookups(tagger, text)), (act.where, text)
    for text in act.ignores:
        assert act.id not in [by for by, _, _ in lookups(tagger, text)], (act.where, text)


@pytest.mark.parametrize("system", LOOKUPS.systems, ids=lambda system: system.value)
def test_systems(tagger: Tagger, system: System) -> None:
    for text in system.finds:
        assert system.value in [value for _, value, _ in lookups(tagger, text)], (system.where, text)
    for text in system.ignores:
        assert system.value not in [value for _, value, _ in lookups(tagger, text)], (system.where, text)


@pytest.mark.parametrize("entry", PLATES, ids=lambda entry: entry["id"])
def test_plates(tagger: Tagger, entry: dict[str, Any]) -> None:
    for example in entry.get("finds") or ():
        found = [tag.value for tag in tagger.explain(example["text"])[0] if tag.kind == "plate"]
        assert found == example["tags"], example["text"]
    for text in entry.get("ignores") or ():
        assert [tag.value for tag in tagger.explain(text)[0] if tag.kind == "plate"] == [], text


@pytest.mark.parametrize("kind", load_identifiers().kinds, ids=lambda kind: kind.id)
def test_identifiers(identifiers: IdentifierFinder, kind: IdentifierKind) -> None:
    for text, values in kind.finds:
        assert identifiers.may_hold(text)
        found = [one.value for one in identifiers.find(text).found if one.by == kind.id]
        assert found == list(values), (kind.where, text)
    for text in kind.ignores:
        assert kind.id not in [one.by for one in identifiers.find(text).found], (kind.where, text)
