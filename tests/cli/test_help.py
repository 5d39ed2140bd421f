"""Help: every command has a sentence, an example, and help for each option."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
import typer.main
from cli_support import Run

from corpus_search import __version__
from corpus_search.cli.app import app


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


ALL = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_each_command_explains_itself(run: Run, path: tuple[str, ...]) -> None:
    done = run(*path, "--help")
    assert done.code == 0
    assert "Example" in done.out
    assert "corpus-search" in done.out
    for option in ALL[path].params:
        if option.param_type_name == "option":
            assert getattr(option, "help", None), f"{option.name} is not explained"


def test_without_a_command(run: Run) -> None:
    for arguments in ((), ("patterns",), ("findings",), ("packs",)):
        done = run(*arguments)
        assert done.code == 2
        assert "Usage: corpus-search" in done.out + done.err


def test_the_version(run: Run) -> None:
    assert run("--version").out == f"corpus-search {__version__}\n"


def test_completion_scripts(run: Run) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "complete" in run("--show-completion", shell).out
