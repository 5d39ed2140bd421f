"""A researcher's own patterns and packs: begun from a template, tested, every fault with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_support import Run


def test_a_pattern_from_the_template_to_a_passed_test(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    begun = run("patterns", "new", "records_by_fax")
    assert begun.out == "wrote records_by_fax.yaml; test it with: corpus-search patterns check records_by_fax.yaml\n"
    checked = run("patterns", "check", "records_by_fax.yaml")
    assert checked.code == 0, checked.out + checked.err
    assert "examples as they should be" in checked.out
    assert run("packs", "check", "records_by_fax.yaml").code == 0
    again = run("patterns", "new", "records_by_fax")
    assert again.code == 2
    assert "records_by_fax.yaml is there already; name another file with --to" in again.err
    other = run("patterns", "new", "records_by_fax", "--to", tmp_path / "other.yaml")
    assert other.code == 0
    assert (tmp_path / "other.yaml").read_text() == (tmp_path / "records_by_fax.yaml").read_text()


@pytest.mark.parametrize("name", ["Bad-Name", "bad name", "9a", ""])
def test_names_of_patterns(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("patterns", "new", name)
    assert done.code == 2
    assert "lower-case words joined by _, such as records_by_fax" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("patterns", "new", "a", "--to", tmp_path / "none" / "a.yaml")
    assert done.code == 2
    assert "No such file or directory" in done.err


@pytest.mark.parametrize(
    "content", ["- just a list\n", "pattern: 3\n", "pattern: [\n", "", "pattern: a\n\tb: c\n", "pattern: &a [*a]\n"]
)
def test_what_is_no_pattern_pack(run: Run, tmp_path: Path, content: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(content)
    done = run("patterns", "check", file)
    assert done.code == 2
    assert f"{file}:" in done.err + done.out


def test_what_is_no_pack(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("something: else\n")
    done = run("packs", "check", tmp_path)
    assert done.code == 2
    assert f"{tmp_path / 'other.yaml'}:1: " in done.out
    assert "see docs/packs.md" in done.out


def test_an_example_that_fails_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    run("patterns", "new", "mine", "--to", file)
    text = file.read_text()
    assert "ignores:" in text
    file.write_text(text.replace("ignores:", "unused:") if "unused" in text else text.replace("finds:", "ignores_:"))
    done = run("patterns", "check", file)
    assert done.code == 2
    assert f"{file}:" in done.err + done.out


def test_own_patterns_of_a_corpus_are_listed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    run("patterns", "new", "my_own", "--to", tmp_path / "packs" / "my_own.yaml")
    names = [one["name"] for one in run("--corpus", tmp_path, "patterns", "list", "--json").lines]
    assert "my_own" in names
    assert names == [one["name"] for one in run("patterns", "--corpus", tmp_path, "list", "--json").lines]
    assert names == [one["name"] for one in run("patterns", "list", "--corpus", tmp_path, "--json").lines]
