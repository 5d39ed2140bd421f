"""`packs check`: a researcher's own packs, read and tested."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_search.errors import ExitCode

app = typer.Typer(help="Packs: what is tagged, as data.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def top() -> None:
    """Packs: what is tagged, as data."""


@app.command("check")
def check(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[FILE|FOLDER...]", help="None: the built-in.")] = None,
) -> None:
    """Read packs and run each entry's own examples (`finds`, `ignores`). Exit code 2 where one fails.

    Example: corpus-search packs check ocsd/packs
    """
    from corpus_search.workflows.checking import check_packs

    failed = 0
    for line in check_packs(tuple(paths or ())):
        failed += not line.ok
        print(line.text)
    if failed:
        raise typer.Exit(ExitCode.COULD_NOT)
