"""Options that several commands share, and the corpus that a command works on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

CorpusOption = Annotated[
    Path | None,
    typer.Option("--corpus", metavar="DIR", help="The corpus's folder; else $CORPUS_SEARCH_CORPUS, else here."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON Lines on stdout, one object a line.")]
ReleaseOption = Annotated[str | None, typer.Option("--release", metavar="NAME", help="Only this release.")]
FoldOption = Annotated[
    bool, typer.Option("--fold", help="Show copies of a message once, with the ids of the others (see: copies).")
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=1, help="Processes that read (default: all cores).")
]


def corpus_folder(context: typer.Context, corpus: Path | None) -> Path:
    """The corpus: named after the command, before it, in the environment, or the folder we are in."""
    named = corpus or context.obj
    return Path(named or os.environ.get("CORPUS_SEARCH_CORPUS") or ".")


def worker_count(workers: int | None) -> int:
    """As many as asked for, else one a core."""
    return workers or os.cpu_count() or 1
