"""`findings diff`: what a new release or a new pack changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_search.cli.options import JsonOption
from corpus_search.cli.output import emit, plain
from corpus_search.errors import ExitCode

app = typer.Typer(help="Files of findings.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def top() -> None:
    """Files of findings."""


@app.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(help="A .jsonl file of findings.")],
    new: Annotated[Path, typer.Argument(help="A later one.")],
    as_json: JsonOption = False,
) -> None:
    """Tell what is new, gone or changed between two files of findings. Exit code 1 where nothing is.

    Example: corpus-search findings diff march.jsonl april.jsonl
    """
    from corpus_search.evidence.findings_file import differences, read_findings

    changes = differences(read_findings(old)[1], read_findings(new)[1])
    for what, finding, before in changes:
        if as_json:
            emit({"change": what, "finding": finding, "before": before})
            continue
        grade = f"grade {finding['grade']}" + (f" (was {before['grade']})" if before else "")
        print(plain(f"{what:<8} {finding['pattern']}  {grade}  {'; '.join(finding['citations'][:2])}"))
    if not changes:
        raise typer.Exit(ExitCode.NOTHING_FOUND)
