"""Faults of a person's YAML: all at once, each with its line and the nearest right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_search.errors import PackError
from corpus_search.packs.yaml_lines import BIGGEST, Faults, items, load_yaml, mapping, read_text, text_of, texts


def faults_of(text: str) -> str:
    faults = Faults("p.yaml")
    top = mapping(load_yaml(text, "p.yaml"), faults, ("names", "agency"), ("names",))
    texts(top.get("names"), faults)
    text_of(top.get("agency"), faults)
    with pytest.raises(PackError) as error:
        faults.settle()
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nams: [a]", "p.yaml:1: unknown key 'nams'; did you mean 'names'?"),
        ("names: [a]\nzzz: 1", "p.yaml:2: unknown key 'zzz'; known are: names, agency"),
        ("agency: x", "p.yaml:1: 'names' is missing"),
        ("- a", "p.yaml:1: this should be a mapping"),
        ("names:\n  - {a: b}", "p.yaml:2: this should be a text"),
        ("names: [a]\nagency: [b]", "p.yaml:2: this should be a text"),
    ],
)
def test_each_fault_has_its_line(text: str, fault: str) -> None:
    assert fault in faults_of(text)


def test_all_faults_at_once() -> None:
    assert len(faults_of("nams: [a]\nagenci: x").splitlines()) == 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [", "p.yaml:2: not YAML"),
        ("a: &x [1]\nb: [*x, *x]", "anchors (&name, *name) are not taken"),
        ("[" * 200_000, "p.yaml:1: nested too deeply"),
        ("a: 1\n" + "- " * 200_000, "p.yaml:2: nested too deeply"),
        ("a: 1\na: 2", "p.yaml:2: 'a' stands twice"),
        ("a:\n  b: 1\n  b: 2", "p.yaml:3: 'b' stands twice"),
        ("[" * 40 + "]" * 40, "nested too deeply"),
        ("x" * (BIGGEST + 1), "split it"),
    ],
)
def test_what_is_no_pack(text: str, fault: str) -> None:
    with pytest.raises(PackError) as error:
        load_yaml(text, "p.yaml")
    assert fault in str(error.value)


def test_scalars_are_texts() -> None:
    faults = Faults("p")
    top = mapping(load_yaml("a: no\nb: 1.0\nc:\nd: [yes, 2018-01-01]", "p"), faults)
    assert [text_of(top[key], faults, "-") for key in "abc"] == ["no", "1.0", "-"]
    assert texts(top["d"], faults) == ("yes", "2018-01-01")
    assert list(items(None, faults)) == []


def test_no_object_is_ever_made(tmp_path: Path) -> None:
    top = load_yaml("a: !!python/object/apply:os.system ['touch x']", "p")
    assert not isinstance(top.value, str)
    assert not (tmp_path / "x").exists()


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="can't be read"):
        read_text(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(PackError, match=r"latin\.yaml:2: not UTF-8"):
        read_text(tmp_path / "latin.yaml")
    (tmp_path / "bom.yaml").write_bytes(b"\xef\xbb\xbfa: 1")
    assert read_text(tmp_path / "bom.yaml") == "a: 1"
